"""Policies from configuration and files: everything a policy has can be chosen, and a mistake names its key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from radarr_adapters.bootstrap import find_mistakes, read_movies, read_policy
from radarr_adapters.policy_files import read_format_folder, read_profile_file, read_size_file
from radarr_adapters.policy_files.profiles import ScoreSettings
from radarr_core.domain.custom_formats.lint import Severity, lint_formats, lint_profile
from radarr_core.domain.decisions.delays import DEFAULT_DELAY_PROFILE
from radarr_core.domain.languages import find_language
from radarr_core.domain.quality import DEFAULT_DEFINITIONS, get_quality
from radarr_core.domain.releases import DownloadProtocol
from radarr_core.errors import ConfigurationError, PolicyDataError
from radarr_core.plugins import build_registry
from tests.core.formats import get_corpus

from .guides import CONTENTS, PROFILE, REPACK, SURROUND, TIER, write, write_guides


@pytest.fixture
def guides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The guides, in the folder a configuration's relative paths count from."""
    monkeypatch.chdir(tmp_path)
    for each in (TIER, REPACK, SURROUND):
        write(tmp_path / "guides" / "part" / f"{each['name']}.json", each)
    return write_guides(tmp_path / "guides")


def policy_of(toml: str) -> Any:
    """The policy of a configuration."""
    return read_policy(tomllib.loads(toml))


def mistakes_in(toml: str) -> Any:
    """Everything that is wrong with a configuration."""
    return find_mistakes(tomllib.loads(toml), registry=build_registry([]), environ={})


FORMATS = '[formats]\nfolder = "guides/cf"\n'
HD = '[profiles.HD]\nfile = "guides/quality-profiles/hd-bluray-web.json"\n'
OWN = '[profiles.Own]\nallowed = ["WEB 1080p"]\ncutoff = "WEB 1080p"\n'


# -- profiles ----------------------------------------------------------------------------------------------------------


def test_a_profile_of_the_guides_is_taken_from_its_file(guides: Path) -> None:
    """Its items, bounds and score set count, and the formats of the groups suggested to it, under the name given."""
    profile = policy_of(FORMATS + HD).get_profile("HD")
    assert (profile.cutoff, profile.cutoff_format_score, profile.min_upgrade_format_score) == ("Bluray-1080p", 10000, 5)
    assert profile.index(get_quality("WEBDL-1080p")) < profile.index(get_quality("Bluray-1080p"))
    assert profile.format_scores == {"Harbor Tier": 1700, "Repack": 5, "Surround": 40, "BR-DISK": -10000, "Big": -20}


@pytest.mark.parametrize(
    ("lines", "scores"),
    [
        ('score_set = "default"', {"Harbor Tier": 500, "Repack": 5, "Surround": 40, "BR-DISK": -10000, "Big": -20}),
        ("groups = false", {"Harbor Tier": 1700, "Repack": 5, "Surround": 40}),
        (
            "groups = false\nformat_scores = { Repack = 9, Big = 1 }",
            {"Harbor Tier": 1700, "Repack": 9, "Surround": 40, "Big": 1},
        ),
    ],
)
def test_scores_can_be_chosen_beside_a_file(guides: Path, lines: str, scores: dict[str, int]) -> None:
    """Another score set, without groups, or single scores of one's own."""
    assert policy_of(FORMATS + HD + lines).get_profile("HD").format_scores == scores


def test_a_profile_in_a_table_has_scores_and_a_language(guides: Path) -> None:
    """Scores of one's own go before the guides'; the language is by name."""
    profile = policy_of(FORMATS + OWN + 'language = "german"\nformat_scores = { Repack = 7 }').get_profile("Own")
    assert profile.language == find_language("German")
    assert (profile.format_scores["Repack"], profile.format_scores["Harbor Tier"]) == (7, 500)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.json", '{"allowed": ["WEB 1080p"], "cutoff": "WEB 1080p", "format_scores": {"Repack": 7}}'),
        ("mine.toml", 'allowed = ["WEB 1080p"]\ncutoff = "WEB 1080p"\nformat_scores = { Repack = 7 }'),
        ("x.toml", 'name = "mine"\nallowed = ["WEB 1080p"]\ncutoff = "WEB 1080p"\nformat_scores = { Repack = 7 }'),
    ],
)
def test_a_profile_of_ones_own_may_stand_in_a_file(guides: Path, name: str, content: str) -> None:
    """JSON or TOML with the keys of a table; the file's name stands in for a missing one."""
    folder = read_format_folder(guides / "cf")
    read = read_profile_file(write(guides / name, content), folder, ScoreSettings(score_set="special"))
    assert (read.data.name, read.file, read.score_set) == ("mine", guides / name, "special")
    profile = read.build(folder)
    assert (profile.format_scores["Repack"], profile.format_scores["Harbor Tier"]) == (7, 1700)


