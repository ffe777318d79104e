"""The whole pipeline over fakes that keep their ports' contracts: the main job and everything that can go wrong."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve, field

from radarr_core import (
    Acquired,
    AlreadyHeld,
    ImdbId,
    Imported,
    ImportWaiting,
    Library,
    Movie,
    NothingAcceptable,
    Pipeline,
    Policy,
    Release,
    ServiceFailed,
    Slot,
    Timing,
    TmdbId,
)
from radarr_core.domain.downloads import (
    BlockCause,
    DownloadItem,
    DownloadStatus,
    Grab,
    GrabState,
    MagnetPayload,
    Payload,
)
from radarr_core.domain.events import (
    DownloadFailed,
    GrabFailed,
    MovieAdded,
    MovieFileImported,
    NotificationFailed,
    ReleaseGrabbed,
    SearchCompleted,
)
from radarr_core.errors import (
    AuthenticationError,
    BadTorrentError,
    BugError,
    GiveUpError,
    RateLimitedError,
    RejectedByClientError,
    ServiceUnavailableError,
    StorageInUseError,
)
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.services.progress import Decided, Downloading, Grabbed, ImportStarted, SearchStarted
from radarr_core.testing.fakes.download_client import InMemoryDownloadClient
from radarr_core.testing.fakes.indexer import InMemoryIndexer
from radarr_core.testing.fakes.notifier import RecordingNotifier

from .world import BETTER, DOWNLOADS, GOOD, KEY, LIBRARY, MOVIE, PROFILE, World, make_hash, make_release


def make_payload(name: str) -> MagnetPayload:
    """A magnet link for a release of that name."""
    info_hash = make_hash(name)
    return MagnetPayload(uri=f"magnet:?xt=urn:btih:{info_hash}", info_hash=info_hash)


@define
class Stage(World):
    """A world with an indexer, a client that downloads at once, and somebody who is told."""

    indexer: InMemoryIndexer = field(factory=lambda: InMemoryIndexer("harbor"))
    client: InMemoryDownloadClient = field(factory=InMemoryDownloadClient)
    notifier: RecordingNotifier = field(factory=RecordingNotifier)
    more_indexers: tuple[InMemoryIndexer, ...] = ()
    timing: Timing = field(factory=lambda: Timing(poll_interval=0.01))
    on_grab: Callable[[Grab], None] | None = None
    policy: Policy = field(factory=lambda: Policy(profiles={"Test": PROFILE}))
    group_reputation: GroupReputation | None = None

    def offer(self, name: str = GOOD, payload: Payload | Any = None, **changes: Any) -> Release:
        """Offer a release; its link works unless told otherwise."""
        release = make_release(name, **changes)
        self.indexer.offer(release, payload or make_payload(name))
        return release

    def pipeline(self) -> Pipeline:
        """A pipeline of all that."""
        return Pipeline(
            storage=self.storage,
            download_client=self.client,
            indexers=(self.indexer, *self.more_indexers),
            media_probe=self.probe,
            file_system=self.files,
            clock=self.clock,
            library=Library(folder=LIBRARY),
            notifiers=(self.notifier,),
            policy=self.policy,
            timing=self.timing,
            group_reputation=self.group_reputation,
        )

    def finish(self, grab: Grab) -> None:
        """The download completes."""
        name = grab.offer.title
        self.files.write(DOWNLOADS / name / "film.mkv", b"film")
        self.client.set_item(
            DownloadItem(
                info_hash=grab.info_hash, title=name, status=DownloadStatus.COMPLETED, progress=1.0,
                output_path=DOWNLOADS / name,
            )
        )  # fmt: skip

    async def acquire(self, pipeline: Pipeline) -> tuple[Acquired, list[Any]]:
        """Acquire the movie; what is grabbed is downloaded at once, unless `on_grab` does something else."""
        acquisition = pipeline.acquire(self.movie)
        told: list[Any] = []
        async for progress in acquisition:
            told.append(progress)
            if isinstance(progress, Grabbed):
                (self.on_grab or self.finish)(progress.grab)
        return await acquisition, told

    async def get(self) -> Acquired:
        """Acquire the movie with a pipeline of its own."""
        async with self.pipeline() as pipeline:
            return (await self.acquire(pipeline))[0]

    async def grab_states(self) -> dict[str, GrabState]:
        """How each grab stands."""
        async with self.storage.begin() as work:
            return {grab.offer.title: grab.state for grab in await work.grabs.list_in()}


async def test_a_wanted_film_becomes_a_file_in_the_library() -> None:
    """Search, decide, grab, download, import: each step is told in order, stored, and notified once."""
    stage = Stage()
    stage.offer()
    async with stage.pipeline() as pipeline:
        acquired, told = await stage.acquire(pipeline)
        history = await pipeline.history(MOVIE.id)
        (held,) = await pipeline.files()
    assert isinstance(acquired.outcome, Imported)
    assert acquired.outcome.file == held
    assert await stage.files.is_same_file(Path(held.path), DOWNLOADS / GOOD / "film.mkv")
    kinds = [type(progress) for progress in told]
    assert list(dict.fromkeys(kinds)) == [SearchStarted, Decided, Grabbed, Downloading, ImportStarted]
    events = [stored.event for stored in history]
    assert [type(event) for event in events] == [MovieAdded, SearchCompleted, ReleaseGrabbed, MovieFileImported]
    assert len({event.correlation_id for event in events[1:]}) == 1
    assert tuple(stage.notifier.told) == history
    assert [stored.sequence for stored in history] == sorted(stored.sequence for stored in history)


async def test_an_offer_that_cannot_be_had_is_blocked_and_the_next_best_is_taken() -> None:
    """A link that delivers a web page costs nothing but a line in the history."""
    stage = Stage()
    stage.offer(BETTER, BadTorrentError("a web page, no torrent", adapter="harbor"))
    stage.offer(GOOD)
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    assert acquired.outcome.file.claim.original == GOOD
    (failed,) = await stage.events(GrabFailed)
    assert (failed.release, "a web page" in failed.reason) == (BETTER, True)
    async with stage.storage.begin() as work:
        (blocked,) = await work.blocks.list_all()
    assert (blocked.title, blocked.cause) == (BETTER, BlockCause.GRAB_FAILED)


async def test_a_torrent_other_than_the_one_promised_is_refused() -> None:
    """An info-hash in the feed is a promise."""
    stage = Stage()
    stage.offer(BETTER, make_payload(GOOD), info_hash=make_hash(BETTER))
    acquired = await stage.get()
    assert isinstance(acquired.outcome, NothingAcceptable)
    assert "delivers" in acquired.outcome.reasons[0]
    assert stage.client.added == []


async def test_when_nothing_is_acceptable_every_offer_says_why() -> None:
    """The answer to a failed search is a list of reasons, not silence."""
    stage = Stage()
    stage.offer("The.Glass.Harbor.2024.HDCAM.x264-SEAT")
    stage.offer(GOOD, seeders=0)
    acquired = await stage.get()
    assert isinstance(acquired.outcome, NothingAcceptable)
    assert len(acquired.outcome.reasons) == 2
    assert stage.client.added == []


async def test_a_download_that_fails_is_blocked_and_the_next_best_is_taken() -> None:
    """A dead torrent does not end the search for the film."""
    stage = Stage()
    stage.offer(BETTER)
    stage.offer(GOOD)

    def on_grab(grab: Grab) -> None:
        if grab.offer.title == BETTER:
            failed = DownloadItem(
                info_hash=grab.info_hash, title=BETTER, status=DownloadStatus.FAILED, message="tracker says no"
            )
            stage.client.set_item(failed)
        else:
            stage.finish(grab)

    stage.on_grab = on_grab
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    assert await stage.grab_states() == {BETTER: GrabState.FAILED, GOOD: GrabState.IMPORTED}
    (failed,) = await stage.events(DownloadFailed)
    assert failed.reason == "tracker says no"


async def test_a_download_that_vanishes_counts_as_failed_after_a_grace() -> None:
    """A client that just started may list nothing yet; a minute later the download is really gone."""
    stage = Stage()
    stage.offer(BETTER)
    stage.offer(GOOD)
    stage.on_grab = lambda grab: (
        stage.client.drop_item(grab.info_hash) if grab.offer.title == BETTER else stage.finish(grab)
    )
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    (failed,) = await stage.events(DownloadFailed)
    assert "was it removed there?" in failed.reason
    assert sum(stage.clock.slept) >= stage.timing.vanish_grace


async def test_a_client_that_is_down_ends_the_try_without_blocking_anything() -> None:
    """What is the client's trouble is not held against the releases."""
    stage = Stage()
    stage.offer(BETTER)
    stage.offer(GOOD)
    stage.client.failure = ServiceUnavailableError("connection refused", adapter="memory")
    acquired = await stage.get()
    assert isinstance(acquired.outcome, ServiceFailed)
    assert len(await stage.events(GrabFailed)) == 1
    stage.client.failure = None
    assert isinstance((await stage.get()).outcome, Imported)


