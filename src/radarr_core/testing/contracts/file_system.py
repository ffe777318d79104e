"""What every file system promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from radarr_core.errors import (
    CrossDeviceError,
    DiskFullError,
    FileSystemError,
    PathMissingError,
    ReadOnlyError,
    TargetExistsError,
)
from radarr_core.ports.file_system import FileSystem

Change = Callable[[Path, Path], Coroutine[Any, Any, None]]


class FileSystemHarness(ABC):
    """Brings up disks and looks at them from outside the file system under test.

    A harness that cannot bring up one of the special disks skips the test with the reason.

    Args:
        folder: an empty folder of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def create(self) -> FileSystem:
        """The file system under test."""

    @property
    @abstractmethod
    def root(self) -> Path:
        """A folder on a disk with room; it has been made."""

    @abstractmethod
    def write(self, path: Path, content: bytes) -> Path:
        """Put a file there, making its folder, and answer with its path."""

    @abstractmethod
    def read(self, path: Path) -> bytes | None:
        """What the file holds; None when there is none."""

    @abstractmethod
    def list_paths(self, folder: Path) -> list[Path]:
        """Every file below the folder, hidden ones and leftovers too."""

    @abstractmethod
    def other_disk(self) -> Path:
        """A folder on another disk, with room for a megabyte."""

    @abstractmethod
    def small_disk(self) -> Path:
        """A folder on a disk that holds less than 512 KiB."""

    @abstractmethod
    def read_only_disk(self, name: str, content: bytes) -> Path:
        """A folder that may not be written to, and holds one file of that name."""

    @abstractmethod
    def missing_disk(self) -> Path:
        """A folder on a disk that should be there, but is not."""

    def close(self) -> None:  # noqa: B027 - most have nothing to take down
        """Take down what was brought up."""


