"""Many releases, each once: sets that can be joined in any order, as often as one likes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from attrs import evolve, field, fields, frozen

from radarr_core.errors import ObservationRefusedError

from .observations import LocalOutcome, Observation, figures_text


def merge_sightings(one: Observation, other: Observation) -> Observation:
    """One observation for two sightings of one release: the later one's figures.

    What happened once stays, whoever saw it: a removal, and of two outcomes the worse one. So the answer does not hang
    on the order in which sightings arrive.
    """
    if one is other or (one == other and str(one.group) == str(other.group)):
        return one
    later = one if _is_later(one, other) else other
    outcome = _worse(one.outcome, other.outcome)
    was_removed = one.was_removed or other.was_removed
    if later.outcome is outcome and later.was_removed == was_removed:
        return later
    return evolve(later, outcome=outcome, was_removed=was_removed)


def _is_later(one: Observation, other: Observation) -> bool:
    if one.seen_at != other.seen_at:
        return one.seen_at > other.seen_at
    return figures_text(one) >= figures_text(other)


def _worse(one: LocalOutcome | None, other: LocalOutcome | None) -> LocalOutcome | None:
    if one is None or other is None:
        return one or other
    return one if one.severity >= other.severity else other


@frozen
class ObservationSet:
    """Releases that were seen, each once.

    `a | b` joins two sets: associative, commutative and idempotent. Seeing a release again replaces its figures.
    """

    by_key: Mapping[str, Observation] = field(factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a plain list, which has to be gone through for releases that were seen twice."""
        if not isinstance(self.by_key, Mapping):
            raise TypeError(f"observations by their keys are a mapping; ObservationSet.of takes {self.by_key!r:.60}")

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> ObservationSet:
        """The set of some sightings; a million of one release are one release."""
        found: dict[str, Observation] = {}
        for observation in observations:
            held = found.setdefault(observation.key, observation)
            if held is not observation:
                found[observation.key] = merge_sightings(held, observation)
        return cls(found)

    def __or__(self, other: ObservationSet) -> ObservationSet:
        return ObservationSet.of((*self.by_key.values(), *other.by_key.values()))

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.by_key.values())

    def __len__(self) -> int:
        return len(self.by_key)


@frozen(kw_only=True)
class Intake:
    """What could be taken in of a heap of strangers' data.

    Attributes:
        refused: how many were refused, by the field that was to blame.
        errors: the first few refusals, for a person.
    """

    observations: ObservationSet
    refused: Mapping[str, int]
    errors: tuple[ObservationRefusedError, ...] = ()


_SHOWN_ERRORS = 10
_FIELDS = frozenset(attribute.name for attribute in fields(Observation))


def take_in(rows: Iterable[Mapping[str, Any]]) -> Intake:
    """Make observations of rows of fields; a row that cannot be meant is counted, and the rest goes on."""
    return sift(partial(_make, row) for row in rows)


def _make(row: object) -> Observation:
    if not isinstance(row, Mapping):
        raise ObservationRefusedError("?", field="row", value=row, why="it is no mapping of fields")
    key = str(row.get("key"))
    for name in ("key", "seen_at"):
        if name not in row:
            raise ObservationRefusedError(key, field=name, value=None, why="it is missing")
    for name in row:
        if name not in _FIELDS:
            raise ObservationRefusedError(key, field=str(name), value=row[name], why="there is no such field")
    return Observation(**row)


def sift(makers: Iterable[Callable[[], Observation]]) -> Intake:
    """Make observations one by one; one that is refused is counted, and the rest goes on."""
    refused: Counter[str] = Counter()
    errors: list[ObservationRefusedError] = []

    def make() -> Iterator[Observation]:
        for maker in makers:
            try:
                yield maker()
            except ObservationRefusedError as error:
                refused[error.field] += 1
                if len(errors) < _SHOWN_ERRORS:
                    errors.append(error)

    observations = ObservationSet.of(make())
    return Intake(observations=observations, refused=dict(refused), errors=tuple(errors))
