"""Groups, strata and observations: what can be said of a release, and what is refused."""

from __future__ import annotations

import math
import pickle
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_core import DownloadProtocol, IndexerFlag, Release, parse_release
from radarr_core.domain.quality import get_quality
from radarr_core.domain.releases import HdrFormat, IndexerKind
from radarr_core.domain.scene_groups import (
    CostClass,
    FixKind,
    Group,
    GroupAliases,
    HdrClass,
    LocalOutcome,
    Medium,
    Observation,
    ObservationSet,
    Stratum,
    find_group,
    find_stratum,
    merge_sightings,
    observe_offer,
    take_in,
)
from radarr_core.domain.scene_groups.contests import find_rate
from radarr_core.domain.scene_groups.group_words import NOT_GROUPS
from radarr_core.domain.scene_groups.strata import age_band
from radarr_core.errors import GiveUpError, ObservationRefusedError

from .scene_groups import AT, WEB, observe, read_names

PSEUDO = ["INTERNAL", "EXCLUSIVE", "UNKNOWN", "NONE", "NOGRP", "NoGroup", "REPACK", "PROPER", "MA", "DL", "HD", "X"]
PSEUDO += [
    "1080p",
    "x265",
    "IMAX",
    "MKV",
    "7",
    "[INTERNAL]",
    "a1b2c3d4",
    "-",
    "  ",
    "0123456789abcdef0123456789abcdef01234567",
    "\u200bINTERNAL",
    "INTER\u00adNAL",
    "\u202eINTERNAL\u202c",
    "x264\x00",
    "\ud800",
]


@pytest.mark.parametrize("name", PSEUDO)
def test_flags_tags_and_failures_are_no_groups(name: str) -> None:
    """No pseudo-group can be built, in whatever case, and none is ever found."""
    for text in (name, name.lower(), name.upper()):
        with pytest.raises(ValueError, match="names no group"):
            Group(text)
        assert find_group(text) is None


def test_no_name_is_no_group() -> None:
    """There is no bucket for releases without a group."""
    assert find_group(None) is None
    assert find_group("") is None


@pytest.mark.parametrize("name", ["D-Z0N3", "E.N.D", "-ZR-", "QxR", "YTS.MX", "ZQ", "EA", "126811", "3L", "Ｄ-Z0N3"])
def test_odd_names_are_groups(name: str) -> None:
    """Punctuation and digits belong to names, and two letters are normal."""
    claim = find_group(name)
    assert claim is not None
    assert (claim.group.name, claim.is_doubtful) == (name, False)


def test_every_group_the_guides_list_is_one() -> None:
    """No rule against pseudo-groups takes a real name, good or bad."""
    tiers = [f"{family}-tier-0{tier}" for family in ("hd-bluray", "uhd-bluray", "remux", "web") for tier in (1, 2, 3)]
    names = read_names(*tiers, "lq", "bad-dual-groups")
    assert len(names) > 200
    assert [name for name in names if find_group(name) is None] == []


