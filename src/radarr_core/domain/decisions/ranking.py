"""The order of offers: a list of named criteria, each a key per offer, never a comparison of two.

A key per offer makes the order total and transitive by construction. Unknown has a place of its own in each key.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Protocol

from attrs import frozen

from radarr_core.domain.quality import MEGABYTE
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag

from .policy import Propers
from .reputation import ReputationMode
from .rules.base import Case
from .rules.makers import describe_reputation
from .rules.offers import describe_flags
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
    """REAL tags, then the version; all alike where propers are not preferred."""

    name: str = "revision"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """A later revision is better."""
        if case.parsed is None:
            return (-1, -1), None
        revision = case.parsed.revision
        if case.policy.settings.propers is Propers.DO_NOT_PREFER:
            return (0, 0), revision.version
        return (revision.real, revision.version), revision.version


@frozen
class ByFormatScore:
    """What the custom formats are worth together in the profile."""

    name: str = "custom format score"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """More is better; without a profile there is no score."""
        if case.worth is None:
            return (0, 0), None
        return (1, case.worth.score), case.worth.score


@frozen
class ByGroupReputation:
    """How good the makers' work tends to be, in steps of a tenth, where that is to break ties; unknown is ordinary."""

    name: str = "group reputation"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """A better reputation is better; only what the whole of its interval supports counts."""
        if case.reputation is None or case.policy.reputation.mode is not ReputationMode.TIE_BREAK:
            return (0,), None
        return (round(case.reputation.signal, 1),), describe_reputation(case.reputation)


@frozen
class ByProtocol:
    """The protocol that the movie's delay profile prefers."""

    name: str = "protocol"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """The preferred one, then the other, then one that was not told."""
        protocol = case.offer.protocol
        if protocol is None:
            return (0,), None
        preferred = case.wanted.delay_profile.preferred_protocol if case.wanted else DownloadProtocol.USENET
        return (2 if protocol is preferred else 1,), protocol.value


@frozen
class ByIndexerPriority:
    """The priority people gave the indexer, 1 to 50."""

    name: str = "indexer priority"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """A lower number is better."""
        return (-case.offer.indexer_priority,), case.offer.indexer_priority


_WELL_LIKED = (
    IndexerFlag.DOUBLE_UPLOAD
    | IndexerFlag.FREELEECH
    | IndexerFlag.PTP_APPROVED
    | IndexerFlag.PTP_GOLDEN
    | IndexerFlag.INTERNAL
)


@frozen
class ByIndexerFlags:
    """What the indexer says of the terms, where people prefer good ones."""

    name: str = "indexer flags"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """Two points for each of the good flags, one for half the leech."""
        flags = case.offer.flags
        if not flags or not case.policy.settings.prefer_indexer_flags:
            return (0,), describe_flags(flags) if flags else ""
        points = 2 * (flags & _WELL_LIKED).value.bit_count() + bool(flags & IndexerFlag.HALFLEECH)
        return (points,), describe_flags(flags)


@frozen
class BySeeders:
    """Seeders of a torrent in powers of ten, so that 12 and 25 are alike; unknown comes after every known number."""

    name: str = "seeders"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """More is better."""
        return _weigh_crowd(case, case.offer.seeders)


@frozen
class ByPeers:
    """Peers of a torrent in powers of ten; unknown comes after every known number."""

    name: str = "peers"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """More is better."""
        return _weigh_crowd(case, case.offer.peers)


def _weigh_crowd(case: Case, count: int | None) -> tuple[Key, Figure]:
    if case.offer.protocol is DownloadProtocol.USENET or count is None:
        return (0, 0), None
    return (1, bucket(count)), count


@frozen
class ByAge:
    """The age of a usenet post: within the hour, the day, the week, then by powers of ten of its days."""

    name: str = "age"

    def weigh(self, case: Case) -> tuple[Key, Figure]:
        """Younger is better; unknown counts as the oldest."""
        if case.offer.protocol is not DownloadProtocol.USENET or case.age is None:
            return (0, 0), None
        return (1, _youth(case.age)), case.age.days


def _youth(age: timedelta) -> int:
    if age < timedelta(hours=1):
        return 1000
    if age <= timedelta(hours=24):
        return 100
    return 10 if age.days <= 7 else -round(math.log10(age.days))


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
        if definition and definition.preferred is not None and case.wanted:
            wanted = round(definition.preferred * case.wanted.minutes * MEGABYTE)
            return (1, -abs((size - wanted) // SIZE_STEP)), size
        return (1, size // SIZE_STEP), size


def bucket(count: int) -> int:
    """The count's power of ten, rounded to the nearest; 0 for none."""
    return round(math.log10(count)) if count > 0 else 0
