"""What became here of releases that were grabbed, as evidence about their makers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from radarr_core.domain.downloads import BlockCause, BlockedRelease, Grab, GrabState
from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.scene_groups import LocalOutcome, Observation, observe_offer
from radarr_core.domain.scene_groups.observation_sets import sift

from .context import Context
from .observe_releases import find_key

KEPT_FOR = timedelta(days=30)
"""How long a file has to stay to count as kept."""

_OUTCOME_OF = {
    BlockCause.MISLABELLED: LocalOutcome.MISMATCH,
    BlockCause.NO_FILM: LocalOutcome.FAKE,
    BlockCause.DOWNLOAD_FAILED: LocalOutcome.DEAD,
}
"""What somebody's release was blocked for. Of a torrent file that was bad, or a download that somebody took away, its
makers are not to blame."""


async def observe_outcomes(context: Context) -> None:
    """Note what became of everything that was grabbed, as far as that is known by now."""
    async with context.storage.begin() as work:
        grabs, blocks = await work.grabs.list_in(GrabState.IMPORTED, GrabState.FAILED), await work.blocks.list_all()
        held = {SlotKey(movie_id=file.movie_id, slot=file.slot): file for file in await work.files.list_all()}
        movies = {movie.id: movie for movie in await work.movies.list_all()}
        outcomes = find_outcomes(grabs, held, blocks, context.clock.now())
        makers = (partial(_observe, grab, outcome, movies) for grab, outcome in outcomes)
        await work.observations.record(sift(makers).observations)


def find_outcomes(
    grabs: Sequence[Grab], held: Mapping[SlotKey, MovieFile], blocks: Iterable[BlockedRelease], now: datetime
) -> Iterator[tuple[Grab, LocalOutcome]]:
    """Each grab whose end says something of its release: kept for 30 days, replaced within them, or bad.

    Args:
        grabs: in any order.
        held: the file of each slot that has one.
        blocks: what was blocked, and for what.
        now: aware.
    """
    causes = {(block.target, block.identity): block.cause for block in blocks}
    imported = _sort_imported(grabs)
    for grab in grabs:
        cause = causes.get((grab.target, grab.offer.identity))
        outcome = _OUTCOME_OF.get(cause) if cause else None
        if outcome is None and grab.state is GrabState.IMPORTED:
            outcome = _judge_import(grab, imported[grab.target], held.get(grab.target), now)
        if outcome is not None:
            yield grab, outcome


def _sort_imported(grabs: Iterable[Grab]) -> dict[SlotKey, list[Grab]]:
    found: dict[SlotKey, list[Grab]] = {}
    for grab in sorted(grabs, key=_find_end):
        if grab.state is GrabState.IMPORTED:
            found.setdefault(grab.target, []).append(grab)
    return found


def _find_end(grab: Grab) -> datetime:
    return grab.ended_at or grab.grabbed_at


def _judge_import(grab: Grab, imported: Sequence[Grab], file: MovieFile | None, now: datetime) -> LocalOutcome | None:
    """None while it is too early, and where the file is gone without another in its place: nobody knows why."""
    began = _find_end(grab)
    following = next((other for other in imported[imported.index(grab) + 1 :]), None)
    if following is not None:
        return LocalOutcome.KEPT if _find_end(following) - began >= KEPT_FOR else LocalOutcome.REPLACED
    is_held = file is not None and file.info_hash == grab.info_hash
    return LocalOutcome.KEPT if is_held and now - began >= KEPT_FOR else None


def _observe(grab: Grab, outcome: LocalOutcome, movies: Mapping[MovieId, Movie]) -> Observation:
    movie = movies.get(grab.target.movie_id)
    return observe_offer(
        grab.offer,
        grab.claim,
        seen_at=grab.grabbed_at,
        movie=str(grab.target.movie_id),
        runtime_minutes=movie.runtime_minutes if movie else None,
        key=find_key(grab.offer),
        outcome=outcome,
    )
