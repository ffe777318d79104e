"""Rows to values and back.

A value is read from its JSON `body` alone; the other columns are there to be searched and to be looked at.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any, TypeVar

from radarr_core.domain.decisions.situation import PendingRelease
from radarr_core.domain.downloads import BlockedRelease, Grab
from radarr_core.domain.events import StoredEvent
from radarr_core.domain.indexer_health import IndexerHealth
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.plans import Plan
from radarr_core.domain.scene_groups import SharedEvidence
from radarr_core.serialise import from_data, to_data

T = TypeVar("T")
Row = dict[str, Any]

_UNSTORABLE = re.compile("[\\\\\0\ud800-\udfff]")
_KEY_LENGTH = 120


def to_text(text: str) -> str:
    """A text as databases can hold it: PostgreSQL refuses NUL, and both refuse lone surrogates.

    Two different texts never become one. Ordinary texts stay as they are.
    """
    return _UNSTORABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def to_key(text: str) -> str:
    """A text to be found by. PostgreSQL indexes no more than 2704 bytes a row, so the rest of a long one is hashed."""
    plain = to_text(text)
    if len(plain) <= _KEY_LENGTH:
        return plain
    return f"{plain[:_KEY_LENGTH]}...{hashlib.sha256(plain.encode()).hexdigest()}"


def to_moment(moment: datetime) -> str:
    """A moment in UTC as text of fixed width, so that the order of texts is that of time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def to_body(value: Any) -> str:
    """A value as JSON in ASCII: every character of every name survives, also those no database would take."""
    return json.dumps(to_data(value), separators=(",", ":"))


def from_body(body: object, kind: type[T]) -> T:
    """The value that `to_body` wrote.

    Raises:
        ValueError: it is no such body. A blob is none either, though it may hold the very text.
    """
    if not isinstance(body, str):
        raise ValueError(f"a body is a text, not {type(body).__name__}")  # noqa: TRY004 - the data is wrong
    body.encode()  # a surrogate in it is a byte that is no UTF-8
    try:
        return from_data(json.loads(body), kind)
    except RecursionError as error:
        raise ValueError("it is nested without end") from error


def slot_columns(key: SlotKey) -> Row:
    """The two columns that name a slot."""
    return {"movie_id": to_key(key.movie_id), "slot": to_key(key.slot)}


def row_from_movie(movie: Movie) -> Row:
    """A row of `movies`."""
    return {
        "id": to_key(movie.id),
        "title": to_text(movie.title),
        "year": movie.year,
        "imdb_id": str(movie.imdb_id) if movie.imdb_id else None,
        "tmdb_id": movie.tmdb_id.value if movie.tmdb_id else None,
        "monitored": movie.monitored,
        "body": to_body(movie),
    }


def row_from_file(file: MovieFile) -> Row:
    """A row of `files`."""
    return {
        **slot_columns(SlotKey(movie_id=file.movie_id, slot=file.slot)),
        "info_hash": str(file.info_hash) if file.info_hash else None,
        "added": to_moment(file.added),
        "body": to_body(file),
    }


def row_from_grab(grab: Grab) -> Row:
    """A row of `grabs`."""
    return {
        **slot_columns(grab.target),
        "info_hash": str(grab.info_hash),
        "state": grab.state.value,
        "title": to_text(grab.offer.title),
        "grabbed_at": to_moment(grab.grabbed_at),
        "body": to_body(grab),
    }


def row_from_block(blocked: BlockedRelease) -> Row:
    """A row of `blocks`."""
    return {
        **slot_columns(blocked.target),
        "identity": to_key(blocked.identity),
        "title": to_text(blocked.title),
        "blocked_at": to_moment(blocked.blocked_at),
        "body": to_body(blocked),
    }


def pending_columns(pending: PendingRelease) -> Row:
    """The columns that tell a release that waits from every other."""
    return {
        **slot_columns(pending.target),
        "indexer": to_key(pending.offer.indexer),
        "guid": to_key(pending.offer.guid),
    }


def row_from_pending(pending: PendingRelease) -> Row:
    """A row of `pending`."""
    return {
        **pending_columns(pending),
        "title": to_text(pending.offer.title),
        "until": to_moment(pending.until) if pending.until else None,
        "body": to_body(pending),
    }


def row_from_health(health: IndexerHealth) -> Row:
    """A row of `indexers`."""
    return {
        "name": to_key(health.indexer),
        "level": health.level,
        "left_alone_until": to_moment(health.left_alone_until) if health.left_alone_until else None,
        "body": to_body(health),
    }


def row_from_shared_evidence(shared: SharedEvidence) -> Row:
    """A row of `shared_evidence`."""
    return {
        "name": to_key(shared.name),
        "made_by": to_text(shared.summary.made_by),
        "made_at": to_moment(shared.summary.made_at),
        "taken_at": to_moment(shared.taken_at),
        "releases": shared.summary.releases,
        "body": to_body(shared),
    }


def row_from_plan(plan: Plan) -> Row:
    """A row of `plans`."""
    return {
        **slot_columns(plan.target),
        "plan_id": to_key(plan.id),
        "state": plan.state.value,
        "made_at": to_moment(plan.made_at),
        "body": to_body(plan),
    }


def row_from_event(stored: StoredEvent) -> Row:
    """A row of `events`."""
    return {
        "sequence": stored.sequence,
        "movie_id": to_key(stored.event.movie_id),
        "type": type(stored.event).__name__,
        "at": to_moment(stored.event.at),
        "body": to_body(stored),
    }
