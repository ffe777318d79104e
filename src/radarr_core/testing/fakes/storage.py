"""Memory that lives as long as its object: the model every other storage is compared with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from attrs import Factory, define, evolve, field, frozen

from radarr_core.domain.decisions.situation import PendingRelease
from radarr_core.domain.downloads import BlockedRelease, Grab, GrabState
from radarr_core.domain.events import Event, StoredEvent
from radarr_core.domain.identifiers import InfoHash, MovieId
from radarr_core.domain.indexer_health import IndexerHealth
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.plans import Plan, PlanState
from radarr_core.domain.scene_groups import GroupTable, Observation, ObservationSet, SharedEvidence, merge_sightings
from radarr_core.errors import BugError, StorageInUseError
from radarr_core.ports.storage import (
    BlockRepository,
    EventRepository,
    FileRepository,
    GrabRepository,
    GroupTableRepository,
    IndexerRepository,
    MovieRepository,
    ObservationRepository,
    PendingRepository,
    PlanRepository,
    SharedEvidenceRepository,
    Storage,
    UnitOfWork,
)

_NAME = "in-memory"


@frozen
class _Seen:
    first: datetime
    observation: Observation
    signal: float | None = None


@define
class _State:
    """Everything that is remembered. A dict keeps the place of a key that is written again: ties in time go by it."""

    movies: dict[MovieId, Movie] = Factory(dict)
    files: dict[SlotKey, MovieFile] = Factory(dict)
    grabs: dict[tuple[InfoHash, SlotKey], Grab] = Factory(dict)
    blocks: dict[tuple[SlotKey, str], BlockedRelease] = Factory(dict)
    pending: dict[tuple[SlotKey, str, str], PendingRelease] = Factory(dict)
    indexers: dict[str, IndexerHealth] = Factory(dict)
    seen: dict[str, _Seen] = Factory(dict)
    table: tuple[int, GroupTable] | None = None
    shared_evidence: dict[str, SharedEvidence] = Factory(dict)
    plans: dict[str, Plan] = Factory(dict)
    events: list[StoredEvent] = Factory(list)
    cursors: dict[str, int] = Factory(dict)

    def copy(self) -> _State:
        """The values are frozen, so their containers are all that needs copying."""
        return _State(
            movies=self.movies.copy(),
            files=self.files.copy(),
            grabs=self.grabs.copy(),
            blocks=self.blocks.copy(),
            pending=self.pending.copy(),
            indexers=self.indexers.copy(),
            seen=self.seen.copy(),
            table=self.table,
            shared_evidence=self.shared_evidence.copy(),
            plans=self.plans.copy(),
            events=self.events.copy(),
            cursors=self.cursors.copy(),
        )


@define
class _Movies(MovieRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, movie: Movie) -> None:
        self._work.state.movies[movie.id] = movie

    async def find(self, movie_id: MovieId) -> Movie | None:
        return self._work.state.movies.get(movie_id)

    async def list_all(self) -> tuple[Movie, ...]:
        return tuple(sorted(self._work.state.movies.values(), key=lambda movie: movie.id))


@define
class _Files(FileRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, file: MovieFile) -> None:
        self._work.state.files[SlotKey(movie_id=file.movie_id, slot=file.slot)] = file

    async def find(self, key: SlotKey) -> MovieFile | None:
        return self._work.state.files.get(key)

    async def list_all(self) -> tuple[MovieFile, ...]:
        return tuple(sorted(self._work.state.files.values(), key=lambda file: (file.movie_id, file.slot)))


def _are_rivals(one: Grab, other: Grab) -> bool:
    return one.is_active and other.is_active and one.target == other.target and one.info_hash != other.info_hash


@define
class _Grabs(GrabRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, grab: Grab) -> None:
        for other in self._work.state.grabs.values():
            if _are_rivals(grab, other):
                raise BugError(
                    f"slot {grab.target.slot!r} of {grab.target.movie_id!r} already has the active grab "
                    f"{other.info_hash} ({other.offer.title!r}); {grab.info_hash} ({grab.offer.title!r}) may not join",
                    adapter=_NAME,
                )
        self._work.state.grabs[grab.info_hash, grab.target] = grab

    async def find(self, info_hash: InfoHash, key: SlotKey) -> Grab | None:
        return self._work.state.grabs.get((info_hash, key))

    async def list_in(self, *states: GrabState) -> tuple[Grab, ...]:
        wanted = states or tuple(GrabState)
        found = (grab for grab in self._work.state.grabs.values() if grab.state in wanted)
        return tuple(sorted(found, key=lambda grab: grab.grabbed_at))

    async def list_of(self, movie_id: MovieId) -> tuple[Grab, ...]:
        return tuple(grab for grab in await self.list_in() if grab.target.movie_id == movie_id)


@define
class _Blocks(BlockRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, blocked: BlockedRelease) -> None:
        self._work.state.blocks[blocked.target, blocked.identity] = blocked

    async def list_all(self) -> tuple[BlockedRelease, ...]:
        return tuple(sorted(self._work.state.blocks.values(), key=lambda blocked: blocked.blocked_at))


@define
class _Pending(PendingRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, pending: PendingRelease) -> None:
        self._work.state.pending[pending.key] = pending

    async def list_all(self) -> tuple[PendingRelease, ...]:
        return tuple(self._work.state.pending.values())

    async def list_due(self, now: datetime) -> tuple[PendingRelease, ...]:
        waiting = self._work.state.pending.values()
        return tuple(pending for pending in waiting if pending.until is None or pending.until <= now)

    async def remove(self, pending: PendingRelease) -> None:
        self._work.state.pending.pop(pending.key, None)


@define
class _Indexers(IndexerRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, health: IndexerHealth) -> None:
        self._work.state.indexers[health.indexer] = health

    async def list_all(self) -> tuple[IndexerHealth, ...]:
        return tuple(sorted(self._work.state.indexers.values(), key=lambda health: health.indexer))


@define
class _Observations(ObservationRepository):
    _work: _InMemoryUnitOfWork

    async def record(self, observations: Iterable[Observation]) -> None:
        seen = self._work.state.seen
        for one in ObservationSet.of(observations):
            held = seen.get(one.key)
            if held is None:
                seen[one.key] = _Seen(one.seen_at, one)
            else:
                merged = merge_sightings(held.observation, one)
                seen[one.key] = evolve(held, first=min(held.first, one.seen_at), observation=merged)

    async def list_all(self) -> tuple[Observation, ...]:
        return tuple(held.observation for _, held in sorted(self._work.state.seen.items()))

    async def count_since(self, moment: datetime) -> int:
        return sum(held.first > moment for held in self._work.state.seen.values())

    async def note_signals(self, signals: Mapping[str, float]) -> None:
        seen = self._work.state.seen
        for key, signal in signals.items():
            if key in seen and seen[key].signal is None:
                seen[key] = evolve(seen[key], signal=signal)

    async def find_signals(self, keys: Collection[str]) -> Mapping[str, float]:
        found = ((key, self._work.state.seen.get(key)) for key in keys)
        return {key: held.signal for key, held in found if held is not None and held.signal is not None}

    async def prune(self, before: datetime) -> int:
        seen = self._work.state.seen
        old = [key for key, held in seen.items() if held.observation.seen_at < before]
        for key in old:
            del seen[key]
        return len(old)


@define
class _GroupTables(GroupTableRepository):
    _work: _InMemoryUnitOfWork

    async def publish(self, table: GroupTable) -> int:
        held = self._work.state.table
        number = 1 if held is None else held[0] + 1
        self._work.state.table = (number, table)
        return number

    async def find_version(self) -> tuple[int, datetime] | None:
        held = self._work.state.table
        return None if held is None else (held[0], held[1].at)

    async def find_table(self) -> GroupTable | None:
        return None if self._work.state.table is None else self._work.state.table[1]


@define
class _SharedEvidence(SharedEvidenceRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, shared: SharedEvidence) -> None:
        self._work.state.shared_evidence[shared.name] = shared

    async def list_all(self) -> tuple[SharedEvidence, ...]:
        return tuple(sorted(self._work.state.shared_evidence.values(), key=lambda shared: shared.name))

    async def remove(self, name: str) -> None:
        self._work.state.shared_evidence.pop(name, None)


@define
class _Plans(PlanRepository):
    _work: _InMemoryUnitOfWork

    async def save(self, plan: Plan) -> None:
        self._work.state.plans[plan.id] = plan

    async def find(self, plan_id: str) -> Plan | None:
        return self._work.state.plans.get(plan_id)

    async def list_unfinished(self) -> tuple[Plan, ...]:
        unfinished = (plan for plan in self._work.state.plans.values() if plan.state is PlanState.PLANNED)
        return tuple(sorted(unfinished, key=lambda plan: plan.made_at))


@define
class _Events(EventRepository):
    _work: _InMemoryUnitOfWork

    async def append(self, event: Event) -> StoredEvent:
        stored = StoredEvent(sequence=len(self._work.state.events) + 1, event=event)
        self._work.state.events.append(stored)
        return stored

    async def list_after(self, sequence: int, limit: int = 500) -> tuple[StoredEvent, ...]:
        first = max(sequence, 0)
        return tuple(self._work.state.events[first : first + limit])

    async def list_of(self, movie_id: MovieId) -> tuple[StoredEvent, ...]:
        return tuple(stored for stored in self._work.state.events if stored.event.movie_id == movie_id)

    async def find_cursor(self, reader: str) -> int | None:
        return self._work.state.cursors.get(reader)

    async def move_cursor(self, reader: str, sequence: int) -> None:
        self._work.state.cursors[reader] = max(sequence, self._work.state.cursors.get(reader, sequence))

    async def last_sequence(self) -> int:
        return len(self._work.state.events)


class _InMemoryUnitOfWork(UnitOfWork):
    """Works on a copy of everything, which takes the original's place when the block ends well."""

    def __init__(self, storage: InMemoryStorage) -> None:
        self._storage = storage
        self._state: _State | None = None
        self.movies, self.files, self.grabs = _Movies(self), _Files(self), _Grabs(self)
        self.blocks, self.plans, self.events = _Blocks(self), _Plans(self), _Events(self)
        self.pending, self.indexers = _Pending(self), _Indexers(self)
        self.observations, self.group_tables = _Observations(self), _GroupTables(self)
        self.shared_evidence = _SharedEvidence(self)

    @property
    def state(self) -> _State:
        """The copy that is worked on."""
        if self._state is None:
            raise BugError("a unit of work was used outside its `async with` block", adapter=_NAME)
        return self._state

    async def __aenter__(self) -> Self:
        await self._storage._take_turn()  # noqa: SLF001 - one mechanism in two classes
        self._state = self._storage._state.copy()  # noqa: SLF001
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        state, self._state = self._state, None
        self._storage._end_turn(state if error is None else None)  # noqa: SLF001


