"""Judge offers off the event loop, in batches, with names read once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from radarr_core.domain.decisions import (
    Decision,
    DecisionTable,
    MovieIndex,
    Offer,
    RunKind,
    Situation,
    decide,
)
from radarr_core.domain.decisions.formats import FormatRun
from radarr_core.domain.downloads import BlockCause
from radarr_core.domain.movies import Movie, SlotKey
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.errors import RadarrCoreError, UnparsableReleaseError
from radarr_core.ports.storage import UnitOfWork

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
    return await asyncio.to_thread(DecisionTable.of, decisions)


def _judge_batch(decide_batch: Callable[[list[Offer]], DecisionTable], batch: Sequence[Release]) -> DecisionTable:
    return decide_batch([_as_offer(release) for release in batch])


async def gather_situation(context: Context, work: UnitOfWork, kind: RunKind) -> Situation:
    """How things stand now, from storage and disk; a disk that cannot be read leaves its room unknown."""
    files = await work.files.list_all()
    return Situation(
        kind=kind,
        held={SlotKey(movie_id=file.movie_id, slot=file.slot): file for file in files},
        queue=tuple(grab for grab in await work.grabs.list_in() if grab.is_active),
        blocked=await work.blocks.list_all(),
        free_space=await _find_free_space(context),
        mislabelled=await count_mislabels(work),
    )


async def count_mislabels(work: UnitOfWork) -> dict[SlotKey, int]:
    """How often each slot was given a file that proved less than its name claimed."""
    blocked = await work.blocks.list_all()
    return dict(Counter(entry.target for entry in blocked if entry.cause is BlockCause.MISLABELLED))


async def _find_free_space(context: Context) -> int | None:
    try:
        return await context.file_system.free_space(context.library.folder)
    except RadarrCoreError:
        return None
