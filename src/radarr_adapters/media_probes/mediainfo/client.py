"""The port `MediaProbe` over libmediainfo."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from pymediainfo import MediaInfo as Library

from radarr_core.domain.releases import MediaInfo
from radarr_core.errors import (
    FileSystemError,
    MissingExtraError,
    PathMissingError,
    ServiceUnavailableError,
    UnreadableMediaError,
)
from radarr_core.ports.media_probe import MediaProbe

from .wire import Report, media_info_from_report, read_report


@cache
def _worker() -> ThreadPoolExecutor:
    """The one thread of this process that calls libmediainfo.

    Its options are shared by the whole process, and files probed side by side have crashed it (issue 2322 of
    MediaInfoLib), which would take the pipeline along.
    """
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="radarr-mediainfo")


class MediaInfoProbe(MediaProbe):
    """Reads streams with libmediainfo, in one worker thread for the whole process.

    The library never sees a file's name, only its bytes: so no name is taken for an address or an option, names need
    not be UTF-8, and the extension is not believed.

    Args:
        name: the configured name.
        deadline_seconds: for one file, waiting for its turn included.
    """

    def __init__(self, *, name: str = "mediainfo", deadline_seconds: float = 60.0) -> None:
        self._name = name
        self._deadline = deadline_seconds

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def probe(self, path: Path) -> MediaInfo:
        """What the file proves.

        Raises:
            UnreadableMediaError: it is empty, no video, cut short, or a folder.
            PathMissingError: it is not there.
            FileSystemError: it may not be read, or its disk fails.
            ServiceUnavailableError: it took longer than the deadline; its disk may be slow or gone.
        """
        look = _Look(path, self._name)
        try:
            async with asyncio.timeout(self._deadline):
                return await asyncio.get_running_loop().run_in_executor(_worker(), look.run)
        except TimeoutError as error:
            raise ServiceUnavailableError(
                f"{str(path)!r} was not read within {self._deadline:g} s; look whether its disk answers",
                adapter=self._name,
            ) from error
        finally:
            look.stop()

    async def check(self) -> str:
        """Load the library, and name its version."""
        loop = asyncio.get_running_loop()
        report = await loop.run_in_executor(_worker(), _ask_library, io.BytesIO(b"radarr-core"), self._name)
        return f"{report.library or 'libmediainfo'} works"


class _Look:
    """One look into one file, which can be broken off from another thread."""

    def __init__(self, path: Path, adapter: str) -> None:
        self._path = path
        self._adapter = adapter
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Let the thread end soon; nobody waits for the answer any more."""
        self._stopped.set()

    def run(self) -> MediaInfo:
        """What the file proves; runs in the worker thread."""
        descriptor = self._open()
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableMediaError(f"{str(self._path)!r} is no file", adapter=self._adapter)
            return self._read(_Source(descriptor, self._stopped))
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        """Without waiting for a writer, should it be a named pipe."""
        try:
            return os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise _error_from_os(error, self._path, self._adapter) from error
        except ValueError as error:
            raise PathMissingError(f"{str(self._path)!r} cannot be a path: {error}", adapter=self._adapter) from error

    def _read(self, source: _Source) -> MediaInfo:
        try:
            report = _ask_library(source, self._adapter)
        except (ValueError, RuntimeError) as error:
            raise UnreadableMediaError(
                f"{str(self._path)!r} cannot be made sense of: {error}", adapter=self._adapter
            ) from error
        if source.failure is not None:
            raise _error_from_os(source.failure, self._path, self._adapter) from source.failure
        return media_info_from_report(report, str(self._path), adapter=self._adapter)


class _Source:
    """A file as the library wants it: to be read and sought in. It ends when it fails or nobody waits any more.

    An exception would be no way to say so: the library's handle on the file would never be given back.

    Attributes:
        failure: what the system said when the file could not be read on.
    """

    def __init__(self, descriptor: int, stopped: threading.Event) -> None:
        self._descriptor = descriptor
        self._stopped = stopped
        self._ended = False
        self.failure: OSError | None = None

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end."""
        if self._ended or self._stopped.is_set():
            return b""
        try:
            return os.read(self._descriptor, size)
        except OSError as error:
            self.failure, self._ended = error, True
            return b""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go on elsewhere; a place no file has is the end of this one."""
        try:
            return os.lseek(self._descriptor, offset, whence)
        except (OSError, OverflowError):
            self._ended = True
            return 0

    def tell(self) -> int:
        """Where the next bytes are."""
        return os.lseek(self._descriptor, 0, os.SEEK_CUR)


def _ask_library(source: _Source | io.BytesIO, adapter: str) -> Report:
    """What the library reports; always asked with the same options, since they hold for the whole process.

    Raises:
        MissingExtraError: the library cannot be loaded.
        ValueError, RuntimeError: its report cannot be read.
    """
    try:
        text = Library.parse(source, output="JSON", full=False)
    except OSError as error:
        raise MissingExtraError(
            f"libmediainfo cannot be loaded ({error}); install it with: pip install 'radarr-core[mediainfo]'",
            adapter=adapter,
        ) from error
    return read_report(text)


_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})


def _error_from_os(error: OSError, path: Path, adapter: str) -> FileSystemError:
    if error.errno in _MISSING:
        return PathMissingError(f"{str(path)!r} is not there", adapter=adapter)
    return FileSystemError(
        f"{str(path)!r} cannot be read: {error.strerror or error}; look at its permissions and its disk",
        adapter=adapter,
    )
