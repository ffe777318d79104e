"""`radarr-core doctor`: everything a configuration names is tried, and everything that is wrong is said."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import typer
from rich.table import Table
from rich.text import Text

from radarr_adapters.bootstrap import build_parts
from radarr_adapters.driving.cli import options
from radarr_adapters.driving.cli.configuration import load_setup
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import ExitCode, Output, find_exit_code
from radarr_adapters.driving.cli.rendering import make_table
from radarr_adapters.driving.cli.running import run_to_end
from radarr_adapters.driving.cli.text import plain
from radarr_core.errors import AskPersonError, MissingExtraError, PluginError
from radarr_core.services.examine import Finding, Parts, examine

_SIGNS = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}


def doctor(
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Try every adapter and folder of a configuration at once, and list everything that is wrong.

    Settings that are wrong are listed alone, and nothing is tried until they are right; an adapter that cannot be
    built keeps none of the others from being tried.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        setup = load_setup(config)
        parts, mistakes = build_parts(setup.table, registry=setup.registry)
        findings = _list_mistakes(mistakes)
        if all(isinstance(mistake, PluginError | MissingExtraError) for mistake in mistakes):
            findings += run_to_end(_examine(parts))
        code = _find_code(findings)
        Output(as_json).answer(_describe(setup.path, findings, code), _render(findings))
    raise typer.Exit(code)


def _list_mistakes(mistakes: Sequence[AskPersonError]) -> tuple[Finding, ...]:
    """What is wrong with the configuration itself, and the adapters that cannot be built."""
    return tuple(Finding(subject="configuration", ok=False, message=str(error), error=error) for error in mistakes)


async def _examine(parts: Parts) -> tuple[Finding, ...]:
    async with AsyncExitStack() as stack:
        for part in (parts.storage, parts.download_client, *parts.indexers, *parts.notifiers):
            if part is not None:
                stack.push_async_callback(part.aclose)
        return await examine(parts)


def _find_code(findings: Sequence[Finding]) -> ExitCode:
    """What a person can set right comes before what may pass by itself."""
    codes = [find_exit_code(finding.error) for finding in findings if finding.error is not None]
    return min(codes, default=ExitCode.DONE)


def _describe(path: Path, findings: Sequence[Finding], code: ExitCode) -> dict[str, object]:
    return {
        "schema": "radarr-core/doctor",
        "version": 1,
        "configuration": str(path),
        "healthy": code is ExitCode.DONE,
        "findings": [
            {
                "subject": finding.subject,
                "ok": finding.ok,
                "message": finding.message,
                "error": type(finding.error).__name__ if finding.error else None,
            }
            for finding in findings
        ],
        "exit_code": int(code),
    }


def _render(findings: Sequence[Finding]) -> Table:
    table = make_table("", "looked at", "found")
    for finding in findings:
        sign, style = _SIGNS[finding.ok]
        table.add_row(Text(sign, style=style), plain(finding.subject), plain(finding.message))
    return table
