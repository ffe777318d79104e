"""What was seen of one release, checked on the way in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import isfinite
from typing import Any

from attrs import field, fields, frozen

from radarr_core.domain.releases import IndexerKind
from radarr_core.errors import ObservationRefusedError

from .identity import Group
from .strata import CostClass, Stratum

_LARGEST = 2**63 - 1
_CLOCK_SLACK = timedelta(days=1)
_NOTHING = type(None)
_FIRST_YEAR = 1990


class FixKind(StrEnum):
    """A release that puts an earlier one right."""

    PROPER = "proper"
    REPACK = "repack"
    RERIP = "rerip"
    REAL = "real"


class LocalOutcome(StrEnum):
    """What became of a release that was grabbed here, the best first."""

    KEPT = "kept"
    REPLACED = "replaced"
    DEAD = "dead"
    CORRUPT = "corrupt"
    MISMATCH = "mismatch"
    FAKE = "fake"

    @property
    def severity(self) -> int:
        """0 for the best."""
        return _SEVERITY[self]

    @property
    def worth(self) -> float:
        """1 for imported and kept thirty days, a half for replaced within them, else 0."""
        return _WORTH.get(self, 0.0)


_SEVERITY = {outcome: place for place, outcome in enumerate(LocalOutcome)}
_WORTH = {LocalOutcome.KEPT: 1.0, LocalOutcome.REPLACED: 0.5}


def _to_utc(value: Any) -> Any:
    if not isinstance(value, datetime) or value.tzinfo is UTC or value.tzinfo is None:
        return value
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return value  # which is refused: it is no moment in UTC


def _read_added(value: Any) -> Any:
    is_placeholder = isinstance(value, datetime) and value.tzinfo is not None and value.year < _FIRST_YEAR
    return None if is_placeholder else _to_utc(value)


@frozen(kw_only=True)
class Observation:
    """One release, as it was last seen. None always means that nobody said.

    Attributes:
        key: the same for the same release: its info-hash, else indexer and guid.
        seen_at: the time of the sighting; figures are of that moment. Aware; kept in UTC.
        group: None where none was found. Such a release is counted, and is evidence about nobody.
        is_doubtful: the group's name may be a mistake of the parser.
        movie: the same text for the same film; None leaves nothing to compare it with.
        added: when the release came out. Aware; kept in UTC. A date before 1990 stands for none (year 1, 1970), and
            is None here.
        size: bytes.
        runtime: the film's, in minutes.
        snatches: how often it was taken in all, not now.
        seeders: people who have it now; kept for the record, since it measures age more than merit.
        is_internal: made by the tracker's own people. It moves what is expected of a new group, never its merit.
        fix: the kind of release it claims to put right.
        was_removed: it was taken down for a better one, as a tracker said.
        outcome: what became of it here.

    Raises:
        ObservationRefusedError: a figure is negative, not finite or absurd, a value of the wrong type, or it came out
            after it was seen. It names the release, the field and the value.
    """

    key: str
    seen_at: datetime = field(converter=_to_utc)
    group: Group | None = None
    is_doubtful: bool = False
    movie: str | None = None
    stratum: Stratum | None = None
    added: datetime | None = field(default=None, converter=_read_added)
    size: int | None = None
    runtime: float | None = None
    snatches: int | None = None
    seeders: int | None = None
    leechers: int | None = None
    cost: CostClass = CostClass.UNKNOWN
    indexer_kind: IndexerKind | None = None
    is_internal: bool = False
    is_exclusive: bool = False
    fix: FixKind | None = None
    was_removed: bool = False
    outcome: LocalOutcome | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant; one such figure would spoil those of everybody else."""
        key: Any = self.key
        if not isinstance(key, str) or not key.strip():
            self._refuse("key", "it is blank" if isinstance(key, str) else "it is no text")
        for name, kind, other in _KINDS:
            if not isinstance(getattr(self, name), (kind, other)):
                self._refuse(name, f"it is no {kind.__name__}")
        if not _is_moment(self.seen_at) or (self.added is not None and not _is_moment(self.added)):
            name = "added" if _is_moment(self.seen_at) else "seen_at"
            self._refuse(name, "it is no moment with a time zone that can be told in UTC")
        for name, number in (
            ("size", self.size), ("runtime", self.runtime), ("snatches", self.snatches), ("seeders", self.seeders),
            ("leechers", self.leechers),
        ):  # fmt: skip
            if number is not None and not _is_sound(number):
                self._refuse(name, "it is no finite number from 0 to 2**63 - 1")
        if self.added is not None and self.added - self.seen_at > _CLOCK_SLACK:
            self._refuse("added", f"it lies after {self.seen_at.isoformat()}, when the release was seen")

    def _refuse(self, name: str, why: str) -> None:
        raise ObservationRefusedError(str(self.key), field=name, value=getattr(self, name), why=why)


_KINDS: tuple[tuple[str, type, type], ...] = (
    ("group", Group, _NOTHING), ("movie", str, _NOTHING), ("stratum", Stratum, _NOTHING),
    ("cost", CostClass, CostClass),
    ("indexer_kind", IndexerKind, _NOTHING), ("fix", FixKind, _NOTHING), ("outcome", LocalOutcome, _NOTHING),
    ("is_doubtful", bool, bool), ("is_internal", bool, bool), ("is_exclusive", bool, bool), ("was_removed", bool, bool),
)  # fmt: skip
"""Of what type each field is, and what else it may be."""


def _is_moment(value: Any) -> bool:
    return isinstance(value, datetime) and value.tzinfo is UTC


def _is_sound(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isfinite(value) and 0 <= value <= _LARGEST if isinstance(value, float) else 0 <= value <= _LARGEST


_LASTING = frozenset({"outcome", "was_removed"})
_FIGURES = tuple(one.name for one in fields(Observation) if one.name not in _LASTING)


def figures_text(observation: Observation) -> str:
    """Everything that changes between sightings as text: an order for two different sightings of one moment."""
    return repr([(name, getattr(observation, name), str(getattr(observation, name))) for name in _FIGURES])
