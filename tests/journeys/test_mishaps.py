"""What can go wrong while the pipeline stays open: nothing is lost, stuck, taken twice or kept from the others."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from radarr_core import Governor, Imported, ImportWaiting, NothingAcceptable, Pipeline, PlacementMode, Policy, Slot
from radarr_core.domain.downloads import Grab, GrabState
from radarr_core.domain.events import DownloadFailed, MovieFileImported
from radarr_core.domain.movies import Movie
from radarr_core.domain.naming import NamingTemplate
from radarr_core.errors import BugError, ServiceUnavailableError, StorageBusyError, UnknownProfileError
from radarr_core.services.import_download import import_download
from radarr_core.services.removals import Removals
from radarr_core.testing.fakes.file_system import InMemoryFileSystem

from .test_pipeline import Stage
from .world import BETTER, DOWNLOADS, GOOD, LIBRARY, MOVIE, Killed, KillSwitch, World, make_proof

FILE = Path("The Glass Harbor (2024)") / "The Glass Harbor (2024) WEBDL-1080p.mkv"


class Gated(InMemoryFileSystem):
    """Disks on which a hard link takes until the gate opens."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.reached = asyncio.Event(), asyncio.Event()

    async def hard_link(self, source: Path, target: Path) -> None:
        """Wait at the gate."""
        self.reached.set()
        await self.gate.wait()
        await super().hard_link(source, target)


async def test_an_import_that_is_cancelled_half_way_is_taken_up_again() -> None:
    """Cancelling a film while it is being placed leaves nothing stuck: the next look finishes it, once."""
    files = Gated()
    stage = Stage(files=files)
    stage.offer()
    async with stage.pipeline() as pipeline:
        first = asyncio.ensure_future(stage.acquire(pipeline))
        await files.reached.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        files.gate.set()
        acquired, _ = await stage.acquire(pipeline)
    assert isinstance(acquired.outcome, Imported)
    assert len(await stage.events(MovieFileImported)) == 1


async def test_a_second_acquisition_follows_an_import_that_is_running() -> None:
    """Asking twice for one film gives one answer twice."""
    files = Gated()
    stage = Stage(files=files)
    stage.offer()
    async with stage.pipeline() as pipeline:
        first = asyncio.ensure_future(stage.acquire(pipeline))
        await files.reached.wait()
        second = asyncio.ensure_future(stage.acquire(pipeline))
        await asyncio.sleep(0)
        files.gate.set()
        outcomes = [(await task)[0].outcome for task in (first, second)]
    assert [type(outcome) for outcome in outcomes] == [Imported, Imported]
    assert len(await stage.events(MovieFileImported)) == 1


