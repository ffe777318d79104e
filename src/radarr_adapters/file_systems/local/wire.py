"""What the operating system says, in the library's errors."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from radarr_core.errors import (
    CrossDeviceError,
    DiskFullError,
    FileSystemError,
    PathMissingError,
    ReadOnlyError,
    TargetExistsError,
)

# Every errno that is not in the table is a plain FileSystemError with the system's own words.
ERRORS: Mapping[int, type[FileSystemError]] = {
    errno.ENOENT: PathMissingError,
    errno.ENODEV: PathMissingError,
    errno.ENXIO: PathMissingError,
    errno.ENOTCONN: PathMissingError,
    errno.ESTALE: PathMissingError,
    errno.EEXIST: TargetExistsError,
    errno.ENOTEMPTY: TargetExistsError,
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EROFS: ReadOnlyError,
    errno.EACCES: ReadOnlyError,
    errno.EPERM: ReadOnlyError,
    errno.EXDEV: CrossDeviceError,
}
_REMEDIES: Mapping[type[FileSystemError], str] = {
    PathMissingError: "look whether its disk is mounted",
    TargetExistsError: "nothing was overwritten",
    DiskFullError: "free some room",
    ReadOnlyError: "look at the permissions and at how its disk is mounted",
    CrossDeviceError: "copy instead of linking, or keep both folders on one file system",
}

# What a system answers where a second name cannot be given: another file system or mount, one without hard links, too
# many names. EPERM may mean that as well (exFAT, network disks, and files of other users that Linux protects from being
# linked), or that the folder may not be written to. A copy works in each of the former cases.
LINK_REFUSALS = frozenset({errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})

# Where something is only looked at, a refusal says nothing about writing.
_LOOKING: Mapping[int, type[FileSystemError]] = {
    **{number: kind for number, kind in ERRORS.items() if kind is not ReadOnlyError},
    errno.ENOTDIR: PathMissingError,
    errno.ENAMETOOLONG: PathMissingError,
}


def error_from_os(error: OSError, path: Path, *, adapter: str, looking: bool = False) -> FileSystemError:
    """The library's error for the system's, naming the path and what to do."""
    kind = (_LOOKING if looking else ERRORS).get(error.errno or 0, FileSystemError)
    words = error.strerror or str(error)
    remedy = f"; {_REMEDIES[kind]}" if kind in _REMEDIES else ""
    return kind(f"{str(path)!r}: {words}{remedy}", adapter=adapter)


@contextmanager
def translated(path: Path, *, adapter: str, looking: bool = False) -> Iterator[None]:
    """Raises the library's errors in place of the system's.

    A ValueError is what Python raises before it asks the system: for a NUL in a path, or one that cannot be encoded.
    """
    try:
        yield
    except OSError as error:
        raise error_from_os(error, path, adapter=adapter, looking=looking) from error
    except ValueError as error:
        raise FileSystemError(f"{str(path)!r} cannot be a path: {error}", adapter=adapter) from error
