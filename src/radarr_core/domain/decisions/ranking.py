"""The order of offers: a list of named criteria, each a key per offer, never a comparison of two.

A key per offer makes the order total and transitive by construction. Unknown has a place of its own in each key.
"""

from __future__ import annotations

import math
from typing import Protocol

from attrs import frozen

from radarr_core.domain.quality import MEGABYTE

from .rules.base import Case
from .verdicts import Figure, Key

SIZE_STEP = 200 * MEGABYTE
"""Bytes; sizes that fall into the same step count as equal."""


class Criterion(Protocol):
    """One named criterion; the greater key is the better one."""

    @property
    def name(self) -> str:
        """Unique among the criteria of a run."""

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """The key, and the figure people are shown for it."""


@frozen
class ByQuality:
    """The place of the quality in the profile; group members are equal."""

    name: str = "quality"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """A higher item is better."""
        if case.parsed is None:
            return (-2,), None
        if case.wanted is None:
            return (-1,), case.parsed.quality.name
        return (case.wanted.profile.index(case.parsed.quality),), case.parsed.quality.name


@frozen
class ByRevision:
    """REAL tags, then the version."""

    name: str = "revision"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """A later revision is better."""
        if case.parsed is None:
            return (-1, -1), None
        revision = case.parsed.revision
        return (revision.real, revision.version), revision.version


@frozen
class ByIndexerPriority:
    """The priority people gave the indexer, 1 to 50."""

    name: str = "indexer priority"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """A lower number is better."""
        return (-case.offer.indexer_priority,), case.offer.indexer_priority


@frozen
class BySeeders:
    """Seeders in powers of ten, so that 12 and 25 are alike; unknown comes after every known number."""

    name: str = "seeders"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """More is better."""
        seeders = case.offer.seeders
        return (0.0, 0.0) if seeders is None else (1.0, bucket(seeders)), seeders


@frozen
class ByPeers:
    """Peers in powers of ten; unknown comes after every known number."""

    name: str = "peers"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """More is better."""
        peers = case.offer.peers
        return (0.0, 0.0) if peers is None else (1.0, bucket(peers)), peers


@frozen
class BySize:
    """Nearness to the preferred size of the quality in steps of 200 MB, or sheer size where none is preferred."""

    name: str = "size"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """Nearer or larger is better; unknown comes after every known size."""
        size = case.offer.size
        if size is None:
            return (0, 0), None
        definition = case.policy.definitions.get(case.parsed.quality) if case.parsed else None
        minutes = case.wanted.movie.runtime_minutes if case.wanted else None
        if definition and definition.preferred is not None and minutes:
            distance = size - definition.preferred * minutes * MEGABYTE
            return (1, -abs(math.floor(distance / SIZE_STEP))), size
        return (1, size // SIZE_STEP), size


def bucket(count: int) -> int:
    """The count's power of ten, rounded to the nearest; 0 for none."""
    return round(math.log10(count)) if count > 0 else 0