def test_conflicts_and_groups_are_read_where_they_lie_beside(guides: Path) -> None:
    """The guides keep them beside the formats; a folder without them is as good."""
    folder = read_format_folder(guides / "cf")
    assert [group.name for group in folder.groups] == ["Unwanted"]
    assert folder.conflicts is None
    assert not read_format_folder(write_guides(guides / "other", cf_groups__unwanted=None) / "cf").groups


# -- sizes, delays, restrictions ---------------------------------------------------------------------------------------


def test_size_limits_come_from_a_file_and_then_from_single_ones(guides: Path) -> None:
    """What neither says stays as it was; 0 takes a limit away."""
    policy = policy_of(
        '[quality_sizes]\nfile = "guides/quality-size/movie.json"\n'
        '[quality_sizes.limits."WEBDL-1080p"]\npreferred = 0\n'
        "[quality_sizes.limits.CAM]\nmaximum = 50\npreferred = 50\n"
    )
    web, cam = policy.definitions[get_quality("WEBDL-1080p")], policy.definitions[get_quality("CAM")]
    assert (web.minimum, web.preferred, web.maximum) == (12.5, None, 200)
    assert (cam.minimum, cam.preferred, cam.maximum) == (0, 50, 50)
    hdtv = get_quality("HDTV-720p")
    assert policy.definitions[hdtv] == DEFAULT_DEFINITIONS[hdtv]
    assert read_policy({}).definitions == DEFAULT_DEFINITIONS


def test_delay_profiles_go_by_tags_in_the_order_they_stand_in() -> None:
    """The one without tags comes last wherever it stands; without any nothing is waited for."""
    policy = policy_of(
        '[[delay_profiles]]\ntorrent_delay = 60\npreferred_protocol = "torrent"\n'
        '[[delay_profiles]]\ntags = ["kids"]\ntorrent_delay = 30\n'
        '[[delay_profiles]]\ntags = ["anime"]\nusenet_delay = 15\nenable_torrent = false\n'
        '[[delay_profiles]]\ntags = ["first"]\norder = 0\nbypass_if_above_format_score = true\n'
        "minimum_format_score = 9\n"
    )
    assert policy.find_delay_profile(frozenset()).torrent_delay == 60
    assert policy.find_delay_profile(frozenset()).preferred_protocol is DownloadProtocol.TORRENT
    assert policy.find_delay_profile(frozenset({"kids", "anime"})).torrent_delay == 30
    assert not policy.find_delay_profile(frozenset({"anime"})).is_enabled(DownloadProtocol.TORRENT)
    assert policy.find_delay_profile(frozenset({"first", "kids"})).minimum_format_score == 9
    assert read_policy({}).delay_profiles == (DEFAULT_DELAY_PROFILE,)


def test_release_profiles_restrict_names() -> None:
    """Terms, tags and the indexer they are for."""
    (profile,) = policy_of(
        '[indexers.harbor]\n[[release_profiles]]\nname = "n"\nrequired = ["x265", "/hevc/i"]\nignored = ["cam"]\n'
        'indexer = "harbor"\ntags = ["kids"]\n'
    ).release_profiles
    assert (profile.required, profile.ignored) == (("x265", "/hevc/i"), ("cam",))
    assert profile.applies_to(frozenset({"kids"}), "harbor")
    assert not profile.applies_to(frozenset({"kids"}), "other")


