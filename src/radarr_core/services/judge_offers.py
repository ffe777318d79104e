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
    decisions = drop_doubles(decisions)
    # Putting thousands in order takes as long as judging a batch.
    return await asyncio.to_thread(DecisionTable.of, decisions)


def drop_doubles(decisions: Sequence[Decision]) -> list[Decision]:
    """One decision a slot of the same offer at several indexers, as with an aggregator beside the indexer itself.

    The same offer has the same guid and name. What has the fewest rejections is kept, then that of the indexer with
    the lowest priority number. One torrent offered under several guids stays several offers, and their rank decides.
    """
    best: dict[tuple[object, ...], Decision] = {}
    for decision in decisions:
        key = (decision.offer.guid, decision.offer.title, decision.target)
        if key not in best or _prefer(decision) < _prefer(best[key]):
            best[key] = decision
    kept = {id(decision) for decision in best.values()}
    return [decision for decision in decisions if id(decision) in kept]


def _prefer(decision: Decision) -> tuple[int, int]:
    return len(decision.rejections), decision.offer.indexer_priority


def _judge_batch(decide_batch: Callable[[list[Offer]], DecisionTable], batch: Sequence[Release]) -> DecisionTable:
    return decide_batch([_as_offer(release) for release in batch])
