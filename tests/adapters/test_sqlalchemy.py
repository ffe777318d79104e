"""What the SQLAlchemy storage does beyond the contract: files, schema versions, locks, errors."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from radarr_adapters.storage.sqlalchemy import plugin, tables, wire
from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage
from radarr_adapters.storage.sqlalchemy.faults import POSTGRESQL_MEANINGS, SQLITE_MEANINGS, translate
from radarr_adapters.storage.sqlalchemy.plugin import SqlAlchemyAdapter, SqlAlchemySettings
from radarr_adapters.storage.sqlalchemy.schema import SCHEMA_VERSION, VERSION_TABLE, upgrade
from radarr_adapters.storage.sqlalchemy.tables import metadata
from radarr_core.errors import (
    AuthenticationError,
    BugError,
    ConfigurationError,
    DiskFullError,
    MissingExtraError,
    RadarrCoreError,
    SchemaVersionError,
    ServiceUnavailableError,
    StorageBusyError,
    StorageInUseError,
)
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.ports.clock import Clock
from radarr_core.settings import Secret
from radarr_core.testing.contracts.storage import make_grab, make_health, make_movie, make_pending, make_shared
from tests.servers import postgresql

DEADLINE = 30.0


def build(path: Path, **settings: Any) -> SqlAlchemyStorage:
    """A storage on that SQLite file."""
    return SqlAlchemyStorage(SqlAlchemySettings(url=f"sqlite:///{path}", **{"busy_timeout": 20.0, **settings}))


def read(path: Path) -> bytes:
    """What a file holds."""
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    """Make a file."""
    path.write_bytes(content)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A SQLite file that is not there yet."""
    return tmp_path / "library.db"


@pytest.fixture
async def storage(path: Path) -> AsyncIterator[SqlAlchemyStorage]:
    """An open storage on that file, with little patience."""
    storage = build(path, busy_timeout=0.1)
    await storage.open()
    yield storage
    await storage.aclose()


# --- the registry and the settings


def test_the_plugin_is_imported_without_its_extra() -> None:
    """A machine without SQLAlchemy can still list the adapter; building it says what to install."""
    script = (
        "import sys\n"
        "for name in ('sqlalchemy', 'alembic', 'filelock', 'psycopg'): sys.modules[name] = None\n"
        "from radarr_adapters.storage.sqlalchemy import plugin\n"
        "from radarr_core.plugins import *\n"
        "registry = build_registry([('here', plugin)])\n"
        "try:\n"
        "    registry.create(PortKind.STORAGE, 'sqlalchemy', {'url': 'sqlite://'},\n"
        "        AdapterContext(name='memory', clock=None), where='storage', environ={})\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=DEADLINE)

    assert done.stdout.startswith("MissingExtraError")
    assert "radarr-core[sqlalchemy]" in done.stdout


async def test_the_registry_builds_it_from_configuration(path: Path, clock: Clock) -> None:
    """A table of settings becomes a storage that works."""
    registry = build_registry([("here", plugin)])
    storage = registry.create(
        PortKind.STORAGE,
        "sqlalchemy",
        {"url": f"sqlite:///{path}", "busy_timeout": 5.0},
        AdapterContext(name="memory", clock=clock),
        where="storage",
        environ={},
    )
    await storage.open()
    assert "schema version" in await storage.check()
    await storage.aclose()
    assert read(path).startswith(b"SQLite format 3")


@pytest.fixture
def clock() -> Clock:
    """A clock nobody reads."""

    class NoClock(Clock):
        def now(self) -> Any:
            raise NotImplementedError

        async def sleep(self, seconds: float) -> None:
            raise NotImplementedError

    return NoClock()


@pytest.mark.parametrize(
    "url", ["", "library.db", "mysql://host/name", "sqlite://host/name", "sqlite:///file:x?mode=memory"]
)
def test_a_url_of_no_known_kind_is_refused(url: str) -> None:
    """The error names the key and shows the accepted forms."""
    with pytest.raises(ConfigurationError) as caught:
        SqlAlchemyStorage(SqlAlchemySettings(url=url))

    assert caught.value.key == "storage.url"
    assert "sqlite" in str(caught.value).lower()


@pytest.mark.parametrize("url", ["postgresql://me:hunter2@127.0.0.1:1/library", "postgres://me:hunter2@[::1/library"])
def test_a_password_is_never_shown(url: str) -> None:
    """Neither settings nor errors nor the storage's own text give a password away, also not one inside the URL."""
    settings = SqlAlchemySettings(url=url, password=Secret("hunter2"))
    assert "hunter2" not in repr(settings)
    with pytest.raises((ConfigurationError, ServiceUnavailableError)) as caught:
        asyncio.run(SqlAlchemyStorage(settings).open())
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), 10**6])
def test_a_senseless_time_out_is_refused(seconds: float) -> None:
    """Patience is a positive number of seconds, at most an hour."""
    with pytest.raises(ValueError, match="busy_timeout"):
        SqlAlchemySettings(url="sqlite://", busy_timeout=seconds)


