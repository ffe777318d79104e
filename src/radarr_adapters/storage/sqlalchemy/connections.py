"""From a URL to connections: which database, which driver, and how each connection is set up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from attrs import frozen
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from radarr_core.errors import ConfigurationError, MissingExtraError

from .plugin import SqlAlchemySettings

_CONNECT_SECONDS = 10
_FORMS = "expected sqlite:///path/to/library.db or postgresql://user@host:port/name"
_UNITS_OF_WORK = 0x7261_0001
"""The first half of the PostgreSQL advisory lock that a unit of work holds; the second half is the schema."""
_SQLITE_BUSY = 5


@frozen(kw_only=True)
class Database:
    """A database that was named, and the engine that reaches it.

    Attributes:
        path: the SQLite file; None for one in memory and for PostgreSQL.
        shown: the URL for messages, without its password.
    """

    engine: Engine
    shown: str
    path: Path | None = None

    @property
    def is_postgresql(self) -> bool:
        """Whether it is PostgreSQL; else it is SQLite."""
        return self.engine.dialect.name == "postgresql"


def find_database(settings: SqlAlchemySettings, *, adapter: str) -> Database:
    """The database the settings name; nothing is connected yet.

    Raises:
        ConfigurationError: the URL names no database of a kind we know.
        MissingExtraError: the driver of PostgreSQL is not installed.
    """
    try:
        url = make_url(settings.url)
        kind = url.get_backend_name()
    except (ArgumentError, ValueError) as error:  # what is no URL may still hold a password, so it is not shown
        raise ConfigurationError(f"the url cannot be read; {_FORMS}", adapter=adapter, key="storage.url") from error
    if kind == "sqlite":
        return _find_sqlite(url, settings, adapter)
    if kind in ("postgresql", "postgres"):
        return _find_postgresql(url, settings, adapter)
    raise ConfigurationError(
        f"{kind!r} is no kind of database known here; {_FORMS}", adapter=adapter, key="storage.url"
    )


def _find_sqlite(url: URL, settings: SqlAlchemySettings, adapter: str) -> Database:
    name = url.database
    if settings.password is not None or url.host or (name or "").startswith("file:"):
        message = "a SQLite database has a path after three slashes, and neither host nor password nor file: address"
        raise ConfigurationError(message, adapter=adapter, key="storage.url")
    path = None if name in (None, "", ":memory:") else Path(str(name)).expanduser().resolve()
    engine = create_engine(
        URL.create("sqlite", database=str(path) if path else None),
        poolclass=NullPool,
        hide_parameters=True,
        # Without an isolation level the driver leaves BEGIN to us. One thread at a time uses the connection.
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": settings.busy_timeout},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        _prepare_sqlite(connection, settings.busy_timeout)

    return Database(engine=engine, path=path, shown=str(path or "the database in memory"))


def _prepare_sqlite(connection: Any, patience: float) -> None:
    # A text of a damaged file is found out where it is read, and there its row can be named.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    # The default, NORMAL, may lose the last commits to a power cut once WAL is on.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    deadline = time.monotonic() + patience
    while connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except connection.OperationalError as error:
            # Changing the mode does not wait for locks by itself, as every other statement does.
            if error.sqlite_errorcode & 0xFF != _SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _find_postgresql(url: URL, settings: SqlAlchemySettings, adapter: str) -> Database:
    url = url.set(drivername="postgresql+psycopg")
    if settings.password is not None:
        url = url.set(password=settings.password.reveal())
    patience = int(settings.busy_timeout * 1000)
    deadlines = {"connect_timeout": _CONNECT_SECONDS, "tcp_user_timeout": patience + 10_000, "keepalives_idle": 30}
    try:
        engine = create_engine(
            url,
            poolclass=NullPool,
            hide_parameters=True,
            # Every unit of work takes one lock before it reads (see `begin`), so none can read what is out of date:
            # a snapshot of the whole transaction would be older than that lock.
            isolation_level="READ COMMITTED",
            connect_args={key: value for key, value in deadlines.items() if key not in url.query},
        )
    except ImportError as error:
        message = (
            f"needs a package that is not installed ({error}); install it with: pip install 'radarr-core[postgresql]'"
        )
        raise MissingExtraError(message, adapter=adapter) from error

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.execute(f"SET lock_timeout = {patience}")
        connection.execute(f"SET statement_timeout = {patience + 10_000}")
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        connection.commit()

    return Database(engine=engine, shown=url.render_as_string(hide_password=True))


def begin(connection: Connection) -> None:
    """Begin a transaction that no other one of any process can be at work beside.

    In SQLite that is BEGIN IMMEDIATE. In PostgreSQL a lock that ends with the transaction does the same, so that
    numbers of events are handed out in the order of commits, and a reader behind a cursor never misses one.
    """
    connection.begin()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UNITS_OF_WORK}, hashtext(current_schema()))")
