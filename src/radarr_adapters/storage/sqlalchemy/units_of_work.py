"""A unit of work and its repositories.

What need not be answered at once is only written down, and goes to the database with the next question or with the
commit: each time the worker thread is woken costs more than a statement does.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from attrs import Factory, define
from sqlalchemy import ColumnElement, Connection, Delete, Insert, Row, Select, Table, and_, func, insert, select
from sqlalchemy.exc import IntegrityError

from radarr_core.domain.decisions.situation import PendingRelease
from radarr_core.domain.downloads import ACTIVE_GRAB_STATES, BlockedRelease, Grab, GrabState
from radarr_core.domain.events import Event, StoredEvent
from radarr_core.domain.identifiers import InfoHash, MovieId
from radarr_core.domain.indexer_health import IndexerHealth
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.plans import Plan, PlanState
from radarr_core.domain.scene_groups import SharedEvidence
from radarr_core.errors import BugError, ConfigurationError
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

T = TypeVar("T")
Writing = tuple[Insert | Delete, wire.Row]
_LONGEST_SHOWN = 200


class _Call(Protocol):
    """Has something done with the connection in the worker's thread, and gives back what comes of it."""

    async def __call__(self, do: Callable[[Connection], T]) -> T: ...


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


@define
class Transaction:
    """A transaction: what its repositories share.

    Attributes:
        call: has something done with the connection, in its thread.
        dialect: `sqlite` or `postgresql`.
        last_sequence: the number of the newest event, this transaction's own included.
    """

    call: _Call
    dialect: str
    adapter: str
    last_sequence: int = 0
    is_under_way: bool = False
    _pending: list[Writing] = Factory(list)

    def write(self, statement: Insert | Delete, row: wire.Row) -> None:
        """Have a row written, or taken away, before anything is read, or at the commit."""
        self._check_under_way()
        self._pending.append((statement, row))

    def save(self, table: Table, row: wire.Row) -> None:
        """Have a row added, or put in the place of the one of its key."""
        self.write(tables.build_upsert(self.dialect, table), row)

    async def ask(self, question: Callable[[Connection], T]) -> T:
        """Find something out, once everything is written that came before."""
        self._check_under_way()
        pending = self.take_pending()

        def do(connection: Connection) -> T:
            write_all(connection, pending)
            return question(connection)

        return await self.call(do)

    async def find(self, query: Select[Any], kind: type[T]) -> T | None:
        """The value of the one row that answers the query, or None."""
        row = await self.ask(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else self.read(row, query, kind)

    async def list_all(self, query: Select[Any], kind: type[T]) -> tuple[T, ...]:
        """The values of all rows that answer the query; they are read in the worker's thread."""
        return await self.ask(
            lambda connection: tuple(self.read(row, query, kind) for row in connection.execute(query))
        )

    def read(self, row: Row[Any], query: Select[Any], kind: type[T]) -> T:
        """The value of a row, whose body comes first.

        Raises:
            ConfigurationError: the body is none that was ever written here.
        """
        try:
            return wire.from_body(row[0], kind)
        except ValueError as error:
            said = str(error)[:_LONGEST_SHOWN]
            table = query.get_final_froms()[0]
            key = ", ".join(f"{name} {value!a}" for name, value in list(zip(row._fields, row, strict=True))[1:])
            raise ConfigurationError(
                f"the row of {key} in the table {table} cannot be read: the database is damaged; "
                f"put a back-up in its place ({said})",
                adapter=self.adapter,
            ) from error

    def take_pending(self) -> list[Writing]:
        """What is yet to be written; it is the caller's now."""
        pending, self._pending = self._pending, []
        return pending

    def _check_under_way(self) -> None:
        if not self.is_under_way:
            raise BugError("a unit of work was used outside its `async with` block", adapter=self.adapter)


Enter = Callable[[Transaction], Awaitable[None]]
Leave = Callable[[Transaction, bool], Awaitable[None]]


def write_all(connection: Connection, pending: list[Writing]) -> None:
    """Write rows in the order they came in; neighbours of one statement go together."""
    for statement, rows in groupby(pending, key=itemgetter(0)):
        connection.execute(statement, [row for _, row in rows])


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
        self.shared_evidence = _SharedEvidence(transaction)

    async def __aenter__(self) -> Self:
        await self._enter(self._transaction)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave(self._transaction, error is None)
