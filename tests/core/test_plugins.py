"""The registry: one broken plugin never spoils the others, and names are never hijacked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

import pytest
from attrs import frozen

from radarr_core import plugins
from radarr_core.errors import (
    ConfigurationError,
    MissingExtraError,
    PluginError,
    ServiceUnavailableError,
    UnknownAdapterError,
)
from radarr_core.plugins import (
    HOOK_OF,
    PORT_OF,
    Adapter,
    AdapterContext,
    AdapterHooks,
    PortKind,
    build_registry,
    hookimpl,
)
from radarr_core.ports.clock import Clock
from radarr_core.testing.fakes.clock import ManualClock


@frozen(kw_only=True)
class NoSettings:
    """Nothing to set."""


@frozen(kw_only=True)
class Unresolvable:
    """Of a type that is nowhere."""

    depth: NoSuchType  # type: ignore[name-defined]  # noqa: F821


def make_adapter(name: str, create: Callable[[], Any] = ManualClock, **attributes: Any) -> type[Adapter[Any, Any]]:
    """An adapter class of that name."""

    def build(cls: Any, settings: Any, context: AdapterContext) -> Any:
        return create()

    body = {"name": name, "settings": NoSettings, "create": classmethod(build), **attributes}
    return type("SomeAdapter", (Adapter,), body)


def make_plugin(*adapters: Any, hook: str = "radarr_register_clocks", mark: bool = True) -> ModuleType:
    """A plugin whose one hook returns those adapters."""

    def register() -> list[Any]:
        return list(adapters)

    plugin = ModuleType("some_plugin")
    setattr(plugin, hook, hookimpl(register) if mark else register)
    return plugin


CONTEXT = AdapterContext(name="mine", clock=ManualClock())


def test_there_is_one_hook_a_port() -> None:
    """Every port kind has its hook, and every hook its port."""
    hooks = {name for name in vars(AdapterHooks) if name.startswith("radarr_register_")}
    assert set(HOOK_OF.values()) == hooks
    assert set(HOOK_OF) == set(PortKind)


def test_an_adapter_is_found_by_name_with_its_origin() -> None:
    """What a plugin registers can be asked for, and it is known whose it is."""
    registry = build_registry([("mine", make_plugin(make_adapter("tower")))])
    found = registry.get_adapter(PortKind.CLOCK, "tower")
    assert (found.name, found.origin, registry.problems) == ("tower", "mine", ())
    created = registry.create(PortKind.CLOCK, "tower", {}, CONTEXT, where="clock", environ={})
    assert isinstance(created, Clock)


@pytest.mark.parametrize("mark", [True, False])
def test_a_misspelt_hook_is_refused_with_a_suggestion(mark: bool) -> None:
    """A hook that would silently never be called is reported instead."""
    plugin = make_plugin(make_adapter("tower"), hook="radarr_register_clock", mark=mark)
    registry = build_registry([("typo", plugin), ("good", make_plugin(make_adapter("sun")))])
    assert [adapter.name for adapter in registry.adapters] == ["sun"]
    (problem,) = registry.problems
    assert problem.origin == "typo"
    assert "did you mean 'radarr_register_clocks'" in problem.reason


@pytest.mark.parametrize("mark", [True, False])
def test_a_hook_with_a_misspelt_beginning_is_refused(mark: bool) -> None:
    """The mistake may be in any part of the name; a helper of a shorter name is no hook."""
    plugin = make_plugin(make_adapter("tower"), hook="radar_register_clocks", mark=mark)
    (problem,) = build_registry([("typo", plugin)]).problems
    assert "did you mean 'radarr_register_clocks'" in problem.reason
    helpful = make_plugin(make_adapter("tower"))
    helpful.register_clocks = lambda: None  # type: ignore[attr-defined]
    assert build_registry([("helpful", helpful)]).problems == ()


def test_a_plugin_without_any_hook_is_reported() -> None:
    """An entry point that leads to the wrong module would otherwise silently bring nothing."""
    (problem,) = build_registry([("empty", ModuleType("empty"))]).problems
    assert "implements no hook; the hooks are radarr_register_clocks" in problem.reason


def test_a_hook_that_ends_the_program_is_reported() -> None:
    """Nobody's plugin ends the program of another."""
    plugin = ModuleType("leaving")
    plugin.radarr_register_clocks = hookimpl(lambda: sys.exit("bye"))  # type: ignore[attr-defined]
    registry = build_registry([("leaving", plugin), ("good", make_plugin(make_adapter("sun")))])
    assert [adapter.name for adapter in registry.adapters] == ["sun"]
    assert "SystemExit: bye" in registry.problems[0].reason


def test_a_hook_without_its_mark_is_refused() -> None:
    """Forgetting the decorator is a mistake, too, and just as silent."""
    registry = build_registry([("bare", make_plugin(make_adapter("tower"), mark=False))])
    assert "does not mark it" in registry.problems[0].reason


def test_two_adapters_of_one_name_are_refused_with_both_owners() -> None:
    """A stranger cannot take a built-in's name, and nobody gets the wrong adapter without noticing."""
    registry = build_registry(
        [
            ("first", make_plugin(make_adapter("tower"))),
            ("second", make_plugin(make_adapter("tower"), make_adapter("sun"))),
        ]
    )
    with pytest.raises(PluginError, match="first and second"):
        registry.get_adapter(PortKind.CLOCK, "tower")
    assert registry.get_adapter(PortKind.CLOCK, "sun").origin == "second"


