"""Which wanted movie a release is of: by ids first, then by title and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from attrs import field, frozen

from radarr_core.domain.identifiers import ImdbId, MovieId, TmdbId
from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.domain.titles import clean_title

from .shelves import Shelf, Stage, find_forms


class MatchKind(StrEnum):
    """By what a release was matched, or why it was not."""

    ID = "id"
    TITLE = "title"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@frozen(kw_only=True)
class Match:
    """The outcome of matching: the movie, or why there is none.

    More than one candidate is its own outcome: `movie` is None and `candidates` names them.
    """

    movie: Movie | None = None
    sentence: str
    candidates: tuple[Movie, ...] = ()
    kind: MatchKind = MatchKind.NONE


_RECENT_LIMIT = 1000
"""Movies changed since an index was built, beyond which they are taken over into it in one go."""


@frozen(eq=False)
class MovieIndex:
    """Movies by id and by title, so that one release costs the same in a small and a large library.

    An index never changes: `with_movie` and `without_movie` give another one, which shares what stays the same, so
    that a film added or renamed costs next to nothing.
    """

    _settled: Shelf = field(repr=False)
    _recent: Shelf = field(factory=Shelf, repr=False)
    _outdated: frozenset[MovieId] = frozenset()

    @classmethod
    def of(cls, movies: Iterable[Movie]) -> MovieIndex:
        """An index over those movies."""
        return cls(Shelf.of(movies))

    def __len__(self) -> int:
        return len(self._settled.movies) - len(self._outdated) + len(self._recent.movies)

    def __iter__(self) -> Iterator[Movie]:
        settled = self._settled.movies.values()
        yield from (movie for movie in settled if movie.id not in self._outdated)
        yield from self._recent.movies.values()

    @property
    def movies(self) -> tuple[Movie, ...]:
        """Every movie of the index."""
        return tuple(self)

    def find(self, movie_id: MovieId) -> Movie | None:
        """The movie of that id, or None."""
        if movie_id in self._recent.movies:
            return self._recent.movies[movie_id]
        return None if movie_id in self._outdated else self._settled.movies.get(movie_id)

    def with_movie(self, movie: Movie) -> MovieIndex:
        """An index with that movie added, or in the place of the one of its id."""
        recent = self._recent.copy()
        recent.put(movie)
        return self._replace(recent, movie.id)

    def without_movie(self, movie_id: MovieId) -> MovieIndex:
        """An index without that movie, if it was there."""
        recent = self._recent.copy()
        recent.take(movie_id)
        return self._replace(recent, movie_id)

    def _replace(self, recent: Shelf, movie_id: MovieId) -> MovieIndex:
        outdated = self._outdated | {movie_id} if movie_id in self._settled.movies else self._outdated
        if len(recent.movies) + len(outdated) <= _RECENT_LIMIT:
            return MovieIndex(self._settled, recent, outdated)
        settled = self._settled.copy()
        for outdated_id in outdated:
            settled.take(outdated_id)
        for movie in recent.movies.values():
            settled.put(movie)
        return MovieIndex(settled)

    # -- matching ------------------------------------------------------------------------------------------------------

    def match(self, offer: Release, parsed: ParsedRelease, *, searched: Movie | None = None) -> Match:
        """The movie of an offer: by the indexer's ids, the name's ids, or title and year.

        An id counts before the title, and the year must fit either way. In the search for one movie its titles are
        compared with no others; and where they do not fit, its id is believed even against the year.

        Args:
            offer: the release as offered.
            parsed: what its name says.
            searched: the movie a search was for.
        """
        sure = self._match_by_id(offer.imdb_id, offer.tmdb_id, parsed.year)
        if sure is not None:
            return _matched_by_id(sure, "the indexer's id")
        named = self._match_by_id(parsed.imdb_id, parsed.tmdb_id, parsed.year)
        if named is not None:
            return _matched_by_id(named, "the id in the name")
        keys, forms = _list_keys(parsed.titles)
        if searched is not None:
            return self._match_searched(offer, parsed, searched)
        fitting = self._match_by_title(keys, forms, parsed.year)
        if len(fitting) == 1:
            return Match(movie=fitting[0], sentence=f"title and year fit {fitting[0]}", kind=MatchKind.TITLE)
        if len(fitting) > 1:
            names = ", ".join(str(movie) for movie in fitting)
            return Match(candidates=tuple(fitting), sentence=f"it may be any of {names}", kind=MatchKind.AMBIGUOUS)
        near = self._find_by_id(offer.imdb_id, offer.tmdb_id) or next(
            iter(self._match_by_title(keys, forms, None)), None
        )
        return Match(sentence=_explain_none(parsed, near))

    def _match_searched(self, offer: Release, parsed: ParsedRelease, searched: Movie) -> Match:
        keys, forms = _list_keys(parsed.titles)
        has_title = any(searched.id in self._find_at(stage, keys, forms) for stage in Stage)
        if has_title and fits_year(searched, parsed.year):
            return Match(movie=searched, sentence=f"title and year fit {searched}", kind=MatchKind.TITLE)
        if self._find_by_id(offer.imdb_id, offer.tmdb_id) == searched:
            return _matched_by_id(searched, "whatever the name says, the indexer's id")
        return Match(sentence=_explain_none(parsed, searched if has_title else None, searched))

    def _match_by_id(self, imdb_id: ImdbId | None, tmdb_id: TmdbId | None, year: int | None) -> Movie | None:
        for found in (self._find_by_id(imdb_id, None), self._find_by_id(None, tmdb_id)):
            if found is not None and fits_year(found, year):
                return found
        return None

    def _find_by_id(self, imdb_id: ImdbId | None, tmdb_id: TmdbId | None) -> Movie | None:
        for shelf in (self._recent, self._settled):
            found = shelf.by_imdb.get(imdb_id.value) if imdb_id else None
            found = found or (shelf.by_tmdb.get(tmdb_id.value) if tmdb_id else None)
            if found is not None and (shelf is self._recent or found.id not in self._outdated):
                return found
        return None

    def _match_by_title(self, keys: tuple[str, ...], forms: tuple[str, ...], year: int | None) -> list[Movie]:
        for stage in Stage:
            found = self._find_at(stage, keys, forms)
            fitting = [movie for movie in found.values() if fits_year(movie, year)]
            if fitting:
                return fitting
        return []

    def _find_at(self, stage: Stage, keys: tuple[str, ...], forms: tuple[str, ...]) -> dict[MovieId, Movie]:
        """The movies a stage finds. Whoever wrote the Roman numeral, the other's form has it too."""
        asked = keys if stage is Stage.TITLE or not forms else (*keys, *forms)
        found = {movie.id: movie for movie in self._settled.find(stage, asked)}
        if stage is Stage.NUMERAL and forms:
            found.update((movie.id, movie) for movie in self._settled.find(Stage.TITLE, forms))
        for outdated in self._outdated & found.keys():
            del found[outdated]
        found.update((movie.id, movie) for movie in self._recent.find(stage, asked))
        if stage is Stage.NUMERAL and forms:
            found.update((movie.id, movie) for movie in self._recent.find(Stage.TITLE, forms))
        return found


@lru_cache(maxsize=4096)
def _list_keys(titles: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of a name's titles and their forms; remembered, since many names have the same titles."""
    keys = tuple(dict.fromkeys(clean_title(title) for title in titles))
    return keys, tuple(form for key in keys for form in find_forms(key))


def fits_year(movie: Movie, year: int | None) -> bool:
    """Whether a name's year may be that of the movie; a name without a year fits any."""
    return year is None or year in (movie.year, movie.secondary_year)


def _matched_by_id(movie: Movie, what: str) -> Match:
    return Match(movie=movie, sentence=f"{what} is that of {movie}", kind=MatchKind.ID)


def _explain_none(parsed: ParsedRelease, near: Movie | None, searched: Movie | None = None) -> str:
    if near is not None:
        return f"the name says {parsed.year}, {near.title} is of {near.year}"
    who = f"not {searched.title!r}" if searched is not None else "no movie of the library"
    return f"the name says {parsed.title!r}, {who}"
