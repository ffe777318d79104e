"""`radarr-core groups`: the table, one group's reasons, a picture, and evidence that is shared."""

from __future__ import annotations

import asyncio
import builtins
import json
import re
import runpy
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve

from radarr_adapters.driving.cli import group_questions
from radarr_adapters.driving.cli.commands import groups_model
from radarr_adapters.evidence_files import read_evidence, write_evidence
from radarr_adapters.group_reputations.evidence.client import EvidenceReputation
from radarr_core.domain.scene_groups import EvidenceSummary, StratumTables, measure, survey
from tests.adapters.cli_support import ROOT, prepare, run, run_json
from tests.adapters.groups_support import BAD, GOOD, LATER, make_installation, observe, record
from tests.core.formats import condition
from tests.core.scene_groups import AT
from tests.core.scene_groups import observe as observe_release

SMALL = 300
"""As many releases as groups can be judged by, where no figure matters."""


@cache
def judge_groups(releases: int) -> bytes:
    """The database of an installation that has seen so many releases of a small world, and judged its groups."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        prepare(Path(folder), monkeypatch)
        path = make_installation(Path(folder) / "here", releases=releases)
        assert run("groups", "refit", "--config", str(path)).code == 0
        return path.with_name("films.db").read_bytes()


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installation that has seen a small world, and judged its groups; of so many releases as it is asked for."""
    releases = getattr(request, "param", 2_500)
    database = judge_groups(releases)
    prepare(tmp_path, monkeypatch)
    path = make_installation(tmp_path / "here", releases=releases)
    path.with_name("films.db").write_bytes(database)
    return str(path)


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installation that has seen next to nothing, and never judged."""
    prepare(tmp_path, monkeypatch)
    return str(make_installation(tmp_path / "fresh", releases=20))


def test_the_table_ranks_groups_by_what_is_sure(config: str) -> None:
    """Groups with enough evidence, by the lower end of the interval, with all their figures; good ones above bad."""
    ran = run_json("groups", "--config", config)
    groups = ran.data["groups"]
    names = [one["group"] for one in groups]
    assert ran.code == 0
    assert [one["lower"] for one in groups] == sorted((one["lower"] for one in groups), reverse=True)
    assert names.index(GOOD) < len(names) // 4
    assert names.index(BAD) > len(names) // 2
    assert {one["evidence"] for one in groups} <= {"provisional", "established"}
    assert ran.data["why_none"] is None
    assert ran.data["releases"]["seen"] == 2_500


def test_the_table_is_read_at_80_columns(config: str) -> None:
    """Every line fits, names are whole, and figures stand beside their words."""
    ran = run("groups", "--config", config)
    assert max(map(len, ran.out.splitlines())) <= 80
    row = next(line for line in ran.out.splitlines() if GOOD in line)
    assert "established" in row or "provisional" in row
    assert "2,500 seen" in " ".join(ran.out.split())


def test_the_table_tells_what_it_lacks_and_who_decides(config: str) -> None:
    """What was seen since the fit is counted, until it is fitted; and decisions may go by something else."""
    told = run("groups", "--config", config).out
    assert "decisions go by it" in told
    assert "not in it yet" not in told
    later = [evolve(one, key=f"later-{one.key}", seen_at=LATER + timedelta(hours=1)) for one in observe(5, 30)]
    asyncio.run(record(f"sqlite:///{Path(config).parent / 'films.db'}", later))
    assert run_json("groups", "--config", config).data["waiting"] == len(later)
    assert (
        f"{len(later)} releases are not in it yet; 'radarr-core groups refit'" in run("groups", "--config", config).out
    )

    text = Path(config).read_text("utf-8")
    for table, source, words in (
        ('adapter = "chain"\nsources = [{ adapter = "evidence" }]', "chain", "decisions go by 'chain'; --why GROUP"),
        ('adapter = "evidence"\nmode = "off"', None, "no decision goes by it"),
    ):
        Path(config).write_text(
            text.replace('[group_reputation]\nadapter = "evidence"', f"[group_reputation]\n{table}")
        )
        assert run_json("groups", "--config", config).data["source"] == source
        assert words in run("groups", "--config", config).out


def test_explain_tells_what_is_known_of_the_makers(config: str) -> None:
    """By the same source that decisions go by; of two equal releases the better makers' goes first, and why."""
    good, bad = (f"The.Film.2019.1080p.WEB-DL.H.264-{group}" for group in (GOOD, BAD))
    ran = run_json("explain", bad, good, "--config", config)
    verdicts = [
        next(one for one in told["decision"]["verdicts"] if one["rule"] == "group reputation")
        for told in (ran.data, ran.data["other"])
    ]
    assert [one["figures"]["source"] for one in verdicts] == ["evidence", "evidence"]
    assert verdicts[0]["figures"]["score"] < 50 < verdicts[1]["figures"]["score"]
    assert ran.data["comparison"]["winner"] == 1
    told = " ".join(run("explain", bad, good, "--config", config).out.split())
    assert "by group reputation: " in told