def test_a_plugin_that_fails_to_import_is_reported_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """One broken installation does not take the program down."""
    monkeypatch.setitem(sys.modules, "good_plugin", make_plugin(make_adapter("sun")))
    entries = [
        EntryPoint("broken", "no_such_module_anywhere", plugins.ENTRY_POINT_GROUP),
        EntryPoint("good", "good_plugin", plugins.ENTRY_POINT_GROUP),
    ]
    monkeypatch.setattr(plugins, "entry_points", lambda group: entries)
    registry = build_registry()
    assert [adapter.name for adapter in registry.adapters] == ["sun"]
    (problem,) = registry.problems
    assert problem.origin == "unknown:broken"
    assert "no_such_module_anywhere" in problem.reason


@pytest.mark.parametrize(
    ("adapter", "complaint"),
    [
        ("not a class", "expected a subclass of Adapter"),
        (int, "expected a subclass of Adapter"),
        (make_adapter(""), "has no 'name'"),
        (make_adapter("x", settings=None), "has no 'settings'"),
        (make_adapter(5), "is 5, no text"),  # type: ignore[arg-type]
        (make_adapter("  "), "is '  ', no text"),
        (make_adapter("x", extra=5), "is 5, no text"),
        (make_adapter("x", settings=dict), "no attrs class"),
        (make_adapter("x", settings=NoSettings()), "no attrs class"),
        (make_adapter("x", settings=Unresolvable), "types that cannot be told: NameError"),
        (type("Half", (Adapter,), {"name": "x", "settings": NoSettings}), "leaves out create"),
    ],
)
def test_what_is_no_adapter_is_refused(adapter: Any, complaint: str) -> None:
    """A hook only returns adapter classes that are whole."""
    registry = build_registry([("odd", make_plugin(adapter))])
    assert not registry.adapters
    assert complaint in registry.problems[0].reason


def test_an_unknown_adapter_lists_the_known_ones_and_the_plugins_left_out() -> None:
    """The message says what could be meant, and what may be missing."""
    registry = build_registry([("good", make_plugin(make_adapter("sun"))), ("odd", make_plugin(int))])
    with pytest.raises(
        UnknownAdapterError, match=r"clock\.adapter: .*'tower'.*known are 'sun'; plugin odd was left out"
    ):
        registry.create(PortKind.CLOCK, "tower", {}, CONTEXT, where="clock", environ={})


def test_a_missing_dependency_names_the_extra() -> None:
    """An adapter whose library is not installed says what to install."""

    def create() -> Any:
        raise ModuleNotFoundError("No module named 'tower_lib'")

    registry = build_registry([("mine", make_plugin(make_adapter("tower", create, extra="tower")))])
    with pytest.raises(MissingExtraError, match=r"pip install 'radarr-core\[tower\]'"):
        registry.create(PortKind.CLOCK, "tower", {}, CONTEXT, where="clock", environ={})


def test_settings_that_contradict_each_other_name_their_table() -> None:
    """A complaint of an adapter about its settings says where they stand."""

    def create() -> Any:
        raise ValueError("too high")

    registry = build_registry([("mine", make_plugin(make_adapter("tower", create)))])
    with pytest.raises(ConfigurationError, match="clock: too high") as caught:
        registry.create(PortKind.CLOCK, "tower", {}, CONTEXT, where="clock", environ={})
    assert caught.value.key == "clock"


@pytest.mark.parametrize(
    "error",
    [
        KeyError("x"),
        RuntimeError("x"),
        OSError("x"),
        SystemExit("x"),
        ServiceUnavailableError("x"),
        ZeroDivisionError(),
    ],
)
def test_an_adapter_that_cannot_be_built_names_its_plugin(error: BaseException) -> None:
    """Whatever a stranger's adapter raises is one typed error: whose it is, which one, and the key."""

    def create() -> Any:
        raise error

    registry = build_registry([("mine", make_plugin(make_adapter("tower", create)))])
    with pytest.raises(PluginError, match="plugin mine could not build its clock 'tower'") as caught:
        registry.create(PortKind.CLOCK, "tower", {}, CONTEXT, where="clock", environ={})
    assert (caught.value.key, caught.value.adapter, caught.value.__cause__) == ("clock", "tower", error)


def test_being_stopped_by_a_person_is_no_fault_of_a_plugin() -> None:
    """Ctrl-C passes."""

    def create() -> Any:
        raise KeyboardInterrupt

    registry = build_registry([("mine", make_plugin(make_adapter("tower", create)))])
    with pytest.raises(KeyboardInterrupt):
        registry.create(PortKind.CLOCK, "tower", {}, CONTEXT, where="clock", environ={})


def test_what_does_not_fill_the_port_is_refused() -> None:
    """An adapter that builds something else is found when it is built, not at its first use."""
    registry = build_registry([("mine", make_plugin(make_adapter("tower", lambda: None)))])
    with pytest.raises(PluginError, match=r"plugin mine .*it is 'NoneType', no Clock"):
        registry.create(PortKind.CLOCK, "tower", {}, CONTEXT, where="clock", environ={})


def test_every_kind_has_its_port() -> None:
    """There is a class for each kind."""
    assert set(PORT_OF) == set(PortKind)
