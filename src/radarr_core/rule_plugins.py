"""Rules and criteria that plugins bring: checked as they come in, and chosen from by name.

What is registered changes nothing until somebody names it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import frozen

from .errors import ConfigurationError, PluginError
from .settings import show_value

if TYPE_CHECKING:  # imported on first use: most programs that load plugins never ask for their rules
    from .domain.decisions.ranking import Criterion
    from .domain.decisions.rules.base import Rule
    from .domain.decisions.rulesets import RuleSet


class RuleKind(StrEnum):
    """What of the engine a plugin can add to or replace."""

    RULE = "rule"
    CRITERION = "criterion"


_METHOD_OF = {RuleKind.RULE: "judge", RuleKind.CRITERION: "weigh"}


@frozen(kw_only=True)
class RegisteredRule:
    """A rule or criterion and the plugin it came from.

    Attributes:
        name: its name, as it was when it was registered.
        rule: what judges or weighs.
        origin: distribution and entry point.
    """

    kind: RuleKind
    name: str
    rule: Rule | Criterion
    origin: str


def check_rule(kind: RuleKind, rule: Any, origin: str) -> RegisteredRule:
    """A plugin's rule or criterion, when it is one.

    Raises:
        PluginError: it is a class, lacks its method, or has no name.
    """
    method = _METHOD_OF[kind]
    if isinstance(rule, type):
        raise PluginError(
            f"plugin {origin} registers the class {rule.__name__} as a {kind}; expected one of its instances, "
            f"as in {rule.__name__}()"
        )
    if not callable(getattr(rule, method, None)):
        raise PluginError(f"plugin {origin} registers {show_value(rule)} as a {kind}; it has no method {method!r}")
    name = getattr(rule, "name", None)
    if not isinstance(name, str) or not name.strip():
        fault = f"the name of the {kind} {type(rule).__name__} is {show_value(name)}; expected a text"
        raise PluginError(f"plugin {origin}: {fault}")
    return RegisteredRule(kind=kind, name=name, rule=rule, origin=origin)


def put_in_force(
    base: RuleSet, names: Iterable[str], known: Iterable[RegisteredRule], *, where: str, unusable: str
) -> RuleSet:
    """The rule set with the registered rules and criteria of those names.

    One of a name that is in the set takes that one's place; others come last, in the order they are named.

    Args:
        base: the set to begin with.
        names: each of a rule or a criterion, or of one of each that a single plugin registers.
        known: everything that is registered.
        where: the key that holds the names, for messages.
        unusable: what to add to a message about a name nobody registered.

    Raises:
        ConfigurationError: nobody registers the name; the message lists those that are known.
        PluginError: two plugins claim the name; both are named.
    """
    registered = tuple(known)
    for place, name in enumerate(names):
        key = f"{where}[{place}]"
        for each in _find(registered, name, key, unusable):
            rule: Any = each.rule
            add = base.with_rules if each.kind is RuleKind.RULE else base.with_criteria
            base = add(rule, owner=each.origin)
    return base


def _find(registered: tuple[RegisteredRule, ...], name: str, key: str, unusable: str) -> tuple[RegisteredRule, ...]:
    found = tuple(each for each in registered if each.name == name)
    if not found:
        known = sorted({each.name for each in registered})
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(map(repr, known)) or 'none'}"
        raise ConfigurationError(
            f"no plugin registers a rule or criterion called {show_value(name)}{hint}{unusable}", key=key
        )
    if len({each.kind for each in found}) < len(found) or len({each.origin for each in found}) > 1:
        owners = " and ".join(f"{each.origin} (a {each.kind})" for each in found)
        raise PluginError(f"two plugins claim the name {name!r}: {owners}; remove one", key=key)
    return found
