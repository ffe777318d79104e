"""Resident memory of an idle storage with 10,000 movies on SQLite, and the price of a small unit of work, as JSON.

The price is given beside that of a bare `sqlite3` transaction with full synchronisation, measured in turns with it in
the same run and on the same disk.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from radarr_core.domain.events import MovieAdded
from radarr_core.domain.identifiers import CorrelationId, TmdbId
from radarr_core.domain.movies import Movie

MEBIBYTE = 1024 * 1024


def read_resident_bytes() -> int:
    """The memory this process has in RAM now. Linux alone tells it this way."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


def build_movie(number: int) -> Movie:
    """A movie of ordinary size."""
    return Movie(
        title=f"The Film of Number {number}",
        year=1950 + number % 75,
        tmdb_id=TmdbId(number),
        other_titles=(f"Le film numéro {number}", f"Film Nr. {number}"),
        runtime_minutes=90 + number % 60,
    )


def fill(url: str, count: int) -> None:
    """Write the library, in a process of its own so that nothing of it is left in this one."""
    import multiprocessing

    worker = multiprocessing.get_context("spawn").Process(target=_fill, args=(url, count))
    worker.start()
    worker.join()
    if worker.exitcode:
        raise SystemExit(f"the library could not be written: exit code {worker.exitcode}")


def _fill(url: str, count: int) -> None:
    asyncio.run(_write_movies(url, count))


async def _write_movies(url: str, count: int) -> None:
    from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage
    from radarr_adapters.storage.sqlalchemy.plugin import SqlAlchemySettings

    storage = SqlAlchemyStorage(SqlAlchemySettings(url=url))
    await storage.open()
    async with storage.begin() as work:
        for number in range(1, count + 1):
            await work.movies.save(build_movie(number))
    await storage.aclose()


def open_bare(path: Path) -> sqlite3.Connection:
    """The least a durable commit takes."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)")
    return connection


def commit_bare(connection: sqlite3.Connection) -> None:
    """One row in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO t (body) VALUES (?)", ("x" * 500,))
    connection.execute("COMMIT")


async def measure(folder: Path, movies: int, rounds: int) -> dict[str, object]:
    """Fill, open, idle, read everything once, idle again, then time commits."""
    url = f"sqlite:///{folder / 'library.db'}"
    fill(url, movies)
    before = read_resident_bytes()
    from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage
    from radarr_adapters.storage.sqlalchemy.plugin import SqlAlchemySettings

    storage = SqlAlchemyStorage(SqlAlchemySettings(url=url))
    started = time.perf_counter()
    await storage.open()
    opened = time.perf_counter() - started
    movie = build_movie(1)
    async with storage.begin() as work:
        assert await work.movies.find(movie.id) == movie
    gc.collect()
    idle = read_resident_bytes()

    started = time.perf_counter()
    async with storage.begin() as work:
        assert len(await work.movies.list_all()) == movies
    listed = time.perf_counter() - started
    gc.collect()
    after_listing = read_resident_bytes()

    ours, bare = await time_commits(storage, folder / "bare.db", movie, rounds)
    await storage.aclose()
    return {
        "schema": "radarr-core/benchmark-storage-idle",
        "version": 1,
        "movies": movies,
        "rss_before_storage_mib": round(before / MEBIBYTE, 1),
        "rss_idle_mib": round(idle / MEBIBYTE, 1),
        "rss_idle_after_listing_all_mib": round(after_listing / MEBIBYTE, 1),
        "open_ms": round(opened * 1000, 2),
        "list_all_ms": round(listed * 1000, 1),
        "unit_of_work_ms": round(ours * 1000, 3),
        "bare_commit_ms": round(bare * 1000, 3),
        "unit_of_work_over_bare": round(ours / bare, 2),
    }


async def time_commits(storage: object, path: Path, movie: Movie, rounds: int) -> tuple[float, float]:
    """Medians of a unit of work that saves a movie and appends two events, and of a bare commit, in seconds."""
    from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage

    assert isinstance(storage, SqlAlchemyStorage)
    event = MovieAdded(
        at=datetime(2024, 1, 1, tzinfo=UTC),
        correlation_id=CorrelationId("bench"),
        movie_id=movie.id,
        title=movie.title,
        year=movie.year,
    )
    ours, bare = [], []
    with contextlib.closing(open_bare(path)) as connection:
        for _ in range(rounds):
            started = time.perf_counter()
            commit_bare(connection)
            bare.append(time.perf_counter() - started)
            started = time.perf_counter()
            async with storage.begin() as work:
                await work.movies.save(movie)
                await work.events.append(event)
                await work.events.append(event)
            ours.append(time.perf_counter() - started)
    return statistics.median(ours), statistics.median(bare)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--movies", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=None, help="a folder on the disk to be measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        print(json.dumps(asyncio.run(measure(Path(folder), arguments.movies, arguments.rounds)), indent=2))


if __name__ == "__main__":
    main()
