"""A stranger's plugin for the tests of the command line: adapters that need nothing, told by settings what to do."""

# The ports and hooks say what these methods and functions do.
# ruff: noqa: D102, D103

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from radarr_core.domain.downloads import DownloadItem, DownloadStatus, Payload, TorrentFile, TorrentPayload
from radarr_core.domain.events import StoredEvent
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.releases import AudioStream, DownloadProtocol, MediaInfo, Release, VideoStream
from radarr_core.errors import AuthenticationError, BadTorrentError, ServiceUnavailableError
from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.download_client import ClientCapabilities, DownloadClient
from radarr_core.ports.indexer import Indexer, IndexerCapabilities, MovieQuery
from radarr_core.ports.notifier import Notifier
from radarr_core.settings import Secret
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.file_system import Device, InMemoryFileSystem
from radarr_core.testing.fakes.media_probe import ScriptedProbe
from radarr_core.testing.fakes.storage import InMemoryStorage

MEGABYTE = 1024 * 1024
KEY = "k3y-of-the-shelf"


def make_disk() -> InMemoryFileSystem:
    """A library's disk, another one below it, and one that may not be written to."""
    return InMemoryFileSystem(
        {"/films": Device(), "/films/elsewhere": Device(), "/films/read-only": Device(read_only=True)}
    )


DISK = make_disk()
"""What the file system and the download client of one process share."""


def _meet(trouble: str | None, adapter: str) -> None:
    match trouble:
        case "away":
            raise ServiceUnavailableError("refused the connection", adapter=adapter)
        case "wrong key":
            raise AuthenticationError("refused the key", adapter=adapter)
        case "leaky":
            raise ServiceUnavailableError(f"no answer from http://shelf.example/api?apikey={KEY}&t=x", adapter=adapter)
        case "odd":
            raise BadTorrentError("the link leads to a poem", adapter=adapter)
        case "broken":
            raise ZeroDivisionError("a stranger's mistake")


@frozen(kw_only=True)
class NoSettings:
    """Nothing to be told."""


@frozen(kw_only=True)
class ShelfSettings:
    """What is on the shelf: ``name|megabytes|seeders`` each, and what goes wrong with it."""

    offers: tuple[str, ...] = ()
    api_key: Secret | None = None
    trouble: str | None = None
    fetch_trouble: str | None = None


class ShelfIndexer(Indexer):
    """Offers what it was told, with links that carry its key."""

    def __init__(self, settings: ShelfSettings, name: str) -> None:
        self._settings = settings
        self._name = name
        self.is_closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def capabilities(self) -> IndexerCapabilities:
        return IndexerCapabilities(protocol=DownloadProtocol.TORRENT)

    async def search(self, query: MovieQuery) -> tuple[Release, ...]:
        _meet(self._settings.trouble, self.name)
        return tuple(self._make_release(offer) for offer in self._settings.offers)

    async def fetch_recent(self) -> tuple[Release, ...]:
        return ()

    async def fetch_payload(self, release: Release) -> Payload:
        _meet(self._settings.fetch_trouble, self.name)
        file = TorrentFile(path=f"{release.title}.mkv", size=release.size or 0)
        return TorrentPayload(raw=b"", info_hash=_hash(release.title), name=release.title, files=(file,))

    async def check(self) -> str:
        if self._settings.trouble == "hangs":
            await asyncio.Event().wait()
        _meet(self._settings.trouble, self.name)
        return f"{len(self._settings.offers)} offers on the shelf"

    def _make_release(self, offer: str) -> Release:
        title, megabytes, seeders = offer.split("|")
        link = f"http://shelf.example/get?id={title}&apikey={KEY}"
        return Release(
            indexer=self._name,
            guid=link,
            title=title,
            protocol=DownloadProtocol.TORRENT,
            size=int(megabytes) * MEGABYTE,
            download_url=link,
            seeders=int(seeders),
        )


def _hash(title: str) -> InfoHash:
    return InfoHash(title.encode().hex().ljust(40, "0")[:40])


class ShelfIndexerAdapter(Adapter[ShelfSettings, Indexer]):
    name, settings, summary = "shelf", ShelfSettings, "offers what its settings say"

    @classmethod
    def create(cls, settings: ShelfSettings, context: AdapterContext) -> Indexer:
        return ShelfIndexer(settings, context.name)


@frozen(kw_only=True)
class FetcherSettings:
    """Where downloads land, whether on this machine's disk, how many looks they take, and what goes wrong."""

    folder: str | None = "/films/downloads"
    real: bool = False
    looks: int = 2
    trouble: str | None = None


