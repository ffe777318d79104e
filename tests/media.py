"""Tiny real videos for tests, made with PyAV; equal ones are made once a session and copied after that."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
from attrs import field, frozen

RATE = 48_000


@frozen
class Sound:
    """A sound track: codec and layout as FFmpeg calls them, language as a three-letter code."""

    language: str | None = None
    layout: str = "stereo"
    codec: str = "aac"


@frozen(kw_only=True)
class VideoRecipe:
    """Everything a video is made from; equal recipes give the same file."""

    suffix: str = ".mkv"
    seconds: float = 2.0
    width: int = 320
    height: int = 180
    frames_a_second: int = 24
    codec: str | None = "libx264"
    pixels: str = "yuv420p"
    options: Mapping[str, str] = field(factory=dict, hash=False)
    sounds: tuple[Sound, ...] = (Sound(),)
    subtitles: tuple[str, ...] = ()
    title: str | None = None
    tag: str | None = None


def make_video(path: Path, **recipe: object) -> Path:
    """A real video at that path; see `VideoRecipe` for what may be asked of it.

    The container follows `suffix`, by default the path's own one where it is a container's.
    """
    if "suffix" not in recipe and path.suffix in (".mkv", ".mp4", ".avi", ".ts", ".webm", ".mov"):
        recipe["suffix"] = path.suffix
    made = _find_or_make(VideoRecipe(**recipe))  # type: ignore[arg-type]
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, path)
    return path


_made: dict[str, Path] = {}


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="radarr-videos-")


def _find_or_make(recipe: VideoRecipe) -> Path:
    key = repr(recipe)
    if key not in _made:
        place = Path(_folder().name) / f"{len(_made)}{recipe.suffix}"
        _encode(recipe, place)
        _made[key] = place
    return _made[key]


def _encode(recipe: VideoRecipe, place: Path) -> None:
    with av.open(str(place), "w") as container:
        if recipe.title:
            container.metadata["title"] = recipe.title
        picture = _add_picture(container, recipe) if recipe.codec else None
        sounds = [(_add_sound(container, sound), sound) for sound in recipe.sounds]
        texts = [_add_subtitles(container, language, recipe.seconds) for language in recipe.subtitles]
        if picture is not None:
            _encode_picture(container, picture, recipe)
        for stream, sound in sounds:
            _encode_sound(container, stream, sound, recipe.seconds)
        for stream, packets in texts:
            for packet in packets:
                packet.stream = stream
                container.mux(packet)


def _add_picture(container, recipe: VideoRecipe):  # type: ignore[no-untyped-def]
    stream = container.add_stream(recipe.codec, rate=recipe.frames_a_second, options=dict(recipe.options))
    stream.width, stream.height, stream.pix_fmt = recipe.width, recipe.height, recipe.pixels
    if recipe.tag:
        stream.codec_context.codec_tag = recipe.tag
    if recipe.codec == "libx264":
        stream.options = {"preset": "ultrafast", "crf": "40", **recipe.options}
    return stream


def _encode_picture(container, stream, recipe: VideoRecipe) -> None:  # type: ignore[no-untyped-def]
    """A colour that slowly changes: cheap to code at any size."""
    for place in range(round(recipe.seconds * recipe.frames_a_second)):
        picture = av.VideoFrame(recipe.width, recipe.height, "yuv420p")
        for plane, shade in zip(picture.planes, (place * 3 % 256, 90, 160), strict=True):
            plane.update(bytes([shade]) * plane.buffer_size)
        frame = picture.reformat(format=recipe.pixels)
        frame.pts, frame.time_base = place, Fraction(1, recipe.frames_a_second)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _add_sound(container, sound: Sound):  # type: ignore[no-untyped-def]
    stream = container.add_stream(sound.codec, rate=RATE)
    stream.layout = sound.layout
    if sound.language:
        stream.metadata["language"] = sound.language
    return stream


def _encode_sound(container, stream, sound: Sound, seconds: float) -> None:  # type: ignore[no-untyped-def]
    """Silence, in whatever form of samples the coder takes."""
    resampler = av.AudioResampler(format=stream.format.name, layout=sound.layout, rate=RATE)
    size = 1024
    for start in range(0, int(seconds * RATE), size):
        frame = av.AudioFrame(format="s16", layout=sound.layout, samples=size)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        for ready in resampler.resample(frame):
            container.mux(stream.encode(ready))
    container.mux(stream.encode(None))


def _add_subtitles(container, language: str, seconds: float):  # type: ignore[no-untyped-def]
    text = f"1\n00:00:00,000 --> 00:00:{int(seconds) - 1:02d},900\nA line of text.\n\n"
    with av.open(io.BytesIO(text.encode()), format="srt") as source:
        template = source.streams.subtitles[0]
        stream = container.add_stream_from_template(template)
        packets = [packet for packet in source.demux(template) if packet.dts is not None]
    stream.metadata["language"] = language
    return stream, packets
