"""What every criterion promises."""

from __future__ import annotations

import math
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from radarr_core.domain.decisions.ranking import Criterion
from radarr_core.domain.decisions.rules.base import Case
from radarr_core.testing.builders import change_offer
from radarr_core.testing.case_strategies import cases

from .rule import NUMBERS, copy_by_pickle, examples


class CriterionContract:
    """Subclass it and give it a fixture `criterion` that is an instance of the criterion."""

    def test_has_a_name(self, criterion: Criterion) -> None:
        """Rankings and configurations call it by a text that stays the same, without blanks around it."""
        name: object = criterion.name
        assert isinstance(name, str)
        assert name
        assert name == name.strip() == criterion.name

    def test_is_a_value(self, criterion: Criterion) -> None:
        """It cannot be changed while offers are ranked, and comes back equal from another process."""
        again = copy_by_pickle(criterion)
        assert again == criterion
        assert hash(again) == hash(criterion)
        writable: Any = criterion
        with pytest.raises(AttributeError):
            writable.name = "another"

    @examples
    @given(case=cases)
    def test_weighs_every_case(self, criterion: Criterion, case: Case) -> None:
        """Whatever is offered gets a key of finite numbers, so that any two compare, and a figure for people."""
        key, figure = criterion.weigh(case)
        assert isinstance(key, tuple)
        for part in key:
            assert isinstance(part, int | float)
            assert math.isfinite(part)
        assert figure is None or isinstance(figure, str | int | float)
        assert figure == figure

    @examples
    @given(case=cases)
    def test_weighs_an_equal_case_alike(self, criterion: Criterion, case: Case) -> None:
        """It reads nothing but the case, and remembers none: a key of one offer alone keeps the order in one piece."""
        again = copy_by_pickle(criterion)
        assert criterion.weigh(case) == criterion.weigh(evolve(case)) == again.weigh(evolve(case))

    @examples
    @given(case=cases)
    def test_unknown_is_not_zero(self, criterion: Criterion, case: Case) -> None:
        """Where a figure matters, one that was not told has a place of its own."""
        for fact, values in NUMBERS.items():
            zero, *others = (criterion.weigh(change_offer(case, **{fact: value}))[0] for value in values)
            if any(other != zero for other in others):
                unknown, figure = criterion.weigh(change_offer(case, **{fact: None}))
                assert unknown != zero, f"{criterion.name} reads a {fact} that was not told as zero ({figure!r})"
