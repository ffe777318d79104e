"""The storage's one connection. Everything here blocks, and is called by the worker's thread alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from .connections import Database, begin
from .schema import ensure_schema, read_version
from .transactions import Writing, write_all
from .units_of_work import read_last_sequence

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Session:
    """A connection that is kept, so that a transaction costs no more than its statements; made when it is needed."""

    def __init__(self, database: Database, *, adapter: str) -> None:
        self._database = database
        self._adapter = adapter
        self._connection: Connection | None = None

    def prepare(self) -> None:
        """Make or upgrade the schema in one transaction; another process that does the same waits for its end."""
        try:
            ensure_schema(self._begin(), adapter=self._adapter, where=self._database.shown)
            self.commit([])
        except BaseException:
            self.roll_back()
            raise

    def begin(self) -> int:
        """Begin a transaction; gives back the number of the newest event."""
        return read_last_sequence(self._begin())

    def run(self, do: Callable[[Connection], T]) -> T:
        """Do something in the transaction that is under way."""
        return do(self._get_connection())

    def commit(self, pending: list[Writing]) -> None:
        """Write what is yet to be written, and commit; nothing of the transaction stays when either fails."""
        connection = self._get_connection()
        try:
            write_all(connection, pending)
            connection.commit()
        except BaseException:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        """End the transaction, if there is one, as if it had never been."""
        if self._connection is None:
            return
        try:
            self._connection.rollback()
        except SQLAlchemyError as error:
            _log.debug("the connection to %s is given up: %s", self._database.shown, error)
            self.close()

    def read_version(self) -> str | None:
        """The schema version, in a transaction of its own."""
        try:
            return read_version(self._begin())
        finally:
            self.roll_back()

    def close(self) -> None:
        """Let go of the connection; what was not committed is gone."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _begin(self) -> Connection:
        is_new = self._connection is None
        try:
            begin(self._get_connection())
        except DBAPIError as error:
            self.roll_back()
            if is_new or not error.connection_invalidated:
                raise
            # It broke while nothing was under way, as when the server was restarted: no harm in another try.
            self.close()
            begin(self._get_connection())
        return self._get_connection()

    def _get_connection(self) -> Connection:
        if self._connection is None:
            self._connection = self._database.engine.connect()
        return self._connection
