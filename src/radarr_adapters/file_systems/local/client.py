"""The port `FileSystem` over this machine's disks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from radarr_core.ports.file_system import FileEntry, FileSystem

from .disk import Disk

T = TypeVar("T")


class LocalFileSystem(FileSystem):
    """Does to real files what an import needs; every blocking call runs in a worker thread.

    Cancelling a call that changes something waits until its thread has come to an end: a link or a rename has then
    happened or not, a copy is stopped and what there was of it removed. Nothing goes on behind the caller's back.

    Args:
        roots: folders that are there whenever their disk is; below one that is missing nothing is made.
        name: the configured name, for messages.
    """

    def __init__(self, *, roots: tuple[Path, ...] = (), name: str = "local") -> None:
        self._disk = Disk(adapter=name, roots=roots)

    async def find_file(self, path: Path) -> FileEntry | None:
        """The regular file of that name; a symbolic link is none."""
        return await _in_thread(lambda: self._disk.find_file(path))

    async def is_folder(self, path: Path) -> bool:
        """Whether it is a folder, or a symbolic link to one."""
        return await _in_thread(path.is_dir)

    async def list_files(self, path: Path) -> tuple[FileEntry, ...]:
        """Every regular file below a folder, by path; copies that are being made are left out."""
        return await _in_thread(lambda: self._disk.list_files(path))

    async def is_same_file(self, first: Path, second: Path) -> bool:
        """Whether device and number of both files are the same."""
        return await _in_thread(lambda: self._disk.is_same_file(first, second))

    async def hard_link(self, source: Path, target: Path) -> None:
        """Give a file a second name.

        Raises:
            CrossDeviceError: also where the disk has no hard links, or protects the file from being linked.
        """
        await _in_thread(lambda: self._disk.hard_link(source, target))

    async def copy(self, source: Path, target: Path) -> None:
        """Copy a file with its permissions and time of change; blocks are shared where the disk can."""
        stopping = threading.Event()
        await _in_thread(lambda: self._disk.copy(source, target, stopping.is_set), stopping)

    async def move(self, source: Path, target: Path) -> None:
        """Rename a file; across file systems it is copied, and the source removed once the copy is on the disk."""
        stopping = threading.Event()
        await _in_thread(lambda: self._disk.move(source, target, stopping.is_set), stopping)

    async def free_space(self, path: Path) -> int | None:
        """Bytes that may be written where the path is or would be."""
        return await _in_thread(lambda: self._disk.free_space(path))

    async def can_hard_link(self, source_folder: Path, target_folder: Path) -> bool:
        """Try it with an empty file; false when the source folder may not be written to, too."""
        return await _in_thread(lambda: self._disk.can_hard_link(source_folder, target_folder))


async def _in_thread(work: Callable[[], T], stopping: threading.Event | None = None) -> T:
    """Run it in a worker thread; when cancelled, tell it to stop and see it to its end."""
    future = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        if stopping is not None:
            stopping.set()
        while not future.done():
            try:
                await asyncio.wait([future])
            except asyncio.CancelledError:
                continue  # asked twice: the thread cannot be left alone all the same
        raise
