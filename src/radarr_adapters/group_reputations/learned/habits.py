"""What a group's releases of one kind have in common: how large they are, how often they are taken, who has them."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, isnan, log, log1p, nan
from statistics import median
from typing import NamedTuple

from radarr_core.domain.scene_groups import GroupAliases, Observation, Stratum, StratumTables
from radarr_core.domain.scene_groups.contests import find_rate
from radarr_core.domain.scene_groups.surveys import find_snatch_cell


class Habit(NamedTuple):
    """Means over a group's releases of one kind, beside the median of all releases of the kind; nan for unknown.

    Attributes:
        size: logarithm of megabytes (2**20 bytes) a minute.
        snatches: logarithm of 1 + snatches, beside those of like age and cost.
        seeders: logarithm of 1 + seeders.
    """

    size: float = nan
    snatches: float = nan
    seeders: float = nan


NO_HABIT = Habit()


def find_habits(
    observations: Iterable[Observation], aliases: GroupAliases, tables: StratumTables
) -> dict[tuple[str, Stratum], Habit]:
    """The habits of each group, by its folded name and the kind; releases without both or a date are passed over."""
    by_kind: dict[Stratum, list[Habit]] = {}
    by_group: dict[tuple[str, Stratum], list[Habit]] = {}
    for one in observations:
        if one.group is None or one.stratum is None or one.added is None:
            continue
        figures = _read_figures(one, one.stratum, tables)
        by_kind.setdefault(one.stratum, []).append(figures)
        by_group.setdefault((aliases.resolve(one.group.key), one.stratum), []).append(figures)
    middles = {
        kind: [median(known) if (known := _drop_unknown(column)) else nan for column in zip(*rows, strict=True)]
        for kind, rows in by_kind.items()
    }
    return {key: _average(rows, middles[key[1]]) for key, rows in by_group.items()}


def _average(rows: Iterable[Habit], middles: Iterable[float]) -> Habit:
    columns = [_drop_unknown(column) for column in zip(*rows, strict=True)]
    return Habit(*(
        fsum(column) / len(column) - middle if column else nan for column, middle in zip(columns, middles, strict=True)
    ))  # fmt: skip


def _drop_unknown(column: Iterable[float]) -> list[float]:
    return [value for value in column if not isnan(value)]


def _read_figures(one: Observation, stratum: Stratum, tables: StratumTables) -> Habit:
    rate = find_rate(one)
    size = nan if rate is None else log(rate)
    seeders = nan if one.seeders is None else log1p(one.seeders)
    return Habit(size, _find_residual(one, stratum, tables), seeders)


def _find_residual(one: Observation, stratum: Stratum, tables: StratumTables) -> float:
    ruler = tables.rulers.get(stratum)
    if one.snatches is None or ruler is None:
        return nan
    _, band, cost = find_snatch_cell(stratum, one)
    usual = ruler.snatch_medians.get((band, cost))
    return nan if usual is None else log1p(one.snatches) - usual
