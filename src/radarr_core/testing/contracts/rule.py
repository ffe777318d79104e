"""What every rule promises."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from radarr_core.domain.decisions import Outcome, Verdict
from radarr_core.domain.decisions.rules.base import Case, Rule
from radarr_core.testing.builders import CASE_NOW, change_offer
from radarr_core.testing.case_strategies import cases

# The rule is a value, so it may be the same for every example.
examples = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))

NUMBERS: Mapping[str, tuple[int, ...]] = {
    "size": (0, 1, 5_000_000_000, 10**20),
    "seeders": (0, 1, 12, 10**6),
    "peers": (0, 1, 12, 10**6),
}
"""What an indexer may leave out and what it may tell instead: zero, and what is not."""
MOMENTS = tuple(CASE_NOW - timedelta(days=days) for days in (0, 1, 10_000))


_Value = TypeVar("_Value")


def copy_by_pickle(value: _Value) -> _Value:
    """The value as another process would get it."""
    copied: _Value = pickle.loads(pickle.dumps(value))  # noqa: S301 - it was pickled here
    return copied


class RuleContract:
    """Subclass it and give it a fixture `rule` that is an instance of the rule."""

    def test_has_a_name(self, rule: Rule) -> None:
        """Verdicts and configurations call it by a text that stays the same, without blanks around it."""
        name: object = rule.name
        assert isinstance(name, str)
        assert name
        assert name == name.strip() == rule.name

    def test_is_a_value(self, rule: Rule) -> None:
        """It cannot be changed while offers are judged, and comes back equal from another process."""
        again = copy_by_pickle(rule)
        assert again == rule
        assert hash(again) == hash(rule)
        writable: Any = rule
        with pytest.raises(AttributeError):
            writable.name = "another"

    @examples
    @given(case=cases)
    def test_judges_every_case(self, rule: Rule, case: Case) -> None:
        """Whatever is offered gets a verdict in the rule's name, with a sentence and with figures that can be shown."""
        verdict = rule.judge(case)
        assert type(verdict) is Verdict
        assert verdict.rule == rule.name
        assert type(verdict.outcome) is Outcome
        assert verdict.sentence.strip()
        assert len(verdict.sentence.splitlines()) == 1
        for name, figure in verdict.figures.items():
            assert isinstance(name, str)
            assert figure is None or isinstance(figure, str | int | float)
            assert figure == figure

    @examples
    @given(case=cases)
    def test_says_the_same_of_an_equal_case(self, rule: Rule, case: Case) -> None:
        """It reads nothing but the case, and remembers none."""
        again = copy_by_pickle(rule)
        assert rule.judge(case) == rule.judge(evolve(case)) == again.judge(evolve(case))

    @examples
    @given(case=cases)
    def test_what_was_not_told_rejects_nothing(self, rule: Rule, case: Case) -> None:
        """An offer that some figure would let pass is not rejected for want of that figure."""
        for fact, values in {**NUMBERS, "published": MOMENTS}.items():
            known = [rule.judge(change_offer(case, **{fact: value})) for value in values]
            if not all(verdict.is_rejection for verdict in known):
                verdict = rule.judge(change_offer(case, **{fact: None}))
                assert not verdict.is_rejection, f"{rule.name} rejects since {fact} was not told: {verdict.sentence}"

    @examples
    @given(case=cases)
    def test_unknown_is_not_zero(self, rule: Rule, case: Case) -> None:
        """Where a figure matters, one that was not told is not judged in the words of a zero."""
        for fact, values in NUMBERS.items():
            zero, *others = (rule.judge(change_offer(case, **{fact: value})) for value in values)
            if any(other != zero for other in others):
                unknown = rule.judge(change_offer(case, **{fact: None}))
                assert unknown != zero, f"{rule.name} reads a {fact} that was not told as zero: {zero.sentence}"
