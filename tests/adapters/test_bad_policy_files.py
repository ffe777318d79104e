# ruff: noqa: E501 - one case a line
"""Bad profiles, formats and size tables: one clear error each that names file, key and reason, whoever reads them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from radarr_adapters.policy_files import read_format_folder, read_profile_file, read_size_file
from radarr_core.domain.custom_formats import FormatSet
from radarr_core.domain.decisions import Policy, Situation, decide
from radarr_core.domain.decisions.profiles import profile_from_data
from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import Release
from radarr_core.errors import PolicyDataError
from tests.adapters.cli_support import move_home, run, run_json
from tests.adapters.guides import PROFILE, REPACK, SIZES, Data, condition, custom_format, write, write_guides
from tests.adapters.test_cli_rendering import NOW

NAME = "The.Film.2019.1080p.WEB-DL.H.264-TIDE"
HUGE = "9" * 5000


@pytest.fixture(autouse=True)
def guides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The guides in the working folder, and a home without any configuration."""
    move_home(tmp_path, monkeypatch)
    return write_guides(tmp_path)


def changed(data: Data, **changes: Any) -> Data:
    """The data with some keys changed, or removed by None."""
    return {key: value for key, value in {**data, **changes}.items() if value is not None}


def spec(**changes: Any) -> Data:
    """A format whose one condition is changed."""
    return changed(REPACK, specifications=[changed(REPACK["specifications"][0], **changes)])


def kind(implementation: str, **fields: Any) -> Data:
    """A format of one condition of that type."""
    return spec(implementation=implementation, fields=fields)


ENDLESS = json.dumps(kind("SizeSpecification", min=0, max=0.5)).replace("0.5", "1e999")

# Whatever the file is for: what cannot be read at all.
UNREADABLE: list[tuple[str, Any, str | None, str]] = [
    ("not json", "{", None, "is no JSON: Expecting property name"),
    ("empty", "", None, "is no JSON: Expecting value: line 1"),
    ("binary", b"\xff\xfe\x00", None, "is no UTF-8 text: byte 0 is invalid start byte"),
    ("mark", b"\xef\xbb\xbf{}", None, "begins with a byte order mark; save it as UTF-8 without one"),
    ("not a number", '{"name": NaN}', None, "is no JSON: NaN is no number"),
    ("infinity", '{"name": -Infinity}', None, "is no JSON: -Infinity is no number"),
    ("long number", f'{{"name": {HUGE}}}', None, "is no JSON: Exceeds the limit"),
    ("deep", "[" * 100_000, None, "is nested too deeply"),
    ("twice", '{"name": "a", "name": "b"}', "name", "stands twice in one object"),
    ("large", " " * 1_000_001, None, "cannot be read: it is larger than 1000000 bytes"),
]

FORMATS: list[tuple[str, Any, str | None, str]] = [
    *UNREADABLE,
    ("list", "[]", None, "must be an object, not []"),
    ("null", "null", None, "must be an object, not None"),
    ("no name", changed(REPACK, name=None), "name", "is missing"),
    ("blank name", changed(REPACK, name=" "), "name", "may not be blank"),
    ("name", changed(REPACK, name=5), "name", "must be a text, not 5"),
    ("id", changed(REPACK, trash_id=5), "trash_id", "must be a text, not 5"),
    ("same id", changed(REPACK, name="Other"), "trash_id", "stands twice, also in 'cf/bad.json'"),
    ("same name", changed(REPACK, trash_id="9" * 32), "name", "'Repack' stands twice, also in 'cf/bad.json'"),
    ("score", changed(REPACK, trash_scores={"default": "5"}), "trash_scores.default", "must be a whole number, not '5'"),
    ("half", changed(REPACK, trash_scores={"default": 5.5}), "trash_scores.default", "must be a whole number, not 5.5"),
    ("true", changed(REPACK, trash_scores={"default": True}), "trash_scores.default", "must be a whole number, not True"),
    ("huge", changed(REPACK, trash_scores={"default": 2**31}), "trash_scores.default", "must be between -2147483647 and"),
    ("no conditions", changed(REPACK, specifications=[]), "specifications", "needs at least one condition"),
    ("conditions", changed(REPACK, specifications={}), "specifications", "must be a list, not {}"),
    ("condition", changed(REPACK, specifications=["x"]), "specifications[0]", "must be an object, not 'x'"),
    ("unknown", kind("MoodSpecification", value=1), "specifications[0].implementation", "'MoodSpecification'; known are"),
    ("no field", kind("SourceSpecification"), "specifications[0].fields.value", "is missing"),
    ("field", kind("SourceSpecification", value=7, x=1), "specifications[0].fields.x", "has no such field, only value"),
    ("value", kind("SourceSpecification", value=99), "specifications[0].fields.value", "99 is no source; known are"),
    ("text", kind("SourceSpecification", value="7"), "specifications[0].fields.value", "must be a whole number, not '7'"),
    ("size", kind("SizeSpecification", min=5, max=1), "specifications[0].fields", "sizes need 0 <= min < max"),
    ("endless", ENDLESS, "specifications[0].fields.max", "not inf"),
    ("year", kind("YearSpecification", min=10**400, max=1), "specifications[0].fields.min", "must be between"),
    ("language", kind("LanguageSpecification", value=999), "specifications[0].fields.value", "number of no language"),
    ("pattern", kind("ReleaseTitleSpecification", value="(a"), "specifications[0].fields.value", "'(a' cannot be used:"),
    ("blank", kind("ReleaseTitleSpecification", value=""), "specifications[0].fields.value", "cannot be used:"),
    ("repeat", kind("ReleaseTitleSpecification", value="*"), "specifications[0].fields.value", "'*' cannot be used:"),
    ("negate", spec(negate="no"), "specifications[0].negate", "must be true or false, not 'no'"),
]  # fmt: skip

