"""What happened to slots, told by the grabs that were made for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from radarr_core.domain.downloads import Grab, GrabState
from radarr_core.domain.movies import MovieFile, SlotKey
from radarr_core.domain.quality import Quality

from .situation import HistoryEntry, HistoryEvent

_ENDS = {GrabState.IMPORTED: HistoryEvent.IMPORTED, GrabState.FAILED: HistoryEvent.FAILED}


def derive_history(
    grabs: Iterable[Grab], held: Mapping[SlotKey, MovieFile], proved: Mapping[SlotKey, Quality]
) -> tuple[HistoryEntry, ...]:
    """Every grab and how it ended, newest first.

    Args:
        grabs: in any order.
        held: the file of each slot that has one.
        proved: what held files turned out to be, where that is less than their names claimed: as such they count as
            imported.
    """
    entries = [entry for grab in grabs for entry in _tell(grab, held, proved)]
    # A grab comes before its end also where both bear one moment, for nobody noted the second.
    return tuple(sorted(entries, key=lambda entry: entry.at)[::-1])


def _tell(grab: Grab, held: Mapping[SlotKey, MovieFile], proved: Mapping[SlotKey, Quality]) -> Iterator[HistoryEntry]:
    grabbed = HistoryEntry(
        target=grab.target,
        event=HistoryEvent.GRABBED,
        at=grab.grabbed_at,
        claim=grab.claim,
        offer=grab.offer,
        download_id=str(grab.info_hash),
    )
    yield grabbed
    if grab.state not in _ENDS:
        return
    ended_at = max(grab.ended_at or grab.grabbed_at, grab.grabbed_at)
    file, quality = held.get(grab.target), proved.get(grab.target)
    is_its_file = file is not None and file.info_hash == grab.info_hash
    claim = evolve(grab.claim, quality=quality) if quality is not None and is_its_file else grab.claim
    yield evolve(grabbed, event=_ENDS[grab.state], at=ended_at, claim=claim)
