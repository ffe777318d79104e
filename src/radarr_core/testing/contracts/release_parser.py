"""What every reader of release names promises."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pytest

from radarr_core.errors import NotAMovieError, UnparsableReleaseError
from radarr_core.ports.release_parser import ReleaseParser

PLAIN = "The.Glass.Harbor.2024.1080p.BluRay.x264-TIDE"


class ReleaseParserHarness(ABC):
    """Brings up the parser under test."""

    @abstractmethod
    def create(self) -> ReleaseParser:
        """The parser under test."""


class ReleaseParserContract:
    """The suite; give it a `harness` fixture."""

    async def test_a_plain_name_is_read(self, harness: ReleaseParserHarness) -> None:
        """Title, year, resolution and group of a name nobody could misread."""
        claim = await harness.create().parse(PLAIN)
        assert (claim.original, claim.title, claim.year, claim.release_group) == (
            PLAIN, "The Glass Harbor", 2024, "TIDE",
        )  # fmt: skip
        assert claim.quality.name == "Bluray-1080p"

    async def test_an_episode_is_refused_as_what_it_is(self, harness: ReleaseParserHarness) -> None:
        """A film is never made out of an episode."""
        with pytest.raises(NotAMovieError):
            await harness.create().parse("The.Glass.Harbor.S01E02.1080p.WEB-DL.H.264-TIDE")

    @pytest.mark.parametrize("name", ["", "   ", "-", "nothing", "." * 1024, "a" * 1025, "\0", "\ud800"])
    async def test_what_cannot_be_read_is_refused_with_a_reason(self, harness: ReleaseParserHarness, name: str) -> None:
        """Nonsense gives a refusal and nothing else."""
        with pytest.raises(UnparsableReleaseError) as caught:
            await harness.create().parse(name)
        assert caught.value.reason

    async def test_the_same_name_gives_the_same_answer(self, harness: ReleaseParserHarness) -> None:
        """Reading is a function of the name."""
        parser = harness.create()
        assert await parser.parse(PLAIN) == await parser.parse(PLAIN)

    async def test_the_text_is_kept_as_it_was_given(self, harness: ReleaseParserHarness) -> None:
        """`original` is the very text, whatever characters are in it."""
        name = "Le Pêcheur 東京 2024 1080p WEB-DL x264-TIDE"
        assert (await harness.create().parse(name)).original == name
