"""A download client without a network."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from radarr_core.domain.downloads import DownloadItem, DownloadStatus, MagnetPayload, Payload, TorrentPayload
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.releases import DownloadProtocol
from radarr_core.errors import DownloadNotFoundError, RadarrCoreError, RejectedByClientError, UnsupportedError
from radarr_core.ports.download_client import ClientCapabilities, DownloadClient

_TORRENT = ClientCapabilities(protocol=DownloadProtocol.TORRENT, survives_restart=False)


class InMemoryDownloadClient(DownloadClient):
    """Remembers what it was given; the test says how far each download is.

    Args:
        folder: where finished downloads are said to be. Only `finish` and `remove` touch it.
        name: the configured name.
        capabilities: what it says it can do; it refuses magnet links when they are not among them.

    Attributes:
        failure: raised by every call while it is set.
        added: the payloads `add` was given, in order, those it had already too.
    """

    def __init__(
        self, folder: Path = Path("/downloads"), *, name: str = "memory", capabilities: ClientCapabilities = _TORRENT
    ) -> None:
        self._folder = folder
        self._name = name
        self._capabilities = capabilities
        self._items: dict[InfoHash, DownloadItem] = {}
        self.failure: RadarrCoreError | None = None
        self.added: list[Payload] = []

    def set_item(self, item: DownloadItem) -> None:
        """Replace what is told of a download, or bring one in."""
        self._items[item.info_hash] = item

    def drop_item(self, info_hash: InfoHash) -> None:
        """Forget a download, as a person at the client would make it do."""
        del self._items[info_hash]

    def finish(self, info_hash: InfoHash, files: Mapping[str, bytes]) -> DownloadItem:
        """Complete a download: write its files, and say so.

        Args:
            info_hash: of a download that was added.
            files: bytes by path below the folder; the first part of the first path is the download's own.
        """
        for path, content in files.items():
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        name = next(iter(files)).split("/")[0]
        item = evolve(
            self._items[info_hash],
            title=name,
            status=DownloadStatus.COMPLETED,
            size=sum(map(len, files.values())),
            progress=1.0,
            output_path=self._folder / name,
        )
        self.set_item(item)
        return item

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    @property
    def capabilities(self) -> ClientCapabilities:
        """What it was told to be able to do."""
        return self._capabilities

    async def add(self, payload: Payload) -> InfoHash:
        """Remember a download, with nothing done yet."""
        self._fail()
        if isinstance(payload, MagnetPayload) and not self._capabilities.magnets:
            raise UnsupportedError("takes no magnet links", adapter=self._name)
        if isinstance(payload, TorrentPayload) and not payload.raw.startswith(b"d"):
            raise RejectedByClientError(f"{payload.name!r} is no torrent", adapter=self._name)
        self.added.append(payload)
        self._items.setdefault(payload.info_hash, _begin(payload))
        return payload.info_hash

    async def list_downloads(self) -> tuple[DownloadItem, ...]:
        """Everything, in the order of addition."""
        self._fail()
        return tuple(self._items.values())

    async def remove(self, info_hash: InfoHash, *, delete_data: bool) -> None:
        """Forget a download, and delete what `finish` wrote when told to."""
        self._fail()
        if info_hash not in self._items:
            raise DownloadNotFoundError(f"no download has the id {str(info_hash)!r}", adapter=self._name)
        path = self._items.pop(info_hash).output_path
        if delete_data and path is not None:
            _delete(Path(path))

    async def check(self) -> str:
        """Say how much it holds."""
        self._fail()
        return f"{len(self._items)} downloads in memory"

    async def find_download_folder(self) -> str | None:
        """The folder it was given."""
        self._fail()
        return str(self._folder)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _begin(payload: Payload) -> DownloadItem:
    if isinstance(payload, MagnetPayload):
        title = str(payload.info_hash)
        return DownloadItem(info_hash=payload.info_hash, title=title, status=DownloadStatus.QUEUED)
    return DownloadItem(
        info_hash=payload.info_hash, title=payload.name, status=DownloadStatus.DOWNLOADING, size=payload.size
    )
