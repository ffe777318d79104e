"""The Storage port over SQLAlchemy Core.

One connection, used by one thread, does all units of work one after the other. SQLAlchemy's own bridge from asyncio
to SQLite hands every step of every statement to a thread and back, three to five times a statement, which costs more
than the statement; here a unit of work that only writes takes two such trips, one to begin and one to commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

from sqlalchemy import Connection

from radarr_core.errors import BugError, StorageInUseError
from radarr_core.ports.storage import Storage, UnitOfWork

from .claims import build_claim
from .connections import find_database
from .faults import translated
from .plugin import SqlAlchemySettings
from .session import Session
from .transactions import Transaction
from .units_of_work import SqlAlchemyUnitOfWork
from .worker import Worker

T = TypeVar("T")


class SqlAlchemyStorage(Storage):
    """Keeps the library in a SQLite file, in memory, or in PostgreSQL."""

    def __init__(self, settings: SqlAlchemySettings, *, name: str = "sqlalchemy") -> None:
        self._name = name
        self._database = find_database(settings, adapter=name)
        self._session = Session(self._database, adapter=name)
        self._worker = Worker()
        self._turn = asyncio.Lock()
        self._at_work: asyncio.Task[object] | None = None
        self._is_open = False
        self._holders: list[str] = []

    async def open(self) -> None:
        """Make or upgrade the schema; see the port."""
        if not self._is_open:
            async with self._turn:
                await self._call(self._session.prepare)
                self._is_open = True

    def claim(self, owner: str) -> AbstractAsyncContextManager[None]:
        """Be the only pipeline at work on this database; see the port."""
        return self._claim(owner)

    @asynccontextmanager
    async def _claim(self, owner: str) -> AsyncIterator[None]:
        claim = build_claim(self._database, self._holders, adapter=self._name)
        try:
            holder = await self._call(lambda: claim.take(owner))
            if holder is not None:
                raise StorageInUseError(
                    f"{self._database.shown} is in use by {holder}; stop that one before {owner!r} starts",
                    adapter=self._name,
                )
            yield
        finally:
            await self._call(claim.let_go)

    def begin(self) -> UnitOfWork:
        """A new unit of work."""
        transaction = Transaction(call=self._run, dialect=self._database.engine.dialect.name, adapter=self._name)
        return SqlAlchemyUnitOfWork(transaction, enter=self._enter, leave=self._leave)

    async def _enter(self, transaction: Transaction) -> None:
        """Begin the transaction of a unit of work when its turn has come."""
        if not self._is_open:
            raise BugError("the storage was used before `await storage.open()`", adapter=self._name)
        task = asyncio.current_task()
        if task is not None and task is self._at_work:
            raise BugError(
                "a unit of work was begun inside another, and would wait for it for ever", adapter=self._name
            )
        await self._turn.acquire()
        try:
            transaction.last_sequence = await self._call(self._session.begin)
        except BaseException:
            self._worker.hand_in(self._session.roll_back)
            self._turn.release()
            raise
        self._at_work, transaction.is_under_way = task, True

    async def _leave(self, transaction: Transaction, is_well: bool) -> None:
        """End the transaction of a unit of work, and let the next one have its turn.

        Whoever is cancelled meanwhile leaves the commit or rollback running; the next transaction queues behind it.
        """
        transaction.is_under_way = False
        pending = transaction.take_pending()
        try:
            await self._call((lambda: self._session.commit(pending)) if is_well else self._session.roll_back)
        finally:
            self._at_work = None
            self._turn.release()

    async def check(self) -> str:
        """Begin a transaction, so that locks show as well, and tell the schema version."""
        async with self._turn:
            version = await self._call(self._session.read_version)
        kind = "PostgreSQL" if self._database.is_postgresql else "SQLite"
        return f"{kind} at {self._database.shown}, schema version {version or 'none yet'}"

    async def aclose(self) -> None:
        """Let go of the connection and the thread once the unit of work at hand has ended; see the port."""
        async with self._turn:
            self._is_open = False
            await self._call(self._session.close)
            self._worker.stop()

    async def _run(self, do: Callable[[Connection], T]) -> T:
        return await self._call(lambda: self._session.run(do))

    async def _call(self, do: Callable[[], T]) -> T:
        with translated(adapter=self._name, where=self._database.shown):
            return await self._worker.call(do)
