"""A transaction, and what its repositories share.

What need not be answered at once is only written down, and goes to the database with the next question or with the
commit: each time the worker thread is woken costs more than a statement does.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from attrs import Factory, define
from sqlalchemy import Connection, Delete, Insert, Row, Select, Table, Update

from radarr_core.errors import BugError, ConfigurationError

from . import tables, wire

T = TypeVar("T")
Writing = tuple[Insert | Update | Delete, wire.Row]
_LONGEST_SHOWN = 200


class _Call(Protocol):
    """Has something done with the connection in the worker's thread, and gives back what comes of it."""

    async def __call__(self, do: Callable[[Connection], T]) -> T: ...


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

    def write(self, statement: Insert | Update | Delete, row: wire.Row) -> None:
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

    def read(self, row: Row[Any], query: Select[Any], kind: type[T], remedy: str = "put a back-up in its place") -> T:
        """The value of a row, whose body comes first.

        Args:
            row: as the query found it.
            query: what was asked.
            kind: of which type the value is.
            remedy: what people can do about a row that cannot be read.

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
                f"the row of {key} in the table {table} cannot be read: the database is damaged; {remedy} ({said})",
                adapter=self.adapter,
            ) from error

    def take_pending(self) -> list[Writing]:
        """What is yet to be written; it is the caller's now."""
        pending, self._pending = self._pending, []
        return pending

    def _check_under_way(self) -> None:
        if not self.is_under_way:
            raise BugError("a unit of work was used outside its `async with` block", adapter=self.adapter)


def write_all(connection: Connection, pending: list[Writing]) -> None:
    """Write rows in the order they came in; neighbours of one statement go together."""
    for statement, rows in groupby(pending, key=itemgetter(0)):
        connection.execute(statement, [row for _, row in rows])
