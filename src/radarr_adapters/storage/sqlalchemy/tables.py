"""The tables: a column for whatever is asked for, and the whole value as JSON text in `body`.

Keys and moments are texts in the form `wire` gives them. There are no foreign keys between the tables: the port
lets a grab or an event be written before its movie, and history outlives what it tells of.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Delete,
    Float,
    Index,
    Insert,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    UniqueConstraint,
    Update,
    bindparam,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from radarr_core.domain.downloads import ACTIVE_GRAB_STATES

metadata = MetaData()

# SQLite numbers rows by itself only where the type is spelt INTEGER.
_RowNumber = BigInteger().with_variant(Integer(), "sqlite")
_ACTIVE = text("state IN ({})".format(", ".join(f"'{state}'" for state in sorted(ACTIVE_GRAB_STATES))))

movies = Table(
    "movies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("imdb_id", Text),
    Column("tmdb_id", BigInteger),
    Column("monitored", Boolean, nullable=False),
    Column("body", Text, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("movie_id", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("info_hash", Text),
    Column("added", Text, nullable=False),
    Column("body", Text, nullable=False),
)

grabs = Table(
    "grabs",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("info_hash", Text, nullable=False),
    Column("movie_id", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("grabbed_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("info_hash", "movie_id", "slot", name="one_grab_per_torrent_and_slot"),
    Index("one_active_grab_per_slot", "movie_id", "slot", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
    Index("grabs_by_state", "state", "grabbed_at", "id"),
    Index("grabs_by_movie", "movie_id", "grabbed_at", "id"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("movie_id", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("blocked_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("movie_id", "slot", "identity", name="one_block_per_release_and_slot"),
)

pending = Table(
    "pending",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("movie_id", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("indexer", Text, nullable=False),
    Column("guid", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("until", Text),
    Column("body", Text, nullable=False),
    UniqueConstraint("movie_id", "slot", "indexer", "guid", name="one_pending_release_per_slot"),
)

indexers = Table(
    "indexers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("level", Integer, nullable=False),
    Column("left_alone_until", Text),
    Column("body", Text, nullable=False),
)

release_observations = Table(
    "release_observations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("group_key", Text),
    Column("movie_id", Text),
    Column("stratum", Text),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("signal", Float),
    Column("reader_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("observations_by_first_seen", "first_seen"),
    Index("observations_by_last_seen", "last_seen"),
)

reputation_models = Table(
    "reputation_models",
    metadata,
    Column("number", _RowNumber, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("releases_seen", Integer, nullable=False),
    Column("releases_usable", Integer, nullable=False),
    Column("code_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

group_reputations = Table(
    "group_reputations",
    metadata,
    Column("model", _RowNumber, primary_key=True, autoincrement=False),
    Column("group_key", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

shared_evidence = Table(
    "shared_evidence",
    metadata,
    Column("name", Text, primary_key=True),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("taken_at", Text, nullable=False),
    Column("releases", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("plan_id", Text, nullable=False),
    Column("movie_id", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("plan_id", name="one_plan_per_id"),
    Index("plans_by_state", "state", "made_at", "id"),
)

events = Table(
    "events",
    metadata,
    Column("sequence", _RowNumber, primary_key=True, autoincrement=False),
    Column("movie_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("events_by_movie", "movie_id", "sequence"),
)

cursors = Table(
    "cursors",
    metadata,
    Column("reader", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
)

_KEYS: Mapping[Table, tuple[str, ...]] = {
    movies: ("id",),
    files: ("movie_id", "slot"),
    grabs: ("info_hash", "movie_id", "slot"),
    blocks: ("movie_id", "slot", "identity"),
    pending: ("movie_id", "slot", "indexer", "guid"),
    indexers: ("name",),
    release_observations: ("key",),
    shared_evidence: ("name",),
    plans: ("plan_id",),
    cursors: ("reader",),
}


def select_bodies(table: Table) -> Select[Any]:
    """The bodies of a table, each before the key that says which row it is of."""
    return select(table.c.body, *table.primary_key.columns)


DELETE_PENDING: Delete = delete(pending).where(
    *[pending.c[name] == bindparam(f"its_{name}") for name in ("movie_id", "slot", "indexer", "guid")]
)
"""Takes away the row of one release that waited; its values are those of the key, each named `its_...`."""

DELETE_SHARED_EVIDENCE: Delete = delete(shared_evidence).where(shared_evidence.c.name == bindparam("its_name"))
"""Takes away what somebody shared."""


NOTE_SIGNAL: Update = (
    update(release_observations)
    .where(release_observations.c.key == bindparam("its_key"), release_observations.c.signal.is_(None))
    .values(signal=bindparam("its_signal"))
)
"""Notes the first signal of a release that was recorded."""


@cache
def build_upsert(dialect: str, table: Table) -> Insert:
    """The statement that adds a row, or replaces the one of the same key; a cursor is only ever moved forward.

    It replaces in place, so that a row keeps its number: ties in time are ordered by first writing.
    """
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
    keys = _KEYS[table]
    given = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in ("id", *keys)}
    only_forward = insert.excluded.sequence > table.c.sequence if table is cursors else None
    statement: Insert = insert.on_conflict_do_update(index_elements=keys, set_=given, where=only_forward)
    return statement
