"""Find out how things stand before anything is decided: what is held, under way, waiting, blocked and left alone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from radarr_core.domain.decisions import PendingRelease, RunKind, Situation
from radarr_core.domain.decisions.history import derive_history
from radarr_core.domain.decisions.upgrade import find_mislabel
from radarr_core.domain.downloads import BlockCause, BlockedRelease, Grab
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.quality import Quality
from radarr_core.errors import RadarrCoreError
from radarr_core.ports.storage import UnitOfWork

from .context import Context
from .guard import ask


async def gather_situation(context: Context, kind: RunKind, movies: Sequence[Movie]) -> Situation:
    """How things stand now with those movies, from storage and disks; one that cannot be read leaves its room unknown.

    For a single movie no more is read of files and grabs than its own.
    """
    free_space, folder_space = await _find_room(context, movies)
    async with context.storage.begin() as work:
        held, grabs = await _find_held(work, movies), await _find_grabs(work, movies)
        blocked = await work.blocks.list_all()
        return Situation(
            kind=kind,
            held=held,
            queue=tuple(grab for grab in grabs if grab.is_active),
            blocked=blocked,
            history=derive_history(grabs, held, _find_proved(context, movies, held)),
            pending=await _find_pending(context, work, movies),
            free_space=free_space,
            folder_space=folder_space,
            mislabelled=_count(blocked),
            disabled_indexers=await _find_disabled(context, work),
        )


async def count_mislabels(work: UnitOfWork) -> dict[SlotKey, int]:
    """How often each slot was given a file that proved less than its name claimed."""
    return _count(await work.blocks.list_all())


def _count(blocked: Iterable[BlockedRelease]) -> dict[SlotKey, int]:
    return dict(Counter(entry.target for entry in blocked if entry.cause is BlockCause.MISLABELLED))


async def _find_held(work: UnitOfWork, movies: Sequence[Movie]) -> dict[SlotKey, MovieFile]:
    if len(movies) != 1:
        return {SlotKey(movie_id=file.movie_id, slot=file.slot): file for file in await work.files.list_all()}
    keys = [SlotKey(movie_id=movies[0].id, slot=slot.name) for slot in movies[0].slots]
    return {key: file for key in keys if (file := await work.files.find(key)) is not None}


async def _find_grabs(work: UnitOfWork, movies: Sequence[Movie]) -> tuple[Grab, ...]:
    return await (work.grabs.list_of(movies[0].id) if len(movies) == 1 else work.grabs.list_in())


def _find_proved(
    context: Context, movies: Sequence[Movie], held: Mapping[SlotKey, MovieFile]
) -> dict[SlotKey, Quality]:
    """What held files are, where that is less than they were grabbed as."""
    proved: dict[SlotKey, Quality] = {}
    for movie in movies:
        for slot in movie.slots:
            key = SlotKey(movie_id=movie.id, slot=slot.name)
            if (file := held.get(key)) is not None:
                mislabelled = find_mislabel(file.claim, file.proof, context.policy.get_profile(slot.profile))
                if mislabelled is not None:
                    proved[key] = mislabelled.proved
    return proved


async def _find_pending(context: Context, work: UnitOfWork, movies: Sequence[Movie]) -> tuple[PendingRelease, ...]:
    """What waits for those movies; what an indexer offered that is not configured any more could not be fetched."""
    ids, names = {movie.id for movie in movies}, {indexer.name for indexer in context.indexers}
    waiting = await work.pending.list_all()
    return tuple(one for one in waiting if one.target.movie_id in ids and one.offer.indexer in names)


async def _find_disabled(context: Context, work: UnitOfWork) -> dict[str, datetime]:
    now = context.clock.now()
    return {
        health.indexer: health.left_alone_until
        for health in await work.indexers.list_all()
        if health.left_alone_until is not None and health.is_left_alone(now)
    }


async def _find_room(context: Context, movies: Iterable[Movie]) -> tuple[int | None, dict[str, int | None]]:
    """Bytes free in the library, and in each folder that a slot has of its own."""
    folders = sorted({slot.folder for movie in movies for slot in movie.slots if slot.folder})
    free, *others = await asyncio.gather(
        _find_free_space(context, context.library.folder),
        *(_find_free_space(context, Path(folder)) for folder in folders),
    )
    return free, dict(zip(folders, others, strict=True))


async def _find_free_space(context: Context, folder: Path) -> int | None:
    try:
        return await ask("file system", context.file_system.free_space(folder))
    except RadarrCoreError:
        return None
