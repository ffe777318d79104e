"""The main job, end to end: a wanted film becomes a file in the library, and every decision says why.

Alone it plays on a stage of its own (examples/support/stage.py): nothing but this machine is needed. With
--indexer-url and --download-client it does the same with services of yours; see --help.
"""

import asyncio
import contextlib
import tempfile
from pathlib import Path

from radarr_adapters.bootstrap import build_pipeline
from radarr_core import Imported, Movie, TmdbId
from support import options, report, stage


async def main() -> int:
    given = options.read()
    home = Path(given.folder or tempfile.mkdtemp(prefix="radarr-core-"))
    with contextlib.ExitStack() as stack:
        # 1. Services: those you name, or a real indexer, seeder and webhook receiver on loopback.
        services = given.services or stack.enter_context(stage.open_stage(home))

        # 2. A pipeline of real adapters, each chosen by name. The same tables can stand in radarr.toml.
        (home / "Movies").mkdir(parents=True, exist_ok=True)
        pipeline = build_pipeline(
            {
                "library": {"folder": str(home / "Movies")},
                "storage": {"adapter": "sqlalchemy", "url": f"sqlite:///{home / 'library.db'}"},
                "indexers": {
                    "harbor": {"adapter": "torznab", "url": services.indexer_url, "api_key": services.api_key}
                },
                "download_client": given.download_client or options.embedded_client(home / "downloads"),
                "notifiers": {"hook": {"adapter": "webhook", "url": services.webhook_url}}
                if services.webhook_url
                else {},
            }
        )

        # 3. Want a film and get it: search, decide, grab, download, probe, hard-link, name, remember, notify.
        movie = Movie(
            title=given.title or stage.TITLE,
            year=given.year or stage.YEAR,
            tmdb_id=TmdbId(given.tmdb or stage.TMDB_ID) if given.tmdb or not given.title else None,
            runtime_minutes=given.runtime or (None if given.title else 1),
        )
        async with pipeline:
            acquisition = pipeline.acquire(movie)
            async for progress in acquisition:
                report.show(progress, quiet=given.json)
            acquired = await acquisition
            history = await pipeline.history(movie.id)

        # 4. The proof: what was decided and why, the library, one file under two names, and what happened.
        report.finish(acquired, history, home / "Movies", as_json=given.json)
        return 0 if isinstance(acquired.outcome, Imported) else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
