"""Evidence of made-up worlds, for tests of what is shared."""

from __future__ import annotations

from functools import cache

from radarr_core.domain.scene_groups import EvidenceSums, measure_all
from radarr_core.testing.scene_worlds import REFERENCE_DATE, SceneWorld, WorldPlan


@cache
def make_sums(seed: int = 1, releases: int = 1_200) -> EvidenceSums:
    """The evidence of a small world, as one installation would count it."""
    world = SceneWorld(WorldPlan(seed=seed, groups=40, releases=releases))
    return measure_all(world.observe(), at=REFERENCE_DATE)
