"""`radarr-core get`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adapters import cli_plugin
from tests.adapters.cli_support import OFFERS, prepare, run, run_json, write_configuration
from tests.adapters.guides import PROFILE, condition, custom_format, write_guides

FILM = "The Film (2019)"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plugin installed."""
    prepare(tmp_path, monkeypatch)
    return tmp_path


def shelf(*offers: str, **settings: str) -> str:
    """The lines of an indexer's section."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"adapter": "shelf", **settings}.items()]
    return "\n".join([*lines, f"offers = {json.dumps(offers)}"])


def test_gets_a_film_and_shows_why(place: Path) -> None:
    """The best acceptable release ends in the library, and every offer is shown with its reasons."""
    write_configuration(place)
    ran = run("get", FILM)
    assert ran.code == 0, ran.err
    for offer in OFFERS:
        assert offer.partition("|")[0] in ran.out
    assert "before the next one by quality" in " ".join(ran.out.split())
    assert "CAM is not allowed" in ran.out
    assert "the name says 1998" in ran.out
    assert "in the library: /films/The Film (2019)/" in ran.out
    assert Path("/films/The Film (2019)/The Film (2019) Bluray-1080p.mkv") in cli_plugin.DISK.list_paths()


def test_answers_with_one_object(place: Path) -> None:
    """With --json the decisions, the outcome and the file are one object and nothing else is printed."""
    write_configuration(place)
    ran = run_json("get", FILM)
    assert ran.code == ran.data["exit_code"] == 0
    [slot] = ran.data["slots"]
    assert slot["outcome"] == "imported"
    assert slot["release"] == OFFERS[0].partition("|")[0]
    assert slot["file"]["path"].startswith("/films/The Film (2019)/")
    assert [d["accepted"] for d in ran.data["decisions"]] == [True, True, False, False]
    assert ran.data["movie"]["id"] == "the-film-2019"


def test_ends_with_one_when_nothing_is_acceptable(place: Path) -> None:
    """Offers that are all rejected end with 1, each with its reasons."""
    write_configuration(place, indexers__shelf=shelf("The.Film.2019.HDCAM.x264-SEAT|900|90"))
    ran = run_json("get", FILM)
    assert ran.code == 1
    assert "CAM is not allowed" in ran.data["slots"][0]["reasons"][0]
    assert "nothing acceptable" in run("get", FILM).out


def test_ends_with_one_when_nothing_is_offered(place: Path) -> None:
    """An indexer that has nothing is no failure."""
    write_configuration(place, indexers__shelf=shelf())
    ran = run("get", FILM)
    assert ran.code == 1
    assert "no release was offered" in ran.out


def test_ends_with_three_when_no_indexer_answers(place: Path) -> None:
    """Nothing found is something else than nobody asked; the indexer's reason is told."""
    write_configuration(place, indexers__shelf=shelf(trouble="away"))
    ran = run_json("get", FILM)
    assert ran.code == 3
    assert ran.data["indexer_failures"] == [{"indexer": "shelf", "reason": "shelf: refused the connection"}]
    assert "refused the connection" in run("get", FILM).out


def test_goes_on_when_one_of_two_indexers_fails(place: Path) -> None:
    """One failed indexer is named, the other's releases count."""
    write_configuration(place, indexers__other=shelf(trouble="away"))
    ran = run_json("get", FILM)
    assert ran.code == 0
    assert [failure["indexer"] for failure in ran.data["indexer_failures"]] == ["other"]


def test_ends_with_three_when_the_client_is_away(place: Path) -> None:
    """An accepted release that a failing client keeps from us is a failure, with its reason."""
    write_configuration(place, download_client='adapter = "fetcher"\ntrouble = "away"')
    ran = run_json("get", FILM)
    assert ran.code == 3
    assert ran.data["slots"][0]["outcome"] == "service failed"
    assert "refused the connection" in ran.data["refused_grabs"][0]["reason"]
    assert "could not have The.Film" in run("get", FILM).out


def test_ends_with_one_when_no_accepted_release_can_be_had(place: Path) -> None:
    """Releases whose links lead nowhere are as good as not offered; each one's reason is told."""
    write_configuration(place, indexers__shelf=shelf(*OFFERS, fetch_trouble="odd"))
    ran = run_json("get", FILM)
    assert ran.code == 1
    assert [refused["reason"] for refused in ran.data["refused_grabs"]] == ["shelf: the link leads to a poem"] * 2


def test_ends_with_two_when_the_import_waits_for_a_person(place: Path) -> None:
    """A finished download that cannot be linked into the library is told with the reason."""
    write_configuration(place, download_client='adapter = "fetcher"\nfolder = "/films/elsewhere"')
    ran = run_json("get", FILM)
    assert ran.code == 2
    assert ran.data["slots"][0]["outcome"] == "import waiting"
    assert "hard link" in ran.data["slots"][0]["reasons"][0]