NESTED = {"name": "G", "allowed": True, "items": ["HDTV-720p", {"name": "H", "items": ["SDTV"]}]}
PROFILES: list[tuple[str, Any, str | None, str]] = [
    *UNREADABLE,
    ("list", "[]", None, "a profile is an object, not a list"),
    ("no name", changed(PROFILE, name=None), "name", "is missing"),
    ("upgrade", changed(PROFILE, upgradeAllowed="yes"), "upgradeAllowed", "must be true or false, not 'yes'"),
    ("score", changed(PROFILE, minFormatScore="5"), "minFormatScore", "must be a whole number, not '5'"),
    ("huge", changed(PROFILE, cutoffFormatScore=10**400), "cutoffFormatScore", "must be between"),
    ("minimum", changed(PROFILE, minFormatScore=9999), "minFormatScore", "9999 cannot be reached; all formats that"),
    ("increment", changed(PROFILE, minUpgradeFormatScore=0), "minUpgradeFormatScore", "must be at least 1, not 0"),
    ("language", changed(PROFILE, language="Klingon"), "language", "no language is called 'Klingon'"),
    ("cutoff", changed(PROFILE, cutoff="WEBDL-1080p"), "cutoff", "'WEBDL-1080p' is no allowed item; allowed are"),
    ("items", changed(PROFILE, items={}), "items", "must be a list, not {}"),
    ("none", changed(PROFILE, items=[]), "items", "no quality is allowed"),
    ("quality", changed(PROFILE, items=[{"name": "VHS", "allowed": True}]), "items[0].name", "no quality is called 'VHS'"),
    ("itself", changed(PROFILE, items=[{"name": "G", "allowed": True, "items": ["G", "SDTV"]}]), "items[0].items",
     "the group 'G' holds itself"),
    ("each other", changed(PROFILE, items=[{"name": "G", "allowed": True, "items": ["H", "SDTV"]},
                                           {"name": "H", "allowed": True, "items": ["G", "DVD"]}]), "items[0].items",
     "no quality is called 'H'"),
    ("nested", changed(PROFILE, items=[NESTED]), "items[0].items[1]", "must be a text, not {"),
    ("twice", changed(PROFILE, items=[*PROFILE["items"], {"name": "WEBDL-1080p", "allowed": True}]), "items[3]",
     "'WEBDL-1080p' stands twice"),
    ("format", changed(PROFILE, formatItems={"Gone": "9" * 32}), "formatItems.Gone", "no format has the id '9999"),
    ("own", {"allowed": ["CAM"]}, "cutoff", "is missing; expected a text"),
    ("own quality", {"allowed": ["VHS"], "cutoff": "VHS"}, "allowed", "no such quality: VHS; known are"),
    ("own cutoff", {"allowed": ["CAM"], "cutoff": "DVD"}, "cutoff", "'DVD' is no allowed item; allowed are CAM"),
    ("own key", {"allowed": ["CAM"], "cutoff": "CAM", "colour": 1}, "colour", "there is no such setting; known are"),
    ("own score", {"allowed": ["CAM"], "cutoff": "CAM", "format_scores": {"Gone": 5}}, "format_scores.Gone", "no such format"),
    ("own minimum", {"allowed": ["CAM"], "cutoff": "CAM", "min_format_score": 9999}, "min_format_score", "cannot be reached"),
]  # fmt: skip

