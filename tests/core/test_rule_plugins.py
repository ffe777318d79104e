"""Rules and criteria from plugins: checked as they come in, in force only when they are named."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import pytest

from radarr_core.domain.decisions import DEFAULT_RULES, RuleSet
from radarr_core.domain.decisions.ranking import BySize
from radarr_core.domain.decisions.rules.base import Case
from radarr_core.errors import ConfigurationError, PluginError
from radarr_core.plugins import RULE_HOOK_OF, Registry, RuleHooks, build_registry, hookimpl
from radarr_core.rule_plugins import RuleKind
from tests.core.rules_of_strangers import ByLuck, Patient


class Nameless:
    """Judges, but nobody could say who it was."""

    def judge(self, case: Case) -> None:
        """Nothing."""


def make_plugin(rules: Any = (), criteria: Any = (), **hooks: Any) -> ModuleType:
    """A plugin that registers those."""
    plugin = ModuleType("some_plugin")
    answers = {"radarr_register_rules": lambda: rules, "radarr_register_criteria": lambda: criteria, **hooks}
    for hook, answer in answers.items():
        setattr(plugin, hook, hookimpl(answer))
    return plugin


def register(*plugins: ModuleType) -> Registry:
    """The registry of those plugins, `first` and `second` by name."""
    return build_registry(zip(("first", "second"), plugins, strict=False))


def test_there_is_one_hook_a_kind() -> None:
    """Every kind has its hook, and every hook its kind."""
    hooks = {name for name in vars(RuleHooks) if name.startswith("radarr_register_")}
    assert set(RULE_HOOK_OF.values()) == hooks
    assert set(RULE_HOOK_OF) == set(RuleKind)


def test_what_a_plugin_registers_is_listed_with_its_origin_and_changes_nothing() -> None:
    """A plugin that is installed beside changes nothing for who does not name it."""
    registry = register(make_plugin([Patient("seeders")], [ByLuck(), BySize()]))
    assert registry.problems == ()
    assert [(each.kind, each.name, each.origin) for each in registry.rules] == [
        (RuleKind.RULE, "seeders", "first"),
        (RuleKind.CRITERION, "luck", "first"),
        (RuleKind.CRITERION, "size", "first"),
    ]
    assert registry.build_rules() is DEFAULT_RULES


def test_what_is_named_is_in_force_and_known_to_be_the_plugins() -> None:
    """A new rule comes last, one of a built-in's name takes its place, and each knows whose it is."""
    mine, other = Patient("seeders"), Patient()
    registry = register(make_plugin([other, mine], [ByLuck()]))
    rules = registry.build_rules(use=["patient", "seeders", "luck"])
    assert rules.rule_names == (*DEFAULT_RULES.rule_names, "patient")
    assert rules.rules[DEFAULT_RULES.rule_names.index("seeders")] is mine
    assert rules.criterion_names == (*DEFAULT_RULES.criterion_names, "luck")
    assert "seeders" in rules.criterion_names
    assert [rules.find_owner(each) for each in (other, mine, rules.criteria[-1])] == ["first"] * 3


def test_rules_can_be_added_to_another_set() -> None:
    """The set to begin with is handed in."""
    base = RuleSet(rules=DEFAULT_RULES.rules[:2], criteria=())
    names = register(make_plugin([Patient()])).build_rules(base, use=["patient"]).rule_names
    assert names == ("readable name", "harmless name", "patient")


def test_one_plugin_may_bring_a_rule_and_a_criterion_of_one_name() -> None:
    """As the library does with `seeders`; both are in force."""
    rules = register(make_plugin([Patient("both")], [ByLuck("both")])).build_rules(use=["both"])
    assert rules.rule_names[-1] == rules.criterion_names[-1] == "both"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (make_plugin([Patient()]), make_plugin([Patient()])),
        (make_plugin([Patient()]), make_plugin(criteria=[ByLuck("patient")])),
    ],
    ids=["two rules", "a rule and a criterion"],
)
def test_a_name_two_plugins_claim_is_refused_with_both_owners(first: ModuleType, second: ModuleType) -> None:
    """Nobody gets the wrong rule, or one more than was asked for, without noticing; other names can be had."""
    registry = register(first, second)
    assert len(registry.rules) == 2
    with pytest.raises(PluginError, match=r"use\[0\]: two plugins claim the name 'patient': first .* and second"):
        registry.build_rules(use=["patient"])
    assert registry.build_rules() is DEFAULT_RULES


def test_one_plugin_that_claims_a_name_twice_is_refused() -> None:
    """Which of the two counts would be chance."""
    with pytest.raises(PluginError, match=r"first .* and first"):
        register(make_plugin([Patient(), Patient()])).build_rules(use=["patient"])


def test_an_unknown_name_is_told_with_what_may_have_been_meant() -> None:
    """The key, the known names or the likely one, and the plugins that were left out."""
    registry = register(make_plugin([Patient()]), make_plugin([Nameless()]))
    with pytest.raises(
        ConfigurationError, match=r"rules\.use\[0\]: .*called 'patiend'; did you mean 'patient'\?"
    ) as caught:
        registry.build_rules(use=["patiend"], where="rules.use")
    assert caught.value.key == "rules.use[0]"
    assert "plugin second was left out" in str(caught.value)
    with pytest.raises(ConfigurationError, match="known are 'patient'"):
        registry.build_rules(use=["xyz"])


@pytest.mark.parametrize(
    ("plugin", "complaint"),
    [
        (
            make_plugin([Patient]),
            r"registers the class Patient as a rule; expected one of its instances, as in Patient\(\)",
        ),
        (make_plugin([ByLuck()]), "as a rule; it has no method 'judge'"),
        (make_plugin(criteria=[Patient()]), "as a criterion; it has no method 'weigh'"),
        (make_plugin(["seeders"]), "registers 'seeders' as a rule"),
        (make_plugin([Nameless()]), "the name of the rule Nameless is None; expected a text"),
        (make_plugin([Patient("  ")]), "is '  '; expected a text"),
        (make_plugin([Patient(5)]), "is 5; expected a text"),  # type: ignore[arg-type]
        (make_plugin(3), "'int' object is not iterable"),
        (make_plugin(radarr_register_rule=lambda: ()), "did you mean 'radarr_register_rules'"),
        (make_plugin(radarr_register_criterions=lambda: ()), "did you mean 'radarr_register_criteria'"),
    ],
)
def test_a_plugin_of_what_is_no_rule_is_left_out_and_reported(plugin: ModuleType, complaint: str) -> None:
    """One that cannot be relied on brings nothing at all, and the others go on."""
    registry = register(plugin, make_plugin([Patient("sound")]))
    assert [each.name for each in registry.rules] == ["sound"]
    (problem,) = registry.problems
    assert problem.origin == "first"
    assert re.search(complaint, problem.reason), problem.reason
