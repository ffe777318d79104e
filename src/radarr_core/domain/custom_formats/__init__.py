"""Custom formats: conditions on releases, the scores they earn, and the data of the TRaSH guides.

`CustomFormat.from_trash` reads the guides' JSON, `FormatSet` matches many formats with many releases. Names resolve
when they are first asked for: who decides without custom formats does not pay for reading patterns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .format_set import FormatSet
    from .formats import CustomFormat, read_formats, score_of
    from .matching import ConditionVerdict, FormatMatch, FormatMatches, judge_format, judge_formats
    from .quarantine import Quarantine
    from .subject import FormatSubject

__all__ = [
    "ConditionVerdict",
    "CustomFormat",
    "FormatMatch",
    "FormatMatches",
    "FormatSet",
    "FormatSubject",
    "Quarantine",
    "judge_format",
    "judge_formats",
    "read_formats",
    "score_of",
]

_HOMES = {
    "FormatSet": ".format_set",
    "CustomFormat": ".formats",
    "read_formats": ".formats",
    "score_of": ".formats",
    "ConditionVerdict": ".matching",
    "FormatMatch": ".matching",
    "FormatMatches": ".matching",
    "judge_format": ".matching",
    "judge_formats": ".matching",
    "Quarantine": ".quarantine",
    "FormatSubject": ".subject",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
