"""The documentation as a whole: every page is tried, and what it shows is there. Its code is run by conftest.py."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import FILE_NAME, documentation
from radarr_core.plugins import PortKind, build_registry
from radarr_core.settings import read_settings

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


PORT_OF = {
    "indexers": PortKind.INDEXER,
    "notifiers": PortKind.NOTIFIER,
    "download_client": PortKind.DOWNLOAD_CLIENT,
    "storage": PortKind.STORAGE,
    "media_probe": PortKind.MEDIA_PROBE,
    "file_system": PortKind.FILE_SYSTEM,
    "clock": PortKind.CLOCK,
}
SHOWN_ADAPTERS = {"journal"}
"""Adapters that only a page has; the page tries their settings itself."""


def find_adapter_tables(page: Path) -> Iterator[tuple[PortKind, str, Mapping[str, Any]]]:
    """Each table of configuration on a page that is for an adapter: its port, its place and what it says."""
    for language, source in find_blocks(page):
        tables = tomllib.loads(source) if language == "toml" else {}
        for section in PORT_OF.keys() & tables.keys():
            named = tables[section].items() if section.endswith("s") else [(section, tables[section])]
            for name, table in named:
                if isinstance(table, dict) and table.get("adapter") not in SHOWN_ADAPTERS:
                    yield PORT_OF[section], f"{section}.{name}", table


def reveal(value: object) -> object:
    """A secret as it would be read from where the page says it is."""
    return "secret" if isinstance(value, dict) and value.keys() <= {"env", "file"} else value


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_adapter_in_a_configuration_is_there_and_takes_these_settings(page: Path) -> None:
    """A configuration that is copied from a page names no adapter and no setting that does not exist."""
    registry = build_registry()
    for kind, where, table in find_adapter_tables(page):
        name = table.get("adapter") or registry.list_adapters(kind)[0].name
        settings = {key: reveal(value) for key, value in table.items() if key != "adapter"}
        read_settings(registry.get_adapter(kind, name).adapter.settings, settings, where=where, environ={})


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
