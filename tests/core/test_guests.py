"""Rules and criteria of strangers: whatever they do, every offer is decided on, and the culprit is named."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.decisions import DEFAULT_RULES, DecisionTable, Outcome, Policy, RuleSet, Situation, decide
from radarr_core.domain.decisions.rules.base import Case, accepted
from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.releases import Release
from radarr_core.serialise import from_json, to_json
from tests.core.builders import MOVIE, NOW, make_offer, make_profile


@frozen
class Says:
    """A rule that answers whatever it was told to."""

    answer: Callable[[Case], Any]
    name: str = "guest"

    def judge(self, case: Case) -> Verdict:
        """The answer."""
        answer: Verdict = self.answer(case)
        return answer


@frozen
class Weighs:
    """A criterion that answers whatever it was told to."""

    answer: Callable[[Case], Any]
    name: str = "guest"

    def weigh(self, case: Case) -> Any:
        """The answer."""
        return self.answer(case)


class UnspeakableError(Exception):
    """Cannot even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no")


class Grade(IntEnum):
    """Numbers with names, as plugins like them."""

    POOR = 1
    FINE = 2


def throw(error: BaseException) -> Callable[[Case], Any]:
    """An answer that is never given."""

    def answer(case: Case) -> Any:
        raise error

    return answer


def run(rules: RuleSet, *offers: Release) -> DecisionTable:
    """The table of those offers, or of one."""
    policy = Policy(profiles={"Test": make_profile()})
    return decide(offers or (make_offer(),), wanted=MOVIE, policy=policy, situation=Situation(), rules=rules, now=NOW)


def make_verdict(**changes: Any) -> Verdict:
    """A verdict in the guest's name."""
    facts: dict[str, Any] = {"rule": "guest", "outcome": Outcome.ACCEPTED, "sentence": "fine"}
    return Verdict(**facts | changes)


BAD_ANSWERS: dict[str, Any] = {
    "nothing": lambda case: None,
    "a bool": lambda case: True,
    "another's name": lambda case: accepted("seeders", "fine"),
    "an outcome in words": lambda case: make_verdict(outcome="accepted"),
    "no sentence": lambda case: make_verdict(sentence=" "),
    "figures without names": lambda case: make_verdict(figures=[1]),
    "a figure of no kind": lambda case: make_verdict(figures={"list": [1]}),
    "a figure that is no number": lambda case: make_verdict(figures={"odds": math.nan}),
    "a number as a name": lambda case: make_verdict(figures={1: 1}),
    "a moment of nowhere": lambda case: make_verdict(
        outcome=Outcome.TEMPORARILY_REJECTED,
        until=datetime(2030, 1, 1),  # noqa: DTZ001 - the mistake under test
    ),
    "an error": throw(RuntimeError("boom")),
    "an error that cannot be shown": throw(UnspeakableError()),
    "the end of the program": throw(SystemExit("bye")),
    "endless recursion": lambda case: BAD_ANSWERS["endless recursion"](case),
}


