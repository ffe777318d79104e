"""Made-up worlds of release groups whose hidden truth is known: seeded, the same each time, standard library alone."""

from __future__ import annotations

from .evidence import EvidencePlan, RatedGroup, make_rated_groups
from .families import TRAITS, Traits, WorldFamily, WorldPlan
from .makers import STRATA
from .releases import REFERENCE_DATE, Choice, MadeRelease, SceneWorld

__all__ = [
    "REFERENCE_DATE",
    "STRATA",
    "TRAITS",
    "Choice",
    "EvidencePlan",
    "MadeRelease",
    "RatedGroup",
    "SceneWorld",
    "Traits",
    "WorldFamily",
    "WorldPlan",
    "make_rated_groups",
]
