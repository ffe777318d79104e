"""Disks in memory: several devices with a capacity, that can be made read-only or taken away."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import define

from radarr_core.errors import (
    CrossDeviceError,
    DiskFullError,
    FileSystemError,
    PathMissingError,
    ReadOnlyError,
    TargetExistsError,
)
from radarr_core.ports.file_system import FileEntry, FileSystem

_LONGEST_NAME = 255


@define(kw_only=True)
class Device:
    """A disk; change its fields to drive faults.

    Attributes:
        capacity: bytes; None for a disk that never fills.
        read_only: nothing on it may change.
        mounted: whether it is there at all.
        hard_links: whether a file on it may have two names.
    """

    capacity: int | None = None
    read_only: bool = False
    mounted: bool = True
    hard_links: bool = True


@define(eq=False)
class _File:
    """What names point to; two names of one file share it."""

    content: bytes
    device: Device


class InMemoryFileSystem(FileSystem):
    """Files as a mapping of names; folders are there by having files in them.

    Args:
        devices: a disk by the folder it is mounted on; without any there is one endless disk at the root.
    """

    def __init__(self, devices: Mapping[Path | str, Device] | None = None, *, name: str = "in-memory") -> None:
        chosen = {"/": Device()} if devices is None else devices
        self.devices: dict[Path, Device] = {Path(mount): device for mount, device in chosen.items()}
        self._files: dict[Path, _File] = {}
        self._name = name

    # What a test sees and does from outside.

    def write(self, path: Path | str, content: bytes = b"") -> Path:
        """Put a file there, whatever was there before, and answer with its path.

        Raises:
            DiskFullError, ReadOnlyError, PathMissingError: as the disk would.
        """
        place = Path(path)
        device = self._writable_device(place)
        self._files.pop(place, None)
        self._reserve(device, len(content), place)
        self._files[place] = _File(content=content, device=device)
        return place

    def read(self, path: Path | str) -> bytes | None:
        """What the file holds; None when it is not there."""
        file = self._find(Path(path))
        return None if file is None else file.content

    def remove(self, path: Path | str) -> None:
        """Take a name away, as a person or another program would.

        Raises:
            KeyError: there is no such file.
        """
        del self._files[Path(path)]

    def list_paths(self) -> tuple[Path, ...]:
        """Every name on every mounted disk, in order."""
        return tuple(sorted(path for path in self._files if self._find(path)))

    # The port.

    async def find_file(self, path: Path) -> FileEntry | None:
        """The file of that name, or None."""
        file = self._find(path)
        return None if file is None else FileEntry(path=path, size=len(file.content))

    async def is_folder(self, path: Path) -> bool:
        """Whether a disk is mounted there, or a file lies below."""
        return self._find_device(path) is not None and self._is_folder(path)

    async def list_files(self, path: Path) -> tuple[FileEntry, ...]:
        """Every file below, or the file itself."""
        found = [p for p in self.list_paths() if p == path or path in p.parents]
        if not found and not (path in self.devices and self.devices[path].mounted):
            raise self._missing(path)
        return tuple(FileEntry(path=p, size=len(self._files[p].content)) for p in found)

    async def is_same_file(self, first: Path, second: Path) -> bool:
        """Whether both names share one file."""
        one, other = self._find(first), self._find(second)
        return one is not None and one is other

    async def hard_link(self, source: Path, target: Path) -> None:
        """Give the file a second name."""
        await asyncio.sleep(0)
        file = self._get(source)
        device = self._free_place(target)
        if device is not file.device or not device.hard_links:
            raise CrossDeviceError(
                f"{str(target)!r} cannot be a hard link to {str(source)!r}; copy it instead", adapter=self._name
            )
        self._files[target] = file

    async def copy(self, source: Path, target: Path) -> None:
        """Write the content again under another name."""
        await asyncio.sleep(0)
        file = self._get(source)
        device = self._free_place(target)
        self._reserve(device, len(file.content), target)
        self._files[target] = _File(content=file.content, device=device)

    async def move(self, source: Path, target: Path) -> None:
        """Rename, or copy and remove across devices."""
        await asyncio.sleep(0)
        file = self._get(source)
        self._writable_device(source)
        device = self._free_place(target)
        if device is not file.device:
            self._reserve(device, len(file.content), target)
            file = _File(content=file.content, device=device)
        self._files[target] = file
        del self._files[source]

    async def free_space(self, path: Path) -> int | None:
        """What is left on the device; None for an endless or missing one."""
        device = self._find_device(path)
        if device is None or device.capacity is None:
            return None
        return device.capacity - self._used(device)

    async def can_hard_link(self, source_folder: Path, target_folder: Path) -> bool:
        """Whether both folders lie on one device that links and may be written to."""
        for folder in (source_folder, target_folder):
            if self._find_device(folder) is None:
                raise self._missing(folder)
        device = self._find_device(source_folder)
        same = device is self._find_device(target_folder)
        return device is not None and same and device.hard_links and not device.read_only

    # Devices.

    def _find_device(self, path: Path) -> Device | None:
        for folder in (path, *path.parents):
            if folder in self.devices:
                device = self.devices[folder]
                return device if device.mounted else None
        return None

    def _writable_device(self, path: Path) -> Device:
        device = self._find_device(path)
        if device is None:
            raise PathMissingError(f"the disk of {str(path)!r} is not there; mount it", adapter=self._name)
        if device.read_only:
            raise ReadOnlyError(f"{str(path)!r} lies on a read-only disk", adapter=self._name)
        return device

    def _free_place(self, target: Path) -> Device:
        for part in target.parts:
            if len(os.fsencode(part)) > _LONGEST_NAME:
                raise FileSystemError(f"{part!r} is longer than {_LONGEST_NAME} bytes", adapter=self._name)
        device = self._writable_device(target)
        if self._find(target) is not None or self._is_folder(target):
            raise TargetExistsError(f"{str(target)!r} is there already", adapter=self._name)
        blocking = next((folder for folder in target.parents if self._find(folder)), None)
        if blocking is not None:
            raise FileSystemError(f"{str(blocking)!r} is a file, not a folder", adapter=self._name)
        return device

    def _is_folder(self, path: Path) -> bool:
        return path in self.devices or any(path in p.parents for p in self._files)

    def _used(self, device: Device) -> int:
        return sum(len(file.content) for file in self._files_of(device))

    def _files_of(self, device: Device) -> Iterator[_File]:
        once = {id(file): file for file in self._files.values() if file.device is device}
        return iter(once.values())

    def _reserve(self, device: Device, size: int, path: Path) -> None:
        if device.capacity is not None and self._used(device) + size > device.capacity:
            raise DiskFullError(f"no room for {size} bytes at {str(path)!r}; free some", adapter=self._name)

    # Files.

    def _find(self, path: Path) -> _File | None:
        file = self._files.get(path)
        return file if file is not None and file.device.mounted else None

    def _get(self, path: Path) -> _File:
        file = self._find(path)
        if file is None and self._is_folder(path):
            raise FileSystemError(f"{str(path)!r} is a folder, not a file", adapter=self._name)
        if file is None:
            raise self._missing(path)
        return file

    def _missing(self, path: Path) -> PathMissingError:
        return PathMissingError(f"{str(path)!r} is not there", adapter=self._name)