def test_a_kind_of_release_has_a_table_of_its_own(config: str) -> None:
    """Another kind is another table, whose groups were seen at that kind."""
    web = run_json("groups", "--stratum", "web 1080P", "--config", config)
    assert web.data["stratum"] == "web 1080p"
    assert {one["stratum"] for one in web.data["groups"]} == {"web 1080p"}
    everything = run_json("groups", "--config", config)
    assert len(web.data["groups"]) < len(everything.data["groups"])


def test_a_kind_nobody_knows_is_refused(config: str) -> None:
    """The known kinds are listed."""
    ran = run("groups", "--stratum", "vhs 4k", "--config", config)
    assert ran.code == 2
    assert "'vhs 4k' is no kind of release" in ran.err
    assert "remux 2160p DV" in ran.err


def test_why_tells_figures_reasons_and_whose_evidence(config: str) -> None:
    """One group, for all its work and each kind, in sentences; whatever the case its name is written in."""
    data = run_json("groups", "--why", GOOD.lower(), "--config", config).data
    whole, *kinds = data["answers"]
    assert (whole["group"], whole["stratum"]) == (GOOD, None)
    assert len(kinds) >= 2
    assert any("more wanted than its rivals" in reason for reason in whole["reasons"])
    assert [one["name"] for one in data["evidence_of"]] == ["this installation"]
    assert data["evidence_of"][0]["releases"] > 20
    assert data["source"] == "evidence"
    assert data["decided_by"]
    shown = run("groups", "--why", GOOD, "--config", config).out
    assert "this installation" in shown
    assert "decisions go by evidence" in shown
    one_kind = run_json("groups", "--why", GOOD, "--stratum", kinds[0]["stratum"], "--config", config).data
    assert [one["stratum"] for one in one_kind["answers"]] == [kinds[0]["stratum"]]


def test_why_of_a_stranger_says_unknown(config: str) -> None:
    """A name nobody saw is unknown, which is an answer, and no score."""
    data = run_json("groups", "--why", "NOBODY", "--config", config).data
    assert [(one["label"], one["score"]) for one in data["answers"]] == [("unknown", None)]
    assert data["evidence_of"] == data["decided_by"] == []
    assert "never seen" in run("groups", "--why", "NOBODY", "--config", config).out


