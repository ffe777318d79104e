"""What a rule is, and the few words every rule is written with."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from attrs import frozen

from radarr_core.domain.decisions.matching import Match
from radarr_core.domain.decisions.policy import Policy
from radarr_core.domain.decisions.situation import Situation
from radarr_core.domain.decisions.verdicts import Figure, Outcome, Verdict
from radarr_core.domain.movies import Movie, Slot, SlotKey
from radarr_core.domain.quality import QualityProfile
from radarr_core.domain.releases import ParsedRelease, Release


@frozen(kw_only=True)
class Wanted:
    """The slot an offer is judged for, with its movie and profile."""

    movie: Movie
    slot: Slot
    profile: QualityProfile

    @property
    def key(self) -> SlotKey:
        """The slot's key."""
        return SlotKey(movie_id=self.movie.id, slot=self.slot.name)


@frozen(kw_only=True)
class Case:
    """All a rule may look at: one offer, for one slot or for none."""

    offer: Release
    parsed: ParsedRelease | None
    refusal: str | None
    match: Match | None
    wanted: Wanted | None
    policy: Policy
    situation: Situation
    now: datetime


class Rule(Protocol):
    """A specification: a name, and a pure judgement of one case."""

    @property
    def name(self) -> str:
        """Unique among the rules of a run."""

    def judge(self, case: Case) -> Verdict:
        """This rule's word on the case. It never raises on purpose and reads nothing but the case."""


def accepted(rule: str, sentence: str, **figures: Figure) -> Verdict:
    """The rule has nothing against the offer."""
    return Verdict(rule=rule, outcome=Outcome.ACCEPTED, sentence=sentence, figures=figures)


def rejected(rule: str, sentence: str, **figures: Figure) -> Verdict:
    """The rule stands against the offer."""
    return Verdict(rule=rule, outcome=Outcome.REJECTED, sentence=sentence, figures=figures)


def not_applicable(rule: str, sentence: str) -> Verdict:
    """The rule has nothing to judge here."""
    return Verdict(rule=rule, outcome=Outcome.NOT_APPLICABLE, sentence=sentence)


def unknown(rule: str, sentence: str, **figures: Figure) -> Verdict:
    """A figure the rule needs was not told; that alone never rejects."""
    return Verdict(rule=rule, outcome=Outcome.UNKNOWN, sentence=sentence, figures=figures)


NO_MOVIE = "it fits no movie that is wanted"
UNREAD = "the name could not be read"


def megabytes(size: float) -> str:
    """Bytes as people read them: binary megabytes, one decimal."""
    return f"{size / (1024 * 1024):.1f} MB"
