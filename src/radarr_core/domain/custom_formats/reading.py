"""Reading JSON data with errors that name file, key and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from attrs import frozen

from radarr_core.errors import PolicyDataError

T = TypeVar("T")
_KINDS: Mapping[type, str] = {
    str: "a text", bool: "true or false", int: "a whole number", float: "a number", list: "a list", dict: "an object",
}  # fmt: skip
_MOST = 2**31 - 1
"""The largest number, of either sign, that Radarr can store; nobody means a larger one."""


@frozen
class Fields:
    """One JSON object, and where it stands: every complaint names the file and the key.

    Attributes:
        most: the largest number, of either sign, that is believed.

    Raises:
        PolicyDataError: by every method, when what it asks for is missing or of the wrong type.
    """

    data: Mapping[str, Any]
    file: str | None = None
    at: str = ""
    most: int = _MOST

    @classmethod
    def of(cls, data: object, file: str | None = None, at: str = "", most: int = _MOST) -> Fields:
        """The fields of what should be an object."""
        if not isinstance(data, Mapping):
            raise PolicyDataError(_say_kind("an object", data), file=file, key=at or None)
        return cls(data, file, at, most)

    def path(self, key: str) -> str:
        """The key with the keys above it."""
        return f"{self.at}.{key}" if self.at else key

    def fail(self, key: str, reason: str) -> NoReturn:
        """Complain about a key."""
        raise PolicyDataError(reason, file=self.file, key=self.path(key)) from None

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of a key, of exactly that kind; numbers may be whole where a float is asked for."""
        if key not in self.data:
            if default is not None:
                return default
            self.fail(key, "is missing")
        return self.check(key, self.data[key], kind)

    def check(self, key: str, value: Any, kind: type[T]) -> T:
        """The value itself, when it is of the kind."""
        wanted: tuple[type, ...] = (int, float) if kind is float else (kind,)
        is_kind = isinstance(value, wanted) and (kind is bool or not isinstance(value, bool))
        if not is_kind:
            self.fail(key, _say_kind(_KINDS[kind], value))
        if kind in (int, float) and not -self.most <= value <= self.most:
            self.fail(key, f"must be between {-self.most} and {self.most}, not {show_short(value)}")
        checked: T = value
        return checked

    def name(self, key: str) -> str:
        """A text that is not blank."""
        text = self.get(key, str)
        if not text.strip():
            self.fail(key, "may not be blank")
        return text

    def find(self, key: str, kind: type[T]) -> T | None:
        """The value of a key that may be absent."""
        return self.check(key, self.data[key], kind) if key in self.data else None

    def inner(self, key: str) -> Fields:
        """The object below a key."""
        return Fields.of(self.get(key, dict), self.file, self.path(key), self.most)

    def each(self, key: str) -> Iterator[Fields]:
        """The objects of the list below a key."""
        for place, value in enumerate(self.get(key, list)):
            yield Fields.of(value, self.file, f"{self.path(key)}[{place}]", self.most)

    def mapping(self, key: str, kind: type[T]) -> dict[str, T]:
        """The object below a key, whose values are all of one kind."""
        inner = self.inner(key)
        return {name: inner.check(name, value, kind) for name, value in inner.data.items()}

    def call(self, key: str, make: Callable[[], T]) -> T:
        """What the function returns; a `ValueError` of it becomes a complaint about the key."""
        try:
            return make()
        except PolicyDataError:
            raise
        except ValueError as error:
            self.fail(key, str(error))

    def rest(self, known: Iterable[str]) -> dict[str, Any]:
        """What stands under other keys."""
        skipped = frozenset(known)
        return {key: value for key, value in self.data.items() if key not in skipped}


def _say_kind(wanted: str, got: object) -> str:
    return f"must be {wanted}, not {show_short(got)}"


def show_short(value: object) -> str:
    """The value, shortened when it is long, and of its kind alone when it cannot be shown."""
    try:
        shown = repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, a list of thousands of levels
        return f"this {type(value).__name__}"
    return shown if len(shown) <= 60 else f"{shown[:60]}..."


def in_order(data: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """The data with these keys first, as they were read; others behind."""
    first = {key: data[key] for key in keys if key in data}
    return first | {key: value for key, value in data.items() if key not in first}
