"""Hand a chosen release to the download client, and never forget what was handed over."""

from __future__ import annotations

from radarr_core.domain.decisions import Decision
from radarr_core.domain.decisions.upgrade import find_objection_to
from radarr_core.domain.downloads import ACTIVE_GRAB_STATES, BlockCause, Grab, GrabState, Payload
from radarr_core.domain.events import GrabFailed, ReleaseGrabbed
from radarr_core.domain.identifiers import CorrelationId
from radarr_core.errors import BadTorrentError, BugError, GiveUpError, RadarrCoreError, SupersededError
from radarr_core.ports.indexer import Indexer
from radarr_core.ports.storage import UnitOfWork

from .ask_indexers import Outcome, is_its_fault, note_outcomes
from .block_release import block_release
from .context import Context, facts_of
from .gather_situation import count_mislabels
from .guard import ask
from .pending import drop_superseded


async def grab_release(context: Context, decision: Decision, correlation_id: CorrelationId) -> Grab:
    """Fetch a release's torrent, write down what it is for, and start the download.

    The info-hash ties the download to movie and slot before the client hears of it, so a crash at any moment leaves
    either nothing, or a grab that is found again.

    Raises:
        SupersededError: the slot was taken or filled since the decision; nothing is stored.
        RadarrCoreError: the torrent or the client failed; the failure is stored as `GrabFailed`, and a release whose
            torrent is bad is blocked.
        BugError: the decision is not for a slot.
    """
    target, parsed = decision.target, decision.parsed
    if target is None or parsed is None:
        raise BugError(f"{decision.offer.title!r} was not judged for a slot, so it cannot be grabbed")
    try:
        payload = await _fetch(context, decision)
    except RadarrCoreError as error:
        await _note_failure(context, decision, correlation_id, error)
        raise
    grab = Grab(
        info_hash=payload.info_hash,
        target=target,
        claim=parsed,
        offer=decision.offer,
        client=context.download_client.name,
        grabbed_at=context.clock.now(),
        correlation_id=correlation_id,
        reputation_signal=decision.reputation_signal,
    )
    async with context.storage.begin() as work:
        await _require_room(context, work, decision, grab)
        await work.grabs.save(grab)
    try:
        await ask(context.download_client.name, context.download_client.add(payload))
    except RadarrCoreError as error:
        seen = await _find_seen(context, grab)
        if seen is not None:
            return seen
        await _note_failure(context, decision, correlation_id, error, grab)
        raise
    return await confirm_grab(context, grab)


def is_client_away(context: Context, error: RadarrCoreError) -> bool:
    """Whether every other release would fail at the download client the same way."""
    return error.adapter == context.download_client.name and not isinstance(error, GiveUpError)


async def _find_seen(context: Context, grab: Grab) -> Grab | None:
    """The grab, when the client was found to have the download although it did not say so; else None."""
    async with context.storage.begin() as work:
        stored = await work.grabs.find(grab.info_hash, grab.target)
    return stored if stored is not None and stored.state is not GrabState.REQUESTED else None


async def _require_room(context: Context, work: UnitOfWork, decision: Decision, grab: Grab) -> None:
    """Look once more, in the transaction that takes the slot: a feed and a search may have chosen at the same time."""
    active = [other for other in await work.grabs.list_in(*ACTIVE_GRAB_STATES) if other.target == grab.target]
    if active:
        raise SupersededError(f"{active[0].offer.title} is under way for the slot already")
    held = await work.files.find(grab.target)
    if held is None or decision.slot is None or decision.movie is None:
        return
    objection = find_objection_to(
        context.policy,
        decision.movie,
        decision.slot,
        held,
        claim=grab.claim,
        offer=grab.offer,
        mislabels=(await count_mislabels(work)).get(grab.target, 0),
        info_hash=grab.info_hash,
        reputation_signal=grab.reputation_signal,
    )
    if objection:
        raise SupersededError(objection)


async def confirm_grab(context: Context, grab: Grab) -> Grab:
    """Write down that the client has the download."""
    started = grab.moved_to(GrabState.DOWNLOADING)
    async with context.storage.begin() as work:
        stored = await work.grabs.find(grab.info_hash, grab.target)
        if stored is not None and stored.state is not grab.state:
            return stored  # another task of this pipeline saw the download first
        await work.grabs.save(started)
        await drop_superseded(context, work, grab)
        await work.events.append(
            ReleaseGrabbed(
                **facts_of(context, grab),
                slot=grab.target.slot,
                release=grab.offer.title,
                indexer=grab.offer.indexer,
                client=grab.client,
                info_hash=grab.info_hash,
                quality=grab.claim.quality.name,
                size=grab.offer.size,
            )
        )
    return started


async def _fetch(context: Context, decision: Decision) -> Payload:
    indexer = _get_indexer(context, decision.offer.indexer)
    asked_at = context.clock.now()
    try:
        payload = await ask(indexer.name, indexer.fetch_payload(decision.offer))
    except RadarrCoreError as error:
        if is_its_fault(error):
            await note_outcomes(context, [Outcome(indexer=indexer.name, asked_at=asked_at, error=error)])
        raise
    await note_outcomes(context, [Outcome(indexer=indexer.name, asked_at=asked_at)])
    expected = decision.offer.info_hash
    if expected is not None and payload.info_hash != expected:
        raise BadTorrentError(
            f"the link of {decision.offer.title!r} delivers torrent {payload.info_hash}, not {expected}",
            adapter=indexer.name,
        )
    return payload


def _get_indexer(context: Context, name: str) -> Indexer:
    for indexer in context.indexers:
        if indexer.name == name:
            return indexer
    raise BugError(f"no indexer of this pipeline is called {name!r}")


async def _note_failure(
    context: Context,
    decision: Decision,
    correlation_id: CorrelationId,
    error: RadarrCoreError,
    grab: Grab | None = None,
) -> None:
    """What will never work is blocked; what may work later only ends this try."""
    target = decision.target
    assert target is not None
    async with context.storage.begin() as work:
        if grab is not None:
            await work.grabs.save(grab.moved_to(GrabState.FAILED, str(error), ended_at=context.clock.now()))
        await work.events.append(
            GrabFailed(
                at=context.clock.now(),
                correlation_id=correlation_id,
                movie_id=target.movie_id,
                release=decision.offer.title,
                indexer=decision.offer.indexer,
                reason=str(error),
            )
        )
        if isinstance(error, GiveUpError):
            await block_release(work, target, decision.offer, BlockCause.GRAB_FAILED, str(error), context.clock.now())
