"""The embedded client behind the port: every call is a job for the one thread that owns the session."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable, Mapping
from typing import TypeVar

from radarr_core.domain.downloads import DownloadItem, Payload
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.releases import DownloadProtocol
from radarr_core.errors import DiskFullError, FileSystemError, ReadOnlyError, ServiceUnavailableError
from radarr_core.plugins import AdapterContext
from radarr_core.ports.download_client import ClientCapabilities, DownloadClient

from .engine import Engine
from .plugin import LibtorrentSettings
from .worker import Worker

T = TypeVar("T")
logger = logging.getLogger(__name__)
TICK = 0.5
ERROR_OF: Mapping[int, type[FileSystemError]] = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EACCES: ReadOnlyError,
    errno.EPERM: ReadOnlyError,
    errno.EROFS: ReadOnlyError,
}
"""What a refusal of the system means for the person who chose the folders; all others are `FileSystemError`."""


class Libtorrent(DownloadClient):
    """A BitTorrent client within this process.

    Beside the port's errors it raises `FileSystemError` when its folders cannot be written, and
    `ServiceUnavailableError` when another process works on the same state folder.
    """

    def __init__(self, settings: LibtorrentSettings, context: AdapterContext) -> None:
        self._settings = settings
        self._name = context.name
        engine = Engine(settings, context.name)
        self._engine = engine
        self._worker = Worker(
            f"download client {context.name}",
            tick=engine.tick,
            interval=min(TICK, settings.save_interval),
            last=engine.close,
            patience=settings.timeout,
        )

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    @property
    def capabilities(self) -> ClientCapabilities:
        """Torrents and magnet links, remembered across restarts."""
        return ClientCapabilities(protocol=DownloadProtocol.TORRENT)

    async def add(self, payload: Payload) -> InfoHash:
        """Start a download; it is remembered before this returns."""
        return await self._run(lambda: self._engine.add(payload))

    async def list_downloads(self) -> tuple[DownloadItem, ...]:
        """All downloads."""
        return await self._run(self._engine.list_items)

    async def remove(self, info_hash: InfoHash, *, delete_data: bool) -> None:
        """Forget a download."""
        await self._run(lambda: self._engine.remove(info_hash, delete_data=delete_data))

    async def check(self) -> str:
        """Open the session where it is not open yet, and tell where it listens."""
        return await self._run(self._engine.describe)

    async def find_download_folder(self) -> str | None:
        """The configured folder."""
        return str(self._settings.folder.absolute())

    async def aclose(self) -> None:
        """Write everything down and end the session, within the deadline."""
        if not await asyncio.to_thread(self._worker.stop, self._settings.timeout):
            logger.warning("%s did not end within %g s; it ends with the program", self._name, self._settings.timeout)

    async def _run(self, job: Callable[[], T]) -> T:
        future = asyncio.wrap_future(self._worker.submit(job))
        try:
            return await asyncio.wait_for(future, self._settings.timeout)
        except TimeoutError as error:
            raise ServiceUnavailableError(
                f"did not answer within {self._settings.timeout:g} s", adapter=self._name
            ) from error
        except OSError as error:
            kind = ERROR_OF.get(error.errno or 0, FileSystemError)
            raise kind(f"{error.strerror} ({error.filename!r})", adapter=self._name) from error
