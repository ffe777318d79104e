"""Want a film."""

from __future__ import annotations

from attrs import evolve

from radarr_core.domain.events import MovieAdded
from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.movies import Movie, derive_movie_id
from radarr_core.ports.storage import UnitOfWork

from .context import Context, new_correlation_id


async def add_movie(context: Context, movie: Movie) -> Movie:
    """Remember that a film is wanted; adding it again replaces what was known of it, and tells nobody twice.

    A film that is there already, by an id of its own or by title and year, keeps its place, also when more of it is
    known by now.

    Raises:
        ValueError: a slot names a quality profile the policy does not have.
    """
    for slot in movie.slots:
        context.policy.get_profile(slot.profile)
    async with context.storage.begin() as work:
        known = await _find_known(work, movie)
        is_new = known is None
        if known is not None:
            movie = evolve(
                movie, id=known.id, imdb_id=movie.imdb_id or known.imdb_id, tmdb_id=movie.tmdb_id or known.tmdb_id
            )
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


async def _find_known(work: UnitOfWork, movie: Movie) -> Movie | None:
    """The same film as it is stored, under whichever of its ids it was added first."""
    for movie_id in _possible_ids(movie):
        found = await work.movies.find(movie_id)
        if found is not None and _is_same(found, movie):
            return found
    return next((other for other in await work.movies.list_all() if _is_same(other, movie)), None)


def _possible_ids(movie: Movie) -> tuple[MovieId, ...]:
    title, year, imdb_id = movie.title, movie.year, movie.imdb_id
    return (
        movie.id,
        derive_movie_id(title=title, year=year, imdb_id=imdb_id, tmdb_id=movie.tmdb_id),
        derive_movie_id(title=title, year=year, imdb_id=imdb_id),
        derive_movie_id(title=title, year=year),
    )


def _is_same(one: Movie, other: Movie) -> bool:
    """Ids decide where both have one; title and year only where they do not."""
    for mine, theirs in ((one.tmdb_id, other.tmdb_id), (one.imdb_id, other.imdb_id)):
        if mine is not None and theirs is not None:
            return mine == theirs
    return one.id == other.id or (one.year == other.year and bool(one.clean_titles & other.clean_titles))
