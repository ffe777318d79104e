"""The example people copy from is run as it is, and everything it claims is checked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def run_quickstart(*arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run examples/quickstart.py in a process of its own, with warnings as errors."""
    command = [sys.executable, "-W", "error", str(ROOT / "examples" / "quickstart.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the quickstart prints with --json."""
    done = run_quickstart("--json", "--folder", str(tmp_path_factory.mktemp("quickstart")))
    assert done.returncode == 0, done.stderr
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def test_every_release_has_its_decision_and_every_rejected_one_its_reasons(told: dict[str, Any]) -> None:
    """Eight releases were offered: two may be had, six say why not."""
    by_group = {entry["release"].rsplit("-", 1)[-1]: entry for entry in told["decisions"]}
    assert len(told["decisions"]) == 8
    assert {name for name, entry in by_group.items() if entry["accepted"]} == {"DOCK", "TIDE"}
    expected = {
        "WAVE": "over the 100.0 MB",
        "OLDER": "the name says 1998",
        "SEAT12": "CAM is not allowed",
        "TIDE.SAMPLE": "says sample",
        "TRAP": "leads out of its folder",
        "GONE": "0 seeders",
    }
    for group, reason in expected.items():
        assert any(reason in said for said in by_group[group]["reasons"]), (group, by_group[group]["reasons"])
    assert all(entry["verdicts"] and entry["ranking"] for entry in told["decisions"])


def test_the_library_file_and_the_seeding_file_are_one_inode(told: dict[str, Any]) -> None:
    """Exactly one film was imported, by hard link, and it proves what its name claimed."""
    (proof,) = told["proofs"]
    assert proof["one_inode"]
    assert proof["links"] == 2
    assert Path(proof["library_file"]).samefile(proof["seeding_file"])
    assert told["library"] == ["The Glass Harbor (2024)/The Glass Harbor (2024) WEBDL-1080p.mkv"]
    assert (proof["claimed"], proof["proved"]) == ("WEBDL-1080p", "1920x1080 H.264, 60 s")


def test_history_is_in_order_and_told_to_the_webhook(told: dict[str, Any]) -> None:
    """What happened stands in the order it happened, under one correlation from search to import."""
    kinds = [event["type"] for event in told["history"]]
    assert kinds == ["MovieAdded", "SearchCompleted", "GrabFailed", "ReleaseGrabbed", "MovieFileImported"]
    assert [event["sequence"] for event in told["history"]] == sorted(event["sequence"] for event in told["history"])
    assert len({event["correlation_id"] for event in told["history"][1:]}) == 1
    assert "a web page" in told["history"][2]["sentence"]
    assert told["told"] == len(told["history"])
    assert told["outcome"] == "Imported"


def test_the_api_key_is_never_shown(told: dict[str, Any]) -> None:
    """Download links carry keys; nothing that is printed does."""
    assert "apikey" not in json.dumps(told)


def test_a_film_without_a_year_is_answered_with_what_is_needed() -> None:
    """A mistake on the command line says what is accepted."""
    done = run_quickstart("--indexer-url", "http://127.0.0.1:1/api", "--title", "Film")
    assert done.returncode == 2
    assert "--title and --year" in done.stderr


def test_an_unknown_download_client_is_answered_without_its_password() -> None:
    """The accepted form is shown, the password is not."""
    done = run_quickstart("--download-client", "someclient://user:hush@127.0.0.1:1/")
    assert done.returncode == 2
    assert "qbittorrent://user:pass@host:port/" in done.stderr
    assert "hush" not in done.stderr
