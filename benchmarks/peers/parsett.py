"""PTT, distributed as parsett."""

from __future__ import annotations

from PTT import parse_title  # type: ignore[import-not-found, import-untyped, unused-ignore]

DISTRIBUTION = "parsett"


def parse(name: str) -> object:
    """What PTT finds in a name."""
    return parse_title(name)
