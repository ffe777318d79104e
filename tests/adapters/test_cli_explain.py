"""`radarr-core explain`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adapters.cli_support import move_home, run, run_json

NAME = "The.Film.2019.PROPER.1080p.BluRay.DTS.x264-GRP"


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder and a home without any configuration."""
    move_home(tmp_path, monkeypatch)
    return tmp_path


def test_needs_no_configuration() -> None:
    """A name is explained in an empty home: every field with the words it was read from, and every rule."""
    ran = run("explain", NAME, "--size", "8 GB", "--seeders", "12")
    assert ran.code == 0
    assert NAME in ran.out
    for words in ("Bluray-1080p", "'1080p', 'BluRay'", "release group", "'GRP'", "acceptable size", "accepted:"):
        assert words in ran.out
    assert "not said:" in ran.out
    assert "edition" in ran.out.partition("not said:")[2]


def test_underlines_what_was_read_on_a_terminal() -> None:
    """On a terminal the words that were read are underlined in the name itself, and the dots between are not."""
    out = run("explain", NAME, env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).out
    line = out.splitlines()[0]
    assert "\x1b[4;" in line
    assert "\x1b[4;" not in line.partition("PROPER")[2][:4]


def test_says_everything_as_data() -> None:
    """The JSON answer has every field, its spans as offsets into the name, and every verdict."""
    data = run_json("explain", NAME, "--size", "8 GB", "--seeders", "12").data
    assert data["claim"]["quality"] == {"name": "Bluray-1080p", "resolution": 1080}
    assert data["claim"]["release_group"] == "GRP"
    assert data["claim"]["edition"] is None
    [[start, end]] = data["spans"]["release_group"]
    assert NAME[start:end] == "GRP"
    assert data["decision"]["accepted"] is True
    assert data["decision"]["release"]["size"] == 8 * 1024**3
    assert {v["rule"] for v in data["decision"]["verdicts"]} >= {"quality allowed", "acceptable size", "seeders"}


def test_judges_by_film_profile_size_and_seeders() -> None:
    """What is given counts: another film, a profile that does not allow the quality, a tiny size, no seeders."""
    data = run_json(
        "explain", NAME, "--movie", "Other (2001)", "--profile", "HD-720p", "--size", "100", "--seeders", "0"
    ).data
    rejected = {v["rule"] for v in data["decision"]["verdicts"] if v["outcome"] == "rejected"}
    assert {"right movie", "seeders"} <= rejected
    assert data["assumptions"] == []
    data = run_json("explain", NAME, "--movie", "The Film (2019)", "--profile", "HD-720p").data
    assert {v["rule"] for v in data["decision"]["verdicts"] if v["outcome"] == "rejected"} == {"quality allowed"}


@pytest.mark.parametrize("name", ["Show.S01E02.720p.WEB-DL.x264-GRP", "???", "The Film", "A" * 2000, "", "  "])
def test_explains_names_that_are_refused(name: str) -> None:
    """A name that is no film's is explained too: that it was refused, and why. That is an answer, not a failure."""
    ran = run_json("explain", name)
    assert ran.code == 0
    assert ran.data["decision"]["accepted"] is False
    assert ran.data["decision"]["refusal"]


def test_speaks_of_an_episode() -> None:
    """Kinds of names have the article they need."""
    assert "read as the name of an episode" in run("explain", "Show.S01E02.720p.WEB-DL.x264-GRP").out
    assert "read as the name of a movie" in run("explain", NAME).out


def test_a_name_of_another_film_is_not_told_to_lose_by_an_equal_quality() -> None:
    """It has no profile, so its quality has no place, and 'Bluray-1080p over Bluray-1080p' would say nothing."""
    out = " ".join(run("explain", "The.Film.2019.1080p.BluRay-GRP", "Heat.1995.1080p.BluRay-GRP").out.split())
    assert "by quality: Bluray-1080p over Bluray-1080p in no profile" in out


def test_uses_the_profiles_of_a_configuration(nowhere: Path) -> None:
    """A configuration that lies there brings its profiles, although it names no adapter."""
    (nowhere / "radarr.toml").write_text('[profiles.Mine]\nallowed = ["CAM"]\ncutoff = "CAM"\n')
    data = run_json("explain", "The.Film.2019.HDCAM.x264-SEAT", "--profile", "Mine").data
    assert data["decision"]["accepted"] is True
    assert data["configuration"] == "radarr.toml"


