"""Conditions on a size or a year between two bounds."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar

from attrs import field, frozen

from radarr_core.domain.custom_formats.reading import Fields
from radarr_core.domain.custom_formats.subject import FormatSubject

from .base import FactCondition

GIGABYTE = 1024**3
"""Bytes in the binary gigabyte that sizes are given in."""


@frozen(kw_only=True)
class SizeCondition(FactCondition):
    """The size is above the lower bound, and not above the upper one.

    Attributes:
        minimum: gigabytes (2**30 bytes).
        maximum: gigabytes.

    Raises:
        ValueError: the bounds are negative or out of order.
    """

    implementation = "SizeSpecification"
    field_names: ClassVar = {"min": "minimum", "max": "maximum"}

    minimum: float = field()
    maximum: float = field()

    def __attrs_post_init__(self) -> None:
        """Refuse bounds nothing lies between."""
        if not 0 <= self.minimum < self.maximum < float("inf"):
            raise ValueError(f"sizes need 0 <= min < max, not {self.minimum!r} and {self.maximum!r}")

    @property
    def question(self) -> Hashable:
        """The type and the bounds."""
        return self.implementation, self.minimum, self.maximum

    @classmethod
    def read(cls, own: Fields) -> dict[str, Any]:
        """Two numbers."""
        return {"minimum": own.get("min", float), "maximum": own.get("max", float)}

    def ask(self, subject: FormatSubject) -> bool | None:
        """Whether the size lies between; unknown when the size is."""
        if subject.size is None:
            return None
        return round(self.minimum * GIGABYTE) < subject.size <= round(self.maximum * GIGABYTE)


@frozen(kw_only=True)
class YearCondition(FactCondition):
    """The year is neither before the lower bound nor after the upper one.

    Raises:
        ValueError: the bounds are not positive or out of order.
    """

    implementation = "YearSpecification"
    field_names: ClassVar = {"min": "minimum", "max": "maximum"}

    minimum: int = field()
    maximum: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse bounds nothing lies between."""
        if not 0 < self.minimum <= self.maximum:
            raise ValueError(f"years need 0 < min <= max, not {self.minimum!r} and {self.maximum!r}")

    @property
    def question(self) -> Hashable:
        """The type and the bounds."""
        return self.implementation, self.minimum, self.maximum

    @classmethod
    def read(cls, own: Fields) -> dict[str, Any]:
        """Two whole numbers."""
        return {"minimum": own.get("min", int), "maximum": own.get("max", int)}

    def ask(self, subject: FormatSubject) -> bool | None:
        """Whether the year lies between; unknown when the year is."""
        return None if subject.year is None else self.minimum <= subject.year <= self.maximum
