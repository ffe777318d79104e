"""Kinds of made-up worlds: how skill is spread, how it moves, and what else sways the figures people see."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from math import sqrt
from random import Random

from attrs import field, frozen


class WorldFamily(StrEnum):
    """A kind of world."""

    STEADY = "steady"
    HEAVY_TAILS = "heavy tails"
    DRIFTING = "drifting"
    CONFOUNDED = "confounded"
    OUTSIDE = "outside the model"


@frozen(kw_only=True)
class Traits:
    """What sets a family apart.

    Attributes:
        tails: degrees of freedom of the skills' distribution; None for a normal one.
        likeness: correlation of a skill with itself two years before; it moves in a straight line between.
        free_pull: what costing nothing adds to the logarithm of snatches, for groups that are free more often or less.
        age_pull: how many times as often an old release was taken than one of today, as a logarithm.
        fame_pull: what being large adds to the logarithm of snatches, a standard deviation of log size each. Skill adds
            a half; from release to release sizes spread by two of theirs, so a quarter makes fame and skill equals.
        impostors: the share of releases by strangers who use a good group's name, on public indexers.
        mislabelled: the share of sizes that are not true.
    """

    tails: int | None = None
    likeness: float = 1.0
    free_pull: float = 0.5
    age_pull: float = 2.0
    fame_pull: float = 0.0
    impostors: float = 0.0
    mislabelled: float = 0.0


TRAITS: Mapping[WorldFamily, Traits] = {
    WorldFamily.STEADY: Traits(),
    WorldFamily.HEAVY_TAILS: Traits(tails=4),
    WorldFamily.DRIFTING: Traits(likeness=0.4),
    WorldFamily.CONFOUNDED: Traits(free_pull=2.0, age_pull=4.0, likeness=0.7),
    WorldFamily.OUTSIDE: Traits(fame_pull=0.25, impostors=0.03, mislabelled=0.1, likeness=0.7),
}


@frozen(kw_only=True)
class WorldPlan:
    """What world to make. The same plan always makes the same world.

    Attributes:
        groups: how many; their sizes follow a power law that knows nothing of skill.
        releases: how many, those without a group included.
        named: groups with a name and a skill of their own choosing, in standard deviations; they stand at random
            among the larger half.
        namelike_rate: the share of releases whose name has a flag or nothing where a group should stand.
        internal_rate: the share of releases by the tracker's own people.
    """

    family: WorldFamily = WorldFamily.STEADY
    seed: int = 1
    groups: int = 715
    releases: int = 13_444
    named: Mapping[str, float] = field(factory=dict)
    namelike_rate: float = 0.04
    internal_rate: float = 0.045

    def __attrs_post_init__(self) -> None:
        """Refuse worlds nobody lives in."""
        if self.groups < 2 or self.releases < 1 or len(self.named) > self.groups // 2:
            raise ValueError(
                f"a world has two groups and a release at least, and no more than half of its groups are named: "
                f"{self.groups!r}, {self.releases!r}, {len(self.named)!r}"
            )

    @property
    def traits(self) -> Traits:
        """What sets its family apart."""
        return TRAITS[self.family]


def draw_skill(random: Random, tails: int | None) -> float:
    """A skill of mean 0 and variance 1: normal, or Student's t where tails are heavy."""
    value = random.gauss(0, 1)
    if tails is None:
        return value
    chi = random.gammavariate(tails / 2, 2)
    return value / sqrt(chi / tails) * sqrt((tails - 2) / tails)


ZIPF_EXPONENT = 1.05


def power_law(count: int) -> list[float]:
    """Sizes of groups, the largest first."""
    return [(place + 1) ** -ZIPF_EXPONENT for place in range(count)]