def test_a_source_of_reputations_that_cannot_be_asked_is_no_error(nowhere: Path) -> None:
    """It says why, and everything else is explained; where no source is configured, nobody was asked."""
    asked = ("explain", "The.Film.2019.1080p.WEB-DL.H.264-TIDE")
    assert "nobody was asked about its makers" in run(*asked).out
    (nowhere / "radarr.toml").write_text('[group_reputation]\nadapter = "evidence"\n')
    ran = run(*asked)
    assert "release groups are not known now: radarr.toml: " in " ".join(ran.out.split())
    assert "no rule stands against it" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    (nowhere / "radarr.toml").write_text('[group_reputation]\nadapter = "evidence"\nmode = "off"\n')
    assert "reputations are not looked at" in run(*asked).out


def test_shows_a_hostile_name_without_obeying_it() -> None:
    """Escape sequences, reading directions and markup in a name are shown, never carried out."""
    name = "The.[bold]Film[/bold].2019\x1b[31m\x9b2J\u202e.1080p\n.BluRay-GRP"
    for args in (("explain", name), ("explain", name, "--json")):
        out = run(*args).out
        assert not {"\x1b", "\x9b", "\u202e"} & set(out)
    out = run("explain", name).out
    assert "[bold]Film[/bold]" in out
    assert "\\x1b[31m" in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((NAME, "--profile", "Nope"), "HD-1080p"),
        ((NAME, "--movie", "The Film"), "'The Matrix (1999)'"),
        ((NAME, "--movie", "The Film (1500)"), "1500"),
        ((NAME, "--size", "big"), "'4.2 GB'"),
        ((NAME, "--seeders", "-1"), "--seeders"),
        ((NAME, "--config", "missing.toml"), "missing.toml"),
        ((NAME, "--second-opinion", "nope"), "--second-opinion: no release_parser is called 'nope'; known are "),
        ((), "Missing argument"),
        ((NAME, "--bogus"), "--bogus"),
    ],
)
def test_says_what_is_accepted(args: tuple[str, ...], words: str) -> None:
    """A wrong argument ends with 2 and one line that says what is accepted; with --json, with an object."""
    ran = run("explain", *args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1
    ran = run_json("explain", *args)
    assert (ran.code, ran.err) == (2, "")
    assert ran.data["schema"] == "radarr-core/error"
    assert words in ran.data["message"]


def test_fits_eighty_columns() -> None:
    """No line of an answer for people is wider than a terminal of 80 columns."""
    out = run("explain", f"{'Very.' * 30}Long.Film.2019.1080p.BluRay.x264-GRP").out
    assert max(len(line.rstrip()) for line in out.splitlines()) <= 80
    assert "x264-GRP" in "".join(out.split())


def test_answers_are_plain_ascii_as_data() -> None:
    """JSON is ASCII alone, so that it survives every pipe and encoding."""
    out = run("explain", "Amélie.2001.1080p.BluRay.x264-GRP", "--json").out
    assert out.isascii()
    assert json.loads(out)["claim"]["title"] == "Amélie"


def test_help_says_what_each_option_takes() -> None:
    """In the words of the documentation, nothing cut off at 80 columns, and a flag takes nothing."""
    lines = run("explain", "--help", env={"COLUMNS": "80"}).out.splitlines()
    taken = {words[1]: words[2] for line in lines if (words := [*line.split(), "", ""])[1].startswith("--")}
    assert (taken["--size"], taken["--formats"], taken["--config"]) == ("SIZE", "FOLDER", "FILE")
    assert taken["--json"] == "Answer"
    assert not any("…" in line for line in lines)


def test_a_home_that_nobody_has_and_a_size_that_nothing_has_are_mistakes_of_the_person() -> None:
    """Neither is a bug of the program, and each is named."""
    answer = run("explain", "The.Film.2019.1080p", "--profile", "~nobody-of-that-name/x.json")
    assert (answer.code, answer.err) == (2, "radarr-core: ~nobody-of-that-name/x.json: there is no such file\n")
    for size in ("9" * 6000, "9" * 30, "9" * 300 + " TB"):
        answer = run("explain", "The.Film.2019.1080p", "--size", size)
        assert answer.code == 2
        assert "is no size: nothing has that many bytes" in answer.err
        assert len(answer.err) < 200


@pytest.mark.parametrize(
    ("option", "value"), [("--movie", "Film"), ("--size", "much"), ("--original-language", "Klingon")]
)
def test_a_mistake_in_an_option_names_the_option(option: str, value: str) -> None:
    """Who gives several options has not to guess which of them is wrong."""
    answer = run("explain", "The.Film.2019.1080p", option, value)
    assert (answer.code, f"Invalid value for {option}: " in answer.err) == (2, True)
