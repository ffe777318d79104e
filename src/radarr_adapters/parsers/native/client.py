"""`parse_release` as a parser among others."""

from __future__ import annotations

from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import ParsedRelease
from radarr_core.ports.release_parser import ReleaseParser


class NativeParser(ReleaseParser):
    """Quick enough to be asked on the event loop."""

    def __init__(self, name: str = "native") -> None:
        self._name = name

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def parse(self, name: str) -> ParsedRelease:
        """What the library reads."""
        return parse_release(name)
