"""Copying so that the target has its name only once it is complete and on the disk."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_CHUNK = 16 * 1024 * 1024
_PREFIX, _SUFFIX = ".radarr-", ".partial"
# The kernel cannot copy between these two files by itself; reading and writing them can.
_NO_KERNEL_COPY = frozenset({errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EPERM})


class StoppedError(Exception):
    """The caller no longer wants the copy."""


def is_partial(name: str) -> bool:
    """Whether a file is a copy that is being made, or was when its process was killed."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def copy_file(source: Path, target: Path, *, is_stopped: Callable[[], bool]) -> None:
    """Copy content, permissions and time of change beside the target, then give it the target's name.

    The partial copy has a name derived from the target's, and is locked while it is written: a copy that was killed is
    taken over by the next one to the same target, and two at once never mix.

    Raises:
        FileExistsError: the target is there, or is being copied to.
        StoppedError: `is_stopped` said so; nothing is left behind.
        OSError: anything else; nothing is left behind.
    """
    digest = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:32]
    partial = target.parent / f"{_PREFIX}{digest}{_SUFFIX}"
    with _open(source, os.O_RDONLY) as reading, _locked_partial(partial) as writing:
        facts = os.fstat(reading)
        _copy_content(reading, writing, facts.st_size, is_stopped)
        _copy_facts(facts, writing)
        os.fsync(writing)
        publish(partial, target)


def publish(partial: Path, target: Path) -> None:
    """Rename a file without ever replacing another; the new name is on the disk before the old one goes.

    By a second name and the removal of the first, which the system keeps from overwriting. Where there are no hard
    links it is looked for the target before a plain rename, so there a file that appears in that instant is replaced.
    """
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno == errno.EXDEV:
            raise
        refuse_existing(target)
        partial.rename(target)
        sync_folder(target.parent)
    else:
        sync_folder(target.parent)
        remove_or_undo(partial, target)


def remove_or_undo(source: Path, target: Path) -> None:
    """Take away the old name; where that is refused the new one goes again, so that nothing has changed."""
    try:
        source.unlink()
    except OSError:
        target.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written down on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and FUSE disks know no such thing.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF):
            raise
    finally:
        os.close(descriptor)


def refuse_existing(target: Path) -> None:
    """Raise FileExistsError when the target's name is taken, by whatever."""
    try:
        os.lstat(target)
    except FileNotFoundError:
        return
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(target))


@contextmanager
def _open(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _locked_partial(partial: Path) -> Iterator[int]:
    with _open(partial, os.O_RDWR | os.O_CREAT) as descriptor:
        _lock(descriptor, partial)
        try:
            os.ftruncate(descriptor, 0)
            yield descriptor
        except BaseException:
            with suppress(FileNotFoundError):
                partial.unlink()
            raise


def _lock(descriptor: int, partial: Path) -> None:
    taken = FileExistsError(errno.EEXIST, "another copy to it is under way", os.fspath(partial))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise taken from None
    except OSError as error:
        if error.errno not in (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOLCK):
            raise
    try:
        is_ours = os.path.samestat(os.fstat(descriptor), os.lstat(partial))
    except FileNotFoundError:
        is_ours = False
    if not is_ours:  # the other copy finished between our opening and our locking
        raise taken


def _copy_content(reading: int, writing: int, size: int, is_stopped: Callable[[], bool]) -> None:
    copied = 0
    by_kernel = hasattr(os, "copy_file_range")
    while True:
        if is_stopped():
            raise StoppedError
        count = _copy_by_kernel(reading, writing) if by_kernel else 0
        if not count:
            by_kernel = False
            count = _copy_by_hand(reading, writing)
        if not count:
            break
        copied += count
    if copied != size:
        raise OSError(errno.EIO, f"it changed while it was copied: {size} bytes before, {copied} read")


def _copy_by_kernel(reading: int, writing: int) -> int:
    """Bytes copied, shared where the file system can; 0 at the end and where the kernel cannot."""
    try:
        return os.copy_file_range(reading, writing, _CHUNK)
    except OSError as error:
        if error.errno in _NO_KERNEL_COPY:
            return 0
        raise


def _copy_by_hand(reading: int, writing: int) -> int:
    chunk = os.read(reading, _CHUNK)
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(writing, rest) :]
    return len(chunk)


def _copy_facts(facts: os.stat_result, writing: int) -> None:
    with suppress(PermissionError, NotImplementedError):  # disks without permissions refuse them
        os.fchmod(writing, stat.S_IMODE(facts.st_mode) & 0o777)
    os.utime(writing, ns=(facts.st_atime_ns, facts.st_mtime_ns))
