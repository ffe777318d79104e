"""Conditions that search a text for a pattern."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar

from attrs import field, frozen

from radarr_core.domain.custom_formats.patterns import check_pattern
from radarr_core.domain.custom_formats.reading import Fields, show_short
from radarr_core.domain.custom_formats.subject import FormatSubject

from .base import Condition


def _check(instance: object, attribute: object, value: str) -> None:
    try:
        check_pattern(value)
    except ValueError as error:
        raise ValueError(f"the pattern {show_short(value)} cannot be used: {error}") from None


@frozen(kw_only=True)
class TextCondition(Condition):
    """A condition that holds when its pattern is found in one of the texts it looks at.

    Attributes:
        pattern: a regular expression of the .NET flavour, searched anywhere and without regard to case.
        places: the attributes of the subject that are searched, one after the other.

    Raises:
        ValueError: the pattern is blank or no pattern.
    """

    places: ClassVar[tuple[str, ...]]
    field_names: ClassVar = {"value": "pattern"}

    pattern: str = field(validator=_check)

    @property
    def question(self) -> Hashable:
        """The places searched, and the pattern."""
        return self.places, self.pattern

    @classmethod
    def read(cls, own: Fields) -> dict[str, Any]:
        """The pattern, which stands under `value`."""
        pattern = own.get("value", str)
        own.call("value", lambda: _check(None, None, pattern))
        return {"pattern": pattern}

    def texts(self, subject: FormatSubject) -> list[tuple[str, str]]:
        """The texts it looks at, each with its place; one that is missing is not there."""
        found = [(place, getattr(subject, place)) for place in self.places]
        return [(place, text) for place, text in found if text is not None]


class ReleaseTitleCondition(TextCondition):
    """The release's name, or the file's, has the pattern."""

    implementation = "ReleaseTitleSpecification"
    places = ("release_title", "file_name")


class EditionCondition(TextCondition):
    """The edition has the pattern."""

    implementation = "EditionSpecification"
    places = ("edition",)


class ReleaseGroupCondition(TextCondition):
    """The release group has the pattern."""

    implementation = "ReleaseGroupSpecification"
    places = ("release_group",)
