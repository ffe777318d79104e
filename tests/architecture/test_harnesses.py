"""Every adapter that is registered runs its port's contract suite."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from radarr_core.plugins import PortKind, RegisteredAdapter, build_registry
from radarr_core.testing import contracts, fakes

REGISTRY = build_registry()


def harnesses_of(kind: PortKind) -> set[str]:
    """The names in a port's table of harnesses."""
    return set(importlib.import_module(f"tests.contracts.harnesses.{kind.value}").HARNESSES)


def test_every_built_in_plugin_loads() -> None:
    """None of our own plugins is left out, whatever is installed."""
    assert REGISTRY.problems == ()


@pytest.mark.parametrize("adapter", REGISTRY.adapters, ids=lambda adapter: f"{adapter.kind}-{adapter.name}")
def test_every_registered_adapter_has_a_harness(adapter: RegisteredAdapter) -> None:
    """An adapter that does not run its port's suite is not an adapter of ours."""
    assert adapter.name in {name.split()[0] for name in harnesses_of(adapter.kind)}


@pytest.mark.parametrize("kind", PortKind)
def test_every_port_has_a_suite_a_fake_and_an_adapter(kind: PortKind) -> None:
    """A port without all three cannot be relied on."""
    suites = {module.name for module in pkgutil.iter_modules(contracts.__path__)}
    fake_modules = {module.name for module in pkgutil.iter_modules(fakes.__path__)}
    assert kind.value in suites
    assert kind.value in fake_modules
    assert REGISTRY.list_adapters(kind)
