"""Every one of our rules and criteria keeps the contract; what breaks it is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from attrs import define, frozen

from radarr_core.domain.decisions import DEFAULT_RULES, Verdict
from radarr_core.domain.decisions.ranking import Criterion
from radarr_core.domain.decisions.rules.base import Case, Rule, accepted, rejected, rejected_until
from radarr_core.testing.contracts.criterion import CriterionContract
from radarr_core.testing.contracts.rule import RuleContract


class TestOurRules(RuleContract):
    """The suite, for each rule of the library."""

    @pytest.fixture(params=DEFAULT_RULES.rules, ids=DEFAULT_RULES.rule_names)
    def rule(self, request: pytest.FixtureRequest) -> Rule:
        """One of the library's."""
        rule: Rule = request.param
        return rule


class TestOurCriteria(CriterionContract):
    """The suite, for each criterion of the library."""

    @pytest.fixture(params=DEFAULT_RULES.criteria, ids=DEFAULT_RULES.criterion_names)
    def criterion(self, request: pytest.FixtureRequest) -> Criterion:
        """One of the library's."""
        criterion: Criterion = request.param
        return criterion


_numbers = count()


@frozen
class Judges:
    """A rule that answers what a function does."""

    answer: Callable[[Case], Any]
    name: str = "bad"

    def judge(self, case: Case) -> Verdict:
        """The answer."""
        verdict: Verdict = self.answer(case)
        return verdict


@frozen
class Weighs:
    """A criterion that answers what a function does."""

    answer: Callable[[Case], Any]
    name: str = "bad"

    def weigh(self, case: Case) -> Any:
        """The answer."""
        return self.answer(case)


@define
class Changing:
    """A rule that can be changed."""

    name: str = "bad"

    def judge(self, case: Case) -> Verdict:
        """Fine."""
        return accepted(self.name, "fine")


def few_seeders(case: Case) -> Verdict:
    """Takes a number nobody told for none."""
    seeders = case.offer.seeders or 0
    return accepted("bad", "enough") if seeders > 5 else rejected("bad", "too few", seeders=seeders)


def demanding(case: Case) -> Verdict:
    """Rejects what it does not know."""
    if case.offer.size is None:
        return rejected("bad", "the size was not told")
    return accepted("bad", "fine")


def careless(case: Case) -> Verdict:
    """Needs a movie where there is none."""
    assert case.wanted is not None
    return accepted("bad", "fine")


def counting(case: Case) -> Verdict:
    """Says something else every time."""
    return accepted("bad", f"offer {next(_numbers)}")


BROKEN_RULES: dict[str, tuple[Rule, str]] = {
    "no name": (Judges(careless, ""), "test_has_a_name"),
    "blanks around its name": (Judges(careless, " bad"), "test_has_a_name"),
    "can be changed": (Changing(), "test_is_a_value"),
    "cannot be pickled": (Judges(lambda case: accepted("bad", "fine")), "test_is_a_value"),
    "raises": (Judges(careless), "test_judges_every_case"),
    "no verdict": (Judges(bool), "test_judges_every_case"),
    "another's name": (Judges(lambda case: accepted("good", "fine")), "test_judges_every_case"),
    "two lines": (Judges(lambda case: accepted("bad", "fine\nday")), "test_judges_every_case"),
    "a list for a figure": (Judges(lambda case: rejected("bad", "no", odd=[])), "test_judges_every_case"),  # type: ignore[arg-type]
    "another word every time": (Judges(counting), "test_says_the_same_of_an_equal_case"),
    "over already": (
        Judges(lambda case: rejected_until("bad", case.now - timedelta(days=1), "wait")),
        "test_judges_every_case",
    ),
    "rejects the unknown": (Judges(demanding), "test_what_was_not_told_rejects_nothing"),
    "reads unknown as zero": (Judges(few_seeders), "test_unknown_is_not_zero"),
}


@pytest.mark.parametrize("fault", BROKEN_RULES)
def test_the_suite_finds_a_broken_rule(fault: str) -> None:
    """A suite that lets everything pass certifies nothing."""
    rule, test = BROKEN_RULES[fault]
    with pytest.raises(BaseException):  # noqa: B017, PT011 - an assertion, or whatever the rule and pickle raise
        getattr(RuleContract(), test)(rule=rule)


BROKEN_CRITERIA: dict[str, tuple[Criterion, str]] = {
    "no name": (Weighs(lambda case: ((1,), 1), ""), "test_has_a_name"),
    "cannot be pickled": (Weighs(lambda case: ((1,), 1)), "test_is_a_value"),
    "texts": (Weighs(lambda case: (("a",), 1)), "test_weighs_every_case"),
    "no number": (Weighs(lambda case: ((float("nan"),), 1)), "test_weighs_every_case"),
    "a list for a figure": (Weighs(lambda case: ((1,), [])), "test_weighs_every_case"),
    "another key every time": (Weighs(lambda case: ((next(_numbers),), 1)), "test_weighs_an_equal_case_alike"),
    "reads unknown as zero": (Weighs(lambda case: ((case.offer.peers or 0,), None)), "test_unknown_is_not_zero"),
}


@pytest.mark.parametrize("fault", BROKEN_CRITERIA)
def test_the_suite_finds_a_broken_criterion(fault: str) -> None:
    """A suite that lets everything pass certifies nothing."""
    criterion, test = BROKEN_CRITERIA[fault]
    with pytest.raises(BaseException):  # noqa: B017, PT011 - an assertion, or whatever the criterion and pickle raise
        getattr(CriterionContract(), test)(criterion=criterion)
