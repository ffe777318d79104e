"""What the library answers to cases of decisions, of the order of qualities, and of availability."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from attrs import evolve

from radarr_core.domain.availability import Availability, MovieStatus, ReleaseDates, is_available, is_refresh_due
from radarr_core.domain.decisions import (
    DEFAULT_RULES,
    Decision,
    DecisionSettings,
    DecisionTable,
    DelayProfile,
    HistoryEntry,
    HistoryEvent,
    PendingRelease,
    Policy,
    Propers,
    Rank,
    ReleaseProfile,
    RunKind,
)
from radarr_core.domain.decisions.rules import movie, names, offers, quality, upgrade, waiting
from radarr_core.domain.decisions.upgrade import Worth, find_obstacle, is_upgrade_allowed
from radarr_core.domain.downloads import Grab, GrabState
from radarr_core.domain.identifiers import CorrelationId, InfoHash, MovieId
from radarr_core.domain.languages import find_language
from radarr_core.domain.movies import Movie, SlotKey
from radarr_core.domain.quality import (
    DEFAULT_DEFINITIONS,
    MEGABYTE,
    QUALITY_BY_NAME,
    Modifier,
    QualityDefinition,
    QualityProfile,
    Source,
    find_nearest_quality,
)
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag, Release
from radarr_core.domain.videos import judge_sample

from .answers import Part, answers, compare
from .cases import (
    KEY,
    MOVIE,
    NOW,
    judge,
    make_case,
    make_claim,
    make_file,
    make_hash,
    make_offer,
    make_profile,
    make_revision,
)
from .records import Record

# -- the order of qualities --------------------------------------------------------------------------------------------


def _order(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _compare_in_profile(given: Record) -> int:
    profile = make_profile({"items": given["profile_items"]})
    with_group = given.get("respect_group_order", False)

    def key(side: Record) -> tuple[Any, ...]:
        place = profile.position(QUALITY_BY_NAME[side["quality"]])
        return (place if with_group else place[:1], make_revision(side))

    return _order(key(given["left"]), key(given["right"]))


def _compare_index(given: Record) -> int:
    depth = 2 if given["respect_group_order"] else 1
    return _order(given["left"][:depth], given["right"][:depth])


_QUALITY_ORDER: dict[str, Callable[[Record], Record]] = {
    "compare_in_profile": lambda given: {"order": _compare_in_profile(given)},
    "compare_profile_index": lambda given: {"order": _compare_index(given)},
    "compare_revisions": lambda given: {"order": _order(make_revision(given["left"]), make_revision(given["right"]))},
    "find_quality": lambda given: {
        "quality": find_nearest_quality(
            Source[given["source"].upper()], given["resolution"], Modifier[given["modifier"].upper()]
        ).name
    },
    "radarr_quality_id": lambda given: {"id": QUALITY_BY_NAME[given["quality"]].id},
}


@answers("quality_order")
def answer_quality_order(record: Record) -> list[Part]:
    """Which of two qualities or revisions is the better one, and which quality three parts name."""
    return compare(record["expect"], _QUALITY_ORDER[record["function"]](record["input"]))


# -- availability ------------------------------------------------------------------------------------------------------


def _moment(stated: str | Record | None) -> datetime | None:
    if stated is None:
        return None
    if isinstance(stated, str):
        return datetime.fromisoformat(stated).replace(tzinfo=UTC)
    return NOW + timedelta(days=stated["days_from_now"])


def _dates(given: Record) -> ReleaseDates:
    return ReleaseDates(
        in_cinemas=_moment(given.get("in_cinemas")),
        digital=_moment(given.get("digital_release")),
        physical=_moment(given.get("physical_release")),
    )


@answers("availability")
def answer_availability(record: Record) -> list[Part]:
    """Whether a movie may be looked for, and whether it is due for a refresh."""
    given = record["input"]
    if record["function"] == "should_refresh":
        last = NOW - timedelta(
            hours=given.get("last_refreshed_hours_ago", 0), days=given.get("last_refreshed_days_ago", 0)
        )
        due = is_refresh_due(MovieStatus(given["status"]), _dates(given), last_refreshed=last, now=NOW)
        return compare(record["expect"], {"refresh": due})
    minimum = Availability(given["minimum_availability"])
    available = is_available(_dates(given), minimum, NOW, delay_days=given.get("delay_days", 0))
    return compare(record["expect"], {"available": available})


# -- samples -----------------------------------------------------------------------------------------------------------


@answers("sample")
def answer_sample(record: Record) -> list[Part]:
    """Whether a video is a sample."""
    given = record["input"]
    verdict = judge_sample(PurePosixPath(given["path"]), given.get("file_seconds"), given["movie_runtime_minutes"])
    return compare(record["expect"], {"result": verdict.value})


# -- single rules ------------------------------------------------------------------------------------------------------

_KINDS = {
    "user": RunKind.INTERACTIVE,
    "interactive": RunKind.INTERACTIVE,
    "system": RunKind.SEARCH,
    True: RunKind.SEARCH,
}
_ANSWERS: dict[str, Callable[[Record], bool]] = {}


def _kind(given: Record) -> RunKind:
    return _KINDS.get(given.get("search"), RunKind.FEED)  # type: ignore[arg-type]


def _policy(**settings: Any) -> Policy:
    return Policy(settings=DecisionSettings(**settings))


def _propers(given: Record) -> Propers:
    return Propers(given.get("propers") or "prefer_and_upgrade")


def _rule(spec: str) -> Callable[[Callable[[Record], bool]], Callable[[Record], bool]]:
    def register(function: Callable[[Record], bool]) -> Callable[[Record], bool]:
        _ANSWERS[spec] = function
        return function

    return register


@answers("decision")
def answer_decision(record: Record) -> list[Part]:
    """What the one rule that is asked says."""
    if record["spec"] == "upgradable":
        return _answer_upgradable(record)
    return compare(record["expect"], {"accepted": _ANSWERS[record["spec"]](record["input"])})


def _worths(given: Record, profile: QualityProfile) -> tuple[Worth, Worth]:
    current, new = (
        make_case(make_offer(), make_claim(given[side]), profile=profile).worth for side in ("current", "new")
    )
    assert current is not None
    assert new is not None
    return current, new


def _answer_upgradable(record: Record) -> list[Part]:
    given = record["input"]
    profile = make_profile(given["profile"])
    obstacle = find_obstacle(*_worths(given, profile), profile, _propers(given))
    reason = "none" if obstacle is None else obstacle.value
    return compare(record["expect"], {"accepted": obstacle is None, "reason": reason})


@_rule("upgrade_allowed")
def _upgrade_allowed(given: Record) -> bool:
    profile = make_profile(given["profile"])
    return is_upgrade_allowed(*_worths(given, profile), profile)


def _held(record: Record | None) -> dict[SlotKey, Any]:
    return {KEY: make_file(record)} if record else {}


@_rule("upgrade_disk")
def _upgrade_disk(given: Record) -> bool:
    return judge(
        upgrade.BetterThanHeld(),
        claim=make_claim(given["release"]),
        profile=make_profile(given["profile"]),
        policy=_policy(propers=_propers(given)),
        held=_held(given["existing"]),
    )


@_rule("quality_allowed")
def _quality_allowed(given: Record) -> bool:
    return judge(quality.QualityAllowed(), claim=make_claim(given), profile=make_profile(given["profile"]))


@_rule("custom_format_score")
def _custom_format_score(given: Record) -> bool:
    return judge(quality.FormatScore(), claim=make_claim(given), profile=make_profile(given))


@_rule("language")
def _language(given: Record) -> bool:
    wanted, original = find_language(given["profile_language"]), find_language(given["original_language"])
    assert wanted is not None
    return judge(
        quality.LanguageWanted(),
        claim=make_claim({"languages": given["release_languages"]}),
        movie=evolve(MOVIE, original_language=original),
        profile=evolve(make_profile(None), language=wanted),
    )


@_rule("acceptable_size")
def _acceptable_size(given: Record) -> bool:
    subject = QUALITY_BY_NAME[given["quality"]]
    definition = QualityDefinition(
        quality=subject,
        minimum=given.get("min_mb_per_minute") or 0,
        maximum=given.get("max_mb_per_minute") or None,
    )
    return judge(
        quality.AcceptableSize(),
        offer=make_offer(given),
        claim=make_claim(given),
        movie=evolve(MOVIE, runtime_minutes=given.get("runtime_minutes") or None),
        policy=Policy(definitions={subject: definition}),
    )


@_rule("maximum_size")
def _maximum_size(given: Record) -> bool:
    offer = make_offer(size=(given["size_mb"] or 0) * MEGABYTE or None)
    return judge(quality.MaximumSize(), offer=offer, policy=_policy(maximum_size=given["maximum_size_mb"] * MEGABYTE))


@_rule("minimum_age")
def _minimum_age(given: Record) -> bool:
    policy = _policy(minimum_age_minutes=given["minimum_age_minutes"])
    return judge(waiting.MinimumAge(), offer=make_offer(given), policy=policy)


@_rule("retention")
def _retention(given: Record) -> bool:
    return judge(waiting.Retention(), offer=make_offer(given), policy=_policy(retention_days=given["retention_days"]))


@_rule("protocol")
def _protocol(given: Record) -> bool:
    profile = DelayProfile(enable_usenet=given["enable_usenet"], enable_torrent=given["enable_torrent"])
    return judge(offers.ProtocolEnabled(), offer=make_offer(given), delay_profile=profile)


@_rule("raw_disk")
def _raw_disk(given: Record) -> bool:
    return judge(names.RawDisk(), offer=make_offer(given))


@_rule("release_restrictions")
def _release_restrictions(given: Record) -> bool:
    profiles = tuple(
        ReleaseProfile(required=tuple(one["required"]), ignored=tuple(one["ignored"]))
        for one in given["profiles"]
        if one["required"] or one["ignored"]
    )
    policy = Policy(release_profiles=profiles)
    return judge(names.ReleaseRestrictions(), offer=make_offer(given), policy=policy)


def _indexer(given: Record) -> Record | None:
    found: Record | None = given["indexers"].get(str(given["release_indexer_id"]))
    return found


@_rule("torrent_seeding")
def _torrent_seeding(given: Record) -> bool:
    indexer = _indexer(given)
    # Nobody sets a minimum for an indexer that is gone.
    least = indexer.get("minimum_seeders", 1) if indexer else 0
    return judge(offers.EnoughSeeders(), offer=make_offer(given, minimum_seeders=least or 0))


@_rule("indexer_tags")
def _indexer_tags(given: Record) -> bool:
    indexer = _indexer(given)
    tags = frozenset(map(str, indexer.get("tags", ()))) if indexer else frozenset()
    wanted = evolve(MOVIE, tags=frozenset(map(str, given["movie_tags"])))
    return judge(offers.IndexerTags(), offer=make_offer(indexer_tags=tags), movie=wanted)


@_rule("required_flags")
def _required_flags(given: Record) -> bool:
    def flags(stated: list[str]) -> IndexerFlag:
        found = IndexerFlag.NONE
        for name in stated:
            found |= IndexerFlag[name.upper()]
        return found

    offer = make_offer(given, flags=flags(given["flags"]), required_flags=flags(given["required_flags"]))
    return judge(offers.RequiredFlags(), offer=offer)


@_rule("blocked_indexer")
def _blocked_indexer(given: Record) -> bool:
    disabled = {str(number): NOW + timedelta(hours=1) for number in given["blocked_indexer_ids"]}
    return judge(offers.IndexerServing(), offer=make_offer(given), disabled_indexers=disabled)


def _on_revision(rule: Any, given: Record, **facts: Any) -> bool:
    return judge(
        rule,
        claim=make_claim(given["release"]),
        policy=_policy(propers=_propers(given)),
        held=_held(given.get("existing")),
        **facts,
    )


@_rule("repack")
def _repack(given: Record) -> bool:
    return _on_revision(upgrade.Repack(), given)


@_rule("proper")
def _proper(given: Record) -> bool:
    return _on_revision(upgrade.Proper(), given, kind=_kind(given))


@_rule("delay")
def _delay(given: Record) -> bool:
    stated, release = given.get("delay_profile") or {}, given.get("release") or {}
    profile = DelayProfile(
        preferred_protocol=DownloadProtocol(stated.get("preferred_protocol") or "usenet"),
        usenet_delay=stated.get("usenet_delay_minutes") or 0,
        torrent_delay=stated.get("torrent_delay_minutes") or 0,
        bypass_if_highest_quality=stated.get("bypass_if_highest_quality", False),
        bypass_if_above_format_score=stated.get("bypass_if_above_format_score", False),
        minimum_format_score=stated.get("minimum_format_score") or 0,
    )
    pending = tuple(PendingRelease(target=KEY, offer=make_offer(one)) for one in given.get("pending") or ())
    return judge(
        waiting.Delay(),
        offer=make_offer(release),
        claim=make_claim(release),
        profile=make_profile(given.get("profile")),
        policy=_policy(propers=_propers(given)),
        delay_profile=profile,
        kind=_kind(given),
        held=_held(given.get("existing")),
        pending=pending,
    )


_EVENTS = {
    "grabbed": HistoryEvent.GRABBED,
    "download_folder_imported": HistoryEvent.IMPORTED,
    "movie_folder_imported": HistoryEvent.IMPORTED,
    "download_failed": HistoryEvent.FAILED,
    "movie_file_deleted": HistoryEvent.DELETED,
    "movie_file_renamed": HistoryEvent.RENAMED,
}


def _entry(record: Record, age: timedelta) -> HistoryEntry:
    download_id = record.get("download_id")
    return HistoryEntry(
        target=KEY,
        event=_EVENTS.get(record["event"], HistoryEvent.IGNORED),
        at=NOW - age,
        claim=make_claim(record),
        download_id=str(make_hash(download_id)) if download_id else None,
    )


@_rule("history")
def _history(given: Record) -> bool:
    latest = given["latest_history"]
    return judge(
        upgrade.BetterThanGrabbed(),
        claim=make_claim(given["release"]),
        profile=make_profile(given["profile"]),
        policy=_policy(
            propers=_propers(given), completed_download_handling=given.get("completed_download_handling", True)
        ),
        kind=_kind(given),
        history=(_entry(latest, timedelta(hours=latest["age_hours"])),) if latest else (),
    )


@_rule("already_imported")
def _already_imported(given: Record) -> bool:
    release = given["release"]
    entries = tuple(_entry(one, timedelta(hours=number)) for number, one in enumerate(reversed(given["history"])))
    return judge(
        upgrade.NotImportedBefore(),
        offer=make_offer(release),
        claim=make_claim(release),
        policy=_policy(completed_download_handling=given["completed_download_handling"]),
        held=_held(release if given["movie_has_file"] else None),
        history=entries,
    )


@_rule("queue")
def _queue(given: Record) -> bool:
    other = SlotKey(movie_id=MovieId("another film"))
    queue = tuple(
        Grab(
            info_hash=InfoHash("b" * 40),
            target=KEY if one["movie"] == "same" else other,
            claim=make_claim(one),
            offer=make_offer(),
            client="client",
            grabbed_at=NOW,
            correlation_id=CorrelationId("c"),
            state=GrabState.FAILED if one["state"].startswith("failed") else GrabState.DOWNLOADING,
        )
        for one in given["queue"]
    )
    return judge(
        upgrade.BetterThanQueued(),
        claim=make_claim(given["release"]),
        profile=make_profile(given["profile"]),
        policy=_policy(propers=_propers(given)),
        queue=queue,
    )


@_rule("free_space")
def _free_space(given: Record) -> bool:
    available = given["available_mb"]
    policy = _policy(
        minimum_free_space=given["minimum_free_space_mb"] * MEGABYTE, skip_free_space_check=given["skip_check"]
    )
    return judge(
        quality.EnoughSpace(),
        offer=make_offer(size=given["release_mb"] * MEGABYTE),
        policy=policy,
        free_space=None if available is None else available * MEGABYTE,
    )


@_rule("monitored")
def _monitored(given: Record) -> bool:
    return judge(movie.Monitored(), movie=evolve(MOVIE, monitored=given["monitored"]), kind=_kind(given))


@_rule("searched_movie")
def _searched_movie(given: Record) -> bool:
    found, searched = given["release_movie_id"], given["searched_movie_id"]
    wanted: Movie = evolve(MOVIE, id=MovieId(str(found)))
    return judge(movie.SearchedMovie(), movie=wanted, searched=None if searched is None else MovieId(str(searched)))


# -- ranking -----------------------------------------------------------------------------------------------------------


def _rank(given: Record, record: Record, number: int) -> Decision:
    preferred = given.get("preferred_mb_per_minute")
    definitions = {
        one: evolve(DEFAULT_DEFINITIONS[one], minimum=0, preferred=preferred, maximum=None)
        for one in QUALITY_BY_NAME.values()
    }
    flags = IndexerFlag.NONE
    for name in record.get("flags") or ():
        flags |= IndexerFlag[name.upper().removeprefix("G_")]
    offer: Release = make_offer(record, guid=str(number), flags=flags)
    case = make_case(
        offer,
        make_claim(record),
        movie=evolve(MOVIE, runtime_minutes=record.get("runtime_minutes") or None),
        profile=make_profile(given["profile"]),
        policy=Policy(
            definitions=definitions,
            settings=DecisionSettings(
                propers=_propers(given), prefer_indexer_flags=given.get("prefer_indexer_flags", False)
            ),
        ),
        delay_profile=DelayProfile(preferred_protocol=DownloadProtocol(given.get("preferred_protocol") or "usenet")),
    )
    ranking = []
    for criterion in DEFAULT_RULES.criteria:
        key, figure = criterion.weigh(case)
        ranking.append(Rank(criterion=criterion.name, key=key, figure=figure))
    return Decision(offer=offer, ranking=tuple(ranking))


@answers("prioritise")
def answer_prioritise(record: Record) -> list[Part]:
    """The order of releases, by their index."""
    given = record["input"]
    table = DecisionTable.of(_rank(given, release, number) for number, release in enumerate(given["releases"]))
    order = [int(decision.offer.guid) for decision in table]
    return compare(record["expect"], {"first": order[0], "order": order})