def test_why_of_what_is_no_group_is_refused(config: str) -> None:
    """A flag or a tag is told to be none."""
    ran = run("groups", "--why", "INTERNAL", "--config", config)
    assert ran.code == 2
    assert "names no group" in ran.err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "evidence: it answered a NoneType, no mapping; please report this"),
        (KeyError("oh"), "evidence: unexpected KeyError: 'oh'; please report this"),
        (..., "evidence: no answer within 0.01 s"),
    ],
)
@pytest.mark.parametrize("command", [("--why", GOOD), ("model",)])
def test_a_source_that_fails_or_hangs_is_named(
    config: str, answer: object, said: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a stranger's source does instead of answering, people get one line that names it, and in time."""

    async def do(*_: object) -> Any:
        if answer is ...:
            await asyncio.Event().wait()
        if isinstance(answer, Exception):
            raise answer
        return answer if command != ("model",) else 7

    monkeypatch.setattr(EvidenceReputation, "find_reputations", do)
    monkeypatch.setattr(EvidenceReputation, "find_model_report", do)
    for module in (group_questions, groups_model):
        monkeypatch.setattr(module, "PATIENCE", 0.01)
    ran = run("groups", *command, "--config", config)
    assert ran.code == 3
    if command == ("model",):
        said = said.replace("NoneType, no mapping", "int, no report")
    assert said in " ".join(ran.err.split())


def _change_database(config: str, *statements: str) -> None:
    with sqlite3.connect(Path(config).parent / "films.db") as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount
    connection.close()


def _json_set(table: str, path: str, value: str) -> str:
    return f"UPDATE {table} SET body = json_set(body, '$.{path}', json('{value}'))"


_CELL = "makers[0].cells[0]"


@pytest.mark.parametrize("config", [SMALL], indirect=True, ids=["small"])
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE reputation_models SET at = 'rubbish'",
        _json_set("reputation_models", "parameters.between_groups", "-1.0"),
        _json_set("reputation_models", "parameters.noise", "0.0"),
        _json_set("reputation_models", "coverage", "[1]"),
        _json_set("reputation_models", "aliases", '{"A1": "B1", "B1": "A1"}'),
        'UPDATE reputation_models SET body = replace(body, \'"between_cells":\', \'"between_cells":NaN,"x":\')',
        'UPDATE group_reputations SET body = replace(body, \'"mean":\', \'"mean":NaN,"x":\')',
        _json_set("group_reputations", f"{_CELL}.variance", "0.0"),
        _json_set("group_reputations", f"{_CELL}.day", "1000000000000"),
        _json_set("group_reputations", f"{_CELL}.pieces", "-3"),
        _json_set("group_reputations", f"{_CELL}.tally", "[1]"),
        _json_set("group_reputations", "makers", "[]"),
        _json_set("group_reputations", "spellings", '["INTERNAL"]'),
        _json_set("group_reputations", "key", '"internal"'),
    ],
)
def test_a_damaged_table_is_named_and_made_anew(config: str, damage: str) -> None:
    """One line says which row it is and what to do, and doing it helps."""
    _change_database(config, damage)
    ran = run("groups", "--why", GOOD, "--config", config)
    assert ran.code == 2
    assert "the database is damaged; 'radarr-core groups refit' makes the table anew" in ran.err
    assert run("groups", "refit", "--config", config).code == 0
    assert run("groups", "--why", GOOD, "--config", config).code == 0


@pytest.mark.parametrize("body", ["'{'", "x'00ff'", "json_set(body, '$.size', -1)"])
def test_a_damaged_release_is_passed_over(config: str, body: str) -> None:
    """One row keeps nobody from judging by the other thousands, and is written anew when the release is seen again."""
    _change_database(config, f"UPDATE release_observations SET body = {body} WHERE rowid = 5")
    assert run_json("groups", "refit", "--config", config).data["releases"]["seen"] == 2_499
    url = f"sqlite:///{Path(config).parent / 'films.db'}"
    asyncio.run(record(url, observe(1, 2_500)))
    assert run_json("groups", "refit", "--config", config).data["releases"]["seen"] == 2_500


def test_too_little_is_no_table(fresh: str) -> None:
    """Before the first fit, and with too few releases, the table says why it is empty."""
    assert "groups refit" in run_json("groups", "--config", fresh).data["why_none"]
    assert run_json("groups", "refit", "--config", fresh).code == 0
    data = run_json("groups", "--config", fresh).data
    assert data["groups"] == []
    assert "200 are needed" in data["why_none"]
    assert "no group can be judged" in run("groups", "--config", fresh).out
    assert "nothing to draw" not in run("groups", "--plot", "x.svg", "--config", fresh).out