async def test_an_import_that_could_not_be_stored_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that was busy at the last moment costs another try, not the film."""
    stage = Stage()
    stage.offer()
    real, calls = stage.storage.begin, 0

    def begin() -> Any:
        nonlocal calls
        work = real()
        leave = work.__aexit__

        async def commit(kind: Any, error: Any, trace: Any) -> None:
            nonlocal calls
            if kind is None and LIBRARY / FILE in stage.files.list_paths() and (calls := calls + 1) == 1:
                failure = StorageBusyError("locked", adapter="memory")
                await leave(StorageBusyError, failure, None)
                raise failure
            await leave(kind, error, trace)

        class Busy:
            async def __aenter__(self) -> Any:
                return await work.__aenter__()

            async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
                await commit(kind, error, trace)

        return Busy()

    monkeypatch.setattr(stage.storage, "begin", begin)
    async with stage.pipeline() as pipeline:
        with pytest.raises(StorageBusyError):
            await stage.acquire(pipeline)
        acquired, _ = await stage.acquire(pipeline)
    assert isinstance(acquired.outcome, Imported)
    assert len(await stage.events(MovieFileImported)) == 1


async def test_two_slots_never_share_one_file() -> None:
    """Where the names of two versions are the same, the second waits for a person: else an upgrade would take both."""
    movie = evolve(MOVIE, slots=(Slot(profile="Test"), Slot(name="cinema", profile="Test")))
    stage = Stage(movie=movie)
    stage.offer()
    acquired = await stage.get()
    assert isinstance(acquired.outcomes["main"], Imported)  # type: ignore[index]
    waiting = acquired.outcomes["cinema"]  # type: ignore[index]
    assert isinstance(waiting, ImportWaiting)
    assert "belongs to the slot 'main'" in waiting.reason


async def test_a_profile_that_was_taken_away_never_keeps_the_pipeline_closed() -> None:
    """An interrupted import is finished although its profile is gone, and other films go on."""
    world = World()
    grab, item = await world.finish_download(GOOD)
    moments = KillSwitch()
    await import_download(World().context(moments), *await World().finish_download(GOOD))
    for moment in range(1, moments.moments + 1):
        world = World()
        grab, item = await world.finish_download(GOOD)
        with pytest.raises(Killed):
            await import_download(world.context(KillSwitch(at=moment)), grab, item)
        stage = Stage(files=world.files, storage=world.storage)
        pipeline = stage.pipeline()
        object.__setattr__(pipeline.context, "policy", Policy())
        async with pipeline:
            await pipeline.sync_feeds()


async def test_an_unknown_profile_is_a_typed_error_that_lists_the_known_ones() -> None:
    """A person who misspells a profile is told what there is."""
    stage = Stage(movie=evolve(MOVIE, slots=(Slot(profile="Tset"),)))
    async with stage.pipeline() as pipeline:
        with pytest.raises(UnknownProfileError, match="known are Test"):
            await pipeline.acquire(stage.movie)


async def test_a_slot_that_was_taken_away_waits_and_keeps_nobody_waiting() -> None:
    """A download for a version that is no longer wanted is told as such; the others are imported."""
    stage = Stage()
    grab, item = await stage.finish_download(GOOD)
    other = evolve(grab, target=evolve(grab.target, slot="cinema"), offer=evolve(grab.offer, title=BETTER))
    async with stage.storage.begin() as work:
        await work.grabs.save(other)
    stage.client.set_item(item)
    async with stage.pipeline() as pipeline:
        results = await pipeline.import_finished()
    assert sorted(result.grab.state for result in results) == [GrabState.IMPORTED, GrabState.WAITING]
    (waiting,) = (result for result in results if result.file is None)
    assert "no slot 'cinema'" in (waiting.reason or "")


async def tell_outcome(stage: Stage, pipeline: Pipeline) -> str:
    """How an acquisition ended, or the error of ours it ended with."""
    try:
        return str((await stage.acquire(pipeline))[0].outcome)
    except BugError as error:
        return str(error)


@pytest.mark.parametrize(
    ("port", "method"),
    [("indexer", "fetch_payload"), ("client", "add"), ("client", "find_downloads"), ("probe", "probe")],
)
async def test_whatever_an_adapter_raises_names_it_and_ends_nothing_else(
    port: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger's bug is an error of ours that names the adapter, and a running pipeline goes on."""
    stage = Stage()
    stage.offer()

    async def broken(*arguments: Any, **named: Any) -> Any:
        raise KeyError("oops")

    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        monkeypatch.setattr(getattr(stage, port), method, broken)
        assert "KeyError" in await tell_outcome(stage, pipeline)
        task = asyncio.ensure_future(pipeline.run())
        for _ in range(200):
            await asyncio.sleep(0)
        assert not task.done()
        task.cancel()


async def test_a_download_that_still_grows_is_taken_back_and_imported_when_it_is_whole() -> None:
    """What does not have the size it should have never keeps the film's name."""
    world = World(placement=PlacementMode.COPY)
    grab, item = await world.finish_download(GOOD, content=b"half")
    source = DOWNLOADS / GOOD / "film.mkv"
    probe = world.probe.probe

    async def grow(path: Path) -> Any:
        world.files.write(source, b"the whole film")
        return await probe(path)

    world.probe.probe = grow  # type: ignore[method-assign]
    result = await import_download(world.context(), grab, item)
    assert result.grab.state is GrabState.WAITING
    assert world.library() == []
    world.probe.probe = probe  # type: ignore[method-assign]
    again = await import_download(world.context(), result.grab, item)
    assert again.file is not None
    assert world.files.read(LIBRARY / FILE) == b"the whole film"


@pytest.mark.parametrize(
    "template", ["{Movie Title} ({Release Year}) {Quality Full}", "{Movie Title} ({Release Year})"]
)
async def test_a_long_title_in_any_script_can_be_upgraded(template: str) -> None:
    """Names are cut by bytes, as disks count, and keep their extension."""
    movie = Movie(title="ガ" * 75, year=2024, runtime_minutes=100, slots=MOVIE.slots, id=MOVIE.id)
    world = World(movie=movie, file_template=NamingTemplate(template))
    await world.run(GOOD, content=b"old")
    await world.run(BETTER, content=b"new")
    (path,) = world.library()
    (aside,) = world.retired()
    assert (world.files.read(LIBRARY / path), aside.suffix) == (b"new", ".mkv")


