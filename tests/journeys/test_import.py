"""Importing a finished download: exactly once, old or new, never half, and every obstacle with its reason."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

import pytest
from attrs import evolve

from radarr_core import Governor, PlacementMode
from radarr_core.domain.downloads import BlockCause, DownloadItem, Grab, GrabState
from radarr_core.domain.events import DownloadFailed, ImportWaits, MovieFileImported, ReleaseMislabelled
from radarr_core.domain.naming import DEFAULT_FILE_TEMPLATE, NamingTemplate
from radarr_core.errors import ServiceUnavailableError, UnreadableMediaError
from radarr_core.services import recover as recovering
from radarr_core.services.import_download import import_download
from radarr_core.testing.fakes.file_system import Device, InMemoryFileSystem

from .world import BETTER, DOWNLOADS, GOOD, KEY, LIBRARY, Killed, KillSwitch, World, make_proof

PLAIN = NamingTemplate("{Movie Title} ({Release Year})")
FOLDER = PurePath("The Glass Harbor (2024)")
FILE = FOLDER / "The Glass Harbor (2024) WEBDL-1080p.mkv"
BETTER_FILE = FOLDER / "The Glass Harbor (2024) Bluray-1080p.mkv"


async def test_a_finished_download_is_linked_named_and_remembered() -> None:
    """The library's file is the download's file under the name the template gives it, and the claim is kept whole."""
    world = World()
    result = await world.run()
    assert world.library() == [FILE]
    assert await world.files.is_same_file(LIBRARY / FILE, DOWNLOADS / GOOD / "film.mkv")
    held = await world.held()
    assert held is not None
    assert (held.claim.original, held.proof, held.path) == (GOOD, make_proof(), LIBRARY / FILE)
    assert result.grab.state is GrabState.IMPORTED
    (event,) = await world.events(MovieFileImported)
    assert (event.path, event.mode, event.correlation_id) == (LIBRARY / FILE, "hard-link", "search")


async def test_importing_twice_imports_once() -> None:
    """However often a finished download is seen, it enters the library once."""
    world = World()
    grab, item = await world.finish_download(GOOD)
    await import_download(world.context(), grab, item)
    again = await import_download(world.context(), grab, item)
    assert again.file is not None
    assert len(await world.events(MovieFileImported)) == 1


@pytest.mark.parametrize(
    ("content", "file", "answer", "reason"),
    [
        (b"", "film.mkv", UnreadableMediaError("'film.mkv' is empty"), "empty"),
        (b"text", "film.mkv", UnreadableMediaError("'film.mkv' holds no picture"), "no picture"),
        (b"film", "film.mkv", make_proof(seconds=599.0), "sample of the film"),
        (b"MZ", "setup.exe", make_proof(), "a program and no video"),
        (b"rar", "film.rar", make_proof(), "an archive and no video"),
        (b"text", "readme.txt", make_proof(), "no video file"),
    ],
)
async def test_what_is_no_film_fails_and_is_never_taken_again(
    content: bytes, file: str, answer: object, reason: str
) -> None:
    """A download that holds no film is given up with its reason; its data is left alone, its release blocked."""
    world = World()
    world.probe.script("film.mkv", answer)  # type: ignore[arg-type]
    result = await world.run(content=content, file=file)
    assert result.grab.state is GrabState.FAILED
    assert reason in (result.reason or "")
    assert world.library() == []
    assert world.files.read(DOWNLOADS / GOOD / file) == content
    (event,) = await world.events(DownloadFailed)
    assert reason in event.reason
    async with world.storage.begin() as work:
        (blocked,) = await work.blocks.list_all()
    assert (blocked.target, blocked.title, blocked.cause) == (KEY, GOOD, BlockCause.NO_FILM)


async def test_the_film_is_found_among_samples_and_extras() -> None:
    """The largest video that is neither sample nor extra is the film."""
    world = World()
    grab, item = await world.finish_download(GOOD, content=b"film" * 50)
    world.files.write(DOWNLOADS / GOOD / "Sample" / "big-sample.mkv", b"s" * 900)
    world.files.write(DOWNLOADS / GOOD / "film-trailer.mkv", b"t" * 800)
    world.files.write(DOWNLOADS / GOOD / "readme.nfo", b"n" * 9000)
    await import_download(world.context(), grab, item)
    assert world.files.read(LIBRARY / FILE) == b"film" * 50


def two_disks(**movies: object) -> InMemoryFileSystem:
    """Downloads on one disk, the library on another."""
    return InMemoryFileSystem({"/data": Device(), LIBRARY: Device(**movies)})  # type: ignore[arg-type]


async def test_across_disks_nothing_is_copied_unless_told_to() -> None:
    """A hard link that is impossible waits for a person, with what to do about it."""
    world = World(files=two_disks())
    result = await world.run()
    assert result.grab.state is GrabState.WAITING
    assert "hard-link-or-copy" in (result.reason or "")
    assert world.library() == []


@pytest.mark.parametrize("placement", [PlacementMode.HARD_LINK_OR_COPY, PlacementMode.COPY])
async def test_across_disks_a_copy_is_made_when_told_to(placement: PlacementMode) -> None:
    """Copying is a choice."""
    world = World(files=two_disks(), placement=placement)
    await world.run(content=b"film" * 10)
    assert world.files.read(LIBRARY / FILE) == b"film" * 10
    assert world.files.read(DOWNLOADS / GOOD / "film.mkv") == b"film" * 10


async def test_a_full_disk_waits_for_a_person_and_goes_on_when_there_is_room() -> None:
    """Nothing is lost by a full disk: the download waits, and is imported at the next try."""
    files = two_disks(capacity=100)
    world = World(files=files, placement=PlacementMode.COPY)
    grab, item = await world.finish_download(GOOD, content=b"x" * 101)
    result = await import_download(world.context(), grab, item)
    assert result.grab.state is GrabState.WAITING
    assert world.library() == []
    files.devices[LIBRARY].capacity = 1000
    done = await import_download(world.context(), result.grab, item)
    assert done.file is not None
    assert world.library() == [FILE]


async def test_a_read_only_library_waits_for_a_person() -> None:
    """A disk that may not be written to is told as what it is."""
    world = World()
    grab, item = await world.finish_download(GOOD)
    world.files.devices[Path("/data")].read_only = True
    result = await import_download(world.context(), grab, item)
    assert result.grab.state is GrabState.WAITING
    assert "read-only" in (result.reason or "")
    (event,) = await world.events(ImportWaits)
    assert event.reason == result.reason


async def test_a_library_that_is_not_mounted_is_not_an_empty_one() -> None:
    """No folder is made where a disk should be."""
    world = World(files=two_disks())
    grab, item = await world.finish_download(GOOD)
    world.files.devices[LIBRARY].mounted = False
    result = await import_download(world.context(), grab, item)
    assert result.grab.state is GrabState.WAITING
    assert "mounted" in (result.reason or "")


async def test_a_strangers_file_of_that_name_is_never_touched() -> None:
    """The target's name is taken by a file we know nothing of: a person decides."""
    world = World()
    world.files.write(LIBRARY / FILE, b"somebody's own")
    result = await world.run()
    assert result.grab.state is GrabState.WAITING
    assert "is another file" in (result.reason or "")
    assert world.files.read(LIBRARY / FILE) == b"somebody's own"
    assert world.retired() == []


