"""What would become of the same offers under another policy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from radarr_core.domain.movies import Movie, SlotKey
from radarr_core.domain.releases import Release

from .engine import Offer, decide, read_offer
from .matching import MovieIndex
from .policy import Policy
from .rulesets import DEFAULT_RULES, RuleSet
from .situation import Situation
from .verdicts import Decision, DecisionTable


@frozen(kw_only=True)
class PolicyChange:
    """One offer that is decided or ranked otherwise.

    Attributes:
        before: the decision under the old policy; `after` the one under the new.
        place_before: its place among the accepted offers of its slot, 1 for the best; None when it is not accepted.
        place_after: the same under the new policy.
    """

    before: Decision
    after: Decision
    place_before: int | None
    place_after: int | None

    @property
    def is_reversed(self) -> bool:
        """Whether it is accepted under one policy and not under the other."""
        return self.before.is_accepted != self.after.is_accepted

    @property
    def new_reasons(self) -> tuple[str, ...]:
        """What stands against it only under the new policy."""
        return tuple(reason for reason in self.after.reasons if reason not in self.before.reasons)

    @property
    def gone_reasons(self) -> tuple[str, ...]:
        """What stood against it only under the old policy."""
        return tuple(reason for reason in self.before.reasons if reason not in self.after.reasons)


@frozen(kw_only=True)
class PolicyComparison:
    """Both tables, and every offer that differs: in the order of the new one."""

    before: DecisionTable
    after: DecisionTable
    changes: tuple[PolicyChange, ...]


def compare_policies(
    releases: Iterable[Release | Offer],
    old: Policy,
    new: Policy,
    *,
    wanted: Movie | MovieIndex,
    situation: Situation,
    rules: RuleSet = DEFAULT_RULES,
    now: datetime,
) -> PolicyComparison:
    """Decide on the same offers under two policies, and tell which decisions change and why.

    Args:
        releases: the offers, with their names read or not.
        old: the policy in force.
        new: the one that is thought of.
        wanted: the movie a search was for, or an index of all that are wanted.
        situation: how things stand.
        rules: the rules and criteria, the same for both.
        now: aware, UTC.
    """
    offers = [read_offer(release) if isinstance(release, Release) else release for release in releases]
    before, after = (
        decide(offers, wanted=wanted, policy=policy, situation=situation, rules=rules, now=now) for policy in (old, new)
    )
    then = {_key(decision): decision for decision in before}
    places = _number(before), _number(after)
    changes = []
    for decision in after:
        key = _key(decision)
        change = PolicyChange(
            before=then[key], after=decision, place_before=places[0].get(key), place_after=places[1].get(key)
        )
        if change.place_before != change.place_after or change.before.reasons != decision.reasons:
            changes.append(change)
    return PolicyComparison(before=before, after=after, changes=tuple(changes))


_Key = tuple[str, str, SlotKey | None]


def _key(decision: Decision) -> _Key:
    return decision.offer.indexer, decision.offer.guid, decision.target


def _number(table: DecisionTable) -> dict[_Key, int]:
    """The place of each accepted decision in its slot."""
    counts: dict[SlotKey | None, int] = {}
    places: dict[_Key, int] = {}
    for decision in table.accepted:
        counts[decision.target] = counts.get(decision.target, 0) + 1
        places[_key(decision)] = counts[decision.target]
    return places
