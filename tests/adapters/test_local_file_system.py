"""Real disks, beyond the port's contract: errors, crashes, cancelling, odd files, and what a link costs."""

import asyncio
import errno
import fcntl
import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from radarr_adapters.file_systems.local import copying, disk, plugin
from radarr_adapters.file_systems.local.client import LocalFileSystem
from radarr_adapters.file_systems.local.wire import ERRORS, LINK_REFUSALS, error_from_os
from radarr_core.errors import (
    ConfigurationError,
    CrossDeviceError,
    DiskFullError,
    FileSystemError,
    PathMissingError,
    ReadOnlyError,
    TargetExistsError,
)
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.testing.fakes.clock import ManualClock
from tests.mounts import Mounts


@pytest.fixture
def system() -> LocalFileSystem:
    """The file system under test."""
    return LocalFileSystem()


@pytest.fixture
def mounts(tmp_path: Path) -> Iterator[Mounts]:
    """Disks for a test, gone after it."""
    mounted = Mounts(tmp_path)
    yield mounted
    mounted.close()


def write(path: Path, content: bytes = b"film") -> Path:
    """Put a file there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def create(settings: dict[str, object]) -> object:
    """The adapter as a configuration makes it."""
    registry = build_registry([("test", plugin)])
    context = AdapterContext(name="disks", clock=ManualClock())
    return registry.create(PortKind.FILE_SYSTEM, "local", settings, context, where="file_system", environ={})


def test_is_made_from_configuration() -> None:
    """It needs no setting, and a root has to be an absolute path."""
    assert isinstance(create({}), LocalFileSystem)
    assert isinstance(create({"roots": ["/movies"]}), LocalFileSystem)
    with pytest.raises(ConfigurationError, match=r"file_system.*absolute.*movies"):
        create({"roots": ["movies"]})


# The table of errors.

EXPECTED = {
    "ENOENT": PathMissingError,
    "ENODEV": PathMissingError,
    "ENXIO": PathMissingError,
    "ENOTCONN": PathMissingError,
    "ESTALE": PathMissingError,
    "EEXIST": TargetExistsError,
    "ENOTEMPTY": TargetExistsError,
    "ENOSPC": DiskFullError,
    "EDQUOT": DiskFullError,
    "EROFS": ReadOnlyError,
    "EACCES": ReadOnlyError,
    "EPERM": ReadOnlyError,
    "EXDEV": CrossDeviceError,
}


def test_every_error_of_the_system_has_its_own_of_the_library() -> None:
    """No number the system can answer with comes through as it is; each names path, adapter and remedy."""
    assert {errno.errorcode[number] for number in ERRORS} == set(EXPECTED)
    for number, name in errno.errorcode.items():
        error = error_from_os(OSError(number, os.strerror(number)), Path("/library/film.mkv"), adapter="disks")
        assert type(error) is EXPECTED.get(name, FileSystemError), name
        assert "disks: '/library/film.mkv'" in str(error)
        assert os.strerror(number) in str(error)


def test_looking_is_never_refused_for_want_of_writing() -> None:
    """A folder that may not be read is no read-only folder."""
    for number in (errno.EACCES, errno.EPERM):
        error = error_from_os(OSError(number, "no"), Path("/x"), adapter="disks", looking=True)
        assert type(error) is FileSystemError


@pytest.mark.parametrize("number", sorted({*LINK_REFUSALS, errno.EPERM}))
async def test_where_links_do_not_work_the_caller_may_copy(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Every way a system has of refusing a link is the one error that a copy is the answer to."""
    _break_links(monkeypatch, number)
    with pytest.raises(CrossDeviceError, match="copy it instead") as caught:
        await system.hard_link(write(tmp_path / "film.mkv"), tmp_path / "new" / "film.mkv")
    assert isinstance(caught.value.__cause__, OSError)
    assert not (tmp_path / "new").exists(), "the folder made for it is gone again"
    assert await system.can_hard_link(tmp_path, tmp_path) is False


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
@pytest.mark.parametrize("name", ["copy", "move"])
async def test_copies_and_moves_where_links_do_not_work(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, name: str
) -> None:
    """A disk without hard links can be copied and moved to, and nothing is overwritten there either."""
    _break_links(monkeypatch, number)
    source, target = write(tmp_path / "film.mkv"), tmp_path / "new" / "film.mkv"
    await getattr(system, name)(source, target)
    assert target.read_bytes() == b"film"
    assert source.exists() is (name == "copy")
    assert list((tmp_path / "new").iterdir()) == [target]
    with pytest.raises(TargetExistsError):
        await getattr(system, name)(write(tmp_path / "other.mkv", b"other"), target)
    assert target.read_bytes() == b"film"