def test_options_say_more_of_the_film(place: Path) -> None:
    """Ids, runtime and profile are taken from the options."""
    write_configuration(place)
    ran = run_json("get", FILM, "--imdb", "tt1", "--tmdb", "7", "--runtime", "90", "--profile", "HD-720p")
    assert ran.code == 1
    movie = ran.data["movie"]
    assert (movie["imdb_id"], movie["tmdb_id"], movie["runtime_minutes"]) == ("tt0000001", 7, 90)


def test_a_listed_film_brings_what_is_known_of_it(place: Path) -> None:
    """A film of the configuration keeps its identity, runtime and profile, so that it is never held twice."""
    listed = 'title = "The Film"\nyear = 2019\nimdb_id = "tt0000005"\nruntime_minutes = 100\nprofile = "HD-720p"'
    write_configuration(place, extra=f"[[movies]]\n{listed}\n")
    ran = run_json("get", FILM, "--tmdb", "7")
    assert ran.code == 1
    movie = ran.data["movie"]
    assert (movie["id"], movie["tmdb_id"], movie["runtime_minutes"]) == ("imdb-tt0000005", 7, 100)
    assert run_json("get", FILM, "--imdb", "tt9", "--profile", "HD-1080p").data["movie"]["id"] == "imdb-tt0000009"


def test_finds_the_configuration(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--config wins over the environment, that over the folder, and that over the home; none at all is an error."""
    chosen, named, home = place / "chosen", place / "named", place / ".config" / "radarr-core"
    for folder, indexer in ((chosen, "a"), (named, "b"), (place, "c"), (home, "d")):
        folder.mkdir(parents=True, exist_ok=True)
        write_configuration(folder, **{"indexers__shelf": "", f"indexers__{indexer}": shelf(trouble="away")})
    monkeypatch.setenv("RADARR_CORE_CONFIG", str(named / "radarr.toml"))

    def used(*args: str) -> str:
        return str(run_json("get", FILM, *args).data["indexer_failures"][0]["indexer"])

    assert used("--config", str(chosen / "radarr.toml")) == "a"
    assert used() == "b"
    monkeypatch.delenv("RADARR_CORE_CONFIG")
    assert used() == "c"
    (place / "radarr.toml").unlink()
    assert used() == "d"
    (home / "radarr.toml").unlink()
    ran = run("get", FILM)
    assert ran.code == 2
    assert "radarr.toml" in ran.err
    assert "RADARR_CORE_CONFIG" in ran.err


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"indexers__shelf": 'adapter = "nope"'}, "indexers.shelf.adapter: no indexer is called 'nope'"),
        ({"indexers__shelf": 'adapter = "shelf"\noffers = 3'}, "indexers.shelf.offers: expected a list"),
        ({"indexers__shelf": 'adapter = "shelf"\napi_key = { env = "NO_SUCH_VARIABLE" }'}, "indexers.shelf.api_key"),
        ({"indexers__shelf": ""}, "indexers: is missing"),
        ({"notifiers__lost": 'adapter = "lacking"'}, "not installed"),
        ({"library": ""}, "library: is missing"),
        ({"shoes": "size = 43"}, "shoes: there is no such section"),
    ],
)
def test_a_wrong_configuration_names_the_key(place: Path, changes: dict[str, str], words: str) -> None:
    """A mistake in the configuration ends with 2 and one line that names the key and the accepted form."""
    write_configuration(place, **changes)
    ran = run("get", FILM)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1
    assert run_json("get", FILM).data["exit_code"] == 2


GOOD, FINE = (offer.partition("|")[0] for offer in OFFERS[:2])


@pytest.mark.parametrize(
    ("extra", "outcome", "release"),
    [
        ("", "imported", GOOD),
        ('[[release_profiles]]\nignored = ["x264"]\n', "imported", FINE),
        ('[[release_profiles]]\nrequired = ["/h.?264/i"]\nindexer = "shelf"\n', "imported", FINE),
        ("[[delay_profiles]]\nenable_torrent = false\n", "nothing acceptable", None),
        ("[quality_sizes.limits.Bluray-1080p]\nmaximum = 10\n", "imported", FINE),
        (
            '[profiles.HD-1080p]\nfile = "guides/quality-profiles/hd.json"\n[formats]\nfolder = "guides/cf"\n',
            "imported",
            FINE,
        ),
    ],
)
def test_the_whole_policy_decides(place: Path, extra: str, outcome: str, release: str | None) -> None:
    """What a configuration says of terms, protocols, sizes and profiles is what releases are chosen by."""
    items = [{"name": "HD", "allowed": True, "items": ["WEBDL-1080p", "Bluray-1080p"]}]
    fine = custom_format(9, "Fine", {"default": 5}, condition("ReleaseGroup", "^FINE$", name="FINE"))
    profile = {**PROFILE, "items": items, "cutoff": "HD", "formatItems": {"Fine": fine["trash_id"]}}
    write_guides(place / "guides", cf__fine=fine, quality_profiles__hd=profile, cf_groups__unwanted=None)
    write_configuration(place, extra=extra)
    [slot] = run_json("get", FILM).data["slots"]
    assert (slot["outcome"], slot["release"]) == (outcome, release)
