"""The benchmarks run. What they find is no matter of tests."""

import json

import pytest
from benchmarks import registry
from benchmarks.__main__ import main
from benchmarks.figures import Benchmark, Figure, Goal, Scale, format_table
from benchmarks.names import make_names

FOUND = registry.find_benchmarks()
PEERS = ("guessit", "parsett", "rank-torrent-name")


@pytest.mark.parametrize("name", FOUND)
def test_every_benchmark_measures_something(name, tmp_path):
    """Each module of the package runs at the smallest size and gives figures; only a peer may be missing, said so.

    A difference may have either sign.
    """
    benchmark = FOUND[name]
    assert isinstance(benchmark, Benchmark), benchmark
    figures = benchmark.measure(Scale(folder=tmp_path, is_quick=True))
    assert figures
    for figure in figures:
        if figure.value is None:
            assert any(f"{peer} is not installed" in figure.note for peer in PEERS)
        else:
            assert figure.value > 0 or figure.is_signed


def test_every_promised_figure_has_its_benchmark():
    """The design's figures, and the memory of an idle pipeline, are all there."""
    assert {"import", "hard-link", "probe", "indexers", "idle-memory", "parse", "event-loop"} <= set(FOUND)


def test_a_goal_that_is_missed_is_said_plainly():
    """Met, missed, told only, and not measured are four different words in the table."""
    table = format_table(
        [
            Figure(name="a", value=1.4, goal=Goal(1.5, "x")),
            Figure(name="b", value=99.0, goal=Goal(100, "x", at_least=True)),
            Figure(name="c", value=3.0, unit="MB"),
            Figure(name="d", value=None, goal=Goal(1, "x"), note="nobody there"),
        ]
    ).splitlines()
    assert table[2].endswith("| met          |")
    assert table[3].endswith("| NOT MET      |")
    assert table[4].endswith("| told         |")
    assert table[5].endswith("| NOT MEASURED |")
    assert "nobody there" in table[5]


def test_figures_are_written_as_data_and_as_a_page(tmp_path, capsys):
    """`--json` has a schema and every part; `--write` has the command, the table and how it was measured."""
    data, page = tmp_path / "figures.json", tmp_path / "docs" / "page.md"
    options = ["--quick", "--only", "import", "--folder", str(tmp_path), "--json", str(data), "--write", str(page)]
    assert main(options) == 0
    written = json.loads(data.read_text())
    assert (written["schema"], written["version"]) == ("radarr-core/benchmarks", 1)
    assert written["figures"][0]["parts"]["base ms"] > 0
    text = page.read_text()
    assert "python -m benchmarks --quick --only import" in text
    assert format_table([]).splitlines()[0].split("|")[1].strip() in text
    assert FOUND["import"].method in text
    assert "| import radarr_core" in capsys.readouterr().out


def test_a_benchmark_that_cannot_run_is_reported(tmp_path, capsys, monkeypatch):
    """A module that cannot be imported and one that fails both stand in the table, and the exit code tells."""

    def fail(scale):
        raise RuntimeError("the disk is gone")

    broken = {"one": "No module named 'x'", "two": Benchmark(name="two", method="", measure=fail)}
    monkeypatch.setattr("benchmarks.__main__.find_benchmarks", lambda: broken)
    assert main(["--quick", "--folder", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "No module named 'x'" in printed
    assert "RuntimeError: the disk is gone" in printed


def test_made_up_names_are_the_same_each_time_and_all_different():
    """Ratios of two runs can be compared, and no parser is helped by a name it has seen."""
    names = make_names(500, title="The.Glass.Harbor", year=2024)
    assert names == make_names(500, title="The.Glass.Harbor", year=2024)
    assert len(set(names)) == 500
