"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_active = sa.text("state IN ('downloading', 'importing', 'requested', 'waiting')")


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "movies",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("imdb_id", sa.Text),
        sa.Column("tmdb_id", sa.BigInteger),
        sa.Column("monitored", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("movie_id", sa.Text, primary_key=True),
        sa.Column("slot", sa.Text, primary_key=True),
        sa.Column("info_hash", sa.Text),
        sa.Column("added", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    _create_grabs()
    _create_blocks_and_plans()
    op.create_table(
        "events",
        sa.Column("sequence", _row_number, primary_key=True, autoincrement=False),
        sa.Column("movie_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("events_by_movie", "events", ["movie_id", "sequence"])
    op.create_table(
        "cursors",
        sa.Column("reader", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
    )


def _create_grabs() -> None:
    op.create_table(
        "grabs",
        sa.Column("id", _row_number, primary_key=True, autoincrement=True),
        sa.Column("info_hash", sa.Text, nullable=False),
        sa.Column("movie_id", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("grabbed_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("info_hash", "movie_id", "slot", name="one_grab_per_torrent_and_slot"),
    )
    op.create_index(
        "one_active_grab_per_slot",
        "grabs",
        ["movie_id", "slot"],
        unique=True,
        sqlite_where=_active,
        postgresql_where=_active,
    )
    op.create_index("grabs_by_state", "grabs", ["state", "grabbed_at", "id"])


def _create_blocks_and_plans() -> None:
    op.create_table(
        "blocks",
        sa.Column("id", _row_number, primary_key=True, autoincrement=True),
        sa.Column("movie_id", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("blocked_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("movie_id", "slot", "identity", name="one_block_per_release_and_slot"),
    )
    op.create_table(
        "plans",
        sa.Column("id", _row_number, primary_key=True, autoincrement=True),
        sa.Column("plan_id", sa.Text, nullable=False),
        sa.Column("movie_id", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("plan_id", name="one_plan_per_id"),
    )
    op.create_index("plans_by_state", "plans", ["state", "made_at", "id"])
