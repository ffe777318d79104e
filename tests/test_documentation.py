"""The documentation as a whole: every page is tried, and what it shows is there. Its code is run by conftest.py."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import FILE_NAME, documentation

from radarr_core.plugins import PortKind, build_registry

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("changes/*.md"), *ROOT.glob("docs/**/*.md"))
    if "_build" not in path.parts
)
FENCE = re.compile(r"^ *```(?P<language>[^\n`]*)\n(?P<source>.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")

TRIED = {"python", "toml", "json"}
SHOWN = {"sh", "console", "text", "{toctree}", "{eval-rst}"}
"""For these there is nothing to try here: commands, what they print, and what Sphinx itself checks."""


def find_blocks(page: Path) -> Iterator[tuple[str, str]]:
    """The language and the text of each fenced block."""
    for found in FENCE.finditer(page.read_text("utf-8")):
        yield found["language"].strip(), found["source"]


def find_shown_files(page: Path) -> dict[str, str]:
    """The blocks of a page that are files, by name."""
    named = ((FILE_NAME.match(source), source) for _, source in find_blocks(page))
    return {found["name"]: source for found, source in named if found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_page_is_tried(page: Path, pytestconfig: pytest.Config) -> None:
    """No page can be put where its code is never run."""
    assert documentation.should_parse(page)
    assert page.relative_to(ROOT).parts[0] in pytestconfig.getini("testpaths")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_is_of_a_language_that_is_known(page: Path) -> None:
    """A block that is misspelt, or of a language nobody tries, would go stale unseen."""
    assert {language for language, _ in find_blocks(page)} <= TRIED | SHOWN


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_is_found(page: Path) -> None:
    """What looks like a block to people is one to the runner as well."""
    examples = [example.region.start for example in documentation.parse(page).examples()]
    for found in FENCE.finditer(page.read_text("utf-8")):
        if found["language"].strip() in TRIED:
            assert any(found.start() <= start < found.end() for start in examples), found.group()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_there(page: Path) -> None:
    """Pages that are read outside Sphinx, such as README, have no other check of their links."""
    for found in LINK.finditer(FENCE.sub("", page.read_text("utf-8"))):
        target = found["target"].partition("#")[0]
        if target and "://" not in target:
            assert (page.parent / target).exists(), found.group()


def test_the_plugin_of_the_how_to_page_is_found_when_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the page's pyproject.toml says is enough for the library to find the plugin."""
    files = find_shown_files(ROOT / "docs" / "how-to" / "write-a-plugin.md")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    (tmp_path / "radarr_core_journal.py").write_text(files["radarr_core_journal.py"], "utf-8")
    install(tmp_path, project)
    monkeypatch.syspath_prepend(tmp_path)
    try:
        found = build_registry().get_adapter(PortKind.NOTIFIER, "journal")
    finally:
        sys.modules.pop("radarr_core_journal", None)
    assert found.origin == "radarr-core-journal:journal"


def install(folder: Path, project: dict[str, object]) -> None:
    """Write down what an installer would: the distribution's name, and its entry points."""
    info = folder / "radarr_core_journal-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0\n", "utf-8")
    groups = project["entry-points"]
    assert isinstance(groups, dict)
    lines = [
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in names.items())
        for group, names in groups.items()
    ]
    (info / "entry_points.txt").write_text("".join(lines), "utf-8")
