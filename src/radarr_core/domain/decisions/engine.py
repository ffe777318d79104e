"""`decide`: offers in, every verdict and every ranking key out. Pure and total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice

from attrs import define, evolve, field, frozen

from radarr_core.domain.identifiers import MovieId, SlotName
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.errors import UnparsableReleaseError

from .facts import ReleaseFacts
from .formats import FormatMatches, FormatRun, describe_formats
from .guests import UNKNOWN_KEY, check_verdict, read_weight, show
from .matching import Match, MovieIndex
from .policy import Policy
from .rules.base import Case, Wanted
from .rulesets import DEFAULT_RULES, RuleSet
from .situation import Situation
from .verdicts import Decision, DecisionTable, Outcome, Rank, Verdict


@frozen(kw_only=True)
class Offer:
    """A release beside what its name says, for callers that read it before (and may remember it)."""

    release: Release
    parsed: ParsedRelease | None = None
    refusal: str | None = None


_BATCH = 50
"""So many offers go through each step together: a step's code and data stay in fast memory, a sixth of the time."""


def read_offer(release: Release) -> Offer:
    """A release with its name read; a refused name keeps its reason."""
    try:
        return Offer(release=release, parsed=parse_release(release.title))
    except UnparsableReleaseError as error:
        return Offer(release=release, refusal=error.reason)


def decide(
    offers: Iterable[Release | Offer],
    *,
    wanted: Movie | MovieIndex,
    policy: Policy,
    situation: Situation,
    rules: RuleSet = DEFAULT_RULES,
    now: datetime,
    formats: FormatRun | None = None,
) -> DecisionTable:
    """Judge every offer by every rule for every slot it may be for, and rank them all.

    Args:
        offers: releases as offered, or with their names read already.
        wanted: the movie a search was for, or an index of all that are wanted.
        policy: what people decided beforehand.
        situation: how things stand now.
        rules: the rules and criteria. A rule that raises, or answers what is no verdict of its own, becomes a rejection
            that names it and its plugin; for a criterion that does the like the offer is unknown, and ranks so.
        now: aware, UTC.
        formats: the policy's formats in a run of several calls, so that a pattern that takes too long does so once;
            a run of its own when None.

    Returns:
        One decision per offer, movie and slot; an offer that fits no movie has one with `movie` None. Accepted ones
        come first, then those with the fewest rejections, each part best first. Equal inputs give equal tables.

    Raises:
        ValueError: `now` has no time zone, or a slot names a profile the policy does not have.
    """
    if now.tzinfo is None:
        raise ValueError(f"a moment without a time zone is ambiguous: {now!r}")
    if isinstance(wanted, Movie):
        situation = evolve(situation, searched=wanted.id)
        wanted = MovieIndex.of((wanted,))
    run = _Run(wanted, policy, situation, rules, now, formats or FormatRun(policy.formats))
    decisions: list[Decision] = []
    waiting = iter(offers)
    while batch := [read_offer(item) if isinstance(item, Release) else item for item in islice(waiting, _BATCH)]:
        decisions.extend(run.decide_batch(batch))
    return DecisionTable.of(decisions)


