"""All groups as they are known at one moment: look one up, rank them, take in one more release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from functools import reduce

from attrs import evolve, field, frozen

from radarr_core.domain.releases import IndexerKind

from .contests import NO_COVERAGE, Coverage
from .filtering import DAYS_A_YEAR, Belief, Course
from .identity import DEFAULT_ALIASES, Group, GroupAliases
from .parameters import Parameters
from .posterior import GroupPosterior, Posterior, combine_cells
from .reasons import Grounds, tell_extremes, tell_reasons
from .reputation import (
    EvidenceLevel,
    Reputation,
    SceneGroupReputation,
    UnknownReputation,
    find_bounds,
    level_evidence,
)
from .settings import DEFAULT_MODEL_SETTINGS, ModelSettings
from .strata import Stratum
from .utilities import NO_TALLY, Evidence, Tally, day_of


@frozen(kw_only=True)
class CellState:
    """What is believed of one cell on the day of its newest evidence.

    Attributes:
        day: the ordinal of that UTC day.
        pieces: films that say something of it.
    """

    belief: Belief
    day: int
    pieces: int
    tally: Tally


@frozen(kw_only=True)
class Maker:
    """Who stands behind a name: a group, or its namesake on one kind of indexer."""

    flag_rate: float
    cells: Mapping[Stratum, CellState] = field(repr=False)

    @property
    def tally(self) -> Tally:
        """All cells' counts together."""
        return reduce(Tally.plus, (cell.tally for cell in self.cells.values()), NO_TALLY)

    @property
    def pieces(self) -> int:
        """Films, counted once for each kind of release."""
        return sum(cell.pieces for cell in self.cells.values())

    @property
    def newest(self) -> int | None:
        """The ordinal of the day of the newest evidence."""
        return max((cell.day for cell in self.cells.values()), default=None)


