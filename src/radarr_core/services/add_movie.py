"""Want a film."""

from __future__ import annotations

from radarr_core.domain.events import MovieAdded
from radarr_core.domain.movies import Movie

from .context import Context, new_correlation_id


async def add_movie(context: Context, movie: Movie) -> Movie:
    """Remember that a film is wanted; adding it again replaces what was known of it, and tells nobody twice.

    Raises:
        ValueError: a slot names a quality profile the policy does not have.
    """
    for slot in movie.slots:
        context.policy.get_profile(slot.profile)
    async with context.storage.begin() as work:
        is_new = await work.movies.find(movie.id) is None
        await work.movies.save(movie)
        if is_new:
            await work.events.append(
                MovieAdded(
                    at=context.clock.now(),
                    correlation_id=new_correlation_id(),
                    movie_id=movie.id,
                    title=movie.title,
                    year=movie.year,
                )
            )
    return movie
