"""`radarr-core groups model`: whether a model that learned from what became of releases here is any good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from rich.console import RenderableType

from radarr_adapters.driving.cli import options
from radarr_adapters.driving.cli.group_questions import PATIENCE
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import Output
from radarr_adapters.driving.cli.rendering import paragraph
from radarr_adapters.driving.cli.running import run_on_storage
from radarr_core.domain.scene_groups import ModelReport
from radarr_core.errors import ConfigurationError
from radarr_core.services.ask_reputations import ask_model_report
from radarr_core.services.context import Context


def show_model(
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Show how well the learned model of outcomes foretells, beside the score alone, and whether it is used."""
    with log_to_stderr(verbose=verbose, debug=debug):
        report = run_on_storage(config, find_report)
        Output(as_json).answer(describe_report(report), *render_report(report))


async def find_report(context: Context) -> ModelReport:
    """The report of the source that decisions go by.

    Raises:
        ConfigurationError: there is none that learns.
    """
    source = context.group_reputation
    report = await ask_model_report(source, deadline=PATIENCE) if source else None
    if report is None:
        raise ConfigurationError(
            'nothing that knows release groups here learns; expected adapter = "learned", or a source with one in it',
            key="group_reputation.adapter",
        )
    return report


def describe_report(report: ModelReport) -> dict[str, Any]:
    """The report as the schema has it."""
    return {
        "schema": "radarr-core/groups-model",
        "version": 1,
        "source": report.source,
        "fitted_at": report.at.isoformat() if report.at else None,
        "labelled": report.labelled,
        "bad": report.bad,
        "judged": report.judged,
        "learned_brier": report.learned_score,
        "simple_brier": report.simple_score,
        "is_used": report.is_used,
        "why": report.why,
    }


def render_report(report: ModelReport) -> Iterator[RenderableType]:
    """Used or not and why, then the figures."""
    yield paragraph(f"{report.source}: {'used' if report.is_used else 'not used'}; {report.why}")
    yield paragraph(f"  labelled imports: {report.labelled:,}, {report.bad:,} of them not kept")
    if report.learned_score is not None and report.simple_score is not None:
        yield paragraph(f"  judged on: the later {report.judged:,}")
        yield paragraph(f"  Brier score, learned: {report.learned_score:.4f}")
        yield paragraph(f"  Brier score, score alone: {report.simple_score:.4f}")


def add_commands(app: typer.Typer) -> None:
    """Put the command below `groups`."""
    app.command("model")(show_model)
