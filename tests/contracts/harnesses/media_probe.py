"""Media probes by name."""

from pathlib import Path

from radarr_core.domain.releases import AudioStream, MediaInfo, VideoStream
from radarr_core.errors import UnreadableMediaError
from radarr_core.ports.media_probe import MediaProbe
from radarr_core.testing.contracts.media_probe import BrokenFile, MediaProbeHarness
from radarr_core.testing.fakes.media_probe import ScriptedProbe

_VIDEO = MediaInfo(
    container="Matroska",
    video=VideoStream(codec="H.264", width=320, height=180, bit_depth=8, frame_rate=24.0),
    duration=2.0,
    audio=(
        AudioStream(codec="AAC", channels="2.0", language="en"),
        AudioStream(codec="AAC", channels="1.0", language="de"),
    ),
    subtitle_languages=("fr",),
)


class ScriptedHarness(MediaProbeHarness):
    """The probe that answers what it was told."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.scripted = ScriptedProbe()

    def create(self) -> MediaProbe:
        """The one the files below are scripted for."""
        return self.scripted

    def add_video(self, name: str) -> Path:
        """A path that is answered with a video."""
        self.scripted.script(self.folder / name, _VIDEO)
        return self.folder / name

    def add_broken(self, kind: BrokenFile) -> Path:
        """A path that is answered with a refusal."""
        path = self.folder / f"{kind.name}.mkv"
        self.scripted.script(path, UnreadableMediaError(f"{str(path)!r} is {kind.value}", adapter=self.scripted.name))
        return path


HARNESSES: dict[str, type[MediaProbeHarness]] = {"scripted": ScriptedHarness}
