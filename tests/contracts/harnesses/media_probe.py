"""Media probes by name."""

import random
from pathlib import Path

from radarr_adapters.media_probes.mediainfo.client import MediaInfoProbe
from radarr_core.domain.releases import AudioStream, MediaInfo, VideoStream
from radarr_core.errors import UnreadableMediaError
from radarr_core.ports.media_probe import MediaProbe
from radarr_core.testing.contracts.media_probe import BrokenFile, MediaProbeHarness
from radarr_core.testing.fakes.media_probe import ScriptedProbe
from tests.media import Sound, make_video

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


class MediaInfoHarness(MediaProbeHarness):
    """libmediainfo and real files."""

    def create(self) -> MediaProbe:
        """A probe of its own."""
        return MediaInfoProbe()

    def add_video(self, name: str) -> Path:
        """A real video, always in Matroska."""
        sounds = (Sound("eng"), Sound("ger", "mono"))
        return make_video(self.folder / name, suffix=".mkv", sounds=sounds, subtitles=("fre",))

    def add_broken(self, kind: BrokenFile) -> Path:
        """A real file of that kind."""
        path = self.folder / f"{kind.name}.mkv"
        match kind:
            case BrokenFile.EMPTY:
                path.touch()
            case BrokenFile.RANDOM:
                path.write_bytes(random.Random(1).randbytes(300_000))
            case BrokenFile.TEXT:
                path.write_text("This is no video.\n" * 1000)
            case BrokenFile.TRUNCATED:
                make_video(path, seconds=10)
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            case BrokenFile.AUDIO_ONLY:
                make_video(path, codec=None)
            case BrokenFile.DIRECTORY:
                path.mkdir()
        return path


HARNESSES: dict[str, type[MediaProbeHarness]] = {"mediainfo": MediaInfoHarness, "scripted": ScriptedHarness}