async def test_a_wrong_password_at_the_client_is_told_as_such() -> None:
    """A person can mend it, and then the same film is there for the taking."""
    stage = Stage()
    stage.offer()
    stage.client.failure = AuthenticationError("the password was refused", adapter="memory")
    acquired = await stage.get()
    assert isinstance(acquired.outcome, ServiceFailed)
    assert "password" in acquired.outcome.reasons[0]


async def test_a_release_the_client_rejects_is_not_offered_to_it_again() -> None:
    """The client's no is about the release."""
    stage = Stage()
    stage.offer()
    stage.client.failure = RejectedByClientError("a duplicate", adapter="memory")
    assert isinstance((await stage.get()).outcome, NothingAcceptable)
    stage.client.failure = None
    assert isinstance((await stage.get()).outcome, NothingAcceptable)


async def test_a_client_that_is_away_for_a_while_during_a_download_changes_nothing() -> None:
    """Unknown is not gone: the download is looked for again until the client answers."""
    stage = Stage()
    stage.offer()
    looks = 0

    def on_grab(grab: Grab) -> None:
        nonlocal looks
        stage.finish(grab)
        stage.client.failure = ServiceUnavailableError("restarting", adapter="memory")

    original = stage.clock.sleep

    async def sleep(seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 500:
            stage.client.failure = None
        await original(seconds)

    stage.on_grab = on_grab
    stage.clock.sleep = sleep  # type: ignore[method-assign]
    assert isinstance((await stage.get()).outcome, Imported)
    assert looks >= 500


@pytest.mark.parametrize(
    "failure",
    [
        ServiceUnavailableError("connection refused", adapter="other"),
        AuthenticationError("the key was refused", adapter="other"),
        RateLimitedError("too many requests", adapter="other", retry_after=30),
        GiveUpError("HTML with status 200", adapter="other"),
        RuntimeError("a bug of the adapter"),
    ],
)
async def test_one_indexer_that_fails_never_spoils_the_others(failure: Any) -> None:
    """The others' offers count, and the failure is told with its reason."""
    other = InMemoryIndexer("other")
    other.failure = failure
    stage = Stage(more_indexers=(other,))
    stage.offer()
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    (reported,) = acquired.failures
    assert (reported.indexer, str(failure).split(": ")[-1] in reported.reason) == ("other", True)
    (event,) = await stage.events(SearchCompleted)
    assert event.failed_indexers == ((reported.indexer, reported.reason),)


async def test_an_indexer_that_hangs_is_given_up_at_its_deadline() -> None:
    """One that never answers costs its deadline, and nobody else's answer."""

    class Hanging(InMemoryIndexer):
        async def search(self, query: Any) -> Any:
            await asyncio.Event().wait()

    stage = Stage(more_indexers=(Hanging("other"),), timing=Timing(poll_interval=0.01, search_deadline=0.05))
    stage.offer()
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    assert "no answer within 0.05 s" in acquired.failures[0].reason


async def test_when_every_indexer_fails_nothing_is_said_of_the_film() -> None:
    """No answer is not the answer no."""
    stage = Stage()
    stage.indexer.failure = ServiceUnavailableError("connection refused", adapter="harbor")
    acquired = await stage.get()
    assert isinstance(acquired.outcome, ServiceFailed)
    assert "connection refused" in acquired.outcome.reasons[0]


async def test_a_restart_between_grab_and_import_goes_on_without_a_new_search() -> None:
    """What was grabbed is known: the next process follows it and imports it once."""
    stage = Stage()
    stage.offer()
    async with stage.pipeline() as pipeline:
        acquisition = pipeline.acquire(MOVIE)
        async for progress in acquisition:
            if isinstance(progress, Grabbed):
                grab = progress.grab
                acquisition.cancel()
        with pytest.raises(asyncio.CancelledError):
            await acquisition
    stage.finish(grab)
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    assert acquired.table is None
    assert len(stage.indexer.queries) == 1
    assert len(await stage.events(MovieFileImported)) == 1


async def test_a_grab_that_never_reached_the_client_is_made_again() -> None:
    """The process died between writing the grab down and telling the client: the release is as good as before."""
    stage = Stage()
    stage.offer()
    async with stage.pipeline() as pipeline:
        table = (await pipeline.search(MOVIE)).table
    (decision,) = table.accepted
    assert decision.parsed is not None
    requested = Grab(
        info_hash=make_hash(GOOD), target=KEY, claim=decision.parsed, offer=decision.offer, client="memory",
        grabbed_at=stage.clock.now(), correlation_id="lost",  # type: ignore[arg-type]
    )  # fmt: skip
    async with stage.storage.begin() as work:
        await work.grabs.save(requested)
    stage.on_grab = lambda grab: stage.finish(grab) if grab.state is GrabState.DOWNLOADING else None
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    assert len(stage.client.added) == 1


async def test_a_second_pipeline_on_one_library_is_refused_and_free_again_afterwards() -> None:
    """Two pipelines would grab the same film twice; the second one is told who works there."""
    stage = Stage()
    async with stage.pipeline():
        with pytest.raises(StorageInUseError, match="process"):
            async with stage.pipeline():
                pytest.fail("the second pipeline was let in")
    async with stage.pipeline():
        pass


async def test_a_pipeline_works_only_while_it_is_open() -> None:
    """Outside its block there is nothing to work with, and that is said."""
    with pytest.raises(BugError, match="async with"):
        Stage().pipeline().acquire(MOVIE)


async def test_leaving_the_block_stops_what_still_runs() -> None:
    """No task outlives its pipeline."""
    stage = Stage(on_grab=lambda grab: None)
    stage.offer()
    before = asyncio.all_tasks()
    async with stage.pipeline() as pipeline:
        acquisition = pipeline.acquire(MOVIE)
        async for progress in acquisition:
            if isinstance(progress, Downloading):
                break
    assert asyncio.all_tasks() == before
    with pytest.raises(asyncio.CancelledError):
        await acquisition


async def test_a_film_that_is_held_is_not_fetched_again() -> None:
    """The second time there is nothing to do, and the answer is the file."""
    stage = Stage()
    stage.offer()
    await stage.get()
    acquired = await stage.get()
    assert isinstance(acquired.outcome, AlreadyHeld)
    assert len(stage.client.added) == 1


async def test_a_better_release_replaces_the_held_one() -> None:
    """Upgrading is the same job again."""
    stage = Stage()
    stage.offer(GOOD)
    await stage.get()
    stage.offer(BETTER)
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    assert [path.name for path in stage.library()] == ["The Glass Harbor (2024) Bluray-1080p.mkv"]


async def test_every_slot_gets_its_own_file() -> None:
    """Two wanted versions are two files from one search."""
    movie = evolve(
        MOVIE, slots=(Slot(name="main", profile="Test"), Slot(name="spare", profile="Test", folder="/data/spare"))
    )
    stage = Stage(movie=movie)
    stage.files.write("/data/spare/.keep")
    stage.offer(GOOD)
    acquired = await stage.get()
    assert {name: type(outcome) for name, outcome in acquired.outcomes.items()} == {"main": Imported, "spare": Imported}
    assert len(stage.indexer.queries) == 1
    paths = [path for path in stage.files.list_paths() if path.name.startswith("The Glass Harbor")]
    assert {str(path.parents[1]) for path in paths} == {"/data/movies", "/data/spare"}


async def test_an_import_that_waits_is_the_outcome_with_its_reason() -> None:
    """A person is told what to do, and the download is kept."""
    stage = Stage()
    stage.offer()
    stage.files.write(LIBRARY / "The Glass Harbor (2024)" / "The Glass Harbor (2024) WEBDL-1080p.mkv", b"own")
    acquired = await stage.get()
    assert isinstance(acquired.outcome, ImportWaiting)
    assert "another file" in acquired.outcome.reason


async def test_a_notifier_is_tried_again_and_then_given_up_on_for_that_event() -> None:
    """A receiver that is down loses no event of ours: the failure is noted, and the next event is tried afresh."""
    stage = Stage()
    stage.offer()
    stage.notifier.failure = ServiceUnavailableError("down", adapter="recording", retry_after=5)
    acquired = await stage.get()
    assert isinstance(acquired.outcome, Imported)
    failures = await stage.events(NotificationFailed)
    assert {failure.about for failure in failures} == {
        "MovieAdded",
        "SearchCompleted",
        "ReleaseGrabbed",
        "MovieFileImported",
    }
    assert stage.clock.slept.count(5) == 2 * len(failures)
    stage.notifier.failure = None
    await stage.get()
    assert [type(stored.event) for stored in stage.notifier.told] == [SearchCompleted]


async def test_a_new_notifier_is_not_told_all_of_history() -> None:
    """Somebody who comes late hears what happens from now on."""
    stage = Stage()
    stage.offer()
    await stage.get()
    stage.notifier = RecordingNotifier("late")
    await stage.get()
    assert [type(stored.event) for stored in stage.notifier.told] == [SearchCompleted]


@contextlib.asynccontextmanager
async def running(pipeline: Pipeline) -> AsyncIterator[None]:
    """A pipeline that keeps the library until the block ends."""
    task = asyncio.ensure_future(pipeline.run())
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], Any]) -> None:
    """Let other tasks run until something is so."""
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110 - the condition is what other tasks stored
            await asyncio.sleep(0)


