"""`radarr-core lint`: mistakes in profiles and formats, all at once, with an exit code a script can go by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.adapters.cli_support import move_home, run, run_json
from tests.adapters.guides import CONFLICTS, PROFILE, TIER, condition, custom_format, write, write_guides

HD = "quality-profiles/hd-bluray-web.json"
BROKEN = custom_format(20, "Broken", {"default": 5}, condition("ReleaseTitle", "web^dl", name="Never"))
LOST = custom_format(
    21, "Lost", {"default": 5},
    condition("Source", 7, name="WEBDL", required=True), condition("Source", 9, name="Bluray", required=True),
)  # fmt: skip
UHD = custom_format(22, "UHD", {"default": 5}, condition("Resolution", 2160, name="2160p"))
ALWAYS = custom_format(23, "Always", {"default": 5}, condition("ReleaseTitle", "a*", name="Any"))


@pytest.fixture(autouse=True)
def guides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The guides in the working folder, and a home without any configuration."""
    move_home(tmp_path, monkeypatch)
    return write_guides(tmp_path)


def lint(*args: str) -> tuple[int, list[tuple[str, str, str | None]], Any]:
    """Exit code, the findings' severities, problems and formats, and the whole answer."""
    ran = run_json("lint", *args)
    found = [(each["severity"], each["problem"], each["format"]) for each in ran.data["findings"]]
    assert ran.data["exit_code"] == ran.code
    return ran.code, found, ran.data


def with_formats(*formats: Any) -> str:
    """The guides' profile with further formats in it, in the files of a folder of their own."""
    for each in formats:
        write(Path("cf") / f"{each['name']}.json", each)
    items = {**PROFILE["formatItems"], **{each["name"]: each["trash_id"] for each in formats}}
    write(Path(HD), {**PROFILE, "formatItems": items, "cutoffFormatScore": 100})
    return HD


def test_a_sound_profile_ends_with_0() -> None:
    """Nothing is said where nothing is wrong."""
    code, found, data = lint("--profile", with_formats())
    assert (code, found) == (0, [])
    assert (data["formats"], data["profiles"], data["format_folder"]) == (5, ["Harbor HD"], str(Path.cwd() / "cf"))
    assert run("lint", "--profile", HD).out.strip() == "0 errors and 0 warnings in 5 formats and 1 profile"


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        ((BROKEN,), [("error", "pattern never matches", "Broken"), ("error", "unreachable format", "Broken")]),
        ((LOST,), [("error", "unreachable format", "Lost")]),
        ((UHD,), [("warning", "unreachable format", "UHD")]),
        ((ALWAYS,), [("warning", "pattern always matches", "Always")]),
    ],
)
def test_errors_end_with_1_and_warnings_with_0(formats: Any, expected: list[tuple[str, str, str]]) -> None:
    """What cannot have been meant is an error; what may have been is a warning. Each is told once."""
    code, found, data = lint("--profile", with_formats(*formats))
    assert found == expected
    assert code == (1 if any(severity == "error" for severity, _, _ in expected) else 0)
    assert (data["errors"], data["warnings"]) == (
        sum(severity == "error" for severity, _, _ in expected),
        sum(severity == "warning" for severity, _, _ in expected),
    )


def test_a_cutoff_out_of_reach_is_a_warning_and_a_minimum_is_an_error() -> None:
    """The guides set cutoffs so on purpose; under a minimum nobody reaches nothing is ever accepted."""
    write(Path(HD), {**PROFILE, "minFormatScore": 5000})
    code, found, _ = lint("--profile", HD)
    assert code == 1
    assert found == [("error", "minimum cannot be reached", None), ("warning", "cutoff cannot be reached", None)]


def test_conflicts_are_found_where_the_guides_list_lies_beside() -> None:
    """Two formats that the guides say not to score together."""
    write(Path("conflicts.json"), CONFLICTS)
    code, found, _ = lint("--profile", with_formats())
    assert (code, found) == (1, [("error", "conflict", "Harbor Tier")])


def test_scores_for_formats_that_are_not_there() -> None:
    """A misspelt name gives a score to nothing; deciding would refuse it."""
    write(Path("radarr.toml"), '[formats]\nfolder = "cf"\n[profiles.Mine]\nallowed = ["CAM"]\ncutoff = "CAM"\n'
          "format_scores = { Repak = 5 }\n")  # fmt: skip
    code, found, data = lint()
    assert (code, found) == (1, [("error", "unknown format", "Repak")])
    assert (data["profiles"], data["findings"][0]["profile"], data["configuration"]) == (
        ["Mine"],
        "Mine",
        "radarr.toml",
    )


def test_formats_are_looked_at_without_a_profile() -> None:
    """A folder alone is enough."""
    with_formats(BROKEN, LOST)
    code, found, data = lint("--formats", "cf")
    assert code == 1
    assert {name for _, _, name in found} == {"Broken", "Lost"}
    assert data["profiles"] == []


def test_all_that_cannot_be_read_is_told_at_once(guides: Path) -> None:
    """One broken file hides neither another nor what is wrong with the rest."""
    write(guides / "cf" / "a.json", "{")
    write(guides / "cf" / "b.json", {**TIER, "specifications": [condition("Mood", 1, name="m")]})
    broken = '[formats]\nfolder = "cf"\n[profiles.A]\nfile = "no.json"\n[profiles.B]\nallowed = 3\n'
    sound = '[profiles.C]\nallowed = ["CAM"]\ncutoff = "CAM"\ncutoff_format_score = 99999\n'
    write(guides / "radarr.toml", broken + sound)
    code, found, data = lint()
    assert code == 1
    assert [(each["file"], each["key"]) for each in data["findings"] if each["problem"] == "cannot be used"] == [
        ("radarr.toml", "profiles.A.file"),
        ("radarr.toml", "profiles.B.allowed"),
        ("cf/a.json", None),
        ("cf/b.json", "specifications[0].implementation"),
    ]
    assert ("warning", "cutoff cannot be reached", None) in found
    assert data["profiles"] == ["C"]


def test_a_profile_may_be_named(guides: Path) -> None:
    """One of the configuration, a built-in one, or a file."""
    write(guides / "radarr.toml", '[profiles.A]\nallowed = ["CAM"]\ncutoff = "CAM"\n[profiles.B]\nallowed = 3\n')
    assert lint("--profile", "A")[0] == 0
    assert lint("--profile", "HD-1080p")[2]["profiles"] == ["HD-1080p"]
    assert lint("--profile", "B")[0] == 1
    assert lint("--profile", "no.json")[2]["findings"][0]["file"] == "no.json"
    write(guides / "radarr.toml", "profiles = 3")
    assert lint()[2]["findings"][0]["key"] == "profiles"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "there is nothing to look at"),
        (("--profile", "Nope"), "no quality profile is called 'Nope'; known are Any"),
        (("--config", "missing.toml"), "missing.toml"),
    ],
)
def test_says_what_is_accepted(args: tuple[str, ...], words: str) -> None:
    """A wrong argument ends with 2 and one line."""
    ran = run("lint", *args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_people_see_errors_first_within_80_columns() -> None:
    """Each finding with what it is about; the exit code is the same as for data."""
    ran = run("lint", "--profile", with_formats(ALWAYS, BROKEN))
    assert ran.code == 1
    assert max(len(line.rstrip()) for line in ran.out.splitlines()) <= 80
    assert ran.out.index("pattern never matches") < ran.out.index("pattern always matches")
    assert "format Broken" in ran.out
    assert "2 errors and 1 warning in 7 formats and 1 profile" in ran.out
