"""The table `[rules]` of a configuration: which rules judge, and by which criteria offers are ranked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from radarr_core.domain.decisions import DEFAULT_RULES, RuleSet
from radarr_core.errors import ConfigurationError
from radarr_core.plugins import Registry, build_registry
from radarr_core.settings import read_settings, show_value

SECTION = "rules"


@frozen(kw_only=True)
class _RulesSettings:
    use: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    rank_by: tuple[str, ...] | None = None


def read_rules(configuration: Mapping[str, Any], *, registry: Registry | None = None) -> RuleSet:
    """The rules and criteria of a configuration: those of the library, unless its table `[rules]` says otherwise.

    Args:
        configuration: as TOML gives it.
        registry: where plugins' rules are looked up; those of all installed plugins by default.

    Raises:
        ConfigurationError: a name is unknown, stands twice, or is both used and left out; the message names the key
            and the known names.
        PluginError: two plugins claim a name that is used; both are named.
    """
    if SECTION not in configuration:
        return DEFAULT_RULES
    chosen = read_settings(_RulesSettings, configuration[SECTION], where=SECTION, environ={})
    for key, names in (("use", chosen.use), ("leave_out", chosen.leave_out), ("rank_by", chosen.rank_by or ())):
        _refuse_twins(names, f"{SECTION}.{key}")
    _refuse_contradictions(chosen)
    rules = DEFAULT_RULES
    if chosen.use:
        rules = (registry or build_registry()).build_rules(rules, use=chosen.use, where=f"{SECTION}.use")
    rules = _apply(rules.without_rules, chosen.leave_out, "leave_out", rules.rule_names, rules.criterion_names)
    if chosen.rank_by is None:
        return rules
    if not chosen.rank_by:
        raise ConfigurationError(
            "expected one criterion at least, the most important one first", key=f"{SECTION}.rank_by"
        )
    return _apply(rules.ranked_by, chosen.rank_by, "rank_by", rules.criterion_names, rules.rule_names)


_HINTS = {
    "leave_out": "; that is a criterion, and rules.rank_by says which of them count",
    "rank_by": "; that is a rule, and rules do not rank",
}


def _apply(
    act: Callable[..., RuleSet], names: Sequence[str], key: str, known: Sequence[str], others: Sequence[str]
) -> RuleSet:
    """What `act` makes of the names; a wrong one is told by its place, with what may have been meant."""
    kind = "criterion" if key == "rank_by" else "rule"
    for place, name in enumerate(names):
        if name not in known:
            hint = _HINTS[key] if name in others else f"; one of a plugin has to stand in {SECTION}.use first"
            message = f"no {kind} in force is called {show_value(name)}{hint}; known are {', '.join(map(repr, known))}"
            raise ConfigurationError(message, key=f"{SECTION}.{key}[{place}]")
    return act(*names)


def _refuse_twins(names: Sequence[str], key: str) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise ConfigurationError(f"{show_value(name)} is listed already; remove one", key=f"{key}[{place}]")


def _refuse_contradictions(chosen: _RulesSettings) -> None:
    """A rule that replaces a built-in one and is then left out was not meant."""
    for place, name in enumerate(chosen.leave_out):
        if name in chosen.use:
            message = f"{show_value(name)} stands in {SECTION}.use as well; remove it from one of the two"
            raise ConfigurationError(message, key=f"{SECTION}.leave_out[{place}]")
