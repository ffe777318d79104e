"""One or two names judged: everything that can be said of each, and why one goes before the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from radarr_core.domain.custom_formats import FormatMatches, FormatSet, FormatSubject
from radarr_core.domain.custom_formats.explaining import FormatExplanation, explain_formats
from radarr_core.domain.decisions import Decision, Difference, Situation, decide
from radarr_core.domain.decisions.facts import ReleaseFacts
from radarr_core.domain.decisions.formats import FormatRun
from radarr_core.domain.movies import Movie
from radarr_core.domain.opinions import Comparison
from radarr_core.domain.parsing import read_name
from radarr_core.domain.releases import NameFacts, Release

from .judging import Judge


@frozen(kw_only=True)
class Explanation:
    """Everything that can be said of one name.

    Attributes:
        formats: those that match, then those of which nobody can tell. Of a name that was refused too, although
            they count for nothing there.
        offenders: the patterns that took too long.
        opinion: what another parser reads, where one was asked.
    """

    facts: NameFacts
    decision: Decision
    formats: tuple[FormatExplanation, ...] = ()
    offenders: tuple[str, ...] = ()
    opinion: Comparison | None = None

    @property
    def score(self) -> int:
        """What the formats that match are worth together."""
        return sum(each.score for each in self.formats if each.matches)


@frozen(kw_only=True)
class Rivalry:
    """Which of two names goes first.

    Attributes:
        winner: 0 for the first name, 1 for the second; None when neither does.
        reason: `ranking`, `rejected` (the other is), `both rejected` or `tie`.
        difference: the criterion by which one ranks before the other, also where rejections decide; None for a tie.
        ranked_first: which one that is.
    """

    winner: int | None
    reason: str
    difference: Difference | None = None
    ranked_first: int | None = None


def explain_names(
    offers: Sequence[Release], movie: Movie, judge: Judge, situation: Situation, now: datetime
) -> tuple[Explanation, ...]:
    """What is to be said of each offer, in the order given; their guids have to differ."""
    table = decide(offers, wanted=movie, policy=judge.policy, situation=situation, rules=judge.rules, now=now)
    decisions = {decision.offer.guid: decision for decision in table}
    return tuple(_explain(decisions[offer.guid], movie, judge, read_name(offer.title)) for offer in offers)


def _explain(decision: Decision, movie: Movie, judge: Judge, facts: NameFacts) -> Explanation:
    matches = _match(decision, movie, judge, facts)
    if matches is None:
        return Explanation(facts=facts, decision=decision)
    formats = explain_formats(
        matches, claim=facts, scores=judge.read.data.format_scores, score_set=judge.read.score_set
    )
    return Explanation(facts=facts, decision=decision, formats=formats, offenders=matches.offenders)


def _match(decision: Decision, movie: Movie, judge: Judge, facts: NameFacts) -> FormatMatches | None:
    """The formats once more, now with what each condition went by; None without formats."""
    formats = judge.policy.formats
    if not isinstance(formats, FormatSet):
        return None
    if decision.parsed is None:
        return formats.match(FormatSubject.of_claim(facts, size=decision.offer.size, flags=decision.offer.flags))
    found = ReleaseFacts(
        claim=decision.parsed, offer=decision.offer, movie=decision.movie or movie, formats=FormatRun(formats)
    ).matches
    assert isinstance(found, FormatMatches)
    return found


def compare(first: Decision, second: Decision) -> Rivalry:
    """Which goes first: one that is accepted before one that is not, then the one that ranks higher."""
    difference, ranked = _rank(first, second)
    if first.is_accepted != second.is_accepted:
        winner = 0 if first.is_accepted else 1
        return Rivalry(winner=winner, reason="rejected", difference=difference, ranked_first=ranked)
    if not first.is_accepted:
        return Rivalry(winner=None, reason="both rejected", difference=difference, ranked_first=ranked)
    return Rivalry(
        winner=ranked, reason="tie" if ranked is None else "ranking", difference=difference, ranked_first=ranked
    )


def _rank(first: Decision, second: Decision) -> tuple[Difference | None, int | None]:
    if (difference := first.beats(second)) is not None:
        return difference, 0
    if (difference := second.beats(first)) is not None:
        return difference, 1
    return None, None
