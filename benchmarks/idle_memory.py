"""The memory of an idle pipeline on SQLite with 10,000 movies."""

from __future__ import annotations

from .figures import MEGABYTE, Benchmark, Figure, Scale
from .measuring import run_child
from .storage_idle import fill


def measure(scale: Scale) -> list[Figure]:
    """In a process of its own, which did not write the library."""
    count = scale.pick(10_000, 20)
    for name in ("movies", "downloads"):
        (scale.folder / name).mkdir()
    fill(f"sqlite:///{scale.folder / 'library.db'}", count)
    told = run_child("benchmarks.children.idle_pipeline", str(scale.folder), f"{scale.pick(3.0, 0.1)}")
    assert told["movies"] == count
    megabytes = {name: told[name] / MEGABYTE for name in ("bare", "imported", "idle", "at_work")}
    parts = {
        "interpreter with asyncio, nothing of ours MB": megabytes["bare"],
        "with radarr_core imported MB": megabytes["imported"],
        "after the download client started and all movies were listed once MB": megabytes["at_work"],
    }
    return [
        Figure(
            name=f"resident memory of an idle pipeline, {count:,} movies on SQLite",
            value=megabytes["idle"],
            unit="MB",
            parts=parts,
        )
    ]


BENCHMARK = Benchmark(
    name="idle-memory",
    measure=measure,
    method=(
        "A pipeline built from a configuration (SQLite, embedded libtorrent, one Torznab indexer, a webhook, "
        "mediainfo) in a process of its own, on a library another process wrote; the resident memory of the whole "
        "process after three seconds and a garbage collection, the interpreter's own included."
    ),
)