async def test_the_same_obstacle_is_told_once() -> None:
    """Trying again and failing the same way is no news."""
    world = World()
    world.files.write(LIBRARY / FILE, b"somebody's own")
    grab, item = await world.finish_download(GOOD)
    result = await import_download(world.context(), grab, item)
    await import_download(world.context(), result.grab, item)
    assert len(await world.events(ImportWaits)) == 1


async def test_a_better_file_replaces_the_old_one_which_is_kept_aside() -> None:
    """The new file is in place before the old one goes, and the old one can be fetched back."""
    world = World()
    await world.run(GOOD, content=b"old")
    await world.run(BETTER, content=b"new")
    assert world.library() == [BETTER_FILE]
    assert world.files.read(LIBRARY / BETTER_FILE) == b"new"
    (aside,) = world.retired()
    assert world.files.read(LIBRARY / ".recycle" / aside) == b"old"
    imported = await world.events(MovieFileImported)
    assert imported[-1].replaced == LIBRARY / FILE


async def test_a_file_that_takes_the_very_name_of_the_old_one_replaces_it() -> None:
    """An upgrade whose name does not change never leaves the slot without a file."""
    world = World(file_template=PLAIN)
    await world.run(GOOD, content=b"old")
    await world.run(BETTER, content=b"new")
    (path,) = world.library()
    assert path == FOLDER / "The Glass Harbor (2024).mkv"
    assert world.files.read(LIBRARY / path) == b"new"
    assert len(world.retired()) == 1


