"""Makes and upgrades the tables, and refuses databases of a newer version."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from radarr_core.errors import ConfigurationError, SchemaVersionError

from .tables import metadata

SCHEMA_VERSION = "0004"
"""The newest migration, so that an up-to-date database is opened without importing Alembic."""
VERSION_TABLE = "radarr_core_version"


def read_version(connection: Connection) -> str | None:
    """The database's schema version; None when it has no tables of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608
    return version


def ensure_schema(connection: Connection, *, adapter: str, where: str) -> None:
    """Bring the schema up to date, in the transaction that is under way and with the lock it holds.

    Raises:
        SchemaVersionError: a newer version of this library wrote the database.
        ConfigurationError: the database holds another program's tables of the same names.
    """
    version = read_version(connection)
    if version == SCHEMA_VERSION:
        return
    if version is not None and version > SCHEMA_VERSION:
        raise SchemaVersionError(
            f"{where} has schema version {version!r}, and this radarr-core knows versions up to {SCHEMA_VERSION!r}; "
            "upgrade radarr-core, or restore a back-up made before the upgrade",
            adapter=adapter,
        )
    if version is None:
        _refuse_foreign_tables(connection, adapter, where)
    upgrade(connection)


def _refuse_foreign_tables(connection: Connection, adapter: str, where: str) -> None:
    taken = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if taken:
        names = ", ".join(map(repr, taken))
        raise ConfigurationError(
            f"{where} belongs to another program: it already has tables called {names}; name another database",
            adapter=adapter,
        )


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision, in the transaction that is under way."""
    from alembic import command  # slow to import, and seldom needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "radarr_adapters.storage.sqlalchemy:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
