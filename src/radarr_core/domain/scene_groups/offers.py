"""From an offer and what its name claims to an observation."""

from __future__ import annotations

from datetime import datetime

from radarr_core.domain.releases import IndexerFlag, Mark, ParsedRelease, Release

from .identity import find_group
from .observations import FixKind, LocalOutcome, Observation
from .strata import CostClass, find_stratum

_REDUCED = IndexerFlag.HALFLEECH | IndexerFlag.FREELEECH_75 | IndexerFlag.FREELEECH_25


def observe_offer(
    offer: Release,
    claim: ParsedRelease,
    *,
    seen_at: datetime,
    movie: str | None = None,
    runtime_minutes: float | None = None,
    key: str | None = None,
    outcome: LocalOutcome | None = None,
) -> Observation:
    """The observation of an offer.

    Args:
        offer: as its indexer offers it.
        claim: what its name says.
        seen_at: when it was offered; aware.
        movie: the film it is of, if that is known: the same text for the same film.
        runtime_minutes: the film's.
        key: by which the release is known again; the offer's identity by default.
        outcome: what became of it here.

    Raises:
        ObservationRefusedError: the offer says what cannot be.
    """
    group = find_group(claim.release_group, film_title=claim.title)
    leechers = None if offer.peers is None or offer.seeders is None else max(0, offer.peers - offer.seeders)
    return Observation(
        key=offer.identity if key is None else key,
        seen_at=seen_at,
        group=group.group if group else None,
        is_doubtful=bool(group and group.is_doubtful),
        movie=movie,
        stratum=find_stratum(claim.quality, claim.hdr),
        added=offer.published,
        size=offer.size,
        runtime=runtime_minutes,
        snatches=offer.snatches,
        seeders=offer.seeders,
        leechers=leechers,
        cost=find_cost(offer.flags),
        indexer_kind=offer.indexer_kind,
        is_internal=IndexerFlag.INTERNAL in offer.flags,
        fix=find_fix(claim),
        outcome=outcome,
    )


def find_cost(flags: IndexerFlag) -> CostClass:
    """What taking it costs. An indexer that sets no flag at all has not said."""
    if IndexerFlag.FREELEECH in flags:
        return CostClass.FREE
    return CostClass.REDUCED if flags & _REDUCED else CostClass.UNKNOWN


def find_fix(claim: ParsedRelease) -> FixKind | None:
    """What the name claims to put right."""
    if Mark.REPACK in claim.marks or claim.revision.is_repack:
        return FixKind.REPACK
    if Mark.REAL in claim.marks:
        return FixKind.REAL
    return FixKind.PROPER if Mark.PROPER in claim.marks else None
