"""`radarr-core explain` with custom formats, files of profiles, and two names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.cli_support import move_home, run, run_json
from tests.adapters.guides import BIG, PROFILE, REPACK, condition, custom_format, write, write_guides

SNAPSHOTS = Path(__file__).parent / "snapshots"
TIDE = "The.Film.2019.PROPER.1080p.WEB-DL.DDP5.1.H.264-TIDE"
DOCK = "The.Film.2019.1080p.BluRay.x264-DOCK"
WAVE = "The.Film.2019.1080p.WEB-DL.H.264-WAVE"
CAM = "The.Film.2019.HDCAM.x264-SEAT"
HD = "quality-profiles/hd-bluray-web.json"
BOMBS = {
    name: custom_format(90 + len(name), name, {}, condition("ReleaseTitle", name, name="b"))
    for name in ("(a|a)+$", "(a|aa)+$")
}
BOMB_NAME = f"The.Film.2019.1080p.WEB-DL.{'a' * 40}!"


@pytest.fixture(autouse=True)
def guides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The guides in the working folder, and a home without any configuration."""
    move_home(tmp_path, monkeypatch)
    for name, data in BOMBS.items():
        write(tmp_path / "bombs" / f"{len(name)}.json", data)
    return write_guides(tmp_path)


CASES = {
    "one-name": (TIDE, "--profile", HD, "--size", "4 GB", "--seeders", "12"),
    "no-formats": (WAVE,),
    "two-names": (TIDE, DOCK, "--profile", HD, "--size", "4 GB", "--size", "20 GB"),
    "rejected": (CAM, WAVE, "--profile", HD, "--size", "4 GB"),
    "refused-name": ("Show.S01E02.720p.WEB-DL.DDP5.1.H.264-TIDE", "--profile", HD, "--movie", "Show (2020)"),
    "bombs": (BOMB_NAME, "--formats", "bombs"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_people_see_is_what_was_looked_at(name: str) -> None:
    """The whole answer at exactly 80 columns, compared with a text that a person read and found right.

    With `RADARR_WRITE_SNAPSHOTS=1` the texts are written anew; read them before they are committed.
    """
    ran = run("explain", *CASES[name], env={"COLUMNS": "80"})
    assert (ran.code, ran.err) == (0, "")
    seen = "".join(f"{line.rstrip()}\n" for line in ran.out.splitlines())
    assert max(map(len, seen.splitlines())) <= 80
    path = SNAPSHOTS / f"explain-{name}.txt"
    if os.environ.get("RADARR_WRITE_SNAPSHOTS"):
        path.write_text(seen, "utf-8")
    assert seen == path.read_text("utf-8")


def test_every_snapshot_is_compared() -> None:
    """A text that nothing is compared with would only look like a test."""
    assert {path.stem for path in SNAPSHOTS.glob("explain-*")} == {f"explain-{name}" for name in CASES}


def explain(*args: str) -> Any:
    """The answer as data, held to its schema."""
    ran = run_json("explain", *args)
    assert ran.code == 0
    return ran.data


# -- formats -----------------------------------------------------------------------------------------------------------


def test_formats_are_told_with_every_condition() -> None:
    """Score, score set and, for each condition, the stretch of the name or the fact it went by."""
    data = explain(TIDE, "--profile", HD)
    assert (data["profile"], data["profile_file"], data["format_folder"]) == ("Harbor HD", HD, str(Path.cwd() / "cf"))
    assert data["format_groups"] == ["Unwanted"]
    formats = data["formats"]
    assert (formats["score"], formats["score_set"]) == (1745, "special")
    scores = {each["name"]: (each["score"], each["score_set"]) for each in formats["matching"]}
    assert scores == {"Harbor Tier": (1700, "special"), "Repack": (5, "default"), "Surround": (40, "default")}
    for each in formats["matching"]:
        for found in (found for found in each["conditions"] if found["name_span"]):
            start, end = found["name_span"]
            assert TIDE[start:end] == found["text"]
    tier = {each["name"]: each for each in formats["matching"][0]["conditions"]}
    assert (tier["TIDE"]["holds"], tier["TIDE"]["place"], tier["TIDE"]["text"]) == (True, "release_group", "TIDE")
    assert (tier["DOCK"]["holds"], tier["DOCK"]["fact"]) == (False, "not found in the release group")
    assert (tier["Not a remux"]["holds"], tier["Not a remux"]["fact"]) == (True, "modifier NONE")
    assert [(each["name"], each["conditions"][0]["fact"]) for each in formats["undecided"]] == [("Big", "size unknown")]


@pytest.mark.parametrize(
    ("changes", "size", "expected"),
    [
        ({}, "4 GB", (1745, True, False)),
        ({"cutoffFormatScore": 1745}, "4 GB", (1745, True, True)),
        ({"minFormatScore": 1745}, "4 GB", (1745, True, False)),
        ({"minFormatScore": 1745}, "20 GB", (1725, False, False)),
    ],
)
def test_the_sum_is_held_against_the_bounds(changes: Any, size: str, expected: tuple[int, bool, bool]) -> None:
    """The minimum and the cutoff are reached by their very number; under the minimum a rule rejects."""
    write(Path(HD), {**PROFILE, **changes})
    data = explain(TIDE, "--profile", HD, "--size", size)
    found = data["formats"]
    assert (found["score"], found["reaches_minimum"], found["reaches_cutoff"]) == expected
    assert data["decision"]["accepted"] is expected[1]
    out = run("explain", TIDE, "--profile", HD, "--size", size).out
    assert ("not reached, so the release is rejected" in out) is not expected[1]
    assert "increment 5: how much better" in out or expected[2]


def test_formats_come_from_the_option_then_the_configuration_then_the_guides_layout(guides: Path) -> None:
    """The nearest to hand wins, and the answer says which it was."""
    one = write(guides / "other" / "one" / "repack.json", {**REPACK, "trash_scores": {"default": 1}})
    write(
        guides / "other" / "one" / "tier.json",
        custom_format(1, "Harbor Tier", {"default": 2}, condition("Source", 7, name="s")),
    )
    write(
        guides / "other" / "one" / "sound.json",
        custom_format(3, "Surround", {"default": 3}, condition("Source", 7, name="s")),
    )
    assert explain(TIDE, "--profile", HD)["formats"]["score"] == 1745
    write(guides / "radarr.toml", '[formats]\nfolder = "other/one"\n')
    found = explain(TIDE, "--profile", HD)
    assert (found["formats"]["score"], found["format_folder"], found["configuration"]) == (
        6,
        "other/one",
        "radarr.toml",
    )
    found = explain(TIDE, "--profile", HD, "--formats", "cf")
    assert (found["formats"]["score"], found["format_folder"]) == (1745, "cf")
    assert one.exists()


def test_a_profile_of_the_configuration_counts_other_formats_where_they_are_given(guides: Path) -> None:
    """A profile by name goes by the formats of the option, too."""
    write(guides / "radarr.toml", '[profiles.Mine]\nallowed = ["WEB 1080p"]\ncutoff = "WEB 1080p"\n')
    assert explain(TIDE, "--profile", "Mine")["formats"] is None
    assert explain(TIDE, "--profile", "Mine", "--formats", "cf")["formats"]["score"] == 545


def test_a_profile_of_ones_own_may_stand_in_a_file(guides: Path) -> None:
    """JSON or TOML; named by its file when it has no name."""
    write(guides / "mine.toml", 'allowed = ["WEB 1080p"]\ncutoff = "WEB 1080p"\nformat_scores = { Repack = 9 }')
    found = explain(TIDE, "--profile", "mine.toml", "--formats", "cf")
    assert (found["profile"], found["formats"]["score"]) == ("mine", 549)
    assert next(each for each in found["formats"]["matching"] if each["name"] == "Repack")["score_set"] is None


def test_a_pattern_that_takes_too_long_is_named_and_the_run_ends() -> None:
    """The formats that hang on it are undecided, and the rule about scores says why."""
    data = explain(BOMB_NAME, "--formats", "bombs")
    assert data["formats"]["slow_patterns"] == ["(a|a)+$", "(a|aa)+$"]
    assert [each["name"] for each in data["formats"]["undecided"]] == ["(a|a)+$", "(a|aa)+$"]
    rule = next(each for each in data["decision"]["verdicts"] if each["rule"] == "custom format score")
    assert rule["outcome"] == "accepted"
    assert "(a|a)+$, (a|aa)+$ took too long" in rule["sentence"]
    assert explain("a" * 40 + "!", "--formats", "bombs")["formats"]["slow_patterns"] == ["(a|a)+$", "(a|aa)+$"]


# -- two names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "options", "expected"),
    [
        ((TIDE, DOCK), (), (1, "ranking", 1, "quality", ["Bluray-1080p", "WEBDL-1080p"])),
        ((DOCK, TIDE), (), (0, "ranking", 0, "quality", ["Bluray-1080p", "WEBDL-1080p"])),
        ((WAVE, WAVE.replace("WAVE", "TIDE")), (), (1, "ranking", 1, "custom format score", [1700, 0])),
        ((WAVE, WAVE), ("--seeders", "5", "--seeders", "500"), (1, "ranking", 1, "seeders", [500, 5])),
        ((WAVE, WAVE), ("--seeders", "5"), (None, "tie", None, None, None)),
        ((WAVE, CAM), (), (0, "rejected", 0, "quality", ["WEBDL-1080p", "CAM"])),
        (
            (DOCK, WAVE),
            ("--seeders", "0", "--seeders", "9"),
            (1, "rejected", 0, "quality", ["Bluray-1080p", "WEBDL-1080p"]),
        ),
        ((DOCK, WAVE), ("--seeders", "0"), (None, "both rejected", 0, "quality", ["Bluray-1080p", "WEBDL-1080p"])),
    ],
)
def test_of_two_names_it_says_which_goes_first(
    names: tuple[str, str], options: tuple[str, ...], expected: tuple[Any, ...]
) -> None:
    """The criterion and both figures; a rejected one never goes first, and the ranking is told all the same."""
    data = explain(*names, "--profile", HD, *options)
    found = data["comparison"]
    assert (found["winner"], found["reason"], found["ranked_first"], found["criterion"], found["figures"]) == expected
    assert data["other"]["name"] == names[1]
    out = run("explain", *names, "--profile", HD, *options).out
    words = {"ranking": "goes first", "tie": "they tie", "rejected": "since the other", "both rejected": "both are"}
    assert words[found["reason"]] in out


def test_both_names_are_explained_in_full() -> None:
    """The second one like the first, for the same film."""
    data = explain(TIDE, DOCK, "--profile", HD)
    assert data["other"]["claim"]["release_group"] == "DOCK"
    assert data["other"]["decision"]["movie_id"] == data["decision"]["movie_id"] == data["movie"]["id"]
    assert [each["name"] for each in data["other"]["formats"]["matching"]] == ["Harbor Tier"]
    assert data["comparison"]["figures"] == ["Bluray-1080p", "WEBDL-1080p"]
    assert explain(TIDE)["other"] is None
    assert explain(TIDE)["comparison"] is None


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((TIDE, "--size", "1", "--size", "2"), "--size was given 2 times for 1 names"),
        ((TIDE, DOCK, "--seeders", "1", "--seeders", "2", "--seeders", "3"), "--seeders was given 3 times for 2 names"),
        ((TIDE, "--profile", "Nope"), "no quality profile is called 'Nope'; known are Any"),
        ((TIDE, "--profile", "nope.json"), "nope.json: there is no such file"),
        ((TIDE, "--profile", "cf"), "cf: cannot be read: it is a folder"),
        ((TIDE, "--formats", "nowhere"), "nowhere: there is no such folder with JSON files"),
    ],
)
def test_says_what_is_accepted(args: tuple[str, ...], words: str) -> None:
    """A wrong argument ends with 2 and one line that says what is accepted."""
    ran = run("explain", *args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_mistake_in_the_configuration_names_its_file(guides: Path) -> None:
    """File, key and reason, for people and as data."""
    write(guides / "radarr.toml", '[profiles.Mine]\nallowed = ["VHS"]\ncutoff = "VHS"\n')
    ran = run("explain", TIDE)
    assert ran.err.startswith("radarr-core: radarr.toml: profiles.Mine.allowed: ")
    data = run_json("explain", TIDE).data
    assert (data["file"], data["key"]) == ("radarr.toml", "profiles.Mine.allowed")


def test_a_format_above_ten_gigabytes_counts_by_the_size_that_is_given() -> None:
    """A fact that only the offer has is part of the judgement."""
    names = [each["name"] for each in explain(DOCK, "--profile", HD, "--size", "20 GB")["formats"]["matching"]]
    assert names == [BIG["name"], "Harbor Tier"]


def test_what_the_configuration_says_of_the_film_counts(guides: Path) -> None:
    """Language, runtime and tags are those of its list, and an option wins."""
    write(
        guides / "radarr.toml",
        '[[movies]]\ntitle = "The Film"\nyear = 2019\nruntime_minutes = 90\noriginal_language = "French"\n'
        'tags = ["kids"]\n[[release_profiles]]\nignored = ["x264"]\ntags = ["kids"]\n',
    )

    def rules(name: str) -> dict[str, str]:
        data = explain(name)
        return {each["rule"]: each["outcome"] for each in data["decision"]["verdicts"]}

    assert explain(DOCK)["movie"]["runtime_minutes"] == 90
    assert (rules(DOCK)["release restrictions"], rules(DOCK)["language"]) == ("rejected", "accepted")
    other = rules(DOCK.replace("The.", "Another."))
    assert (other["release restrictions"], other["language"]) == ("accepted", "unknown")
    assert explain(DOCK, "--runtime", "200")["movie"]["runtime_minutes"] == 200
    german = DOCK.replace("1080p", "German.1080p")
    verdicts = explain(german, "--original-language", "Japanese")["decision"]["verdicts"]
    assert [each["outcome"] for each in verdicts if each["rule"] == "language"] == ["rejected"]
    assert "no language is called 'Klingon'" in run("explain", DOCK, "--original-language", "Klingon").err


def test_a_film_of_the_configuration_is_judged_by_its_own_profile(guides: Path) -> None:
    """As `get` does; `--profile` wins, and a film that is not listed has the usual one, which is built in."""
    write(
        guides / "radarr.toml",
        '[profiles.Mine]\nallowed = ["CAM"]\ncutoff = "CAM"\n'
        '[[movies]]\ntitle = "The Film"\nyear = 2019\nprofile = "Mine"\n',
    )
    assert explain(DOCK)["profile"] == "Mine"
    assert explain("Other.2000.DVDRip-X", "--movie", "The Film (2019)")["profile"] == "Mine"
    assert explain(DOCK, "--profile", "SD")["profile"] == "SD"
    assert "by the profile Mine (radarr.toml)" in run("explain", DOCK).out
    assert "by the profile HD-1080p (built in)" in run("explain", DOCK.replace("The.", "Another.")).out


def test_what_would_make_the_answer_better_is_named() -> None:
    """Which option tells the language that conditions hang on, and that a profile without scores counts no format."""
    language, scores = "--original-language tells it", "HD-1080p gives no format a score"
    plain = run("explain", DOCK, "--formats", "bombs").out
    assert (language in plain, scores in plain) == (True, True)
    told = run("explain", DOCK, "--profile", HD, "--original-language", "English").out
    assert (language in told, scores in told) == (False, False)
