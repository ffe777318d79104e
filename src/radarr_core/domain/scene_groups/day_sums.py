"""Evidence by group, stratum and day, in whole numbers: sums of different films add up exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from attrs import field, frozen

from radarr_core.domain.releases import IndexerKind

from .contests import NO_COVERAGE, Contest, Coverage, read_contests
from .identity import DEFAULT_ALIASES, GroupAliases
from .observations import Observation
from .settings import DEFAULT_RATING_SETTINGS, RatingSettings
from .strata import Stratum
from .stratum_tables import StratumTables
from .surveys import add_counters, survey_contests
from .utilities import NO_TALLY, UNIT, Evidence, Tally, rate_contest


class DaySum(NamedTuple):
    """The evidence of one day. All but `pieces` in units of `UNIT`.

    Attributes:
        pieces: how many pieces of evidence.
        coverage: the sum of their coverage.
        utility: the sum of coverage x utility.
        squares: the sum of coverage x utility squared.
    """

    pieces: int
    coverage: int
    utility: int
    squares: int

    def plus(self, other: DaySum) -> DaySum:
        """Both together."""
        return DaySum(*[mine + theirs for mine, theirs in zip(self, other, strict=True)])

    @property
    def weight(self) -> float:
        """The sum of coverage."""
        return self.coverage / UNIT

    @property
    def mean(self) -> float:
        """The mean utility."""
        return self.utility / self.coverage

    @property
    def scatter(self) -> float:
        """The sum of coverage x squared distance from the mean; with noise alone (pieces - 1) times its variance."""
        # One quotient of whole numbers: the difference of two rounded ones could be anything when they are equal.
        return max(0, self.squares * self.coverage - self.utility * self.utility) / (self.coverage * UNIT)


class CellKey(NamedTuple):
    """Whose evidence of what, and from which kind of indexer."""

    group: str
    kind: IndexerKind | None
    stratum: Stratum


@frozen
class CellSums:
    """The evidence of one cell; `days` by the ordinal of the UTC day on which releases came out."""

    days: Mapping[int, DaySum] = field(factory=dict, repr=False)
    tally: Tally = NO_TALLY

    def __add__(self, other: CellSums) -> CellSums:
        days = dict(self.days)
        for day, found in other.days.items():
            held = days.get(day)
            days[day] = found if held is None else held.plus(found)
        return CellSums(days, self.tally.plus(other.tally))

    @property
    def total(self) -> DaySum:
        """All days together."""
        return DaySum(*map(sum, zip(*self.days.values(), strict=True)))


@frozen(kw_only=True)
class EvidenceSums:
    """What some films say of their groups. `a + b` is that of both, exactly, if no film is in both.

    Attributes:
        cells: by group, kind of indexer and stratum.
        spellings: how often each spelling of a group's folded name was met.
        coverage: how much of what was seen is evidence.
    """

    cells: Mapping[CellKey, CellSums] = field(factory=dict, repr=False)
    spellings: Mapping[str, Counter[str]] = field(factory=dict, repr=False)
    coverage: Coverage = NO_COVERAGE

    def __add__(self, other: EvidenceSums) -> EvidenceSums:
        cells = dict(self.cells)
        for key, found in other.cells.items():
            held = cells.get(key)
            cells[key] = found if held is None else held + found
        return EvidenceSums(
            cells=cells,
            spellings=add_counters(self.spellings, other.spellings),
            coverage=self.coverage.plus(other.coverage),
        )

    @property
    def pieces(self) -> int:
        """How many pieces of evidence there are."""
        return sum(cell.total.pieces for cell in self.cells.values())


def sum_evidence(pieces: Iterable[Evidence]) -> dict[CellKey, CellSums]:
    """Pieces of evidence by cell and day."""
    days: dict[CellKey, dict[int, DaySum]] = {}
    tallies: dict[CellKey, Tally] = {}
    for piece in pieces:
        key = CellKey(piece.group, piece.kind, piece.stratum)
        held = tallies.get(key)
        tallies[key] = piece.tally if held is None else held.plus(piece.tally)
        cell = days.get(key)
        if cell is None:
            cell = days[key] = {}
        one = make_day_sum(piece.utility, piece.coverage)
        before = cell.get(piece.day)
        cell[piece.day] = one if before is None else before.plus(one)
    return {key: CellSums(found, tallies[key]) for key, found in days.items()}


def make_day_sum(utility: float, coverage: float) -> DaySum:
    """The sums of one piece of evidence."""
    weighted = coverage * utility
    return DaySum(1, round(coverage * UNIT), round(weighted * UNIT), round(weighted * utility * UNIT))


def measure(
    observations: Iterable[Observation],
    tables: StratumTables,
    *,
    at: datetime,
    aliases: GroupAliases = DEFAULT_ALIASES,
    settings: RatingSettings = DEFAULT_RATING_SETTINGS,
) -> EvidenceSums:
    """Rate releases against what is usual. Work can be split by film, and the sums be added.

    Args:
        observations: each release once; all of a film's together.
        tables: made of the survey of all releases, not of these alone.
        at: the reference date, aware; what was seen later is left out.
        aliases: other names of groups.
        settings: how a release is rated.
    """
    return measure_contests(*read_contests(observations, at, aliases), tables, settings)


def measure_all(
    observations: Iterable[Observation],
    *,
    at: datetime,
    aliases: GroupAliases = DEFAULT_ALIASES,
    settings: RatingSettings = DEFAULT_RATING_SETTINGS,
) -> EvidenceSums:
    """Rate releases against what is usual among themselves: `survey` and `measure`, sorted by film only once.

    Args:
        observations: each release once, all there are.
        at: the reference date, aware; what was seen later is left out.
        aliases: other names of groups.
        settings: how a release is rated.
    """
    contests, coverage = read_contests(observations, at, aliases)
    return measure_contests(contests, coverage, StratumTables.of(survey_contests(contests, settings)), settings)


def rate(
    observations: Iterable[Observation],
    tables: StratumTables,
    *,
    at: datetime,
    aliases: GroupAliases = DEFAULT_ALIASES,
    settings: RatingSettings = DEFAULT_RATING_SETTINGS,
) -> list[Evidence]:
    """What the releases of some films say of each group: pieces of evidence, as `GroupTable.with_evidence` takes them.

    Args:
        observations: each release once; all of a film's together.
        tables: what is usual.
        at: the reference date, aware; what was seen later is left out.
        aliases: other names of groups.
        settings: how a release is rated.
    """
    contests, _ = read_contests(observations, at, aliases)
    return [piece for contest in contests for piece in rate_contest(contest, tables, settings)]


def measure_contests(
    contests: Sequence[Contest], coverage: Coverage, tables: StratumTables, settings: RatingSettings
) -> EvidenceSums:
    """Rate what was sorted by film before."""
    pieces = (piece for contest in contests for piece in rate_contest(contest, tables, settings))
    return EvidenceSums(cells=sum_evidence(pieces), spellings=_count_spellings(contests), coverage=coverage)


def _count_spellings(contests: Iterable[Contest]) -> dict[str, Counter[str]]:
    """How often each group's name was written in which way; other names it goes by are counted too."""
    written: Counter[tuple[str, str]] = Counter(
        (entry.group, entry.observation.group.name)
        for contest in contests
        for entry in contest.entries
        if entry.observation.group is not None
    )
    spellings: dict[str, Counter[str]] = {}
    for (group, name), count in written.items():
        spellings.setdefault(group, Counter())[name] += count
    return spellings
