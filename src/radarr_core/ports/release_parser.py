"""The role of those who read release names."""

from __future__ import annotations

from abc import ABC, abstractmethod

from radarr_core.domain.releases import ParsedRelease


class ReleaseParser(ABC):
    """Reads a release name as a movie. The library's own reading is `parse_release`; others are second opinions."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The configured name."""

    @abstractmethod
    async def parse(self, name: str) -> ParsedRelease:
        """What the name claims, with `ParsedRelease.original` being the very text that was given.

        A field this parser does not read is absent, which is not an opinion. The same name always gives the same
        answer, and nothing else is ever raised.

        Raises:
            NotAMovieError: the name is that of an episode, a season or something else that is no movie.
            UnparsableReleaseError: no film can be read in it, or it is longer than 1,024 characters.
        """
