"""Releases that wait, how indexers fare, and the grabs of one movie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the two tables and the index."""
    op.create_table(
        "pending",
        sa.Column("id", _row_number, primary_key=True, autoincrement=True),
        sa.Column("movie_id", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("indexer", sa.Text, nullable=False),
        sa.Column("guid", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("movie_id", "slot", "indexer", "guid", name="one_pending_release_per_slot"),
    )
    op.create_table(
        "indexers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("left_alone_until", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("grabs_by_movie", "grabs", ["movie_id", "grabbed_at", "id"])
