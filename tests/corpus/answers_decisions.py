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
    MovieIndex,
    PendingRelease,
    Policy,
    Propers,
    Rank,
    ReleaseProfile,
    RunKind,
)
from radarr_core.domain.decisions.rules import movie, names, offers, quality, upgrade, waiting
from radarr_core.domain.decisions.upgrade import Worth, find_obstacle
from radarr_core.domain.downloads import BlockCause, BlockedRelease, Grab, GrabState
from radarr_core.domain.identifiers import CorrelationId, InfoHash, MovieId
from radarr_core.domain.languages import UNKNOWN_LANGUAGE, find_language
from radarr_core.domain.movies import Movie, SlotKey, TranslatedTitle
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
from radarr_core.domain.releases import DownloadProtocol, ParsedRelease, Release
from radarr_core.domain.videos import judge_sample

from .answers import Part, answers, compare
from .cases import (
    KEY,
    MOVIE,
    NOW,
    StatedLanguages,
    find_moment,
    judge,
    make_case,
    make_claim,
    make_file,
    make_flags,
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
    profile = make_profile({"items": given.get("profile_items")})
    with_group = given.get("respect_group_order", False)

    def key(side: Record) -> tuple[Any, ...]:
        place = profile.position(QUALITY_BY_NAME[side["quality"]])
        return (place if with_group else place[:1], make_revision(side))

    return _order(key(given["left"]), key(given["right"]))


def _compare_index(given: Record) -> int:
    depth = 2 if given.get("respect_group_order", False) else 1
    return _order(given["left"][:depth], given["right"][:depth])


_QUALITY_ORDER: dict[str, Callable[[Record], Record]] = {
    "compare_in_profile": lambda given: {"order": _compare_in_profile(given)},
    "compare_profile_index": lambda given: {"order": _compare_index(given)},
    "compare_revisions": lambda given: {"order": _order(make_revision(given["left"]), make_revision(given["right"]))},
    "find_quality": lambda given: {
        "quality": find_nearest_quality(
            Source[(given.get("source") or "unknown").upper()],
            given.get("resolution") or 0,
            Modifier[(given.get("modifier") or "none").upper()],
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
    if not stated:
        return None
    if isinstance(stated, str):
        moment = datetime.fromisoformat(stated)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return NOW + timedelta(**{key.removesuffix("_from_now"): number for key, number in stated.items()})


def _dates(given: Record) -> ReleaseDates:
    return ReleaseDates(
        in_cinemas=_moment(given.get("in_cinemas")),
        digital=_moment(given.get("digital_release")),
        physical=_moment(given.get("physical_release")),
    )


def _last_refresh(given: Record) -> datetime:
    ages = {unit: given[key] for unit in ("hours", "days") if (key := f"last_refreshed_{unit}_ago") in given}
    if None in ages.values():
        return datetime.min.replace(tzinfo=UTC)
    return NOW - timedelta(**ages)


@answers("availability")
def answer_availability(record: Record) -> list[Part]:
    """Whether a movie may be looked for, and whether it is due for a refresh."""
    given = record["input"]
    if record["function"] == "should_refresh":
        # A status the library has no word for is due by nothing but its age, as a deleted film is.
        status = MovieStatus(stated) if (stated := given.get("status")) in list(MovieStatus) else MovieStatus.DELETED
        due = is_refresh_due(status, _dates(given), last_refreshed=_last_refresh(given), now=NOW)
        return compare(record["expect"], {"refresh": due})
    stated = given.get("minimum_availability")
    minimum = Availability(stated) if stated in list(Availability) else Availability.RELEASED
    available = is_available(_dates(given), minimum, NOW, delay_days=given.get("delay_days") or 0)
    return compare(record["expect"], {"available": available})


# -- samples -----------------------------------------------------------------------------------------------------------


@answers("sample")
def answer_sample(record: Record) -> list[Part]:
    """Whether a video is a sample."""
    given = record["input"]
    verdict = judge_sample(PurePosixPath(given["path"]), given.get("file_seconds"), given.get("movie_runtime_minutes"))
    return compare(record["expect"], {"result": verdict.value})


# -- single rules ------------------------------------------------------------------------------------------------------

_ANSWERS: dict[str, Callable[[Record], bool]] = {}


def _kind(given: Record) -> RunKind:
    search = given.get("search")
    if not search:
        return RunKind.FEED
    return RunKind.INTERACTIVE if search in ("user", "user_invoked", "interactive") else RunKind.SEARCH


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
        make_case(make_offer(), make_claim(given.get(side)), profile=profile).worth for side in ("current", "new")
    )
    assert current is not None
    assert new is not None
    return current, new


def _answer_upgradable(record: Record) -> list[Part]:
    given = record["input"]
    profile = make_profile(given.get("profile"))
    obstacle = find_obstacle(*_worths(given, profile), profile, _propers(given))
    reason = "none" if obstacle is None else obstacle.value
    return compare(record["expect"], {"accepted": obstacle is None, "reason": reason})


@_rule("upgrade_allowed")
def _upgrade_allowed(given: Record) -> bool:
    return judge(
        upgrade.UpgradeAllowed(),
        claim=make_claim(given.get("new")),
        profile=make_profile(given.get("profile")),
        policy=_policy(propers=_propers(given)),
        held=_held(given.get("current")),
    )


def _held(record: Record | None) -> dict[SlotKey, Any]:
    return {KEY: make_file(record)} if record else {}


@_rule("upgrade_disk")
def _upgrade_disk(given: Record) -> bool:
    return judge(
        upgrade.BetterThanHeld(),
        claim=make_claim(given.get("release")),
        profile=make_profile(given.get("profile")),
        policy=_policy(propers=_propers(given)),
        held=_held(given.get("existing")),
    )


@_rule("quality_allowed")
def _quality_allowed(given: Record) -> bool:
    return judge(quality.QualityAllowed(), claim=make_claim(given), profile=make_profile(given.get("profile")))


@_rule("custom_format_score")
def _custom_format_score(given: Record) -> bool:
    return judge(quality.FormatScore(), claim=make_claim(given), profile=make_profile(given))


@_rule("language")
def _language(given: Record) -> bool:
    wanted = find_language(given.get("profile_language") or "Any")
    original = find_language(given.get("original_language") or "")
    assert wanted is not None
    case = make_case(
        make_offer(),
        make_claim(),
        movie=evolve(MOVIE, original_language=original),
        profile=evolve(make_profile(None), language=wanted),
    )
    stated = StatedLanguages([find_language(name) for name in given.get("release_languages") or ()])
    return not quality.LanguageWanted().judge(evolve(case, facts=stated)).is_rejection


@_rule("acceptable_size")
def _acceptable_size(given: Record) -> bool:
    subject = QUALITY_BY_NAME[given.get("quality") or "Unknown"]
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


def _bytes(megabytes: float | None) -> int:
    return round((megabytes or 0) * MEGABYTE)


@_rule("maximum_size")
def _maximum_size(given: Record) -> bool:
    offer = make_offer(size=_bytes(given.get("size_mb")) or None)
    return judge(quality.MaximumSize(), offer=offer, policy=_policy(maximum_size=_bytes(given.get("maximum_size_mb"))))


@_rule("minimum_age")
def _minimum_age(given: Record) -> bool:
    policy = _policy(minimum_age_minutes=given.get("minimum_age_minutes") or 0)
    return judge(waiting.MinimumAge(), offer=make_offer(given), policy=policy)


@_rule("retention")
def _retention(given: Record) -> bool:
    policy = _policy(retention_days=given.get("retention_days") or 0)
    return judge(waiting.Retention(), offer=make_offer(given), policy=policy)


@_rule("protocol")
def _protocol(given: Record) -> bool:
    profile = DelayProfile(
        enable_usenet=given.get("enable_usenet", True), enable_torrent=given.get("enable_torrent", True)
    )
    return judge(offers.ProtocolEnabled(), offer=make_offer(given), delay_profile=profile)


@_rule("raw_disk")
def _raw_disk(given: Record) -> bool:
    return judge(names.RawDisk(), offer=make_offer(given))


@_rule("release_restrictions")
def _release_restrictions(given: Record) -> bool:
    policy = Policy(release_profiles=tuple(filter(None, map(_release_profile, given.get("profiles") or ()))))
    tagged = evolve(MOVIE, tags=frozenset(map(str, given.get("movie_tags") or ())))
    return judge(names.ReleaseRestrictions(), offer=make_offer(given), movie=tagged, policy=policy)


def _release_profile(record: Record) -> ReleaseProfile | None:
    """The profile of a case; None for one without terms, which restricts nothing."""
    required, ignored = _terms(record.get("required")), _terms(record.get("ignored"))
    if not required and not ignored:
        return None
    indexer = record.get("indexer_id")
    return ReleaseProfile(
        enabled=record.get("enabled", True),
        required=required,
        ignored=ignored,
        indexer=str(indexer) if indexer else None,
        tags=frozenset(map(str, record.get("tags") or ())),
    )


def _terms(stated: list[str] | str | None) -> tuple[str, ...]:
    terms = [term.strip() for term in stated.split(",")] if isinstance(stated, str) else stated or ()
    return tuple(term for term in terms if term.strip())


def _indexer(given: Record) -> Record | None:
    found: Record | None = (given.get("indexers") or {}).get(str(given.get("release_indexer_id")))
    return found


@_rule("torrent_seeding")
def _torrent_seeding(given: Record) -> bool:
    indexer = _indexer(given)
    # Nobody sets a minimum for an indexer that is gone.
    least = 0 if indexer is None else indexer.get("minimum_seeders", 1)
    return judge(offers.EnoughSeeders(), offer=make_offer(given, minimum_seeders=least or 0))


@_rule("indexer_tags")
def _indexer_tags(given: Record) -> bool:
    indexer = _indexer(given)
    tags = frozenset(map(str, indexer.get("tags") or ())) if indexer else frozenset()
    wanted = evolve(MOVIE, tags=frozenset(map(str, given.get("movie_tags") or ())))
    return judge(offers.IndexerTags(), offer=make_offer(indexer_tags=tags), movie=wanted)


@_rule("required_flags")
def _required_flags(given: Record) -> bool:
    stated = {key: make_flags(given.get(key)) for key in ("flags", "required_flags")}
    return judge(offers.RequiredFlags(), offer=make_offer({"protocol": "torrent"} | given, **stated))


@_rule("blocked_indexer")
def _blocked_indexer(given: Record) -> bool:
    disabled = {str(number): NOW + timedelta(hours=1) for number in given.get("blocked_indexer_ids") or ()}
    return judge(offers.IndexerServing(), offer=make_offer(given), disabled_indexers=disabled)


def _on_revision(rule: Any, given: Record, **facts: Any) -> bool:
    return judge(
        rule,
        claim=make_claim(given.get("release")),
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


def _preferred(given: Record) -> DownloadProtocol:
    return DownloadProtocol(given.get("preferred_protocol") or "usenet")


@_rule("delay")
def _delay(given: Record) -> bool:
    stated, release = given.get("delay_profile") or {}, given.get("release") or {}
    profile = DelayProfile(
        preferred_protocol=_preferred(stated),
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
        event=_EVENTS.get(record.get("event") or "", HistoryEvent.IGNORED),
        at=NOW - age,
        claim=make_claim(record, title=record.get("title") or "A.Grab"),
        download_id=str(make_hash(download_id)) if download_id else None,
    )


@_rule("history")
def _history(given: Record) -> bool:
    latest = given.get("latest_history")
    return judge(
        upgrade.BetterThanGrabbed(),
        claim=make_claim(given.get("release")),
        profile=make_profile(given.get("profile")),
        policy=_policy(
            propers=_propers(given), completed_download_handling=given.get("completed_download_handling", True)
        ),
        kind=_kind(given),
        history=(_entry(latest, NOW - (find_moment(latest) or NOW)),) if latest else (),
    )


@_rule("already_imported")
def _already_imported(given: Record) -> bool:
    release = given.get("release") or {}
    told = given.get("history") or ()
    entries = tuple(_entry(one, timedelta(hours=number)) for number, one in enumerate(reversed(told)))
    return judge(
        upgrade.NotImportedBefore(),
        offer=make_offer(release),
        claim=make_claim(release),
        policy=_policy(completed_download_handling=given.get("completed_download_handling", True)),
        held=_held(release if given.get("movie_has_file", True) else None),
        history=entries,
    )


@_rule("queue")
def _queue(given: Record) -> bool:
    other = SlotKey(movie_id=MovieId("another film"))
    queue = tuple(
        Grab(
            info_hash=InfoHash("b" * 40),
            target=KEY if one.get("movie", "same") == "same" else other,
            claim=make_claim(one),
            offer=make_offer(),
            client="client",
            grabbed_at=NOW,
            correlation_id=CorrelationId("c"),
            # Only a failure that is about to be dealt with has left the queue for good.
            state=GrabState.FAILED if one.get("state") == "failed_pending" else GrabState.DOWNLOADING,
        )
        for one in given.get("queue") or ()
    )
    return judge(
        upgrade.BetterThanQueued(),
        claim=make_claim(given.get("release")),
        profile=make_profile(given.get("profile")),
        policy=_policy(propers=_propers(given)),
        queue=queue,
    )


@_rule("free_space")
def _free_space(given: Record) -> bool:
    available = given.get("available_mb")
    policy = _policy(
        minimum_free_space=_bytes(given.get("minimum_free_space_mb")),
        skip_free_space_check=given.get("skip_check", False),
    )
    return judge(
        quality.EnoughSpace(),
        offer=make_offer(size=_bytes(given.get("release_mb"))),
        policy=policy,
        free_space=None if available is None else _bytes(available),
    )


@_rule("monitored")
def _monitored(given: Record) -> bool:
    return judge(movie.Monitored(), movie=evolve(MOVIE, monitored=given["monitored"]), kind=_kind(given))


@_rule("searched_movie")
def _searched_movie(given: Record) -> bool:
    found, searched = given["release_movie_id"], given.get("searched_movie_id")
    wanted: Movie = evolve(MOVIE, id=MovieId(str(found)))
    return judge(movie.SearchedMovie(), movie=wanted, searched=None if searched is None else MovieId(str(searched)))


# -- rules that only the project's own cases ask about -----------------------------------------------------------------


@_rule("hardcoded_subs")
def _hardcoded_subs(given: Record) -> bool:
    policy = _policy(
        allow_hardcoded_subs=given.get("allow", False), whitelisted_hardcoded_subs=tuple(given.get("whitelist") or ())
    )
    claim = evolve(make_claim(), hardcoded_subs=given.get("hardcoded_subs"))
    return judge(names.HardcodedSubs(), claim=claim, policy=policy)


@_rule("not_sample")
def _not_sample(given: Record) -> bool:
    return judge(names.NotASample(), offer=make_offer(given))


@_rule("availability")
def _availability(given: Record) -> bool:
    wanted = evolve(MOVIE, dates=_dates(given), minimum_availability=Availability(given["minimum_availability"]))
    policy = _policy(availability_delay_days=given.get("delay_days") or 0)
    return judge(movie.Available(), movie=wanted, policy=policy, kind=_kind(given))


@_rule("blocklist")
def _blocklist(given: Record) -> bool:
    blocked = tuple(
        BlockedRelease(
            target=KEY if one.get("movie", "same") == "same" else SlotKey(movie_id=MovieId("another film")),
            identity=f"blocked {number}",
            title=one["title"],
            cause=BlockCause.DOWNLOAD_FAILED,
            reason="it failed",
            blocked_at=NOW,
            offer=make_offer(one),
        )
        for number, one in enumerate(given["blocklist"])
    )
    return judge(offers.NotBlocked(), offer=make_offer(given["release"]), blocked=blocked)


# -- whether a name is that of a movie ---------------------------------------------------------------------------------


@answers("match")
def answer_match(record: Record) -> list[Part]:
    """Whether a parsed name is that of the movie that is searched for."""
    parsed, stated = record["input"].get("parsed") or {}, record["input"].get("movie") or {}
    titles = [title for title in parsed.get("titles") or () if title]
    if not titles:
        return compare(record["expect"], {"match": False})
    # A number before the first films is no year.
    year = parsed.get("year") if (parsed.get("year") or 0) >= 1800 else None
    claim = ParsedRelease(original=titles[0], title=titles[0], titles=tuple(titles), year=year)
    wanted = _movie(stated)
    match = MovieIndex.of((wanted,)).match(make_offer(), claim, searched=wanted)
    return compare(record["expect"], {"match": match.movie == wanted})


def _movie(stated: Record) -> Movie:
    others = [*(stated.get("alternative_titles") or ()), stated.get("clean_title")]
    return Movie(
        title=stated["title"],
        year=stated.get("year") or 1900,
        secondary_year=stated.get("secondary_year") or None,
        original_title=stated.get("original_title"),
        other_titles=tuple(filter(None, others)),
        translated_titles=tuple(
            TranslatedTitle(language=UNKNOWN_LANGUAGE, title=title) for title in stated.get("translations") or ()
        ),
    )


# -- ranking -----------------------------------------------------------------------------------------------------------


def _rank(given: Record, record: Record, number: int) -> Decision:
    preferred = given.get("preferred_mb_per_minute")
    definitions = {
        one: evolve(DEFAULT_DEFINITIONS[one], minimum=0, preferred=preferred, maximum=None)
        for one in QUALITY_BY_NAME.values()
    }
    offer: Release = make_offer(record, guid=str(number), flags=make_flags(record.get("flags")))
    case = make_case(
        offer,
        make_claim(record),
        movie=evolve(MOVIE, runtime_minutes=record.get("runtime_minutes") or None),
        profile=make_profile(given.get("profile")),
        policy=Policy(
            definitions=definitions,
            settings=DecisionSettings(
                propers=_propers(given), prefer_indexer_flags=given.get("prefer_indexer_flags", False)
            ),
        ),
        delay_profile=DelayProfile(preferred_protocol=_preferred(given)),
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
