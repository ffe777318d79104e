"""What there is stands in the documentation, by name: nobody has to read the source to find it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import radarr_core
from radarr_core import DEFAULT_RULES, Outcome, errors
from radarr_core.domain.events import EVENT_TYPES
from radarr_core.plugins import HOOK_OF, RULE_HOOK_OF, AdapterHooks, PortKind, RuleHooks
from radarr_core.rule_plugins import RuleKind
from radarr_core.testing import contracts, fakes, servers

DOCS = Path(__file__).parents[2] / "docs"
DIRECTIVE = re.compile(r"^\.\. (?P<kind>auto\w+|py:\w+):: (?P<name>[\w.]+)$", re.MULTILINE)


def resolve(dotted: str) -> object:
    """The object of a dotted name."""
    module, _, attribute = dotted.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def read_reference() -> Iterator[tuple[str, str]]:
    """Each directive of the reference and what it is for."""
    for page in sorted((DOCS / "reference").glob("*.md")):
        for found in DIRECTIVE.finditer(page.read_text("utf-8")):
            yield found["kind"], found["name"]


def find_documented() -> list[object]:
    """Every object the reference tells of."""
    documented: list[object] = []
    for kind, name in read_reference():
        if kind == "automodule":
            documented.extend(find_public(importlib.import_module(name)))
        else:
            documented.append(resolve(name))
    return documented


def find_public(module: ModuleType) -> list[type]:
    """The classes and functions that a module itself defines and does not hide."""
    members = (member for name, member in vars(module).items() if not name.startswith("_"))
    return [
        member
        for member in members
        if (inspect.isclass(member) or inspect.isfunction(member)) and member.__module__ == module.__name__
    ]


DOCUMENTED = find_documented()


def is_documented(thing: object) -> bool:
    """By identity, since some values are equal that are not the same."""
    return any(thing is other for other in DOCUMENTED)


def read_table(page: str, heading: str) -> list[str]:
    """The first column of the table below a heading, without its code marks."""
    text = (DOCS / page).read_text("utf-8").split(f"\n{heading}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]
    return [cell.strip("`") for cell in cells[2:]]


@pytest.mark.parametrize("name", radarr_core.__all__)
def test_every_public_name_is_in_the_reference(name: str) -> None:
    """What can be imported from the package can be looked up."""
    assert is_documented(getattr(radarr_core, name))


@pytest.mark.parametrize("kind", PortKind)
def test_every_port_is_in_the_reference(kind: PortKind) -> None:
    """A port is documented with all values its methods speak of."""
    module = importlib.import_module(f"radarr_core.ports.{kind.value}")
    assert [thing.__name__ for thing in find_public(module) if not is_documented(thing)] == []


@pytest.mark.parametrize("kind", PortKind)
def test_every_suite_harness_and_fake_is_in_the_reference(kind: PortKind) -> None:
    """A plugin author finds what certifies an adapter, and what to test with."""
    suite = importlib.import_module(f"{contracts.__name__}.{kind.value}")
    ours = [thing for thing in find_public(suite) if thing.__name__.endswith(("Contract", "Harness"))]
    fake = importlib.import_module(f"{fakes.__name__}.{kind.value}")
    ours += [thing for thing in find_public(fake) if inspect.isclass(thing)]
    assert ours
    assert [thing.__name__ for thing in ours if not is_documented(thing)] == []


def test_every_fake_is_listed_beside_its_suite() -> None:
    """The how-to page's table has a row for each port."""
    text = (DOCS / "how-to" / "test-your-adapter.md").read_text("utf-8")
    for package in (contracts, fakes):
        for module in pkgutil.iter_modules(package.__path__):
            assert f"`{module.name}." in text


@pytest.mark.parametrize("name", servers.__all__)
def test_every_stand_in_server_is_in_the_reference(name: str) -> None:
    """The servers are for plugin authors too."""
    assert is_documented(getattr(servers, name))


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_every_event_is_in_the_reference(name: str) -> None:
    """Whoever reads a history or a webhook can look each event up."""
    assert is_documented(EVENT_TYPES[name])


@pytest.mark.parametrize("error", find_public(errors), ids=lambda error: error.__name__)
def test_every_error_is_in_the_reference(error: type) -> None:
    """Whoever catches an error can look up what it asks of them."""
    assert is_documented(error)


@pytest.mark.parametrize("kind", PortKind)
def test_every_hook_is_documented_with_its_exact_signature(kind: PortKind) -> None:
    """A plugin author can copy a hook from the page."""
    hook = HOOK_OF[kind]
    signature = inspect.signature(getattr(AdapterHooks, hook))
    takes = ", ".join(str(parameter) for name, parameter in signature.parameters.items() if name != "self")
    written = f"`{hook}({takes}) -> {signature.return_annotation}`"
    assert written in (DOCS / "how-to" / "write-a-plugin.md").read_text("utf-8")


@pytest.mark.parametrize("kind", RuleKind)
def test_every_hook_for_rules_is_documented_with_its_exact_signature(kind: RuleKind) -> None:
    """A plugin author can copy a hook from the page."""
    hook = RULE_HOOK_OF[kind]
    written = f"`{hook}() -> {inspect.signature(getattr(RuleHooks, hook)).return_annotation}`"
    assert written in (DOCS / "how-to" / "write-your-own-rule.md").read_text("utf-8")


@pytest.mark.parametrize("kind", RuleKind)
def test_every_suite_for_rules_is_in_the_reference(kind: RuleKind) -> None:
    """Who writes a rule finds what certifies it."""
    suite = importlib.import_module(f"{contracts.__name__}.{kind.value}")
    ours = [thing for thing in find_public(suite) if thing.__name__.endswith("Contract")]
    assert len(ours) == 1
    assert is_documented(ours[0])


RULE = re.compile(r"\{py:class\}`(?P<name>[^`<]+) <(?P<anchor>[\w.]+)>`")


@pytest.mark.parametrize("kind", ["rules", "criteria"])
def test_the_page_on_choosing_links_every_rule_and_criterion_to_its_reference(kind: str) -> None:
    """Whoever reads a rule's name in an explanation finds the rule itself in two steps; all are there, in order."""
    text = (DOCS / "explanation" / "how-a-release-is-chosen.md").read_text("utf-8")
    section = text.split(f"\n## All {kind}\n")[1].split("\n## ")[0]
    linked = [(found["name"], found["anchor"]) for found in RULE.finditer(section)]
    members = getattr(DEFAULT_RULES, kind)
    assert linked == [(each.name, f"{type(each).__module__}.{type(each).__name__}") for each in members]
    assert [anchor for _, anchor in linked if not is_documented(resolve(anchor))] == []


def test_the_page_on_decisions_has_every_outcome() -> None:
    """The words a verdict can have are explained."""
    table = read_table("explanation/decisions.md", "## From an offer to a decision")
    assert table == [outcome.value for outcome in Outcome]
