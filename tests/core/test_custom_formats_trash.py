"""The data of the TRaSH guides: read as typed values, written back unchanged, and made into profiles."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from radarr_core.domain.custom_formats import CustomFormat, score_of
from radarr_core.domain.custom_formats.conditions import CONDITION_TYPES
from radarr_core.domain.custom_formats.lint import Finding, Problem, lint_profile
from radarr_core.domain.custom_formats.trash import (
    Conflicts,
    FormatGroup,
    NameTemplates,
    ProfileData,
    ProfileGroup,
    QualitySizes,
    TrashProfile,
    build_profile_data,
    default_groups,
)
from radarr_core.domain.languages import LANGUAGES, ORIGINAL
from radarr_core.domain.quality import QUALITIES, ProfileItem, QualityProfile, get_quality
from radarr_core.errors import PolicyDataError

from .formats import condition, get_corpus, make_format, read_folder, title

FORMAT_ID, OTHER_ID = "1" * 32, "2" * 32
PROFILE: dict[str, Any] = {
    "trash_id": "a" * 32,
    "name": "Mine",
    "trash_score_set": "special",
    "trash_url": "https://example.org",
    "group": 5,
    "upgradeAllowed": True,
    "cutoff": "WEB 1080p",
    "minFormatScore": 10,
    "cutoffFormatScore": 100,
    "minUpgradeFormatScore": 5,
    "language": "Original",
    "items": [
        {"name": "Bluray-1080p", "allowed": False},
        {"name": "WEB 1080p", "allowed": True, "items": ["WEBRip-1080p", "WEBDL-1080p"]},
        {"name": "SDTV", "allowed": True},
    ],
    "formatItems": {"Good": FORMAT_ID},
}
SIZES: dict[str, Any] = {
    "trash_id": "b" * 32,
    "type": "movie",
    "qualities": [{"quality": "SDTV", "min": 2, "preferred": 95, "max": 100.5}],
}
GROUP: dict[str, Any] = {
    "name": "Extras",
    "trash_id": "c" * 32,
    "default": "true",
    "trash_description": "x",
    "custom_formats": [
        {"name": "Good", "trash_id": FORMAT_ID, "required": True},
        {"name": "Other", "trash_id": OTHER_ID, "required": False, "default": True},
        {"name": "Rare", "trash_id": "3" * 32, "required": False},
    ],
    "quality_profiles": {"include": {"Mine": "a" * 32}},
}
CONFLICTS: dict[str, Any] = {
    "$schema": "x",
    "custom_formats": [{FORMAT_ID: {"name": "Good", "desc": ""}, OTHER_ID: {"name": "Other", "desc": "y"}}],
}
GOOD = make_format(title("good"), name="Good", trash_id=FORMAT_ID, trash_scores={"default": 7, "special": 70})
OTHER = make_format(title("other"), name="Other", trash_id=OTHER_ID, trash_scores={"default": 9})
RARE = make_format(title("rare"), name="Rare", trash_id="3" * 32)

Reader = Callable[..., Any]
READERS: dict[str, Reader] = {
    "cf": CustomFormat.from_trash,
    "cf-groups": FormatGroup.from_trash,
    "quality-profiles": TrashProfile.from_trash,
    "quality-profile-groups": ProfileGroup.from_trash,
    "quality-size": QualitySizes.from_trash,
    "naming": NameTemplates.from_trash,
    "conflicts.json": Conflicts.from_trash,
}


def test_every_file_of_the_guides_is_read_and_written_back_unchanged() -> None:
    """Nothing the guides publish is lost or reordered: text, numbers, unknown keys."""
    counts: dict[str, int] = {}
    for file, data in read_folder(get_corpus() / "trash-guides").items():
        kind = file.partition("/")[0]
        if kind == "languages.json":
            continue
        for each in data if isinstance(data, list) else [data]:
            value = READERS[kind](each, file=file)
            assert json.dumps(value.to_trash()) == json.dumps(each), file
            assert READERS[kind](value.to_trash()) == value
        counts[kind] = counts.get(kind, 0) + 1
    assert counts["cf"] >= 242
    assert counts["quality-profiles"] >= 39
    assert set(counts) == set(READERS)


def test_the_guides_numbers_of_languages_are_ours() -> None:
    """The table their conditions count by is the one this library has."""
    table = json.loads((get_corpus() / "trash-guides" / "languages.json").read_text("utf-8"))
    ours = {str(language.id): language.name for language in LANGUAGES}
    assert {number: name for number, name in table.items() if ours.get(number) != name} == {}


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (TrashProfile.from_trash, PROFILE),
        (QualitySizes.from_trash, SIZES),
        (FormatGroup.from_trash, GROUP),
        (Conflicts.from_trash, CONFLICTS),
        (ProfileGroup.from_trash, {"name": "Standard", "profiles": {"mine": "a" * 32}}),
        (NameTemplates.from_trash, {"folder": {"default": "{Movie Title}"}, "file": {"x": "y"}, "z": 1}),
    ],
)
def test_values_are_written_back_unchanged(read: Reader, data: dict[str, Any]) -> None:
    """The same without the shared corpus."""
    assert json.dumps(read(data).to_trash()) == json.dumps(data)


def changed(data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The data with some keys changed, or removed by None."""
    return {key: value for key, value in {**data, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("read", "data", "key", "reason"),
    [
        (TrashProfile.from_trash, changed(PROFILE, name=None), "name", "is missing"),
        (TrashProfile.from_trash, changed(PROFILE, upgradeAllowed="yes"), "upgradeAllowed", "must be true or false"),
        (TrashProfile.from_trash, changed(PROFILE, minFormatScore=1.5), "minFormatScore", "a whole number, not 1.5"),
        (TrashProfile.from_trash, changed(PROFILE, minUpgradeFormatScore=0), "minUpgradeFormatScore", "at least 1"),
        (TrashProfile.from_trash, changed(PROFILE, language="Klingon"), "language", "no language is called 'Klingon'"),
        (TrashProfile.from_trash, changed(PROFILE, cutoff="Bluray-1080p"), "cutoff", "is no allowed item"),
        (TrashProfile.from_trash, changed(PROFILE, cutoff="WEBDL-1080p"), "cutoff", "is no allowed item"),
        (TrashProfile.from_trash, changed(PROFILE, items=[]), "items", "no quality is allowed"),
        (
            TrashProfile.from_trash,
            changed(PROFILE, items=[*PROFILE["items"], {"name": "WEBDL-1080p", "allowed": True}]),
            "items[3]",
            "'WEBDL-1080p' stands twice",
        ),
        (
            TrashProfile.from_trash,
            changed(PROFILE, items=[{"name": "G", "allowed": True, "items": ["G", "SDTV"]}]),
            "items[0].items",
            "the group 'G' holds itself",
        ),
        (
            TrashProfile.from_trash,
            changed(PROFILE, items=[{"name": "G", "allowed": True, "items": ["SDTV"]}]),
            "items[0].items",
            "at least two qualities",
        ),
        (
            TrashProfile.from_trash,
            changed(PROFILE, items=[{"name": "Betamax", "allowed": True}]),
            "items[0].name",
            "no quality is called 'Betamax'",
        ),
        (TrashProfile.from_trash, changed(PROFILE, formatItems={"Good": 5}), "formatItems.Good", "must be a text"),
        (QualitySizes.from_trash, changed(SIZES, type=None), "type", "is missing"),
        (
            QualitySizes.from_trash,
            changed(SIZES, qualities=SIZES["qualities"] * 2),
            "qualities[1].quality",
            "'SDTV' stands twice",
        ),
        (
            QualitySizes.from_trash,
            changed(SIZES, qualities=[{**SIZES["qualities"][0], "min": 300}]),
            "qualities[0].min",
            "size limits of SDTV",
        ),
        (FormatGroup.from_trash, changed(GROUP, default=True), "default", "must be a text, not True"),
        (FormatGroup.from_trash, changed(GROUP, default="yes"), "default", "'true' or 'false'"),
        (FormatGroup.from_trash, changed(GROUP, quality_profiles={"exclude": {}}), "quality_profiles.exclude", "known"),
        (Conflicts.from_trash, {"custom_formats": [{FORMAT_ID: {}}]}, f"custom_formats[0].{FORMAT_ID}.name", "missing"),
    ],
)
def test_bad_data_is_one_error_that_names_file_key_and_reason(
    read: Reader, data: dict[str, Any], key: str, reason: str
) -> None:
    """Whoever wrote the file learns where to look."""
    with pytest.raises(PolicyDataError) as caught:
        read(data, file="mine.json")
    assert (caught.value.file, caught.value.key) == ("mine.json", key)
    assert reason in caught.value.reason


# -- profiles ----------------------------------------------------------------------------------------------------------


def test_scores_come_from_the_score_set_then_the_default_then_nowhere() -> None:
    """A profile's own score set goes first."""
    assert [score_of(GOOD, name) for name in ("special", "other", None)] == [70, 7, 7]
    assert score_of(RARE, "special") == 0
    assert score_of(make_format(title("x"), trash_scores={"special": 0, "default": 5}), "special") == 0


def test_a_profile_of_the_guides_becomes_ours() -> None:
    """Items turn worst first, members of a group too; scores are there by name and by id."""
    data = build_profile_data(TrashProfile.from_trash(PROFILE), [GOOD, OTHER])
    assert data == ProfileData(
        name="Mine",
        items=(
            ProfileItem(qualities=(get_quality("SDTV"),)),
            ProfileItem(qualities=(get_quality("WEBDL-1080p"), get_quality("WEBRip-1080p")), name="WEB 1080p"),
            ProfileItem(qualities=(get_quality("Bluray-1080p"),), allowed=False),
        ),
        cutoff="WEB 1080p",
        upgrade_allowed=True,
        min_format_score=10,
        cutoff_format_score=100,
        min_upgrade_format_score=5,
        format_scores={"Good": 70},
        scores_by_id={FORMAT_ID: 70},
        language=ORIGINAL,
    )


def test_groups_bring_their_required_and_suggested_formats() -> None:
    """Others come when they are asked for; a group is suggested only to the profiles it names."""
    profile, group = TrashProfile.from_trash(PROFILE), FormatGroup.from_trash(GROUP)
    formats = [GOOD, OTHER, RARE]
    assert build_profile_data(profile, formats, groups=[group]).format_scores == {"Good": 70, "Other": 9}
    asked = build_profile_data(profile, formats, groups=[group], chosen=["3" * 32])
    assert asked.format_scores == {"Good": 70, "Other": 9, "Rare": 0}
    assert default_groups(profile, [group]) == (group,)
    assert default_groups(profile, [FormatGroup.from_trash(changed(GROUP, default=None))]) == ()
    other = changed(GROUP, quality_profiles={"include": {"Other": "d" * 32}})
    assert default_groups(profile, [FormatGroup.from_trash(other)]) == ()


def test_a_profile_without_its_format_is_refused() -> None:
    """A score for a format that is not there would be lost in silence."""
    with pytest.raises(PolicyDataError, match=r"Mine: formatItems.Good: no format has the id '1111"):
        build_profile_data(TrashProfile.from_trash(PROFILE), [OTHER])


def test_sizes_become_definitions() -> None:
    """The table is usable as a policy's size limits; a maximum of 0 is none."""
    definitions = QualitySizes.from_trash(SIZES).definitions()
    found = definitions[get_quality("SDTV")]
    assert (found.minimum, found.preferred, found.maximum) == (2, 95, 100.5)
    endless = changed(SIZES, qualities=[{"quality": "SDTV", "min": 2, "preferred": 95, "max": 0}])
    assert QualitySizes.from_trash(endless).definitions()[get_quality("SDTV")].maximum is None


def test_every_profile_of_the_guides_becomes_ours() -> None:
    """All of them, with the groups suggested to them, are sound profiles over all qualities."""
    files = read_folder(get_corpus() / "trash-guides")
    formats = [CustomFormat.from_trash(data) for file, data in files.items() if file.startswith("cf/")]
    groups = [FormatGroup.from_trash(data) for file, data in files.items() if file.startswith("cf-groups/")]
    for file, data in files.items():
        if not file.startswith("quality-profiles/"):
            continue
        profile = TrashProfile.from_trash(data)
        made = build_profile_data(profile, formats, groups=default_groups(profile, groups))
        assert len(made.format_scores) >= len(profile.formats)
        ours = QualityProfile(name=made.name, items=made.items, cutoff=made.cutoff)
        assert {quality for item in ours.items for quality in item.qualities} == set(QUALITIES)
        assert [item.label for item in reversed(ours.items)] == [item["name"] for item in data["items"]]


# -- lint --------------------------------------------------------------------------------------------------------------


def lint(*formats: CustomFormat, **changes: Any) -> list[tuple[Problem, str | None]]:
    """The findings on a profile that gives each format 10, and allows SDTV and WEBDL-1080p."""
    findings = lint_profile(make_profile(*formats, **changes), formats, Conflicts.from_trash(CONFLICTS))
    assert all(isinstance(finding, Finding) and finding.sentence for finding in findings)
    return [(finding.problem, finding.format) for finding in findings]


def make_profile(*formats: CustomFormat, **changes: Any) -> ProfileData:
    """The profile that `lint` looks at."""
    usual: dict[str, Any] = {
        "name": "Mine",
        "items": tuple(ProfileItem(qualities=(get_quality(name),)) for name in ("SDTV", "WEBDL-1080p")),
        "cutoff": "SDTV",
        "format_scores": {each.name: 10 for each in formats},
    }
    return ProfileData(**{**usual, **changes})


def test_a_sound_profile_has_no_findings() -> None:
    """Nothing is said where nothing is wrong."""
    assert lint(GOOD, RARE, min_format_score=20, cutoff_format_score=20) == []


def test_scores_for_formats_nobody_knows() -> None:
    """A misspelt name gives a score to nothing."""
    assert lint(GOOD, format_scores={"Good": 1, "Goood": 5}) == [(Problem.UNKNOWN_FORMAT, "Goood")]


def test_formats_that_must_not_be_scored_together() -> None:
    """One finding a conflict, which names the profile that has to choose; a score of 0 is none."""
    assert lint(GOOD, OTHER) == [(Problem.CONFLICT, "Good")]
    (finding,) = lint_profile(make_profile(GOOD, OTHER), (GOOD, OTHER), Conflicts.from_trash(CONFLICTS))
    assert finding.sentence.startswith("profile 'Mine' gives a score to 'Good' and 'Other', ")
    assert lint(GOOD, OTHER, format_scores={"Good": 5, "Other": 0}) == []


def test_points_for_reputations_that_may_not_have_been_meant() -> None:
    """Reputation alone can upgrade or reject, and formats that go by release groups count the same opinion again."""
    groups = {"name": "TIDE", "implementation": "ReleaseGroupSpecification", "fields": {"value": "^TIDE$"}}
    usual = {"negate": False, "required": False}
    tier = make_format({**groups, **usual}, name="Tier")
    unlike = make_format({**groups, **usual, "negate": True}, title("good"), name="Unlike")
    low = {"min_format_score": -50}
    for points, changes, expected in (
        (0, {"upgrade_allowed": True}, []),
        (50, {"upgrade_allowed": True, **low}, [Problem.REPUTATION_UPGRADES, Problem.OPINION_TWICE]),
        (50, {"upgrade_allowed": True, "min_upgrade_format_score": 51, **low}, [Problem.OPINION_TWICE]),
        (50, {"format_scores": {"Tier": 0, "Unlike": 5}, **low}, []),
        (50, {"format_scores": {"Unlike": 5}, "min_format_score": -49}, [Problem.REPUTATION_REJECTS]),
        (50, {"format_scores": {"Unlike": 5}}, [Problem.REPUTATION_REJECTS]),
    ):
        profile = make_profile(tier, unlike, **changes)
        assert [one.problem for one in lint_profile(profile, [tier, unlike], reputation_points=points)] == expected


@pytest.mark.parametrize(
    "conditions",
    [
        [condition("source", required=True), condition("source", required=True, value=9)],
        [condition("source"), condition("modifier", value=1)],
        [condition("resolution", value=540), condition("source", value=9)],
        [title("a^b")],
        [title("good"), condition("source", value=9)],
        [condition("resolution", value=2160)],
        [condition("source", value=7, negate=True, required=True), condition("resolution")],
    ],
)
def test_formats_that_match_nothing(conditions: list[dict[str, Any]]) -> None:
    """Conditions that exclude each other, or all the qualities a profile allows, are found out."""
    found = lint(make_format(*conditions, name="Lost"))
    assert (Problem.UNREACHABLE_FORMAT, "Lost") in found


@pytest.mark.parametrize(
    "conditions",
    [
        [condition("source"), condition("source", value=9)],
        [condition("modifier", negate=True)],
        [condition("resolution"), condition("language"), condition("size")],
        [title("a^b"), title("c")],
    ],
)
def test_formats_that_may_match(conditions: list[dict[str, Any]]) -> None:
    """What is not known of a release never counts against a format."""
    assert Problem.UNREACHABLE_FORMAT not in dict(lint(make_format(*conditions)))


@pytest.mark.parametrize("pattern", ["a^b", "b$a", r"web\bdl", "(?!)", "x(^a|^b)", "(?=a^)b", "(a$|b$)c", "a(b^){2}"])
def test_patterns_that_never_match(pattern: str) -> None:
    """An edge in the middle, a word that ends inside a word, a look at nothing."""
    assert (Problem.PATTERN_NEVER_MATCHES, "Made Up") in lint(make_format(title(pattern)))


@pytest.mark.parametrize("pattern", ["^a", "a$", r"web\b-dl", r"[\w.]\b.", "(^a|b)c", "a(b|^)c", "a?^b", "(?!a)b"])
def test_patterns_that_may_match(pattern: str) -> None:
    """Only what is certain is said."""
    assert lint(make_format(title(pattern))) == []


@pytest.mark.parametrize("pattern", ["a*", "(a|)", "(?!a^)", "a{0,3}"])
def test_patterns_that_always_match(pattern: str) -> None:
    """A pattern content with nothing at all matches every name."""
    assert lint(make_format(title(pattern))) == [(Problem.PATTERN_ALWAYS_MATCHES, "Made Up")]


def test_scores_that_cannot_be_reached() -> None:
    """The best a release can score is the sum of what is above zero and can match here."""
    assert lint(GOOD, cutoff_format_score=11) == [(Problem.CUTOFF_NOT_REACHABLE, None)]
    assert lint(GOOD, min_format_score=11, cutoff_format_score=11) == [
        (Problem.MINIMUM_NOT_REACHABLE, None),
        (Problem.CUTOFF_NOT_REACHABLE, None),
    ]
    uhd = make_format(condition("resolution", value=2160), name="UHD")
    assert (Problem.CUTOFF_NOT_REACHABLE, None) in lint(GOOD, uhd, cutoff_format_score=20)


def test_the_types_of_condition_are_ten() -> None:
    """Every type Radarr has is there."""
    assert len(CONDITION_TYPES) == 10
