"""What it costs to prove what a real file is."""

from __future__ import annotations

import asyncio
import time
from fractions import Fraction
from pathlib import Path
from statistics import median

from .figures import MEGABYTE, Benchmark, Figure, Scale


def measure(scale: Scale) -> list[Figure]:
    """The same file again and again; the system has it in memory, as it has what was just downloaded."""
    name = "probe of a real file"
    try:
        film = make_film(scale.folder / "film.mkv", seconds=scale.pick(60, 1))
        spent = asyncio.run(_probe(film, scale.pick(50, 2)))
    except ImportError as error:
        return [Figure(name=name, value=None, note=f"{error.name} is not installed")]
    parts = {"first ms": spent[0] * 1000, "file MB": film.stat().st_size / MEGABYTE}
    return [Figure(name=name, value=median(spent) * 1000, unit="ms", parts=parts)]


async def _probe(film: Path, rounds: int) -> list[float]:
    from radarr_adapters.media_probes.mediainfo.client import MediaInfoProbe

    probe, spent = MediaInfoProbe(), []
    for _ in range(rounds):
        started = time.perf_counter()
        await probe.probe(film)
        spent.append(time.perf_counter() - started)
    return spent


def make_film(path: Path, *, seconds: int) -> Path:
    """A film of 1280x720 in Matroska, ten pictures a second, encoded in a hurry."""
    import av

    with av.open(path, "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        stream.time_base = Fraction(1, 10)
        for number in range(seconds * 10):
            frame = av.VideoFrame(1280, 720, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([number % 256]) * plane.buffer_size)
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


BENCHMARK = Benchmark(
    name="probe",
    measure=measure,
    method="`media_probes/mediainfo` on a Matroska film made for it, fifty times; the first time loads the library.",
)