def test_the_missing_driver_of_postgresql_is_named(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """Whoever has SQLAlchemy, but not psycopg, is told the extra that brings it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    settings = SqlAlchemySettings(url="postgresql://127.0.0.1/x")

    with pytest.raises(MissingExtraError, match=r"radarr-core\[postgresql\]"):
        SqlAlchemyAdapter.create(settings, AdapterContext(name="memory", clock=clock))


# --- the file


async def test_the_file_is_set_up_to_lose_nothing(storage: SqlAlchemyStorage, path: Path) -> None:
    """WAL with full synchronisation, and foreign keys kept."""
    asked = ("journal_mode", "synchronous", "foreign_keys")
    answers = await storage._run(lambda c: [c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked])

    assert answers == ["wal", 2, 1]


async def test_a_relative_path_is_fixed_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the working directory afterwards does not change the library."""
    monkeypatch.chdir(tmp_path)
    storage = SqlAlchemyStorage(SqlAlchemySettings(url="sqlite:///library.db"))
    monkeypatch.chdir("/")
    await storage.open()
    await storage.aclose()

    assert read(tmp_path / "library.db").startswith(b"SQLite format 3")


async def test_a_missing_folder_is_a_matter_for_a_person(tmp_path: Path) -> None:
    """The error names the file and asks about its folder; so does a claim on it."""
    storage = build(tmp_path / "nowhere" / "library.db")
    with pytest.raises(ConfigurationError, match=r"nowhere/library\.db.*folder"):
        await storage.open()
    with pytest.raises(ConfigurationError, match=r"nowhere/library\.db.*folder"):
        async with storage.claim("me"):
            pass
    await storage.aclose()


async def test_a_file_of_another_kind_is_left_alone(path: Path) -> None:
    """What is no SQLite database is refused and not written to."""
    letter = b"this is a letter to my aunt" * 100
    write(path, letter)
    storage = build(path)
    with pytest.raises(ConfigurationError, match="no SQLite database"):
        await storage.open()
    await storage.aclose()

    assert read(path) == letter


async def test_a_database_that_may_not_be_written_to(storage: SqlAlchemyStorage, path: Path) -> None:
    """A read-only database is a matter for a person; here by the connection's mode, as permissions do not stop root."""

    def forbid() -> None:
        storage._session.run(lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON"))
        storage._session.roll_back()

    await storage._call(forbid)
    with pytest.raises(ConfigurationError, match="may not be written to"):
        async with storage.begin() as work:
            await work.movies.save(make_movie())


async def test_using_it_before_opening_is_a_bug(path: Path) -> None:
    """The mistake is named, instead of a missing table."""
    with pytest.raises(BugError, match="open"):
        async with build(path).begin():
            pass


# --- the schema


async def test_the_migrations_make_the_tables_of_the_code(storage: SqlAlchemyStorage, path: Path) -> None:
    """A migrated database differs in nothing from what `tables` says."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        differences = compare_metadata(context, metadata)
        partial = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'one_active_grab_per_slot'")
        assert "WHERE state IN ('downloading', 'importing', 'requested', 'waiting')" in partial.scalar_one()
    engine.dispose()

    assert differences == []


def test_the_schema_version_is_the_newest_migration() -> None:
    """The constant that spares us Alembic's import is kept up to date, and versions sort as texts."""
    config = Config()
    config.set_main_option("script_location", "radarr_adapters.storage.sqlalchemy:migrations")
    script = ScriptDirectory.from_config(config)

    assert script.get_heads() == [SCHEMA_VERSION]
    revisions = [step.revision for step in script.walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)


async def test_a_database_of_the_first_version_is_upgraded_with_what_it_holds(path: Path) -> None:
    """A library of before keeps its films and grabs, whose values lack what is newer, and can let releases wait."""
    old = json.loads(wire.to_body(make_grab()))
    del old["ended_at"]
    row = {**wire.row_from_grab(make_grab()), "body": json.dumps(old)}
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection, "0001")
        connection.execute(tables.grabs.insert(), [row])
        connection.execute(tables.movies.insert(), [wire.row_from_movie(make_movie())])
    engine.dispose()
    storage = build(path)
    await storage.open()
    async with storage.begin() as work:
        await work.pending.save(make_pending())
        await work.indexers.save(make_health())
        await work.shared_evidence.save(make_shared())
    async with storage.begin() as work:
        assert await work.grabs.list_of(make_movie().id) == (make_grab(),)
        assert await work.movies.list_all() == (make_movie(),)
        assert await work.pending.list_all() == (make_pending(),)
        assert await work.indexers.list_all() == (make_health(),)
        assert await work.shared_evidence.list_all() == (make_shared(),)
    assert SCHEMA_VERSION in await storage.check()
    await storage.aclose()


async def test_a_newer_database_is_refused_unchanged(storage: SqlAlchemyStorage, path: Path) -> None:
    """A library that a newer version wrote is not touched; the error says what to do."""
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    connection.close()
    newer = build(path)
    with pytest.raises(SchemaVersionError, match=r"'9999'.*upgrade radarr-core"):
        await newer.open()
    await newer.aclose()


async def test_another_programs_database_is_refused(path: Path) -> None:
    """Tables of the same name that are not ours are left alone."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE movies (x)")
    connection.close()
    storage = build(path)
    with pytest.raises(ConfigurationError, match="another program"):
        await storage.open()
    await storage.aclose()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("movies",)]
    connection.close()


async def test_many_may_open_a_new_file_at_once(path: Path) -> None:
    """The schema is made once, however many begin together; the others wait for it."""
    storages = [build(path) for _ in range(8)]
    async with asyncio.timeout(DEADLINE):
        await asyncio.gather(*(storage.open() for storage in storages))
    for storage in storages:
        async with storage.begin() as work:
            assert await work.movies.list_all() == ()
        await storage.aclose()


# --- locks


async def test_a_lock_that_does_not_clear_is_worth_another_try(storage: SqlAlchemyStorage, path: Path) -> None:
    """Another program's transaction makes us wait, then give up for now; afterwards all is well."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusyError, match=r"library\.db"):
        async with storage.begin():
            pass
    with pytest.raises(StorageBusyError):
        await storage.check()
    other.execute("ROLLBACK")
    other.close()

    async with storage.begin() as work:
        await work.movies.save(make_movie())


async def test_waiting_for_a_lock_can_be_cancelled_at_once(path: Path) -> None:
    """A task that is cancelled while the database is locked ends then, and the transaction it began is undone."""
    storage = build(path)
    await storage.open()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with storage.begin() as work:
            await work.movies.save(make_movie())

    task = asyncio.create_task(write())
    await asyncio.wait({task}, timeout=0.05)
    task.cancel()
    async with asyncio.timeout(1):
        with pytest.raises(asyncio.CancelledError):
            await task
    other.execute("COMMIT")
    other.close()

    async with storage.begin() as work:
        assert await work.movies.list_all() == ()
    await storage.aclose()


HOLDER = """
import asyncio, sys
from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage
from radarr_adapters.storage.sqlalchemy.plugin import SqlAlchemySettings

async def main():
    storage = SqlAlchemyStorage(SqlAlchemySettings(url=sys.argv[1]))
    await storage.open()
    async with storage.claim("the other process"), storage.begin() as work:
        await work.events.move_cursor("half done", 1)
        await work.events.find_cursor("half done")
        print("claimed", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def start_holder(url: str) -> subprocess.Popen[str]:
    """Another process that claims the database and gets stuck in the middle of a unit of work."""
    return subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, path: Path) -> str:
    """A database that other processes can reach as well."""
    return f"sqlite:///{path}" if request.param == "sqlite" else postgresql.create_database()


async def test_a_claim_keeps_other_processes_out_until_its_process_dies(url: str) -> None:
    """The holder is named; when it is killed in the middle of its work, claim and work are gone at once."""
    storage = SqlAlchemyStorage(SqlAlchemySettings(url=url, busy_timeout=20.0))
    holder = start_holder(url)
    try:
        assert holder.stdout is not None
        assert await asyncio.to_thread(holder.stdout.readline) == "claimed\n"
        async with asyncio.timeout(5):
            with pytest.raises(StorageInUseError, match="the other process"):
                async with storage.claim("this process"):
                    pass
    finally:
        holder.kill()
        holder.communicate(timeout=DEADLINE)

    async with asyncio.timeout(DEADLINE):
        while True:  # PostgreSQL takes a moment to see that a session is gone
            try:
                async with storage.claim("this process"):
                    await storage.open()
                    async with storage.begin() as work:
                        assert await work.events.find_cursor("half done") is None
                    break
            except StorageInUseError:
                await asyncio.sleep(0.05)
    await storage.aclose()


# --- PostgreSQL


async def test_postgresql_with_a_lock_that_does_not_clear() -> None:
    """Waiting for another process's unit of work ends with the busy time-out."""
    url = postgresql.create_database()
    patient = SqlAlchemyStorage(SqlAlchemySettings(url=url))
    hasty = SqlAlchemyStorage(SqlAlchemySettings(url=url, busy_timeout=0.2))
    await patient.open()
    await hasty.open()
    async with patient.begin() as work:
        await work.movies.save(make_movie())
        with pytest.raises(StorageBusyError):
            async with hasty.begin():
                pass
    async with hasty.begin() as work:
        assert await work.movies.list_all() == (make_movie(),)
    await patient.aclose()
    await hasty.aclose()


async def test_postgresql_that_comes_back_is_used_again() -> None:
    """A connection that broke while idle is made anew; one that breaks within a unit of work undoes it."""
    url = postgresql.create_database()
    storage, other = (SqlAlchemyStorage(SqlAlchemySettings(url=url)) for _ in range(2))
    await storage.open()
    await other.open()

    async def break_connections() -> None:
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as connection:
            connection.exec_driver_sql(kill + "pg_backend_pid()")
        engine.dispose()

    await break_connections()
    async with storage.begin() as work:
        await work.movies.save(make_movie(1))

    async def write_and_lose_the_connection() -> None:
        async with storage.begin() as work:
            await work.movies.save(make_movie(2))
            await break_connections()
            await work.movies.list_all()

    with pytest.raises(ServiceUnavailableError):
        await write_and_lose_the_connection()

    async with storage.begin() as work:
        assert await work.movies.list_all() == (make_movie(1),)
    await storage.aclose()
    await other.aclose()


async def test_postgresql_that_does_not_know_the_database() -> None:
    """A database nobody created is a matter for a person."""
    url = postgresql.find_url().replace("/postgres?", "/nobody_made_this?")
    storage = SqlAlchemyStorage(SqlAlchemySettings(url=url))
    with pytest.raises(ConfigurationError, match="no such database"):
        await storage.open()
    await storage.aclose()


async def test_the_migrations_make_the_tables_of_the_code_in_postgresql() -> None:
    """A migrated PostgreSQL database differs in nothing from what `tables` says."""
    url = postgresql.create_database()
    storage = SqlAlchemyStorage(SqlAlchemySettings(url=url))
    await storage.open()

    def compare(connection: Any) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return list(compare_metadata(context, metadata))

    assert await storage._run(compare) == []
    await storage.aclose()


# --- the table of errors


class FakeError(Exception):
    """An error of a driver, with the codes that drivers attach."""

    def __init__(self, said: str, **codes: object) -> None:
        super().__init__(said)
        for name, code in codes.items():
            setattr(self, name, code)


def _translate(cause: BaseException) -> RadarrCoreError:
    error = OperationalError("SELECT 'hunter2'", {"key": "hunter2"}, cause, hide_parameters=True)
    return translate(error, adapter="memory", where="library.db")


def test_the_table_of_errors_is_complete() -> None:
    """Every code that means something for a caller is translated, with the place and what was said."""
    for code, (kind, advice) in SQLITE_MEANINGS.items():
        error = _translate(FakeError("it said so", sqlite_errorcode=code | 0x300))
        assert type(error) is kind
        assert str(error) == f"memory: library.db: {advice} (it said so)"
    for state, (kind, _) in POSTGRESQL_MEANINGS.items():
        assert type(_translate(FakeError("it said so", sqlstate=state.ljust(5, "0")))) is kind


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (FakeError("constraint failed", sqlite_errorcode=19), BugError),
        (FakeError("syntax error", sqlstate="42601"), BugError),
        (FakeError("disk full", sqlstate="53100"), DiskFullError),
        (FakeError("too many clients", sqlstate="53300"), ServiceUnavailableError),
        (FakeError("deadlock", sqlstate="40P01"), StorageBusyError),
        (FakeError("shutting down", sqlstate="57P01"), ServiceUnavailableError),
    ],
)
def test_classes_of_errors_and_their_exceptions(cause: Exception, kind: type[RadarrCoreError]) -> None:
    """A state is looked up as itself before its class; what is in no table is a bug of ours."""
    assert type(_translate(cause)) is kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('FATAL: password authentication failed for user "me"', AuthenticationError),
        ("fe_sendauth: no password supplied", AuthenticationError),
        ('FATAL: no pg_hba.conf entry for host "::1"', AuthenticationError),
        ('FATAL: database "x" does not exist', ConfigurationError),
        ("connection refused", ServiceUnavailableError),
    ],
)
def test_refused_connections_are_told_apart(said: str, kind: type[RadarrCoreError]) -> None:
    """Without a code, the server's sentence decides whether waiting helps."""
    import psycopg

    assert type(_translate(psycopg.OperationalError(said))) is kind


