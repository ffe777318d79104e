"""The second pass: what each release says of its makers, as one figure relative to its rivals and its stratum."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import log1p, sqrt
from typing import NamedTuple

from radarr_core.domain.releases import IndexerKind

from .contests import Contest, Entry, find_rate, judge_fixes
from .settings import RatingSettings
from .strata import Stratum
from .stratum_tables import Ruler, Spread, StratumTables
from .surveys import find_snatch_cell

UNIT = 2**40
"""Sums are kept as whole numbers of 1/2**40, so that they add up to the same in whatever order."""


class Tally(NamedTuple):
    """What a group's releases did, counted; all of it adds up.

    Attributes:
        releases: that were used.
        contests: films with rivals.
        wins: films where more than half of the rivals were less wanted.
        comparisons: rivals met in all.
        half_wins: rivals that were less wanted count 2, equals 1.
        propers_by_others: releases somebody else had to put right, or that were removed.
        too_small: releases with less than the least size of their kind.
        bad_outcomes: releases that were dead, damaged or not what they said.
        head_to_head: the sum of the standardised figures, in `UNIT`; likewise the other three.
    """

    releases: int = 0
    contests: int = 0
    wins: int = 0
    comparisons: int = 0
    half_wins: int = 0
    fixes_known: int = 0
    propers_by_others: int = 0
    own_repacks: int = 0
    sizes_known: int = 0
    too_small: int = 0
    outcomes: int = 0
    bad_outcomes: int = 0
    internals: int = 0
    doubtful: int = 0
    head_to_head: int = 0
    needed_no_fix: int = 0
    adequate_size: int = 0
    local_outcome: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*[mine + theirs for mine, theirs in zip(self, other, strict=True)])


NO_TALLY = Tally()


class Evidence(NamedTuple):
    """What one film says of one group in one stratum.

    Attributes:
        group: its folded name.
        day: the ordinal of the UTC day on which the release came out.
        utility: standard deviations above what is usual in the stratum.
        coverage: how much of a whole release's evidence that is, above 0 and up to 1.
    """

    group: str
    kind: IndexerKind | None
    stratum: Stratum
    day: int
    utility: float
    coverage: float
    tally: Tally


_NO_RULER = Ruler()


class Rivals(NamedTuple):
    """The snatches of a contest beside what is usual for their age and cost, sorted; and each group's own."""

    everybody: list[float]
    by_group: dict[str, list[float]]
    own: list[float | None]


def rate_contest(contest: Contest, tables: StratumTables, settings: RatingSettings) -> Iterable[Evidence]:
    """What a film says of each group that made it. Several releases of one group are one piece of evidence: their mean.

    So what stands on five indexers under five numbers, or comes in five versions, counts once.
    """
    ruler = tables.rulers.get(contest.stratum, _NO_RULER)
    fixes = judge_fixes(contest, settings.maturity_days)
    rivals = _find_rivals(contest, ruler)
    found: dict[tuple[str, IndexerKind | None], list[Evidence]] = {}
    for place, entry in enumerate(contest.entries):
        evidence = _rate(contest.stratum, entry, place, rivals, fixes[place], ruler, tables.outcomes, settings)
        if evidence is not None:
            found.setdefault((entry.group, entry.observation.indexer_kind), []).append(evidence)
    return [pieces[0] if len(pieces) == 1 else _join(pieces) for pieces in found.values()]


def _join(pieces: Sequence[Evidence]) -> Evidence:
    """One piece for several of one group and film; summed in one order, whatever the order they came in."""
    pieces = sorted(pieces, key=lambda piece: (piece.day, piece.utility, piece.coverage))
    coverage = sum(piece.coverage for piece in pieces)
    tally = pieces[0].tally
    for piece in pieces[1:]:
        tally = tally.plus(piece.tally)
    return pieces[-1]._replace(
        utility=sum(piece.utility * piece.coverage for piece in pieces) / coverage,
        coverage=coverage / len(pieces),
        tally=tally._replace(contests=min(1, tally.contests), wins=min(1, tally.wins)),
    )


