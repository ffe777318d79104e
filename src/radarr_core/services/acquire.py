"""The main job: search, decide, grab, follow and import, until a film is in the library or cannot be had."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from attrs import define, field, frozen

from radarr_core.domain.decisions import Decision
from radarr_core.domain.downloads import ACTIVE_GRAB_STATES, Grab, GrabState
from radarr_core.domain.identifiers import InfoHash, MovieId, SlotName
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.errors import RadarrCoreError, RetryLaterError, SupersededError

from .add_movie import add_movie
from .context import Context
from .grab import grab_release, is_client_away
from .import_download import ImportResult, import_download
from .pending import keep_for_later
from .progress import (
    Acquired,
    AlreadyHeld,
    Decided,
    Downloading,
    Grabbed,
    GrabRefused,
    Imported,
    ImportStarted,
    ImportWaiting,
    NothingAcceptable,
    Progress,
    SearchStarted,
    ServiceFailed,
    SlotOutcome,
)
from .recover import recover
from .removals import Removals
from .search import SearchReport, search_movie
from .track import Absences, TrackedDownload, track_downloads

Tell = Callable[[Progress], None]


@define
class Acquirer:
    """Carries one pipeline's acquisitions; imports happen one at a time."""

    context: Context
    absences: Absences = field(factory=Absences)
    import_lock: asyncio.Lock = field(factory=asyncio.Lock)
    removals: Removals = field(factory=Removals)
    is_interrupted: bool = False
    """Whether the last import was cancelled or could not be stored, so that it is to be taken up again."""
    last_tries: dict[tuple[InfoHash, SlotKey], datetime] = field(factory=dict)
    """When each import that waits for a person was last tried."""

    async def acquire(self, movie: Movie, tell: Tell) -> Acquired:
        """Get a film into every slot of it, going on with downloads that are under way already."""
        movie = await add_movie(self.context, movie)
        running = await self._find_running(movie.id)
        outcomes: dict[SlotName, SlotOutcome] = {}
        for slot_name, grab in running.items():
            outcome = await self._see_through(grab, tell)
            if not isinstance(outcome, _Lost):
                outcomes[slot_name] = outcome
        missing = [slot.name for slot in movie.slots if slot.name not in outcomes]
        if not missing:
            return Acquired(movie=movie, outcomes=outcomes)
        tell(SearchStarted(movie=movie, indexers=tuple(indexer.name for indexer in self.context.indexers)))
        report = await search_movie(self.context, movie)
        tell(Decided(report=report))
        for slot_name in missing:
            key = SlotKey(movie_id=movie.id, slot=slot_name)
            outcomes[slot_name] = await self._fill(key, report, tell)
        return Acquired(
            movie=movie,
            outcomes={slot.name: outcomes[slot.name] for slot in movie.slots},
            correlation_id=report.correlation_id,
            table=report.table,
            failures=report.failures,
        )

    async def _find_running(self, movie_id: MovieId) -> dict[SlotName, Grab]:
        async with self.context.storage.begin() as work:
            grabs = await work.grabs.list_in(*ACTIVE_GRAB_STATES)
        return {grab.target.slot: grab for grab in grabs if grab.target.movie_id == movie_id}

    async def _fill(self, key: SlotKey, report: SearchReport, tell: Tell) -> SlotOutcome:
        """Try the accepted offers, best first, until one is in the library."""
        reasons: list[str] = []
        for decision in report.table.for_slot(key):
            try:
                grab = await grab_release(self.context, decision, report.correlation_id)
            except SupersededError as error:
                reasons.append(str(error))
                break  # a feed was quicker: what it took is followed below
            except RadarrCoreError as error:
                tell(GrabRefused(release=decision.offer.title, reason=str(error)))
                if is_client_away(self.context, error):
                    await keep_for_later(self.context, [decision])
                    return ServiceFailed(reasons=(str(error),))  # every other release would fail the same way
                reasons.append(str(error))
                continue
            outcome = await self._see_through(grab, tell)
            if not isinstance(outcome, _Lost):
                return outcome
            reasons.append(outcome.reason)
        running = (await self._find_running(key.movie_id)).get(key.slot)
        if running is not None:  # whoever took it
            outcome = await self._see_through(running, tell)
            if not isinstance(outcome, _Lost):
                return outcome
            reasons.append(outcome.reason)
        return await self._explain_nothing(key, report, reasons)

    async def _explain_nothing(self, key: SlotKey, report: SearchReport, reasons: list[str]) -> SlotOutcome:
        async with self.context.storage.begin() as work:
            held = await work.files.find(key)
        if held is not None:
            return AlreadyHeld(file=held)
        if report.failures and len(report.failures) == report.asked:
            return ServiceFailed(reasons=tuple(failure.reason for failure in report.failures))
        rejected = tuple(_explain(decision) for decision in report.table.rejected if decision.target in (key, None))
        return NothingAcceptable(reasons=(*reasons, *rejected))

    async def _see_through(self, grab: Grab, tell: Tell) -> SlotOutcome | _Lost:
        """Follow a grab to its end; when it is lost, another release may be tried."""
        tell(Grabbed(grab=grab))
        while True:
            tracked = await self._look(grab)
            if tracked is None or tracked.grab.state is GrabState.FAILED:
                stored, file = await self._look_up(grab)
                if stored is not None and stored.state is GrabState.IMPORTED and file is not None:
                    return Imported(grab=stored, file=file)
                if stored is None or not stored.is_active:
                    return _lose(stored or grab, tell)
            elif tracked.item is not None:
                tell(Downloading(grab=tracked.grab, item=tracked.item))
            if tracked is not None and tracked.is_finished and tracked.item is not None:
                tell(ImportStarted(grab=tracked.grab, item=tracked.item))
                return _as_outcome(await self.import_finished(tracked), tell)
            await self.context.clock.sleep(self.context.timing.poll_interval)

    async def _look(self, grab: Grab) -> TrackedDownload | None:
        """The grab as it stands; a client that is away for a moment only costs another look."""
        await self._take_up_interrupted()
        try:
            tracked = await track_downloads(self.context, self.absences)
        except RetryLaterError:
            return TrackedDownload(grab=grab)
        found = (one for one in tracked if (one.grab.info_hash, one.grab.target) == (grab.info_hash, grab.target))
        return next(found, None)

    async def _look_up(self, grab: Grab) -> tuple[Grab | None, MovieFile | None]:
        """The grab and its slot's file as stored: another task of this pipeline may be importing it."""
        async with self.context.storage.begin() as work:
            return await work.grabs.find(grab.info_hash, grab.target), await work.files.find(grab.target)

    async def import_finished(self, tracked: TrackedDownload) -> ImportResult:
        """Import a finished download; one import at a time, so that two never plan for the same slot."""
        assert tracked.item is not None
        async with self.import_lock:
            self.is_interrupted = True
            result = await import_download(self.context, tracked.grab, tracked.item, self.removals)
            self.is_interrupted = False
        return result

    async def _take_up_interrupted(self) -> None:
        """An import that was cancelled half way, or could not be stored, is carried to its end like after a crash."""
        if not self.is_interrupted or self.import_lock.locked():
            return
        async with self.import_lock:
            await recover(self.context)
            self.is_interrupted = False

    async def import_all_finished(self) -> tuple[ImportResult, ...]:
        """Look at every download once and import those that are finished; what waits is tried again at leisure."""
        await self._take_up_interrupted()
        tracked = await track_downloads(self.context, self.absences)
        return tuple([await self.import_finished(one) for one in tracked if one.is_finished and self._is_due(one.grab)])

    def _is_due(self, grab: Grab) -> bool:
        """Whether an import that waits for a person may be tried again; any other is due at once."""
        if grab.state is not GrabState.WAITING:
            return True
        key, now = (grab.info_hash, grab.target), self.context.clock.now()
        last = self.last_tries.get(key)
        if last is not None and (now - last).total_seconds() < self.context.timing.retry_interval:
            return False
        self.last_tries[key] = now
        return True


@frozen
class _Lost:
    """A grab that will never be a file, and why."""

    reason: str


def _lose(grab: Grab, tell: Tell) -> _Lost:
    reason = grab.message or "the download failed"
    tell(GrabRefused(release=grab.offer.title, reason=reason))
    return _Lost(f"{grab.offer.title}: {reason}")


def _as_outcome(result: ImportResult, tell: Tell) -> SlotOutcome | _Lost:
    if result.file is not None:
        return Imported(grab=result.grab, file=result.file, mislabelled=result.mislabelled)
    if result.grab.state is GrabState.WAITING:
        return ImportWaiting(grab=result.grab, reason=result.reason or "")
    return _lose(result.grab, tell)


def _explain(decision: Decision) -> str:
    return f"{decision.offer.title}: {'; '.join(decision.reasons)}"
