"""The tables `[[movies]]` of a configuration: the films that are wanted, and by which profile each is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from attrs import frozen

from radarr_adapters.policy_files import read_policy
from radarr_adapters.policy_files.tables import Table, read_list
from radarr_core.domain.decisions import Policy
from radarr_core.domain.identifiers import ImdbId, TmdbId
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.movies import Movie, Slot
from radarr_core.errors import ConfigurationError
from radarr_core.settings import read_settings


@frozen(kw_only=True)
class _MovieSettings:
    title: str
    year: int
    imdb_id: str | None = None
    tmdb_id: int | None = None
    runtime_minutes: int | None = None
    profile: str = "HD-1080p"
    other_titles: tuple[str, ...] = ()
    original_language: str | None = None
    tags: frozenset[str] = frozenset()


def read_movies(configuration: Table, policy: Policy | None = None) -> tuple[Movie, ...]:
    """The films a configuration lists in ``[[movies]]``; their profiles are those of the policy, where it is at hand.

    Raises:
        ConfigurationError: an entry is not that of a film, names a profile that does not exist, or is the second of
            the same title and year.
    """
    entries = read_list(configuration, "movies")
    policy = read_policy(configuration) if policy is None else policy
    movies = tuple(_read_movie(entry, f"movies[{place}]", policy) for place, entry in enumerate(entries))
    _refuse_twins(movies)
    return movies


def list_movie_readings(configuration: Table) -> Iterator[Callable[[], object]]:
    """Reading each film alone, so that one mistake does not hide another; then all of them together."""
    try:
        entries, policy = read_list(configuration, "movies"), read_policy(configuration)
    except ConfigurationError:
        yield partial(read_movies, configuration)  # which tells
        return
    for place, entry in enumerate(entries):
        yield partial(_read_movie, entry, f"movies[{place}]", policy)
    yield partial(read_movies, configuration, policy)


def _refuse_twins(movies: Sequence[Movie]) -> None:
    """Both would be filed under one name, and which of them counts would be chance."""
    places: dict[tuple[str, int], int] = {}
    for place, movie in enumerate(movies):
        first = places.setdefault((movie.title.strip().casefold(), movie.year), place)
        if first != place:
            raise ConfigurationError(
                f"{movie} is listed already, as movies[{first}]; remove one", key=f"movies[{place}]"
            )


def _read_movie(entry: Table, where: str, policy: Policy) -> Movie:
    settings = read_settings(_MovieSettings, entry, where=where, environ={})
    try:
        policy.get_profile(settings.profile)
    except ValueError as error:
        raise ConfigurationError(str(error), key=f"{where}.profile") from error
    try:
        return Movie(
            title=settings.title,
            year=settings.year,
            imdb_id=ImdbId(settings.imdb_id) if settings.imdb_id else None,
            tmdb_id=TmdbId(settings.tmdb_id) if settings.tmdb_id else None,
            runtime_minutes=settings.runtime_minutes,
            other_titles=settings.other_titles,
            original_language=_read_language(settings.original_language, f"{where}.original_language"),
            tags=settings.tags,
            slots=(Slot(profile=settings.profile),),
        )
    except ValueError as error:
        raise ConfigurationError(str(error), key=where) from error


def _read_language(name: str | None, key: str) -> Language | None:
    found = None if name is None else find_language(name)
    if name is not None and found is None:
        raise ConfigurationError(f"no language is called {name!r}", key=key)
    return found
