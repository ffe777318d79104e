"""What is known of a group when one of its releases is grabbed, as rows of figures: of what came out before, alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import log1p, nan
from typing import NamedTuple

from attrs import evolve, field, frozen

from radarr_core.domain.scene_groups import (
    Group,
    GroupTable,
    LocalOutcome,
    Medium,
    Observation,
    SceneGroupReputation,
    Stratum,
    StratumTables,
    fit,
    measure,
    survey,
)

from .habits import NO_HABIT, Habit, find_habits

SETTLED_AFTER = timedelta(days=30)
"""An outcome counts as known so long after its release came out: that is how long a file has to stay to be kept."""
_PRIOR_OUTCOMES = 4.0
"""A group's own record begins with so many outcomes of the usual kind."""
_MEDIA = tuple(Medium)
Row = tuple[float, ...]


class Label(NamedTuple):
    """A release whose outcome here is known, with who made it."""

    group: Group
    stratum: Stratum
    came: datetime
    is_kept: bool


class Example(NamedTuple):
    """What was known before a release came out, and whether it was kept."""

    group: str
    score: float
    row: Row
    is_kept: bool


class Record(NamedTuple):
    """How many releases were grabbed and came to an end here, and how many of them were kept."""

    ended: int = 0
    kept: int = 0

    def plus(self, outcome: LocalOutcome) -> Record:
        """One more of them."""
        return Record(self.ended + 1, self.kept + (outcome is LocalOutcome.KEPT))

    def find_rate(self, usual: float) -> float:
        """The share that was kept, drawn to what is usual while there are few."""
        return (self.kept + _PRIOR_OUTCOMES * usual) / (self.ended + _PRIOR_OUTCOMES)


_NO_RECORD = Record()


@frozen(kw_only=True)
class Knowledge:
    """What is known at one moment: the table of groups, their habits, and their records here."""

    table: GroupTable
    habits: Mapping[tuple[str, Stratum], Habit] = field(repr=False)
    groups: Mapping[str, Record] = field(repr=False)
    strata: Mapping[Stratum, Record] = field(repr=False)
    everybody: Record

    def resolve(self, group: Group) -> str:
        """The folded name a group is filed under, aliases followed."""
        return self.table.aliases.resolve(group.key)

    def describe(self, group: Group, stratum: Stratum) -> tuple[float, Row]:
        """The group's score for that kind, 50 where it is unknown, and the row of figures a model may go by."""
        key = self.resolve(group)
        known = self.table.find_reputation(group, stratum)
        usual = self.everybody.find_rate(0.5)
        record, habit = self.groups.get(key, _NO_RECORD), self.habits.get((key, stratum), NO_HABIT)
        simple = (nan, nan, nan)
        if isinstance(known, SceneGroupReputation):
            simple = (known.score, known.upper - known.lower, log1p(known.evidence_weight))
        kind = (float(_MEDIA.index(stratum.medium)), float(stratum.resolution))
        rates = (record.find_rate(usual), log1p(record.ended), self.strata.get(stratum, _NO_RECORD).find_rate(usual))
        return known.score if isinstance(known, SceneGroupReputation) else 50.0, (*simple, *kind, *habit, *rates)


def list_labels(observations: Iterable[Observation], at: datetime) -> list[Label]:
    """Releases with an outcome, a group, a kind and a date, as of a moment; in the order in which they came out."""
    found = [
        (one.added, one.key, Label(one.group, one.stratum, one.added, one.outcome is LocalOutcome.KEPT))
        for one in observations
        if one.outcome and one.group and one.stratum and one.added and max(one.seen_at, one.added) <= at
    ]
    return [label for *_, label in sorted(found, key=lambda item: item[:2])]


def learn_before(observations: Sequence[Observation], cut: datetime, at: datetime) -> Knowledge:
    """What was known at a cut: by releases that came out before it, with outcomes only where they had come to an end.

    Figures such as snatches are those of a release's last sighting, since no others are kept.

    Args:
        observations: each release once.
        cut: aware.
        at: when the observations were read, aware; what was seen later is left out.
    """
    known = [_forget_unsettled(one, cut) for one in observations if one.added and one.added < cut and one.seen_at <= at]
    tables = StratumTables.of(survey(known, at=at))
    return gather(known, fit(measure(known, tables, at=at), at=cut), tables)


def _forget_unsettled(one: Observation, cut: datetime) -> Observation:
    is_open = one.outcome is not None and one.added is not None and one.added > cut - SETTLED_AFTER
    return evolve(one, outcome=None) if is_open else one


def gather(observations: Sequence[Observation], table: GroupTable, tables: StratumTables | None = None) -> Knowledge:
    """What some observations say beside a table that was made of them."""
    usable = [one for one in observations if one.group and one.stratum and one.added and one.added <= table.at]
    tables = tables or StratumTables.of(survey(usable, at=table.at))
    groups: dict[str, Record] = {}
    strata: dict[Stratum, Record] = {}
    everybody = _NO_RECORD
    for one in usable:
        if one.outcome is not None:
            assert one.group is not None
            assert one.stratum is not None
            key = table.aliases.resolve(one.group.key)
            groups[key] = groups.get(key, _NO_RECORD).plus(one.outcome)
            strata[one.stratum] = strata.get(one.stratum, _NO_RECORD).plus(one.outcome)
            everybody = everybody.plus(one.outcome)
    habits = find_habits(usable, table.aliases, tables)
    return Knowledge(table=table, habits=habits, groups=groups, strata=strata, everybody=everybody)