@given(
    st.sampled_from(["D-Z0N3", "Straße", "ﬁX", "NTb", "Ünï"]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.booleans(),
)
def test_spelling_makes_no_difference(name: str, form: str, is_upper: bool) -> None:
    """Case and Unicode form give the same group; the spelling is kept."""
    other = unicodedata.normalize(form, name.upper() if is_upper else name)
    assert Group(other) == Group(name)
    assert hash(Group(other)) == hash(Group(name))
    assert Group(other).name == other


def test_reposters_are_no_part_of_a_group() -> None:
    """What others hang behind a name is taken off, also twice."""
    claim = find_group("NTb-xpost-AsRequested")
    assert claim is not None
    assert claim.group == Group("ntb")
    assert find_group("INTERNAL-postbot") is None


def test_single_characters_and_words_of_the_title_are_doubtful() -> None:
    """What looks like a mistake of the parser is kept, but marked."""
    single, word, other = find_group("Q"), find_group("Harbor", film_title="The Glass Harbor"), find_group("Harbor")
    assert single is not None
    assert word is not None
    assert other is not None
    assert (single.is_doubtful, word.is_doubtful, other.is_doubtful) == (True, True, False)


def test_aliases_lead_to_one_name_and_never_in_a_circle() -> None:
    """A chain of aliases is followed to its end; a circle is refused, naming its members."""
    aliases = GroupAliases({"A1": "B1", "B1": "C1", "C1": "C1"})
    assert [aliases.resolve(key) for key in ("a1", "b1", "c1", "other")] == ["c1", "c1", "c1", "other"]
    with pytest.raises(ValueError, match="circle"):
        GroupAliases({"A1": "B1", "B1": "A1"})
    with pytest.raises(ValueError, match="names no group"):
        GroupAliases({"PAXA": "INTERNAL"})


@pytest.mark.parametrize(
    ("quality", "hdr", "stratum"),
    [
        ("WEBDL-1080p", (), Stratum(Medium.WEB, 1080)),
        ("WEBRip-1080p", (HdrFormat.HDR10,), Stratum(Medium.WEB, 1080)),
        ("Bluray-2160p", (HdrFormat.HDR10,), Stratum(Medium.ENCODE, 2160, HdrClass.HDR)),
        ("Remux-2160p", (HdrFormat.HDR10, HdrFormat.DOLBY_VISION), Stratum(Medium.REMUX, 2160, HdrClass.DOLBY_VISION)),
        ("Remux-2160p", (), Stratum(Medium.REMUX, 2160)),
        ("BR-DISK", (), Stratum(Medium.DISC, 1080)),
        ("HDTV-720p", (), Stratum(Medium.CAPTURE, 720)),
        ("CAM", (), None),
        ("DVDSCR", (), None),
        ("Unknown", (), None),
    ],
)
def test_what_is_compared_with_what(quality: str, hdr: tuple[HdrFormat, ...], stratum: Stratum | None) -> None:
    """Medium, resolution and, for 2160p, light make a stratum; what is of no kind has none."""
    assert find_stratum(get_quality(quality), hdr) == stratum


def test_a_stratum_of_no_resolution_cannot_be() -> None:
    """A stratum nobody could fall into is refused."""
    with pytest.raises(ValueError, match="999"):
        Stratum(Medium.WEB, 999)


def test_age_bands() -> None:
    """Bands begin at 0, 3, 14, 60, 180 and 730 days."""
    assert [age_band(day) for day in (0, 2, 3, 13, 14, 59, 60, 179, 180, 729, 730, 9999)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size", -1), ("size", math.nan), ("size", math.inf), ("size", 2**80), ("size", True), ("size", "large"),
        ("snatches", -5), ("seeders", -1), ("leechers", -1), ("runtime", -90), ("runtime", math.nan), ("key", " "),
        ("key", 5), ("group", "TIDE"), ("stratum", "web 1080p"), ("movie", 7), ("cost", "free"), ("cost", None),
        ("outcome", "vanished"), ("fix", "proper"), ("is_internal", "yes"), ("was_removed", None), ("seen_at", None),
        ("seen_at", datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5)))),
        ("seen_at", datetime(2025, 1, 1)), ("added", AT + timedelta(days=400)), ("added", "yesterday"),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(field: str, value: object) -> None:
    """One clear error names the release, the field and the value; it tells what can be done, and can be pickled."""
    with pytest.raises(ObservationRefusedError) as caught:
        Observation(**{"key": "abc", "seen_at": AT, field: value})  # type: ignore[arg-type]
    error = caught.value
    assert isinstance(error, GiveUpError)
    assert error.field == field
    assert repr(value)[:70] in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.field) == (str(error), field)


def test_an_observation_may_know_nothing() -> None:
    """Everything but the release and the time may be missing."""
    seen = Observation(key="abc", seen_at=AT)
    assert (seen.group, seen.size, seen.snatches, seen.cost) == (None, None, None, CostClass.UNKNOWN)


def test_moments_are_kept_in_utc() -> None:
    """A day is a UTC day, wherever the indexer stands."""
    tokyo = timezone(timedelta(hours=9))
    seen = Observation(key="abc", seen_at=AT, added=datetime(2025, 7, 1, 3, tzinfo=tokyo))
    assert seen.added == datetime(2025, 6, 30, 18, tzinfo=UTC)
    assert seen.added.day == 30


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))),
        datetime(1970, 1, 1, tzinfo=UTC),
    ],
)
def test_a_date_that_stands_for_none_is_none(moment: datetime) -> None:
    """Programs send year 1 and 1970 where they know no date; such a release is no evidence of long ago."""
    assert Observation(key="abc", seen_at=AT, added=moment).added is None


@pytest.mark.parametrize("figures", [{"runtime": 5e-324}, {"size": 5e-324}])
def test_a_size_that_is_no_figure_is_unknown(figures: dict[str, float]) -> None:
    """An endless number of bytes a minute would be the measure of all others."""
    assert find_rate(observe("abc", **figures)) is None


