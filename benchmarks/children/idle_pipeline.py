"""Open a pipeline on a library that is there, let it idle, and tell the memory of this process."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from pathlib import Path

from benchmarks.measuring import read_memory


def configure(folder: Path) -> dict[str, object]:
    """Every kind of adapter there is, none of which reaches beyond this machine."""
    return {
        "library": {"folder": str(folder / "movies")},
        "storage": {"adapter": "sqlalchemy", "url": f"sqlite:///{folder / 'library.db'}"},
        "download_client": {
            "adapter": "libtorrent", "folder": str(folder / "downloads"), "listen": "127.0.0.1:0", "enable_dht": False,
        },
        "indexers": {"one": {"adapter": "torznab", "url": "http://127.0.0.1:9"}},
        "notifiers": {"hook": {"adapter": "webhook", "url": "http://127.0.0.1:9"}},
    }  # fmt: skip


async def idle(folder: Path, seconds: float) -> dict[str, int]:
    """Bytes before anything of ours is imported, with the package alone, with the pipeline, and with its session."""
    bare = read_memory()
    import radarr_core  # noqa: F401

    imported = read_memory()
    from radarr_adapters.bootstrap import build_pipeline

    async with build_pipeline(configure(folder)) as pipeline:
        await asyncio.sleep(seconds)
        gc.collect()
        opened = read_memory()
        await pipeline.context.download_client.check()
        async with pipeline.context.storage.begin() as work:
            count = len(await work.movies.list_all())
        await asyncio.sleep(seconds)
        gc.collect()
        return {"bare": bare, "imported": imported, "idle": opened, "at_work": read_memory(), "movies": count}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(idle(Path(sys.argv[1]), float(sys.argv[2])))))
