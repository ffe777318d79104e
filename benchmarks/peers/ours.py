"""Our own parser."""

from __future__ import annotations

from radarr_core import UnparsableReleaseError, parse_release

DISTRIBUTION = "radarr-core"


def parse(name: str) -> object:
    """The claim of a name, or the error that refuses it."""
    try:
        return parse_release(name)
    except UnparsableReleaseError as error:
        return error