async def test_what_is_no_better_by_now_is_given_up_but_not_blocked() -> None:
    """The slot may have been filled otherwise since the grab; nothing is replaced then, and nothing held against it."""
    world = World()
    await world.run(BETTER, content=b"better")
    result = await world.run(GOOD, content=b"worse")
    assert result.grab.state is GrabState.FAILED
    assert "ranks higher" in (result.reason or "")
    assert world.files.read(LIBRARY / BETTER_FILE) == b"better"
    async with world.storage.begin() as work:
        assert await work.blocks.list_all() == ()


async def test_the_governor_stops_a_plan_that_removes_too_much() -> None:
    """What would take more files out of the library than allowed waits for a person, untouched."""
    world = World(governor=Governor(max_removals=0))
    await world.run(GOOD, content=b"old")
    result = await world.run(BETTER, content=b"new")
    assert result.grab.state is GrabState.WAITING
    assert "may go without asking" in (result.reason or "")
    assert world.files.read(LIBRARY / FILE) == b"old"


async def test_a_file_that_proves_less_than_its_name_is_shown_and_its_release_blocked() -> None:
    """A mislabelled file is imported for what it is, and never grabbed again under that name."""
    world = World()
    world.probe.script("film.mkv", make_proof(height=720))
    result = await world.run(BETTER)
    assert result.file is not None
    (event,) = await world.events(ReleaseMislabelled)
    assert (event.claimed, event.proved) == ("Bluray-1080p", "Bluray-720p")
    async with world.storage.begin() as work:
        (blocked,) = await work.blocks.list_all()
    assert blocked.cause is BlockCause.MISLABELLED


async def test_an_error_while_the_old_file_goes_puts_everything_back() -> None:
    """When a plan fails half way, the old file is in its place and the new one's name is out of the library."""
    world = World(files=InMemoryFileSystem({"/data": Device(), LIBRARY / ".recycle": Device(read_only=True)}))
    await world.run(GOOD, content=b"old")
    result = await world.run(BETTER, content=b"new")
    assert result.grab.state is GrabState.WAITING
    assert world.files.read(LIBRARY / FILE) == b"old"


async def prepare(held: str | None, new: str, **settings: Any) -> tuple[World, Grab, DownloadItem]:
    """A world that may hold an old file, with the download of a new one."""
    world = World(**settings)
    if held:
        await world.run(held, content=b"old")
    return world, *await world.finish_download(new, content=b"new")


async def count_moments(held: str | None, new: str, **settings: Any) -> int:
    """How many moments there are at which an import could die."""
    switch = KillSwitch()
    world, grab, item = await prepare(held, new, **settings)
    await import_download(world.context(switch), grab, item)
    return switch.moments


