"""What a rule is, and the few words every rule is written with."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from radarr_core.domain.decisions.delays import DelayProfile
from radarr_core.domain.decisions.facts import ReleaseFacts
from radarr_core.domain.decisions.formats import FormatRun
from radarr_core.domain.decisions.matching import Match
from radarr_core.domain.decisions.policy import Policy
from radarr_core.domain.decisions.reputation import find_reputation
from radarr_core.domain.decisions.situation import HistoryEntry, Situation
from radarr_core.domain.decisions.upgrade import Standing, Worth, find_standing, find_worth
from radarr_core.domain.decisions.verdicts import Figure, Outcome, Verdict
from radarr_core.domain.downloads import Grab
from radarr_core.domain.movies import Movie, MovieFile, Slot, SlotKey
from radarr_core.domain.quality import QualityProfile
from radarr_core.domain.releases import ParsedRelease, Release

if TYPE_CHECKING:
    from radarr_core.domain.scene_groups import Reputation


@frozen(kw_only=True, slots=False)
class Wanted:
    """The slot an offer is judged for, with its movie and profile, and how things stand with it.

    What depends on no offer is worked out once a run, when the first rule asks for it.
    """

    movie: Movie
    slot: Slot
    profile: QualityProfile
    policy: Policy = field(repr=False)
    situation: Situation = field(repr=False)
    formats: FormatRun = field(factory=FormatRun, repr=False)

    @cached_property
    def key(self) -> SlotKey:
        """The slot's key."""
        return SlotKey(movie_id=self.movie.id, slot=self.slot.name)

    @cached_property
    def held(self) -> MovieFile | None:
        """The file the slot has."""
        return self.situation.held.get(self.key)

    @cached_property
    def standing(self) -> Standing | None:
        """What that file counts for under the profile in force; None for an empty slot."""
        if self.held is None:
            return None
        mislabels = self.situation.mislabelled.get(self.key, 0)
        return find_standing(
            self.held,
            self.movie,
            self.profile,
            self.formats,
            mislabels=mislabels,
            budget=self.policy.settings.mislabel_budget,
            reputation=self.policy.reputation,
        )

    @cached_property
    def queued(self) -> tuple[tuple[Grab, Worth], ...]:
        """What is under way for the slot, and what it will count for."""
        return tuple(
            (grab, self.find_worth(grab.claim, grab.offer, grab.reputation_signal))
            for grab in self.situation.queue_of(self.key)
        )

    @cached_property
    def history(self) -> tuple[HistoryEntry, ...]:
        """What happened to the slot, newest first."""
        return tuple(self.situation.history_of(self.key))

    @cached_property
    def delay_profile(self) -> DelayProfile:
        """How long offers for the movie are waited with."""
        return self.policy.find_delay_profile(self.movie.tags)

    @cached_property
    def minutes(self) -> int:
        """The runtime that sizes are reckoned with."""
        return self.movie.runtime_minutes or self.policy.settings.assumed_runtime_minutes

    def find_worth(self, claim: ParsedRelease, offer: Release | None, signal: float | None = None) -> Worth:
        """What a claim counts for in the slot, its makers by the signal of their reputation; None leaves it aside."""
        facts = ReleaseFacts(claim=claim, offer=offer, movie=self.movie, formats=self.formats)
        return find_worth(facts, self.profile, self.policy.reputation.find_points(signal))


@frozen(kw_only=True, slots=False)
class Case:
    """All a rule may look at: one offer, for one slot or for none.

    `facts` are the languages and custom formats of the release; None when its name could not be read.
    """

    offer: Release
    parsed: ParsedRelease | None
    refusal: str | None
    match: Match | None
    wanted: Wanted | None
    facts: ReleaseFacts | None
    policy: Policy
    situation: Situation
    now: datetime

    @cached_property
    def worth(self) -> Worth | None:
        """What the offer counts for in the slot; None without a slot or a readable name."""
        if self.wanted is None or self.facts is None:
            return None
        return find_worth(self.facts, self.wanted.profile, self.policy.reputation.find_points(self.signal))

    @cached_property
    def reputation(self) -> Reputation | None:
        """What is known of its makers; None where nobody was asked, or the name cannot be read."""
        reputations = self.situation.reputations
        if self.parsed is None or reputations is None:
            return None
        return find_reputation(self.parsed, reputations, self.offer.indexer_kind)

    @property
    def signal(self) -> float | None:
        """How far its makers' reputation may move it, -1 to 1: as it was when the release was first seen.

        None where nobody was asked; 0 for makers of whom nobody knows enough.
        """
        first = self.situation.first_signals.get(self.offer.identity) if self.situation.first_signals else None
        if first is not None:
            return first
        return None if self.reputation is None else self.reputation.signal

    @property
    def age(self) -> timedelta | None:
        """How long ago the release was published; None when the indexer did not say."""
        return None if self.offer.published is None else self.now - self.offer.published


class Rule(Protocol):
    """A specification: a name, and a pure judgement of one case."""

    @property
    def name(self) -> str:
        """Unique among the rules of a run."""

    def judge(self, case: Case) -> Verdict:
        """This rule's word on the case. It never raises on purpose and reads nothing but the case."""


# Most offers get most of their verdicts in the very words that others get, so equal ones are the same object: it saves
# memory, and the time it takes to make and to clear away dozens of objects an offer.
_kept = lru_cache(maxsize=2048, typed=True)


@_kept
def accepted(rule: str, sentence: str, **figures: Figure) -> Verdict:
    """The rule has nothing against the offer."""
    return Verdict(rule=rule, outcome=Outcome.ACCEPTED, sentence=sentence, figures=figures)


@_kept
def rejected(rule: str, sentence: str, **figures: Figure) -> Verdict:
    """The rule stands against the offer."""
    return Verdict(rule=rule, outcome=Outcome.REJECTED, sentence=sentence, figures=figures)


def rejected_until(rule: str, until: datetime, sentence: str, **figures: Figure) -> Verdict:
    """The rule stands against the offer for now."""
    return Verdict(rule=rule, outcome=Outcome.TEMPORARILY_REJECTED, sentence=sentence, figures=figures, until=until)


@_kept
def not_applicable(rule: str, sentence: str) -> Verdict:
    """The rule has nothing to judge here."""
    return Verdict(rule=rule, outcome=Outcome.NOT_APPLICABLE, sentence=sentence)


@_kept
def unknown(rule: str, sentence: str, **figures: Figure) -> Verdict:
    """A figure the rule needs was not told; that alone never rejects."""
    return Verdict(rule=rule, outcome=Outcome.UNKNOWN, sentence=sentence, figures=figures)


NO_MOVIE = "it fits no movie that is wanted"
UNREAD = "the name could not be read"
ASKED = "a person asked for it"


def megabytes(size: float) -> str:
    """Bytes as people read them: binary megabytes, one decimal."""
    return f"{size / (1024 * 1024):.1f} MB"
