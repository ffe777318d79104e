"""How things stand at the moment of deciding: values that a service gathered beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from attrs import field, frozen

from radarr_core.domain.downloads import BlockedRelease, Grab
from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.moments import check_aware
from radarr_core.domain.movies import MovieFile, Slot, SlotKey
from radarr_core.domain.releases import ParsedRelease, Release

from .reputation import Reputations


class RunKind(StrEnum):
    """What set the decision off; some rules look only at some kinds.

    FEED is what indexers have that is new, and what others push; SEARCH is one that nobody waits for; INTERACTIVE is
    one that a person asked for.
    """

    FEED = "feed"
    SEARCH = "search"
    INTERACTIVE = "interactive"


class HistoryEvent(StrEnum):
    """What happened to a slot."""

    GRABBED = "grabbed"
    IMPORTED = "imported"
    FAILED = "failed"
    DELETED = "deleted"
    RENAMED = "renamed"
    IGNORED = "ignored"


@frozen(kw_only=True)
class HistoryEntry:
    """One thing that happened to a slot.

    Attributes:
        at: aware, UTC.
        claim: what the release's name says.
        offer: the release as it was offered, where that is still known.
        download_id: the download's id at its client: the info-hash of a torrent.
    """

    target: SlotKey
    event: HistoryEvent
    at: datetime = field(validator=check_aware)
    claim: ParsedRelease
    offer: Release | None = None
    download_id: str | None = None


class PendingReason(StrEnum):
    """Why a release waits."""

    DELAY = "delay"
    CLIENT_UNAVAILABLE = "download client unavailable"
    FALLBACK = "fallback"


@frozen(kw_only=True)
class PendingRelease:
    """A release that is wanted, but not yet. One a slot, indexer and guid.

    Attributes:
        offer: the release as it was offered last.
        reason: FALLBACK for what would be second choice, were it taken now.
        sentence: what stands against it for now, for people.
        since: when it began to wait: aware, UTC; None where nobody noted it. `until` likewise, when it is to be looked
            at again at the latest; None for the next look.
    """

    target: SlotKey
    offer: Release
    reason: PendingReason = PendingReason.DELAY
    sentence: str = ""
    since: datetime | None = field(default=None, validator=check_aware)
    until: datetime | None = field(default=None, validator=check_aware)

    @property
    def key(self) -> tuple[SlotKey, str, str]:
        """What tells it from others: the slot, the indexer and the guid there."""
        return self.target, self.offer.indexer, self.offer.guid


@frozen(kw_only=True, slots=False)
class Situation:
    """Held files, what is under way, what is blocked, and the room that is left.

    Attributes:
        kind: what set the run off.
        searched: the movie a search was for; None for feeds. `decide` knows it when it is given that one movie.
        held: the file of each slot that has one.
        queue: grabs that may still end in the library.
        blocked: releases that are not to be taken again.
        history: what happened to slots before, in any order.
        pending: releases that wait for something better to come.
        free_space: bytes free on the library's disk; None when that could not be found out.
        folder_space: bytes free in each folder that a slot has of its own, likewise.
        mislabelled: how often each slot already had a file that proved less than its name claimed.
        disabled_indexers: indexers that are left alone after failures, each until a moment (aware, UTC).
        reputations: what is known of the groups of the offers, each for one kind of release; None where nobody was
            asked, or whoever was did not answer.
        reputation_note: why there are none although somebody was asked, for people.
        first_signals: the signal that releases had when they were first seen, by their identity. Points go by it, so
            that no later opinion makes a release out of one that was there before.
    """

    kind: RunKind = RunKind.SEARCH
    searched: MovieId | None = None
    held: Mapping[SlotKey, MovieFile] = field(factory=dict)
    queue: tuple[Grab, ...] = ()
    blocked: tuple[BlockedRelease, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    pending: tuple[PendingRelease, ...] = ()
    free_space: int | None = None
    folder_space: Mapping[str, int | None] = field(factory=dict)
    mislabelled: Mapping[SlotKey, int] = field(factory=dict)
    disabled_indexers: Mapping[str, datetime] = field(factory=dict)
    reputations: Reputations | None = None
    reputation_note: str = ""
    first_signals: Mapping[str, float] = field(factory=dict)

    @cached_property
    def _queue(self) -> dict[SlotKey, list[Grab]]:
        return _by_slot(grab for grab in self.queue if grab.is_active)

    @cached_property
    def _blocked(self) -> dict[SlotKey, list[BlockedRelease]]:
        return _by_slot(self.blocked)

    @cached_property
    def _history(self) -> dict[SlotKey, list[HistoryEntry]]:
        return _by_slot(sorted(self.history, key=lambda entry: entry.at, reverse=True))

    @cached_property
    def _pending(self) -> dict[SlotKey, list[PendingRelease]]:
        return _by_slot(self.pending)

    def find_space(self, slot: Slot | None) -> int | None:
        """Bytes free where the slot's file would lie; None when that is not known."""
        if slot is None or slot.folder is None:
            return self.free_space
        return self.folder_space.get(slot.folder)

    def queue_of(self, key: SlotKey) -> list[Grab]:
        """What is under way for a slot."""
        return self._queue.get(key, [])

    def blocked_for(self, key: SlotKey) -> list[BlockedRelease]:
        """What is not to be taken again for a slot."""
        return self._blocked.get(key, [])

    def history_of(self, key: SlotKey) -> list[HistoryEntry]:
        """What happened to a slot, newest first."""
        return self._history.get(key, [])

    def pending_for(self, key: SlotKey) -> list[PendingRelease]:
        """What waits for a slot."""
        return self._pending.get(key, [])


_Targeted = TypeVar("_Targeted", Grab, BlockedRelease, HistoryEntry, PendingRelease)


def _by_slot(entries: Iterable[_Targeted]) -> dict[SlotKey, list[_Targeted]]:
    found: dict[SlotKey, list[_Targeted]] = {}
    for entry in entries:
        found.setdefault(entry.target, []).append(entry)
    return found
