"""`radarr-core plugins`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.cli_support import PLUGIN, install_plugin, run, run_json


def test_lists_adapters_with_origin_and_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's adapters are listed by port with their distribution; those that lack a package say so."""
    monkeypatch.syspath_prepend(str(install_plugin(tmp_path)))
    adapters = {(a["port"], a["name"]): a for a in run_json("plugins").data["adapters"]}
    shelf, lacking = adapters["indexer", "shelf"], adapters["notifier", "lacking"]
    assert (shelf["origin"], shelf["state"], shelf["remedy"]) == ("shelves:all", "ready", None)
    assert lacking["state"] == "missing packages"
    assert "pip install 'no-such-package-anywhere" in lacking["remedy"]
    ran = run("plugins")
    assert ran.code == 0
    assert "shelves:all" in ran.out
    assert "pip install" in ran.out


def test_names_plugins_that_were_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin that cannot be imported is named with its reason, and the others are listed all the same."""
    site = install_plugin(tmp_path, {"good": PLUGIN, "bad": "there_is_no_such_module"})
    monkeypatch.syspath_prepend(str(site))
    ran = run_json("plugins")
    assert ran.code == 0
    assert ("shelves:bad", True) in [(p["origin"], "there_is_no" in p["reason"]) for p in ran.data["left_out"]]
    assert any(a["origin"] == "shelves:good" for a in ran.data["adapters"])
    assert "left out: shelves:bad" in run("plugins").out


def test_shows_a_name_claimed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two plugins that register one name are both listed and marked, since neither can be used."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "second_shelf.py").write_text(
        "from tests.adapters import cli_plugin\nfrom radarr_core.plugins import hookimpl\n"
        "@hookimpl\ndef radarr_register_clocks():\n    return [cli_plugin.ClockAdapter]\n"
    )
    (tmp_path / "site").rename(tmp_path / "modules")
    monkeypatch.syspath_prepend(str(tmp_path / "modules"))
    monkeypatch.syspath_prepend(str(install_plugin(tmp_path, {"a": PLUGIN, "b": "second_shelf"})))
    clocks = [a for a in run_json("plugins").data["adapters"] if a["name"] == "manual"]
    assert {(c["origin"], c["state"]) for c in clocks} == {
        ("shelves:a", "name claimed twice"),
        ("shelves:b", "name claimed twice"),
    }
    lines = [line for line in run("plugins").out.splitlines() if "remove all but one" in line]
    assert lines == ["clock manual: registered by shelves:a and shelves:b; remove all but one"]


def test_says_when_there_is_no_adapter_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any entry point, as from a source tree that was not installed, the cause is said."""
    monkeypatch.setattr("radarr_core.plugins.entry_points", lambda **_: ())
    assert "entry points" in run("plugins").out
