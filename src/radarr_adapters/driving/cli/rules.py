"""The rules and criteria there are, in tables: where each comes from, and whether it is in force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from rich.console import RenderableType
from rich.text import Text

from radarr_core.domain.decisions import DEFAULT_RULES, RuleSet
from radarr_core.domain.decisions.ranking import Criterion
from radarr_core.domain.decisions.rules.base import Rule
from radarr_core.errors import AskPersonError
from radarr_core.plugins import DISTRIBUTION, Registry
from radarr_core.rule_plugins import RuleKind

from .configuration import find_configuration, load_setup
from .rendering import make_table, paragraph
from .text import plain


@frozen(kw_only=True)
class ListedRule:
    """A rule or criterion; `in_force` is None when the configuration does not let that be told."""

    kind: RuleKind
    name: str
    origin: str
    in_force: bool | None


@frozen(kw_only=True)
class ListedRules:
    """All of them, and why it cannot be told which are in force; None when it can."""

    rules: tuple[ListedRule, ...]
    problem: str | None


def find_rules(given: Path | None, registry: Registry) -> tuple[RuleSet | None, str | None]:
    """The rules a configuration has in force, or why they cannot be told; the library's without a configuration.

    Raises:
        AskPersonError: the file that was asked for cannot be gone by.
    """
    if find_configuration(given) is None:
        return DEFAULT_RULES, None
    try:
        return load_setup(given, registry).read_rules(), None
    except AskPersonError as error:
        if given is not None:
            raise
        return None, str(error)  # who looks for what is wrong is not kept from the list


def list_rules(registry: Registry, given: Path | None) -> ListedRules:
    """Those of the library, then those of plugins, with what the configuration has in force."""
    in_force, problem = find_rules(given, registry)
    members: list[tuple[RuleKind, str, Rule | Criterion, str]]
    members = [(RuleKind.RULE, seat.name, seat.member, DISTRIBUTION) for seat in DEFAULT_RULES.judges]
    members += [(RuleKind.CRITERION, seat.name, seat.member, DISTRIBUTION) for seat in DEFAULT_RULES.weighers]
    members += [(each.kind, each.name, each.rule, each.origin) for each in registry.rules]
    forced = {id(member) for member in (*in_force.rules, *in_force.criteria)} if in_force else None
    return ListedRules(
        rules=tuple(
            ListedRule(kind=kind, name=name, origin=origin, in_force=None if forced is None else id(member) in forced)
            for kind, name, member, origin in members
        ),
        problem=problem,
    )


def describe_rules(listed: ListedRules) -> dict[str, Any]:
    """The fields of an answer in JSON."""
    return {
        "rules": [
            {"kind": each.kind.value, "name": each.name, "origin": each.origin, "in_force": each.in_force}
            for each in listed.rules
        ],
        "rules_problem": listed.problem,
    }


def render_rules(listed: ListedRules) -> Iterator[RenderableType]:
    """The table, and below it why it cannot be told what is in force."""
    table = make_table("", "name", "origin", "in force")
    for each in listed.rules:
        table.add_row(each.kind.value, plain(each.name), plain(each.origin), _describe_state(each.in_force))
    yield Text()
    yield table
    if listed.problem is not None:
        yield paragraph(f"which rules are in force is not known: {listed.problem}", "yellow")


def _describe_state(in_force: bool | None) -> Text:
    if in_force is None:
        return Text("?", style="yellow")
    return Text("yes", style="green") if in_force else Text("no", style="dim")
