"""Being the only pipeline at work on a database, until the process ends at the latest.

A SQLite file is claimed by a lock of the operating system on a file beside it, a PostgreSQL database by a lock of a
session of its own. Both are let go by the other side when the process dies, however it dies.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text

from radarr_core.errors import ConfigurationError

from .connections import Database

_PIPELINE = 0x7261_0002
"""The first half of the PostgreSQL advisory lock that a pipeline holds; the second half is the schema."""
_TAKE = text("SELECT pg_try_advisory_lock(:pipeline, hashtext(current_schema()))").bindparams(pipeline=_PIPELINE)
_SIGN = text("SELECT set_config('application_name', :owner, false)")
_FIND_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = :pipeline AND l.objsubid = 2 "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND l.objid = (hashtext(current_schema())::bigint & 4294967295)::oid"
).bindparams(pipeline=_PIPELINE)


class Claim(ABC):
    """One try at being the only one. Its methods block, and are called by one thread."""

    @abstractmethod
    def take(self, owner: str) -> str | None:
        """Take it; None when that went well, else who has it, as far as that is known."""

    @abstractmethod
    def let_go(self) -> None:
        """Let go of it; does no harm where nothing was taken."""


class _FileClaim(Claim):
    """By a lock on `<database>.lock`; who has it stands in `<database>.owner`.

    A file of several names (hard links) is refused: neither this lock nor SQLite's own log would be found by the
    others, https://www.sqlite.org/howtocorrupt.html#_multiple_links_to_the_same_file
    """

    def __init__(self, path: Path, adapter: str) -> None:
        self._path = path
        self._lock = FileLock(f"{path}.lock", blocking=False, thread_local=False)
        self._owner = Path(f"{path}.owner")
        self._adapter = adapter

    def take(self, owner: str) -> str | None:
        try:
            self._owner.parent.stat()  # the lock would make the folder, and hide a disk that is not mounted
            self._lock.acquire()
            self._refuse_second_names()
        except Timeout:
            return self._read_owner()
        except OSError as error:
            raise ConfigurationError(
                f"{self._lock.lock_file!r} cannot be locked: {error.strerror}; is there such a folder, writable?",
                adapter=self._adapter,
            ) from error
        # Whoever reads it is told more; the lock holds without it.
        with suppress(OSError):
            self._owner.write_text(f"{owner!r}, process {os.getpid()}", "utf-8", errors="backslashreplace")
        return None

    def _refuse_second_names(self) -> None:
        with suppress(FileNotFoundError):  # it is yet to be made
            names = self._path.stat().st_nlink
            if names > 1:
                raise ConfigurationError(
                    f"{str(self._path)!r} has {names} names (hard links), and each would keep a log of its own, which "
                    "damages the database; make the others copies, or remove them",
                    adapter=self._adapter,
                )

    def _read_owner(self) -> str:
        try:
            return self._owner.read_text("utf-8", errors="replace")[:200] or "somebody"
        except OSError:
            return "somebody"

    def let_go(self) -> None:
        if self._lock.is_locked:
            with suppress(OSError):
                self._owner.unlink()
            self._lock.release()


class _SessionClaim(Claim):
    """By an advisory lock of a PostgreSQL session of its own, whose application name says who has it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self, owner: str) -> str | None:
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if self._connection.execute(_TAKE).scalar_one():
            self._connection.execute(_SIGN, {"owner": _to_application_name(owner)})
            return None
        holder: Any = self._connection.execute(_FIND_HOLDER).scalar_one_or_none()
        self.let_go()
        return repr(holder) if holder else "somebody"

    def let_go(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()


def _to_application_name(owner: str) -> str:
    """PostgreSQL keeps 63 bytes of printable ASCII."""
    return owner.encode("ascii", "backslashreplace").decode().replace("\0", "?")[:63]


class _MemoryClaim(Claim):
    """By a note in the storage itself: a database in memory belongs to one storage."""

    def __init__(self, holders: list[str]) -> None:
        self._holders = holders
        self._has_it = False

    def take(self, owner: str) -> str | None:
        if self._holders:
            return repr(self._holders[0])
        self._holders.append(owner)
        self._has_it = True
        return None

    def let_go(self) -> None:
        if self._has_it:
            self._holders.clear()
            self._has_it = False


def build_claim(database: Database, holders: list[str], *, adapter: str) -> Claim:
    """The kind of claim that database allows."""
    if database.is_postgresql:
        return _SessionClaim(database.engine)
    return _FileClaim(database.path, adapter) if database.path else _MemoryClaim(holders)
