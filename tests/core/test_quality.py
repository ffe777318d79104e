"""Qualities, revisions, definitions and profiles."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.languages import ANY, ORIGINAL
from radarr_core.domain.quality import (
    BUILT_IN_PROFILES,
    DEFAULT_DEFINITIONS,
    QUALITIES,
    Modifier,
    ProfileItem,
    Quality,
    QualityDefinition,
    QualityProfile,
    Revision,
    Source,
    build_profile,
    complete_items,
    find_nearest_quality,
    get_quality,
)


@pytest.mark.parametrize(
    ("source", "resolution", "modifier", "name"),
    [
        (Source.TV, 480, Modifier.NONE, "SDTV"),
        (Source.UNKNOWN, 1080, Modifier.NONE, "HDTV-1080p"),
        (Source.DVD, 576, Modifier.NONE, "DVD"),
        (Source.DVD, 480, Modifier.REMUX, "DVD-R"),
        (Source.CAM, 1080, Modifier.SCREENER, "Unknown"),
        (Source.BLURAY, 480, Modifier.REMUX, "Unknown"),
        (Source.WEBDL, 576, Modifier.NONE, "Bluray-576p"),
        (Source.BLURAY, 2160, Modifier.REMUX, "Remux-2160p"),
    ],
)
def test_nearest_quality(source: Source, resolution: int, modifier: Modifier, name: str) -> None:
    """Three parts name the quality the field names by them, or the nearest one."""
    assert find_nearest_quality(source, resolution, modifier).name == name


def test_a_telesync_keeps_the_resolution_it_claims() -> None:
    """A quality of any resolution carries the claimed one without becoming another quality."""
    found = find_nearest_quality(Source.TELESYNC, 1080)
    assert found == get_quality("TELESYNC")
    assert found.resolution == 1080


def test_there_are_thirty_qualities_of_different_names_and_numbers() -> None:
    """The table is complete, and no row stands twice."""
    assert len(QUALITIES) == len({q.id for q in QUALITIES}) == len({q.name for q in QUALITIES}) == 30
    assert set(DEFAULT_DEFINITIONS) == set(QUALITIES)


def test_an_unknown_quality_name_lists_the_known_ones() -> None:
    """A misspelt quality is answered with what could have been meant."""
    with pytest.raises(ValueError, match="Bluray-1080p"):
        get_quality("BluRay-1080p")


@given(*[st.builds(Revision, real=st.integers(0, 3), version=st.integers(0, 3), is_repack=st.booleans())] * 2)
def test_revisions_compare_by_real_then_version(first: Revision, second: Revision) -> None:
    """Whether it was a repack takes no part in order or equality."""
    mine, theirs = (first.real, first.version), (second.real, second.version)
    assert (first < second, first == second) == (mine < theirs, mine == theirs)


@pytest.mark.parametrize(
    ("minimum", "preferred", "maximum"),
    [(-1, None, None), (5, 4, None), (0, 9, 8), (0, None, 2001), (3000, None, None)],
)
def test_size_limits_out_of_order_are_refused(minimum: float, preferred: float | None, maximum: float | None) -> None:
    """Limits that no size could meet cannot be built."""
    with pytest.raises(ValueError, match="size limits"):
        QualityDefinition(quality=QUALITIES[0], minimum=minimum, preferred=preferred, maximum=maximum)


def _item(name: str, *, allowed: bool = True) -> ProfileItem:
    return ProfileItem(qualities=(get_quality(name),), allowed=allowed)


@pytest.mark.parametrize(
    ("items", "cutoff", "complaint"),
    [
        ((_item("DVD", allowed=False),), "DVD", "no quality is allowed"),
        ((_item("DVD"), _item("DVD")), "DVD", "stands twice"),
        ((_item("DVD"), _item("SDTV", allowed=False)), "SDTV", "no allowed item"),
        ((_item("DVD"),), "Nonsense", "no allowed item"),
        ((_item("DVD"),), "DVD", "every quality needs a place.*SDTV"),
        ((ProfileItem(qualities=QUALITIES, name="All"),), "DVD", "'DVD' is only a member of the group 'All'"),
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(
    items: tuple[ProfileItem, ...], cutoff: str, complaint: str
) -> None:
    """A profile that could never accept, or never stop upgrading, cannot be built."""
    with pytest.raises(ValueError, match=complaint):
        QualityProfile(name="P", items=items, cutoff=cutoff)


def test_a_group_needs_a_name_and_a_single_quality_has_none() -> None:
    """A group is called by its own name, a quality by the quality's."""
    web = (get_quality("WEBDL-1080p"), get_quality("WEBRip-1080p"))
    with pytest.raises(ValueError, match="needs a name"):
        ProfileItem(qualities=web)
    with pytest.raises(ValueError, match="no name of its own"):
        ProfileItem(qualities=web[:1], name="Web")


