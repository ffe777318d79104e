"""What is usual in each stratum, as figures by which releases are rated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import fsum, log, log1p, sqrt
from typing import NamedTuple

from attrs import field, frozen

from .strata import AGE_BANDS, CostClass, Medium, Stratum, find_size_floor, is_untouched
from .surveys import SnatchCell, Survey

_LEAST_FOR_MEDIAN = 20
_LEAST_FOR_SPREAD = 50
_LEAST_SD = 0.05
_REFERENCE_FACTOR = 1.6


class Spread(NamedTuple):
    """A mean and a standard deviation."""

    mean: float
    sd: float


class SizeScale(NamedTuple):
    """Megabytes a minute: under `least` nothing is earned, from `enough` on nothing more."""

    least: float
    enough: float

    def rate(self, rate: float) -> float:
        """From 0 to 1, by the logarithm."""
        if rate <= self.least:
            return 0.0
        return min(1.0, (log(rate) - log(self.least)) / (log(self.enough) - log(self.least)))


@frozen(kw_only=True)
class Ruler:
    """How releases of one stratum are measured; None for what too little is known of.

    Attributes:
        sizes: for pictures that somebody compressed.
        least_rate: for untouched ones: under it something is missing.
        snatch_medians: medians of ln(1 + snatches) by age band and cost.
    """

    fixes: Spread | None = None
    sizes: SizeScale | None = None
    least_rate: float | None = None
    size_spread: Spread | None = None
    snatch_medians: Mapping[tuple[int, CostClass], float] = field(factory=dict)


@frozen(kw_only=True)
class StratumTables:
    """Rulers by stratum, and what usually becomes of a release here. A pure function of a survey.

    Groups of one release count as much as any other release in it; releases without a group do not count.
    """

    rulers: Mapping[Stratum, Ruler]
    outcomes: Spread | None = None

    @classmethod
    def of(cls, survey: Survey) -> StratumTables:
        """The tables of a survey."""
        strata = sorted({*survey.rates, *survey.fixes, *(key[0] for key in survey.snatches)}, key=lambda s: s.order)
        scales = {stratum: _find_scale(stratum, survey.rates.get(stratum, Counter())) for stratum in strata}
        sizes = {
            stratum: _rate_sizes(stratum, scales[stratum], survey.rates.get(stratum, Counter())) for stratum in strata
        }
        fix_spreads, size_spreads = _borrowing(survey.fixes), _borrowing(sizes)
        medians = _find_medians(survey.snatches)
        outcomes: Counter[float] = Counter()
        for outcome, count in survey.outcomes.items():
            outcomes[outcome.worth] += count
        return cls(
            rulers={
                stratum: Ruler(
                    fixes=_find(fix_spreads, stratum),
                    sizes=None if is_untouched(stratum) else scales[stratum],
                    least_rate=find_size_floor(stratum) if is_untouched(stratum) else None,
                    size_spread=_find(size_spreads, stratum),
                    snatch_medians=medians.get(stratum, {}),
                )
                for stratum in strata
            },
            outcomes=_find_spread(outcomes),
        )


def _find_scale(stratum: Stratum, rates: Mapping[float, int]) -> SizeScale | None:
    least = find_size_floor(stratum)
    if least is None:
        return None
    enough = least * _REFERENCE_FACTOR
    if sum(rates.values()) >= _LEAST_FOR_SPREAD:
        enough = max(enough, find_median(rates))
    return SizeScale(least, enough)


def _rate_sizes(stratum: Stratum, scale: SizeScale | None, rates: Mapping[float, int]) -> Counter[float]:
    rated: Counter[float] = Counter()
    if scale is None:
        return rated
    for rate, count in rates.items():
        worth = float(rate >= scale.least) if is_untouched(stratum) else scale.rate(rate)
        rated[worth] += count
    return rated


def find_median(counts: Mapping[float, int]) -> float:
    """The median of values that were met so many times each; that of an even number lies between the middle two.

    Raises:
        ValueError: there is none.
    """
    total = sum(counts.values())
    if not total:
        raise ValueError("nothing has no median")
    lower, upper = (total - 1) // 2, total // 2
    passed, low = 0, None
    for value in sorted(counts):
        passed += counts[value]
        if low is None and passed > lower:
            low = value
        if passed > upper:
            assert low is not None
            return (low + value) / 2
    raise ValueError("counts are never negative")


def _find_spread(counts: Mapping[float, int]) -> Spread | None:
    total = sum(counts.values())
    if total < _LEAST_FOR_SPREAD:
        return None
    mean = fsum(value * count for value, count in counts.items()) / total
    variance = fsum((value - mean) ** 2 * count for value, count in counts.items()) / (total - 1)
    return Spread(mean, max(_LEAST_SD, sqrt(variance)))


_Level = Stratum | Medium | None


def _borrowing(counts: Mapping[Stratum, Counter[float]]) -> dict[_Level, Spread | None]:
    """Spreads by stratum, by medium and over all."""
    levels: dict[_Level, Counter[float]] = {None: Counter()}
    for stratum, found in counts.items():
        for level in (stratum, stratum.medium, None):
            levels.setdefault(level, Counter()).update(found)
    return {level: _find_spread(found) for level, found in levels.items()}


def _find(spreads: Mapping[_Level, Spread | None], stratum: Stratum) -> Spread | None:
    """The stratum's own spread, else its medium's, else that of all."""
    for level in (stratum, stratum.medium, None):
        found = spreads.get(level)
        if found is not None:
            return found
    return None


def _find_medians(snatches: Mapping[SnatchCell, Counter[float]]) -> dict[Stratum, dict[tuple[int, CostClass], float]]:
    """Medians of ln(1 + snatches) for each cell that holds enough, or whose neighbours together do."""
    by_band: dict[tuple[Stratum, int], Counter[float]] = {}
    by_pair: dict[tuple[Stratum, int], Counter[float]] = {}
    for (stratum, band, _), counts in snatches.items():
        by_band.setdefault((stratum, band), Counter()).update(counts)
        by_pair.setdefault((stratum, band // 2), Counter()).update(counts)
    band_medians = {key: _log_median(counts) for key, counts in by_band.items()}
    pair_medians = {key: _log_median(counts) for key, counts in by_pair.items()}
    found: dict[Stratum, dict[tuple[int, CostClass], float]] = {}
    for stratum in {key[0] for key in snatches}:
        medians = found.setdefault(stratum, {})
        for band in range(AGE_BANDS):
            for cost in CostClass:
                choices = (
                    _log_median(snatches.get((stratum, band, cost), Counter())),
                    band_medians.get((stratum, band)),
                    pair_medians.get((stratum, band // 2)),
                )
                median = next((choice for choice in choices if choice is not None), None)
                if median is not None:
                    medians[band, cost] = median
    return found


def _log_median(counter: Mapping[float, int]) -> float | None:
    logs: Counter[float] = Counter()
    for value, count in counter.items():
        logs[log1p(value)] += count
    return find_median(logs) if sum(logs.values()) >= _LEAST_FOR_MEDIAN else None
