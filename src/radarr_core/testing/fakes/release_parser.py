"""A parser that says what it was told to say."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import ParsedRelease
from radarr_core.ports.release_parser import ReleaseParser


class ScriptedParser(ReleaseParser):
    """Reads as the library does, but for the names it was given an answer for.

    Args:
        answers: by name, the claim to answer with, or the error to raise.
    """

    def __init__(
        self, answers: Mapping[str, ParsedRelease | Exception] | None = None, *, name: str = "scripted"
    ) -> None:
        self._answers = dict(answers or {})
        self._name = name

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    async def parse(self, name: str) -> ParsedRelease:
        """The scripted answer, else the library's."""
        answer = self._answers.get(name)
        if isinstance(answer, Exception):
            raise answer
        return evolve(answer, original=name) if answer is not None else parse_release(name)