def test_films_have_tags_and_a_language() -> None:
    """What profiles are chosen by."""
    (movie,) = read_movies(
        tomllib.loads('[[movies]]\ntitle = "F"\nyear = 2019\ntags = ["kids"]\noriginal_language = "Japanese"')
    )
    assert (movie.tags, movie.original_language) == ({"kids"}, find_language("Japanese"))


# -- mistakes ----------------------------------------------------------------------------------------------------------

MISTAKES = [
    (HD, "profiles.HD.file", "hd-bluray-web.json: formatItems: needs its formats; say where they lie"),
    ('[profiles.X]\nfile = "no.json"', "profiles.X.file", "no.json: there is no such file"),
    ('[profiles.X]\nfile = "guides"', "profiles.X.file", "guides: cannot be read: it is a folder"),
    (
        '[formats]\nfolder = "guides/part"\n' + HD,
        "profiles.HD.file",
        "the group 'Unwanted', which needs formats that are not in 'guides/part': BR-DISK, Big; add them, or say",
    ),
    ("[profiles.X]\nfile = 3", "profiles.X.file", "expected a path in quotes, not 3"),
    ('[profiles.X]\nfile = "no.json"\ncutoff = "CAM"', "profiles.X.cutoff", "no such setting; known are"),
    (FORMATS + HD + 'score_set = "sqp"', "profiles.HD.file", "score_set: no format has scores of the set 'sqp'; known"),
    (
        FORMATS + HD + "format_scores = { Repak = 5 }",
        "profiles.HD.file",
        "format_scores.Repak: there is no such format",
    ),
    (FORMATS + HD + 'format_scores = { Repack = "5" }', "profiles.HD.format_scores.Repack", "a whole number, not '5'"),
    (FORMATS + OWN + 'score_set = "sqp"', "profiles.Own.score_set", "no format has scores of the set 'sqp'"),
    (FORMATS + OWN + "format_scores = { Repak = 5 }", "profiles.Own.format_scores.Repak", "no such format"),
    (OWN + "format_scores = 3", "profiles.Own.format_scores", "a table, each value a whole number, not 3"),
    (OWN + "min_format_score = 10", "profiles.Own.min_format_score", "10 cannot be reached"),
    (OWN + "min_format_score = 99999999999", "profiles.Own.min_format_score", "must be between"),
    (OWN + "min_upgrade_format_score = 0", "profiles.Own.min_upgrade_format_score", "must be at least 1, not 0"),
    (OWN + 'language = "Klingon"', "profiles.Own.language", "no language is called 'Klingon'"),
    ('[profiles.X]\nallowed = []\ncutoff = "CAM"', "profiles.X.allowed", "no quality is allowed"),
    (
        '[profiles.X]\nallowed = ["CAM"]\ncutoff = "DVD"',
        "profiles.X.cutoff",
        "'DVD' is no allowed item; allowed are CAM",
    ),
    ('[profiles]\nX = "HD"', "profiles.X", "expected a table, not str"),
    ('[formats]\nfolder = "nowhere"', "formats.folder", "nowhere: there is no such folder with JSON files"),
    ('[quality_sizes]\nfile = "no.json"', "quality_sizes.file", "no.json: there is no such file"),
    ('[quality_sizes]\nfile = "guides/cf/big.json"', "quality_sizes.file", "qualities: is missing"),
    ("[quality_sizes]\nlimits = 3", "quality_sizes.limits", "expected a table, not int"),
    ("[quality_sizes.limits.VHS]\nmaximum = 5", "quality_sizes.limits.VHS", "no quality is called 'VHS'"),
    ("[quality_sizes.limits.CAM]\nminimum = 500", "quality_sizes.limits.CAM", "0 <= minimum <= preferred"),
    ("[quality_sizes.limits.CAM]\nmin = 5", "quality_sizes.limits.CAM.min", "no such setting"),
    ("delay_profiles = 3", "delay_profiles", "expected a list of tables, [[delay_profiles]]"),
    ("[[delay_profiles]]\n[[delay_profiles]]", "delay_profiles", "two delay profiles without tags"),
    (
        '[[delay_profiles]]\ntags = ["a"]\n[[delay_profiles]]\ntags = ["a", "b"]',
        "delay_profiles",
        "the tag 'a' stands in two delay profiles",
    ),
    ("[[delay_profiles]]\nusenet_delay = -1", "delay_profiles[0].usenet_delay", "is never negative: -1"),
    ('[[delay_profiles]]\ntags = "kids"', "delay_profiles[0].tags", "a list, each item a text, not 'kids'"),
    ('[[delay_profiles]]\npreferred_protocol = "http"', "delay_profiles[0].preferred_protocol", "one of 'torrent'"),
    ("[[release_profiles]]", "release_profiles[0]", "neither requires nor ignores a term"),
    ('[[release_profiles]]\nignored = [" "]', "release_profiles[0]", "has a blank term"),
    ('[[release_profiles]]\nignored = ["/(/"]', "release_profiles[0]", "is no regular expression"),
    ('[[release_profiles]]\nignored = ["a"]\nindexer = "h"', "release_profiles[0].indexer", "no indexer is called 'h'"),
    ('[[release_profiles]]\npreferred = ["a"]', "release_profiles[0].preferred", "no such setting"),
]


