"""From one installation to another: evidence that is handed on, counts, is told apart, and is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.adapters.cli_support import prepare, run_json
from tests.adapters.groups_support import GOOD, make_installation


def score(config: Path, group: str) -> dict[str, Any]:
    """What the table of an installation says of all of a group's work."""
    answer: dict[str, Any] = run_json("groups", "--why", group, "--config", str(config)).data["answers"][0]
    return answer


def test_evidence_travels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one counted makes the other surer; `--why` tells whose it is; once forgotten all is as it was."""
    prepare(tmp_path, monkeypatch)
    anna = make_installation(tmp_path / "anna", seed=1, releases=900)
    ben = make_installation(tmp_path / "ben", seed=2, releases=3_000)
    file = tmp_path / "from-ben.json"
    before = run_json("groups", "refit", "--config", str(anna)).data["groups"]
    alone = score(anna, GOOD)

    run_json("groups", "export", str(file), "--by", "Ben in the lighthouse", "--config", str(ben))
    run_json("groups", "import", str(file), "--as", "Ben", "--config", str(anna))
    assert score(anna, GOOD) == alone, "it counts from the next fit on"
    run_json("groups", "refit", "--config", str(anna))

    together = score(anna, GOOD)
    assert together["evidence_weight"] > 1.5 * alone["evidence_weight"]
    assert together["upper"] - together["lower"] < alone["upper"] - alone["lower"]
    whose = run_json("groups", "--why", GOOD, "--config", str(anna)).data["evidence_of"]
    assert [(one["name"], one["made_by"]) for one in whose] == [
        ("this installation", None), ("Ben", "Ben in the lighthouse"),
    ]  # fmt: skip
    assert all(one["releases"] > 5 for one in whose)

    handed_on = run_json("groups", "export", str(tmp_path / "a.json"), "--by", "Anna", "--config", str(anna)).data
    assert handed_on["releases"] < 1_000, "what others counted is not handed on as one's own"

    run_json("groups", "forget", "Ben", "--config", str(anna))
    assert run_json("groups", "refit", "--config", str(anna)).data["groups"] == before
