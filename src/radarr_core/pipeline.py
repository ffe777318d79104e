"""Composes ports into a running whole."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from radarr_core.domain.decisions import DEFAULT_RULES, Decision, PendingRelease, Policy, RuleSet, RunKind
from radarr_core.domain.downloads import Grab
from radarr_core.domain.events import StoredEvent
from radarr_core.domain.identifiers import CorrelationId, MovieId
from radarr_core.domain.movies import Movie, MovieFile
from radarr_core.domain.scene_groups import GroupTable
from radarr_core.errors import BugError, RadarrCoreError
from radarr_core.ports.clock import Clock
from radarr_core.ports.download_client import DownloadClient
from radarr_core.ports.file_system import FileSystem
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.ports.indexer import Indexer
from radarr_core.ports.media_probe import MediaProbe
from radarr_core.ports.notifier import Notifier
from radarr_core.ports.storage import Storage
from radarr_core.services.acquire import Acquirer
from radarr_core.services.add_movie import add_movie
from radarr_core.services.context import Context, Library, Timing
from radarr_core.services.grab import grab_release
from radarr_core.services.import_download import ImportResult
from radarr_core.services.notify import deliver_notifications, register_notifiers
from radarr_core.services.progress import Acquired, Progress
from radarr_core.services.recover import recover
from radarr_core.services.refit_groups import refit_groups, refit_when_due
from radarr_core.services.search import SearchReport, search_movie
from radarr_core.services.sync_feeds import FeedReport, grab_what_is_due, sync_feeds

_log = logging.getLogger(__name__)


@asynccontextmanager
async def storage_open(context: Context) -> AsyncIterator[None]:
    """With its storage open, but claimed by nobody; in the end every adapter is let go of, storage last."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(context.storage.aclose)
        stack.push_async_callback(context.download_client.aclose)
        for indexer in context.indexers:
            stack.push_async_callback(indexer.aclose)
        for notifier in context.notifiers:
            stack.push_async_callback(notifier.aclose)
        await context.storage.open()
        yield


class Acquisition:
    """One film on its way: await it for the outcome, iterate over it for what happens meanwhile.

    ``async for progress in acquisition`` ends when the acquisition does; ``await acquisition`` then answers at once.
    Awaiting without iterating works as well.
    """

    def __init__(self, task: asyncio.Task[Acquired], queue: asyncio.Queue[Progress | None]) -> None:
        self._task = task
        self._queue = queue

    def __await__(self) -> Generator[Any, None, Acquired]:
        return self._task.__await__()

    async def __aiter__(self) -> AsyncIterator[Progress]:
        while (progress := await self._queue.get()) is not None:
            yield progress
        self._queue.put_nowait(None)  # the end, for whoever asks again

    def cancel(self) -> None:
        """Stop following the film; what the client downloads meanwhile is found again by a later acquisition."""
        self._task.cancel()


