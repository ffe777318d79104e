"""Compares opinions on a name, field by field."""

from __future__ import annotations

import logging

from radarr_core.domain.opinions import Comparison, Opinion, find_disagreements
from radarr_core.domain.releases import ParsedRelease
from radarr_core.errors import UnparsableReleaseError
from radarr_core.ports.release_parser import ReleaseParser

_log = logging.getLogger(__name__)


class ComparingParser(ReleaseParser):
    """Answers as its first parser does; where others differ, a line is logged.

    Args:
        parsers: the first one's reading is the answer.
        name: the configured name.
    """

    def __init__(self, parsers: tuple[ReleaseParser, ...], *, name: str = "comparing") -> None:
        self._parsers = parsers
        self._name = name

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def parse(self, name: str) -> ParsedRelease:
        """The first parser's reading."""
        comparison = await self.compare(name)
        for disagreement in comparison.disagreements:
            _log.info("%r: opinions differ on %s: %r", name, disagreement.field, dict(disagreement.readings))
        return await self._parsers[0].parse(name)

    async def compare(self, name: str) -> Comparison:
        """Every parser's opinion. A field that a parser does not read is no disagreement."""
        opinions = tuple([await _ask(parser, name) for parser in self._parsers])
        return Comparison(name=name, opinions=opinions, disagreements=find_disagreements(opinions))


async def _ask(parser: ReleaseParser, name: str) -> Opinion:
    try:
        return Opinion(parser=parser.name, claim=await parser.parse(name))
    except UnparsableReleaseError as error:
        return Opinion(parser=parser.name, refusal=error.reason)
