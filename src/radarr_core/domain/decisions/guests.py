"""What rules and criteria of strangers answer, held to what was promised before anything relies on it.

Those of this library are held to it by their contract suites instead, so that a decision costs no more than it has to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from .verdicts import Figure, Key, Outcome, Verdict

UNKNOWN_KEY: Key = ()
"""The key of what nobody knows: the empty one comes after every other, whatever a criterion's keys are made of."""
_LONGEST_SHOWN = 200
_MOST_BITS = 1023


def check_verdict(answer: object, rule: str) -> Verdict:
    """The answer of a rule of that name, when it is a verdict people and programs can be shown.

    Raises:
        TypeError: it is none, or holds what a verdict cannot.
        ValueError: it is in another rule's name, says nothing, or ends at a moment without a time zone.
    """
    if type(answer) is not Verdict:
        raise TypeError(f"it answered {show(answer)}, which is no Verdict")
    if answer.rule != rule:
        raise ValueError(f"its verdict is in the name of {show(answer.rule)}")
    if type(answer.outcome) is not Outcome:
        raise TypeError(f"its outcome is {show(answer.outcome)}, which is no Outcome")
    if not is_text(answer.sentence):
        raise ValueError(f"its sentence is {show(answer.sentence)}; expected a text")
    if answer.until is not None and answer.until.utcoffset() is None:
        raise ValueError(f"it ends at {show(answer.until)}, a moment without a time zone")
    if not isinstance(answer.figures, Mapping):
        raise TypeError(f"its figures are {show(answer.figures)}; expected them by name")
    for name, figure in answer.figures.items():
        if not isinstance(name, str):
            raise TypeError(f"it has a figure called {show(name)}; expected a text")
        read_figure(figure)
    return answer


def read_weight(answer: object) -> tuple[Key, Figure]:
    """The key and figure a criterion answered, in plain numbers that compare as numbers do.

    Raises:
        TypeError: it is no such pair, or holds what is no number.
        ValueError: a number is infinite or is none.
    """
    if not isinstance(answer, tuple) or len(answer) != 2:
        raise TypeError(f"it answered {show(answer)}; expected a key and a figure")
    key, figure = answer
    if not isinstance(key, tuple):
        raise TypeError(f"its key is {show(key)}; expected a tuple of numbers")
    return tuple([_read_number(part) for part in key]), read_figure(figure)


def _read_number(part: object) -> int | float:
    if isinstance(part, int):
        return _require_short(int.__int__(part))  # of a subclass, such as an enumeration, its number alone
    if not isinstance(part, float):
        raise TypeError(f"its key holds {show(part)}; expected a number")
    return _require_finite(float.__float__(part))


def read_figure(figure: object) -> Figure:
    """The figure, when it is one people can be shown and JSON can hold.

    Raises:
        TypeError: it is neither a text, a number, true, false nor None.
        ValueError: it is infinite, or no number at all.
    """
    if figure is None or isinstance(figure, bool):
        return figure
    if isinstance(figure, str):
        return str.__str__(figure)
    if isinstance(figure, int):
        return _require_short(int.__int__(figure))
    if isinstance(figure, float):
        return _require_finite(float.__float__(figure))
    raise TypeError(f"its figure is {show(figure)}; expected a text, a number, true, false or None")


def _require_finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(f"it answered {number!r}; expected a finite number")
    return number


def _require_short(number: int) -> int:
    """A whole number that a float could hold too: thousands of digits can be neither shown nor written down."""
    if number.bit_length() > _MOST_BITS:
        raise ValueError(f"it answered a number of {number.bit_length()} bits; expected {_MOST_BITS} at the most")
    return number


def is_text(value: object) -> bool:
    """Whether it is a text that says something; annotations do not keep strangers from other things."""
    return isinstance(value, str) and bool(value.strip())


def show(value: object) -> str:
    """A stranger's value as a sentence shows it: shortened, and of its type alone when it cannot be shown."""
    try:
        shown = repr(value)
    except Exception:  # noqa: BLE001 - a stranger's `__repr__` may raise anything
        return f"this {type(value).__name__}"
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."
