"""What the tests of the command line share: a program to run, a plugin to find, and schemas to hold answers to."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import frozen
from typer.testing import CliRunner

from radarr_adapters.driving.cli.commands.schema import load_schema
from radarr_adapters.driving.cli.main import app
from tests.adapters import cli_plugin

ROOT = Path(__file__).parents[2]
PLUGIN = "tests.adapters.cli_plugin"


@frozen(kw_only=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object it printed."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded


def run(*args: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run the program in this process."""
    result = CliRunner().invoke(app, list(args), env={"COLUMNS": "80", **(env or {})})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Ran(code=result.exit_code, out=result.stdout, err=result.stderr)


def run_json(*args: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run the program with ``--json``, and hold its answer to the published schema."""
    ran = run(*args, "--json", env=env)
    check_answer(ran.data)
    return ran


def check_answer(data: Mapping[str, Any]) -> None:
    """Fail when the answer breaks its schema, or tells what its schema does not describe."""
    _build_validator(data["schema"].removeprefix("radarr-core/")).validate(data)


@cache
def _build_validator(name: str) -> jsonschema.Draft202012Validator:
    schema = load_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(_closed(schema))


def _closed(schema: Any) -> Any:
    """The schema with every described object closed, so that a field nobody described is found."""
    closed = deepcopy(schema)
    stack = [closed]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if "properties" in part and part.get("type") == "object":
                part.setdefault("additionalProperties", False)
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return closed


def install_plugin(folder: Path, modules: Mapping[str, str] | None = None) -> Path:
    """Lay out the metadata of an installed distribution that registers those modules, or the one of these tests."""
    site = folder / "site"
    info = site / "shelves-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shelves\nVersion: 1.0\n")
    lines = [f"{name} = {module}" for name, module in (modules or {"all": PLUGIN}).items()]
    (info / "entry_points.txt").write_text("\n".join(["[radarr_core.plugins]", *lines, ""]))
    return site


def environment(site: Path) -> dict[str, str]:
    """An environment for a process of its own that finds the plugin."""
    paths = [str(ROOT / "src"), str(ROOT), str(site)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "80", "PYTHONWARNINGS": "error"}


def prepare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process find the plugin, with a disk of its own and the key of its indexer in the environment."""
    monkeypatch.syspath_prepend(str(install_plugin(folder)))
    monkeypatch.setattr(cli_plugin, "DISK", cli_plugin.make_disk())
    monkeypatch.setenv("SHELF_KEY", cli_plugin.KEY)
    move_home(folder, monkeypatch)


def move_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in that folder and be at home there, so that no configuration of this machine is found."""
    monkeypatch.delenv("RADARR_CORE_CONFIG", raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder)


PROGRAM = (sys.executable, "-m", "radarr_adapters.driving.cli.main")

OFFERS = (
    "The.Film.2019.1080p.BluRay.x264-GOOD|8000|12",
    "The.Film.2019.1080p.WEB-DL.H.264-FINE|6000|30",
    "The.Film.1998.1080p.BluRay.x264-OLD|8000|12",
    "The.Film.2019.HDCAM.x264-SEAT|900|90",
)


def write_configuration(folder: Path, *, extra: str = "", **changes: str) -> Path:
    """A configuration of the plugin's adapters; each change replaces the lines of one section."""
    sections = {
        "library": 'folder = "/films"',
        "storage": 'adapter = "in-memory"',
        "clock": 'adapter = "manual"',
        "file_system": 'adapter = "in-memory"',
        "media_probe": 'adapter = "scripted"',
        "download_client": 'adapter = "fetcher"',
        "indexers.shelf": f'adapter = "shelf"\noffers = {json.dumps(OFFERS)}\napi_key = {{ env = "SHELF_KEY" }}',
    }
    sections |= {name.replace("__", "."): lines for name, lines in changes.items()}
    path = folder / "radarr.toml"
    path.write_text(extra + "\n".join(f"[{name}]\n{lines}\n" for name, lines in sections.items() if lines))
    return path
