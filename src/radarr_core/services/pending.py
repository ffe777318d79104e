"""Let what is wanted wait until its time has come, grab it then, and forget what waits in vain."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from radarr_core.domain.decisions import Decision, DecisionTable, PendingReason, PendingRelease
from radarr_core.domain.decisions.rules.upgrade import SlotFree
from radarr_core.domain.downloads import Grab
from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.movies import Movie, SlotKey
from radarr_core.domain.quality import QualityProfile
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.errors import AskPersonError
from radarr_core.ports.storage import UnitOfWork

from .context import Context
from .judge_offers import find_claim

_log = logging.getLogger(__name__)

USEFUL_FOR = timedelta(days=14)
"""How long after its time a release is kept that still could not be had (Radarr: 14 days)."""
_SLOT_FREE = SlotFree().name
_Key = tuple[SlotKey, str, str]


def add_waiting(offers: Iterable[Release], pending: Iterable[PendingRelease]) -> tuple[Release, ...]:
    """The offers with what waits, one of each indexer and guid: as it is offered now, where it still is."""
    found: dict[tuple[str, str], Release] = {}
    for offer in (*offers, *(one.offer for one in pending)):
        found.setdefault((offer.indexer, offer.guid), offer)
    return tuple(found.values())


async def settle_pending(context: Context, table: DecisionTable, judged: Sequence[PendingRelease]) -> None:
    """Let wait what only time stands against; of what waited before, forget what is wanted no more.

    What is accepted stays until it is grabbed, and what only has to wait for the slot's running download stays, too.
    """
    now = context.clock.now()
    staying = await asyncio.to_thread(_find_staying, table)  # there may be thousands to look through
    served: set[SlotKey] = set()
    async with context.storage.begin() as work:
        known = {one.key: one for one in await work.pending.list_all()}
        for one in judged:
            if one.key in known and not _still_waits(one, staying.get(one.key), now):
                _log.info("%s waits no longer: it is not wanted any more", one.offer.title)
                await work.pending.remove(one)
        await _forget_orphans(context, work, known.values(), now)
        for key, decision in staying.items():
            before, reason = known.get(key), PendingReason.FALLBACK if key[0] in served else PendingReason.DELAY
            served.add(key[0])
            if decision.is_temporarily_rejected if before is None else _still_waits(before, decision, now):
                await _let_wait(context, work, decision, before, reason)


async def keep_for_later(context: Context, decisions: Iterable[Decision]) -> None:
    """Let chosen releases wait that the download client could not be given."""
    served: set[SlotKey] = set()
    async with context.storage.begin() as work:
        known = {one.key: one for one in await work.pending.list_all()}
        for decision in decisions:
            key = _find_key(decision)
            if key is not None:
                reason = PendingReason.FALLBACK if key[0] in served else PendingReason.CLIENT_UNAVAILABLE
                await _let_wait(context, work, decision, known.get(key), reason)
                served.add(key[0])


async def drop_superseded(context: Context, work: UnitOfWork, grab: Grab) -> None:
    """Forget what waits for a slot and is no better than what was just grabbed for it: in quality, then revision."""
    waiting = [one for one in await work.pending.list_all() if one.target == grab.target]
    if not waiting:
        return
    profile = _find_profile(context, await work.movies.find(grab.target.movie_id), grab.target)
    for one in waiting:
        claim = find_claim(one.offer.title)
        if claim is None or profile is None or _grade(claim, profile) <= _grade(grab.claim, profile):
            await work.pending.remove(one)


async def find_due(context: Context) -> frozenset[MovieId]:
    """The movies for which a release has waited for as long as it had to."""
    async with context.storage.begin() as work:
        due = await work.pending.list_due(context.clock.now())
    names = {indexer.name for indexer in context.indexers}
    return frozenset(one.target.movie_id for one in due if one.offer.indexer in names)


def _find_key(decision: Decision) -> _Key | None:
    target = decision.target
    return None if target is None else (target, decision.offer.indexer, decision.offer.guid)


def _find_staying(table: DecisionTable) -> dict[_Key, Decision]:
    """The decisions for slots against which nothing stands for good, best first."""
    fitting = (decision for decision in table if decision.movie is not None and _stays(decision))
    return {key: decision for decision in fitting if (key := _find_key(decision)) is not None}


def _stays(decision: Decision) -> bool:
    """Whether nothing stands against it but time, and what is under way for its slot."""
    return all(verdict.until is not None or verdict.rule == _SLOT_FREE for verdict in decision.rejections)


def _still_waits(one: PendingRelease, decision: Decision | None, now: datetime) -> bool:
    """Whether nothing stands against it for good; what may be had, but could not be for weeks, is given up."""
    return decision is not None and (decision.is_temporarily_rejected or not _is_old(one, now))


def _is_old(one: PendingRelease, now: datetime) -> bool:
    return one.since is not None and now - one.since > USEFUL_FOR


async def _forget_orphans(context: Context, work: UnitOfWork, waiting: Iterable[PendingRelease], now: datetime) -> None:
    """Forget what waits for a slot that is gone; and, after a while, what an indexer had that is gone."""
    names = {indexer.name for indexer in context.indexers}
    for one in waiting:
        if not await _has_slot(work, one.target) or (one.offer.indexer not in names and _is_old(one, now)):
            _log.info("%s waits no longer: its slot or its indexer is gone", one.offer.title)
            await work.pending.remove(one)


async def _let_wait(
    context: Context, work: UnitOfWork, decision: Decision, known: PendingRelease | None, reason: PendingReason
) -> None:
    """Store it, unless it is for a film that nobody added."""
    if decision.target is None or not await _has_slot(work, decision.target):
        return
    now = context.clock.now()
    if known is not None and known.reason is PendingReason.CLIENT_UNAVAILABLE:
        reason = known.reason
    possible = (decision.until, known.until if known else None, now + timedelta(seconds=context.timing.feed_interval))
    await work.pending.save(
        PendingRelease(
            target=decision.target,
            offer=decision.offer,
            reason=reason,
            sentence="; ".join(decision.reasons),
            since=known.since if known is not None and known.since is not None else now,
            until=next(moment for moment in possible if moment is not None and moment > now),
        )
    )


async def _has_slot(work: UnitOfWork, target: SlotKey) -> bool:
    movie = await work.movies.find(target.movie_id)
    return movie is not None and any(slot.name == target.slot for slot in movie.slots)


def _find_profile(context: Context, movie: Movie | None, target: SlotKey) -> QualityProfile | None:
    try:
        return None if movie is None else context.policy.get_profile(movie.get_slot(target.slot).profile)
    except AskPersonError:
        return None


def _grade(claim: ParsedRelease, profile: QualityProfile) -> tuple[object, ...]:
    return profile.index(claim.quality), claim.revision
