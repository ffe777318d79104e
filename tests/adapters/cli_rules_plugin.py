"""A stranger's plugin for tests: two sound rules, of which one replaces a built-in, a broken one, and a criterion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from radarr_core import Case, Criterion, Rule, Verdict, hookimpl
from radarr_core.domain.decisions.rules import accepted, rejected


@frozen
class NoGood:
    """Nothing of the group GOOD."""

    name: str = "no good"

    def judge(self, case: Case) -> Verdict:
        """Reject that group."""
        if case.offer.title.endswith("GOOD"):
            return rejected(self.name, "nothing of GOOD is wanted")
        return accepted(self.name, "it is not of GOOD")


@frozen
class AnyQuality:
    """Takes the place of the built-in rule."""

    name: str = "quality allowed"

    def judge(self, case: Case) -> Verdict:
        """Anything goes."""
        return accepted(self.name, "anything goes")


@frozen
class Broken:
    """Never gets to its word."""

    name: str = "broken"

    def judge(self, case: Case) -> Verdict:
        """Fail."""
        raise ZeroDivisionError("a stranger's mistake")


@frozen
class ByFewSeeders:
    """Kind to those who have few; at a loss where nobody told."""

    name: str = "few seeders"

    def weigh(self, case: Case) -> Any:
        """Fewer are better."""
        return (-case.offer.seeders,), case.offer.seeders  # type: ignore[operator]


@hookimpl
def radarr_register_rules() -> Iterable[Rule]:
    """All the rules."""
    return [NoGood(), AnyQuality(), Broken()]


@hookimpl
def radarr_register_criteria() -> Iterable[Criterion]:
    """The criterion."""
    return [ByFewSeeders()]