@pytest.mark.parametrize("answer", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_rule_that_does_not_judge_rejects_and_is_named_with_its_plugin(answer: Callable[[Case], Any]) -> None:
    """Neither an error nor a wrong answer ever accepts an offer or ends a run; every other rule says its word."""
    decision = run(DEFAULT_RULES.with_rules(Says(answer), owner="shelves:rules")).decisions[0]
    assert [verdict.rule for verdict in decision.verdicts] == [*DEFAULT_RULES.rule_names, "guest"]
    (rejection,) = decision.rejections
    assert rejection.sentence.startswith("the rule 'guest' of shelves:rules failed: ")
    assert dict(rejection.figures) == {"owner": "shelves:rules"}
    assert len(rejection.sentence) < 300


def test_a_rule_that_judges_is_believed() -> None:
    """A sound answer of a stranger's is taken as it is."""
    verdict = make_verdict(figures={"count": 3, "share": 0.5, "name": "x", "old": False, "age": None})
    decision = run(DEFAULT_RULES.with_rules(Says(lambda case: verdict))).decisions[0]
    assert decision.verdicts[-1] is verdict
    assert decision.is_accepted


BAD_WEIGHTS: dict[str, Any] = {
    "nothing": lambda case: None,
    "a bare number": lambda case: 3,
    "three things": lambda case: ((1,), 1, 1),
    "a key that is a number": lambda case: (1, 1),
    "a key of texts": lambda case: (("a",), 1),
    "a key of None": lambda case: ((None,), None),
    "a key that is no number": lambda case: ((math.nan,), 1),
    "an infinite key": lambda case: ((math.inf,), 1),
    "a complex key": lambda case: ((1j,), 1),
    "a figure of no kind": lambda case: ((1,), [1]),
    "a figure that is no number": lambda case: ((1,), math.nan),
    "an error": throw(RuntimeError("boom")),
    "an error that cannot be shown": throw(UnspeakableError()),
    "the end of the program": throw(SystemExit("bye")),
}


@pytest.mark.parametrize("answer", BAD_WEIGHTS.values(), ids=BAD_WEIGHTS)
def test_a_criterion_that_does_not_weigh_ranks_the_offer_as_unknown_and_is_named(
    answer: Callable[[Case], Any],
) -> None:
    """What a stranger's criterion cannot tell rejects nothing, comes after what it can, and is said."""

    def weigh(case: Case) -> Any:
        return answer(case) if case.offer.guid == "bad" else ((-9.0, 3), "known")

    rules = DEFAULT_RULES.with_criteria(Weighs(weigh), owner="shelves:rules").ranked_by("guest", "size")
    first, second = run(rules, make_offer(guid="bad", size=9_000_000_000), make_offer(guid="good"))
    assert [first.offer.guid, second.offer.guid] == ["good", "bad"]
    assert second.is_accepted
    assert (second.ranking[0].key, second.ranking[0].figure) == ((), None)
    word = second.verdicts[-1]
    assert (word.rule, word.outcome) == ("criterion guest", Outcome.UNKNOWN)
    assert word.sentence.startswith("the criterion 'guest' of shelves:rules failed")
    assert first.verdicts[-1].rule == DEFAULT_RULES.rule_names[-1]
    difference = first.beats(second)
    assert difference is not None
    assert (difference.criterion, difference.winner, difference.loser) == ("guest", "known", None)


def test_numbers_with_names_are_taken_as_the_numbers_they_are() -> None:
    """An enumeration makes a good key, but what is kept of it is plain and comes back from JSON."""
    decision = run(DEFAULT_RULES.with_criteria(Weighs(lambda case: ((Grade.FINE, True), Grade.POOR)))).decisions[0]
    rank = decision.ranking[-1]
    assert [type(part) for part in (*rank.key, rank.figure)] == [int, int, int]
    assert rank.key == (2, 1)
    assert from_json(to_json(rank), type(rank)) == rank
    json.dumps(list(rank.key), allow_nan=False)


hostile_parts = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.text(max_size=3),
    st.sampled_from(Grade),
    st.complex_numbers(),
)
hostile_weights = st.one_of(
    st.tuples(st.lists(hostile_parts, max_size=3).map(tuple), hostile_parts | st.lists(st.integers(), max_size=1)),
    hostile_parts,
    st.just(throw(ValueError("boom"))),
)


@given(st.lists(hostile_weights, min_size=1, max_size=8))
def test_the_order_stays_total_and_transitive_whatever_a_criterion_answers(weights: list[Any]) -> None:
    """Any two offers can be compared, and sorting in any order of arrival gives one and the same order of keys."""

    def weigh(case: Case) -> Any:
        weight = weights[int(case.offer.guid)]
        return weight(case) if callable(weight) else weight

    rules = DEFAULT_RULES.with_criteria(Weighs(weigh)).ranked_by("guest", "size")
    offers = [make_offer(guid=str(place)) for place in range(len(weights))]
    keys = [decision.sort_key for decision in run(rules, *offers)]
    assert keys == [decision.sort_key for decision in run(rules, *reversed(offers))]
    for better, worse in pairwise(keys):
        assert better >= worse
    for one in keys:
        for other in keys:
            assert (one > other) + (one < other) + (one == other) == 1


