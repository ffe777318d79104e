"""A library of films with other titles: real ones as far as `bokeh-sampledata` has them, then made-up ones."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path

from attrs import evolve

from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.movies import Movie

OTHER_TITLES = 4
"""Alternative and translated titles of each film, beside its own."""
TWINS = 20
"""Of so many films one has the title and year of another, so that at least every twentieth name is ambiguous."""
_STARTS = ("Glass", "Har", "Moon", "Fire", "Stone", "Wolf", "River", "Night", "Iron", "Star", "Gold", "Salt")
_ENDS = ("bor", "light", "fall", "ward", "gate", "song", "born", "land", "mark", "wood", "field", "house")
_WORDS = [start + end for start in _STARTS for end in _ENDS]


def make_films(count: int) -> list[Movie]:
    """That many films, always the same ones; the real ones are spread among the others."""
    chance = random.Random(4)
    known = list(islice(chain(read_films(), _make_up(chance)), count))
    chance.shuffle(known)
    films: list[Movie] = []
    for number, (title, year) in enumerate(known):
        film = Movie(
            title=title,
            year=year,
            other_titles=tuple(_make_title(chance) for _ in range(OTHER_TITLES)),
            runtime_minutes=100,
            id=MovieId(f"movie-{number}"),
        )
        if number % TWINS == 1:
            film = evolve(film, title=films[-1].title, year=films[-1].year)
        films.append(film)
    return films


def read_films() -> Iterator[tuple[str, int]]:
    """Title and year of the 17,472 films that come with `bokeh-sampledata`; none where it is not installed."""
    package = find_spec("bokeh_sampledata")
    if package is None or package.origin is None:
        return
    file = Path(package.origin).parent / "_data" / "movies.db"
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        yield from database.execute("SELECT Title, Year FROM omdb WHERE Title <> '' AND Year > 1880 ORDER BY ID")


def _make_up(chance: random.Random) -> Iterator[tuple[str, int]]:
    while True:
        yield _make_title(chance), chance.randint(1950, 2025)


def _make_title(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(2, 4)))
