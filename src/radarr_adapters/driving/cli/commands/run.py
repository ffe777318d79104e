"""`radarr-core run`: keep the library until told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from attrs import define, field
from rich.text import Text

from radarr_adapters.driving.cli import answers, options
from radarr_adapters.driving.cli.configuration import load_setup
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import Output, write_json
from radarr_adapters.driving.cli.running import run_until_stopped
from radarr_adapters.driving.cli.text import plain
from radarr_core.domain.events import StoredEvent
from radarr_core.domain.movies import Movie
from radarr_core.pipeline import Pipeline
from radarr_core.ports.notifier import Notifier


@define(eq=False)
class EventPrinter(Notifier):
    """Prints every event once: a line for people, or one JSON object a line."""

    output: Output
    _last: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        """The name under which storage remembers how far it was told."""
        return "radarr-core run"

    async def notify(self, stored: StoredEvent) -> None:
        """Print the event, unless it is told again, as may happen when the pipeline is stopped in between."""
        if stored.sequence <= self._last:
            return
        self._last = stored.sequence
        if self.output.as_json:
            write_json({"schema": "radarr-core/event", "version": 1, **answers.describe_event(stored)}, indent=None)
            return
        event = stored.event
        line = Text.assemble((f"{event.at:%Y-%m-%d %H:%M:%S} ", "dim"), plain(event.movie_id, "cyan"), "  ")
        self.output.console.print(line + plain(event.sentence), soft_wrap=True)

    async def check(self) -> str:
        """Standard output is always there."""
        return "prints to standard output"


def run(
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Keep the library: want the films of the configuration, follow feeds and downloads, until SIGINT or SIGTERM.

    Everything that happens is printed; with --json, as one object a line.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        setup = load_setup(config)
        movies = setup.read_movies()
        pipeline = setup.build_pipeline(EventPrinter(Output(as_json)))
        asyncio.run(_keep(pipeline, movies))


async def _keep(pipeline: Pipeline, movies: Sequence[Movie]) -> None:
    """Leaving the pipeline in peace tells everybody of what happened last."""
    async with pipeline:
        await run_until_stopped(_add_and_run(pipeline, movies))


async def _add_and_run(pipeline: Pipeline, movies: Sequence[Movie]) -> None:
    for movie in movies:
        await pipeline.add_movie(movie)
    await pipeline.run()