async def test_a_client_that_took_the_download_but_did_not_say_so_is_believed() -> None:
    """When another look found the download before the failure came, the grab stands."""
    stage = Stage()
    stage.offer()

    async with stage.pipeline() as pipeline:
        real = stage.client.add

        async def add(payload: Any) -> Any:
            await real(payload)
            async with stage.storage.begin() as work:
                (grab,) = await work.grabs.list_in(GrabState.REQUESTED)
            stage.finish(grab)
            await pipeline.import_finished()
            raise ServiceUnavailableError("too late", adapter="memory")

        stage.client.add = add  # type: ignore[method-assign]
        acquired, _ = await stage.acquire(pipeline)
    assert isinstance(acquired.outcome, Imported)
    assert (await stage.grab_states())[GOOD] is GrabState.IMPORTED


async def test_the_governor_counts_over_a_day() -> None:
    """The limit is on what one pipeline takes out of the library within a day, not on a single plan."""
    world, removals = World(governor=Governor(max_removals=1)), Removals()

    async def upgrade(number: int) -> GrabState:
        world.movie = Movie(title=f"Film {number}", year=2024, runtime_minutes=100, slots=MOVIE.slots)
        for source in ("WEB-DL", "BluRay"):
            grab, item = await world.finish_download(f"Film.{number}.2024.1080p.{source}.x264-G{number}")
            result = await import_download(world.context(), grab, item, removals)
        return result.grab.state

    assert [await upgrade(1), await upgrade(2)] == [GrabState.IMPORTED, GrabState.WAITING]
    world.clock.advance(86_400)
    assert await upgrade(3) is GrabState.IMPORTED


async def test_a_slots_own_folder_that_is_not_there_is_not_made() -> None:
    """What holds for the library's folder holds for every folder a slot may have."""
    stage = Stage(movie=evolve(MOVIE, slots=(Slot(profile="Test", folder="/not/mounted"),)))
    stage.offer()
    acquired = await stage.get()
    assert isinstance(acquired.outcome, ImportWaiting)
    assert "is its disk mounted?" in acquired.outcome.reason


async def test_iterating_over_an_acquisition_always_ends() -> None:
    """Cancelled before it began, or asked a second time: the iteration is over."""
    stage = Stage()
    stage.offer()
    async with stage.pipeline() as pipeline, asyncio.timeout(10):
        cancelled = pipeline.acquire(MOVIE)
        cancelled.cancel()
        assert [progress async for progress in cancelled] == []
        acquisition = pipeline.acquire(MOVIE)
        async for progress in acquisition:
            if hasattr(progress, "grab") and isinstance(progress.grab, Grab):
                stage.finish(progress.grab)
        assert [progress async for progress in acquisition] == []


async def test_why_a_finished_download_was_refused_is_said_at_once() -> None:
    """The outcome has the true reason, not that the download failed."""
    stage = Stage()
    stage.probe.script("film.mkv", make_proof(seconds=10.0))
    stage.offer()
    acquired = await stage.get()
    assert isinstance(acquired.outcome, NothingAcceptable)
    assert "a sample of the film" in acquired.outcome.reasons[0]
    assert len(await stage.events(DownloadFailed)) == 1


async def test_a_mislabelled_file_is_told_with_the_outcome() -> None:
    """Whoever waits for the film hears that it is not what it was sold as."""
    stage = Stage()
    stage.probe.script("film.mkv", make_proof(height=720))
    stage.offer()
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    assert acquired.outcome.mislabelled is not None
    assert (acquired.outcome.mislabelled.claimed.name, acquired.outcome.mislabelled.proved.name) == (
        "WEBDL-1080p", "WEBDL-720p",
    )  # fmt: skip


async def test_an_import_that_waits_is_tried_again_at_leisure() -> None:
    """A person needs minutes, a poll takes half a second: nothing is probed in between for nothing."""
    stage = Stage()
    _, item = await stage.finish_download(GOOD)
    stage.client.set_item(item)
    stage.files.write(LIBRARY / FILE, b"own")
    async with stage.pipeline() as pipeline:
        for _ in range(5):
            await pipeline.import_finished()
        tried = len(stage.probe.asked)
        stage.clock.advance(stage.timing.retry_interval)
        stage.files.remove(LIBRARY / FILE)
        (result,) = await pipeline.import_finished()
    assert tried == 2  # when it finished, and once as what waits
    assert result.file is not None