@pytest.mark.parametrize(
    "row", [{}, {"key": "a"}, {"key": "a", "seen_at": AT, "colour": 3}, {"key": "a", "seen_at": AT, 5: 3}, "row", None]
)
def test_a_row_of_other_fields_is_counted_and_the_rest_goes_on(row: Any) -> None:
    """What is missing, or is no field, spoils its own row alone."""
    intake = take_in([row, {"key": "good", "seen_at": AT}])
    assert (len(intake.observations), sum(intake.refused.values())) == (1, 1)


def test_one_bad_row_is_counted_and_the_rest_goes_on() -> None:
    """A heap of strangers' data is taken in as far as it can be meant."""
    rows = [{"key": str(i), "seen_at": AT, "size": i - 3} for i in range(30)] + [{"key": "", "seen_at": AT}]
    intake = take_in(rows)
    assert len(intake.observations) == 27
    assert intake.refused == {"size": 3, "key": 1}
    assert len(intake.errors) == 4


def test_a_million_sightings_of_one_release_are_one_release() -> None:
    """Repeating an observation adds nothing, and costs no memory."""
    one = observe("abc")
    assert len(ObservationSet.of(one for _ in range(1_000_000))) == 1


sightings = st.builds(
    observe,
    st.integers(0, 3),
    st.sampled_from(["TIDE", "tide", None]),
    seen_at=st.integers(0, 2).map(lambda day: AT - timedelta(days=day)),
    snatches=st.integers(0, 2),
    outcome=st.none() | st.sampled_from(LocalOutcome),
    was_removed=st.booleans(),
)
sets = st.lists(sightings, max_size=5).map(ObservationSet.of)


@given(sets, sets, sets)
def test_joining_sets_is_a_union(a: ObservationSet, b: ObservationSet, c: ObservationSet) -> None:
    """Sets join in any order and as often as one likes, to the spelling of a name."""

    def shown(found: ObservationSet) -> dict[str, str]:
        return {key: repr(one) for key, one in found.by_key.items()}

    assert shown((a | b) | c) == shown(a | (b | c))
    assert shown(a | b) == shown(b | a)
    assert shown(a | a) == shown(a)


def test_the_latest_sighting_wins_and_what_happened_stays() -> None:
    """Figures are those of the last look; a removal and a bad outcome are not forgotten."""
    early = observe("abc", seen_at=AT - timedelta(days=9), snatches=5, was_removed=True, outcome=LocalOutcome.FAKE)
    late = observe("abc", snatches=50, outcome=LocalOutcome.KEPT)
    merged = merge_sightings(late, early)
    assert (merged.snatches, merged.seen_at, merged.was_removed, merged.outcome) == (
        50,
        late.seen_at,
        True,
        LocalOutcome.FAKE,
    )


def test_an_offer_becomes_an_observation() -> None:
    """What an indexer says and what a name claims meet in one value."""
    title = "The.Glass.Harbor.2024.REPACK.2160p.WEB-DL.DV.H.265-TIDE"
    offer = Release(
        indexer="harbor", guid="1", title=title, download_url="https://indexer.example/1", size=9, seeders=3, peers=5,
        flags=IndexerFlag.INTERNAL | IndexerFlag.FREELEECH, published=AT, protocol=DownloadProtocol.TORRENT, snatches=7,
        indexer_kind=IndexerKind.PRIVATE,
    )  # fmt: skip
    seen = observe_offer(offer, parse_release(title), seen_at=AT, movie="tmdb-1", runtime_minutes=100)
    assert seen == Observation(
        key="harbor:1", seen_at=AT, group=Group("TIDE"), movie="tmdb-1",
        stratum=Stratum(Medium.WEB, 2160, HdrClass.DOLBY_VISION), added=AT, size=9, runtime=100, snatches=7, seeders=3,
        leechers=2, cost=CostClass.FREE, is_internal=True, fix=FixKind.REPACK, indexer_kind=IndexerKind.PRIVATE,
    )  # fmt: skip


def test_a_list_is_no_set_of_observations() -> None:
    """It has to be gone through for releases that were seen twice."""
    with pytest.raises(TypeError, match=r"ObservationSet\.of"):
        ObservationSet([observe("x")])  # type: ignore[arg-type]


def test_an_offer_of_a_pseudo_group_has_none() -> None:
    """A flag at the end of a name makes no group."""
    title = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-INTERNAL"
    offer = Release(indexer="harbor", guid="1", title=title, download_url="https://indexer.example/1")
    assert observe_offer(offer, parse_release(title), seen_at=AT).group is None


def test_words_that_are_no_groups_are_in_small_letters() -> None:
    """The table is compared with folded names."""
    assert {word for word in NOT_GROUPS if word != word.casefold()} == set()
    assert observe("x").stratum == WEB
