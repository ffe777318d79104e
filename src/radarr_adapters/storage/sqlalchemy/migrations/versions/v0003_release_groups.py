"""What was seen of releases, and what the last fit found of their groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "release_observations",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("group_key", sa.Text),
        sa.Column("movie_id", sa.Text),
        sa.Column("stratum", sa.Text),
        sa.Column("first_seen", sa.Text, nullable=False),
        sa.Column("last_seen", sa.Text, nullable=False),
        sa.Column("signal", sa.Float),
        sa.Column("reader_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("observations_by_first_seen", "release_observations", ["first_seen"])
    op.create_index("observations_by_last_seen", "release_observations", ["last_seen"])
    op.create_table(
        "reputation_models",
        sa.Column("number", _row_number, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("releases_seen", sa.Integer, nullable=False),
        sa.Column("releases_usable", sa.Integer, nullable=False),
        sa.Column("code_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "group_reputations",
        sa.Column("model", _row_number, primary_key=True, autoincrement=False),
        sa.Column("group_key", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