async def test_a_running_pipeline_searches_for_what_is_missing_and_follows_the_feeds() -> None:
    """Without being asked: the missing film is searched for, and a better release in the feed replaces it later."""
    stage = Stage(timing=Timing(poll_interval=1, feed_interval=900))
    stage.offer(GOOD)

    def download_at_once(payload: Payload) -> None:
        name = next(name for name in (GOOD, BETTER) if make_hash(name) == payload.info_hash)
        stage.files.write(DOWNLOADS / name / "film.mkv", name.encode())
        stage.client.set_item(
            DownloadItem(
                info_hash=payload.info_hash, title=name, status=DownloadStatus.COMPLETED, progress=1.0,
                output_path=DOWNLOADS / name,
            )
        )  # fmt: skip

    original = stage.client.add

    async def add(payload: Payload) -> Any:
        answer = await original(payload)
        download_at_once(payload)
        return answer

    stage.client.add = add  # type: ignore[method-assign]

    async def imports(count: int) -> bool:
        return len(await stage.events(MovieFileImported)) >= count

    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        async with running(pipeline):
            await until(lambda: imports(1))
            stage.offer(BETTER)
            await until(lambda: imports(2))
    assert [path.name for path in stage.library()] == ["The Glass Harbor (2024) Bluray-1080p.mkv"]


