"""Which movie a release is of, in libraries small and large, and after changes."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.decisions import Match, MatchKind, MovieIndex
from radarr_core.domain.decisions import matching as matching_module
from radarr_core.domain.decisions.shelves import find_forms
from radarr_core.domain.identifiers import ImdbId, MovieId, TmdbId
from radarr_core.domain.languages import LANGUAGE_BY_NAME
from radarr_core.domain.movies import Movie, TranslatedTitle
from radarr_core.domain.parsing import parse_release

from .builders import make_offer

GERMAN = LANGUAGE_BY_NAME["german"]
HARBOR = Movie(
    title="Harbor II",
    year=2020,
    secondary_year=2019,
    original_title="Le Port II",
    other_titles=("Harbor: The Return",),
    translated_titles=(TranslatedTitle(language=GERMAN, title="Der Hafen 2"),),
    imdb_id=ImdbId(77),
    tmdb_id=TmdbId(88),
)
OTHER = Movie(title="The Lighthouse", year=2019)
LIBRARY = MovieIndex.of((HARBOR, OTHER))


def match(name: str, index: MovieIndex = LIBRARY, *, searched: Movie | None = None, **facts: object) -> Match:
    """The match of a name."""
    return index.match(make_offer(name, **facts), parse_release(name), searched=searched)


@pytest.mark.parametrize(
    "name",
    [
        "Harbor.II.2020.1080p.WEB-DL.x264-G",
        "Harbor.2.2020.1080p.WEB-DL.x264-G",
        "Le.Port.II.2020.1080p.WEB-DL.x264-G",
        "Le.Port.2.2019.1080p.WEB-DL.x264-G",
        "Harbor.The.Return.2020.1080p.WEB-DL.x264-G",
        "Der.Hafen.2.2020.1080p.WEB-DL.x264-G",
        "Der.Hafen.II.2020.1080p.WEB-DL.x264-G",
    ],
)
def test_every_title_matches_with_numbers_written_either_way(name: str) -> None:
    """Main, original, alternative and translated titles count, and so do both years."""
    for searched in (None, HARBOR):
        found = match(name, searched=searched)
        assert (found.movie, found.kind) == (HARBOR, MatchKind.TITLE)


def test_another_year_is_another_film() -> None:
    """A remake shares the title, but not the year."""
    found = match("Harbor.II.1998.1080p.WEB-DL.x264-G")
    assert found.movie is None
    assert found.sentence == "the name says 1998, Harbor II is of 2020"


def test_ids_count_before_titles() -> None:
    """The indexer's id finds a film under an unknown name, and so does an id in the name itself."""
    unknown = "Foreign.Name.2020.1080p.WEB-DL.x264-G"
    assert match(unknown).kind is MatchKind.NONE
    assert match(unknown, tmdb_id=TmdbId(88)).kind is MatchKind.ID
    assert match(unknown, imdb_id=ImdbId(77)).kind is MatchKind.ID
    assert match("Foreign Name (2020) {imdb-tt0000077} [Bluray-1080p]").movie == HARBOR


def test_a_search_compares_with_the_searched_movie_alone() -> None:
    """A film of the library that was not searched for is found by its id only."""
    name = "The.Lighthouse.2019.1080p.WEB-DL.x264-G"
    assert match(name).movie == OTHER
    assert match(name, searched=HARBOR).movie is None


def test_whole_numbers_are_written_otherwise_and_no_others() -> None:
    """12 is XII, not IiI; a year is no numeral."""
    assert find_forms("oceans12") == ("oceansxii",)
    assert find_forms("blade2049") == ()
    assert set(find_forms("2fast2furious10")) == {"iifastiifurious10", "2fast2furiousx", "iifastiifuriousx"}


def test_the_surest_title_decides() -> None:
    """A film's own title counts before another film's translation of the same name."""
    translated = Movie(
        title="Elsewhere", year=2019, translated_titles=(TranslatedTitle(language=GERMAN, title="The Lighthouse"),)
    )
    index = MovieIndex.of((translated, OTHER))
    assert match("The.Lighthouse.2019.1080p.WEB-DL.x264-G", index).movie == OTHER
    without = index.without_movie(OTHER.id)
    assert match("The.Lighthouse.2019.1080p.WEB-DL.x264-G", without).movie == translated


def test_two_films_that_fit_are_an_outcome_of_their_own() -> None:
    """Nobody guesses: the candidates are named."""
    twin = evolve(OTHER, id=MovieId("twin"))
    found = match("The.Lighthouse.2019.1080p.WEB-DL.x264-G", LIBRARY.with_movie(twin))
    assert (found.movie, found.kind, set(found.candidates)) == (None, MatchKind.AMBIGUOUS, {OTHER, twin})


def test_a_renamed_film_is_found_by_its_new_name_alone() -> None:
    """The index it was changed from still knows the old one."""
    renamed = evolve(OTHER, title="The Beacon", id=OTHER.id)
    index = LIBRARY.with_movie(renamed)
    assert match("The.Lighthouse.2019.1080p.WEB-DL.x264-G", index).movie is None
    assert match("The.Beacon.2019.1080p.WEB-DL.x264-G", index).movie == renamed
    assert match("The.Lighthouse.2019.1080p.WEB-DL.x264-G").movie == OTHER
    assert len(index) == len(LIBRARY) == 2


_numbers = st.integers(0, 7)
_changes = st.lists(st.tuples(st.booleans(), _numbers, st.integers(0, 3)), max_size=30)


@given(st.sets(_numbers), _changes, st.integers(0, 6))
def test_a_changed_index_answers_as_one_built_anew(
    start: set[int], changes: list[tuple[bool, int, int]], limit: int
) -> None:
    """Adding, renaming and removing give what building from scratch gives, however often the index settles."""
    movies = {number: _movie(number, number) for number in start}
    index = MovieIndex.of(movies.values())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching_module, "_RECENT_LIMIT", limit)
        for is_added, number, title in changes:
            if is_added:
                movies[number] = _movie(number, title)
                index = index.with_movie(movies[number])
            else:
                movies.pop(number, None)
                index = index.without_movie(MovieId(f"movie-{number}"))
    anew = MovieIndex.of(movies.values())
    assert set(index) == set(anew)
    assert len(index) == len(anew)
    for title in range(8):
        name = f"Film.{title}.2000.1080p.WEB-DL.x264-G"
        first, second = match(name, index), match(name, anew)
        assert (first.movie, first.kind, set(first.candidates)) == (second.movie, second.kind, set(second.candidates))
        offer = make_offer("Nothing.2000.1080p.WEB-DL.x264-G", tmdb_id=TmdbId(title + 1))
        parsed = parse_release(offer.title)
        assert index.match(offer, parsed).movie == anew.match(offer, parsed).movie


def _movie(number: int, title: int) -> Movie:
    return Movie(title=f"Film {title}", year=2000, id=MovieId(f"movie-{number}"), tmdb_id=TmdbId(number + 1))