@define(eq=False)
class InMemoryStorage(Storage):
    """Keeps everything in dictionaries until the object goes; opening, closing and opening again keep it."""

    _state: _State = field(factory=_State, init=False, repr=False)
    _turn: asyncio.Lock = field(factory=asyncio.Lock, init=False, repr=False)
    _worker: asyncio.Task[object] | None = field(default=None, init=False, repr=False)
    _owner: str | None = field(default=None, init=False)

    async def open(self) -> None:
        """There is nothing to get ready."""

    def claim(self, owner: str) -> AbstractAsyncContextManager[None]:
        """Be the only pipeline at work on this object; see the port."""
        return self._claim(owner)

    @asynccontextmanager
    async def _claim(self, owner: str) -> AsyncIterator[None]:
        if self._owner is not None:
            raise StorageInUseError(
                f"the storage is in use by {self._owner!r}; stop it before {owner!r} starts", adapter=_NAME
            )
        self._owner = owner
        try:
            yield
        finally:
            self._owner = None

    def begin(self) -> UnitOfWork:
        """A new unit of work."""
        return _InMemoryUnitOfWork(self)

    async def _take_turn(self) -> None:
        task = asyncio.current_task()
        if task is not None and task is self._worker:
            raise BugError("a unit of work was begun inside another; the second would wait for ever", adapter=_NAME)
        await self._turn.acquire()
        self._worker = task

    def _end_turn(self, state: _State | None) -> None:
        if state is not None:
            self._state = state
        self._worker = None
        self._turn.release()

    async def check(self) -> str:
        """Tell that it is there."""
        return f"in memory, {len(self._state.movies)} movies; forgotten when the process ends"

    async def aclose(self) -> None:
        """There is nothing to let go of."""