@pytest.mark.parametrize(
    ("held", "template"),
    [(None, DEFAULT_FILE_TEMPLATE), (GOOD, DEFAULT_FILE_TEMPLATE), (GOOD, PLAIN)],
    ids=["first", "upgrade", "upgrade of the same name"],
)
@pytest.mark.parametrize("placement", [PlacementMode.HARD_LINK, PlacementMode.COPY])
async def test_killed_at_any_moment_the_library_holds_old_or_new_and_the_next_process_finishes(
    held: str | None, template: NamingTemplate, placement: PlacementMode
) -> None:
    """Wherever the process dies, a whole file is in the library, and after a restart it was imported exactly once."""
    settings = {"placement": placement, "file_template": template}
    moments = await count_moments(held, BETTER, **settings)
    assert moments > 10
    for moment in range(1, moments + 1):
        world, grab, item = await prepare(held, BETTER, **settings)
        with pytest.raises(Killed):
            await import_download(world.context(KillSwitch(at=moment)), grab, item)
        there = {world.files.read(LIBRARY / path) for path in world.library()}
        assert there <= {b"old", b"new"}
        assert there or not held, f"nothing was left at moment {moment}"
        await world.run_again(grab, item)
        assert [world.files.read(LIBRARY / path) for path in world.library()] == [b"new"], f"moment {moment}"
        assert len(await world.events(MovieFileImported)) == (2 if held else 1), f"moment {moment}"
        file = await world.held()
        assert file is not None
        assert world.files.read(Path(file.path)) == b"new"
        async with world.storage.begin() as work:
            assert await work.plans.list_unfinished() == ()


async def test_an_interrupted_import_is_finished_although_the_download_is_gone() -> None:
    """What is linked already belongs to the library, also when the client threw its own name away meanwhile."""
    world = World()
    grab, item = await world.finish_download(GOOD)
    total = await count_moments(None, GOOD)
    for moment in range(total, 0, -1):
        world = World()
        grab, item = await world.finish_download(GOOD)
        with pytest.raises(Killed):
            await import_download(world.context(KillSwitch(at=moment)), grab, item)
        if world.library():
            world.files.remove(DOWNLOADS / GOOD / "film.mkv")
            await world.run_again(grab, item)
            assert await world.held() is not None
            assert world.library() == [FILE]


async def die_halfway(world: World) -> tuple[Grab, DownloadItem]:
    """An import that died when its plan was written down, but nothing was linked yet."""
    grab, item = await world.finish_download(GOOD)
    for moment in range(1, await count_moments(None, GOOD) + 1):
        with pytest.raises(Killed):
            await import_download(world.context(KillSwitch(at=moment)), grab, item)
        async with world.storage.begin() as work:
            if await work.plans.list_unfinished():
                return grab, item
    pytest.fail("no plan was ever written down")


async def test_a_plan_that_cannot_be_resumed_now_is_kept_for_the_next_start(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It keeps no pipeline from starting, and its grab from nothing but being taken for one that has no plan."""
    world = World()
    await die_halfway(world)

    async def fail(*_: Any) -> Any:
        raise ServiceUnavailableError("the movies are away", adapter="in-memory")

    with monkeypatch.context() as patched:
        patched.setattr(recovering, "resume_import", fail)
        assert await recovering.recover(world.context()) == ()
    assert "could not be resumed; it is tried again at the next start" in caplog.text
    async with world.storage.begin() as work:
        assert [grab.state for grab in await work.grabs.list_in()] == [GrabState.IMPORTING]
        assert len(await work.plans.list_unfinished()) == 1
    (result,) = await recovering.recover(world.context())
    assert result.grab.state is GrabState.IMPORTED
    assert world.library() == [FILE]


async def test_an_import_that_left_no_plan_begins_anew() -> None:
    """Nothing of it was done, so the finished download is imported as if it had just been seen."""
    world = World()
    grab, item = await world.finish_download(GOOD)
    async with world.storage.begin() as work:
        await work.grabs.save(evolve(grab, state=GrabState.IMPORTING))
    assert await recovering.recover(world.context()) == ()
    async with world.storage.begin() as work:
        assert [one.state for one in await work.grabs.list_in()] == [GrabState.DOWNLOADING]
    await world.run_again(grab, item)
    assert world.library() == [FILE]
