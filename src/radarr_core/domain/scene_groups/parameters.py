"""What all groups say together: how releases scatter, how groups and their cells differ, what flags foretell.

Empirical Bayes in closed form: the between-groups variance is that of Paule and Mandel (1982), with the rate of
internal releases as the one regressor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import fsum, isfinite
from typing import NamedTuple

from attrs import astuple, frozen

from .day_sums import CellSums, DaySum
from .strata import Stratum

GroupCells = Mapping[Stratum, CellSums]
"""The cells of one group."""

_LEAST_NOISE = 1e-6
_LEAST_CELL_VARIANCE = 1e-6
_LEAST_IN_PAIR = 5
_LEAST_PAIRS = 20
_STEPS = 80
_TOLERANCE = 1e-13
_FLAG_PRIOR = 4


class Means(NamedTuple):
    """What one group's cells say on average: pieces, coverage and mean of each."""

    counts: Sequence[int]
    weights: Sequence[float]
    means: Sequence[float]


@frozen(kw_only=True)
class Parameters:
    """What a fit learns of all groups.

    Attributes:
        noise: the variance of one whole release around its group's skill (sigma squared).
        between_groups: the variance of groups (tau squared); 0 says that they cannot be told apart.
        between_cells: the variance of a group's strata around it.
        mean: the utility of a typical group.
        slope: how much more is expected of a group all of whose releases are internal, per unit of rate.
        mean_flag_rate: the share of internal releases of all.
        centre_flag_rate: the weighted mean of the groups' rates in the regression.
        flag_scatter: the weighted sum of squared distances from it.
        groups: how many took part.

    Raises:
        ValueError: a figure is not finite, a variance negative, or that of releases 0.
    """

    noise: float
    between_groups: float
    between_cells: float
    mean: float = 0.0
    slope: float = 0.0
    mean_flag_rate: float = 0.0
    centre_flag_rate: float = 0.0
    flag_scatter: float = 0.0
    groups: int = 0

    def __attrs_post_init__(self) -> None:
        """Refuse what nobody can divide by."""
        figures = astuple(self)
        if not all(map(isfinite, figures)):
            raise ValueError(f"every parameter is a finite number: {figures!r}")
        if self.noise <= 0 or min(self.between_groups, self.between_cells, self.flag_scatter) < 0:
            raise ValueError(f"variances are not negative, and that of releases is above 0: {figures!r}")

    @property
    def cell_variance(self) -> float:
        """The variance of a cell of an unseen group."""
        return self.between_groups + self.between_cells

    def shrink_flag_rate(self, internals: int, releases: int) -> float:
        """A group's rate of internal releases, drawn to that of all by four releases."""
        return (internals + _FLAG_PRIOR * self.mean_flag_rate) / (releases + _FLAG_PRIOR)

    def expect(self, flag_rate: float) -> float:
        """What is expected of a group before anything of it is known but that rate."""
        return self.mean + self.slope * (flag_rate - self.mean_flag_rate)


def estimate(groups: Mapping[str, GroupCells]) -> Parameters:
    """The parameters of all groups' evidence; a pure function of the sums of days.

    Args:
        groups: the cells of each group by its name, none of them empty.
    """
    names = sorted(groups)
    noise = estimate_noise(cell.days for name in names for cell in groups[name].values())
    means = [_find_means(groups[name]) for name in names]
    internals = [sum(cell.tally.internals for cell in groups[name].values()) for name in names]
    releases = [sum(cell.tally.releases for cell in groups[name].values()) for name in names]
    rate = sum(internals) / max(1, sum(releases))
    flags = [(mine + _FLAG_PRIOR * rate) / (all_ + _FLAG_PRIOR) for mine, all_ in zip(internals, releases, strict=True)]
    share = _estimate_between_cells(means, noise, len({stratum for name in names for stratum in groups[name]}))
    between, fitted = _estimate_between_groups(means, flags, noise, share)
    return Parameters(
        noise=noise,
        between_groups=between,
        between_cells=share(between),
        mean=fitted.at(rate),
        slope=fitted.slope,
        mean_flag_rate=rate,
        centre_flag_rate=fitted.centre,
        flag_scatter=fitted.scatter,
        groups=len(names),
    )


