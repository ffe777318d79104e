"""Whether finding a release's movie costs the same in a small and in a large library."""

from __future__ import annotations

import gc
import random
import tracemalloc

from attrs import evolve

from radarr_core.domain.decisions import MatchKind, MovieIndex
from radarr_core.domain.identifiers import MovieId
from radarr_core.domain.movies import Movie
from radarr_core.domain.parsing import parse_release

from .figures import Benchmark, Figure, Goal, Scale
from .films import OTHER_TITLES, make_films, read_films
from .library import make_offer
from .measuring import spend, take_turns

_SMALL = 100
_FEED = 1000


def measure(scale: Scale) -> list[Figure]:
    """The cost of a release first, then that of the index."""
    movies = make_films(scale.pick(100_000, 400))
    small, large = MovieIndex.of(movies[:_SMALL]), MovieIndex.of(movies)
    return [
        _measure_feed(scale, small, large, movies),
        _measure_build(movies),
        _measure_change("add a movie to", large, _make_new(scale.pick(2000, 20))),
        _measure_change("rename a movie in", large, _rename(movies[: scale.pick(2000, 20)])),
    ]


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
        note=f"names parsed included; {OTHER_TITLES + 1} titles a movie; {_tell_real(len(list(read_films())))}",
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


def _make_new(count: int) -> list[Movie]:
    return [evolve(movie, id=MovieId(f"new-{movie.id}")) for movie in make_films(count)]


def _rename(movies: list[Movie]) -> list[Movie]:
    return [evolve(movie, title=f"{movie.title} Renamed") for movie in movies]


def _measure_change(what: str, index: MovieIndex, changed: list[Movie]) -> Figure:
    def change() -> None:
        after = index
        for movie in changed:
            after = after.with_movie(movie)

    seconds = spend(change)
    return Figure(
        name=f"{what} an index of {len(index):,}",
        value=seconds / len(changed) * 1e6,
        unit="µs",
        parts={"movies": len(changed)},
        note="mean of as many, so that taking many over at once is in it",
    )


def _tell_real(count: int) -> str:
    return f"{count:,} of the films are real" if count else "all are made up: bokeh-sampledata is not installed"


BENCHMARK = Benchmark(
    name="matching",
    measure=measure,
    method=(
        "1,000 release names of films of the library, parsed and matched with an index of 100 movies and with one of "
        "100,000, in turns; five titles a movie, every twentieth film shares title and year with another. The films "
        "are those of `bokeh-sampledata` and, beyond their number, made-up ones. Then the time and memory of building "
        "an index, and of adding and renaming movies in it one by one."
    ),
)
