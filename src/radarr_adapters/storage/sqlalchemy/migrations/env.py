"""Alembic's entry: works on the connection that is handed in, inside its transaction."""

from __future__ import annotations

from alembic import context

from radarr_adapters.storage.sqlalchemy.schema import VERSION_TABLE
from radarr_adapters.storage.sqlalchemy.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
