"""Films as people write them on a command line."""

from __future__ import annotations

import re
from collections.abc import Iterable

import typer

from radarr_core.domain.identifiers import ImdbId, TmdbId
from radarr_core.domain.movies import Movie, Slot

_FILM = re.compile(r"\s*(?P<title>.*\S)\s*\((?P<year>\d{4})\)\s*\Z", re.DOTALL)


def parse_film(text: str, *, option: str | None = None) -> tuple[str, int]:
    """Title and year of a text like ``The Matrix (1999)``; a mistake is told as one of that option.

    Raises:
        typer.BadParameter: it is not written like that.
    """
    match = _FILM.match(text)
    if match is None:
        reason = f"expected a title and a year in brackets, as in 'The Matrix (1999)', not {text!r}"
        raise typer.BadParameter(reason, param_hint=option)
    return match["title"], int(match["year"])


def make_movie(
    film: str,
    *,
    imdb: str | None = None,
    tmdb: int | None = None,
    runtime: int | None = None,
    profile: str,
    option: str | None = None,
) -> Movie:
    """The film that is meant, for one slot of that profile; `option` is where its title and year were given.

    Raises:
        typer.BadParameter: the text or an id makes no sense.
    """
    title, year = parse_film(film, option=option)
    try:
        return Movie(
            title=title,
            year=year,
            imdb_id=ImdbId(imdb) if imdb is not None else None,
            tmdb_id=TmdbId(tmdb) if tmdb is not None else None,
            runtime_minutes=runtime,
            slots=(Slot(profile=profile),),
        )
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def may_be_one(listed: Movie, given: Movie) -> bool:
    """Whether the film that is meant is that of a list, as far as title, year and ids tell."""
    ids = ((listed.imdb_id, given.imdb_id), (listed.tmdb_id, given.tmdb_id))
    differ = any(one is not None and other is not None and one != other for one, other in ids)
    return listed.year == given.year and bool(listed.clean_titles & given.clean_titles) and not differ


def find_listed(movies: Iterable[Movie], given: Movie) -> Movie | None:
    """The film that is meant, as a list has it; None where it is not in the list."""
    return next((listed for listed in movies if may_be_one(listed, given)), None)