def _break_links(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)


async def test_a_path_that_cannot_be_one_is_an_error_like_others(system: LocalFileSystem, tmp_path: Path) -> None:
    """NUL and what cannot be encoded never come through as Python's own errors."""
    source = write(tmp_path / "film.mkv")
    for name in ("a\0b", "\ud800"):
        with pytest.raises(FileSystemError, match="cannot be a path"):
            await system.hard_link(source, tmp_path / name)
        with pytest.raises(FileSystemError):
            await system.list_files(tmp_path / name)
        assert await system.is_same_file(tmp_path / name, source) is False
        free = await system.free_space(tmp_path / name / "x")
        assert free is None or free > 0


# Mounts.


async def test_a_bind_mount_is_another_file_system_to_links(
    system: LocalFileSystem, tmp_path: Path, mounts: Mounts
) -> None:
    """Two mounts of one disk have the same device number, and still no link goes from one to the other."""
    source = write(tmp_path / "downloads" / "film.mkv")
    (tmp_path / "library").mkdir()
    bound = mounts.bind("library", tmp_path / "library")
    assert source.stat().st_dev == bound.stat().st_dev
    assert await system.can_hard_link(source.parent, bound) is False
    assert await system.can_hard_link(source.parent, tmp_path / "library") is True
    with pytest.raises(CrossDeviceError):
        await system.hard_link(source, bound / "film.mkv")
    await system.move(source, bound / "film.mkv")
    assert (tmp_path / "library" / "film.mkv").read_bytes() == b"film"
    assert not source.exists()


async def test_a_disk_that_fills_up_while_copying_is_left_clean(
    system: LocalFileSystem, tmp_path: Path, mounts: Mounts
) -> None:
    """After a copy that did not fit, a smaller one fits: nothing of the first was left."""
    small = mounts.tmpfs("small", size="8m")
    big = write(tmp_path / "big.mkv", b"x" * 9_000_000)
    with pytest.raises(DiskFullError):
        await system.copy(big, small / "Film (2019)" / "big.mkv")
    assert list(small.iterdir()) == []
    await system.copy(write(tmp_path / "fits.mkv", b"x" * 7_000_000), small / "fits.mkv")
    assert (small / "fits.mkv").stat().st_size == 7_000_000


# Files as they are.


async def test_a_copy_keeps_time_and_permissions(system: LocalFileSystem, tmp_path: Path) -> None:
    """The time of change and the permissions come along; the bits that make programs powerful do not."""
    source = write(tmp_path / "film.mkv")
    source.chmod(0o4751)
    os.utime(source, ns=(1_500_000_000_123_456_789, 1_400_000_000_987_654_321))
    await system.copy(source, tmp_path / "copied.mkv")
    facts = (tmp_path / "copied.mkv").stat()
    assert facts.st_mtime_ns == 1_400_000_000_987_654_321
    assert facts.st_mode & 0o7777 == 0o751


async def test_symbolic_links_are_no_files(system: LocalFileSystem, tmp_path: Path) -> None:
    """A torrent may hold links to anywhere; they are neither found, nor listed, nor placed in the library."""
    secret = write(tmp_path / "secret" / "passwd")
    downloads = tmp_path / "downloads"
    real = write(downloads / "real.mkv")
    (downloads / "link.mkv").symlink_to(secret)
    (downloads / "folder").symlink_to(secret.parent)
    (downloads / "loop").symlink_to(downloads)
    assert [entry.path for entry in await system.list_files(downloads)] == [real]
    assert await system.find_file(downloads / "link.mkv") is None
    assert await system.list_files(downloads / "link.mkv") == ()
    for method in (system.hard_link, system.copy, system.move):
        with pytest.raises(FileSystemError, match="no regular file"):
            await method(downloads / "link.mkv", tmp_path / "library" / "film.mkv")
    assert not (tmp_path / "library").exists()


async def test_a_library_behind_a_symbolic_link_is_a_library(system: LocalFileSystem, tmp_path: Path) -> None:
    """A folder the caller names may be a link; listing it as empty would look as if all films were gone."""
    write(tmp_path / "real" / "film.mkv")
    (tmp_path / "library").symlink_to(tmp_path / "real")
    entries = await system.list_files(tmp_path / "library")
    assert [entry.path for entry in entries] == [tmp_path / "library" / "film.mkv"]


