"""`radarr-core plugins`: every adapter, rule and criterion there is, where it comes from, and whether it is of use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen
from rich.console import RenderableType

from radarr_adapters.driving.cli import options
from radarr_adapters.driving.cli.extras import find_missing
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import Output
from radarr_adapters.driving.cli.rendering import make_table, paragraph
from radarr_adapters.driving.cli.rules import describe_rules, list_rules, render_rules
from radarr_adapters.driving.cli.text import plain
from radarr_core.plugins import PluginProblem, PortKind, RegisteredAdapter, Registry, build_registry

READY, LACKING, CLAIMED_TWICE = "ready", "missing packages", "name claimed twice"


@frozen(kw_only=True)
class Listed:
    """An adapter beside what keeps it from being used; `remedy` is None when nothing does."""

    registered: RegisteredAdapter
    state: str
    remedy: str | None = None


def plugins(
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """List every adapter with its origin and state, every rule and criterion, and the plugins that were left out.

    Which rules are in force is said by a configuration; without one, those of the library are.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        registry = build_registry()
        listed = list_adapters(registry)
        rules = list_rules(registry, config)
        Output(as_json).answer(
            _describe(listed, registry.problems) | describe_rules(rules),
            *_render(listed, registry.problems),
            *render_rules(rules),
        )


def list_adapters(registry: Registry) -> tuple[Listed, ...]:
    """Every adapter by port and name, with its state."""
    owners: dict[tuple[PortKind, str], list[str]] = {}
    for each in registry.adapters:
        owners.setdefault((each.kind, each.name), []).append(each.origin)
    return tuple(
        _examine(each, owners[each.kind, each.name]) for kind in PortKind for each in registry.list_adapters(kind)
    )


def _examine(registered: RegisteredAdapter, owners: list[str]) -> Listed:
    if len(owners) > 1:
        remedy = f"registered by {' and '.join(owners)}; remove all but one"
        return Listed(registered=registered, state=CLAIMED_TWICE, remedy=remedy)
    extra, origin = registered.adapter.extra, registered.origin.partition(":")[0]
    missing = find_missing(origin, extra) if extra else None
    if missing:
        remedy = f"{', '.join(missing.packages)} not installed; pip install '{missing.wanted}'"
        return Listed(registered=registered, state=LACKING, remedy=remedy)
    return Listed(registered=registered, state=READY)


def _describe(listed: tuple[Listed, ...], problems: tuple[PluginProblem, ...]) -> dict[str, Any]:
    return {
        "schema": "radarr-core/plugins",
        "version": 1,
        "adapters": [
            {
                "port": each.registered.kind.value,
                "name": each.registered.name,
                "origin": each.registered.origin,
                "state": each.state,
                "remedy": each.remedy,
                "extra": each.registered.adapter.extra,
                "summary": each.registered.adapter.summary,
            }
            for each in listed
        ],
        "left_out": [{"origin": problem.origin, "reason": problem.reason} for problem in problems],
    }


def _render(listed: tuple[Listed, ...], problems: tuple[PluginProblem, ...]) -> Iterator[RenderableType]:
    """The table, and below it, in whole lines, what to do."""
    if not listed:
        yield paragraph("no adapter is registered; is radarr-core installed with its entry points?", "yellow")
    table = make_table("port", "adapter", "origin", "state")
    for each in listed:
        registered, style = each.registered, "green" if each.state == READY else "yellow"
        port = registered.kind.value.replace("_", " ")
        table.add_row(port, plain(registered.name), plain(registered.origin), plain(each.state, style))
    if listed:
        yield table
    remedies = (
        f"{each.registered.kind.value.replace('_', ' ')} {each.registered.name}: {each.remedy}"
        for each in listed
        if each.remedy is not None
    )
    for line in dict.fromkeys(remedies):  # one for all who claim a name
        yield plain(line, "yellow")
    for problem in problems:
        yield plain(f"left out: {problem.origin}: {problem.reason}", "yellow")