class FileSystemContract:
    """Subclass it and give it a fixture `harness` that is a `FileSystemHarness`."""

    @pytest.fixture(params=["hard_link", "copy", "move"])
    def change(self, request: pytest.FixtureRequest) -> str:
        """The name of each method that makes a new name."""
        return str(request.param)

    # Looking.

    async def test_a_folder_is_told_from_a_file_and_from_nothing(self, harness: FileSystemHarness) -> None:
        """A folder that is missing is never taken for an empty one."""
        files = harness.create()
        film = harness.write(harness.root / "there" / "film.mkv", b"film")
        assert await files.is_folder(harness.root / "there")
        assert not await files.is_folder(film)
        assert not await files.is_folder(harness.root / "not there")

    async def test_finds_a_file_and_its_size(self, harness: FileSystemHarness) -> None:
        """A regular file is found with its size in bytes, also when it is empty."""
        system = harness.create()
        for content in (b"film", b""):
            path = harness.write(harness.root / "film.mkv", content)
            entry = await system.find_file(path)
            assert entry is not None
            assert (entry.path, entry.size) == (path, len(content))

    async def test_finds_nothing_where_nothing_is(self, harness: FileSystemHarness) -> None:
        """A missing name, a folder and a name below a file are no file."""
        system = harness.create()
        path = harness.write(harness.root / "folder" / "film.mkv", b"film")
        assert await system.find_file(harness.root / "missing.mkv") is None
        assert await system.find_file(harness.root / "folder") is None
        assert await system.find_file(path / "below.mkv") is None
        assert await system.find_file(harness.root / ("x" * 300)) is None

    async def test_lists_everything_below_a_folder_in_a_fixed_order(self, harness: FileSystemHarness) -> None:
        """All files at any depth come back, the same way each time."""
        system = harness.create()
        names = ["b.mkv", "a/z.mkv", "a/b/c.srt", "ü.mkv", "A.mkv", ".hidden"]
        written = {harness.write(harness.root / name, name.encode()) for name in names}
        first = await system.list_files(harness.root)
        assert {entry.path for entry in first} == written
        assert first == await system.list_files(harness.root)
        assert [entry.path for entry in first] == sorted(written)
        assert {entry.size for entry in first} == {len(name.encode()) for name in names}

    async def test_lists_a_file_as_itself(self, harness: FileSystemHarness) -> None:
        """A download of one file needs no special case."""
        path = harness.write(harness.root / "film.mkv", b"film")
        assert [entry.path for entry in await harness.create().list_files(path)] == [path]

    async def test_says_when_what_it_should_list_is_missing(self, harness: FileSystemHarness) -> None:
        """A folder that is not there is an error, never an empty folder."""
        with pytest.raises(PathMissingError, match="missing"):
            await harness.create().list_files(harness.root / "missing")

    async def test_knows_two_names_of_one_file(self, harness: FileSystemHarness) -> None:
        """Linked names are one file; equal contents and missing names are not."""
        system = harness.create()
        source = harness.write(harness.root / "film.mkv", b"film")
        twin = harness.write(harness.root / "twin.mkv", b"film")
        linked = harness.root / "linked.mkv"
        await system.hard_link(source, linked)
        assert await system.is_same_file(source, linked)
        assert await system.is_same_file(source, source)
        assert not await system.is_same_file(source, twin)
        assert not await system.is_same_file(source, harness.root / "missing.mkv")
        assert not await system.is_same_file(harness.root / "missing.mkv", harness.root / "missing.mkv")

    # Making new names.

    async def test_makes_the_new_name_and_its_folder(self, harness: FileSystemHarness, change: str) -> None:
        """The target holds the content, in folders that were not there before, and nothing is left over."""
        source = harness.write(harness.root / "in" / "film.mkv", b"film")
        target = harness.root / "library" / "Film (2019)" / "Film (2019).mkv"
        await _method(harness, change)(source, target)
        assert harness.read(target) == b"film"
        assert harness.read(source) == (None if change == "move" else b"film")
        assert set(harness.list_paths(harness.root)) == ({target} if change == "move" else {source, target})

    async def test_keeps_an_empty_and_a_large_file_whole(self, harness: FileSystemHarness, change: str) -> None:
        """Content is the same to the byte, whatever its size."""
        for name, content in (("empty.mkv", b""), ("large.mkv", bytes(range(256)) * 2000)):
            source = harness.write(harness.root / "in" / name, content)
            await _method(harness, change)(source, harness.root / "out" / name)
            assert harness.read(harness.root / "out" / name) == content

    async def test_never_overwrites(self, harness: FileSystemHarness, change: str) -> None:
        """A name that is taken is an error that names it, and both files stay as they are."""
        source = harness.write(harness.root / "film.mkv", b"new")
        target = harness.write(harness.root / "library" / "film.mkv", b"old")
        with pytest.raises(TargetExistsError, match="library"):
            await _method(harness, change)(source, target)
        assert (harness.read(source), harness.read(target)) == (b"new", b"old")
        assert set(harness.list_paths(harness.root)) == {source, target}

    async def test_a_folder_of_the_targets_name_stands_in_the_way(
        self, harness: FileSystemHarness, change: str
    ) -> None:
        """A folder is not replaced by a file either."""
        source = harness.write(harness.root / "film.mkv", b"new")
        inside = harness.write(harness.root / "library" / "film.mkv" / "extra.txt", b"old")
        with pytest.raises(TargetExistsError):
            await _method(harness, change)(source, inside.parent)
        assert harness.read(source) == b"new"

    async def test_says_when_the_source_is_missing(self, harness: FileSystemHarness, change: str) -> None:
        """The error names the source, and no folder is made for nothing."""
        with pytest.raises(PathMissingError, match="missing"):
            await _method(harness, change)(harness.root / "missing.mkv", harness.root / "library" / "film.mkv")
        assert harness.list_paths(harness.root) == []

    async def test_refuses_a_folder_as_source(self, harness: FileSystemHarness, change: str) -> None:
        """Files are placed one by one."""
        harness.write(harness.root / "folder" / "film.mkv", b"film")
        with pytest.raises(FileSystemError):
            await _method(harness, change)(harness.root / "folder", harness.root / "library" / "folder")

    async def test_refuses_a_file_where_a_folder_should_be(self, harness: FileSystemHarness, change: str) -> None:
        """A file in the target's path is an error and stays what it is."""
        source = harness.write(harness.root / "film.mkv", b"film")
        blocking = harness.write(harness.root / "library", b"a file")
        with pytest.raises(FileSystemError):
            await _method(harness, change)(source, blocking / "film.mkv")
        assert (harness.read(source), harness.read(blocking)) == (b"film", b"a file")

    async def test_refuses_a_name_that_is_too_long(self, harness: FileSystemHarness, change: str) -> None:
        """A name over 255 bytes is a clear error, and the source stays."""
        source = harness.write(harness.root / "film.mkv", b"film")
        with pytest.raises(FileSystemError):
            await _method(harness, change)(source, harness.root / ("ü" * 128))
        assert harness.read(source) == b"film"

    async def test_names_are_taken_as_they_are(self, harness: FileSystemHarness, change: str) -> None:
        """Odd names, also ones that are no UTF-8, are names like others."""
        for name in ("-rf.mkv", "a\nb.mkv", "file:\\x.mkv", "\udcff\udcfe.mkv", "~", "$HOME", "*.mkv", " lead.mkv"):
            source = harness.write(harness.root / "in" / name, b"film")
            await _method(harness, change)(source, harness.root / "out" / name)
            assert harness.read(harness.root / "out" / name) == b"film"

    async def test_a_link_shares_the_file_and_a_copy_does_not(self, harness: FileSystemHarness) -> None:
        """Only a hard link costs no room."""
        system = harness.create()
        source = harness.write(harness.root / "film.mkv", b"film")
        await system.hard_link(source, harness.root / "linked.mkv")
        await system.copy(source, harness.root / "copied.mkv")
        assert await system.is_same_file(source, harness.root / "linked.mkv")
        assert not await system.is_same_file(source, harness.root / "copied.mkv")

    # Faults.

    async def test_a_link_never_leaves_its_disk(self, harness: FileSystemHarness) -> None:
        """Across disks a hard link is its own error, so that a caller may copy instead."""
        source = harness.write(harness.root / "film.mkv", b"film")
        other = harness.other_disk()
        with pytest.raises(CrossDeviceError, match="copy"):
            await harness.create().hard_link(source, other / "film.mkv")
        assert harness.list_paths(other) == []

    @pytest.mark.parametrize("name", ["copy", "move"])
    async def test_copy_and_move_go_across_disks(self, harness: FileSystemHarness, name: str) -> None:
        """The whole content arrives on the other disk; a move takes the source away only then."""
        content = bytes(range(256)) * 1000
        source = harness.write(harness.root / "film.mkv", content)
        target = harness.other_disk() / "library" / "film.mkv"
        await _method(harness, name)(source, target)
        assert harness.read(target) == content
        assert harness.read(source) == (content if name == "copy" else None)

    @pytest.mark.parametrize("name", ["copy", "move"])
    async def test_a_full_disk_leaves_nothing_behind(self, harness: FileSystemHarness, name: str) -> None:
        """Without room the source stays whole, and no part of the file is left on the disk."""
        content = b"x" * 600_000
        source = harness.write(harness.root / "film.mkv", content)
        disk = harness.small_disk()
        with pytest.raises(DiskFullError, match="film"):
            await _method(harness, name)(source, disk / "library" / "film.mkv")
        assert harness.read(source) == content
        assert harness.list_paths(disk) == []

    async def test_a_read_only_target_is_left_alone(self, harness: FileSystemHarness, change: str) -> None:
        """A folder that may not be written to is an error of its own."""
        disk = harness.read_only_disk("held.mkv", b"held")
        source = disk / "held.mkv" if change == "hard_link" else harness.write(harness.root / "film.mkv", b"film")
        with pytest.raises(ReadOnlyError):
            await _method(harness, change)(source, disk / "new.mkv")
        assert harness.list_paths(disk) == [disk / "held.mkv"]

    async def test_a_move_off_a_read_only_disk_changes_nothing(self, harness: FileSystemHarness) -> None:
        """A file that cannot be removed is not moved by half."""
        disk = harness.read_only_disk("held.mkv", b"held")
        target = harness.root / "library" / "held.mkv"
        with pytest.raises(ReadOnlyError):
            await harness.create().move(disk / "held.mkv", target)
        assert harness.read(disk / "held.mkv") == b"held"
        assert harness.read(target) is None

    async def test_nothing_is_made_on_a_disk_that_is_not_there(self, harness: FileSystemHarness, change: str) -> None:
        """An unmounted library is an error; its folder is not made on the disk below."""
        source = harness.write(harness.root / "film.mkv", b"film")
        missing = harness.missing_disk()
        with pytest.raises(PathMissingError):
            await _method(harness, change)(source, missing / "Film (2019)" / "film.mkv")
        assert harness.read(source) == b"film"

    # Finding out beforehand.

    async def test_knows_whether_a_link_would_work(self, harness: FileSystemHarness) -> None:
        """It is found out by trying, also for a folder yet to be made, and leaves nothing behind."""
        system = harness.create()
        source = harness.write(harness.root / "in" / "film.mkv", b"film").parent
        kept = harness.write(harness.root / "library" / "kept.mkv", b"kept")
        assert await system.can_hard_link(source, kept.parent) is True
        assert await system.can_hard_link(source, kept.parent / "Film (2019)" / "new") is True
        assert set(harness.list_paths(harness.root)) == {source / "film.mkv", kept}

    async def test_knows_that_a_link_would_not_work(self, harness: FileSystemHarness) -> None:
        """Two disks, or one that may not be written to, give a plain no."""
        system = harness.create()
        source = harness.write(harness.root / "in" / "film.mkv", b"film").parent
        other = harness.other_disk()
        assert await system.can_hard_link(source, other) is False
        disk = harness.read_only_disk("held.mkv", b"held")
        assert await system.can_hard_link(disk, disk) is False
        assert harness.list_paths(other) == []
        assert harness.list_paths(disk) == [disk / "held.mkv"]

    async def test_cannot_try_a_link_on_a_missing_disk(self, harness: FileSystemHarness) -> None:
        """Whether a link works on a disk that is not there is unknown, not no."""
        missing = harness.missing_disk()
        with pytest.raises(PathMissingError):
            await harness.create().can_hard_link(harness.root, missing)

    async def test_tells_the_room_that_is_left(self, harness: FileSystemHarness) -> None:
        """Free bytes are told for a folder that is there and for one that would be; unknown is None."""
        system = harness.create()
        disk = harness.small_disk()
        free = await system.free_space(disk)
        assert free is not None
        assert 0 < free < 512 * 1024
        assert await system.free_space(disk / "Film (2019)" / "new") == free
        assert await system.free_space(harness.missing_disk()) is None


def _method(harness: FileSystemHarness, name: str) -> Change:
    method: Change = getattr(harness.create(), name)
    return method