def test_scores_are_drawn(config: str, tmp_path: Path) -> None:
    """A picture with names and intervals, the same bytes each time; its ending says of which kind it is."""
    pytest.importorskip("matplotlib")
    one, other, png = tmp_path / "one.svg", tmp_path / "other.svg", tmp_path / "one.png"
    for path in (one, other, png):
        assert run("groups", "--plot", str(path), "--config", config).code == 0
    assert one.read_bytes() == other.read_bytes()
    text = one.read_text()
    assert GOOD in text
    assert "90 % interval" in text
    assert len(text) < 200_000
    assert png.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x.poem", "no picture can be written"),
        ("no/where.svg", "no picture"),
        ("scores", "says no kind"),
        (".", "says no kind"),
    ],
)
def test_where_no_picture_can_be_drawn_is_said(config: str, name: str, said: str) -> None:
    """A kind of picture nobody knows, or a folder that is not there."""
    pytest.importorskip("matplotlib")
    ran = run("groups", "--plot", name, "--config", config)
    assert ran.code == 2
    assert said in ran.err


def test_without_the_package_the_extra_is_named(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing says what to install; the table needs nothing of it."""
    real = builtins.__import__

    def lack(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] == "matplotlib":
            raise ImportError("No module named 'matplotlib'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", lack)
    ran = run("groups", "--plot", "x.svg", "--config", config)
    assert ran.code == 2
    assert "pip install 'radarr-core[plot]'" in ran.err
    assert run("groups", "--config", config).code == 0


def test_an_export_is_a_file_without_titles(config: str, tmp_path: Path) -> None:
    """Who made it, when, and counts; what was seen of films and where stays at home. No file is overwritten."""
    file = tmp_path / "mine.json"
    ran = run_json("groups", "export", str(file), "--by", "Anna of the harbour", "--config", config)
    assert (ran.data["done"], ran.data["made_by"], ran.data["shared"]) == ("exported", "Anna of the harbour", [])
    text = file.read_text("utf-8")
    assert json.loads(text)["made_by"] == "Anna of the harbour"
    assert "1-" not in "".join(part for part in text.split('"') if part.startswith("1-"))
    again = run("groups", "export", str(file), "--by", "Anna", "--config", config)
    assert (again.code, "is there already" in again.err) == (2, True)
    assert file.read_text("utf-8") == text


def test_nothing_is_no_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that saw nothing has nothing to hand on."""
    prepare(tmp_path, monkeypatch)
    path = str(make_installation(tmp_path / "empty", releases=1))
    ran = run("groups", "export", str(tmp_path / "x.json"), "--by", "Anna", "--config", path)
    assert (ran.code, "no evidence" in ran.err) == (2, True)
    assert not (tmp_path / "x.json").exists()


def dump(config: str) -> list[str]:
    """Everything the database of an installation holds."""
    with sqlite3.connect(Path(config).parent / "films.db") as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def spoil(change: Callable[[str], str]) -> Callable[[Path], None]:
    """Rewrite a file."""
    return lambda path: path.write_text(change(path.read_text("utf-8")), "utf-8") and None


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (spoil(lambda text: text[: len(text) // 2]), "cut off"),
        (spoil(lambda text: text.replace('"version": 1', '"version": 9', 1)), "version 9"),
        (spoil(lambda text: text.replace('"pieces": 1', '"pieces": 100000', 1)), "checksum does not fit"),
        (spoil(lambda text: text.replace('"pieces": 1', '"pieces": -1', 1)), "checksum does not fit"),
        (spoil(lambda text: text.replace('"pieces": 1', '"pieces": Infinity', 1)), "whole number"),
        (lambda path: path.unlink(), "no such file"),
        (lambda path: (path.unlink(), path.symlink_to("/dev/zero")), "is a device"),
    ],
)
def test_bad_files_change_nothing(config: str, tmp_path: Path, trouble: Callable[[Path], None], said: str) -> None:
    """What was cut off, changed, of another version or not there gives one error, and no row is written."""
    other = str(make_installation(tmp_path / "there", seed=2))
    file = tmp_path / "theirs.json"
    run("groups", "export", str(file), "--by", "Ben", "--config", other)
    trouble(file)
    before = dump(config)
    ran = run("groups", "import", str(file), "--config", config)
    assert (ran.code, said in ran.err, str(file) in ran.err) == (2, True, True)
    assert run_json("groups", "import", str(file), "--config", config).data["file"] == str(file)
    assert dump(config) == before


def test_evidence_counts_once(config: str, tmp_path: Path) -> None:
    """The same evidence is refused a second time under whatever name, and so is one's own."""
    other = str(make_installation(tmp_path / "there", seed=2))
    mine, theirs = tmp_path / "mine.json", tmp_path / "theirs.json"
    run("groups", "export", str(mine), "--by", "Anna", "--config", config)
    run("groups", "export", str(theirs), "--by", "Ben", "--config", other)
    assert run_json("groups", "import", str(theirs), "--config", config).data["shared"][0]["name"] == "Ben"
    for name in ("Ben", "Benjamin"):
        again = run("groups", "import", str(theirs), "--as", name, "--config", config)
        assert (again.code, "was taken in before, as 'Ben'" in again.err) == (2, True)
    own = run("groups", "import", str(mine), "--config", config)
    assert (own.code, "this very installation" in own.err) == (2, True)


def test_half_a_character_in_a_name_can_be_handed_on(tmp_path: Path) -> None:
    """Indexers send names that no file can hold as they are; all other evidence can be shared."""
    seen = [observe_release(number, "TI\ud800DE", movie=f"film {number}") for number in range(60)]
    sums = measure(seen, StratumTables.of(survey(seen, at=AT)), at=AT)
    assert sums.cells
    write_evidence(tmp_path / "mine.json", EvidenceSummary(made_by="Anna", made_at=AT, sums=sums))
    assert read_evidence(tmp_path / "mine.json").sums == sums


def test_forgetting_a_stranger_is_an_error(config: str) -> None:
    """A name under which nothing was taken in is said, with the known ones."""
    ran = run("groups", "forget", "Ben", "--config", config)
    assert (ran.code, "nothing was taken in as 'Ben'; known are none" in ran.err) == (2, True)


@pytest.mark.parametrize("config", [SMALL], indirect=True, ids=["small"])
@pytest.mark.parametrize("name", ["", " ", "a\x1bb", "a" * 81])
def test_evidence_has_a_maker_that_can_be_read(config: str, tmp_path: Path, name: str) -> None:
    """A blank, endless or steering name is refused, and nothing written."""
    ran = run("groups", "export", str(tmp_path / "x.json"), "--by", name, "--config", config)
    assert (ran.code, "printable characters" in ran.err) == (2, True)
    assert not (tmp_path / "x.json").exists()


def write_tiers(folder: Path) -> Path:
    """A list that has the good group in the first tier, for web releases, and the bad one among those to avoid."""
    lists = {
        "WEB Tier 01": [condition("group", value=f"^({GOOD})$"), condition("source")],
        "LQ": [condition("group", value=f"^({BAD})$")],
    }
    folder.mkdir()
    for name, conditions in lists.items():
        (folder / f"{name}.json").write_text(json.dumps({"name": name, "specifications": conditions}))
    return folder


@pytest.mark.parametrize(
    ("table", "group", "said"),
    [
        ('adapter = "tier_list"\npath = {path}', GOOD, [("web 1080p", "trusted", "listed")]),
        ('adapter = "tier_list"\npath = {path}', BAD, [("web 1080p", "poor", "listed")]),
        (
            'adapter = "chain"\nsources = [{{adapter = "evidence"}}, {{adapter = "tier_list", path = {path}}}]',
            GOOD,
            [("web 1080p", "trusted", "listed")],
        ),
        (
            'adapter = "blend"\ntiers = {{adapter = "tier_list", path = {path}}}',
            GOOD,
            [("web 1080p", "ordinary", "listed")],
        ),
    ],
    ids=["good on a list", "bad on a list", "chain", "blend"],
)
def test_every_source_can_be_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, group: str, said: list[tuple[str, str, str]]
) -> None:
    """A list, a chain and a blend are chosen in the configuration, with the tables of their sources in their own."""
    prepare(tmp_path, monkeypatch)
    lists = json.dumps(str(write_tiers(tmp_path / "lists")))
    path = make_installation(tmp_path / "here", releases=20, group_reputation=table.format(path=lists))
    data = run_json("groups", "--why", group, "--stratum", "web 1080p", "--config", str(path)).data
    found = [(one["stratum"], one["label"], one["evidence"]) for one in data["decided_by"]]
    assert data["source"] == table.split('"')[1]
    assert found == said


def test_kinds_a_source_says_the_same_of_are_one_line_with_its_reasons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of which a group stands in is named once, not once for each kind of release, at 80 columns."""
    prepare(tmp_path, monkeypatch)
    lists = json.dumps(str(write_tiers(tmp_path / "lists")))
    path = make_installation(tmp_path / "here", releases=20, group_reputation=f'adapter = "tier_list"\npath = {lists}')
    lines = run("groups", "--why", GOOD, "--config", str(path)).out.partition("decisions go by tier_list\n")[2]
    assert lines.startswith("  88 (80 - 95), trusted, listed: ")
    assert "web 1080p, " in lines
    assert lines.count("88 (80 - 95)") == lines.count("    stands in tier 1 of WEB") == 1
    assert all(line.startswith("  ") and len(line) <= 80 for line in lines.splitlines())


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('adapter = "chain"\nsources = [{adapter = "poem"}]', "group_reputation.sources[0].adapter"),
        ('adapter = "chain"\nsources = [{adapter = "tier_list"}]', "group_reputation.sources[0].path: is missing"),
        ('adapter = "blend"\ntiers = {adapter = "tier_list", path = "/nowhere"}', "'/nowhere'"),
        ('adapter = "blend"\ntiers = {adapter = "tier_list", path = "x", depth = 3}', "group_reputation.tiers.depth"),
        ('adapter = "blend"\ntiers = "tier_list"', "group_reputation.tiers: expected a table"),
    ],
)
def test_what_is_wrong_with_a_source_is_said_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, said: str
) -> None:
    """A mistake in a table inside another one is told with the whole way to it."""
    prepare(tmp_path, monkeypatch)
    path = make_installation(tmp_path / "here", releases=20, group_reputation=table)
    ran = run("groups", "--config", str(path))
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_the_examples_of_the_documentation_are_what_is_printed(config: str) -> None:
    """The page shows the program's real answers, as far as it shows them."""
    page = (ROOT / "docs" / "how-to" / "know-your-groups.md").read_text("utf-8")
    for command in (["groups"], ["groups", "--why", "harbor"]):
        shown = page.split(f"$ radarr-core {' '.join(command)}\n")[1].split("```")[0]
        printed = [line.split() for line in run(*command, "--config", config).out.splitlines()]
        for line in shown.splitlines():
            assert line.split() in printed or line == "..." or set(line) == {"─"}, line


def read_words(picture: Path) -> list[str]:
    """The texts of a picture, which do not hang on where they stand."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture.read_text("utf-8"))


def test_the_picture_of_the_documentation_is_current(tmp_path: Path) -> None:
    """The picture on the page is the one that its example draws now, and small."""
    pytest.importorskip("matplotlib")
    folder = ROOT / "docs" / "explanation"
    drawing = runpy.run_path(str(folder / "draw_scene_groups.py"))
    drawing["draw"](tmp_path / "now.svg")
    words = read_words(folder / "scene-groups.svg")
    assert words == read_words(tmp_path / "now.svg")
    assert "trusted" in words
    assert (folder / "scene-groups.svg").stat().st_size < 100_000
