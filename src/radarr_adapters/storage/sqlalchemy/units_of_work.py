"""A unit of work and its repositories."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from attrs import define
from sqlalchemy import ColumnElement, Connection, Insert, Row, Table, and_, func, insert, or_, select
from sqlalchemy.exc import IntegrityError

from radarr_core.domain.decisions.situation import PendingRelease
from radarr_core.domain.downloads import ACTIVE_GRAB_STATES, BlockedRelease, Grab, GrabState
from radarr_core.domain.events import Event, StoredEvent
from radarr_core.domain.identifiers import InfoHash, MovieId
from radarr_core.domain.indexer_health import IndexerHealth
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.plans import Plan, PlanState
from radarr_core.domain.scene_groups import SharedEvidence
from radarr_core.errors import BugError
from radarr_core.ports.storage import (
    BlockRepository,
    EventRepository,
    FileRepository,
    GrabRepository,
    IndexerRepository,
    MovieRepository,
    PendingRepository,
    PlanRepository,
    SharedEvidenceRepository,
    UnitOfWork,
)

from . import tables, wire
from .group_repositories import GroupTables, Observations
from .transactions import Transaction

_APPEND_EVENT = insert(tables.events)
_MOVIES = tables.select_bodies(tables.movies)
_FILES = tables.select_bodies(tables.files)
_GRABS = tables.select_bodies(tables.grabs)
_GRABS_IN_ORDER = _GRABS.order_by(tables.grabs.c.grabbed_at, tables.grabs.c.id)
_BLOCKS_IN_ORDER = tables.select_bodies(tables.blocks).order_by(tables.blocks.c.blocked_at, tables.blocks.c.id)
_PENDING_IN_ORDER = tables.select_bodies(tables.pending).order_by(tables.pending.c.id)
_INDEXERS = tables.select_bodies(tables.indexers)
_SHARED_EVIDENCE = tables.select_bodies(tables.shared_evidence)
_PLANS = tables.select_bodies(tables.plans)
_PLANS_IN_ORDER = _PLANS.order_by(tables.plans.c.made_at, tables.plans.c.id)
_EVENTS_IN_ORDER = tables.select_bodies(tables.events).order_by(tables.events.c.sequence)
_CURSORS = select(tables.cursors.c.sequence)
_LAST_SEQUENCE = select(func.coalesce(func.max(tables.events.c.sequence), 0))


def read_last_sequence(connection: Connection) -> int:
    """The number of the newest event. It holds for the whole transaction, which nobody else writes beside."""
    return int(connection.execute(_LAST_SEQUENCE).scalar_one())


Enter = Callable[[Transaction], Awaitable[None]]
Leave = Callable[[Transaction, bool], Awaitable[None]]


def _in_slot(table: Table, key: SlotKey) -> ColumnElement[bool]:
    columns = wire.slot_columns(key)
    return and_(table.c.movie_id == columns["movie_id"], table.c.slot == columns["slot"])


@define
class _Movies(MovieRepository):
    """Films in `movies`."""

    _transaction: Transaction

    async def save(self, movie: Movie) -> None:
        self._transaction.save(tables.movies, wire.row_from_movie(movie))

    async def find(self, movie_id: MovieId) -> Movie | None:
        return await self._transaction.find(_MOVIES.where(tables.movies.c.id == wire.to_key(movie_id)), Movie)

    async def list_all(self) -> tuple[Movie, ...]:
        # Databases sort texts by rules of their own.
        return tuple(sorted(await self._transaction.list_all(_MOVIES, Movie), key=lambda movie: movie.id))


@define
class _Files(FileRepository):
    """Held files in `files`."""

    _transaction: Transaction

    async def save(self, file: MovieFile) -> None:
        self._transaction.save(tables.files, wire.row_from_file(file))

    async def find(self, key: SlotKey) -> MovieFile | None:
        return await self._transaction.find(_FILES.where(_in_slot(tables.files, key)), MovieFile)

    async def list_all(self) -> tuple[MovieFile, ...]:
        found = await self._transaction.list_all(_FILES, MovieFile)
        return tuple(sorted(found, key=lambda file: (file.movie_id, file.slot)))


@define
class _Grabs(GrabRepository):
    """What was taken, in `grabs`. An index makes sure of one active grab a slot."""

    _transaction: Transaction

    async def save(self, grab: Grab) -> None:
        row = wire.row_from_grab(grab)
        if not grab.is_active:  # no rule can stand against it
            self._transaction.save(tables.grabs, row)
            return
        upsert = tables.build_upsert(self._transaction.dialect, tables.grabs)
        rival = await self._transaction.ask(lambda connection: _write_grab(connection, upsert, grab, row))
        if rival is not None:
            other = self._transaction.read(rival, _GRABS, Grab)
            raise BugError(
                f"slot {grab.target.slot!r} of {grab.target.movie_id!r} already has the active grab "
                f"{other.info_hash} ({other.offer.title!r}); {grab.info_hash} ({grab.offer.title!r}) may not join it",
                adapter=self._transaction.adapter,
            )

    async def find(self, info_hash: InfoHash, key: SlotKey) -> Grab | None:
        query = _GRABS.where(tables.grabs.c.info_hash == str(info_hash), _in_slot(tables.grabs, key))
        return await self._transaction.find(query, Grab)

    async def list_in(self, *states: GrabState) -> tuple[Grab, ...]:
        query = _GRABS_IN_ORDER.where(tables.grabs.c.state.in_(states)) if states else _GRABS_IN_ORDER
        return await self._transaction.list_all(query, Grab)

    async def list_of(self, movie_id: MovieId) -> tuple[Grab, ...]:
        query = _GRABS_IN_ORDER.where(tables.grabs.c.movie_id == wire.to_key(movie_id))
        return await self._transaction.list_all(query, Grab)


def _write_grab(connection: Connection, upsert: Insert, grab: Grab, row: wire.Row) -> Row[Any] | None:
    """Write an active grab; or write nothing, and give back the one that has its slot."""
    try:
        # PostgreSQL gives up the whole transaction over a refused row; SQLite only the row.
        with nullcontext() if connection.dialect.name == "sqlite" else connection.begin_nested():
            connection.execute(upsert, row)
    except IntegrityError:
        in_slot = _GRABS.where(_in_slot(tables.grabs, grab.target), tables.grabs.c.state.in_(ACTIVE_GRAB_STATES))
        return connection.execute(in_slot.where(tables.grabs.c.info_hash != row["info_hash"])).one()
    return None


@define
class _Blocks(BlockRepository):
    """Blocked releases in `blocks`."""

    _transaction: Transaction

    async def save(self, blocked: BlockedRelease) -> None:
        self._transaction.save(tables.blocks, wire.row_from_block(blocked))

    async def list_all(self) -> tuple[BlockedRelease, ...]:
        return await self._transaction.list_all(_BLOCKS_IN_ORDER, BlockedRelease)


@define
class _Pending(PendingRepository):
    """What waits, in `pending`."""

    _transaction: Transaction

    async def save(self, pending: PendingRelease) -> None:
        self._transaction.save(tables.pending, wire.row_from_pending(pending))

    async def list_all(self) -> tuple[PendingRelease, ...]:
        return await self._transaction.list_all(_PENDING_IN_ORDER, PendingRelease)

    async def list_due(self, now: datetime) -> tuple[PendingRelease, ...]:
        until = tables.pending.c.until
        query = _PENDING_IN_ORDER.where(or_(until.is_(None), until <= wire.to_moment(now)))
        return await self._transaction.list_all(query, PendingRelease)

    async def remove(self, pending: PendingRelease) -> None:
        key = {f"its_{name}": value for name, value in wire.pending_columns(pending).items()}
        self._transaction.write(tables.DELETE_PENDING, key)


@define
class _Indexers(IndexerRepository):
    """How indexers fare, in `indexers`."""

    _transaction: Transaction

    async def save(self, health: IndexerHealth) -> None:
        self._transaction.save(tables.indexers, wire.row_from_health(health))

    async def list_all(self) -> tuple[IndexerHealth, ...]:
        found = await self._transaction.list_all(_INDEXERS, IndexerHealth)
        return tuple(sorted(found, key=lambda health: health.indexer))


@define
class _SharedEvidence(SharedEvidenceRepository):
    """What others counted, in `shared_evidence`."""

    _transaction: Transaction

    async def save(self, shared: SharedEvidence) -> None:
        self._transaction.save(tables.shared_evidence, wire.row_from_shared_evidence(shared))

    async def list_all(self) -> tuple[SharedEvidence, ...]:
        found = await self._transaction.list_all(_SHARED_EVIDENCE, SharedEvidence)
        return tuple(sorted(found, key=lambda shared: shared.name))

    async def remove(self, name: str) -> None:
        self._transaction.write(tables.DELETE_SHARED_EVIDENCE, {"its_name": wire.to_key(name)})


@define
class _Plans(PlanRepository):
    """The journal in `plans`."""

    _transaction: Transaction

    async def save(self, plan: Plan) -> None:
        self._transaction.save(tables.plans, wire.row_from_plan(plan))

    async def find(self, plan_id: str) -> Plan | None:
        return await self._transaction.find(_PLANS.where(tables.plans.c.plan_id == wire.to_key(plan_id)), Plan)

    async def list_unfinished(self) -> tuple[Plan, ...]:
        unfinished = tables.plans.c.state == PlanState.PLANNED.value
        return await self._transaction.list_all(_PLANS_IN_ORDER.where(unfinished), Plan)


@define
class _Events(EventRepository):
    """Everything that happened, in `events`, and how far each reader is, in `cursors`."""

    _transaction: Transaction

    async def append(self, event: Event) -> StoredEvent:
        stored = StoredEvent(sequence=self._transaction.last_sequence + 1, event=event)
        self._transaction.write(_APPEND_EVENT, wire.row_from_event(stored))
        self._transaction.last_sequence = stored.sequence
        return stored

    async def list_after(self, sequence: int, limit: int = 500) -> tuple[StoredEvent, ...]:
        query = _EVENTS_IN_ORDER.where(tables.events.c.sequence > sequence).limit(limit)
        return await self._transaction.list_all(query, StoredEvent)

    async def list_of(self, movie_id: MovieId) -> tuple[StoredEvent, ...]:
        query = _EVENTS_IN_ORDER.where(tables.events.c.movie_id == wire.to_key(movie_id))
        return await self._transaction.list_all(query, StoredEvent)

    async def find_cursor(self, reader: str) -> int | None:
        query = _CURSORS.where(tables.cursors.c.reader == wire.to_key(reader))
        return await self._transaction.ask(lambda connection: connection.execute(query).scalar_one_or_none())

    async def move_cursor(self, reader: str, sequence: int) -> None:
        self._transaction.save(tables.cursors, {"reader": wire.to_key(reader), "sequence": sequence})

    async def last_sequence(self) -> int:
        return self._transaction.last_sequence


class SqlAlchemyUnitOfWork(UnitOfWork):
    """One transaction on the storage's one connection."""

    def __init__(self, transaction: Transaction, *, enter: Enter, leave: Leave) -> None:
        self._transaction, self._enter, self._leave = transaction, enter, leave
        self.movies, self.files, self.grabs = _Movies(transaction), _Files(transaction), _Grabs(transaction)
        self.blocks, self.plans, self.events = _Blocks(transaction), _Plans(transaction), _Events(transaction)
        self.pending, self.indexers = _Pending(transaction), _Indexers(transaction)
        self.observations, self.group_tables = Observations(transaction), GroupTables(transaction)
        self.shared_evidence = _SharedEvidence(transaction)

    async def __aenter__(self) -> Self:
        await self._enter(self._transaction)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave(self._transaction, error is None)