# --- other names


async def test_no_claim_through_a_second_name(storage: SqlAlchemyStorage, path: Path, tmp_path: Path) -> None:
    """Two pipelines on a hard-linked file would not see each other, and SQLite would damage it."""
    other = tmp_path / "elsewhere"
    other.mkdir()
    async with storage.claim("first"):
        (other / "link.db").hardlink_to(path)
        second = build(other / "link.db")
        with pytest.raises(ConfigurationError, match="2 names"):
            async with second.claim("second"):
                pass
        await second.aclose()
    (other / "link.db").unlink()
    async with storage.claim("first"):
        assert await storage.check()


async def test_what_is_refused_holds_no_lock(storage: SqlAlchemyStorage, path: Path, tmp_path: Path) -> None:
    """Once the second name is gone, anybody may claim it."""
    link = tmp_path / "link.db"
    link.hardlink_to(path)
    with pytest.raises(ConfigurationError, match="make the others copies"):
        async with storage.claim("first"):
            pass
    link.unlink()
    other = build(path)
    async with other.claim("other"):
        pass
    await other.aclose()


# --- rows that were damaged

DAMAGED = [
    "'{}'",
    "'null'",
    "'not json'",
    "''",
    "x'ff00'",
    "cast(x'7bff7d' as text)",
    "5",
    "'[' || hex(zeroblob(60000))",
]


@pytest.mark.parametrize("body", [*DAMAGED, "replace(hex(zeroblob(60000)), '00', '[')"])
async def test_a_damaged_row_is_named(storage: SqlAlchemyStorage, path: Path, body: str) -> None:
    """Whoever runs it learns which row it is, and what to do; both ways of reading it say so."""
    movie = make_movie(7)
    async with storage.begin() as work:
        await work.movies.save(movie)
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE movies SET body = {body}")
    connection.close()

    for read_it in (lambda work: work.movies.find(movie.id), lambda work: work.movies.list_all()):
        with pytest.raises(
            ConfigurationError, match=rf"'{movie.id}' in the table movies .* damaged; put a back-up"
        ) as caught:
            async with storage.begin() as work:
                await read_it(work)
        assert caught.value.adapter == "sqlalchemy"
        assert len(str(caught.value)) < 500
