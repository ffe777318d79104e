"""The public face: what is promised is there, sorted, and nothing else leaks."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import radarr_core
from radarr_core.plugins import HOOK_OF

ROOT = Path(__file__).parents[2]


def test_all_is_sorted_and_every_name_resolves() -> None:
    """Each public name is there and is documented."""
    assert list(radarr_core.__all__) == sorted(radarr_core.__all__)
    for name in radarr_core.__all__:
        assert getattr(radarr_core, name) is not None


def test_nothing_else_leaks() -> None:
    """The package lists its public names and nothing besides."""
    assert dir(radarr_core) == sorted(radarr_core.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = radarr_core.nonsense  # type: ignore[attr-defined]


def test_type_checkers_see_the_same_names_as_the_program() -> None:
    """The lazy table and the imports for type checkers agree."""
    tree = ast.parse(Path(radarr_core.__file__).read_text("utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("radarr_core"))
        or (isinstance(node, ast.ImportFrom) and node.level == 1)
        for alias in node.names
    }
    assert imported == set(radarr_core.__all__)


def test_importing_the_package_imports_neither_adapters_nor_their_libraries() -> None:
    """`import radarr_core` stays cheap: no attrs, no pluggy, no adapter before something is used."""
    code = (
        "import sys, radarr_core; "
        "heavy = {'attrs', 'attr', 'pluggy', 'cattrs', 'httpx', 'sqlalchemy', 'asyncio', 'radarr_adapters'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def public_functions_and_classes() -> list[object]:
    """Everything public that can carry a docstring."""
    found = [getattr(radarr_core, name) for name in radarr_core.__all__]
    return [item for item in found if inspect.isclass(item) or inspect.isfunction(item)]


@pytest.mark.parametrize("item", public_functions_and_classes(), ids=lambda item: item.__name__)
def test_every_public_name_says_what_it_is(item: object) -> None:
    """A public class or function starts with a sentence."""
    text = inspect.getdoc(item) or ""
    assert text.split("\n")[0].endswith((".", ":"))


@pytest.mark.parametrize("hook", HOOK_OF.values())
def test_every_hook_is_documented(hook: str) -> None:
    """A plugin author finds every hook in the how-to page."""
    assert hook in (ROOT / "docs" / "how-to" / "write-a-plugin.md").read_text("utf-8")
