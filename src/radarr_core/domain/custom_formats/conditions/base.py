"""What every condition has: a name, whether it is turned round, and whether its kind can do without it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from typing import Any, ClassVar

from attrs import NOTHING, field, fields, frozen

from radarr_core.domain.custom_formats.reading import Fields, in_order
from radarr_core.domain.custom_formats.subject import FormatSubject


def check_name(instance: object, attribute: object, value: str) -> None:
    """Refuse a name that nobody could see."""
    if not value.strip():
        raise ValueError("name: may not be blank")


@frozen(kw_only=True)
class Condition(ABC):
    """One condition of a custom format.

    Attributes:
        implementation: what TRaSH and Radarr call the type; conditions of one type are judged together.
        name: shown to people; need not be unique.
        negate: the condition holds when what it asks for is not so.
        required: no other condition of the type can make up for this one.
        extras: what else stood beside it in JSON, kept to be written back.
    """

    implementation: ClassVar[str]
    field_names: ClassVar[Mapping[str, str]]
    """The attribute for each of the type's own keys in JSON."""

    name: str = field(validator=check_name)
    negate: bool = False
    required: bool = False
    extras: Mapping[str, Any] = field(factory=dict, hash=False, repr=False)
    keys: tuple[str, ...] = field(default=(), eq=False, repr=False)
    """The order of the keys as they were read, those of `fields` behind."""

    @property
    @abstractmethod
    def question(self) -> Hashable:
        """Equal for conditions that have the same answer for every subject, before they are turned round."""

    @classmethod
    @abstractmethod
    def read(cls, own: Fields) -> dict[str, Any]:
        """The type's own attributes from its `fields`.

        Raises:
            PolicyDataError: one is missing, of the wrong type or of no meaning.
        """

    def to_trash(self) -> dict[str, Any]:
        """The condition as JSON data in the form of the guides."""
        data = {
            "name": self.name,
            "implementation": self.implementation,
            "negate": self.negate,
            "required": self.required,
            "fields": in_order(self._own_fields(), self.keys),
        }
        return in_order(data | dict(self.extras), self.keys)

    def _own_fields(self) -> dict[str, Any]:
        # What stands at its default is written only where it was written before.
        defaults = {each.name: each.default for each in fields(type(self))}
        own = {key: (name, getattr(self, name)) for key, name in self.field_names.items()}
        return {
            key: value for key, (name, value) in own.items() if key in self.keys or value != defaults.get(name, NOTHING)
        }


class FactCondition(Condition):
    """A condition on something that is known without searching a text."""

    @abstractmethod
    def ask(self, subject: FormatSubject) -> bool | None:
        """Whether it is so, before it is turned round; None when that is unknown."""