async def test_feeds_bring_one_release_a_slot_and_survive_a_failing_indexer() -> None:
    """From a feed only the best is taken for a slot; an indexer that fails is named."""
    other = InMemoryIndexer("other")
    other.failure = ServiceUnavailableError("down", adapter="other")
    stage = Stage(more_indexers=(other,))
    stage.offer(GOOD)
    stage.offer(BETTER)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        report = await pipeline.sync_feeds()
    assert [grab.offer.title for grab in report.grabs] == [BETTER]
    assert [failure.indexer for failure in report.failures] == ["other"]


@pytest.mark.parametrize("first_has_ids", [True, False])
async def test_a_film_added_again_with_more_or_less_known_of_it_stays_one_film(first_has_ids: bool) -> None:
    """Asked for by title today and by number tomorrow, it is the same film and is fetched once."""
    bare = evolve(MOVIE)
    known = Movie(title=MOVIE.title, year=MOVIE.year, tmdb_id=TmdbId(5), imdb_id=ImdbId(7), slots=MOVIE.slots)
    first, second = (known, bare) if first_has_ids else (bare, known)
    stage = Stage()
    async with stage.pipeline() as pipeline:
        added = await pipeline.add_movie(first)
        again = await pipeline.add_movie(second)
        other = await pipeline.add_movie(evolve(known, tmdb_id=TmdbId(6), imdb_id=None, id="another"))
    assert added.id == again.id
    assert (again.tmdb_id, again.imdb_id) == (TmdbId(5), ImdbId(7))
    assert other.id == "another"
