"""Whether finding a release's movie costs the same in a small and in a large library."""

from __future__ import annotations

import gc
import random
import tracemalloc
from collections.abc import Iterator

from radarr_core.domain.decisions import MatchKind, MovieIndex
from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.movies import Movie
from radarr_core.domain.parsing import parse_release

from .figures import Benchmark, Figure, Goal, Scale
from .library import make_offer
from .measuring import spend, take_turns

_STARTS = ("Glass", "Har", "Moon", "Fire", "Stone", "Wolf", "River", "Night", "Iron", "Star", "Gold", "Salt")
_ENDS = ("bor", "light", "fall", "ward", "gate", "song", "born", "land", "mark", "wood", "field", "house")
_SMALL = 100
_FEED = 1000
_TWINS = 20
"""Of so many movies one has the title and year of another, so that at least every twentieth name is ambiguous."""


def measure(scale: Scale) -> list[Figure]:
    """The cost of a release first, then that of the index."""
    movies = list(_make_movies(scale.pick(100_000, 400)))
    small, large = MovieIndex.of(movies[:_SMALL]), MovieIndex.of(movies)
    return [
        _measure_feed(scale, small, large, movies),
        _measure_build(movies),
        _measure_change(large, scale.pick(2000, 20)),
    ]


def _make_movies(count: int) -> Iterator[Movie]:
    chance = random.Random(4)
    words = [start + end for start in _STARTS for end in _ENDS]
    titles = [" ".join(chance.choices(words, k=chance.randint(2, 4))) for _ in range(count * 5)]
    for number in range(count):
        own = number - 1 if number % _TWINS == 1 else number
        yield Movie(
            title=titles[own * 5],
            year=1950 + own % 70,
            other_titles=tuple(titles[number * 5 + 1 : number * 5 + 5]),
            runtime_minutes=100,
            id=MovieId(f"movie-{number}"),
        )


def _make_feed(movies: list[Movie]) -> list[str]:
    chance = random.Random(5)
    chosen = chance.choices(movies, k=_FEED)
    return [f"{movie.title.replace(' ', '.')}.{movie.year}.1080p.WEB-DL.H.264-GRP" for movie in chosen]


def _measure_feed(scale: Scale, small: MovieIndex, large: MovieIndex, movies: list[Movie]) -> Figure:
    feeds = (_make_feed(movies[:_SMALL]), small), (_make_feed(movies), large)
    few, many = take_turns(
        scale.pick(5, 1),
        *(lambda feed=feed: spend(lambda: _match(*feed)) for feed in feeds),  # type: ignore[misc]
    )
    kinds = [large.match(make_offer(name), parse_release(name)).kind for name in feeds[1][0]]
    return Figure(
        name=f"match, one release in a library of {len(large):,} : in one of {len(small)}",
        value=many / few,
        goal=Goal(1.3, "x"),
        parts={
            f"{_FEED:,} releases in the large one s": many,
            "the same in the small one s": few,
            "ambiguous %": 100 * kinds.count(MatchKind.AMBIGUOUS) / len(kinds),
        },
        note="names parsed included; five titles a movie",
    )


def _match(names: list[str], index: MovieIndex) -> None:
    for name in names:
        index.match(make_offer(name), parse_release(name))


def _measure_build(movies: list[Movie]) -> Figure:
    half = len(movies) // 2
    part, whole = (spend(lambda count=count: MovieIndex.of(movies[:count])) / count for count in (half, len(movies)))  # type: ignore[misc]
    gc.collect()
    tracemalloc.start()
    index = MovieIndex.of(movies)
    held = tracemalloc.get_traced_memory()[0] / len(index)
    tracemalloc.stop()
    return Figure(
        name=f"build an index of {len(movies):,} movies, one movie : in an index of half of them",
        value=whole / part,
        goal=Goal(1.3, "x"),
        parts={"a movie µs": whole * 1e6, "a movie bytes": held},
    )


def _measure_change(index: MovieIndex, count: int) -> Figure:
    new = list(_make_movies(count))
    changed = index

    def change() -> None:
        nonlocal changed
        for number, movie in enumerate(new):
            changed = changed.with_movie(Movie(title=movie.title, year=movie.year, id=MovieId(f"new-{number}")))

    seconds = spend(change)
    return Figure(
        name=f"add a movie to an index of {len(index):,}",
        value=seconds / count * 1e6,
        unit="µs",
        parts={"movies added": count},
        note="mean of as many, so that taking many over at once is in it",
    )


BENCHMARK = Benchmark(
    name="matching",
    measure=measure,
    method=(
        "1,000 release names of films of the library, parsed and matched with an index of 100 movies and with one of "
        "100,000, in turns; five titles a movie, every twentieth film shares title and year with another. Then the "
        "time and memory of building an index, and of adding movies to it one by one."
    ),
)
