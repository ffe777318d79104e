"""What the engine answers: each rule's verdict with its figures, each criterion's key, and the table of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from attrs import frozen

from radarr_core.domain.languages import Language
from radarr_core.domain.movies import Movie, Slot, SlotKey
from radarr_core.domain.releases import ParsedRelease, Release

from .formats import ScoredFormat

Figure = int | float | str | bool | None
Key = tuple[float, ...]


_NO_FIGURES: Mapping[str, Figure] = {}


class Outcome(StrEnum):
    """What one rule says of one offer."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TEMPORARILY_REJECTED = "temporarily rejected"
    NOT_APPLICABLE = "not applicable"
    UNKNOWN = "unknown"


_REJECTIONS = (Outcome.REJECTED, Outcome.TEMPORARILY_REJECTED)


@frozen(kw_only=True)
class Verdict:
    """One rule's word on one offer.

    Attributes:
        rule: the rule's name.
        sentence: the reason, for people.
        figures: what the rule read, by name.
        until: when a temporary rejection ends: aware, UTC.
    """

    rule: str
    outcome: Outcome
    sentence: str
    figures: Mapping[str, Figure] = _NO_FIGURES
    until: datetime | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a temporary rejection that never ends."""
        if (self.until is not None) != (self.outcome is Outcome.TEMPORARILY_REJECTED):
            raise ValueError(f"{self.rule}: a temporary rejection, and nothing else, has a moment at which it ends")

    @property
    def is_rejection(self) -> bool:
        """Whether the rule stands against the offer, for good or for now."""
        return self.outcome in _REJECTIONS


@frozen
class Rank:
    """One criterion's key for one offer; the greater key is the better one. `figure` is what people are shown."""

    criterion: str
    key: Key
    figure: Figure


@frozen(kw_only=True)
class Difference:
    """Why one offer ranks before another: the criterion, and the two figures."""

    criterion: str
    winner: Figure
    loser: Figure


@frozen(kw_only=True)
class Decision:
    """Everything that was found out about one offer for one slot of one movie.

    Attributes:
        offer: the release as offered.
        parsed: what its name claims; None when the name was refused, then `refusal` says why.
        movie: the movie it fits; None when it fits none that is wanted.
        slot: the slot that was judged; None without a movie.
        languages: what it is spoken in, as far as that is known.
        formats: the custom formats it fits, and `format_score` what the slot's profile makes of them together.
        undecided_formats: those that hang on something nobody knows, such as a pattern that took too long.
        verdicts: every rule's word, in the order of the rules; nothing stops at the first objection.
        ranking: every criterion's key, most important first.
        reputation_signal: how far its makers' reputation may move it, -1 to 1; None where nobody was asked.
        reputation_points: what that adds to `format_score`; None where it takes no part in it.
    """

    offer: Release
    parsed: ParsedRelease | None = None
    refusal: str | None = None
    movie: Movie | None = None
    slot: Slot | None = None
    languages: tuple[Language, ...] = ()
    formats: tuple[ScoredFormat, ...] = ()
    undecided_formats: tuple[str, ...] = ()
    format_score: int | None = None
    verdicts: tuple[Verdict, ...] = ()
    ranking: tuple[Rank, ...] = ()
    reputation_signal: float | None = None
    reputation_points: int | None = None

    @cached_property
    def rejections(self) -> tuple[Verdict, ...]:
        """The verdicts that stand against the offer."""
        return tuple([verdict for verdict in self.verdicts if verdict.outcome in _REJECTIONS])

    @property
    def is_accepted(self) -> bool:
        """Whether no rule stands against it."""
        return not self.rejections

    @property
    def is_temporarily_rejected(self) -> bool:
        """Whether only time stands against it: every rejection ends by itself."""
        return bool(self.rejections) and all(verdict.until is not None for verdict in self.rejections)

    @property
    def until(self) -> datetime | None:
        """When the last of the temporary rejections ends; None unless time alone stands against it."""
        if not self.is_temporarily_rejected:
            return None
        return max(verdict.until for verdict in self.rejections if verdict.until is not None)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The sentences of the rejections."""
        return tuple(verdict.sentence for verdict in self.rejections)

    @property
    def target(self) -> SlotKey | None:
        """The movie and slot it was judged for."""
        if self.movie is None or self.slot is None:
            return None
        return SlotKey(movie_id=self.movie.id, slot=self.slot.name)

    @cached_property
    def sort_key(self) -> tuple[Key, ...]:
        """The keys of all criteria; greater is better."""
        return tuple([rank.key for rank in self.ranking])

    def beats(self, other: Decision) -> Difference | None:
        """By which criterion this offer ranks before the other; None when it does not."""
        for mine, theirs in zip(self.ranking, other.ranking, strict=True):
            if mine.key != theirs.key:
                better = mine.key > theirs.key
                return Difference(criterion=mine.criterion, winner=mine.figure, loser=theirs.figure) if better else None
        return None


def _count_rejections(decision: Decision) -> int:
    # Without making the rejections of thousands of decisions, which nobody may ask for.
    return sum([verdict.outcome in _REJECTIONS for verdict in decision.verdicts])


@frozen(kw_only=True)
class DecisionTable:
    """Every decision of a run: the accepted ones first, each part best first."""

    decisions: tuple[Decision, ...]

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> DecisionTable:
        """The table of those decisions, in its one order; ties keep the order given."""
        ranked = sorted(decisions, key=lambda decision: decision.sort_key, reverse=True)
        return cls(decisions=tuple(sorted(ranked, key=_count_rejections)))

    def __iter__(self) -> Iterator[Decision]:
        return iter(self.decisions)

    def __len__(self) -> int:
        return len(self.decisions)

    @property
    def accepted(self) -> tuple[Decision, ...]:
        """What may be grabbed, best first."""
        return tuple(decision for decision in self.decisions if decision.is_accepted)

    @property
    def rejected(self) -> tuple[Decision, ...]:
        """What may not, with every reason."""
        return tuple(decision for decision in self.decisions if not decision.is_accepted)

    @property
    def waiting(self) -> tuple[Decision, ...]:
        """What may be grabbed later, best first: only time stands against it."""
        return tuple(decision for decision in self.decisions if decision.is_temporarily_rejected)

    def for_slot(self, key: SlotKey) -> tuple[Decision, ...]:
        """The accepted decisions for one slot, best first."""
        return tuple(decision for decision in self.accepted if decision.target == key)