@pytest.mark.parametrize("profile", BUILT_IN_PROFILES.values(), ids=lambda profile: profile.name)
def test_built_in_profiles_hold_every_quality_once(profile: QualityProfile) -> None:
    """All thirty qualities have a place, so that nothing offered is unheard of."""
    held: list[Quality] = [quality for item in profile.items for quality in item.qualities]
    assert sorted(q.id for q in held) == sorted(q.id for q in QUALITIES)


def test_members_of_a_group_rank_the_same() -> None:
    """WEB-DL and WEBRip of one resolution are equal by default."""
    profile = BUILT_IN_PROFILES["HD-1080p"]
    assert profile.index(get_quality("WEBDL-1080p")) == profile.index(get_quality("WEBRip-1080p"))
    assert profile.index(get_quality("Bluray-1080p")) > profile.index(get_quality("WEBDL-1080p"))


def test_without_upgrades_the_first_allowed_item_is_the_cutoff() -> None:
    """A profile that never upgrades is content with whatever it holds."""
    quiet = build_profile("Quiet", allowed=("WEB 1080p", "Bluray-1080p"), cutoff="Bluray-1080p")
    eager = build_profile("Eager", allowed=("WEB 1080p", "Bluray-1080p"), cutoff="Bluray-1080p", upgrade_allowed=True)
    assert quiet.cutoff_index == quiet.index(get_quality("WEBDL-1080p"))
    assert eager.cutoff_index == eager.index(get_quality("Bluray-1080p"))


def test_a_misspelt_label_lists_the_known_ones() -> None:
    """A profile that names an unknown quality says which exist."""
    with pytest.raises(ValueError, match="WEB 1080p"):
        build_profile("P", allowed=("Web 1080p",), cutoff="Web 1080p")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"min_upgrade_format_score": 0}, "min_upgrade_format_score is at least 1"),
        ({"min_format_score": 11, "format_scores": {"A": 10, "B": -5}}, "11 cannot be reached.*make 10 together"),
        ({"min_format_score": 1}, "1 cannot be reached"),
    ],
)
def test_scores_nobody_could_reach_are_refused(changes: dict[str, Any], complaint: str) -> None:
    """A profile that would refuse everything says so when it is built."""
    with pytest.raises(ValueError, match=complaint):
        build_profile("P", allowed=("DVD",), cutoff="DVD", **changes)


def test_qualities_left_out_are_put_in_front_and_not_allowed() -> None:
    """A shorter list, as people write it, becomes a whole profile."""
    profile = QualityProfile(name="P", items=complete_items((_item("DVD"), _item("SDTV"))), cutoff="SDTV")
    assert len(profile.items) == 30
    assert [item.label for item in profile.items if item.allowed] == ["DVD", "SDTV"]
    assert profile.last_allowed_index == profile.index(get_quality("SDTV")) == 29


def test_the_order_inside_a_group_is_there_for_who_asks() -> None:
    """Members rank the same, but a group is written in an order."""
    profile = BUILT_IN_PROFILES["HD-1080p"]
    first, second = profile.position(get_quality("WEBDL-1080p")), profile.position(get_quality("WEBRip-1080p"))
    assert first[0] == second[0]
    assert first < second


def test_built_in_profiles_want_the_film_in_its_own_language() -> None:
    """A profile that is put together by hand asks for none unless told to."""
    assert {profile.language for profile in BUILT_IN_PROFILES.values()} == {ORIGINAL}
    assert QualityProfile(name="P", items=complete_items((_item("DVD"),)), cutoff="DVD").language == ANY


def test_naming_one_quality_of_a_group_splits_it() -> None:
    """Who wants WEB-DL and no WEBRip says so by name; the order stays that of the field."""
    profile = build_profile("Picky", allowed=("WEBDL-1080p", "Bluray-1080p"), cutoff="WEBDL-1080p")
    assert profile.is_allowed(get_quality("WEBDL-1080p"))
    assert not profile.is_allowed(get_quality("WEBRip-1080p"))
    assert profile.index(get_quality("WEBRip-1080p")) != profile.index(get_quality("WEBDL-1080p"))