def estimate_noise(cells: Iterable[Mapping[int, DaySum]]) -> float:
    """The variance of one whole release: from differences of neighbours in time, on which drift has little hold.

    Inside a day, the scatter around its mean; from a day to the next one of its cell, the difference of the two means.
    """
    scatters: list[float] = []
    freedom = 0
    for days in cells:
        before: DaySum | None = None
        for day in sorted(days):
            now = days[day]
            if now.pieces > 1:
                scatters.append(now.scatter)
                freedom += now.pieces - 1
            if before is not None:
                scatters.append((now.mean - before.mean) ** 2 / (1 / now.weight + 1 / before.weight))
                freedom += 1
            before = now
    return max(_LEAST_NOISE, fsum(scatters) / freedom) if freedom else _LEAST_NOISE


def _find_means(cells: GroupCells) -> Means:
    totals = [cells[stratum].total for stratum in sorted(cells, key=lambda stratum: stratum.order)]
    return Means([t.pieces for t in totals], [t.weight for t in totals], [t.mean for t in totals])


def _estimate_between_cells(means: Sequence[Means], noise: float, strata: int) -> Callable[[float], float]:
    """The variance between a group's cells, given that between groups, of which it is a third until pairs tell.

    Few pairs may by chance say that cells do not differ at all, and then a kind of work that nobody saw would be as
    surely known as any. So a third of the variance between groups stays its least with 20 pairs, and the less of it
    the more pairs there are.
    """
    if strata == 1:
        return lambda _: 0.0
    found: list[float] = []
    for group in means:
        sound = [i for i, count in enumerate(group.counts) if count >= _LEAST_IN_PAIR]
        for a, b in combinations(sound, 2):
            gap = (group.means[a] - group.means[b]) ** 2
            found.append((gap - noise / group.weights[a] - noise / group.weights[b]) / 2)
    if len(found) < _LEAST_PAIRS:
        return lambda between: between / 3
    variance, share = max(_LEAST_CELL_VARIANCE, fsum(found) / len(found)), _LEAST_PAIRS / len(found) / 3
    return lambda between: max(variance, between * share)


class Line(NamedTuple):
    """A weighted regression of the groups' means on their rates of internal releases."""

    centre: float
    level: float
    slope: float
    scatter: float

    def at(self, rate: float) -> float:
        """What is expected at a rate."""
        return self.level + self.slope * (rate - self.centre)


def _estimate_between_groups(
    means: Sequence[Means], flags: Sequence[float], noise: float, share: Callable[[float], float]
) -> tuple[float, Line]:
    """The variance between groups at which they scatter around the line as they should (Paule and Mandel)."""
    # The points hang on the variance of cells alone, which mostly is the same at every step.
    points_at = lru_cache(maxsize=1)(lambda between_cells: _find_points(means, noise, between_cells))

    def look(between: float) -> tuple[float, Line]:
        points, variances = points_at(share(between))
        weights = [1 / (variance + between) for variance in variances]
        line = _fit_line(points, flags, weights)
        return sum([w * (x - line.at(f)) ** 2 for x, f, w in zip(points, flags, weights, strict=True)]), line

    freedom = len(means) - 2
    low, high = 0.0, 1.0
    if look(low)[0] <= freedom:
        return 0.0, look(0.0)[1]
    while look(high)[0] > freedom:
        low, high = high, high * 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if high - low <= high * _TOLERANCE:
            break
        low, high = (middle, high) if look(middle)[0] > freedom else (low, middle)
    return high, look(high)[1]


def _find_points(means: Sequence[Means], noise: float, between_cells: float) -> tuple[list[float], list[float]]:
    """Each group's mean of its cells' means, and the variance of that."""
    points, variances = [], []
    for group in means:
        weights = [1 / (noise / weight + between_cells) for weight in group.weights]
        total = sum(weights)
        points.append(sum([w * x for w, x in zip(weights, group.means, strict=True)]) / total)
        variances.append(1 / total)
    return points, variances


def _fit_line(points: Sequence[float], flags: Sequence[float], weights: Sequence[float]) -> Line:
    total = sum(weights)
    centre = sum([w * f for w, f in zip(weights, flags, strict=True)]) / total
    level = sum([w * x for w, x in zip(weights, points, strict=True)]) / total
    scatter = sum([w * (f - centre) ** 2 for w, f in zip(weights, flags, strict=True)])
    if scatter <= total * 1e-12:
        return Line(centre, level, 0.0, 0.0)
    slope = sum([w * (f - centre) * (x - level) for w, f, x in zip(weights, flags, points, strict=True)]) / scatter
    return Line(centre, level, slope, scatter)
