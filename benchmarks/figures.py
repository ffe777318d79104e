"""A figure, the goal it is held to, and the table people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import asdict, field, frozen

T = TypeVar("T")
MEGABYTE = 1_000_000


@frozen
class Goal:
    """A bound, and whether it is to be reached or not to be passed."""

    bound: float
    unit: str
    at_least: bool = False

    def admits(self, value: float) -> bool:
        """Whether the value keeps to it."""
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {show(self.bound, self.unit)}"


@frozen(kw_only=True)
class Figure:
    """One thing that was measured.

    Attributes:
        name: what it is, in words.
        value: in `unit`; None when it could not be measured, then `note` says why.
        unit: `x` for a ratio.
        goal: what it is held to; None for a figure that is only told.
        parts: what the value was made from, by name, with the unit in the name.
        note: what a reader has to know to read it right.
        is_signed: it is a difference, and may be below zero.
    """

    name: str
    value: float | None
    unit: str = "x"
    goal: Goal | None = None
    parts: Mapping[str, float] = field(factory=dict)
    note: str = ""
    is_signed: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is no goal or no value."""
        return None if self.goal is None or self.value is None else self.goal.admits(self.value)

    @property
    def verdict(self) -> str:
        """The same in a word."""
        if self.value is None:
            return "NOT MEASURED"
        return {True: "met", False: "NOT MET", None: "told"}[self.is_met]


@frozen(kw_only=True)
class Scale:
    """How much is to be done.

    Attributes:
        folder: an empty folder on the disk that is to be measured.
        is_quick: as little as shows that everything runs; its figures mean nothing.
    """

    folder: Path
    is_quick: bool = False

    def pick(self, full: T, quick: T) -> T:
        """The size for a real run, or for a quick one."""
        return quick if self.is_quick else full


@frozen(kw_only=True)
class Benchmark:
    """What a module of this package offers as `BENCHMARK`.

    Attributes:
        name: for `--only`.
        method: how it is measured, a paragraph for people.
    """

    name: str
    method: str
    measure: Callable[[Scale], Sequence[Figure]]


def show(value: float, unit: str) -> str:
    """A number with three significant digits or, from 100 on, none behind the point."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text} {'×' if unit == 'x' else unit}".rstrip()


def figure_to_data(figure: Figure) -> dict[str, object]:
    """The figure as plain JSON data."""
    return asdict(figure) | {"is_met": figure.is_met}


def format_table(figures: Sequence[Figure]) -> str:
    """A Markdown table that is also read as it stands."""
    rows = [("what", "goal", "measured", "made from", "")]
    rows += [_row(figure) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _row(figure: Figure) -> tuple[str, str, str, str, str]:
    measured = "-" if figure.value is None else show(figure.value, figure.unit)
    parts = ", ".join(f"{name} {show(value, '')}" for name, value in figure.parts.items())
    told = "; ".join(text for text in (parts, figure.note) if text)
    return figure.name, str(figure.goal or "-"), measured, told, figure.verdict