@define
class _Run:
    """One call of `decide`. What depends on a slot alone is worked out once and kept until the end of it."""

    index: MovieIndex
    policy: Policy
    situation: Situation
    rules: RuleSet
    now: datetime
    formats: FormatRun
    searched: Movie | None = field(init=False)
    slots: dict[tuple[MovieId, SlotName], Wanted] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        searched = self.situation.searched
        self.searched = self.index.find(searched) if searched is not None else None

    def decide_batch(self, offers: Sequence[Offer]) -> Iterator[Decision]:
        """The decisions about some offers: one for each slot of an offer's movie, or a single one without a movie."""
        matches = [self._find_match(offer) for offer in offers]
        facts = [self._gather_facts(*pair) for pair in zip(offers, matches, strict=True)]
        formats = [one.matches if one else None for one in facts]
        for offer, match, known, found in zip(offers, matches, facts, formats, strict=True):
            movie = match.movie if match else None
            for slot in movie.slots if movie else (None,):
                wanted = self._find_wanted(movie, slot) if movie and slot else None
                yield self._decide(offer, match, wanted, known, found)

    def _find_match(self, offer: Offer) -> Match | None:
        if offer.parsed is None:
            return None
        return self.index.match(offer.release, offer.parsed, searched=self.searched)

    def _gather_facts(self, offer: Offer, match: Match | None) -> ReleaseFacts | None:
        if offer.parsed is None:
            return None
        movie = match.movie if match else None
        return ReleaseFacts(claim=offer.parsed, offer=offer.release, movie=movie, formats=self.formats)

    def _find_wanted(self, movie: Movie, slot: Slot) -> Wanted:
        known = self.slots.get((movie.id, slot.name))
        if known is None:
            profile = self.policy.get_profile(slot.profile)
            known = Wanted(
                movie=movie, slot=slot, profile=profile, policy=self.policy, situation=self.situation,
                formats=self.formats,
            )  # fmt: skip
            self.slots[movie.id, slot.name] = known
        return known

    def _decide(
        self,
        offer: Offer,
        match: Match | None,
        wanted: Wanted | None,
        facts: ReleaseFacts | None,
        formats: FormatMatches | None,
    ) -> Decision:
        case = Case(
            offer=offer.release, parsed=offer.parsed, refusal=offer.refusal, match=match, wanted=wanted, facts=facts,
            policy=self.policy, situation=self.situation, now=self.now,
        )  # fmt: skip
        ranking, failures = _weigh(self.rules, case)
        return Decision(
            offer=offer.release,
            parsed=offer.parsed,
            refusal=offer.refusal,
            movie=wanted.movie if wanted else None,
            slot=wanted.slot if wanted else None,
            languages=facts.languages if facts else (),
            formats=describe_formats(formats, wanted.profile.format_scores if wanted else {})
            if formats is not None
            else (),
            undecided_formats=tuple([one.name for one in formats.undecided]) if formats is not None else (),
            format_score=case.worth.score if case.worth else None,
            verdicts=_judge(self.rules, case) + failures,
            ranking=ranking,
            reputation_signal=case.signal,
            reputation_points=case.worth.points if case.worth else None,
        )


_rank = lru_cache(maxsize=4096, typed=True)(Rank)
"""Equal ranks are one object, as equal verdicts are: most offers share most of them."""


def _judge(rules: RuleSet, case: Case) -> tuple[Verdict, ...]:
    verdicts: list[Verdict] = []
    for seat in rules.judges:
        try:
            verdict = seat.member.judge(case)
            verdicts.append(check_verdict(verdict, seat.name) if seat.is_guest else verdict)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's rule may raise anything; that never accepts
            verdicts.append(_blame(seat.name, rules.find_owner(seat.member), error))
    return tuple(verdicts)


def _blame(name: str, owner: str, error: BaseException) -> Verdict:
    sentence = f"the rule {name!r} of {owner} failed: {show(error)}"
    return Verdict(rule=name, outcome=Outcome.REJECTED, sentence=sentence, figures={"owner": owner})


def _weigh(rules: RuleSet, case: Case) -> tuple[tuple[Rank, ...], tuple[Verdict, ...]]:
    """Every criterion's rank, and a word about each that has failed: ranking an offer last rejects it for nobody."""
    ranks: list[Rank] = []
    failures: list[Verdict] = []
    for seat in rules.weighers:
        try:
            weight = seat.member.weigh(case)
            key, figure = read_weight(weight) if seat.is_guest else weight
        except (Exception, SystemExit) as error:  # noqa: BLE001 - nor may a stranger's criterion break the order
            key, figure = UNKNOWN_KEY, None
            failures.append(_blame_criterion(seat.name, rules.find_owner(seat.member), error))
        ranks.append(_rank(seat.name, key, figure))
    return tuple(ranks), tuple(failures)


def _blame_criterion(name: str, owner: str, error: BaseException) -> Verdict:
    sentence = f"the criterion {name!r} of {owner} failed, so it is unknown to it: {show(error)}"
    return Verdict(rule=f"criterion {name}", outcome=Outcome.UNKNOWN, sentence=sentence, figures={"owner": owner})