class Pipeline:
    """Search, decide, grab, follow, import, remember and tell, over any adapters of the ports.

    Use it as ``async with Pipeline(...) as pipeline``. Entering opens the storage, claims it, and picks up what an
    earlier process left half done; leaving stops everything that still runs, tells notifiers what is left to tell,
    and lets go of all adapters, which then belong to the past.

    Args:
        storage: keeps everything; one pipeline at a time may work on it.
        download_client: fetches releases.
        indexers: offer releases, asked all at once.
        media_probe: proves what files are.
        file_system: reaches the disks.
        clock: tells the time.
        library: where films live.
        notifiers: are told of every event.
        policy: profiles and settings to decide by.
        rules: the rules and the ranking.
        group_reputation: knows the makers of releases; None asks nobody, and keeps nothing about them.
        timing: waits and deadlines.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        download_client: DownloadClient,
        indexers: Sequence[Indexer],
        media_probe: MediaProbe,
        file_system: FileSystem,
        clock: Clock,
        library: Library,
        notifiers: Sequence[Notifier] = (),
        policy: Policy | None = None,
        rules: RuleSet = DEFAULT_RULES,
        timing: Timing | None = None,
        group_reputation: GroupReputation | None = None,
    ) -> None:
        self.context = Context(
            storage=storage,
            download_client=download_client,
            indexers=tuple(indexers),
            media_probe=media_probe,
            file_system=file_system,
            clock=clock,
            library=library,
            notifiers=tuple(notifiers),
            policy=policy or Policy(),
            rules=rules,
            timing=timing or Timing(),
            group_reputation=group_reputation,
        )
        self._acquirer = Acquirer(self.context)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._teller: asyncio.Task[Any] | None = None
        self._closing = asyncio.Event()
        self._stack: AsyncExitStack | None = None

    async def __aenter__(self) -> Self:
        """Open and claim the storage, and finish what was left half done.

        Raises:
            StorageInUseError: another pipeline works on the same storage.
        """
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(storage_open(self.context))
            await stack.enter_async_context(self.context.storage.claim(f"{socket.gethostname()} process {os.getpid()}"))
            await register_notifiers(self.context)
            await recover(self.context)
            self._stack = stack.pop_all()
        self._closing.clear()
        self._teller = self._start(self._keep_telling())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stack, self._stack = self._stack, None
        assert stack is not None
        async with stack:
            self._closing.set()
            # The teller is left to end the delivery it is at, so that nobody is told the same thing twice.
            for task in self._tasks if kind else self._tasks - {self._teller}:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            if kind is None:
                await deliver_notifications(self.context)

    def _start(self, work: Any) -> asyncio.Task[Any]:
        if self._stack is None:
            work.close()
            raise BugError("the pipeline is not open; use it inside 'async with Pipeline(...) as pipeline'")
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _keep_telling(self) -> None:
        while not self._closing.is_set():
            try:
                await deliver_notifications(self.context)
            except Exception:  # noqa: BLE001 - the teller must outlive whatever a stranger's notifier or a busy database does
                _log.exception("notifications could not be delivered; they are kept")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), self.context.timing.poll_interval)

    async def add_movie(self, movie: Movie) -> Movie:
        """Remember that a film is wanted."""
        return await add_movie(self.context, movie)

    async def search(self, movie: Movie, *, kind: RunKind = RunKind.SEARCH) -> SearchReport:
        """Ask all indexers for a film and judge every offer, grabbing nothing."""
        return await search_movie(self.context, movie, kind=kind)

    async def grab(self, decision: Decision, correlation_id: CorrelationId) -> Grab:
        """Start the download of a release that was decided on.

        Raises:
            RadarrCoreError: the torrent or the client failed; the error says which and why.
        """
        return await grab_release(self.context, decision, correlation_id)

    async def import_finished(self) -> tuple[ImportResult, ...]:
        """Look at every download once and import those that are finished.

        Raises:
            RadarrCoreError: the download client did not answer.
        """
        return await self._acquirer.import_all_finished()

    async def sync_feeds(self) -> FeedReport:
        """Look at what is new at the indexers, and grab what is wanted."""
        return await sync_feeds(self.context)

    def acquire(self, movie: Movie) -> Acquisition:
        """Get a film into the library: the main job, from search to import.

        Raises:
            BugError: the pipeline is not open.
        """
        queue: asyncio.Queue[Progress | None] = asyncio.Queue()

        task = self._start(self._acquirer.acquire(movie, queue.put_nowait))
        task.add_done_callback(lambda _: queue.put_nowait(None))
        return Acquisition(task, queue)

    async def refit_groups(self) -> GroupTable:
        """Judge all release groups anew by everything that was seen, and put the table in force."""
        return await refit_groups(self.context)

    async def run(self) -> None:
        """Keep the library: search for what is missing once, then follow feeds and downloads until cancelled.

        Where the makers of releases are looked at, they are judged anew once a day, or after 500 new releases.
        What had to wait is grabbed when its time has come, whether an indexer still offers it or not.
        """
        is_begun = False
        next_feed = self.context.clock.now()
        while True:
            try:
                if not is_begun:
                    await self._search_missing()
                    is_begun = True
                if self.context.clock.now() >= next_feed:
                    await self.sync_feeds()
                    next_feed = self.context.clock.now() + timedelta(seconds=self.context.timing.feed_interval)
                    await refit_when_due(self.context)
                await grab_what_is_due(self.context)
                await self.import_finished()
            except RadarrCoreError as error:
                _log.warning("this round failed, the next one tries again: %s", error)
            await self.context.clock.sleep(self.context.timing.poll_interval)

    async def _search_missing(self) -> None:
        async with self.context.storage.begin() as work:
            movies = await work.movies.list_all()
            held = {file.movie_id for file in await work.files.list_all()}
        for movie in movies:
            if movie.monitored and movie.id not in held:
                self._start(self._acquire_quietly(movie))

    async def _acquire_quietly(self, movie: Movie) -> None:
        try:
            await self._acquirer.acquire(movie, lambda _: None)
        except RadarrCoreError as error:
            _log.warning("%s could not be acquired now: %s", movie, error)

    async def history(self, movie_id: MovieId) -> tuple[StoredEvent, ...]:
        """Everything that happened to a movie, in order."""
        async with self.context.storage.begin() as work:
            return await work.events.list_of(movie_id)

    async def pending(self) -> tuple[PendingRelease, ...]:
        """The releases that are wanted, but not yet, in the order in which they began to wait."""
        async with self.context.storage.begin() as work:
            return await work.pending.list_all()

    async def files(self) -> tuple[MovieFile, ...]:
        """Every file the library holds."""
        async with self.context.storage.begin() as work:
            return await work.files.list_all()