def _find_rivals(contest: Contest, ruler: Ruler) -> Rivals | None:
    entries, medians = contest.entries, ruler.snatch_medians
    if len(entries) < 2 or not medians:
        return None
    own = [_find_residual(contest.stratum, entry, ruler) for entry in entries]
    by_group: dict[str, list[float]] = {}
    for entry, residual in zip(entries, own, strict=True):
        if residual is not None:
            by_group.setdefault(entry.group, []).append(residual)
    if len(by_group) < 2:
        return None
    for mine in by_group.values():
        mine.sort()
    return Rivals(sorted(residual for residual in own if residual is not None), by_group, own)


def _find_residual(stratum: Stratum, entry: Entry, ruler: Ruler) -> float | None:
    if entry.observation.snatches is None:
        return None
    _, band, cost = find_snatch_cell(stratum, entry.observation)
    median = ruler.snatch_medians.get((band, cost))
    return None if median is None else log1p(entry.observation.snatches) - median


def _rate(
    stratum: Stratum,
    entry: Entry,
    place: int,
    rivals: Rivals | None,
    fix: float | None,
    ruler: Ruler,
    outcomes: Spread | None,
    settings: RatingSettings,
) -> Evidence | None:
    weights, cut, observation = settings.weights, settings.cut, entry.observation
    total = coverage = z_match = z_fix = z_size = z_outcome = 0.0
    others = less = ties = 0
    if rivals is not None and (residual := rivals.own[place]) is not None:
        others, less, ties = _compare(residual, entry.group, rivals)
        if others:
            share = (less + ties / 2) / others
            z_match = _cut((share - 0.5) * sqrt(12 * others / (others + 2)), cut)
            total += weights.head_to_head * z_match
            coverage += weights.head_to_head
    if fix is not None and ruler.fixes is not None:
        z_fix = _cut((fix - ruler.fixes.mean) / ruler.fixes.sd, cut)
        total += weights.needed_no_fix * z_fix
        coverage += weights.needed_no_fix
    size, is_small = _rate_size(entry, ruler)
    if size is not None and ruler.size_spread is not None:
        z_size = _cut((size - ruler.size_spread.mean) / ruler.size_spread.sd, cut)
        total += weights.adequate_size * z_size
        coverage += weights.adequate_size
    if observation.outcome is not None and outcomes is not None:
        z_outcome = _cut((observation.outcome.worth - outcomes.mean) / outcomes.sd, cut)
        total += weights.local_outcome * z_outcome
        coverage += weights.local_outcome
    if coverage < settings.least_coverage:
        return None
    assert observation.added is not None
    tally = Tally(
        1, int(others > 0), int(2 * less + ties > others), others, 2 * less + ties, int(fix is not None),
        int(fix == 0.0), int(fix == 0.5), int(size is not None), int(is_small), int(observation.outcome is not None),
        int(observation.outcome is not None and observation.outcome.worth == 0), int(observation.is_internal),
        int(observation.is_doubtful), round(z_match * UNIT), round(z_fix * UNIT), round(z_size * UNIT),
        round(z_outcome * UNIT),
    )  # fmt: skip
    return Evidence(
        entry.group, observation.indexer_kind, stratum, find_day(observation.added), total / coverage,
        min(1.0, coverage), tally,
    )  # fmt: skip


def find_day(moment: datetime) -> int:
    """The ordinal of a moment's UTC day; the moment is kept in UTC."""
    return moment.toordinal()


def day_of(ordinal: int) -> date:
    """The day of an ordinal."""
    return date.fromordinal(ordinal)


def _cut(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


def _compare(residual: float, group: str, rivals: Rivals) -> tuple[int, int, int]:
    """How many releases of others there are, how many were less wanted, and how many just as much."""
    mine, everybody = rivals.by_group[group], rivals.everybody
    low, high = bisect_left(everybody, residual), bisect_right(everybody, residual)
    my_low, my_high = bisect_left(mine, residual), bisect_right(mine, residual)
    return len(everybody) - len(mine), low - my_low, (high - low) - (my_high - my_low)


def _rate_size(entry: Entry, ruler: Ruler) -> tuple[float | None, bool]:
    """From 0 to 1, and whether it is under the least. Untouched pictures are rated only where something is missing."""
    rate = find_rate(entry.observation)
    if rate is None:
        return None, False
    if ruler.sizes is not None:
        return ruler.sizes.rate(rate), rate < ruler.sizes.least
    is_small = ruler.least_rate is not None and rate < ruler.least_rate
    return (0.0, True) if is_small else (None, False)
