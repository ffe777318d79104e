"""From evidence to a table: a pure function of the observations and the reference date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from radarr_core.domain.releases import IndexerKind

from .day_sums import CellSums, EvidenceSums, measure_all
from .group_table import CellState, GroupTable, Maker, make_course, weigh_maker
from .identity import DEFAULT_ALIASES, GroupAliases, fold_group_name
from .observations import Observation
from .parameters import GroupCells, Parameters, estimate
from .posterior import Posterior
from .reputation import ESTABLISHED_FROM
from .settings import DEFAULT_MODEL_SETTINGS, DEFAULT_RATING_SETTINGS, ModelSettings, RatingSettings

_LEAST_IN_GROUP = 5
_IMPOSTOR_SDS = 2.0


def fit_groups(
    observations: Iterable[Observation],
    *,
    at: datetime,
    aliases: GroupAliases = DEFAULT_ALIASES,
    rating: RatingSettings = DEFAULT_RATING_SETTINGS,
    settings: ModelSettings = DEFAULT_MODEL_SETTINGS,
) -> GroupTable:
    """Judge all groups by what was seen of their releases. The order of the observations makes no difference.

    Args:
        observations: each release once, as `ObservationSet` holds them.
        at: the reference date, aware. What was seen later is left out.
        aliases: other names of groups.
        rating: how one release is rated.
        settings: how groups are judged by their releases.
    """
    sums = measure_all(observations, at=at, aliases=aliases, settings=rating)
    return fit(sums, at=at, aliases=aliases, settings=settings)


def fit(
    sums: EvidenceSums,
    *,
    at: datetime,
    aliases: GroupAliases = DEFAULT_ALIASES,
    settings: ModelSettings = DEFAULT_MODEL_SETTINGS,
) -> GroupTable:
    """Judge all groups by sums of evidence, from wherever they were added together.

    Raises:
        ValueError: the reference date has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"a moment without a time zone is ambiguous: {at!r}")
    at = at.astimezone(UTC)
    pooled, by_kind = _sort_cells(sums)
    spellings = {key: _order_spellings(key, counts) for key, counts in sums.spellings.items()}
    why = _find_lack(pooled, settings)
    parameters = None if why else estimate(pooled)
    if parameters is not None and parameters.between_groups <= 0:
        parameters, why = None, "the groups seen so far cannot be told apart"
    if parameters is None:
        return GroupTable(
            at=at, parameters=None, why_none=why, spellings=spellings, coverage=sums.coverage, settings=settings,
            aliases=aliases,
        )  # fmt: skip
    makers: dict[str, Mapping[IndexerKind | None, Maker]] = {}
    for key, cells in pooled.items():
        found: dict[IndexerKind | None, Maker] = {None: _make_maker(cells, parameters, settings)}
        makers[key] = found | _find_namesakes(by_kind[key], parameters, settings, at)
    return GroupTable(
        at=at, parameters=parameters, makers=makers, spellings=spellings, coverage=sums.coverage, settings=settings,
        aliases=aliases,
    )  # fmt: skip


_ByKind = dict[IndexerKind | None, GroupCells]


def _sort_cells(sums: EvidenceSums) -> tuple[dict[str, GroupCells], dict[str, _ByKind]]:
    """The cells of each group with all kinds of indexers together, and by kind."""
    pooled: dict[str, dict[object, CellSums]] = {}
    by_kind: dict[str, dict[IndexerKind | None, dict[object, CellSums]]] = {}
    for key, cell in sums.cells.items():
        group = pooled.setdefault(key.group, {})
        held = group.get(key.stratum)
        group[key.stratum] = cell if held is None else held + cell
        by_kind.setdefault(key.group, {}).setdefault(key.kind, {})[key.stratum] = cell
    return pooled, by_kind  # type: ignore[return-value]


def _find_lack(pooled: Mapping[str, GroupCells], settings: ModelSettings) -> str:
    """Why there is no model; empty when there is enough for one."""
    releases = {key: sum(cell.tally.releases for cell in cells.values()) for key, cells in pooled.items()}
    total, groups = sum(releases.values()), sum(count >= _LEAST_IN_GROUP for count in releases.values())
    if total < settings.least_releases:
        return f"{total} usable releases so far, {settings.least_releases} are needed to judge anybody"
    if groups < settings.least_groups:
        return f"{groups} groups with five releases so far, {settings.least_groups} are needed to judge anybody"
    return ""


def _order_spellings(key: str, counts: Counter[str]) -> tuple[str, ...]:
    """The name to show first: of its own spellings the one met most; then each other name it goes by."""
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    own = [name for name in ordered if fold_group_name(name) == key]
    others = {fold_group_name(name): name for name in reversed(ordered) if fold_group_name(name) != key}
    return (own[0] if own else key, *sorted(others.values()))


def _make_maker(cells: GroupCells, parameters: Parameters, settings: ModelSettings) -> Maker:
    internals = sum(cell.tally.internals for cell in cells.values())
    releases = sum(cell.tally.releases for cell in cells.values())
    flag_rate = parameters.shrink_flag_rate(internals, releases)
    course = make_course(flag_rate, parameters, settings.memory_years)
    states = {}
    for stratum, cell in cells.items():
        belief, day = course.follow(cell.days)
        pieces = sum(found.pieces for found in cell.days.values())
        states[stratum] = CellState(belief=belief, day=day, pieces=pieces, tally=cell.tally)
    return Maker(flag_rate=flag_rate, cells=states)


def _find_namesakes(
    cells: _ByKind, parameters: Parameters, settings: ModelSettings, at: datetime
) -> dict[IndexerKind | None, Maker]:
    """The two makers behind one name, where public and private indexers tell of two; else none."""
    kinds = (IndexerKind.PUBLIC, IndexerKind.PRIVATE)
    if not all(kind in cells for kind in kinds):
        return {}
    makers: dict[IndexerKind | None, Maker] = {kind: _make_maker(cells[kind], parameters, settings) for kind in kinds}
    public, private = (_weigh(makers[kind], parameters, settings, at) for kind in kinds)
    if min(public.fresh_releases, private.fresh_releases) < ESTABLISHED_FROM:
        return {}
    gap, doubt = abs(public.mean - private.mean), (public.variance + private.variance) ** 0.5
    return makers if gap > _IMPOSTOR_SDS * doubt else {}


def _weigh(maker: Maker, parameters: Parameters, settings: ModelSettings, at: datetime) -> Posterior:
    return weigh_maker(maker, parameters, settings.memory_years, at.toordinal()).as_posterior(parameters)