ROW = SIZES["qualities"][0]
SIZE_TABLES: list[tuple[str, Any, str | None, str]] = [
    *UNREADABLE,
    ("list", "[]", None, "must be an object, not []"),
    ("no type", changed(SIZES, type=None), "type", "is missing"),
    ("quality", changed(SIZES, qualities=[{**ROW, "quality": "VHS"}]), "qualities[0].quality", "no quality is called"),
    (
        "order",
        changed(SIZES, qualities=[{**ROW, "min": 300}]),
        "qualities[0].min",
        "size limits of WEBDL-1080p must be",
    ),
    ("text", changed(SIZES, qualities=[{**ROW, "max": "200"}]), "qualities[0].max", "must be a number, not '200'"),
    ("twice", changed(SIZES, qualities=[ROW, ROW]), "qualities[1].quality", "stands twice"),
]


def ids(case: Any) -> str | None:
    """The first word of a case says what is wrong."""
    return case[0].replace(" ", "-") if isinstance(case, tuple) else None


def hold_to(error: PolicyDataError, file: str, key: str | None, reason: str) -> None:
    """File, key and reason, in this order and in one short message without a traceback of others."""
    assert (str(error.file), error.key) == (file, key)
    assert reason in error.reason
    assert str(error) == ": ".join(part for part in (file, key, error.reason) if part)
    assert len(str(error)) < 1500


def hold_answers_to(args: tuple[str, ...], file: str, key: str | None, reason: str) -> None:
    """The command line says the same in one line, and as data; it ends with 2."""
    ran = run("explain", NAME, *args)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert file in ran.err
    assert reason in ran.err
    data = run_json("explain", NAME, *args).data
    assert (data["file"], data["key"]) == (file, key)
    assert reason in data["message"]


@pytest.mark.parametrize("case", FORMATS, ids=ids)
def test_a_bad_format(case: tuple[str, Any, str | None, str], guides: Path) -> None:
    """Read from its folder, explained with, and linted."""
    _, content, key, reason = case
    write(guides / "cf" / "bad.json", content)
    file = "cf/repack.json" if "stands twice, also" in reason else "cf/bad.json"
    (problem,) = read_format_folder(Path("cf")).problems
    hold_to(problem, file, key, reason)
    hold_answers_to(("--formats", "cf"), file, key, reason)
    (finding,) = (each for each in run_json("lint", "--formats", "cf").data["findings"] if each["file"])
    assert (finding["severity"], finding["file"], finding["key"]) == ("error", file, key)
    assert reason in finding["sentence"]


@pytest.mark.parametrize("case", PROFILES, ids=ids)
def test_a_bad_profile(case: tuple[str, Any, str | None, str], guides: Path) -> None:
    """Read from its file, explained with, and named by a configuration."""
    _, content, key, reason = case
    write(guides / "mine.json", content)
    folder = read_format_folder(Path("cf"))
    with pytest.raises(PolicyDataError) as caught:
        read_profile_file(Path("mine.json"), folder).build(folder)
    hold_to(caught.value, "mine.json", key, reason)
    hold_answers_to(("--profile", "mine.json", "--formats", "cf"), "mine.json", key, reason)
    write(guides / "radarr.toml", '[formats]\nfolder = "cf"\n[profiles.Mine]\nfile = "mine.json"\n')
    answer = run_json("explain", NAME).data
    assert (answer["file"], answer["key"]) == ("radarr.toml", "profiles.Mine.file")
    assert f"mine.json: {f'{key}: ' if key else ''}" in answer["message"]
    assert reason in answer["message"]


@pytest.mark.parametrize("case", SIZE_TABLES, ids=ids)
def test_a_bad_table_of_sizes(case: tuple[str, Any, str | None, str], guides: Path) -> None:
    """Read from its file, and named by a configuration."""
    _, content, key, reason = case
    write(guides / "sizes.json", content)
    with pytest.raises(PolicyDataError) as caught:
        read_size_file(Path("sizes.json"))
    hold_to(caught.value, "sizes.json", key, reason)
    write(guides / "radarr.toml", '[quality_sizes]\nfile = "sizes.json"\n')
    ran = run("explain", NAME)
    assert ran.code == 2
    assert ran.err.startswith("radarr-core: radarr.toml: quality_sizes.file: sizes.json: ")
    assert reason in ran.err


