"""What it costs to import a finished download by hard link, beside the least that it could cost."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from attrs import frozen

from radarr_core.domain.downloads import DownloadItem, DownloadStatus, Grab, GrabState
from radarr_core.domain.identifiers import CorrelationId, InfoHash, TmdbId
from radarr_core.domain.movies import Movie, SlotKey
from radarr_core.domain.parsing import parse_release
from radarr_core.ports.storage import Storage
from radarr_core.services.import_download import ImportResult, import_download

from .figures import Benchmark, Figure, Goal, Scale
from .library import NOW, make_offer, open_context
from .storage_idle import commit_bare, open_bare

_FILM_BYTES = 4_000_000_000


@frozen(kw_only=True)
class _Download:
    movie: Movie
    grab: Grab
    item: DownloadItem
    video: Path


def measure(scale: Scale) -> list[Figure]:
    """One bare import, one of ours, and so on."""
    return asyncio.run(_measure(scale.folder, scale.pick(300, 3)))


async def _measure(folder: Path, count: int) -> list[Figure]:
    downloads = [_make_download(folder / "downloads", number, name) for number, name in enumerate(_names(count))]
    (folder / "bare").mkdir()
    ours, bare = [], []
    async with open_context(folder / "ours") as context:
        await _remember(context.storage, downloads)
        with closing(open_bare(folder / "bare.db")) as connection:
            for download in downloads:
                bare.append(_import_barely(download.video, folder / "bare", connection))
                started = time.perf_counter()
                result = await import_download(context, download.grab, download.item)
                ours.append(time.perf_counter() - started)
                _check(download, result)
    ratio = median(mine / base for mine, base in zip(ours, bare, strict=True))
    parts = {"ours ms": median(ours) * 1000, "bare ms": median(bare) * 1000, "median of the ratios of pairs": ratio}
    return [
        Figure(
            name="import by hard link : link + fsync(folder) + one FULL commit",
            value=median(ours) / median(bare),
            goal=Goal(3, "x"),
            parts=parts,
            note=f"{count} imports",
        )
    ]


def _names(count: int) -> list[str]:
    """What the film's 1080 lines prove: a name that claims more would be another event and a blocked release."""
    return [f"The.Glass.Harbor.Part.{number + 1}.2024.1080p.WEB-DL.DDP5.1.H.264-TIDE" for number in range(count)]


def _check(download: _Download, result: ImportResult) -> None:
    if result.file is None or not Path(result.file.path).samefile(download.video):
        raise RuntimeError(f"{download.item.title!r} was not imported: {result.reason}")


def _import_barely(source: Path, folder: Path, connection: sqlite3.Connection) -> float:
    """The seconds that the least takes which may be called an import."""
    started = time.perf_counter()
    os.link(source, folder / source.name)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(descriptor)
    os.close(descriptor)
    commit_bare(connection)
    return time.perf_counter() - started


def _make_download(folder: Path, number: int, name: str) -> _Download:
    """A finished download in a folder of its own; the film is all hole, since a link does not touch its bytes."""
    place = folder / name
    place.mkdir(parents=True)
    video = place / f"{name}.mkv"
    with video.open("wb") as file:
        file.truncate(_FILM_BYTES)
    claim = parse_release(name)
    movie = Movie(
        title=f"The Glass Harbor Part {number + 1}", year=2024, tmdb_id=TmdbId(number + 1), runtime_minutes=100
    )
    info_hash = InfoHash(f"{number + 1:040x}")
    grab = Grab(
        info_hash=info_hash, target=SlotKey(movie_id=movie.id), claim=claim, offer=make_offer(name), client="client",
        grabbed_at=NOW, correlation_id=CorrelationId(f"bench-{number}"), state=GrabState.DOWNLOADING,
    )  # fmt: skip
    item = DownloadItem(
        info_hash=info_hash, title=name, status=DownloadStatus.COMPLETED, size=_FILM_BYTES, progress=1.0,
        output_path=place,
    )  # fmt: skip
    return _Download(movie=movie, grab=grab, item=item, video=video)


async def _remember(storage: Storage, downloads: list[_Download]) -> None:
    async with storage.begin() as work:
        for download in downloads:
            await work.movies.save(download.movie)
            await work.grabs.save(download.grab)


BENCHMARK = Benchmark(
    name="hard-link",
    measure=measure,
    method=(
        "The use case `services.import_download` with the local file system and the SQLAlchemy storage on a SQLite "
        "file (WAL, synchronous FULL): look-up, plan, journal, a new folder for the film, link, fsync, check, file, "
        "history and events; only the probe is scripted, and has a figure of its own. In turns with a bare link into "
        "a folder that is there, fsync of that folder, and one `sqlite3` transaction of one row with FULL "
        "synchronisation, on the same disk. Medians of 300 imports each."
    ),
)
