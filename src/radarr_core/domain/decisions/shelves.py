"""Where an index keeps its movies: by id and by every matching key of their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum

from attrs import define, field

from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.movies import Movie
from radarr_core.domain.numerals import to_roman
from radarr_core.domain.titles import clean_title

_DIGITS = re.compile(r"\d+")
_ROMAN = {str(number): to_roman(number).lower() for number in range(1, 21)}


def find_forms(key: str) -> tuple[str, ...]:
    """The key with one of its whole numbers from 1 to 20 in Roman numerals, and with all of them."""
    numbers = sorted({number for number in _DIGITS.findall(key) if number in _ROMAN})
    forms = [_write_roman(key, {number}) for number in numbers]
    return tuple(forms) if len(forms) < 2 else (*forms, _write_roman(key, set(numbers)))


def _write_roman(key: str, numbers: set[str]) -> str:
    return _DIGITS.sub(lambda found: _ROMAN[found[0]] if found[0] in numbers else found[0], key)


class Stage(IntEnum):
    """By what a title fits, the surer one first; the first stage that finds anything decides."""

    TITLE = 0
    NUMERAL = 1
    ALTERNATIVE = 2
    TRANSLATION = 3


Entry = Movie | tuple[Movie, ...]
"""Nearly every key is that of one movie, which then needs no container."""


def _list_keys(movie: Movie) -> Iterator[tuple[Stage, str]]:
    """Every key of a movie with its stage; a key that fits by an earlier stage is not told again."""
    known: set[str] = set()
    for stage, titles in (
        (Stage.TITLE, (movie.title, movie.original_title or "")),
        (Stage.ALTERNATIVE, movie.other_titles),
        (Stage.TRANSLATION, tuple(translation.title for translation in movie.translated_titles)),
    ):
        keys = [key for key in map(clean_title, titles) if key.strip() and key not in known]
        known.update(keys)
        yield from ((stage, key) for key in dict.fromkeys(keys))
        form_stage = Stage.NUMERAL if stage is Stage.TITLE else stage
        forms = {form for key in keys for form in find_forms(key) if form not in known}
        known.update(forms)
        yield from ((form_stage, form) for form in sorted(forms))


@define
class Shelf:
    """Movies by id, and by the keys of each stage. Filled once, then only read; a changed one is a copy."""

    movies: dict[MovieId, Movie] = field(factory=dict)
    by_imdb: dict[str, Movie] = field(factory=dict)
    by_tmdb: dict[int, Movie] = field(factory=dict)
    by_key: tuple[dict[str, Entry], ...] = field(factory=lambda: tuple({} for _ in Stage))

    @classmethod
    def of(cls, movies: Iterable[Movie]) -> Shelf:
        """A shelf of those movies."""
        shelf = cls()
        for movie in movies:
            shelf.put(movie)
        return shelf

    def copy(self) -> Shelf:
        """Another shelf of the same movies."""
        return Shelf(
            self.movies.copy(), self.by_imdb.copy(), self.by_tmdb.copy(), tuple(keys.copy() for keys in self.by_key)
        )

    def put(self, movie: Movie) -> None:
        """Add a movie; one of the same id gives way."""
        if movie.id in self.movies:
            self.take(movie.id)
        self.movies[movie.id] = movie
        if movie.imdb_id:
            self.by_imdb[movie.imdb_id.value] = movie
        if movie.tmdb_id:
            self.by_tmdb[movie.tmdb_id.value] = movie
        for stage, key in _list_keys(movie):
            entries = self.by_key[stage]
            there = entries.get(key)
            entries[key] = movie if there is None else (*_each(there), movie)

    def take(self, movie_id: MovieId) -> None:
        """Remove a movie, if it is there."""
        movie = self.movies.pop(movie_id, None)
        if movie is None:
            return
        if movie.imdb_id and self.by_imdb.get(movie.imdb_id.value) is movie:
            del self.by_imdb[movie.imdb_id.value]
        if movie.tmdb_id and self.by_tmdb.get(movie.tmdb_id.value) is movie:
            del self.by_tmdb[movie.tmdb_id.value]
        for stage, key in _list_keys(movie):
            rest = tuple(other for other in _each(self.by_key[stage][key]) if other is not movie)
            if rest:
                self.by_key[stage][key] = rest[0] if len(rest) == 1 else rest
            else:
                del self.by_key[stage][key]

    def find(self, stage: Stage, keys: Iterable[str]) -> Iterator[Movie]:
        """The movies of those keys; one may come more than once."""
        entries = self.by_key[stage]
        for key in keys:
            there = entries.get(key)
            if there is not None:
                yield from _each(there)


def _each(entry: Entry) -> tuple[Movie, ...]:
    return entry if isinstance(entry, tuple) else (entry,)
