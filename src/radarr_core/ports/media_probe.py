"""The role of those who look into files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from radarr_core.domain.releases import MediaInfo


class MediaProbe(ABC):
    """Reads what a video file is from its streams, whatever its name says."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The configured name."""

    @abstractmethod
    async def probe(self, path: Path) -> MediaInfo:
        """What the file proves. The file is only read.

        Raises:
            UnreadableMediaError: it is empty, cut short so that no picture stream can be read, or no video.
            PathMissingError: it is not there.
        """

    @abstractmethod
    async def check(self) -> str:
        """Find out whether the probe works, and answer with one line for a person."""
