"""Keep what is seen of releases as evidence about their makers. Nothing is ever fetched for the sake of it."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from radarr_core.domain.decisions import Decision, DecisionTable, ReputationMode
from radarr_core.domain.releases import Release
from radarr_core.domain.scene_groups import Observation, observe_offer
from radarr_core.domain.scene_groups.observation_sets import Intake, sift
from radarr_core.errors import RadarrCoreError

from .context import Context
from .judge_offers import BATCH

_log = logging.getLogger(__name__)


def find_key(offer: Release) -> str:
    """The key by which a release is known again: its info-hash, else a digest of indexer and guid.

    Guids are often addresses that hold somebody's key, so they are not kept.
    """
    return str(offer.info_hash) if offer.info_hash else uuid.uuid5(uuid.NAMESPACE_URL, offer.identity).hex


async def observe_releases(context: Context, table: DecisionTable, offers: Iterable[Release]) -> None:
    """Keep what a search or a feed has shown of releases of wanted films; of others nothing could be learned.

    What cannot be kept is logged: evidence is never worth a search.

    Args:
        context: the ports; nothing is kept where nobody looks at makers.
        table: what was decided.
        offers: what indexers offered just now; what only waits in the table was not seen.
    """
    if not context.judges_groups:
        return
    seen, now = {offer.identity for offer in offers}, context.clock.now()
    decisions = [one for one in table if one.movie is not None and one.offer.identity in seen]
    observations: list[Observation] = []
    for start in range(0, len(decisions), BATCH):
        intake = await asyncio.to_thread(_observe_batch, decisions[start : start + BATCH], now)
        observations.extend(intake.observations)
        for error in intake.errors:
            _log.info("no evidence: %s", error)
    try:
        async with context.storage.begin() as work:
            await work.observations.record(observations)
            await work.observations.note_signals(_list_signals(context, decisions))
    except RadarrCoreError as error:
        _log.warning("what was seen of %d releases could not be kept: %s", len(observations), error)


def _observe_batch(decisions: Sequence[Decision], now: datetime) -> Intake:
    return sift(partial(_observe, decision, now) for decision in decisions)


def _observe(decision: Decision, now: datetime) -> Observation:
    offer, movie = decision.offer, decision.movie
    assert decision.parsed is not None, "a name that cannot be read fits no movie"
    assert movie is not None
    return observe_offer(
        offer,
        decision.parsed,
        seen_at=now,
        movie=str(movie.id),
        runtime_minutes=movie.runtime_minutes,
        key=find_key(offer),
    )


def _list_signals(context: Context, decisions: Iterable[Decision]) -> dict[str, float]:
    """What makers are held for now; that of a release seen before was noted then, and stays."""
    if context.policy.reputation.mode is not ReputationMode.POINTS:
        return {}
    return {
        find_key(one.offer): one.reputation_signal for one in decisions if one.reputation_signal is not None
    }  # fmt: skip
