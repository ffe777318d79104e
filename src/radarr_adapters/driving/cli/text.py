"""Texts as they may be shown: without keys, and without characters that would steer a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from attrs import define, field
from rich.text import Text

from radarr_adapters.transport.redaction import Redactor
from radarr_core.settings import Secret

_UNITS = ("B", "KB", "MB", "GB", "TB")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?\Z", re.IGNORECASE)
_TOO_LARGE = 2.0**80
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STEERING_KINDS = frozenset({"Cc", "Cs", "Zl", "Zp"})


@define
class Veil:
    """Hides keys from everything one run of the program shows; what it hides grows as keys become known."""

    _redactor: Redactor = field(factory=Redactor)

    def hide(self, secrets: Iterable[Secret]) -> None:
        """Hide these from now on, beside what looks like a key."""
        self._redactor = Redactor.of(*secrets)

    def __call__(self, text: str) -> str:
        """The text as it may be shown."""
        return self._redactor(text)


current_veil: ContextVar[Veil] = ContextVar("radarr_core_cli_veil", default=Veil())  # noqa: B039 - never grows


def escape(text: str) -> str:
    """The text in one line; whatever would steer a terminal is spelled out by its number."""
    return "".join(_escape_character(character) for character in text)


def _escape_character(character: str) -> str:
    if character in _STEERING or unicodedata.category(character) in _STEERING_KINDS:
        return character.encode("unicode_escape", "surrogatepass").decode("ascii")
    return character


def printable(text: object) -> str:
    """A text from anywhere, fit to be shown."""
    return escape(current_veil.get()(str(text)))


def plain(text: object, style: str = "") -> Text:
    """A text from anywhere for `rich`, which would take ``[square brackets]`` for its own markup."""
    return Text(printable(text), style=style)


def veil_data(data: Any) -> Any:
    """Plain data with every text in it redacted."""
    if isinstance(data, str):
        return current_veil.get()(data)
    if isinstance(data, Mapping):
        return {key: veil_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [veil_data(value) for value in data]
    return data


def format_size(size: float | None) -> str:
    """Bytes as people read them, in units of 1024; a size nobody told is a question mark."""
    if size is None:
        return "?"
    for unit in _UNITS:
        if abs(size) < 1024 or unit == _UNITS[-1]:
            break
        size /= 1024
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"


def parse_size(text: str) -> int:
    """Bytes from a number of them, or from one with a unit of 1024, as in ``4.2 GB``.

    Raises:
        ValueError: it is neither.
    """
    match = _SIZE.match(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no size; expected bytes or a number with a unit, as in '4.2 GB'")
    power = ("", "K", "M", "G", "T").index(match.group(2).upper())
    size = float(match.group(1)) * float(1024**power)
    if size >= _TOO_LARGE:
        raise ValueError(f"{text.strip()[:20]!r} is no size: nothing has that many bytes")
    return round(size)


def expand_user(text: str) -> Path:
    """The path with a home in place of its tilde; as it is when nobody of that name has one."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
