"""The groups of a made-up world: names, sizes, habits and the hidden truth about their work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, sqrt
from random import Random
from statistics import fmean, pstdev

from attrs import frozen

from radarr_core.domain.scene_groups import Group, HdrClass, Medium, Stratum, find_group

from .families import WorldPlan, draw_skill, power_law

STRATA: tuple[Stratum, ...] = (
    Stratum(Medium.WEB, 1080),
    Stratum(Medium.ENCODE, 1080),
    Stratum(Medium.WEB, 2160, HdrClass.DOLBY_VISION),
    Stratum(Medium.ENCODE, 2160, HdrClass.HDR),
    Stratum(Medium.REMUX, 1080),
    Stratum(Medium.REMUX, 2160, HdrClass.HDR),
)
"""The kinds of releases there are."""

_CELL_SHARE = 0.25
_SYLLABLES = (
    "Ba", "Ko", "RaN", "TiV", "Lu", "ZeM", "Do", "FiX", "Nor", "GaL", "Pe", "SuN", "ViK", "HaR", "MoD", "JeT", "Qu",
    "WeS",
)  # fmt: skip


@frozen(kw_only=True)
class Maker:
    """A group of a made-up world.

    Attributes:
        name: as it stands in release names.
        skill: the hidden truth at the reference date, in standard deviations of groups.
        skill_before: the same two years before.
        offsets: how much better it is at each kind of release, in the order of `STRATA`.
        main: the kind it makes most.
        free_rate: how often its releases cost nothing.
        internal_rate: how often they are marked as made by the tracker's own people.
        fame: standard deviations of the logarithm of size above the mean.
    """

    name: str
    size: float
    skill: float
    skill_before: float
    offsets: Sequence[float]
    main: int
    free_rate: float
    internal_rate: float
    fame: float

    def skill_at(self, place: int, age_years: float) -> float:
        """How good its work of one kind was so many years before the reference date."""
        part = min(1.0, age_years / 2)
        return (1 - part) * self.skill + part * self.skill_before + self.offsets[place]


def make_makers(plan: WorldPlan, random: Random) -> tuple[Maker, ...]:
    """The groups of a world, the largest first."""
    sizes = power_law(plan.groups)
    logs = [log(size) for size in sizes]
    middle, spread = fmean(logs), pstdev(logs)
    given = _place_named(plan, random)
    taken = {Group(name).key for name in plan.named}
    made = []
    for place, size in enumerate(sizes):
        name, skill = given.get(place, (None, None))
        made.append(
            _make(plan, random, size, (logs[place] - middle) / spread, name or _find_name(random, taken), skill)
        )
    return tuple(made)


def _place_named(plan: WorldPlan, random: Random) -> Mapping[int, tuple[str, float]]:
    places = random.sample(range(max(1, plan.groups // 2)), len(plan.named))
    return dict(zip(places, plan.named.items(), strict=True))


def _find_name(random: Random, taken: set[str]) -> str:
    while True:
        name = "".join(random.choice(_SYLLABLES) for _ in range(random.randint(2, 3)))
        if random.random() < 0.3 or name.casefold() in taken:
            name += str(random.randint(2, 99))
        claim = find_group(name)
        if claim is not None and claim.group.key not in taken:
            taken.add(claim.group.key)
            return name


def _make(plan: WorldPlan, random: Random, size: float, fame: float, name: str, skill: float | None) -> Maker:
    traits, likeness = plan.traits, plan.traits.likeness
    drawn = draw_skill(random, traits.tails) * sqrt(1 - _CELL_SHARE)
    now = drawn if skill is None else skill
    before = likeness * now + sqrt(max(0.0, 1 - likeness**2)) * random.gauss(0, sqrt(1 - _CELL_SHARE))
    return Maker(
        name=name,
        size=size,
        skill=now,
        skill_before=before,
        offsets=tuple(random.gauss(0, sqrt(_CELL_SHARE)) for _ in STRATA),
        main=random.choices(range(len(STRATA)), (30, 25, 15, 10, 12, 8))[0],
        free_rate=random.betavariate(0.5, 1.5),
        internal_rate=min(1.0, random.expovariate(1 / plan.internal_rate)),
        fame=fame,
    )
