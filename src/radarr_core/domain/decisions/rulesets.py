"""The rules that judge and the criteria that rank: ordered lists, and data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from attrs import evolve, field, frozen

from . import ranking as criteria
from .guests import is_text
from .ranking import Criterion
from .rules import makers, movie, names, offers, quality, upgrade, waiting
from .rules.base import Rule

_Named = TypeVar("_Named", Rule, Criterion)
_Member = TypeVar("_Member")
_OURS = __name__.partition(".")[0]


@frozen
class Seat(Generic[_Member]):
    """A rule or criterion with its name, read once. What a guest, one of a stranger's, answers is checked."""

    name: str
    member: _Member
    is_guest: bool


@frozen(kw_only=True)
class RuleSet:
    """The rules that judge and the criteria that rank, both in order and both data.

    Attributes:
        rules: every one of them judges every offer.
        criteria: the most important one first.
        owners: rules and criteria beside the plugin each came from.

    Raises:
        ValueError: a rule or criterion has no name, or two of a kind share one.
    """

    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...] = field(repr=False)
    owners: tuple[tuple[Rule | Criterion, str], ...] = field(default=(), repr=False)
    judges: tuple[Seat[Rule], ...] = field(init=False, eq=False, repr=False)
    weighers: tuple[Seat[Criterion], ...] = field(init=False, eq=False, repr=False)

    @judges.default
    def _seat_rules(self) -> tuple[Seat[Rule], ...]:
        return _seat("rule", self.rules)

    @weighers.default
    def _seat_criteria(self) -> tuple[Seat[Criterion], ...]:
        return _seat("criterion", self.criteria)

    @property
    def rule_names(self) -> tuple[str, ...]:
        """The names of the rules, in order."""
        return tuple(seat.name for seat in self.judges)

    @property
    def criterion_names(self) -> tuple[str, ...]:
        """The names of the criteria, the most important one first."""
        return tuple(seat.name for seat in self.weighers)

    def find_owner(self, member: Rule | Criterion) -> str:
        """The plugin a rule or criterion came from; without one, the module of its class."""
        return next((owner for known, owner in self.owners if known is member), type(member).__module__)

    def with_rules(self, *rules: Rule, owner: str | None = None) -> RuleSet:
        """The set with these rules: one of a known name takes that one's place, others come last.

        Args:
            rules: the rules.
            owner: the plugin they came from, which is named when one of them fails.
        """
        return evolve(self, rules=_merge(self.rules, rules), owners=self._own(rules, owner))

    def with_criteria(self, *criteria: Criterion, owner: str | None = None) -> RuleSet:
        """The set with these criteria: one of a known name takes that one's place, others come last.

        Args:
            criteria: the criteria.
            owner: the plugin they came from, which is named when one of them fails.
        """
        return evolve(self, criteria=_merge(self.criteria, criteria), owners=self._own(criteria, owner))

    def _own(self, members: Iterable[Rule | Criterion], owner: str | None) -> tuple[tuple[Rule | Criterion, str], ...]:
        return self.owners if owner is None else (*self.owners, *((member, owner) for member in members))

    def ranked_by(self, *names: str) -> RuleSet:
        """The set with the criteria of these names, in this order; the others are left out.

        Raises:
            ValueError: there is none of such a name, or one is named twice.
        """
        known = {seat.name: seat.member for seat in self.weighers}
        for name in names:
            if name not in known:
                raise ValueError(f"no criterion is called {name!r}; known are {', '.join(known)}")
        return evolve(self, criteria=tuple(known[name] for name in names))

    def without_rules(self, *names: str) -> RuleSet:
        """The set without the rules of these names; criteria stay, also those of the same name.

        Raises:
            ValueError: there is none of such a name.
        """
        known = self.rule_names
        for name in names:
            if name not in known:
                raise ValueError(f"no rule is called {name!r}; known are {', '.join(known)}")
        return evolve(self, rules=tuple(seat.member for seat in self.judges if seat.name not in names))

    def without(self, *names: str) -> RuleSet:
        """The set without the rules and criteria of these names.

        Raises:
            ValueError: there is none of such a name.
        """
        known = {*self.rule_names, *self.criterion_names}
        for name in names:
            if name not in known:
                raise ValueError(f"no rule or criterion is called {name!r}; known are {', '.join(sorted(known))}")
        return evolve(
            self,
            rules=tuple(seat.member for seat in self.judges if seat.name not in names),
            criteria=tuple(seat.member for seat in self.weighers if seat.name not in names),
        )


def _seat(kind: str, members: Iterable[_Named]) -> tuple[Seat[_Named], ...]:
    """Refuse names that would make an explanation ambiguous."""
    seats: dict[str, Seat[_Named]] = {}
    for member in members:
        name = member.name
        if not is_text(name):
            raise ValueError(f"a {kind} of {type(member).__module__} has no name: {name!r}")
        if name in seats:
            raise ValueError(f"each {kind} needs a name of its own; {name} stands twice")
        seats[name] = Seat(name, member, type(member).__module__.partition(".")[0] != _OURS)
    return tuple(seats.values())


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
        makers.GroupReputation(),
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
        criteria.ByGroupReputation(),
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
