"""Hypothesis strategies for cases, as rules and criteria get them: for properties of ours and of plugins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from radarr_core.domain.decisions import (
    DecisionSettings,
    DelayProfile,
    HistoryEntry,
    HistoryEvent,
    Policy,
    Propers,
    ReleaseProfile,
    ReputationMode,
    ReputationSettings,
    RunKind,
    Situation,
)
from radarr_core.domain.decisions.rules.base import Case
from radarr_core.domain.downloads import BlockCause, BlockedRelease, Grab
from radarr_core.domain.identifiers import CorrelationId, InfoHash
from radarr_core.domain.movies import Slot, SlotKey
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.quality import build_profile
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag
from radarr_core.domain.scene_groups import EvidenceLevel, Group, Medium, SceneGroupReputation, Stratum

from . import strategies
from .builders import CASE_MOVIE, CASE_NAME, CASE_NOW, CASE_PROFILE, build_held, build_offer, find_cases

_NAMES = (
    CASE_NAME,
    "The.Glass.Harbor.2024.PROPER.1080p.WEB-DL.H.264-TIDE",
    "The.Glass.Harbor.2024.REPACK2.1080p.BluRay.x264-DOCK",
    "The.Glass.Harbor.2024.2160p.BluRay.REMUX.HEVC.TrueHD.7.1-DOCK",
    "The.Glass.Harbor.2024.FRENCH.HDCAM.x264-SEAT",
    "The.Glass.Harbor.2024.German.DL.720p.HDTV.x264-GROUP",
    "The.Glass.Harbor.2024.HC.1080p.WEBRip.x264-TIDE",
    "The.Glass.Harbor.2024.COMPLETE.UHD.BLURAY-DISK",
    "The.Glass.Harbor.2024.DVDR-DISK",
    "The.Glass.Harbor.1998.720p.BluRay.x264-OLD",
    "The.Glass.Harbor.2024.sample.mkv",
    "the glass harbor",
    "The.Glass.Lighthouse.2024.1080p.WEB-DL.H.264-TIDE",
    "The.Glass.Harbor.S01E02.1080p.WEB-DL.H.264-TIDE",
    "nothing",
    "../The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE",
)
_READABLE = _NAMES[:8]
_near = st.integers(-40, 4000).map(lambda hours: CASE_NOW - timedelta(hours=hours))
_terms = st.lists(st.sampled_from(["tide", "x264", "kids"]), min_size=1, max_size=2).map(tuple)


def _mix(values: st.SearchStrategy[Any], *, most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=most).map(tuple)


_movies = st.builds(
    evolve,
    st.just(CASE_MOVIE),
    runtime_minutes=st.none() | st.integers(1, 300),
    original_language=st.none() | strategies.languages,
    monitored=st.booleans(),
    tags=st.frozensets(st.sampled_from(["kids", "night"])),
    slots=st.sampled_from([(Slot(profile="Case"),), (Slot(profile="Case"), Slot(name="strict", profile="Strict"))]),
)
_flags = st.sampled_from([IndexerFlag(0), IndexerFlag.FREELEECH, IndexerFlag.INTERNAL | IndexerFlag.HALFLEECH])
_tags = st.frozensets(st.sampled_from(["kids", "night"]))
_counts = st.none() | strategies.counts
_offers = st.builds(
    build_offer,
    st.sampled_from(_NAMES),
    protocol=st.none() | st.sampled_from(DownloadProtocol),
    published=st.none() | _near | strategies.moments,
    size=st.none() | st.integers(0, 60_000_000_000) | strategies.sizes,
    seeders=_counts,
    peers=_counts,
    minimum_seeders=strategies.counts,
    indexer=st.sampled_from(["harbor", "pier"]),
    indexer_priority=st.integers(1, 50),
    indexer_tags=_tags,
    flags=_flags,
    required_flags=_flags,
    languages=_mix(strategies.languages),
    container=st.sampled_from([None, "mkv", "iso"]),
)
_settings = st.builds(
    DecisionSettings,
    retention_days=st.sampled_from([0, 1, 3000]),
    minimum_age_minutes=st.sampled_from([0, 60]),
    maximum_size=st.sampled_from([0, 1, 10_000_000_000]),
    availability_delay_days=st.integers(-30, 30),
    propers=st.sampled_from(Propers),
    prefer_indexer_flags=st.booleans(),
    allow_hardcoded_subs=st.booleans(),
    completed_download_handling=st.booleans(),
    skip_free_space_check=st.booleans(),
)
_delays = st.sampled_from([0, 60, 6000])
_release_profiles = _mix(st.builds(ReleaseProfile, required=_terms, ignored=_terms), most=1)


# Strategies are made once, here, and not where they are drawn from: to make one takes longer than to draw from it.
_stricts = st.sampled_from(["Bluray-1080p", "Remux-2160p"])
_protocols = st.sampled_from(DownloadProtocol)
_reputation_settings = st.builds(ReputationSettings, mode=st.sampled_from(ReputationMode), points=st.integers(0, 100))


@st.composite
def _draw_policies(draw: st.DrawFn) -> Policy:
    strict = draw(_stricts)
    delays = DelayProfile(preferred_protocol=draw(_protocols), torrent_delay=draw(_delays), usenet_delay=draw(_delays))
    return Policy(
        profiles={
            "Case": evolve(CASE_PROFILE, upgrade_allowed=draw(st.booleans())),
            "Strict": build_profile("Strict", allowed=(strict,), cutoff=strict),
        },
        settings=draw(_settings),
        delay_profiles=(delays,),
        release_profiles=draw(_release_profiles),
        reputation=draw(_reputation_settings),
    )


_policies = _draw_policies()
_intervals = st.tuples(*[st.floats(0, 100)] * 3).map(sorted)
_weights = st.floats(0, 100)
_levels = st.sampled_from(EvidenceLevel)


@st.composite
def _draw_reputations(draw: st.DrawFn) -> dict[tuple[Group, Stratum], SceneGroupReputation]:
    found = {}
    for name, medium in (("TIDE", Medium.WEB), ("DOCK", Medium.ENCODE), ("GROUP", Medium.CAPTURE)):
        stratum = Stratum(medium, 720 if name == "GROUP" else 1080)
        lower, score, upper = draw(_intervals)
        found[Group(name), stratum] = SceneGroupReputation(
            group=Group(name), stratum=stratum, lower=lower, score=score, upper=upper,
            evidence_weight=draw(_weights), evidence=draw(_levels), is_doubtful=draw(st.booleans()),
        )  # fmt: skip
    return found


_KEY = SlotKey(movie_id=CASE_MOVIE.id, slot=CASE_MOVIE.slots[0].name)
_readable = st.sampled_from(_READABLE)
_readable_offers = _readable.map(build_offer)
_held = st.none() | st.tuples(_readable, st.sampled_from([480, 1080]))
_entries = _mix(
    st.builds(
        HistoryEntry,
        target=st.just(_KEY),
        event=st.sampled_from(HistoryEvent),
        at=_near,
        claim=_readable.map(parse_release),
        offer=st.none() | _readable_offers,
        download_id=st.none() | st.just("a" * 40),
    )
)
_blocked = _mix(
    st.builds(
        BlockedRelease,
        target=st.just(_KEY),
        identity=_readable,
        title=_readable,
        cause=st.sampled_from(BlockCause),
        reason=st.just("it failed"),
        blocked_at=_near,
        offer=st.none() | _readable_offers,
    ),
    most=1,
)
_queues = _mix(_readable.map(lambda name: _build_grab(name, _KEY)), most=1)
_situations = st.builds(
    Situation,
    kind=st.sampled_from(RunKind),
    queue=_queues,
    history=_entries,
    blocked=_blocked,
    free_space=st.none() | strategies.sizes,
    mislabelled=st.dictionaries(st.just(_KEY), st.integers(0, 4)),
    disabled_indexers=st.dictionaries(st.just("harbor"), _near),
    reputations=st.none() | _draw_reputations(),
    reputation_note=st.sampled_from(["", "nobody answered"]),
)


def _build_grab(name: str, key: SlotKey) -> Grab:
    return Grab(
        info_hash=InfoHash("b" * 40),
        target=key,
        claim=parse_release(name),
        offer=build_offer(name),
        client="client",
        grabbed_at=CASE_NOW,
        correlation_id=CorrelationId("case"),
    )


@st.composite
def _draw_cases(draw: st.DrawFn) -> Case:
    movie, situation, held = draw(_movies), draw(_situations), draw(_held)
    if held is not None:
        name, height = held
        situation = evolve(situation, held={_KEY: build_held(name, movie=movie, height=height)})
    made = find_cases(draw(_offers), movie=movie, policy=draw(_policies), situation=situation, now=CASE_NOW)
    return draw(st.sampled_from(made))


cases = _draw_cases()
"""Cases of every kind: names that fit and names that are none, facts told and not told, a slot empty or held."""
