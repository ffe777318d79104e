"""The table `[rules]`: what it changes, and every mistake by its key."""

from __future__ import annotations

import tomllib
from types import ModuleType

import pytest

from radarr_adapters.bootstrap import find_mistakes
from radarr_adapters.chosen_rules import read_rules
from radarr_core.domain.decisions import DEFAULT_RULES, RuleSet
from radarr_core.errors import ConfigurationError, PluginError
from radarr_core.plugins import build_registry, hookimpl
from tests.core.rules_of_strangers import ByLuck, Patient


def make_plugin() -> ModuleType:
    """A plugin of a rule, one that replaces a built-in, and a criterion."""
    plugin = ModuleType("some_plugin")
    vars(plugin)["radarr_register_rules"] = hookimpl(lambda: [Patient(), Patient("retention")])
    vars(plugin)["radarr_register_criteria"] = hookimpl(lambda: [ByLuck()])
    return plugin


REGISTRY = build_registry([("shelves:rules", make_plugin())])


def read(text: str) -> RuleSet:
    """The rules of a configuration in TOML."""
    return read_rules(tomllib.loads(text), registry=REGISTRY)


@pytest.mark.parametrize("text", ["", "[rules]", "[rules]\nuse = []\nleave_out = []"])
def test_without_names_the_rules_of_the_library_are_in_force(text: str) -> None:
    """A plugin that is installed beside changes nothing for who does not name it."""
    assert read(text) == DEFAULT_RULES


def test_rules_are_used_left_out_and_put_in_order() -> None:
    """Each list does its part, criteria of plugins included."""
    rules = read(
        '[rules]\nuse = ["luck", "patient", "retention"]\n'
        'leave_out = ["protocol"]\nrank_by = ["luck", "quality", "protocol"]'
    )
    kept = tuple(name for name in DEFAULT_RULES.rule_names if name != "protocol")
    assert rules.rule_names == (*kept, "patient")
    assert rules.criterion_names == ("luck", "quality", "protocol")
    owners = {rule.name: rules.find_owner(rule) for rule in rules.rules}
    assert (owners["retention"], owners["patient"]) == ("shelves:rules", "shelves:rules")
    assert owners["delay"].startswith("radarr_core.")


MISTAKES = {
    'use = ["patiens"]': ("rules.use[0]", "did you mean 'patient'?"),
    'use = ["xyz"]': ("rules.use[0]", "known are 'luck', 'patient', 'retention'"),
    'use = ["luck", "luck"]': ("rules.use[1]", "'luck' is listed already"),
    'use = "luck"': ("rules.use", "expected a list, each item a text, not 'luck'"),
    "use = [3]": ("rules.use[0]", "expected a text, not 3"),
    'leave_out = ["retentoin"]': ("rules.leave_out[0]", "known are 'readable name'"),
    'leave_out = ["size"]': ("rules.leave_out[0]", "that is a criterion, and rules.rank_by says"),
    'leave_out = ["patient"]': ("rules.leave_out[0]", "one of a plugin has to stand in rules.use first"),
    'leave_out = ["delay", "delay"]': ("rules.leave_out[1]", "'delay' is listed already"),
    'use = ["retention"]\nleave_out = ["retention"]': ("rules.leave_out[0]", "stands in rules.use as well"),
    'rank_by = ["luck"]': ("rules.rank_by[0]", "one of a plugin has to stand in rules.use first"),
    'rank_by = ["quality", "delay"]': ("rules.rank_by[1]", "that is a rule, and rules do not rank"),
    'rank_by = ["size", "size"]': ("rules.rank_by[1]", "'size' is listed already"),
    "rank_by = []": ("rules.rank_by", "expected one criterion at least"),
    "order = []": ("rules.order", "no such setting; known are use, leave_out, rank_by"),
}


@pytest.mark.parametrize("lines", MISTAKES)
def test_a_mistake_is_one_error_with_its_key_and_what_is_known(lines: str) -> None:
    """A person is told which entry is wrong and what could stand there."""
    key, complaint = MISTAKES[lines]
    with pytest.raises(ConfigurationError) as caught:
        read(f"[rules]\n{lines}")
    assert caught.value.key == key
    assert complaint in str(caught.value)


def test_a_section_that_is_no_table_is_refused() -> None:
    """As every other one."""
    with pytest.raises(ConfigurationError, match="rules: expected a table of settings, not 3"):
        read("rules = 3")


def test_a_name_two_plugins_claim_is_refused_with_the_key() -> None:
    """Naming both owners, so that one can be removed."""
    registry = build_registry([("one", make_plugin()), ("another", make_plugin())])
    with pytest.raises(PluginError, match=r"rules\.use\[0\]: two plugins claim the name 'luck': one .* another"):
        read_rules({"rules": {"use": ["luck"]}}, registry=registry)


def test_mistakes_are_among_those_of_the_whole_configuration() -> None:
    """`radarr-core doctor` lists them beside the others."""
    mistakes = find_mistakes({"rules": {"leave_out": ["nonsense"]}}, registry=REGISTRY)
    assert any("rules.leave_out[0]: no rule in force is called 'nonsense'" in str(mistake) for mistake in mistakes)
