"""Hypothesis strategies for the values of the domain, odd ones included: for properties of ours and of plugins.

Texts hold what strangers send: every script, control characters and NUL. Paths also hold the lone surrogates by which
Python writes names of files that are no UTF-8. Sizes go beyond 64 bits.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from radarr_core.domain.availability import Availability, ReleaseDates
from radarr_core.domain.decisions.situation import PendingReason, PendingRelease
from radarr_core.domain.downloads import BlockCause, BlockedRelease, Grab, GrabState
from radarr_core.domain.events import (
    DownloadFailed,
    Event,
    GrabFailed,
    ImportWaits,
    MovieAdded,
    MovieFileImported,
    NotificationFailed,
    ReleaseGrabbed,
    ReleaseMislabelled,
    SearchCompleted,
)
from radarr_core.domain.identifiers import CorrelationId, ImdbId, InfoHash, MovieId, SlotName, TmdbId
from radarr_core.domain.indexer_health import HIGHEST_LEVEL, IndexerHealth
from radarr_core.domain.languages import LANGUAGES
from radarr_core.domain.movies import Movie, MovieFile, Slot, SlotKey, TranslatedTitle
from radarr_core.domain.plans import PlaceFile, PlacementMode, Plan, PlanState, RenameFile, RetireFile
from radarr_core.domain.quality import QUALITIES, Revision
from radarr_core.domain.releases import (
    AudioClaim,
    AudioCodec,
    AudioStream,
    DownloadProtocol,
    HdrFormat,
    IndexerFlag,
    IndexerKind,
    Mark,
    MediaInfo,
    ParsedRelease,
    Release,
    Span,
    VideoCodec,
    VideoStream,
)
from radarr_core.domain.scene_groups import (
    CostClass,
    FixKind,
    Group,
    HdrClass,
    LocalOutcome,
    Medium,
    Observation,
    Stratum,
)

_FIRST_ESCAPE, _LAST_ESCAPE = 0xDC80, 0xDCFF  # PEP 383: bytes of file names that are no UTF-8

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Any text that can be written as UTF-8."""
names = texts.filter(lambda text: bool(text.strip()))
"""Any text that is not blank."""
paths = st.lists(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="/\0")
        | st.characters(min_codepoint=_FIRST_ESCAPE, max_codepoint=_LAST_ESCAPE, categories=["Cs"]),
        min_size=1,
        max_size=12,
    ).filter(lambda part: part not in (".", "..")),
    min_size=1,
    max_size=4,
).map(lambda parts: PurePath("/", *parts))
"""Absolute paths, also of files whose names are no UTF-8."""
moments = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)).map(  # noqa: DTZ001 - the zone follows
    lambda moment: moment.replace(tzinfo=UTC, fold=0)
)
"""Aware, in UTC, to the microsecond."""
sizes = st.integers(0, 10**20) | st.sampled_from([0, 2**31, 2**32, 2**63 - 1, 2**63, 2**64])
"""Bytes, also more than 64 bits can count."""
counts = st.integers(0, 10**6)
figures = st.floats(0, 10**9, allow_nan=False)

info_hashes = st.binary(min_size=20, max_size=20).map(lambda raw: InfoHash(raw.hex())) | st.binary(
    min_size=32, max_size=32
).map(lambda raw: InfoHash(raw.hex()))
imdb_ids = st.integers(1, 10**10 - 1).map(lambda number: ImdbId(str(number)))
tmdb_ids = st.integers(1, 10**12 - 1).map(TmdbId)
movie_ids = names.map(MovieId)
slot_names = names.map(SlotName)
correlation_ids = texts.map(CorrelationId)
slot_keys = st.builds(SlotKey, movie_id=movie_ids, slot=slot_names)
languages = st.sampled_from(LANGUAGES)
qualities = st.builds(
    lambda quality, resolution: quality.at(resolution) if resolution else quality,
    st.sampled_from(QUALITIES),
    st.sampled_from([None, 0, 480, 576, 720, 1080, 2160]),
)
revisions = st.builds(Revision, real=st.integers(0, 3), version=st.integers(0, 5), is_repack=st.booleans())


def _tuples(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=most).map(tuple)


