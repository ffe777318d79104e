"""The storages, by adapter or fake, and how each is set up for the contract."""

from pathlib import Path

from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage
from radarr_adapters.storage.sqlalchemy.plugin import SqlAlchemySettings
from radarr_core.ports.storage import Storage
from radarr_core.testing.contracts.storage import StorageHarness
from radarr_core.testing.fakes.storage import InMemoryStorage
from tests.servers import postgresql


class InMemoryHarness(StorageHarness):
    """The fake."""

    def __init__(self, folder: Path) -> None:
        """It needs no folder."""

    def build(self) -> Storage:
        """See the base class."""
        return InMemoryStorage()


class SqliteFileHarness(StorageHarness):
    """A SQLite file in a fresh folder."""

    is_durable = True

    def __init__(self, folder: Path) -> None:
        self.settings = SqlAlchemySettings(url=f"sqlite:///{folder / 'library.db'}", busy_timeout=20.0)

    def build(self) -> Storage:
        """See the base class."""
        return SqlAlchemyStorage(self.settings)


class SqliteMemoryHarness(StorageHarness):
    """A SQLite database in memory."""

    def __init__(self, folder: Path) -> None:
        """It needs no folder."""

    def build(self) -> Storage:
        """See the base class."""
        return SqlAlchemyStorage(SqlAlchemySettings(url="sqlite://"))


class PostgresqlHarness(StorageHarness):
    """A fresh database of a real PostgreSQL server."""

    is_durable = True

    def __init__(self, folder: Path) -> None:
        self.settings = SqlAlchemySettings(url=postgresql.create_database(), busy_timeout=20.0)

    def build(self) -> Storage:
        """See the base class."""
        return SqlAlchemyStorage(self.settings)


HARNESSES: dict[str, type[StorageHarness]] = {
    "in-memory": InMemoryHarness,
    "sqlalchemy": SqliteFileHarness,
    "sqlalchemy-memory": SqliteMemoryHarness,
    "sqlalchemy-postgresql": PostgresqlHarness,
}
