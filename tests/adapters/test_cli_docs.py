"""The pages about the command line and the configuration say everything, and what they say works."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest
import typer

from radarr_adapters.bootstrap import (
    _MANY,
    _SINGLE,
    _LibrarySettings,
    find_mistakes,
    read_movies,
)
from radarr_adapters.chosen_movies import _MovieSettings
from radarr_adapters.driving.cli.commands.schema import list_schemas
from radarr_adapters.driving.cli.main import app
from radarr_adapters.policy_files.policy import FormatSettings
from radarr_adapters.policy_files.profiles import ProfileFileSettings, ProfileSettings
from radarr_adapters.policy_files.sizes import LimitSettings, SizeSettings
from radarr_core.domain.decisions import DecisionSettings
from radarr_core.domain.decisions.delays import DelayProfile
from radarr_core.domain.decisions.restrictions import ReleaseProfile
from radarr_core.plugins import PortKind, Registry, build_registry
from radarr_core.services.context import Timing
from tests.adapters.cli_support import ROOT, move_home, run
from tests.adapters.guides import PROFILE, write_guides

PAGES = ROOT / "docs" / "how-to"
CONFIGURE = (PAGES / "configure.md").read_text("utf-8")
COMMANDS = (PAGES / "command-line.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", CONFIGURE, re.DOTALL)
SECTIONS = (
    _LibrarySettings, _MovieSettings, ProfileSettings, ProfileFileSettings, FormatSettings, SizeSettings, LimitSettings,
    DelayProfile, ReleaseProfile, DecisionSettings, Timing,
)  # fmt: skip
SECRETS = {"PROWLARR_KEY": "x" * 32, "QBITTORRENT_PASSWORD": "y" * 12, "RADARR_DATABASE_PASSWORD": "z" * 12}


def read_entry_points() -> dict[str, str]:
    """The built-in plugins as the project lists them, whether it is installed or not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    plugins: dict[str, str] = project["entry-points"]["radarr_core.plugins"]
    return plugins


@pytest.fixture(scope="module")
def registry() -> Registry:
    """The built-in adapters."""
    return build_registry([(name, import_module(module)) for name, module in read_entry_points().items()])


@pytest.mark.parametrize("block", BLOCKS[1:], ids=lambda block: block.split("\n")[1])
def test_every_example_is_accepted(
    block: str, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each example, put into the place of its section in the whole one, is a configuration without a mistake."""
    write_guides(tmp_path / "guides")
    monkeypatch.chdir(tmp_path)
    whole, part = tomllib.loads(BLOCKS[0]), tomllib.loads(block)
    part["profiles"] = {**whole["profiles"], **part.get("profiles", {})}
    find_no_mistake({**whole, **part}, registry, tmp_path)


def test_the_whole_example_is_accepted(registry: Registry, tmp_path: Path) -> None:
    """The example at the top of the page works as it stands, with its keys in place."""
    table = tomllib.loads(BLOCKS[0])
    find_no_mistake(table, registry, tmp_path)
    assert [str(movie) for movie in read_movies(table)] == ["The Matrix (1999)"]


def find_no_mistake(table: dict[str, Any], registry: Registry, folder: Path) -> None:
    """Try a configuration, with the one key it takes from a file in a file of ours."""
    key = folder / "hook.key"
    key.write_text("w" * 20)
    table["notifiers"]["hook"]["signing_key"] = {"file": str(key)}
    assert find_mistakes(table, registry=registry, environ=SECRETS) == ()


def test_every_setting_is_documented(registry: Registry) -> None:
    """Each setting of the sections and of every built-in adapter stands on the page, under its adapter's name."""
    for kind in SECTIONS:
        for item in attrs.fields(kind):
            assert f"`{item.name}`" in CONFIGURE, item.name
    configurable = {*_SINGLE.values(), *_MANY.values(), PortKind.CLOCK}
    for registered in (each for each in registry.adapters if each.kind in configurable):
        _, found, part = CONFIGURE.partition(f"`{registered.name}`")
        assert found, registered.name
        for item in attrs.fields(registered.adapter.settings):
            assert f"`{item.name}`" in part, (registered.name, item.name)


def test_documented_defaults_are_the_real_ones() -> None:
    """Where the page names a number or text as default, the setting has it."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (?:`\"(.+?)\"`|[\w.]+) \|", CONFIGURE, re.MULTILINE))
    numbers = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", CONFIGURE, re.MULTILINE))
    for kind in (DecisionSettings, Timing):
        for item in attrs.fields(kind):
            if isinstance(item.default, int | float) and not isinstance(item.default, bool):
                assert float(numbers[item.name]) == item.default, item.name
            elif isinstance(item.default, bool):
                assert f"| `{item.name}` | `{str(item.default).lower()}` |" in CONFIGURE
    for name in ("file_name", "folder_name"):
        assert rows[name] == getattr(attrs.fields(_LibrarySettings), name).default


def test_every_command_and_option_is_documented() -> None:
    """Each command, option, exit code and output with a schema stands on the page."""
    program: Any = typer.main.get_command(app)
    for name, command in program.commands.items():
        assert f"`radarr-core {name}" in COMMANDS
        for parameter in command.params:
            for option in (option for option in parameter.opts if option.startswith("--")):
                assert f"`{option}" in COMMANDS, option
    for code in range(4):
        assert f"\n| {code} |" in COMMANDS
    assert {"error", "event"} <= set(list_schemas())


EXAMPLES = re.findall(r"\$ radarr-core (explain [^|\n]*)\n(.*?)```", COMMANDS, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=lambda text: text[-30:])
def test_the_examples_of_explain_are_what_it_prints(
    command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows the program's real answers, as far as it shows them."""
    move_home(tmp_path, monkeypatch)
    write_guides(tmp_path, cf_groups__unwanted=None, quality_profiles__hd=PROFILE)
    printed = [line.split() for line in run(*shlex.split(command)).out.splitlines()]
    for line in shown.splitlines():  # columns may grow with a field of a longer name
        assert line.split() in printed or line == "..." or set(line) == {"─"}, line


def test_the_page_has_an_example_of_each_kind() -> None:
    """One name, one with formats, and two."""
    assert len(EXAMPLES) == 3
