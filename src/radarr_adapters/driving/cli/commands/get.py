"""`radarr-core get`: one film, from search to library, then the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer
from attrs import evolve, frozen

from radarr_adapters.driving.cli import answers, options
from radarr_adapters.driving.cli.configuration import Setup, load_setup, require_profile
from radarr_adapters.driving.cli.films import find_listed, make_movie
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import ExitCode, Output
from radarr_adapters.driving.cli.rendering import draw_steps, render_outcome
from radarr_adapters.driving.cli.running import run_to_end
from radarr_core.domain.movies import Movie, Slot
from radarr_core.errors import ConfigurationError
from radarr_core.pipeline import Pipeline
from radarr_core.services.progress import (
    Acquired,
    AlreadyHeld,
    GrabRefused,
    Imported,
    ImportWaiting,
    NothingAcceptable,
    ServiceFailed,
    SlotOutcome,
)


def get(
    film: Annotated[str, typer.Argument(help="The film, as 'Film (Year)'.")],
    imdb: Annotated[str | None, typer.Option("--imdb", metavar="ID", help="Its IMDb id, as in tt0133093.")] = None,
    tmdb: Annotated[int | None, typer.Option("--tmdb", metavar="NUMBER", help="Its TMDb number.")] = None,
    runtime: options.Runtime = None,
    profile: options.Profile = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Get one film into the library: search, decide, download and import it, and say why.

    What is known of the film from the configuration's list counts as well.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        setup = load_setup(config)
        movie = _find_movie(setup, film, imdb, tmdb, runtime, profile)
        pipeline = setup.build_pipeline()
        if not pipeline.context.indexers:
            raise ConfigurationError(
                'is missing; expected a table [indexers.NAME] with adapter = "..."', key="indexers"
            )
        output = Output(as_json)
        result = run_to_end(_acquire(pipeline, movie, output))
        code = _find_code(result.acquired)
        refused = [{"release": each.release, "reason": each.reason} for each in result.refused]
        data = {**answers.describe_acquired(result.acquired), "refused_grabs": refused, "exit_code": int(code)}
        output.answer({"schema": "radarr-core/get", "version": 1, **data}, render_outcome(result.acquired))
    raise typer.Exit(code)


@frozen(kw_only=True)
class Result:
    """How it ended, and the releases that could not be had on the way."""

    acquired: Acquired
    refused: tuple[GrabRefused, ...]


async def _acquire(pipeline: Pipeline, movie: Movie, output: Output) -> Result:
    async with pipeline:
        acquisition = pipeline.acquire(movie)
        steps = acquisition if output.as_json else draw_steps(acquisition, output.console)
        refused = [step async for step in steps if isinstance(step, GrabRefused)]
        return Result(acquired=await acquisition, refused=tuple(refused))


def _find_movie(
    setup: Setup, film: str, imdb: str | None, tmdb: int | None, runtime: int | None, profile: str | None
) -> Movie:
    """The film that is meant; options win over what the configuration says of it."""
    policy = setup.read_policy()
    wanted_profile = require_profile(policy, profile) if profile else Slot().profile
    given = make_movie(film, imdb=imdb, tmdb=tmdb, runtime=runtime, profile=wanted_profile)
    listed = find_listed(setup.read_movies(policy), given)
    if listed is None:
        require_profile(policy, wanted_profile)
        return given
    return evolve(
        listed,
        imdb_id=given.imdb_id or listed.imdb_id,
        tmdb_id=given.tmdb_id or listed.tmdb_id,
        runtime_minutes=given.runtime_minutes or listed.runtime_minutes,
        slots=given.slots if profile else listed.slots,
    )


def _find_code(acquired: Acquired) -> ExitCode:
    """The gravest of the slots' outcomes."""
    return max(_CODES[type(outcome)] for outcome in acquired.outcomes.values())


_CODES: Mapping[type[SlotOutcome], ExitCode] = {
    Imported: ExitCode.DONE,
    AlreadyHeld: ExitCode.DONE,
    NothingAcceptable: ExitCode.NOTHING_ACCEPTABLE,
    ImportWaiting: ExitCode.CONFIGURATION,
    ServiceFailed: ExitCode.SERVICE_FAILED,
}
