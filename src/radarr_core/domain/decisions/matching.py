"""Which wanted movie a release is of: by ids first, then by title and year."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from radarr_core.domain.identifiers import ImdbId, TmdbId
from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.domain.titles import clean_title


@frozen(kw_only=True)
class Match:
    """The outcome of matching: the movie, or why there is none.

    More than one candidate is its own outcome: `movie` is None and `candidates` names them.
    """

    movie: Movie | None = None
    sentence: str
    candidates: tuple[Movie, ...] = ()


@frozen(kw_only=True)
class MovieIndex:
    """Movies by id and by clean title, so that one release costs the same in a small and a large library."""

    movies: tuple[Movie, ...]
    _by_imdb: dict[ImdbId, Movie] = field(factory=dict, alias="by_imdb", repr=False, eq=False)
    _by_tmdb: dict[TmdbId, Movie] = field(factory=dict, alias="by_tmdb", repr=False, eq=False)
    _by_title: dict[str, list[Movie]] = field(factory=dict, alias="by_title", repr=False, eq=False)

    @classmethod
    def of(cls, movies: Iterable[Movie]) -> MovieIndex:
        """An index over those movies."""
        index = cls(movies=tuple(movies))
        for movie in index.movies:
            if movie.imdb_id:
                index._by_imdb[movie.imdb_id] = movie
            if movie.tmdb_id:
                index._by_tmdb[movie.tmdb_id] = movie
            for title in movie.clean_titles:
                index._by_title.setdefault(title, []).append(movie)
        return index

    def match(self, offer: Release, parsed: ParsedRelease) -> Match:
        """The movie of an offer. An id given by the indexer counts before the title; the year must fit either way."""
        by_id = self._find_by_id(offer)
        if by_id and fits_year(by_id, parsed.year):
            return Match(movie=by_id, sentence=f"the indexer's id is that of {by_id}")
        found = self._find_by_title(parsed)
        fitting = [movie for movie in found if fits_year(movie, parsed.year)]
        if len(fitting) == 1:
            return Match(movie=fitting[0], sentence=f"title and year fit {fitting[0]}")
        if len(fitting) > 1:
            names = ", ".join(str(movie) for movie in fitting)
            return Match(candidates=tuple(fitting), sentence=f"it may be any of {names}")
        return Match(sentence=_explain_none(parsed, found, by_id, self.movies))

    def _find_by_id(self, offer: Release) -> Movie | None:
        by_imdb = self._by_imdb.get(offer.imdb_id) if offer.imdb_id else None
        return by_imdb or (self._by_tmdb.get(offer.tmdb_id) if offer.tmdb_id else None)

    def _find_by_title(self, parsed: ParsedRelease) -> list[Movie]:
        found: dict[str, Movie] = {}
        for title in parsed.titles:
            for movie in self._by_title.get(clean_title(title), ()):
                found[movie.id] = movie
        return list(found.values())


def fits_year(movie: Movie, year: int | None) -> bool:
    """Whether a name's year may be that of the movie; a name without a year fits any."""
    return year is None or year in (movie.year, movie.secondary_year)


def _explain_none(parsed: ParsedRelease, found: list[Movie], by_id: Movie | None, wanted: tuple[Movie, ...]) -> str:
    if found or by_id:
        near = by_id or found[0]
        return f"the name says {parsed.year}, {near.title} is of {near.year}"
    who = f"not {wanted[0].title!r}" if len(wanted) == 1 else "no movie of the library"
    return f"the name says {parsed.title!r}, {who}"
