"""`radarr-core groups`: what is known of the makers of releases, why, as a picture, and the work of knowing it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from radarr_adapters.driving.cli import options
from radarr_adapters.driving.cli.configuration import load_setup
from radarr_adapters.driving.cli.groups import (
    Why,
    describe_table,
    describe_why,
    find_contributions,
    list_strata,
    read_stratum,
    render_table,
    render_why,
)
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import Output
from radarr_adapters.driving.cli.plotting import draw_scores
from radarr_adapters.driving.cli.rendering import paragraph
from radarr_adapters.driving.cli.running import run_to_end
from radarr_core.domain.scene_groups import (
    DEFAULT_ALIASES,
    EvidenceLevel,
    Group,
    GroupTable,
    Reputation,
    SceneGroupReputation,
    Stratum,
    UnknownReputation,
)
from radarr_core.pipeline import storage_open
from radarr_core.services.ask_reputations import ask_reputations
from radarr_core.services.context import Context
from radarr_core.services.share_evidence import count_own_evidence, list_shared_evidence

T = TypeVar("T")
PATIENCE = 120.0
"""Seconds to wait for a source of reputations; one that learns is given more time here than in a search."""

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
        table = run_on_storage(config, read_table)
        if plot is not None:
            _plot(table, kind, plot)
        drawn = [paragraph(f"drawn to {plot}", "dim")] if plot else []
        output.answer(describe_table(table, kind), *render_table(table, kind), *drawn)


def run_on_storage(config: Path | None, work: Callable[[Context], Awaitable[T]]) -> T:
    """Do something with a configuration's storage; a pipeline may be at work on it meanwhile."""
    context = load_setup(config).build_pipeline().context

    async def run() -> T:
        async with storage_open(context):
            return await work(context)

    return run_to_end(run())


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


async def read_table(context: Context) -> GroupTable | None:
    """What the last fit found; None before the first."""
    async with context.storage.begin() as work:
        return await work.group_tables.find_table()


async def explain_group(context: Context, group: Group, stratum: Stratum | None) -> Why:
    """Everything that is known of a group: by the table, whose evidence it is, and what decisions go by."""
    table = await read_table(context)
    aliases = table.aliases if table else DEFAULT_ALIASES
    return Why(
        group=group,
        answers=_list_answers(table, group, stratum),
        contributions=find_contributions(
            aliases.resolve(group.key),
            await count_own_evidence(context),
            await list_shared_evidence(context),
            stratum,
        ),
        source=context.group_reputation.name if context.group_reputation else None,
        said=await _ask_source(context, group, stratum),
    )


def _list_answers(table: GroupTable | None, group: Group, stratum: Stratum | None) -> tuple[Reputation, ...]:
    if table is None:
        return (UnknownReputation(group=group, stratum=stratum, why="nothing was fitted yet"),)
    if stratum is not None:
        return (table.find_reputation(group, stratum),)
    makers = table.makers.get(table.aliases.resolve(group.key), {})
    kinds = sorted({cell for maker in makers.values() for cell in maker.cells}, key=lambda cell: cell.order)
    by_maker = [table.find_reputation(group, indexer_kind=kind) for kind in makers if kind is not None]
    return (table.find_reputation(group), *by_maker, *(table.find_reputation(group, kind) for kind in kinds))


async def _ask_source(context: Context, group: Group, stratum: Stratum | None) -> tuple[Reputation, ...]:
    """What the source says that decisions go by; of kinds that were not asked for, only what moves a decision."""
    source = context.group_reputation
    if source is None:
        return ()
    asked = [(group, one) for one in ((stratum,) if stratum else list_strata())]
    found = await ask_reputations(source, asked, context.clock.now(), deadline=PATIENCE)
    known = [answer for one in asked if isinstance(answer := found.get(one), SceneGroupReputation)]
    return tuple(one for one in known if stratum is not None or one.evidence is not EvidenceLevel.INSUFFICIENT)