@frozen(kw_only=True)
class GroupTable:
    """What a fit found, at a reference date. It never changes; later dates and more evidence make new ones.

    Attributes:
        at: the reference date.
        parameters: what all groups together say; None where too little is known, then `why_none` says what.
        makers: by a group's folded name, then by kind of indexer. None is all of them pooled, and alone unless the
            name is used by two makers.
        spellings: names to show, by folded name: the one met most first, then other names.
    """

    at: datetime
    parameters: Parameters | None
    why_none: str = ""
    makers: Mapping[str, Mapping[IndexerKind | None, Maker]] = field(factory=dict, repr=False)
    spellings: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False)
    coverage: Coverage = NO_COVERAGE
    settings: ModelSettings = DEFAULT_MODEL_SETTINGS
    aliases: GroupAliases = field(default=DEFAULT_ALIASES, repr=False)

    def find_reputation(
        self, group: Group | None, stratum: Stratum | None = None, *, indexer_kind: IndexerKind | None = None
    ) -> Reputation:
        """What is known of a group, for one kind of release or for all its work. Never raises for an unknown name.

        Args:
            group: None, where a name has none, is unknown.
            stratum: a kind nobody saw of a known group is judged by its other work, less surely.
            indexer_kind: matters only where two makers use one name.
        """
        if group is None:
            return UnknownReputation(group=None, stratum=stratum, why="the name has no group")
        if self.parameters is None:
            return UnknownReputation(group=group, stratum=stratum, why=self.why_none)
        key = self.aliases.resolve(group.key)
        makers = self.makers.get(key)
        if makers is None:
            why = "nothing of it could be rated" if key in self.spellings else "never seen"
            return UnknownReputation(group=group, stratum=stratum, why=why)
        kind = indexer_kind if indexer_kind in makers else None
        return self._describe(key, kind, stratum, self.parameters)

    def rank(self, stratum: Stratum | None = None) -> list[SceneGroupReputation]:
        """Groups with enough evidence, the best first: by the interval's lower end, then evidence, then name.

        Args:
            stratum: groups of which something of that kind was seen; None takes all, for all their work.
        """
        found = [one for one in self._describe_all(stratum) if one.evidence is not EvidenceLevel.INSUFFICIENT]
        return sorted(found, key=lambda one: (-one.lower, -one.evidence_weight, one.group.key))

    def _describe_all(self, stratum: Stratum | None) -> Iterator[SceneGroupReputation]:
        if self.parameters is None:
            return
        for key, makers in self.makers.items():
            for kind, maker in makers.items():
                is_whole = kind is not None or len(makers) == 1
                if is_whole and (stratum is None or stratum in maker.cells):
                    yield self._describe(key, kind, stratum, self.parameters)

    def find_posterior(self, group: Group, stratum: Stratum | None = None) -> Posterior | None:
        """The belief behind a reputation, in units of utility; None where nothing is known."""
        makers = self.makers.get(self.aliases.resolve(group.key))
        if makers is None or self.parameters is None:
            return None
        whole = self._weigh(makers[None], self.parameters)
        return whole.as_posterior(self.parameters) if stratum is None else whole.find_cell(stratum, self.parameters)

    def _weigh(self, maker: Maker, parameters: Parameters) -> GroupPosterior:
        return weigh_maker(maker, parameters, self.settings.memory_years, self.at.toordinal())

    def _describe(
        self, key: str, kind: IndexerKind | None, stratum: Stratum | None, parameters: Parameters
    ) -> SceneGroupReputation:
        makers = self.makers[key]
        maker = makers[kind]
        whole = self._weigh(maker, parameters)
        posterior = whole.as_posterior(parameters) if stratum is None else whole.find_cell(stratum, parameters)
        score, lower, upper = find_bounds(posterior, parameters.mean)
        name, *others = self.spellings.get(key) or (key,)
        group, is_shared = Group(name), kind is None and len(makers) > 1
        grounds = _find_grounds(maker, stratum, posterior)
        tally = grounds.tally
        extremes = () if stratum else tell_extremes(
            (str(cell), find_bounds(whole.find_cell(cell, parameters), parameters.mean)[0]) for cell in maker.cells
        )  # fmt: skip
        return SceneGroupReputation(
            group=group,
            stratum=stratum,
            indexer_kind=kind,
            score=score,
            lower=lower,
            upper=upper,
            evidence_weight=posterior.fresh_releases,
            evidence=level_evidence(posterior.fresh_releases),
            is_doubtful=group.is_doubtful or is_shared or 2 * tally.doubtful > tally.releases > 0,
            reasons=tell_reasons(
                grounds._replace(other_names=tuple(others), is_shared=is_shared, extremes=extremes),
            ),
            namesakes=tuple(
                self._describe(key, other, stratum, parameters) for other in makers if is_shared and other is not None
            ),
        )

    def moved_to(self, at: datetime) -> GroupTable:
        """The same evidence at a later date: every interval wider, every score nearer to 50.

        Raises:
            ValueError: the date lies before this table's.
        """
        if at < self.at:
            raise ValueError(f"a table only moves forward: {at!r} lies before {self.at!r}")
        return evolve(self, at=at)

    def with_evidence(self, evidence: Evidence) -> GroupTable:
        """The table after one more piece of evidence, in constant time for its cell; the next fit says it exactly.

        What is usual in its stratum, its rivals' own scores and what all groups say stay as they were fitted. A piece
        that is newer than the table moves the table to its day.
        """
        if self.parameters is None:
            return self
        makers = dict(self.makers)
        held = makers.get(evidence.group, {None: Maker(flag_rate=self.parameters.shrink_flag_rate(0, 0), cells={})})
        kinds = {None, evidence.kind} & set(held)
        makers[evidence.group] = {
            kind: self._take_in(maker, evidence, self.parameters) if kind in kinds else maker
            for kind, maker in held.items()
        }
        latest = datetime.combine(day_of(evidence.day), time(), UTC)
        return evolve(self, makers=makers, at=max(self.at, latest))

    def _take_in(self, maker: Maker, evidence: Evidence, parameters: Parameters) -> Maker:
        course = make_course(maker.flag_rate, parameters, self.settings.memory_years)
        held = maker.cells.get(evidence.stratum)
        if held is None:
            belief = course.learn(course.prior, evidence.utility, evidence.coverage)
            state = CellState(belief=belief, day=evidence.day, pieces=1, tally=evidence.tally)
        else:
            years = (evidence.day - held.day) / DAYS_A_YEAR
            if years < 0:
                belief = course.learn_late(held.belief, evidence.utility, evidence.coverage, -years)
            else:
                belief = course.learn(course.let_pass(held.belief, years), evidence.utility, evidence.coverage)
            state = CellState(
                belief=belief,
                day=max(held.day, evidence.day),
                pieces=held.pieces + 1,
                tally=held.tally.plus(evidence.tally),
            )
        return evolve(maker, cells={**maker.cells, evidence.stratum: state})


def make_course(flag_rate: float, parameters: Parameters, memory_years: float) -> Course:
    """How a group's cells go that has that rate of internal releases."""
    return Course(
        Belief(parameters.expect(flag_rate), parameters.cell_variance), parameters.noise, memory_years
    )  # fmt: skip


def weigh_maker(maker: Maker, parameters: Parameters, memory_years: float, day: int) -> GroupPosterior:
    """What is known of a maker on a day, given as the ordinal of a UTC day."""
    course = make_course(maker.flag_rate, parameters, memory_years)
    evidence = {
        stratum: course.find_information(course.let_pass(cell.belief, (day - cell.day) / DAYS_A_YEAR))
        for stratum, cell in maker.cells.items()
    }
    return combine_cells(evidence, course.prior.mean, maker.flag_rate, parameters)


def _find_grounds(maker: Maker, stratum: Stratum | None, posterior: Posterior) -> Grounds:
    cell = maker.cells.get(stratum) if stratum else None
    if cell is not None:
        return Grounds(cell.tally, cell.pieces, cell.day, posterior)
    return Grounds(maker.tally, maker.pieces, maker.newest, posterior, is_elsewhere=stratum is not None)
