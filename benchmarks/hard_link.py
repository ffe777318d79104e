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


@frozen
class _Spent:
    """Seconds: those of the clock on the wall, and those the processor worked for this process."""

    wall: float
    cpu: float

    @classmethod
    def so_far(cls) -> _Spent:
        return cls(time.perf_counter(), time.process_time())

    def __sub__(self, earlier: _Spent) -> _Spent:
        return _Spent(self.wall - earlier.wall, self.cpu - earlier.cpu)


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
    ours: list[_Spent] = []
    bare: list[_Spent] = []
    async with open_context(folder / "ours") as context:
        await _remember(context.storage, downloads)
        with closing(open_bare(folder / "bare.db")) as connection:
            for download in downloads:
                started = _Spent.so_far()
                _import_barely(download.video, folder / "bare", connection)
                bare.append(_Spent.so_far() - started)
                started = _Spent.so_far()
                result = await import_download(context, download.grab, download.item)
                ours.append(_Spent.so_far() - started)
                _check(download, result)
    return [_compare(ours, bare)]


def _compare(ours: list[_Spent], bare: list[_Spent]) -> Figure:
    mine, base = median(spent.wall for spent in ours), median(spent.wall for spent in bare)
    return Figure(
        name="import by hard link : link + fsync(folder) + one FULL commit",
        value=mine / base,
        goal=Goal(3, "x"),
        parts={
            "ours ms": mine * 1000,
            "bare ms": base * 1000,
            "quickest ours ms": min(spent.wall for spent in ours) * 1000,
            "quickest bare ms": min(spent.wall for spent in bare) * 1000,
            "processor time ours ms": median(spent.cpu for spent in ours) * 1000,
            "processor time bare ms": median(spent.cpu for spent in bare) * 1000,
        },
        note=f"{len(ours)} imports",
    )


def _names(count: int) -> list[str]:
    """What the film's 1080 lines prove: a name that claims more would be another event and a blocked release."""
    return [f"The.Glass.Harbor.Part.{number + 1}.2024.1080p.WEB-DL.DDP5.1.H.264-TIDE" for number in range(count)]


def _check(download: _Download, result: ImportResult) -> None:
    if result.file is None or not Path(result.file.path).samefile(download.video):
        raise RuntimeError(f"{download.item.title!r} was not imported: {result.reason}")


def _import_barely(source: Path, folder: Path, connection: sqlite3.Connection) -> None:
    """The least that may be called an import."""
    os.link(source, folder / source.name)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(descriptor)
    os.close(descriptor)
    commit_bare(connection)


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
        "synchronisation, on the same disk. Ours waits for the disk four times (journal, new folder, link, end), "
        "the bare one twice: on a slow disk the ratio tends to 2, on a quick one to that of the processor times. "
        "Medians of 300 imports each."
    ),
)