def test_the_owner_goes_with_the_rule_that_is_in_force() -> None:
    """Who replaces a plugin's rule is not blamed by that plugin's name."""
    broken, mine = Says(throw(RuntimeError("boom"))), Says(throw(RuntimeError("bang")))
    rules = DEFAULT_RULES.with_rules(broken, owner="shelves:rules")
    assert rules.find_owner(broken) == "shelves:rules"
    replaced = evolve(rules, rules=(mine,))
    assert replaced.find_owner(mine) == __name__
    assert rules.find_owner(DEFAULT_RULES.rules[0]).startswith("radarr_core.")


def test_a_replaced_rule_keeps_the_place_and_a_new_one_comes_last() -> None:
    """The order of an explanation stays the one people know."""
    rules = DEFAULT_RULES.with_rules(Says(lambda case: None, "retention"), Says(lambda case: None, "mine"))
    assert rules.rule_names == (*DEFAULT_RULES.rule_names, "mine")


def test_leaving_out_a_rule_keeps_the_criterion_of_that_name() -> None:
    """`protocol` is both; whoever does not want the rule still has the ranking."""
    fewer = DEFAULT_RULES.without_rules("protocol")
    assert "protocol" not in fewer.rule_names
    assert fewer.criteria == DEFAULT_RULES.criteria
    with pytest.raises(ValueError, match=r"no rule is called 'size'; known are readable name, "):
        DEFAULT_RULES.without_rules("size")


def test_criteria_are_put_in_another_order_by_name() -> None:
    """What is not named no longer counts."""
    assert DEFAULT_RULES.ranked_by("size", "quality").criterion_names == ("size", "quality")
    with pytest.raises(ValueError, match="no criterion is called 'luck'; known are quality, "):
        DEFAULT_RULES.ranked_by("luck")
    with pytest.raises(ValueError, match="size stands twice"):
        DEFAULT_RULES.ranked_by("size", "size")


@pytest.mark.parametrize("name", ["", "  ", None, 3])
def test_a_rule_without_a_name_is_refused(name: Any) -> None:
    """Its rejections could not be told from anybody's."""
    with pytest.raises(ValueError, match="has no name"):
        RuleSet(rules=(Says(lambda case: None, name),), criteria=())


def test_a_set_is_a_value() -> None:
    """Sets of the same rules are equal, and hashable, whatever was worked out about them."""
    assert evolve(DEFAULT_RULES) == DEFAULT_RULES
    assert hash(evolve(DEFAULT_RULES)) == hash(DEFAULT_RULES)


def test_a_number_nobody_can_write_down_is_no_answer() -> None:
    """One figure of thousands of digits would keep the whole table from being shown."""
    rules = DEFAULT_RULES.with_rules(Says(lambda _: accepted("guest", "so many", many=10**5000)), owner="mine")
    rules = rules.with_criteria(Weighs(lambda _: ((10**5000,), 10**5000)), owner="mine")
    table = decide(
        [make_offer()],
        wanted=MOVIE,
        policy=Policy(profiles={"Test": make_profile()}),
        situation=Situation(),
        rules=rules,
        now=NOW,
    )
    said = [verdict for verdict in table.decisions[0].verdicts if verdict.rule in ("guest", "criterion guest")]
    assert [verdict.outcome for verdict in said] == [Outcome.REJECTED, Outcome.UNKNOWN]
    assert all("a number of" in verdict.sentence for verdict in said)
    assert from_json(to_json(table), DecisionTable) == table
