"""`radarr-core groups refit`, `export`, `import` and `forget`: judging anew, and sharing what was counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import RenderableType

from radarr_adapters.driving.cli import group_questions, options
from radarr_adapters.driving.cli.groups import describe_table, render_table
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import Output
from radarr_adapters.driving.cli.rendering import paragraph
from radarr_adapters.driving.cli.running import run_on_storage
from radarr_adapters.evidence_files import read_evidence, write_evidence
from radarr_core.domain.scene_groups import EvidenceSummary, SharedEvidence
from radarr_core.services.context import Context
from radarr_core.services.share_evidence import (
    forget_evidence,
    list_shared_evidence,
    summarise_evidence,
    take_in_evidence,
)

T = TypeVar("T")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The summary file.")]


def refit(
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Judge all groups anew by everything that was seen and shared; 'run' does so by itself."""
    with log_to_stderr(verbose=verbose, debug=debug):
        standing = run_on_storage(config, group_questions.refit)
        Output(as_json).answer(describe_table(standing, None), *render_table(standing, None))


def export_evidence(
    file: File,
    made_by: Annotated[str, typer.Option("--by", help="Who hands it on, in your own words.")],
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Write what was counted here to a file: sums by group, kind and day; no titles, films or indexers.

    What others shared is not in it, so that nobody's evidence goes round in circles.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        summary = run_on_storage(config, lambda context: summarise_evidence(context, made_by))
        write_evidence(file, summary)
        said = f"wrote the evidence of {_count(summary)} to {file}, made by {summary.made_by}"
        _answer(as_json, "exported", (), said, summary=summary, file=file)


def import_evidence(
    file: File,
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="What to call it here; by default as its maker does.")
    ] = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Take in what somebody else counted. It is kept apart, counts from the next fit on, and can be forgotten."""
    with log_to_stderr(verbose=verbose, debug=debug):
        summary = read_evidence(file)
        taken, shared = run_on_storage(config, _with_rest(lambda context: take_in_evidence(context, summary, name)))
        said = f"took in the evidence of {_count(summary)} as {taken.shared.name!r}, made by {summary.made_by}"
        if taken.replaced is not None:
            said += f", in the place of that of {taken.replaced.summary.made_at:%Y-%m-%d}"
        said += "; it counts from the next 'radarr-core groups refit' on"
        _answer(as_json, "imported", shared, said, summary=summary, file=file, name=taken.shared.name)


def forget(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called here.")],
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Forget what somebody shared, as if it had never been taken in; from the next fit on it does not count."""
    with log_to_stderr(verbose=verbose, debug=debug):
        gone, shared = run_on_storage(config, _with_rest(lambda context: forget_evidence(context, name)))
        said = f"forgot the evidence of {_count(gone.summary)} known as {gone.name!r}; refit to judge without it"
        _answer(as_json, "forgot", shared, said, summary=gone.summary, name=gone.name)


def _with_rest(
    act: Callable[[Context], Awaitable[T]],
) -> Callable[[Context], Awaitable[tuple[T, tuple[SharedEvidence, ...]]]]:
    """What it does, and then what others' evidence there is."""

    async def do(context: Context) -> tuple[T, tuple[SharedEvidence, ...]]:
        return await act(context), await list_shared_evidence(context)

    return do


def _count(summary: EvidenceSummary) -> str:
    return f"{summary.releases:,} releases of {summary.groups:,} groups"


def _answer(
    as_json: bool,
    done: str,
    shared: Sequence[SharedEvidence],
    said: str,
    *,
    summary: EvidenceSummary,
    file: Path | None = None,
    name: str | None = None,
) -> None:
    data = {
        "schema": "radarr-core/groups-evidence",
        "version": 1,
        "done": done,
        "file": str(file) if file else None,
        "name": name,
        "made_by": summary.made_by,
        "made_at": summary.made_at.isoformat(),
        "releases": summary.releases,
        "groups": summary.groups,
        "shared": [
            {
                "name": one.name,
                "made_by": one.summary.made_by,
                "made_at": one.summary.made_at.isoformat(),
                "taken_at": one.taken_at.isoformat(),
                "releases": one.summary.releases,
                "groups": one.summary.groups,
            }
            for one in shared
        ],
    }
    lines: list[RenderableType] = [paragraph(said)]
    lines += [paragraph(f"  {one.name}: {_count(one.summary)}", "dim") for one in shared]
    Output(as_json).answer(data, *lines)


def add_commands(app: typer.Typer) -> None:
    """Put the commands below `groups`."""
    app.command("refit")(refit)
    app.command("export")(export_evidence)
    app.command("import")(import_evidence)
    app.command("forget")(forget)