def _perhaps(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


_slots = st.lists(
    st.builds(Slot, name=slot_names, profile=texts, folder=_perhaps(texts)),
    min_size=1,
    max_size=3,
    unique_by=lambda slot: slot.name,
).map(tuple)


movies = st.builds(
    Movie,
    title=names,
    year=st.integers(1870, 2200),
    imdb_id=_perhaps(imdb_ids),
    tmdb_id=_perhaps(tmdb_ids),
    secondary_year=_perhaps(st.integers(1870, 2200)),
    other_titles=_tuples(texts),
    runtime_minutes=_perhaps(st.integers(1, 1000)),
    slots=_slots,
    monitored=st.booleans(),
    original_title=_perhaps(names),
    original_language=_perhaps(languages),
    translated_titles=_tuples(st.builds(TranslatedTitle, language=languages, title=texts)),
    tags=st.frozensets(texts, max_size=3),
    dates=st.builds(ReleaseDates, in_cinemas=_perhaps(moments), digital=_perhaps(moments), physical=_perhaps(moments)),
    minimum_availability=st.sampled_from(Availability),
    id=movie_ids,
)

releases = st.builds(
    Release,
    indexer=texts,
    guid=names,
    title=names,
    protocol=_perhaps(st.sampled_from(DownloadProtocol)),
    size=_perhaps(sizes),
    download_url=names,
    magnet_url=_perhaps(names),
    info_url=_perhaps(texts),
    info_hash=_perhaps(info_hashes),
    published=_perhaps(moments),
    seeders=_perhaps(counts),
    peers=_perhaps(counts),
    imdb_id=_perhaps(imdb_ids),
    tmdb_id=_perhaps(tmdb_ids),
    languages=_tuples(languages),
    flags=st.sampled_from(IndexerFlag),
    indexer_priority=st.integers(1, 50),
    minimum_seeders=counts,
    container=_perhaps(texts),
    indexer_tags=st.frozensets(texts, max_size=3),
    required_flags=st.sampled_from(IndexerFlag),
    multi_languages=_tuples(languages),
    snatches=_perhaps(counts),
    indexer_kind=_perhaps(st.sampled_from(IndexerKind)),
)

_channels = st.sampled_from(["1.0", "2.0", "5.1", "7.1"])
_spans = st.dictionaries(
    st.sampled_from(["title", "year", "quality", "edition"]),
    _tuples(st.builds(Span, st.integers(0, 99), st.integers(0, 99))),
    max_size=2,
)

parsed_releases = st.builds(
    ParsedRelease,
    original=texts,
    title=names,
    titles=_tuples(texts),
    year=_perhaps(st.integers(1870, 2200)),
    quality=qualities,
    revision=revisions,
    languages=_tuples(languages),
    is_multi=st.booleans(),
    edition=_perhaps(texts),
    release_group=_perhaps(texts),
    release_hash=_perhaps(texts),
    hardcoded_subs=_perhaps(texts),
    imdb_id=_perhaps(imdb_ids),
    tmdb_id=_perhaps(tmdb_ids),
    video_codec=_perhaps(st.sampled_from(VideoCodec)),
    audio=_tuples(st.builds(AudioClaim, _perhaps(st.sampled_from(AudioCodec)), _perhaps(_channels), st.booleans())),
    hdr=_tuples(st.sampled_from(HdrFormat)),
    bit_depth=_perhaps(st.sampled_from([8, 10, 12])),
    is_3d=st.booleans(),
    streaming_service=_perhaps(texts),
    marks=st.frozensets(st.sampled_from(Mark), max_size=3),
    container=_perhaps(texts),
    subtitle_languages=_tuples(languages),
    spans=_spans,
)

media_infos = st.builds(
    MediaInfo,
    container=texts,
    video=st.builds(
        VideoStream,
        codec=texts,
        width=st.integers(0, 20_000),
        height=st.integers(0, 20_000),
        bit_depth=_perhaps(st.sampled_from([8, 10, 12])),
        frame_rate=_perhaps(figures),
        hdr=_tuples(st.sampled_from(HdrFormat)),
    ),
    duration=_perhaps(figures),
    audio=_tuples(st.builds(AudioStream, codec=texts, channels=_perhaps(_channels), language=_perhaps(texts))),
    subtitle_languages=_tuples(texts),
)

movie_files = st.builds(
    MovieFile,
    movie_id=movie_ids,
    slot=slot_names,
    path=paths,
    size=sizes,
    claim=parsed_releases,
    proof=media_infos,
    added=moments,
    offer=_perhaps(releases),
    info_hash=_perhaps(info_hashes),
    reputation_signal=_perhaps(st.floats(-1, 1)),
)

grabs = st.builds(
    Grab,
    info_hash=info_hashes,
    target=slot_keys,
    claim=parsed_releases,
    offer=releases,
    client=texts,
    grabbed_at=moments,
    correlation_id=correlation_ids,
    state=st.sampled_from(GrabState),
    message=_perhaps(texts),
    ended_at=_perhaps(moments),
    reputation_signal=_perhaps(st.floats(-1, 1)),
)

pending_releases = st.builds(
    PendingRelease,
    target=slot_keys,
    offer=releases,
    reason=st.sampled_from(PendingReason),
    sentence=texts,
    since=_perhaps(moments),
    until=_perhaps(moments),
)

indexer_healths = st.builds(
    IndexerHealth,
    indexer=texts,
    level=st.integers(0, HIGHEST_LEVEL),
    failing_since=_perhaps(moments),
    last_failure=_perhaps(moments),
    left_alone_until=_perhaps(moments),
    is_on_request=st.booleans(),
    reason=texts,
)

blocked_releases = st.builds(
    BlockedRelease,
    target=slot_keys,
    identity=names,
    title=texts,
    cause=st.sampled_from(BlockCause),
    reason=texts,
    blocked_at=moments,
    offer=_perhaps(releases),
)

_placings = st.builds(PlaceFile, source=paths, target=paths, size=sizes, mode=st.sampled_from(PlacementMode))
_other_effects = st.builds(RetireFile, path=paths, retired_to=paths, size=sizes) | st.builds(
    RenameFile, path=paths, target=paths, size=sizes
)

plans = st.builds(
    Plan,
    id=names,
    reason=texts,
    target=slot_keys,
    correlation_id=correlation_ids,
    made_at=moments,
    effects=st.builds(lambda first, rest: (first, *rest), _placings, _tuples(_other_effects)),
    state=st.sampled_from(PlanState),
)

_about: dict[str, st.SearchStrategy[Any]] = {"at": moments, "correlation_id": correlation_ids, "movie_id": movie_ids}

group_names = st.sampled_from(["TIDE", "tide", "WAVE", "-ZR-", "E.N.D", "\u00c9", "k"])
"""Names of groups, some of them of one group."""
strata = st.builds(
    Stratum, st.sampled_from(Medium), st.sampled_from([480, 720, 1080, 2160]), _perhaps(st.sampled_from(HdrClass))
)


_unplaced = st.builds(
    Observation,
    key=names,
    seen_at=moments,
    group=_perhaps(group_names.map(Group)),
    is_doubtful=st.booleans(),
    movie=_perhaps(texts),
    stratum=_perhaps(strata),
    added=st.none(),
    size=_perhaps(st.integers(0, 2**63 - 1)),
    runtime=_perhaps(st.floats(0, 1000)),
    snatches=_perhaps(counts),
    seeders=_perhaps(counts),
    leechers=_perhaps(counts),
    cost=st.sampled_from(CostClass),
    indexer_kind=_perhaps(st.sampled_from(IndexerKind)),
    is_internal=st.booleans(),
    is_exclusive=st.booleans(),
    fix=_perhaps(st.sampled_from(FixKind)),
    was_removed=st.booleans(),
    outcome=_perhaps(st.sampled_from(LocalOutcome)),
)


def _add(seen: Observation, added: datetime | None) -> Observation:
    """The same, of a release that was there before it was seen."""
    return evolve(seen, added=None if added is None else min(added, seen.seen_at))


observations: st.SearchStrategy[Observation] = st.builds(_add, _unplaced, _perhaps(moments))
"""What may be seen of a release."""

events: st.SearchStrategy[Event] = st.one_of(
    st.builds(MovieAdded, **_about, title=texts, year=st.integers(1870, 2200)),
    st.builds(
        SearchCompleted, **_about, offers=counts, acceptable=counts, failed_indexers=_tuples(st.tuples(texts, texts))
    ),
    st.builds(GrabFailed, **_about, release=texts, indexer=texts, reason=texts),
    st.builds(
        ReleaseGrabbed,
        **_about,
        slot=slot_names,
        release=texts,
        indexer=texts,
        client=texts,
        info_hash=info_hashes,
        quality=texts,
        size=_perhaps(sizes),
    ),
    st.builds(DownloadFailed, **_about, release=texts, info_hash=info_hashes, reason=texts),
    st.builds(ImportWaits, **_about, release=texts, info_hash=info_hashes, reason=texts),
    st.builds(
        MovieFileImported,
        **_about,
        slot=slot_names,
        release=texts,
        info_hash=_perhaps(info_hashes),
        path=paths,
        source=paths,
        size=sizes,
        quality=texts,
        mode=texts,
        replaced=_perhaps(paths),
    ),
    st.builds(ReleaseMislabelled, **_about, slot=slot_names, release=texts, claimed=texts, proved=texts),
    st.builds(NotificationFailed, **_about, notifier=texts, about=texts, reason=texts),
)
"""Every kind of event."""
