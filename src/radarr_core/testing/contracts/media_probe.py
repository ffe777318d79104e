"""What every media probe promises."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from enum import StrEnum
from pathlib import Path

import pytest

from radarr_core.errors import PathMissingError, UnreadableMediaError
from radarr_core.ports.media_probe import MediaProbe


class BrokenFile(StrEnum):
    """Files that prove nothing."""

    EMPTY = "empty"
    RANDOM = "random bytes"
    TEXT = "text"
    TRUNCATED = "truncated"
    AUDIO_ONLY = "audio only"
    DIRECTORY = "a directory"


class MediaProbeHarness(ABC):
    """Brings up the probe under test and the files it is shown.

    Args:
        folder: an empty folder of its own, for the files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def create(self) -> MediaProbe:
        """A probe, ready to look into files."""

    @abstractmethod
    def add_video(self, name: str) -> Path:
        """A file of that name: two seconds, 320x180, a stereo English and a mono German track, French subtitles."""

    @abstractmethod
    def add_broken(self, kind: BrokenFile) -> Path:
        """A file (or folder) of that kind, called like a video."""

    def missing(self) -> Path:
        """A path where nothing is."""
        return self.folder / "nothing" / "here.mkv"


class MediaProbeContract:
    """Subclass it and give it a fixture `harness` that is a `MediaProbeHarness`."""

    async def test_says_what_the_streams_are(self, harness: MediaProbeHarness) -> None:
        """Picture, sound, languages and length come from the file."""
        info = await harness.create().probe(harness.add_video("Film.2019.2160p.mkv"))
        assert (info.video.width, info.video.height) == (320, 180)
        assert info.duration == pytest.approx(2.0, abs=0.2)
        assert [track.channels for track in info.audio] == ["2.0", "1.0"]
        assert [track.language for track in info.audio] == ["en", "de"]
        assert info.subtitle_languages == ("fr",)

    async def test_does_not_believe_the_name(self, harness: MediaProbeHarness) -> None:
        """A file that calls itself something else is judged by its streams alone."""
        probe = harness.create()
        honest = await probe.probe(harness.add_video("honest.mkv"))
        liar = await probe.probe(harness.add_video("liar.2160p.avi"))
        assert liar == honest

    @pytest.mark.parametrize("kind", list(BrokenFile))
    async def test_refuses_what_is_no_video(self, harness: MediaProbeHarness, kind: BrokenFile) -> None:
        """What holds no readable picture is one clear error, and the probe goes on working."""
        probe = harness.create()
        broken = harness.add_broken(kind)
        with pytest.raises(UnreadableMediaError) as caught:
            await probe.probe(broken)
        assert probe.name in str(caught.value)
        assert (await probe.probe(harness.add_video("good.mkv"))).video.width == 320

    async def test_says_when_the_file_is_not_there(self, harness: MediaProbeHarness) -> None:
        """A missing file is told apart from a bad one."""
        with pytest.raises(PathMissingError, match=r"here\.mkv"):
            await harness.create().probe(harness.missing())

    async def test_looks_into_many_files_at_once(self, harness: MediaProbeHarness) -> None:
        """Answers never get mixed up between files that are probed together."""
        probe = harness.create()
        good, bad = harness.add_video("good.mkv"), harness.add_broken(BrokenFile.TEXT)
        answers = await asyncio.gather(*(probe.probe(p) for p in (good, bad, good, bad)), return_exceptions=True)
        assert [isinstance(answer, UnreadableMediaError) for answer in answers] == [False, True, False, True]
        assert answers[0] == answers[2]

    async def test_check_answers_with_one_line(self, harness: MediaProbeHarness) -> None:
        """A person learns in one line that the probe works."""
        line = await harness.create().check()
        assert line.strip()
        assert "\n" not in line
