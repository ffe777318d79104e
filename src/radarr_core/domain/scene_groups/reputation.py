"""What is known of the makers of a release, how sure that is, and why."""

from __future__ import annotations

from enum import StrEnum
from math import erfc, isfinite, sqrt
from typing import Any

from attrs import frozen

from radarr_core.domain.releases import IndexerKind

from .identity import Group
from .posterior import Posterior
from .strata import Stratum

INTERVAL_SDS = 1.645
"""Standard deviations to either side that hold 90 % of a normal distribution."""
PROVISIONAL_FROM, ESTABLISHED_FROM = 5.0, 20.0


class EvidenceLevel(StrEnum):
    """How much is known, in a word."""

    INSUFFICIENT = "insufficient"
    PROVISIONAL = "provisional"
    ESTABLISHED = "established"
    LISTED = "listed"


class Label(StrEnum):
    """A reputation in a word."""

    TRUSTED = "trusted"
    GOOD = "good"
    ORDINARY = "ordinary"
    WEAK = "weak"
    POOR = "poor"
    INSUFFICIENT = "insufficient"
    UNKNOWN = "unknown"


def level_evidence(fresh_releases: float) -> EvidenceLevel:
    """The level of evidence worth so many fresh releases: 5 are provisional, 20 established."""
    if fresh_releases >= ESTABLISHED_FROM:
        return EvidenceLevel.ESTABLISHED
    return EvidenceLevel.PROVISIONAL if fresh_releases >= PROVISIONAL_FROM else EvidenceLevel.INSUFFICIENT


@frozen(kw_only=True)
class SceneGroupReputation:
    """How good a group's work tends to be, beside what is usual for its kind, and how sure that is.

    Attributes:
        group: in the spelling met most.
        stratum: the kind of release; None for all its work.
        indexer_kind: set where two makers use one name, one on public and one on private indexers.
        namesakes: those two, where this is about the name they share: what is known of each by itself.
        score: 0 to 100; 50 is the typical group, 84 one standard deviation of groups better.
        lower: with `upper` the interval that holds the truth in 90 of 100 cases, if the model is right.
        evidence_weight: how many fresh releases the evidence is worth; it fades as evidence ages.
        is_doubtful: the name may be a parser's mistake, or be used by two; nothing is decided by it.
        source: who says so.
        reasons: in sentences, for people.

    Raises:
        ValueError: the score lies outside its interval, or the interval outside of 0 to 100.
    """

    group: Group
    stratum: Stratum | None = None
    indexer_kind: IndexerKind | None = None
    score: float
    lower: float
    upper: float
    evidence_weight: float
    evidence: EvidenceLevel
    is_doubtful: bool = False
    source: str = "evidence"
    reasons: tuple[str, ...] = ()
    namesakes: tuple[SceneGroupReputation, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse figures that contradict each other."""
        figures = self.lower, self.score, self.upper, self.evidence_weight
        if not all(map(isfinite, figures)) or not 0 <= self.lower <= self.score <= self.upper <= 100:
            raise ValueError(f"0 <= lower <= score <= upper <= 100 does not hold for {figures[:3]!r}")
        if self.evidence_weight < 0:
            raise ValueError(f"evidence is worth no less than nothing: {self.evidence_weight!r}")

    @property
    def label(self) -> Label:
        """The reputation in a word; only what the whole interval supports has one beyond `ordinary`."""
        if self.evidence is EvidenceLevel.INSUFFICIENT:
            return Label.INSUFFICIENT
        if self.lower > 50:
            return Label.TRUSTED if self.lower >= 65 else Label.GOOD
        if self.upper < 50:
            return Label.POOR if self.upper <= 35 else Label.WEAK
        return Label.ORDINARY

    @property
    def signal(self) -> float:
        """From -1 to 1: how far the whole interval lies from 50; 0 for too little evidence and for doubtful names."""
        if self.evidence is EvidenceLevel.INSUFFICIENT or self.is_doubtful:
            return 0.0
        if self.lower > 50:
            return (self.lower - 50) / 50
        return (self.upper - 50) / 50 if self.upper < 50 else 0.0

    def of_kind(self, kind: IndexerKind | None) -> SceneGroupReputation:
        """That of the maker who uses the name on indexers of that kind, where there are two; else this one."""
        return next((one for one in self.namesakes if one.indexer_kind is kind), self)

    def __str__(self) -> str:
        kind = f"{self.group}{f', {self.stratum}' if self.stratum else ''}"
        if self.indexer_kind is not None:
            kind = f"{kind}, on {self.indexer_kind} indexers"
        figures = f"{self.score:.0f} ({self.lower:.0f}-{self.upper:.0f}), {self.label}"
        return f"{kind}: {'; '.join((figures, *self.reasons))}"


@frozen(kw_only=True)
class UnknownReputation:
    """Nothing is known: an answer of its own, never a score of zero and never one of fifty.

    Attributes:
        group: None where a name names none.
        why: in words.
    """

    group: Group | None
    stratum: Stratum | None = None
    why: str

    @property
    def label(self) -> Label:
        """Always unknown."""
        return Label.UNKNOWN

    @property
    def signal(self) -> float:
        """Always 0: what is unknown moves nothing."""
        return 0.0

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why nothing is known."""
        return (self.why,)

    def __str__(self) -> str:
        return f"{self.group or 'no group'}: unknown; {self.why}"


Reputation = SceneGroupReputation | UnknownReputation
"""What a source of reputations answers."""


def find_fault(answer: object) -> str | None:
    """Why an answer of a source is no reputation, for the end of a sentence; None when it is one.

    Strangers' sources are Python too: what they answer may be of any type, or of a type derived from these.
    """
    if not isinstance(answer, SceneGroupReputation | UnknownReputation):
        return f"is a {type(answer).__name__}, no reputation"
    reasons: Any = answer.reasons
    if not isinstance(reasons, tuple) or not all(isinstance(one, str) for one in reasons):
        return "has reasons that are no texts"
    level: Any = getattr(answer, "evidence", EvidenceLevel.INSUFFICIENT)
    if not isinstance(level, EvidenceLevel):
        return f"has the evidence {level!r:.40}, which is no level"
    signal: Any = answer.signal
    if not isinstance(signal, int | float) or not -1 <= signal <= 1:
        return f"has the signal {signal!r:.40}, which does not lie between -1 and 1"
    return None


def scale_score(value: float, centre: float, spread: float) -> float:
    """100 times the share of groups that a skill is above, if skills are normally distributed."""
    return 50 * erfc(-(value - centre) / (spread * sqrt(2)))


def find_bounds(posterior: Posterior, centre: float) -> tuple[float, float, float]:
    """Score, lower and upper end of the 90 % interval."""
    reach = INTERVAL_SDS * sqrt(posterior.variance)
    score, lower, upper = (
        scale_score(value, centre, posterior.spread)
        for value in (posterior.mean, posterior.mean - reach, posterior.mean + reach)
    )
    return score, min(lower, score), max(upper, score)
