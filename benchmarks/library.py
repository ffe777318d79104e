"""A library to measure with: films, offers, and a context of real parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from radarr_adapters.clocks.system.client import SystemClock
from radarr_adapters.file_systems.local.client import LocalFileSystem
from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage
from radarr_adapters.storage.sqlalchemy.plugin import SqlAlchemySettings
from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import AudioStream, DownloadProtocol, MediaInfo, Release, VideoStream
from radarr_core.ports.download_client import DownloadClient
from radarr_core.ports.indexer import Indexer
from radarr_core.services.context import Context, Library
from radarr_core.testing.fakes.media_probe import ScriptedProbe

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MOVIE = Movie(title="The Glass Harbor", year=2024, runtime_minutes=100)
PROOF = MediaInfo(
    container="Matroska",
    duration=6000.0,
    video=VideoStream(codec="AVC", width=1920, height=1080),
    audio=(AudioStream(codec="E-AC-3", channels="5.1", language="en"),),
)


def make_offer(name: str, *, indexer: str = "harbor") -> Release:
    """A healthy torrent of 5 GB."""
    return Release(
        indexer=indexer, guid=name, title=name, protocol=DownloadProtocol.TORRENT, size=5_000_000_000, seeders=12,
        peers=15, download_url="https://indexer.example/1.torrent",
    )  # fmt: skip


@asynccontextmanager
async def open_context(folder: Path, indexers: Sequence[Indexer] = ()) -> AsyncIterator[Context]:
    """Real disk, clock and SQLite file below a folder, a probe that answers at once, and no download client."""
    library = folder / "movies"
    library.mkdir(parents=True)
    storage = SqlAlchemyStorage(SqlAlchemySettings(url=f"sqlite:///{folder / 'library.db'}"))
    await storage.open()
    try:
        yield Context(
            storage=storage,
            download_client=cast("DownloadClient", None),  # nothing that is measured here asks it
            media_probe=ScriptedProbe(otherwise=PROOF),
            file_system=LocalFileSystem(roots=(library,)),
            clock=SystemClock(),
            indexers=tuple(indexers),
            library=Library(folder=library),
        )
    finally:
        await storage.aclose()
