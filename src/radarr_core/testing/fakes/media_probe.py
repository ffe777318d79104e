"""A probe that answers what it was told to answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from radarr_core.domain.releases import MediaInfo
from radarr_core.errors import PathMissingError
from radarr_core.ports.media_probe import MediaProbe


class ScriptedProbe(MediaProbe):
    """Answers by full path, else by file name, else with `otherwise`; an answer that is an exception is raised.

    Args:
        answers: what to say of each path or file name.
        otherwise: what to say of any other; None for "it is not there".

    Attributes:
        asked: every path it was asked about, in order.
    """

    def __init__(
        self,
        answers: Mapping[Path | str, MediaInfo | Exception] | None = None,
        *,
        otherwise: MediaInfo | Exception | None = None,
        name: str = "scripted",
    ) -> None:
        self._answers: dict[str, MediaInfo | Exception] = {str(key): value for key, value in (answers or {}).items()}
        self._otherwise = otherwise
        self._name = name
        self.asked: list[Path] = []

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    def script(self, key: Path | str, answer: MediaInfo | Exception) -> None:
        """Answer so from now on when asked about that path or file name."""
        self._answers[str(key)] = answer

    async def probe(self, path: Path) -> MediaInfo:
        """The scripted answer.

        Raises:
            PathMissingError: nothing was scripted for the path.
            Exception: whatever was scripted to be raised.
        """
        self.asked.append(path)
        answer = self._answers.get(str(path)) or self._answers.get(path.name) or self._otherwise
        if answer is None:
            raise PathMissingError(f"{str(path)!r} is not there", adapter=self._name)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def check(self) -> str:
        """It always works."""
        return f"{len(self._answers)} answers scripted"
