"""The rules that judge and the criteria that rank: ordered lists, and data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from attrs import evolve, field, frozen

from . import ranking as criteria
from .ranking import Criterion
from .rules import movie, names, offers, quality, upgrade, waiting
from .rules.base import Rule

_Named = TypeVar("_Named", Rule, Criterion)


@frozen(kw_only=True)
class RuleSet:
    """The rules that judge and the criteria that rank, both in order and both data.

    Raises:
        ValueError: two rules or two criteria share a name.
    """

    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...] = field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse names that would make an explanation ambiguous."""
        for kind, members in (("rule", self.rules), ("criterion", self.criteria)):
            known = [member.name for member in members]
            twice = {name for name in known if known.count(name) > 1}
            if twice:
                raise ValueError(f"each {kind} needs a name of its own; {', '.join(sorted(twice))} stands twice")

    def with_rules(self, *rules: Rule) -> RuleSet:
        """The set with these rules: one of a known name takes that one's place, others come last."""
        return evolve(self, rules=_merge(self.rules, rules))

    def with_criteria(self, *criteria: Criterion) -> RuleSet:
        """The set with these criteria: one of a known name takes that one's place, others come last."""
        return evolve(self, criteria=_merge(self.criteria, criteria))

    def without(self, *names: str) -> RuleSet:
        """The set without the rules and criteria of these names.

        Raises:
            ValueError: there is none of such a name.
        """
        known = {rule.name for rule in self.rules} | {criterion.name for criterion in self.criteria}
        for name in names:
            if name not in known:
                raise ValueError(f"no rule or criterion is called {name!r}; known are {', '.join(sorted(known))}")
        return RuleSet(
            rules=tuple(rule for rule in self.rules if rule.name not in names),
            criteria=tuple(criterion for criterion in self.criteria if criterion.name not in names),
        )


def _merge(members: Iterable[_Named], added: Iterable[_Named]) -> tuple[_Named, ...]:
    merged = {member.name: member for member in members}
    merged.update((member.name, member) for member in added)
    return tuple(merged.values())


DEFAULT_RULES = RuleSet(
    rules=(
        names.Readable(),
        names.HarmlessName(),
        movie.RightMovie(),
        movie.SearchedMovie(),
        movie.Monitored(),
        movie.Available(),
        quality.QualityAllowed(),
        quality.LanguageWanted(),
        quality.FormatScore(),
        quality.AcceptableSize(),
        quality.MaximumSize(),
        names.NotASample(),
        names.RawDisk(),
        names.HardcodedSubs(),
        names.ReleaseRestrictions(),
        offers.ProtocolEnabled(),
        offers.IndexerServing(),
        offers.IndexerTags(),
        offers.RequiredFlags(),
        offers.EnoughSeeders(),
        offers.NotBlocked(),
        waiting.MinimumAge(),
        waiting.Retention(),
        upgrade.AnotherRelease(),
        upgrade.NotImportedBefore(),
        upgrade.BetterThanHeld(),
        upgrade.UpgradeAllowed(),
        upgrade.Proper(),
        upgrade.Repack(),
        upgrade.BetterThanQueued(),
        upgrade.SlotFree(),
        upgrade.BetterThanGrabbed(),
        waiting.Delay(),
        quality.EnoughSpace(),
    ),
    criteria=(
        criteria.ByQuality(),
        criteria.ByRevision(),
        criteria.ByFormatScore(),
        criteria.ByProtocol(),
        criteria.ByIndexerPriority(),
        criteria.ByIndexerFlags(),
        criteria.BySeeders(),
        criteria.ByPeers(),
        criteria.ByAge(),
        criteria.BySize(),
    ),
)
"""The rules and criteria in force unless others are given."""