class Fetcher(DownloadClient):
    """Has every download done at the second look."""

    def __init__(self, settings: FetcherSettings) -> None:
        self._settings = settings
        self._items: dict[InfoHash, tuple[TorrentPayload, int]] = {}

    @property
    def name(self) -> str:
        return "fetcher"

    @property
    def capabilities(self) -> ClientCapabilities:
        return ClientCapabilities(protocol=DownloadProtocol.TORRENT, magnets=False)

    async def add(self, payload: Payload) -> InfoHash:
        assert isinstance(payload, TorrentPayload)
        _meet(self._settings.trouble, self.name)
        self._items[payload.info_hash] = (payload, 0)
        return payload.info_hash

    async def list_downloads(self) -> tuple[DownloadItem, ...]:
        self._items = {key: (payload, looks + 1) for key, (payload, looks) in self._items.items()}
        return tuple(self._describe(payload, looks) for payload, looks in self._items.values())

    def _describe(self, payload: TorrentPayload, looks: int) -> DownloadItem:
        path = Path(self._settings.folder or "/films/downloads") / payload.files[0].path
        is_done = looks >= self._settings.looks
        if is_done:
            self._put(path)
        return DownloadItem(
            info_hash=payload.info_hash,
            title=payload.name,
            status=DownloadStatus.COMPLETED if is_done else DownloadStatus.DOWNLOADING,
            size=payload.size,
            progress=1.0 if is_done else 0.5,
            output_path=path,
        )

    def _put(self, path: Path) -> None:
        if self._settings.real:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"film")
        else:
            DISK.write(path, b"film")

    async def remove(self, info_hash: InfoHash, *, delete_data: bool) -> None:
        del self._items[info_hash]

    async def check(self) -> str:
        _meet(self._settings.trouble, self.name)
        return "fetches at once"

    async def find_download_folder(self) -> str | None:
        return self._settings.folder


class FetcherAdapter(Adapter[FetcherSettings, DownloadClient]):
    name, settings, summary = "fetcher", FetcherSettings, "has every download at once"

    @classmethod
    def create(cls, settings: FetcherSettings, context: AdapterContext) -> DownloadClient:
        return Fetcher(settings)


@frozen(kw_only=True)
class DeafSettings:
    """How the notifier fails."""

    trouble: str | None = None
    token: Secret


class DeafNotifier(Notifier):
    """Hears nothing, and may say so."""

    def __init__(self, settings: DeafSettings, name: str) -> None:
        self._settings, self._name = settings, name

    @property
    def name(self) -> str:
        return self._name

    async def notify(self, stored: StoredEvent) -> None:
        _meet(self._settings.trouble, self.name)

    async def check(self) -> str:
        _meet(self._settings.trouble, self.name)
        return "heard nothing"


class DeafAdapter(Adapter[DeafSettings, Notifier]):
    name, settings, summary = "deaf", DeafSettings, "is told and does nothing"

    @classmethod
    def create(cls, settings: DeafSettings, context: AdapterContext) -> Notifier:
        return DeafNotifier(settings, context.name)


class LackingAdapter(Adapter[NoSettings, Notifier]):
    name, settings, extra = "lacking", NoSettings, "no-such-package-anywhere>=1"
    summary = "needs what nobody has"

    @classmethod
    def create(cls, settings: NoSettings, context: AdapterContext) -> Notifier:
        raise ImportError("No module named 'no_such_package'")


class StorageAdapter(Adapter[NoSettings, Any]):
    name, settings, summary = "in-memory", NoSettings, "forgets"

    @classmethod
    def create(cls, settings: NoSettings, context: AdapterContext) -> Any:
        return InMemoryStorage()


@frozen(kw_only=True)
class ClockSettings:
    """The moment at which it begins."""

    start: str = "2025-01-01T12:00:00+00:00"


class ClockAdapter(Adapter[ClockSettings, Any]):
    name, settings, summary = "manual", ClockSettings, "never waits"

    @classmethod
    def create(cls, settings: ClockSettings, context: AdapterContext) -> Any:
        return ManualClock(datetime.fromisoformat(settings.start))


class FileSystemAdapter(Adapter[NoSettings, Any]):
    name, settings, summary = "in-memory", NoSettings, "disks of the process"

    @classmethod
    def create(cls, settings: NoSettings, context: AdapterContext) -> Any:
        return DISK


class ProbeAdapter(Adapter[NoSettings, Any]):
    name, settings, summary = "scripted", NoSettings, "believes every file"

    @classmethod
    def create(cls, settings: NoSettings, context: AdapterContext) -> Any:
        video = VideoStream(codec="H.264", width=1920, height=1080)
        return ScriptedProbe(
            otherwise=MediaInfo(container="Matroska", video=video, duration=6000.0, audio=(AudioStream(codec="AC3"),))
        )


@hookimpl
def radarr_register_indexers() -> Iterable[type[Adapter[Any, Any]]]:
    return [ShelfIndexerAdapter]


@hookimpl
def radarr_register_download_clients() -> Iterable[type[Adapter[Any, Any]]]:
    return [FetcherAdapter]


@hookimpl
def radarr_register_notifiers() -> Iterable[type[Adapter[Any, Any]]]:
    return [DeafAdapter, LackingAdapter]


@hookimpl
def radarr_register_storages() -> Iterable[type[Adapter[Any, Any]]]:
    return [StorageAdapter]


@hookimpl
def radarr_register_clocks() -> Iterable[type[Adapter[Any, Any]]]:
    return [ClockAdapter]


@hookimpl
def radarr_register_file_systems() -> Iterable[type[Adapter[Any, Any]]]:
    return [FileSystemAdapter]


@hookimpl
def radarr_register_media_probes() -> Iterable[type[Adapter[Any, Any]]]:
    return [ProbeAdapter]
