"""What every rule promises."""

from __future__ import annotations

import math
import pickle
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings

from radarr_core.domain.decisions import Outcome, Verdict
from radarr_core.domain.decisions.rules.base import Case, Rule
from radarr_core.testing.builders import CASE_NOW, change_offer
from radarr_core.testing.case_strategies import cases

# The rule is a value, so it may be the same for every example. To shrink a whole case takes minutes, and the message
# of a failed test already names the fact and the sentence.
examples = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)],
)

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


# A case that fails is shown whole, which is long.
shown_whole = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@shown_whole
class RuleContract:
    """Subclass it and give it a fixture `rule` that is an instance of the rule."""

    @pytest.fixture
    def needed_facts(self) -> frozenset[str]:
        """Fields of an offer without which the rule rejects on purpose; none unless you say so."""
        return frozenset()

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
    def test_judges_every_case_and_an_equal_one_alike(self, rule: Rule, case: Case) -> None:
        """Whatever is offered gets a verdict in the rule's name that can be shown; it reads nothing but the case."""
        verdict = rule.judge(case)
        assert type(verdict) is Verdict
        assert verdict.rule == rule.name
        assert type(verdict.outcome) is Outcome
        assert verdict.sentence.strip()
        assert len(verdict.sentence.splitlines()) == 1
        for name, figure in verdict.figures.items():
            assert isinstance(name, str)
            assert figure is None or isinstance(figure, str | int | float)
            assert not isinstance(figure, float) or math.isfinite(figure)
        assert verdict.until is None or verdict.until > case.now, "what is over already would wait for ever"
        assert verdict == rule.judge(evolve(case)) == copy_by_pickle(rule).judge(evolve(case))

    @examples
    @given(case=cases)
    def test_what_was_not_told_is_no_objection_and_no_zero(
        self, rule: Rule, needed_facts: frozenset[str], case: Case
    ) -> None:
        """An offer that some figure lets pass is not rejected for want of it, nor judged in the words of a zero."""
        for fact, values in {**NUMBERS, "published": MOMENTS}.items():
            known = [rule.judge(change_offer(case, **{fact: value})) for value in values]
            untold = rule.judge(change_offer(case, **{fact: None}))
            if fact not in needed_facts and not all(verdict.is_rejection for verdict in known):
                assert not untold.is_rejection, f"{rule.name} rejects since {fact} was not told: {untold.sentence}"
            if fact in NUMBERS and any(verdict != known[0] for verdict in known):
                assert untold != known[0], f"{rule.name} reads a {fact} that was not told as 0: {untold.sentence}"
