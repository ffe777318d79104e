"""The role of the disks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from attrs import frozen


@frozen(kw_only=True)
class FileEntry:
    """A file that is there; `size` is bytes."""

    path: Path
    size: int


class FileSystem(ABC):
    """Does to files what an import needs, and no more.

    Nothing is ever overwritten. Whatever made a new name is on the disk (the folder is synced) when the method
    returns. Errors, the same for all methods that change something:

    * `PathMissingError`: the source, or the disk the target should be on, is not there;
    * `TargetExistsError`: another file has the target's name;
    * `DiskFullError`, `ReadOnlyError`, `CrossDeviceError`;
    * `FileSystemError`: anything else the system refuses, with its own words.
    """

    @abstractmethod
    async def find_file(self, path: Path) -> FileEntry | None:
        """The regular file of that name, or None when there is none."""

    @abstractmethod
    async def is_folder(self, path: Path) -> bool:
        """Whether there is a folder of that name; false for the folder of a disk that is not mounted."""

    @abstractmethod
    async def list_files(self, path: Path) -> tuple[FileEntry, ...]:
        """Every regular file below a folder, or the file itself, in a fixed order; symbolic links are not followed.

        Raises:
            PathMissingError: there is nothing of that name.
        """

    @abstractmethod
    async def is_same_file(self, first: Path, second: Path) -> bool:
        """Whether both names are one file on the disk; false when either is missing."""

    @abstractmethod
    async def hard_link(self, source: Path, target: Path) -> None:
        """Give a file a second name; the target's folder is made when it is missing."""

    @abstractmethod
    async def copy(self, source: Path, target: Path) -> None:
        """Copy a file; the target has its name only once it is complete and on the disk."""

    @abstractmethod
    async def move(self, source: Path, target: Path) -> None:
        """Rename a file within one file system, or copy and remove it across two; no half file is ever seen."""

    @abstractmethod
    async def free_space(self, path: Path) -> int | None:
        """Bytes free where the path is or would be; None when that cannot be known."""

    @abstractmethod
    async def can_hard_link(self, source_folder: Path, target_folder: Path) -> bool:
        """Whether a hard link from one folder into the other works, found out by trying; leaves nothing behind."""
