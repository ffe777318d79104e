"""Makes a real film file, so that examples and tests need no download and nobody's copyright."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

SOUND_RATE = 48_000
SOUND_BIT_RATE = 448_000


def make_film(
    path: Path,
    *,
    seconds: int = 60,
    width: int = 1920,
    height: int = 1080,
    frames_per_second: int = 10,
    language: str = "eng",
    coarseness: int = 33,
    seed: int = 1,
) -> int:
    """Write a Matroska file with an H.264 picture and AC-3 5.1 sound, and answer with its size in bytes.

    The same arguments give the same bytes with the same encoder; another `seed` gives another film. One minute with
    the defaults is about 20 MB and takes some four seconds on two slow cores.

    Args:
        path: the file to write; its folder is made when it is missing.
        seconds: how long it runs.
        width: of the picture, pixels.
        height: of the picture, pixels.
        frames_per_second: of the picture; ten are cheap to encode and film enough for every probe.
        language: of picture and sound, as Matroska spells it (ISO 639-2).
        coarseness: of the picture, x264's constant rate factor: 0 is lossless and huge, 51 the coarsest and smallest.
        seed: 0 to 999; picks the noise in the picture and the pitch of the sound.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Bit-exact: without it the muxer writes a random id and its version into every file.
    with av.open(str(path), "w", format="matroska", options={"fflags": "+bitexact"}) as film:
        picture = film.add_stream("libx264", rate=frames_per_second, options=_encoder_options(coarseness))
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        picture.codec_context.thread_count = 2
        sound = film.add_stream("ac3", rate=SOUND_RATE, layout="5.1")
        sound.bit_rate = SOUND_BIT_RATE
        for stream in (picture, sound):
            stream.metadata["language"] = language
        pictures = _frames(_draw(seconds, width, height, frames_per_second, seed))
        sounds = _frames(_hum(seconds, seed))
        for frame in heapq.merge(pictures, sounds, key=lambda frame: frame.time):
            stream = picture if isinstance(frame, av.VideoFrame) else sound
            film.mux(stream.encode(frame))
        for stream in (picture, sound):
            film.mux(stream.encode(None))
    return path.stat().st_size


def _encoder_options(coarseness: int) -> dict[str, str]:
    """The quickest preset, and no rate control: with two threads that would make every run's bytes differ."""
    return {"preset": "ultrafast", "crf": str(coarseness)}


def _draw(seconds: int, width: int, height: int, rate: int, seed: int) -> Graph:
    """Every picture stays for three frames: drawing and encoding a new one is what takes the time."""
    drawn = max(1, rate // 3)
    return _graph(
        ("testsrc2", f"size={width}x{height}:rate={drawn}:duration={seconds}"),
        ("format", "pix_fmts=yuv420p"),
        ("noise", f"all_seed={seed}:alls=4:allf=t"),
        ("fps", f"{rate}"),
        ("buffersink", None),
    )


def _hum(seconds: int, seed: int) -> Graph:
    return _graph(
        ("sine", f"frequency={110 + seed}:sample_rate={SOUND_RATE}:duration={seconds}:samples_per_frame=1536"),
        ("aformat", "sample_fmts=fltp:channel_layouts=5.1"),
        ("abuffersink", None),
    )


def _graph(*steps: tuple[str, str | None]) -> Graph:
    graph = Graph()
    filters = [graph.add(name, arguments) for name, arguments in steps]
    graph.link_nodes(*filters).configure()
    return graph


def _frames(graph: Graph) -> Iterator[Any]:
    while True:
        try:
            frame = graph.pull()
        except av.EOFError:
            return
        if isinstance(frame, av.VideoFrame):
            frame.pict_type = 0  # the encoder, not the picture's source, chooses the key frames
        yield frame
