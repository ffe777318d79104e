"""Movie automation as a library.

Names resolve on first use (PEP 562), so importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .domain.parsing import parse_release as parse_release
    from .domain.parsing import parse_release_path as parse_release_path
    from .domain.parsing import read_name as read_name

_HOMES = {
    "parse_release": ".domain.parsing",
    "parse_release_path": ".domain.parsing",
    "read_name": ".domain.parsing",
}

__all__ = ["parse_release", "parse_release_path", "read_name"]


def __getattr__(name: str) -> Any:
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(home, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