@pytest.mark.parametrize("where", ["--profile", "--formats"])
def test_what_is_no_file(where: str, guides: Path) -> None:
    """A folder, a device that never ends, a pipe nobody writes to, a link to nothing: none of them is waited for."""
    (guides / "folder.json").mkdir()
    os.mkfifo(guides / "pipe.json")
    (guides / "link.json").symlink_to("gone.json")
    (guides / "loop.json").symlink_to("loop.json")
    (guides / "zero.json").symlink_to("/dev/zero")
    for name, reason in (
        ("folder", "cannot be read: it is a folder"), ("pipe", "it is no ordinary file"),
        ("link", "there is no such file"), ("loop", "cannot be read: Too many levels"), ("zero", "it is no ordinary file"),
    ):  # fmt: skip
        if where == "--profile":
            hold_answers_to((where, f"{name}.json"), f"{name}.json", None, reason)
        else:
            (guides / name).mkdir()
            (guides / f"{name}.json").rename(guides / name / f"{name}.json")
            hold_answers_to((where, name), f"{name}/{name}.json", None, reason)


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own word for it is passed on; whoever runs the tests may read everything, so it is acted out."""

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PolicyDataError) as caught:
        read_size_file(Path("quality-size/movie.json"))
    hold_to(caught.value, "quality-size/movie.json", None, "cannot be read: Permission denied")


@pytest.mark.parametrize("name", ["\0.json", "x" * 5000 + ".json", "x" * 5000])
def test_a_name_no_file_can_have(name: str) -> None:
    """It is one error like any other."""
    with pytest.raises(PolicyDataError, match="cannot be read"):
        read_profile_file(Path(name))
    for command in (("explain", NAME), ("lint",)):
        ran = run_json(*command, "--profile", name)
        assert ran.code == (2 if command[0] == "explain" or not name.endswith(".json") else 1)
    assert run("explain", NAME, "--profile", name).code == 2


# -- bombs -------------------------------------------------------------------------------------------------------------

BOMB_PROFILE = "quality-profiles/bomb.json"
BOMB_NAME = f"The.Film.2019.1080p.WEB-DL.{'a' * 40}!"


@pytest.mark.parametrize("pattern", ["(a|a)+$", "(a|aa)+$"])
def test_a_pattern_that_would_never_end_loads_and_a_run_ends_with_it_named(pattern: str, guides: Path) -> None:
    """Explaining and deciding name the offender; it is unknown, neither a match nor none."""
    bomb = custom_format(66, "Bomb", {"default": 100}, condition("ReleaseTitle", pattern, name="b"))
    write(guides / "cf" / "bomb.json", bomb)
    write(guides / BOMB_PROFILE, changed(PROFILE, formatItems={"Bomb": bomb["trash_id"]}, minFormatScore=50))
    data = run_json("explain", BOMB_NAME, "--profile", BOMB_PROFILE).data
    assert data["formats"]["slow_patterns"] == [pattern]
    rule = next(each for each in data["decision"]["verdicts"] if each["rule"] == "custom format score")
    assert rule["outcome"] == "unknown"
    assert f"{pattern} took too long" in rule["sentence"]
    assert f"took too long, so nobody can tell: {pattern}" in run("explain", BOMB_NAME, "--profile", BOMB_PROFILE).out

    folder = read_format_folder(Path("cf"))
    profile = profile_from_data(read_profile_file(Path(BOMB_PROFILE), folder).data)
    policy = Policy(profiles={"HD-1080p": evolve(profile, name="HD-1080p")}, formats=FormatSet(folder.formats))
    offers = [Release(indexer="i", guid=str(n), title=BOMB_NAME, magnet_url="magnet:?") for n in range(50)]
    table = decide(offers, wanted=Movie(title="The Film", year=2019), policy=policy, situation=Situation(), now=NOW)
    for decision in table:
        assert "Bomb" in decision.undecided_formats
        (verdict,) = (each for each in decision.verdicts if each.rule == "custom format score")
        assert f"{pattern} took too long" in verdict.sentence


def test_sound_files_are_sound() -> None:
    """What the cases change is read without a complaint, so that each fails for its own reason."""
    folder = read_format_folder(Path("cf")).check()
    assert read_profile_file(Path("quality-profiles/hd-bluray-web.json"), folder).build(folder).name == "Harbor HD"
    assert read_size_file(Path("quality-size/movie.json"))
    assert json.loads(Path("cf/repack.json").read_text()) == REPACK
