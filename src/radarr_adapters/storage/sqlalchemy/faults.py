"""What goes wrong in SQLite, PostgreSQL and their drivers, in the words of the error tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, PendingRollbackError

from radarr_core.errors import (
    AuthenticationError,
    BugError,
    ConfigurationError,
    DiskFullError,
    RadarrCoreError,
    ServiceUnavailableError,
    StorageBusyError,
)

Meaning = tuple[type[RadarrCoreError], str]

_BUSY: Meaning = (StorageBusyError, "somebody else's transaction did not end in time; try again")
_AWAY: Meaning = (ServiceUnavailableError, "the database is away; try again when it is back")
_FULL: Meaning = (DiskFullError, "the disk that holds the database is full; make room")
_NOT_WRITABLE: Meaning = (ConfigurationError, "the database may not be written to; change its permissions")
_BUG: Meaning = (BugError, "the database refused a statement; please report it")

SQLITE_MEANINGS: Mapping[int, Meaning] = {
    3: _NOT_WRITABLE,  # SQLITE_PERM
    5: _BUSY,  # SQLITE_BUSY
    6: _BUSY,  # SQLITE_LOCKED
    8: _NOT_WRITABLE,  # SQLITE_READONLY
    10: (ServiceUnavailableError, "the disk that holds the database does not answer as it should"),  # SQLITE_IOERR
    11: (ConfigurationError, "the database is damaged; put a back-up in its place"),  # SQLITE_CORRUPT
    13: _FULL,  # SQLITE_FULL
    14: (ConfigurationError, "the database cannot be opened; is there such a folder, writable?"),  # SQLITE_CANTOPEN
    26: (ConfigurationError, "the file is no SQLite database; name another one"),  # SQLITE_NOTADB
}
"""By primary result code: https://www.sqlite.org/rescode.html"""

POSTGRESQL_MEANINGS: Mapping[str, Meaning] = {
    "08": _AWAY,
    "25006": _NOT_WRITABLE,
    "28": (AuthenticationError, "the database refused the user or password; correct them"),
    "3D": (ConfigurationError, "there is no such database; create it, or name another one"),
    "40": _BUSY,
    "42501": _NOT_WRITABLE,
    "53": _AWAY,
    "53100": _FULL,
    "55P03": _BUSY,
    "57": _AWAY,
    "57014": _BUSY,
}
"""By SQLSTATE, or its class of two characters: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

# libpq hands over no SQLSTATE when a connection is refused, only the server's sentence.
_REFUSALS: Mapping[str, str] = {
    "password authentication failed": "28",
    "no password supplied": "28",
    "pg_hba.conf": "28",
    "does not exist": "3D",
}


def _find_meaning(cause: Any) -> Meaning:
    sqlite_code = getattr(cause, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return SQLITE_MEANINGS.get(sqlite_code & 0xFF, _BUG)
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return POSTGRESQL_MEANINGS.get(state) or POSTGRESQL_MEANINGS.get(state[:2], _BUG)
    for sentence, refused in _REFUSALS.items():
        if sentence in str(cause):
            return POSTGRESQL_MEANINGS[refused]
    # What has no code never reached a database: the connection was not there, or went away.
    return _AWAY if type(cause).__name__ in ("OperationalError", "InterfaceError") else _BUG


def translate(error: DBAPIError, *, adapter: str, where: str) -> RadarrCoreError:
    """The error of ours that says what a caller can do about it."""
    kind, advice = _find_meaning(error.orig)
    said = " ".join(str(error.orig).split())
    return kind(f"{where}: {advice} ({said})", adapter=adapter)


@contextmanager
def translated(*, adapter: str, where: str) -> Iterator[None]:
    """Let errors of the database out as errors of ours."""
    try:
        yield
    except DBAPIError as error:
        raise translate(error, adapter=adapter, where=where) from error
    except PendingRollbackError as error:  # somebody went on after the connection broke
        raise _AWAY[0](f"{where}: {_AWAY[1]}", adapter=adapter) from error
