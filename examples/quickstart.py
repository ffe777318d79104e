"""The main job, end to end: a wanted film becomes a file in the library, and every decision says why.

Alone it plays on a stage of its own (examples/support/stage.py): nothing but this machine is needed. With
--indexer-url and --download-client it does the same with services of yours; see --help.
"""

import asyncio
import contextlib
import tempfile
from pathlib import Path

from radarr_adapters.bootstrap import build_pipeline
from radarr_core import Imported, Movie
from support import options, report, stage


async def main() -> int:
    """Get one film, and show everything that was decided and done."""
    given = options.read()
    home = Path(given.folder or tempfile.mkdtemp(prefix="radarr-core-"))
    library = home / "Movies"
    library.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        # 1. Services: yours, or an indexer, a seeder and a webhook receiver of its own. All of them are real.
        services = given.services or stack.enter_context(stage.open_stage(home))

        # 2. A pipeline of adapters, each chosen by name. The same tables can stand in radarr.toml.
        indexer = {"adapter": "torznab", "url": services.indexer_url, "api_key": services.api_key}
        pipeline = build_pipeline(
            {
                "library": {"folder": str(library)},
                "storage": {"adapter": "sqlalchemy", "url": f"sqlite:///{home / 'library.db'}"},
                "indexers": {"harbor": indexer},
                "download_client": given.download_client or options.embedded_client(home / "downloads"),
                "notifiers": options.tell(services.webhook_url),
            }
        )

        # 3. Want a film and get it: search, decide, grab, download, probe, hard-link, name, remember, notify.
        movie: Movie = given.movie or stage.MOVIE
        async with pipeline:
            acquired = await report.watch(pipeline.acquire(movie), quiet=given.json)
            history = await pipeline.history(movie.id)

        # 4. The proof: the library, one file under two names, and what happened.
        report.finish(acquired, history, library, told=services.count_told(), as_json=given.json)
        return 0 if isinstance(acquired.outcome, Imported) else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
