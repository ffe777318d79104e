"""`radarr-core groups`: what is known of the makers of releases, why, as a picture, and the work of knowing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from radarr_adapters.driving.cli import options
from radarr_adapters.driving.cli.group_questions import explain_group, find_standing, read_stratum
from radarr_adapters.driving.cli.groups import describe_table, describe_why, render_table, render_why
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import Output
from radarr_adapters.driving.cli.plotting import draw_scores
from radarr_adapters.driving.cli.rendering import paragraph
from radarr_adapters.driving.cli.running import run_on_storage
from radarr_core.domain.scene_groups import Group, GroupTable, Stratum

app = typer.Typer(help="Show what is known of release groups, and why.", invoke_without_command=True)


@app.callback()
def groups(
    context: typer.Context,
    stratum: Annotated[
        str | None, typer.Option("--stratum", help="One kind of release, as 'web 1080p' or 'remux 2160p DV'.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="GROUP", help="Everything known of one group.")] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw the scores as a picture, as in scores.svg.")
    ] = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Show what is known of release groups: the table, one group's reasons, or a picture.

    Groups with little evidence are not ranked; --why tells of them too.
    """
    if context.invoked_subcommand is not None:
        if stratum or why or plot:
            raise typer.BadParameter(f"these options belong to the table, not to {context.invoked_subcommand!r}")
        return
    with log_to_stderr(verbose=verbose, debug=debug):
        kind, group, output = _read_kind(stratum), _read_group(why), Output(as_json)
        if group is not None:
            if plot is not None:
                raise typer.BadParameter("--plot draws the table, not one group")
            known = run_on_storage(config, lambda context: explain_group(context, group, kind))
            output.answer(describe_why(known), *render_why(known))
            return
        standing = run_on_storage(config, find_standing)
        if plot is not None:
            _plot(standing.table, kind, plot)
        drawn = [paragraph(f"drawn to {plot}", "dim")] if plot else []
        output.answer(describe_table(standing, kind), *render_table(standing, kind), *drawn)


def _read_kind(text: str | None) -> Stratum | None:
    try:
        return None if text is None else read_stratum(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--stratum") from error


def _read_group(name: str | None) -> Group | None:
    try:
        return None if name is None else Group(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--why") from error


def _plot(table: GroupTable | None, stratum: Stratum | None, path: Path) -> None:
    kind = str(stratum) if stratum else "all their work"
    ranked = table.rank(stratum) if table else []
    draw_scores(ranked, path, title=f"release groups, {kind}{f', {table.at:%Y-%m-%d}' if table else ''}")