@pytest.mark.parametrize(("toml", "key", "reason"), MISTAKES)
def test_a_mistake_names_its_key_and_reason(guides: Path, toml: str, key: str, reason: str) -> None:
    """Each is one error, raised alone and found among all mistakes."""
    with pytest.raises(ConfigurationError) as caught:
        policy_of(toml)
    assert caught.value.key == key
    assert reason in caught.value.reason
    assert str(caught.value) in [str(each) for each in mistakes_in(toml)]


def test_all_mistakes_of_a_policy_are_found_at_once(guides: Path) -> None:
    """One bad profile hides neither another nor what else is wrong."""
    toml = (
        '[profiles.A]\nallowed = ["VHS"]\ncutoff = "VHS"\n[profiles.B]\nfile = "no.json"\n'
        '[[delay_profiles]]\nusenet_delay = -1\n[[release_profiles]]\nignored = [" "]\n'
    )
    keys = [getattr(each, "key", None) for each in mistakes_in(toml)]
    assert [key for key in keys if str(key).startswith(("profiles", "delay", "release"))] == [
        "profiles.A.allowed", "profiles.B.file", "delay_profiles[0].usenet_delay", "release_profiles[0]",
    ]  # fmt: skip


def test_a_folder_tells_every_file_that_cannot_be_used(guides: Path) -> None:
    """The others are there all the same."""
    write(guides / "cf" / "a.json", "{")
    write(guides / "cf" / "b.json", {**REPACK, "trash_id": "9" * 32})
    write(guides / "conflicts.json", "[]")
    folder = read_format_folder(guides / "cf")
    assert [(Path(str(each.file)).name, each.key) for each in folder.problems] == [
        ("a.json", None), ("repack.json", "name"), ("conflicts.json", None),
    ]  # fmt: skip
    assert "Repack" in [each.name for each in folder.formats]
    with pytest.raises(PolicyDataError, match=r"a\.json: is no JSON"):
        folder.check()


def test_the_guides_of_these_tests_are_sound() -> None:
    """Each file is what its folder says, so that a test that breaks one breaks it alone."""
    assert TIER["trash_id"] in PROFILE["formatItems"].values()
    assert {path.partition("/")[0] for path in CONTENTS} == {"cf", "cf-groups", "quality-profiles", "quality-size"}


def test_every_profile_of_the_guides_is_read_from_its_file_and_has_no_error() -> None:
    """All they publish, with the groups they suggest; what lint has to say of it are warnings."""
    guides = get_corpus() / "trash-guides"
    folder = read_format_folder(guides / "cf").check()
    assert len(folder.formats) >= 242
    assert not [each for each in lint_formats(folder.formats) if each.severity is Severity.ERROR]
    paths = sorted((guides / "quality-profiles").glob("*.json"))
    assert len(paths) >= 39
    for path in paths:
        read = read_profile_file(path, folder)
        assert read.build(folder).format_scores == read.data.format_scores
        errors = [
            each for each in lint_profile(read.data, folder.formats, folder.conflicts) if each.severity == "error"
        ]
        assert not errors, path.name
    for path in (guides / "quality-size").glob("*.json"):
        assert read_size_file(path)
