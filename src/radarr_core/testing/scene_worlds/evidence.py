"""Worlds of rated releases: three yes-or-no marks each, whose expected utility is known exactly, for calibration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import sqrt
from random import Random
from statistics import NormalDist

from attrs import field, frozen

from radarr_core.domain.scene_groups import Evidence, Stratum, Tally

from .families import WorldFamily, draw_skill, power_law
from .makers import STRATA
from .releases import REFERENCE_DATE

_NORMAL = NormalDist()
_WEIGHTS = (0.45, 0.275, 0.275)
_RATES = (0.5, 0.9, 0.7)
_DAYS = 730
_MARKS = tuple(
    (_NORMAL.inv_cdf(rate), *(weight * ((is_good - rate) / sqrt(rate * (1 - rate))) for is_good in (0.0, 1.0)))
    for weight, rate in zip(_WEIGHTS, _RATES, strict=True)
)
"""Of each mark how likely it is at a skill of 0, as a quantile, and what a bad and a good one are worth."""


@frozen(kw_only=True)
class EvidencePlan:
    """What to make. The same plan always makes the same world.

    Attributes:
        loading: how far skill decides each mark, 0 to 1.
        likeness: correlation of a skill with itself two years before; it moves in a straight line between.
        strata: kinds of releases; of more than one, a group has a main one and differs between them.
        internal_rate: the share of releases by the tracker's own people, which says nothing of skill.
    """

    seed: int = 1
    groups: int = 715
    releases: int = 13_444
    loading: float = 0.33
    family: WorldFamily = WorldFamily.STEADY
    likeness: float = 1.0
    strata: int = 1
    internal_rate: float = 0.045


@frozen(kw_only=True)
class RatedGroup:
    """A group, its releases as evidence, and the truth.

    Attributes:
        truths: the expected utility of a release of today, by kind.
        truth: the same over all kinds it makes, by how often it makes them.
    """

    name: str
    pieces: tuple[Evidence, ...] = field(repr=False)
    truths: dict[Stratum, float]
    truth: float


def make_rated_groups(plan: EvidencePlan) -> Iterator[RatedGroup]:
    """The groups of a world, the largest first; every one has a release at least."""
    random = Random(f"rated {plan.seed} {plan.family} {plan.strata}")
    sizes = power_law(plan.groups)
    total = sum(sizes)
    for place, size in enumerate(sizes):
        yield _make(random, plan, f"Rated{place}x", max(1, round(plan.releases * size / total)))


def _make(random: Random, plan: EvidencePlan, name: str, count: int) -> RatedGroup:
    tails = 4 if plan.family is WorldFamily.HEAVY_TAILS else None
    now = draw_skill(random, tails)
    before = plan.likeness * now + sqrt(1 - plan.likeness**2) * random.gauss(0, 1)
    strata, main = STRATA[: plan.strata], random.randrange(plan.strata)
    offsets = {stratum: random.gauss(0, 0.5) if plan.strata > 1 else 0.0 for stratum in strata}
    shares = [1.0 if plan.strata == 1 else 0.7 if i == main else 0.3 / (plan.strata - 1) for i in range(plan.strata)]
    summed = list(accumulate(shares))
    pieces = []
    for _ in range(count):
        stratum = random.choices(strata, cum_weights=summed)[0]
        days = random.randrange(_DAYS)
        part = days / _DAYS
        skill = (1 - part) * now + part * before + offsets[stratum]
        moved = plan.loading * skill
        utility = sum([good if random.random() < _NORMAL.cdf(at + moved) else bad for at, bad, good in _MARKS])
        tally = Tally(releases=1, internals=int(random.random() < plan.internal_rate))
        day = REFERENCE_DATE.toordinal() - days
        pieces.append(Evidence(name.casefold(), None, stratum, day, utility, 1.0, tally))
    truths = {stratum: _expect(plan, now + offsets[stratum]) for stratum in strata}
    truth = sum(share * truths[stratum] for share, stratum in zip(shares, strata, strict=True))
    return RatedGroup(name=name, pieces=tuple(pieces), truths=truths, truth=truth)


def _chance(plan: EvidencePlan, place: int, skill: float) -> float:
    return _NORMAL.cdf(_NORMAL.inv_cdf(_RATES[place]) + plan.loading * skill)


def _expect(plan: EvidencePlan, skill: float) -> float:
    return sum(
        _WEIGHTS[i] * (_chance(plan, i, skill) - _RATES[i]) / sqrt(_RATES[i] * (1 - _RATES[i])) for i in range(3)
    )
