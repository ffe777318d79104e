"""The first pass: what is usual in each stratum. Surveys of different films add up exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from attrs import field, frozen

from .contests import Contest, find_rate, judge_fixes, read_contests
from .identity import DEFAULT_ALIASES, GroupAliases
from .observations import LocalOutcome, Observation
from .settings import DEFAULT_RATING_SETTINGS, RatingSettings
from .strata import CostClass, Stratum, age_band

K = TypeVar("K")
V = TypeVar("V")
SnatchCell = tuple[Stratum, int, CostClass]
"""Stratum, age band and cost: where numbers of snatches can be compared."""


def add_counters(one: Mapping[K, Counter[V]], other: Mapping[K, Counter[V]]) -> dict[K, Counter[V]]:
    """Counters by key, added."""
    total = {key: Counter(counts) for key, counts in one.items()}
    for key, counts in other.items():
        total.setdefault(key, Counter()).update(counts)
    return total


@frozen(kw_only=True)
class Survey:
    """Every figure that medians and deviations are taken of, each with how often it was met.

    `a + b` is the survey of both, if no film is in both. Releases without a group are in none of it.

    Attributes:
        snatches: numbers of snatches by stratum, age band at the sighting and cost.
        rates: megabytes a minute by stratum.
        fixes: 0, a half or 1 (see `judge_fixes`) by stratum.
        outcomes: what became of releases here.
    """

    snatches: Mapping[SnatchCell, Counter[float]] = field(factory=dict, repr=False)
    rates: Mapping[Stratum, Counter[float]] = field(factory=dict, repr=False)
    fixes: Mapping[Stratum, Counter[float]] = field(factory=dict, repr=False)
    outcomes: Counter[LocalOutcome] = field(factory=Counter, repr=False)

    def __add__(self, other: Survey) -> Survey:
        return Survey(
            snatches=add_counters(self.snatches, other.snatches),
            rates=add_counters(self.rates, other.rates),
            fixes=add_counters(self.fixes, other.fixes),
            outcomes=self.outcomes + other.outcomes,
        )


def survey_contests(contests: Iterable[Contest], settings: RatingSettings) -> Survey:
    """Count what is met in some contests."""
    snatches: dict[SnatchCell, Counter[float]] = {}
    rates: dict[Stratum, Counter[float]] = {}
    fixes: dict[Stratum, Counter[float]] = {}
    outcomes: Counter[LocalOutcome] = Counter()
    for contest in contests:
        stratum = contest.stratum
        stratum_rates = rates.setdefault(stratum, Counter())
        stratum_fixes = fixes.setdefault(stratum, Counter())
        for entry, fix in zip(contest.entries, judge_fixes(contest, settings.maturity_days), strict=True):
            observation = entry.observation
            if fix is not None:
                stratum_fixes[fix] += 1
            rate = find_rate(observation)
            if rate is not None:
                stratum_rates[rate] += 1
            if observation.outcome is not None:
                outcomes[observation.outcome] += 1
            if observation.snatches is not None:
                cell = find_snatch_cell(stratum, observation)
                snatches.setdefault(cell, Counter())[observation.snatches] += 1
    return Survey(snatches=snatches, rates=rates, fixes=fixes, outcomes=outcomes)


def find_snatch_cell(stratum: Stratum, observation: Observation) -> SnatchCell:
    """Where its number of snatches belongs; its age is that at the sighting."""
    assert observation.added is not None
    return stratum, age_band((observation.seen_at - observation.added).days), observation.cost


def survey(
    observations: Iterable[Observation],
    *,
    at: datetime,
    aliases: GroupAliases = DEFAULT_ALIASES,
    settings: RatingSettings = DEFAULT_RATING_SETTINGS,
) -> Survey:
    """Count what is met in some releases. Work can be split by film, and the surveys be added.

    Args:
        observations: each release once; all of a film's together.
        at: the reference date, aware; what was seen later is left out.
        aliases: other names of groups.
        settings: when a release is old enough to be judged.
    """
    return survey_contests(read_contests(observations, at, aliases)[0], settings)
