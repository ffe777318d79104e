"""The shared cases keep their floors, and the project's own cases pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .__main__ import main
from .answers import ANSWERS
from .floors import Floors, read_floors
from .records import OWN, find_folder, list_sets, read_records
from .runner import Result, run_set

FLOORS = read_floors()
OWN_SETS = list_sets(OWN)


def _describe(result: Result) -> str:
    lines = [f"{result.name}: {result.passed} of {result.total}"]
    for record, wrong in result.failures[:20]:
        lines.append(f"  {record['input']!r}")
        lines += [f"    {part.field}: expected {part.expected!r}, got {part.got!r}" for part in wrong]
    return "\n".join(lines)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of shared cases; without it these tests are skipped, but fail where CI is set."""
    folder = find_folder()
    if folder is None:
        reason = "the shared corpus is not there: set RADARR_CORPUS to its folder"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def test_sets_keep_their_floors(corpus: Path) -> None:
    """No set of the shared corpus, and no field of one, falls below its floor, and none goes unanswered again."""
    sets = list_sets(corpus)
    fallen = []
    for name in FLOORS.sets:
        if name not in sets:
            continue
        if name not in ANSWERS:
            fallen.append(f"{name}: not answered any more")
            continue
        result = run_set(name, read_records(sets[name]))
        below = FLOORS.find_fallen(result)
        if below:
            fallen += [*below, _describe(result)]
    assert not fallen, "\n".join(fallen)


def test_every_answered_set_has_a_floor(corpus: Path) -> None:
    """A set the library can answer is held to a floor, so that it cannot rot unseen."""
    assert set(ANSWERS) & set(list_sets(corpus)) <= FLOORS.sets.keys()


@pytest.mark.parametrize("name", sorted(OWN_SETS))
def test_own_cases_pass(name: str) -> None:
    """Every one of the project's own cases passes; they are few enough to be right about."""
    result = run_set(name, read_records(OWN_SETS[name]))
    assert not result.failures, _describe(result)


def test_there_are_hundreds_of_own_names() -> None:
    """The project's own names are many and told apart, not one name in many spellings."""
    names = [record["input"] for path in OWN_SETS.values() for record in read_records(path)]
    texts = {name for name in names if isinstance(name, str)}
    assert len(texts) >= 300


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints one object with the counts of each set, for other programs to read."""
    assert main([str(OWN), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed["sets"]) == set(OWN_SETS)
    assert all(counts["passed"] <= counts["total"] for counts in printed["sets"].values())
    assert printed["unanswered"] == []


def test_the_command_names_sets_it_does_not_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A set nobody answers is named instead of being passed over in silence."""
    (tmp_path / "stars.jsonl").write_text('{"input": "x", "expect": {}}\n', encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert "not answered yet: stars" in capsys.readouterr().out


def test_the_command_shows_failures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--failures` shows what went in, what was expected and what came."""
    case = {"input": "Glass.Harbor.2019.1080p.WEB-DL.x264-GRP", "expect": {"edition": "Final Cut"}}
    (tmp_path / "edition.jsonl").write_text(json.dumps(case) + "\n", encoding="utf-8")
    assert main([str(tmp_path), "--failures"]) == 0
    printed = capsys.readouterr().out
    assert "Glass.Harbor.2019" in printed
    assert "expected 'Final Cut', got ''" in printed


def test_the_command_refuses_a_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is an error, not a run in which nothing failed."""
    assert main([str(tmp_path / "nowhere")]) != 0


def test_the_module_runs_as_a_command() -> None:
    """`python -m tests.corpus FOLDER` is the documented way to run the sets."""
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus", str(OWN), "--set", "title"],
        cwd=root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("title")


def test_a_case_nobody_can_answer_is_one_failure() -> None:
    """A case of another shape is counted as wrong, with what was raised, and those behind it are asked all the same."""
    good = {"function": "compare_revisions", "input": {"left": {}, "right": {}}, "expect": {"order": 0}}
    result = run_set("quality_order", [{**good, "function": "a new one"}, good])
    assert (result.passed, result.total) == (1, 2)
    assert result.failures[0][1][0].got == "KeyError: 'a new one'"


def _without_nulls(stated: object) -> object:
    if isinstance(stated, dict):
        return {key: _without_nulls(value) for key, value in stated.items() if value is not None}
    return [_without_nulls(value) for value in stated] if isinstance(stated, list) else stated


@pytest.mark.parametrize(
    "name", ["availability", "decision", "import", "match", "prioritise", "quality_order", "release_languages"]
)
def test_what_is_null_may_be_left_out(name: str) -> None:
    """A case that does not mention a thing has the answer of one that says it is nothing."""
    for record in read_records(OWN_SETS[name]):
        bare = {**record, "input": _without_nulls(record["input"])}
        assert all(part.passed for part in ANSWERS[name](bare)), bare


def test_floors_are_shares() -> None:
    """A floor is a share of a set or field, so that a larger corpus needs no other figures."""
    shares = [*FLOORS.sets.values(), *(share for fields in FLOORS.fields.values() for share in fields.values())]
    assert shares
    assert all(0 < floor <= 1 for floor in shares)


def test_a_field_has_a_floor_of_its_own() -> None:
    """One field may not rot behind the good figures of the others: 80 % where there are twenty cases to judge by."""
    floors = Floors(sets={"fields": 0.9}, fields={"fields": {"year": 0.99}}, least_share=0.8, least_cases=20)
    good = Result("fields", passed=990, total=1000, fields={"title": [17, 20], "year": [99, 100], "hdr": [1, 4]})
    assert floors.find_fallen(good) == []
    bad = Result("fields", passed=990, total=1000, fields={"title": [15, 20], "year": [98, 100], "hdr": [1, 4]})
    assert [line.partition(":")[0] for line in floors.find_fallen(bad)] == ["fields, title", "fields, year"]
    assert floors.find_fallen(Result("fields", passed=80, total=100))