async def test_pipes_and_sockets_are_not_waited_for(system: LocalFileSystem, tmp_path: Path) -> None:
    """A named pipe is no file, and nothing hangs on it."""
    os.mkfifo(tmp_path / "film.mkv")
    assert await system.list_files(tmp_path) == ()
    assert await system.find_file(tmp_path / "film.mkv") is None
    with pytest.raises(FileSystemError, match="no regular file"):
        await asyncio.wait_for(system.copy(tmp_path / "film.mkv", tmp_path / "copied.mkv"), 5)


async def test_a_folder_that_cannot_be_read_is_no_empty_folder(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that failed is an error, also when it failed half way down."""
    write(tmp_path / "a" / "film.mkv")
    write(tmp_path / "b" / "film.mkv")
    real = os.scandir

    def scandir(path: Path) -> object:
        if path == tmp_path / "b":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    monkeypatch.setattr(disk.os, "scandir", scandir)
    with pytest.raises(FileSystemError, match="Permission denied"):
        await system.list_files(tmp_path)


async def test_a_file_that_cannot_go_is_not_copied_first(
    system: LocalFileSystem, tmp_path: Path, mounts: Mounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A move off a read-only disk is refused before gigabytes are copied for nothing."""
    fixed = mounts.tmpfs("fixed", size="1m")
    source = write(fixed / "film.mkv")
    mounts.make_read_only(fixed)
    monkeypatch.setattr(disk, "copy_file", lambda *_, **__: pytest.fail("it was copied"))
    with pytest.raises(ReadOnlyError):
        await system.move(source, tmp_path / "library" / "film.mkv")


# Half done.


async def test_a_move_whose_source_stays_is_undone(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the old name cannot be taken away, the new one goes again."""
    source = write(tmp_path / "in" / "film.mkv")
    real = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path == source:
            raise PermissionError(errno.EACCES, "Permission denied")
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(ReadOnlyError):
        await system.move(source, tmp_path / "library" / "film.mkv")
    assert source.read_bytes() == b"film"
    assert not (tmp_path / "library").exists()


def _slow_copy(monkeypatch: pytest.MonkeyPatch, on_chunk: Callable[[int], None]) -> None:
    """Copy in chunks of a few bytes, and tell of each."""
    monkeypatch.setattr(copying, "_CHUNK", 4)
    done = 0

    def copy_by_kernel(reading: int, writing: int) -> int:
        nonlocal done
        done += 1
        on_chunk(done)
        return copying._copy_by_hand(reading, writing)

    monkeypatch.setattr(copying, "_copy_by_kernel", copy_by_kernel)


@pytest.mark.parametrize("name", ["copy", "move"])
async def test_a_cancelled_copy_leaves_nothing_and_nothing_goes_on(
    system: LocalFileSystem, tmp_path: Path, mounts: Mounts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Once the cancelled call has ended its thread has too, the part is removed, and the source is whole."""
    other = mounts.tmpfs("other", size="1m")
    source = write(tmp_path / "film.mkv", b"x" * 4000)
    started = asyncio.Event()
    loop = asyncio.get_running_loop()
    chunks: list[int] = []

    def on_chunk(count: int) -> None:
        chunks.append(count)
        if count == 3:
            loop.call_soon_threadsafe(started.set)
        time.sleep(0.002)

    _slow_copy(monkeypatch, on_chunk)
    task = asyncio.create_task(getattr(system, name)(source, other / "library" / "film.mkv"))
    await started.wait()
    assert [path.stat().st_size > 0 for path in (other / "library").iterdir()] == [True], "it is being made"
    assert not (other / "library" / "film.mkv").exists(), "it has its name only once it is complete"
    assert await system.list_files(other) == (), "a copy that is being made is no file yet"
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    seen = len(chunks)
    assert 0 < seen < 1000
    assert list(other.iterdir()) == []
    assert source.read_bytes() == b"x" * 4000
    del task
    gc.collect()  # an error nobody looked at would be reported here
    assert len(chunks) == seen


async def test_a_cancelled_link_has_happened_or_not(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link under way is finished before the cancelled call ends."""
    source, target = write(tmp_path / "film.mkv"), tmp_path / "linked.mkv"
    started = asyncio.Event()
    loop = asyncio.get_running_loop()
    real = os.link

    def link(*arguments: Path) -> None:
        loop.call_soon_threadsafe(started.set)
        time.sleep(0.05)
        real(*arguments)

    monkeypatch.setattr(disk.os, "link", link)
    task = asyncio.create_task(system.hard_link(source, target))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert target.samefile(source)


async def test_a_copy_that_was_killed_is_taken_over(system: LocalFileSystem, tmp_path: Path) -> None:
    """A killed process leaves a part nobody lists, and the next copy to the same name replaces it."""
    source = write(tmp_path / "film.mkv", b"film" * 1000)
    target = tmp_path / "library" / "film.mkv"
    target.parent.mkdir()
    program = """
import os, signal, sys
from pathlib import Path
from radarr_adapters.file_systems.local import copying
copying._CHUNK = 100
copying.copy_file(Path(sys.argv[1]), Path(sys.argv[2]), is_stopped=lambda: os.kill(os.getpid(), signal.SIGKILL))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", program, source, target, env=environment)
    assert await asyncio.wait_for(child.wait(), 60) == -9
    assert len(list(target.parent.iterdir())) == 1
    assert await system.list_files(target.parent) == ()
    await system.copy(source, target)
    assert list(target.parent.iterdir()) == [target]
    assert target.read_bytes() == b"film" * 1000


async def test_two_copies_to_one_name_never_mix(system: LocalFileSystem, tmp_path: Path) -> None:
    """One of them arrives whole, and the others are told that the name is taken."""
    sources = [write(tmp_path / f"{n}.mkv", bytes([n]) * 3_000_000) for n in range(6)]
    target = tmp_path / "library" / "film.mkv"
    answers = await asyncio.gather(*(system.copy(source, target) for source in sources), return_exceptions=True)
    assert answers.count(None) == 1
    assert all(isinstance(answer, TargetExistsError) for answer in answers if answer is not None)
    assert target.read_bytes() == sources[answers.index(None)].read_bytes()
    assert list(target.parent.iterdir()) == [target]


async def test_a_copy_under_way_is_not_taken_over(system: LocalFileSystem, tmp_path: Path) -> None:
    """A part that is locked belongs to somebody, and stays."""
    source, target = write(tmp_path / "film.mkv"), tmp_path / "new.mkv"
    names: list[Path] = []
    await system.copy(source, target)
    target.unlink()
    real = os.open

    def note(path: Path, *arguments: int) -> int:
        names.append(Path(path))
        return real(path, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying.os, "open", note)
        await system.copy(source, target)
    target.unlink()
    partial = next(name for name in names if copying.is_partial(name.name))
    with partial.open("wb") as held:
        held.write(b"theirs")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(TargetExistsError, match="under way"):
            await system.copy(source, target)
    assert partial.read_bytes() == b"theirs"


async def test_a_source_that_changes_while_it_is_copied_is_not_taken_for_whole(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is still being written is an error, and gives no short film in the library."""
    source = write(tmp_path / "film.mkv", b"x" * 100)
    _slow_copy(monkeypatch, lambda count: source.write_bytes(b"x" * 10) and None if count == 5 else None)
    with pytest.raises(FileSystemError, match="changed while it was copied"):
        await system.copy(source, tmp_path / "library" / "film.mkv")
    assert not (tmp_path / "library").exists()


async def test_copies_where_the_kernel_cannot(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without help of the kernel the bytes are read and written."""

    def refuse(*_: int) -> int:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "copy_file_range", refuse)
    source = write(tmp_path / "film.mkv", os.urandom(100_000))
    await system.copy(source, tmp_path / "copied.mkv")
    assert (tmp_path / "copied.mkv").read_bytes() == source.read_bytes()


async def test_every_new_name_is_written_down(
    system: LocalFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of each new name is synced, and those of new folders too, before the call ends."""
    synced: list[Path] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        real(descriptor)

    monkeypatch.setattr(copying.os, "fsync", fsync)
    source = write(tmp_path / "film.mkv")
    await system.hard_link(source, tmp_path / "a" / "b" / "linked.mkv")
    assert synced == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]
    synced.clear()
    await system.copy(source, tmp_path / "a" / "copied.mkv")
    assert [path.parent if copying.is_partial(path.name) else path for path in synced] == [tmp_path / "a"] * 2
    synced.clear()
    await system.move(source, tmp_path / "a" / "moved.mkv")
    assert synced == [tmp_path / "a", tmp_path]


async def test_a_link_costs_little_more_than_a_link(system: LocalFileSystem, tmp_path: Path) -> None:
    """One hop into a thread is all that is added to the link and the sync; bounded loosely, since machines differ."""
    source = write(tmp_path / "film.mkv")

    def bare(target: Path) -> None:
        os.link(source, target)
        descriptor = os.open(tmp_path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    ours, theirs = [], []
    for place in range(30):
        begun = time.perf_counter()
        bare(tmp_path / f"bare-{place}")
        theirs.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        await system.hard_link(source, tmp_path / f"ours-{place}")
        ours.append(time.perf_counter() - begun)
    added = statistics.median(ours) - statistics.median(theirs)
    assert added < max(0.005, statistics.median(theirs)), f"{added * 1000:.3f} ms added"
