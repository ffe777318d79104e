"""Rules and criteria in the commands: `plugins`, `explain` and `get` go by the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.adapters.cli_support import PLUGIN, install_plugin, prepare, run, run_json, write_configuration

RULES = "tests.adapters.cli_rules_plugin"
GOOD = "The.Film.2019.1080p.BluRay.x264-GOOD"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plugin of adapters and that of rules installed."""
    monkeypatch.setattr("tests.adapters.cli_support.install_plugin", install_both)
    prepare(tmp_path, monkeypatch)
    return tmp_path


def install_both(folder: Path) -> Path:
    """The site with both plugins."""
    return install_plugin(folder, {"all": PLUGIN, "taste": RULES})


def list_rules(*args: str) -> dict[tuple[str, str, str], Any]:
    """Whether each rule and criterion is in force, by kind, name and origin."""
    ran = run_json("plugins", *args)
    assert ran.code == 0
    return {(each["kind"], each["name"], each["origin"]): each["in_force"] for each in ran.data["rules"]}


def test_without_a_configuration_those_of_the_library_are_in_force() -> None:
    """Plugins' rules are listed with their origin, and are not in force."""
    listed = list_rules()
    assert len(listed) == 35 + 11 + 4
    assert {key[2]: in_force for key, in_force in listed.items()} == {"radarr-core": True, "shelves:taste": False}
    assert ("criterion", "few seeders", "shelves:taste") in listed


def test_a_configuration_says_what_is_in_force(place: Path) -> None:
    """What is used, replaced, left out or not ranked by is shown as such."""
    rules = '[rules]\nuse = ["quality allowed", "few seeders"]\nleave_out = ["retention"]\nrank_by = ["few seeders"]\n'
    write_configuration(place, extra=rules)
    listed = list_rules()
    assert listed["rule", "quality allowed", "radarr-core"] is False
    assert listed["rule", "quality allowed", "shelves:taste"] is True
    assert listed["rule", "no good", "shelves:taste"] is False
    assert listed["rule", "retention", "radarr-core"] is False
    assert [key[1] for key, in_force in listed.items() if key[0] == "criterion" and in_force] == ["few seeders"]
    shown = [line.split() for line in run("plugins").out.splitlines()]
    assert ["criterion", "few", "seeders", "shelves:taste", "yes"] in shown
    assert ["rule", "retention", "radarr-core", "no"] in shown


def test_a_mistake_in_the_configuration_keeps_nobody_from_the_list(place: Path) -> None:
    """Who looks up the right name gets it, unless that very file was asked for."""
    path = write_configuration(place, extra='[rules]\nuse = ["no god"]\n')
    ran = run_json("plugins")
    assert ran.code == 0
    assert {each["in_force"] for each in ran.data["rules"]} == {None}
    assert "rules.use[0]" in ran.data["rules_problem"]
    assert "did you mean 'no good'?" in " ".join(run("plugins").out.split())
    asked = run("plugins", "--config", str(path))
    assert asked.code == 2
    assert "rules.use[0]" in asked.err


def test_explain_goes_by_the_rules_of_the_configuration(place: Path) -> None:
    """The plugin's verdict stands among the others, and a rule that is left out does not."""
    before = {each["rule"] for each in run_json("explain", GOOD).data["decision"]["verdicts"]}
    write_configuration(place, extra='[rules]\nuse = ["no good"]\nleave_out = ["retention"]\n')
    ran = run_json("explain", GOOD)
    verdicts = {each["rule"]: each["sentence"] for each in ran.data["decision"]["verdicts"]}
    assert set(verdicts) == (before | {"no good"}) - {"retention"}
    assert verdicts["no good"] == "nothing of GOOD is wanted"
    assert "nothing of GOOD is wanted" in run("explain", GOOD).out


def test_a_release_that_is_refused_by_a_plugin_says_so_in_the_table(place: Path) -> None:
    """`get` takes the next best, and shows the plugin's sentence."""
    write_configuration(place, extra='[rules]\nuse = ["no good"]\n')
    ran = run("get", "The Film (2019)")
    assert ran.code == 0, ran.err
    assert "nothing of GOOD is wanted" in ran.out
    assert "The Film (2019) WEBDL-1080p" in ran.out
