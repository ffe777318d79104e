"""What is done to files, as plain blocking functions; `client` runs them in worker threads."""

from __future__ import annotations

import errno
import os
import stat
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import frozen

from radarr_core.errors import CrossDeviceError, FileSystemError, PathMissingError
from radarr_core.ports.file_system import FileEntry

from .copying import copy_file, is_partial, publish, refuse_existing, remove_or_undo, sync_folder
from .wire import LINK_REFUSALS, translated


@frozen(kw_only=True)
class Disk:
    """The disks of this machine, seen by one adapter.

    Attributes:
        adapter: its configured name, for messages.
        roots: folders below which nothing is made while they are missing.
    """

    adapter: str
    roots: tuple[Path, ...] = ()

    # Looking.

    def find_file(self, path: Path) -> FileEntry | None:
        """The regular file of that name, or None."""
        try:
            with translated(path, adapter=self.adapter, looking=True):
                facts = os.lstat(path)
        except PathMissingError:
            return None
        return FileEntry(path=path, size=facts.st_size) if stat.S_ISREG(facts.st_mode) else None

    def list_files(self, path: Path) -> tuple[FileEntry, ...]:
        """Every regular file below a folder, without copies being made; or the file itself."""
        with translated(path, adapter=self.adapter, looking=True):
            if not stat.S_ISDIR(path.stat().st_mode):
                itself = self.find_file(path)
                return (itself,) if itself else ()
            return tuple(sorted(_walk(path), key=lambda entry: entry.path))

    def is_same_file(self, first: Path, second: Path) -> bool:
        """Whether both names are one file."""
        try:
            return first.samefile(second)
        except (OSError, ValueError):
            return False

    def free_space(self, path: Path) -> int | None:
        """Bytes a user without privileges may still write there."""
        try:
            self._refuse_missing_root(path)
            facts = os.statvfs(_nearest_folder(path))
        except (OSError, ValueError, FileSystemError):
            return None
        return facts.f_bavail * facts.f_frsize

    def can_hard_link(self, source_folder: Path, target_folder: Path) -> bool:
        """Try it with an empty file of a name nobody has."""
        self._refuse_missing_root(source_folder)
        self._refuse_missing_root(target_folder)
        name = f".radarr-{uuid.uuid4().hex}.link-test"
        probe = source_folder / name
        # Not by the same name: both folders may be one.
        linked = _nearest_folder(target_folder) / f"{name}ed"
        with translated(source_folder, adapter=self.adapter):
            try:
                os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
                os.link(probe, linked)
            except OSError as error:
                if error.errno in LINK_REFUSALS | {errno.EPERM, errno.EACCES, errno.EROFS}:
                    return False
                raise
            finally:
                for leftover in (linked, probe):
                    with suppress(OSError):
                        leftover.unlink()
        return True

    # Changing.

    def hard_link(self, source: Path, target: Path) -> None:
        """Give a file a second name and write that down on the disk."""
        self._check_source(source)
        with self._folder_for(target), translated(target, adapter=self.adapter):
            self._link(source, target)
            sync_folder(target.parent)

    def copy(self, source: Path, target: Path, is_stopped: Callable[[], bool]) -> None:
        """Copy a file and write it down on the disk."""
        self._check_source(source)
        with self._folder_for(target), translated(target, adapter=self.adapter):
            refuse_existing(target)
            copy_file(source, target, is_stopped=is_stopped)

    def move(self, source: Path, target: Path, is_stopped: Callable[[], bool]) -> None:
        """Rename a file, or copy it and remove the source."""
        self._check_source(source)
        with translated(source, adapter=self.adapter):
            _refuse_fixed_folder(source.parent)
        with self._folder_for(target), translated(target, adapter=self.adapter):
            refuse_existing(target)
            try:
                publish(source, target)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                copy_file(source, target, is_stopped=is_stopped)
                remove_or_undo(source, target)
        with translated(source, adapter=self.adapter):
            sync_folder(source.parent)

    def _link(self, source: Path, target: Path) -> None:
        try:
            os.link(source, target)
        except OSError as error:
            refused = error.errno in LINK_REFUSALS
            if not refused and (error.errno != errno.EPERM or not os.access(target.parent, os.W_OK | os.X_OK)):
                raise
            raise CrossDeviceError(
                f"{str(target)!r} cannot be a hard link to {str(source)!r}: {error.strerror}; copy it instead, or keep "
                "both on one file system that has hard links, as one mount",
                adapter=self.adapter,
            ) from error

    def _check_source(self, source: Path) -> None:
        with translated(source, adapter=self.adapter, looking=True):
            mode = os.lstat(source).st_mode
        if not stat.S_ISREG(mode):
            raise FileSystemError(f"{str(source)!r} is no regular file", adapter=self.adapter)

    def _refuse_missing_root(self, path: Path) -> None:
        for root in self.roots:
            if path.is_relative_to(root) and not _is_folder(root):
                raise PathMissingError(
                    f"{str(path)!r}: the folder {str(root)!r} is not there; look whether its disk is mounted",
                    adapter=self.adapter,
                )

    @contextmanager
    def _folder_for(self, target: Path) -> Iterator[None]:
        """The target's folder is there inside; folders made for a target that then failed are removed."""
        self._refuse_missing_root(target)
        made: list[Path] = []
        try:
            with translated(target, adapter=self.adapter):
                _make_folders(target.parent, made)
            yield
        except BaseException:
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()
            raise


def _walk(folder: Path) -> Iterator[FileEntry]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            entries = list(os.scandir(current))
        except FileNotFoundError:
            if current == folder:
                raise
            continue  # it was removed meanwhile
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(current / entry.name)
            elif entry.is_file(follow_symlinks=False) and not is_partial(entry.name):
                with suppress(FileNotFoundError):
                    size = entry.stat(follow_symlinks=False).st_size
                    yield FileEntry(path=current / entry.name, size=size)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it cannot even be looked at
        return False


def _nearest_folder(path: Path) -> Path:
    """The folder itself, or the closest one above it that is there."""
    return next(folder for folder in (path, *path.parents) if _is_folder(folder) or folder == folder.parent)


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make what is missing, each on the disk when this returns; `made` grows as they come to be."""
    if _is_folder(folder):
        return
    if folder.parent != folder:
        _make_folders(folder.parent, made)
    try:
        folder.mkdir()
    except FileExistsError:
        if _is_folder(folder):  # somebody else made it
            return
        raise NotADirectoryError(errno.ENOTDIR, f"{str(folder)!r} is a file, not a folder") from None
    made.append(folder)
    sync_folder(folder.parent)


def _refuse_fixed_folder(folder: Path) -> None:
    """Before gigabytes are copied: a file whose folder may not be written to cannot be moved."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(folder))
