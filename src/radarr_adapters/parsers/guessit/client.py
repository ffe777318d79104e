"""Names read by guessit, one at a time in a worker thread."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import guessit
from guessit.api import GuessitException

from radarr_core.domain.releases import ParsedRelease
from radarr_core.errors import UnparsableReleaseError
from radarr_core.ports.release_parser import ReleaseParser

from .wire import claim_from_guess

MAX_NAME = 1024
_lock = threading.Lock()
"""guessit keeps its rules in one object for the whole process."""


class Guessit(ReleaseParser):
    """Asks guessit what kind of thing a name is, too, so that episodes are refused rather than read as films."""

    def __init__(self, name: str = "guessit") -> None:
        self._name = name

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def parse(self, name: str) -> ParsedRelease:
        """What guessit reads."""
        if len(name) > MAX_NAME:
            raise UnparsableReleaseError(name, f"longer than {MAX_NAME} characters")
        return claim_from_guess(name, await asyncio.to_thread(_guess, name))


def _guess(name: str) -> dict[str, Any]:
    try:
        with _lock:
            return dict(guessit.guessit(name))
    except GuessitException as error:
        raise UnparsableReleaseError(name, "guessit failed on it") from error
