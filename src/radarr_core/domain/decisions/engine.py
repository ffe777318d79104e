"""`decide`: offers in, every verdict and every ranking key out. Pure and total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from attrs import field, frozen

from radarr_core.domain.movies import Movie
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.errors import UnparsableReleaseError

from . import ranking as criteria
from .matching import Match, MovieIndex
from .policy import Policy
from .rules import movie, names, offers, quality, upgrade
from .rules.base import Case, Rule, Wanted
from .situation import Situation
from .verdicts import Decision, DecisionTable, Outcome, Rank, Verdict


@frozen(kw_only=True)
class RuleSet:
    """The rules that judge and the criteria that rank, both in order and both data.

    Raises:
        ValueError: two rules or two criteria share a name.
    """

    rules: tuple[Rule, ...]
    criteria: tuple[criteria.Criterion, ...] = field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse names that would make an explanation ambiguous."""
        for kind, members in (("rule", self.rules), ("criterion", self.criteria)):
            known = [member.name for member in members]
            twice = {name for name in known if known.count(name) > 1}
            if twice:
                raise ValueError(f"each {kind} needs a name of its own; {', '.join(sorted(twice))} stands twice")


DEFAULT_RULES = RuleSet(
    rules=(
        names.Readable(),
        names.HarmlessName(),
        movie.RightMovie(),
        movie.Monitored(),
        quality.QualityAllowed(),
        quality.AcceptableSize(),
        names.NotASample(),
        offers.EnoughSeeders(),
        offers.NotBlocked(),
        upgrade.BetterThanHeld(),
        upgrade.BetterThanQueued(),
        quality.EnoughSpace(),
    ),
    criteria=(
        criteria.ByQuality(),
        criteria.ByRevision(),
        criteria.ByIndexerPriority(),
        criteria.BySeeders(),
        criteria.ByPeers(),
        criteria.BySize(),
    ),
)


@frozen(kw_only=True)
class Offer:
    """A release beside what its name says, for callers that read it before (and may remember it)."""

    release: Release
    parsed: ParsedRelease | None = None
    refusal: str | None = None


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
) -> DecisionTable:
    """Judge every offer by every rule for every slot it may be for, and rank them all.

    Args:
        offers: releases as offered, or with their names read already.
        wanted: the movie a search was for, or an index of all that are wanted.
        policy: what people decided beforehand.
        situation: how things stand now.
        rules: the rules and criteria; a rule that raises becomes a rejection that names it.
        now: aware, UTC.

    Returns:
        One decision per offer, movie and slot; an offer that fits no movie has one with `movie` None. Accepted ones
        come first, then those with the fewest rejections, each part best first. Equal inputs give equal tables.

    Raises:
        ValueError: `now` has no time zone, or a slot names a profile the policy does not have.
    """
    if now.tzinfo is None:
        raise ValueError(f"a moment without a time zone is ambiguous: {now!r}")
    index = MovieIndex.of((wanted,)) if isinstance(wanted, Movie) else wanted
    decisions: list[Decision] = []
    for item in offers:
        offer = read_offer(item) if isinstance(item, Release) else item
        decisions.extend(_decide_case(case, rules) for case in _build_cases(offer, index, policy, situation, now))
    return DecisionTable.of(decisions)


def _build_cases(
    offer: Offer, index: MovieIndex, policy: Policy, situation: Situation, now: datetime
) -> Sequence[Case]:
    match = index.match(offer.release, offer.parsed) if offer.parsed else None
    slots: list[Wanted | None] = [None]
    if match and match.movie:
        slots = [
            Wanted(movie=match.movie, slot=slot, profile=policy.get_profile(slot.profile)) for slot in match.movie.slots
        ]
    return [_build_case(offer, match, slot, policy, situation, now) for slot in slots]


def _build_case(
    offer: Offer, match: Match | None, wanted: Wanted | None, policy: Policy, situation: Situation, now: datetime
) -> Case:
    return Case(
        offer=offer.release, parsed=offer.parsed, refusal=offer.refusal, match=match, wanted=wanted, policy=policy,
        situation=situation, now=now,
    )  # fmt: skip


def _decide_case(case: Case, rules: RuleSet) -> Decision:
    return Decision(
        offer=case.offer,
        parsed=case.parsed,
        refusal=case.refusal,
        movie=case.wanted.movie if case.wanted else None,
        slot=case.wanted.slot if case.wanted else None,
        verdicts=tuple(_judge(rule, case) for rule in rules.rules),
        ranking=tuple(_weigh(criterion, case) for criterion in rules.criteria),
    )


def _judge(rule: Rule, case: Case) -> Verdict:
    try:
        return rule.judge(case)
    except Exception as error:  # noqa: BLE001 - a stranger's rule may raise anything; that never accepts an offer
        owner = type(rule).__module__
        sentence = f"the rule {rule.name!r} of {owner} failed: {error!r}"
        return Verdict(rule=rule.name, outcome=Outcome.REJECTED, sentence=sentence, figures={"owner": owner})


def _weigh(criterion: criteria.Criterion, case: Case) -> Rank:
    key, figure = criterion.weigh(case)
    return Rank(criterion=criterion.name, key=key, figure=figure)
