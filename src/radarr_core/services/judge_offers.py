"""Judge offers off the event loop, in batches, with names read once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from radarr_core.domain.decisions import (
    Decision,
    DecisionTable,
    MovieIndex,
    Offer,
    Situation,
    decide,
)
from radarr_core.domain.decisions.formats import FormatRun
from radarr_core.domain.movies import Movie
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.errors import UnparsableReleaseError

from .context import Context

BATCH = 250
"""Offers judged in one go in a worker thread; between batches a run can be cancelled."""


@lru_cache(maxsize=8192)
def _read(title: str) -> ParsedRelease | str:
    """The claim of a name, or why it was refused; remembered, since feeds repeat themselves."""
    try:
        return parse_release(title)
    except UnparsableReleaseError as error:
        return error.reason


def find_claim(title: str) -> ParsedRelease | None:
    """What a name claims; None for a refused one. Remembered: offers are judged right after they are looked through."""
    read = _read(title)
    return None if isinstance(read, str) else read


def _as_offer(release: Release) -> Offer:
    read = _read(release.title)
    if isinstance(read, str):
        return Offer(release=release, refusal=read)
    return Offer(release=release, parsed=read)


async def judge_offers(
    context: Context, offers: Sequence[Release], wanted: Movie | MovieIndex, situation: Situation
) -> DecisionTable:
    """Every decision about those offers, as `decide` gives them, without stalling the event loop."""
    decide_batch = partial(
        decide, wanted=wanted, policy=context.policy, situation=situation, rules=context.rules,
        formats=FormatRun(context.policy.formats), now=context.clock.now(),
    )  # fmt: skip
    decisions: list[Decision] = []
    for start in range(0, len(offers), BATCH):
        batch = offers[start : start + BATCH]
        decisions.extend(await asyncio.to_thread(_judge_batch, decide_batch, batch))
    # Putting thousands in order takes as long as judging a batch.
    return await asyncio.to_thread(lambda: DecisionTable.of(drop_doubles(decisions)))


def drop_doubles(decisions: Sequence[Decision]) -> list[Decision]:
    """One decision a slot of the same offer at several indexers, as with an aggregator beside the indexer itself.

    The same offer has the same guid and name. What has the fewest rejections is kept, then that of the indexer with
    the lowest priority number. One torrent offered under several guids stays several offers, and their rank decides.
    """
    offered_by: dict[str, str] = {}
    shared = {
        decision.offer.guid
        for decision in decisions
        if offered_by.setdefault(decision.offer.guid, decision.offer.indexer) != decision.offer.indexer
    }
    best: dict[tuple[object, ...], Decision] = {}
    for decision in decisions:
        if decision.offer.guid in shared:
            kept = best.setdefault(_tell_apart(decision), decision)
            if _prefer(decision) < _prefer(kept):
                best[_tell_apart(decision)] = decision
    return [one for one in decisions if one.offer.guid not in shared or best[_tell_apart(one)] is one]


def _tell_apart(decision: Decision) -> tuple[object, ...]:
    return decision.offer.guid, decision.offer.title, decision.target


def _prefer(decision: Decision) -> tuple[int, int]:
    return len(decision.rejections), decision.offer.indexer_priority


def _judge_batch(decide_batch: Callable[[list[Offer]], DecisionTable], batch: Sequence[Release]) -> DecisionTable:
    return decide_batch([_as_offer(release) for release in batch])
