"""Every rule alone: what it refuses, in which kind of run, and what it shows for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from radarr_core.domain.availability import Availability, MovieStatus, ReleaseDates, find_status
from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.custom_formats.trash import TrashProfile, build_profile_data
from radarr_core.domain.decisions import (
    DEFAULT_RULES,
    Decision,
    DecisionSettings,
    DecisionTable,
    DelayProfile,
    HistoryEntry,
    HistoryEvent,
    MovieIndex,
    Outcome,
    PendingRelease,
    Policy,
    Propers,
    ReleaseProfile,
    RunKind,
    Situation,
    compare_policies,
    decide,
    profile_from_data,
)
from radarr_core.domain.decisions.restrictions import Term
from radarr_core.domain.downloads import BlockCause, BlockedRelease
from radarr_core.domain.identifiers import TmdbId
from radarr_core.domain.languages import ANY, LANGUAGE_BY_NAME
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.quality import MEGABYTE
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag, Release
from radarr_core.serialise import from_json, to_json

from .builders import BETTER, GOOD, KEY, MOVIE, NOW, PROPER, make_file, make_grab, make_offer, make_profile
from .formats import get_corpus, read_folder

USENET = DownloadProtocol.USENET
GERMAN = LANGUAGE_BY_NAME["german"]


def judge(offer: Release, **given: Any) -> Decision:
    """The one decision about an offer."""
    return run([offer], **given).decisions[0]


def run(offers: list[Release], **given: Any) -> DecisionTable:
    """Decide; keywords of a policy, of its settings and of a situation go where they belong."""
    profile = given.pop("profile", make_profile())
    movie = given.pop("movie", MOVIE)
    settings = {key: given.pop(key) for key in list(given) if key in DecisionSettings.__slots__}
    parts = {key: given.pop(key) for key in ("formats", "delay_profiles", "release_profiles") if key in given}
    policy = Policy(profiles={profile.name: profile}, settings=DecisionSettings(**settings), **parts)
    return decide(offers, wanted=movie, policy=policy, situation=Situation(**given), now=NOW)


def outcome(decision: Decision, rule: str) -> Outcome:
    """What one rule says."""
    return next(verdict.outcome for verdict in decision.verdicts if verdict.rule == rule)


def says(offer: Release, rule: str, **given: Any) -> Outcome:
    """What one rule says of an offer."""
    return outcome(judge(offer, **given), rule)


OK, NO, LATER, NONE, UNSURE = (
    Outcome.ACCEPTED,
    Outcome.REJECTED,
    Outcome.TEMPORARILY_REJECTED,
    Outcome.NOT_APPLICABLE,
    Outcome.UNKNOWN,
)
FRENCH_NAME = "The.Glass.Harbor.2024.FRENCH.1080p.WEB-DL.H.264-TIDE"
REPACK = "The.Glass.Harbor.2024.REPACK.1080p.WEB-DL.H.264-TIDE"
TAGGED = evolve(MOVIE, tags=frozenset({"kids"}))


@pytest.mark.parametrize(
    ("offer", "rule", "given", "expected"),
    [
        (make_offer("The.Glass.Harbor.2024.1080p.Full.BluRay.AVC-G"), "raw disk", {}, NO),
        (make_offer("The.Glass.Harbor.2024.Disc.1.1080p.Blu-ray.AVC-G"), "raw disk", {}, NO),
        (make_offer("The.Glass.Harbor.2024.NTSC.DVD9-G.2xDVD5"), "raw disk", {}, NO),
        (make_offer("The.Glass.Harbor.2024.DVDRip.x264-G"), "raw disk", {}, OK),
        (make_offer(container="M2TS"), "raw disk", {}, NO),
        (make_offer("The.Glass.Harbor.2024.PLSUB.1080p.BluRay.x264-G"), "hardcoded subs", {}, NO),
        (
            make_offer("The.Glass.Harbor.2024.PLSUB.1080p.BluRay.x264-G"), "hardcoded subs",
            {"whitelisted_hardcoded_subs": (" plsub ",)}, OK,
        ),
        (
            make_offer("The.Glass.Harbor.2024.PLSUB.1080p.BluRay.x264-G"), "hardcoded subs",
            {"allow_hardcoded_subs": True}, OK,
        ),
        (make_offer(), "release restrictions", {"release_profiles": (ReleaseProfile(required=("hevc",)),)}, NO),
        (make_offer(), "release restrictions", {"release_profiles": (ReleaseProfile(required=("tide", "x")),)}, OK),
        (make_offer(), "release restrictions", {"release_profiles": (ReleaseProfile(ignored=("/web-dl/i",)),)}, NO),
        (make_offer(), "release restrictions", {"release_profiles": (ReleaseProfile(ignored=("/web-dl/",)),)}, OK),
        (
            make_offer(), "release restrictions",
            {"release_profiles": (ReleaseProfile(ignored=("web",), tags=frozenset({"kids"})),)}, OK,
        ),
        (
            make_offer(), "release restrictions",
            {"release_profiles": (ReleaseProfile(ignored=("web",), tags=frozenset({"kids"})),), "movie": TAGGED}, NO,
        ),
        (
            make_offer(), "release restrictions",
            {"release_profiles": (ReleaseProfile(ignored=("web",), indexer="elsewhere"),)}, OK,
        ),
        (make_offer(FRENCH_NAME), "language", {}, NO),
        (make_offer(), "language", {}, OK),
        (make_offer(FRENCH_NAME), "language", {"profile": make_profile(language=ANY)}, OK),
        (make_offer(languages=(GERMAN,)), "language", {"profile": make_profile(language=GERMAN)}, OK),
        (make_offer(FRENCH_NAME), "language", {"movie": evolve(MOVIE, original_language=None)}, UNSURE),
        (make_offer(size=3000 * MEGABYTE), "maximum size", {"maximum_size": 2000 * MEGABYTE}, NO),
        (make_offer(size=2000 * MEGABYTE), "maximum size", {"maximum_size": 2000 * MEGABYTE}, OK),
        (make_offer(size=None), "maximum size", {"maximum_size": 1}, UNSURE),
        (make_offer(), "maximum size", {}, NONE),
        (make_offer(), "free space", {"skip_free_space_check": True}, NONE),
        (make_offer(size=10), "free space", {"free_space": 10, "minimum_free_space": 0}, NO),
        (make_offer(), "protocol", {"delay_profiles": (DelayProfile(enable_torrent=False),)}, NO),
        (make_offer(protocol=USENET), "protocol", {"delay_profiles": (DelayProfile(enable_torrent=False),)}, OK),
        (make_offer(protocol=None), "protocol", {}, UNSURE),
        (make_offer(), "blocked indexer", {"disabled_indexers": {"harbor": NOW + timedelta(minutes=5)}}, LATER),
        (make_offer(), "blocked indexer", {"disabled_indexers": {"harbor": NOW}}, OK),
        (make_offer(indexer_tags=frozenset({"kids"})), "indexer tags", {}, NO),
        (make_offer(indexer_tags=frozenset({"kids"})), "indexer tags", {"movie": TAGGED}, OK),
        (make_offer(required_flags=IndexerFlag.FREELEECH | IndexerFlag.INTERNAL), "required flags", {}, NO),
        (
            make_offer(required_flags=IndexerFlag.FREELEECH | IndexerFlag.INTERNAL, flags=IndexerFlag.INTERNAL),
            "required flags", {}, OK,
        ),
        (
            make_offer(protocol=USENET, published=NOW - timedelta(minutes=10)), "minimum age",
            {"minimum_age_minutes": 30}, LATER,
        ),
        (make_offer(protocol=USENET, published=None), "minimum age", {"minimum_age_minutes": 30}, UNSURE),
        (make_offer(published=NOW), "minimum age", {"minimum_age_minutes": 30}, NONE),
        (make_offer(protocol=USENET, published=NOW - timedelta(days=11)), "retention", {"retention_days": 10}, NO),
        (make_offer(protocol=USENET, published=NOW - timedelta(days=10.5)), "retention", {"retention_days": 10}, OK),
        (make_offer(), "retention", {"retention_days": 1}, NONE),
    ],
)  # fmt: skip
def test_rules_that_judge_alike_in_every_kind_of_run(
    offer: Release, rule: str, given: dict[str, Any], expected: Outcome
) -> None:
    """Whoever asks, the same offer gets the same answer; a figure nobody told never rejects."""
    assert {says(offer, rule, kind=kind, **given) for kind in RunKind} == {expected}


NOT_OUT = evolve(
    MOVIE,
    dates=ReleaseDates(digital=NOW + timedelta(days=3)),
    minimum_availability=Availability.RELEASED,
)
ELSEWHERE = Movie(title="Elsewhere", year=2020, tmdb_id=TmdbId(5), slots=MOVIE.slots)
WAITING = (DelayProfile(preferred_protocol=DownloadProtocol.TORRENT, torrent_delay=60),)
YOUNG = make_offer(published=NOW - timedelta(minutes=10))
OLD_FILE = evolve(make_file(GOOD), added=NOW - timedelta(days=9))


def entry(title: str, event: HistoryEvent, hours: float, download_id: str = "d") -> HistoryEntry:
    """Something that happened so long ago."""
    at = NOW - timedelta(hours=hours)
    return HistoryEntry(target=KEY, event=event, at=at, claim=parse_release(title), download_id=download_id)


@pytest.mark.parametrize(
    ("offer", "rule", "given", "feed", "search", "interactive"),
    [
        (make_offer(), "monitored", {"movie": evolve(MOVIE, monitored=False)}, NO, NO, NONE),
        (make_offer(), "availability", {"movie": NOT_OUT}, NO, NO, NONE),
        (make_offer(), "availability", {"movie": NOT_OUT, "availability_delay_days": -3}, OK, OK, NONE),
        (YOUNG, "delay", {"delay_profiles": WAITING}, LATER, LATER, NONE),
        (make_offer(published=NOW - timedelta(minutes=60)), "delay", {"delay_profiles": WAITING}, OK, OK, NONE),
        (make_offer(published=None), "delay", {"delay_profiles": WAITING}, UNSURE, UNSURE, NONE),
        (make_offer(PROPER), "proper", {"held": {KEY: OLD_FILE}}, NO, NONE, NONE),
        (make_offer(PROPER), "proper", {"held": {KEY: make_file(GOOD)}}, OK, NONE, NONE),
        (
            make_offer(PROPER), "proper", {"held": {KEY: make_file(GOOD)}, "propers": Propers.DO_NOT_UPGRADE},
            NO, NONE, NONE,
        ),
        (make_offer(GOOD), "history", {"history": (entry(BETTER, HistoryEvent.GRABBED, 1),)}, NO, NONE, NONE),
        (make_offer(BETTER), "history", {"history": (entry(GOOD, HistoryEvent.GRABBED, 1),)}, OK, NONE, NONE),
        (make_offer(GOOD), "history", {"history": (entry(BETTER, HistoryEvent.GRABBED, 13),)}, OK, NONE, NONE),
        (
            make_offer(GOOD), "history",
            {"history": (entry(BETTER, HistoryEvent.GRABBED, 13),), "completed_download_handling": False},
            NO, NONE, NONE,
        ),
        (
            make_offer(GOOD), "history",
            {"history": (entry(BETTER, HistoryEvent.FAILED, 1), entry(BETTER, HistoryEvent.GRABBED, 2))},
            OK, NONE, NONE,
        ),
    ],
)  # fmt: skip
def test_rules_that_look_at_some_kinds_of_run(
    offer: Release, rule: str, given: dict[str, Any], feed: Outcome, search: Outcome, interactive: Outcome
) -> None:
    """What a person asks for is not held back by what is meant for runs nobody watches."""
    found = [says(offer, rule, kind=kind, **given) for kind in (RunKind.FEED, RunKind.SEARCH, RunKind.INTERACTIVE)]
    assert found == [feed, search, interactive]


def test_a_search_for_one_movie_may_not_end_in_another() -> None:
    """An offer that is another film of the library by its id is named as that film and refused."""
    index = MovieIndex.of((MOVIE, ELSEWHERE))
    assert says(make_offer(), "searched movie", movie=index, searched=MOVIE.id) is OK
    assert says(make_offer(), "searched movie", movie=index) is NONE
    other = make_offer("Elsewhere.2020.1080p.WEB-DL.H.264-TIDE", tmdb_id=TmdbId(5))
    assert says(other, "searched movie", movie=index, searched=MOVIE.id) is NO


@pytest.mark.parametrize(
    ("profile", "offer", "sentence"),
    [
        (evolve(WAITING[0], bypass_if_highest_quality=True), make_offer(BETTER, published=NOW), None),
        (
            evolve(WAITING[0], bypass_if_highest_quality=True),
            make_offer("The.Glass.Harbor.2024.1080p.BluRay.REMUX.AVC-DOCK", published=NOW),
            "not waited with: no better quality is wanted",
        ),
        (evolve(WAITING[0], bypass_if_above_format_score=True), YOUNG, "not waited with: its score is 0"),
        (evolve(WAITING[0], bypass_if_above_format_score=True, minimum_format_score=1), YOUNG, None),
    ],
)
def test_what_cannot_get_better_is_not_waited_with(profile: DelayProfile, offer: Release, sentence: str | None) -> None:
    """The best quality and a score that is good enough end the wait."""
    verdict = next(v for v in judge(offer, delay_profiles=(profile,)).verdicts if v.rule == "delay")
    assert verdict.sentence == sentence or (sentence is None and verdict.outcome is LATER)


def test_a_delay_says_until_when_and_ends_with_the_oldest_that_waits() -> None:
    """The table keeps what may be grabbed later apart; one that has waited long enough frees the others."""
    table = run([YOUNG], delay_profiles=WAITING)
    assert table.waiting[0].until == NOW + timedelta(minutes=50)
    assert not table.accepted
    pending = PendingRelease(target=KEY, offer=make_offer(published=NOW - timedelta(minutes=60)))
    assert run([YOUNG], delay_profiles=WAITING, pending=(pending,)).accepted
    hopeless = run([evolve(YOUNG, seeders=0)], delay_profiles=WAITING)
    assert not hopeless.waiting


def test_the_delay_profile_of_the_lowest_order_applies() -> None:
    """A profile for the movie's tags counts before the one for all."""
    special = DelayProfile(torrent_delay=0, order=1, tags=frozenset({"kids"}))
    assert says(YOUNG, "delay", delay_profiles=(*WAITING, special)) is LATER
    assert says(YOUNG, "delay", delay_profiles=(*WAITING, special), movie=TAGGED) is OK
    with pytest.raises(ValueError, match="'kids' stands in two"):
        Policy(delay_profiles=(special, evolve(special, order=2)))
    with pytest.raises(ValueError, match="only one can be the default"):
        Policy(delay_profiles=(*WAITING, DelayProfile()))


@pytest.mark.parametrize(
    ("held_group", "title", "propers", "expected"),
    [
        ("TIDE", REPACK, Propers.PREFER_AND_UPGRADE, OK),
        ("tide", REPACK, Propers.PREFER_AND_UPGRADE, OK),
        ("WAVE", REPACK, Propers.PREFER_AND_UPGRADE, NO),
        (None, REPACK, Propers.PREFER_AND_UPGRADE, NO),
        ("TIDE", "The.Glass.Harbor.2024.REPACK.1080p.WEB-DL.H.264", Propers.PREFER_AND_UPGRADE, NO),
        ("TIDE", REPACK, Propers.DO_NOT_UPGRADE, NO),
        ("WAVE", REPACK, Propers.DO_NOT_PREFER, OK),
        ("WAVE", PROPER, Propers.PREFER_AND_UPGRADE, OK),
        ("WAVE", "The.Glass.Harbor.2024.REPACK.1080p.BluRay.x264-DOCK", Propers.PREFER_AND_UPGRADE, OK),
    ],
)
def test_a_repack_is_of_its_own_group(held_group: str | None, title: str, propers: Propers, expected: Outcome) -> None:
    """A repack puts right what its own group released, and nobody else's."""
    held = make_file(GOOD)
    held = evolve(held, claim=evolve(held.claim, release_group=held_group))
    assert says(make_offer(title), "repack", held={KEY: held}, propers=propers) is expected


def test_what_turned_out_otherwise_is_not_fetched_again() -> None:
    """A release that was grabbed as one quality and imported as another would be grabbed for ever."""
    grabbed = entry(BETTER, HistoryEvent.GRABBED, 2, download_id="A" * 40)
    imported = entry(GOOD, HistoryEvent.IMPORTED, 1, download_id="A" * 40)
    given: dict[str, Any] = {"held": {KEY: make_file(GOOD)}, "history": (grabbed, imported)}
    again = make_offer(BETTER, guid="again")
    assert says(again, "already imported", **given) is NO
    assert says(make_offer("The.Glass.Harbor.2024.1080p.BluRay.x264-PIER"), "already imported", **given) is OK
    as_promised = (grabbed, evolve(imported, claim=grabbed.claim))
    assert says(again, "already imported", **given | {"history": as_promised}) is OK
    assert says(again, "already imported", **given | {"history": (grabbed,)}) is OK


def _blocked(**facts: Any) -> BlockedRelease:
    offer = make_offer(**facts)
    return BlockedRelease(
        target=KEY, identity="some identity", title=offer.title, cause=BlockCause.DOWNLOAD_FAILED, reason="dead",
        blocked_at=NOW, offer=offer,
    )  # fmt: skip


USENET_FACTS: dict[str, Any] = {"protocol": USENET, "published": NOW, "size": 1000 * MEGABYTE}


@pytest.mark.parametrize(
    ("blocked", "offer", "expected"),
    [
        (_blocked(), make_offer(guid="new"), NO),
        (_blocked(), make_offer(guid="new", indexer="elsewhere"), OK),
        (_blocked(), make_offer(BETTER, guid="new"), OK),
        (_blocked(**USENET_FACTS), make_offer(guid="new", **USENET_FACTS), NO),
        (
            _blocked(**USENET_FACTS),
            make_offer(guid="n", indexer="elsewhere", **USENET_FACTS | {"published": NOW - timedelta(seconds=90)}),
            NO,
        ),
        (
            _blocked(**USENET_FACTS),
            make_offer(guid="n", indexer="elsewhere", **USENET_FACTS | {"published": NOW - timedelta(minutes=3)}),
            OK,
        ),
        (
            _blocked(**USENET_FACTS),
            make_offer(
                guid="n", indexer="elsewhere",
                **USENET_FACTS | {"published": NOW - timedelta(seconds=9), "size": 1003 * MEGABYTE},
            ),
            OK,
        ),
        (_blocked(**USENET_FACTS), make_offer(guid="n", **USENET_FACTS | {"published": NOW - timedelta(1)}), OK),
        (_blocked(**USENET_FACTS), make_offer(guid="new"), OK),
    ],
)  # fmt: skip
def test_a_blocked_release_is_known_again(blocked: BlockedRelease, offer: Release, expected: Outcome) -> None:
    """A torrent by name and indexer, a post by name and moment, or nearly that moment and size elsewhere."""
    assert says(offer, "not blocked", blocked=(blocked,)) is expected


def test_something_better_than_what_is_queued_only_waits_for_the_slot() -> None:
    """What is under way is compared like what is held; beside that, one download a slot goes at a time."""
    queue = (make_grab(GOOD),)
    better = judge(make_offer(BETTER), queue=queue)
    assert [verdict.rule for verdict in better.rejections] == ["slot free"]
    assert {"better than queued", "slot free"} == {v.rule for v in judge(make_offer(GOOD), queue=queue).rejections}
    proper = judge(make_offer(PROPER), queue=queue, propers=Propers.DO_NOT_UPGRADE)
    assert outcome(proper, "better than queued") is NO


# -- custom formats ----------------------------------------------------------------------------------------------------


def make_format(name: str, pattern: str) -> CustomFormat:
    """A format of one pattern in the name."""
    condition = {
        "name": f"{name} in the name",
        "implementation": "ReleaseTitleSpecification",
        "negate": False,
        "required": False,
        "fields": {"value": pattern},
    }
    return CustomFormat.from_trash(
        {"trash_id": name.encode().hex().ljust(32, "0")[:32], "name": name, "includeCustomFormatWhenRenaming": False}
        | {"specifications": [condition]}
    )


FORMATS = FormatSet((make_format("Group", r"-TIDE$"), make_format("Glass", r"Glass"), make_format("Web", r"\bWEB")))


def test_custom_formats_score_and_show_what_they_found() -> None:
    """The film's own title is not read for formats; what was found stands at its place in the name."""
    profile = make_profile(format_scores={"Group": 40, "Glass": 1000, "Web": 2}, min_format_score=43)
    decision = judge(make_offer(), formats=FORMATS, profile=profile)
    assert decision.format_score == 42
    assert [(one.name, one.score) for one in decision.formats] == [("Group", 40), ("Web", 2)]
    span = decision.formats[0].found[0].span
    assert GOOD[span.start : span.end] == "-TIDE"
    assert outcome(decision, "custom format score") is NO
    assert decision.reasons == ("a score of 42 is under the least, 43 (Group +40, Web +2)",)
    assert from_json(to_json(decision), Decision) == decision


def test_a_sum_is_told_with_what_each_format_takes_from_it() -> None:
    """Formats without a score are no part of the reason, however many fit."""
    profile = make_profile(format_scores={"Group": -10_000, "Web": 0})
    decision = judge(make_offer(), formats=FORMATS, profile=profile)
    assert decision.reasons == ("a score of -10000 is under the least, 0 (Group -10000)",)
    unscored = judge(make_offer(), formats=FORMATS, profile=make_profile())
    told = next(v for v in unscored.verdicts if v.rule == "custom format score")
    assert told.sentence == "a score of 0 (no format that counts)"


def test_a_pattern_that_takes_too_long_is_named_and_rejects_nothing() -> None:
    """Nobody can tell whether the format fits, so nobody may hold it against the offer."""
    bomb = make_format("Bomb", r"(a|a)+$")
    name = f"The.Glass.Harbor.2024.1080p.WEB-DL.{'a' * 40}!-TIDE"
    profile = make_profile(format_scores={"Bomb": 10}, min_format_score=5)
    decision = judge(make_offer(name), formats=FormatSet((bomb,)), profile=profile)
    assert decision.undecided_formats == ("Bomb",)
    verdict = next(v for v in decision.verdicts if v.rule == "custom format score")
    assert verdict.outcome is UNSURE
    assert "(a|a)+$ took too long" in verdict.sentence


def test_a_better_score_replaces_a_file_of_the_same_quality() -> None:
    """The held file is scored by the same name under the profile in force now."""
    profile = make_profile(format_scores={"Group": 40}, cutoff_format_score=100)
    other = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-WAVE"
    held = {KEY: make_file(other)}
    assert judge(make_offer(), formats=FORMATS, profile=profile, held=held).is_accepted
    assert not judge(make_offer(), formats=FORMATS, profile=make_profile(), held=held).is_accepted


# -- comparing ---------------------------------------------------------------------------------------------------------


def test_two_policies_are_compared_offer_by_offer() -> None:
    """What changes is told with both places and the reasons that come and go; what does not is left out."""
    old = Policy(profiles={"Test": make_profile()})
    new = Policy(profiles={"Test": make_profile(allowed=("WEB 1080p",), cutoff="WEB 1080p")})
    offers = [make_offer(GOOD), make_offer(BETTER), make_offer("The.Glass.House.2024.1080p.WEB-DL.H.264-TIDE")]
    found = compare_policies(offers, old, new, wanted=MOVIE, situation=Situation(), now=NOW)
    assert {change.after.offer.title for change in found.changes} == {GOOD, BETTER}
    first, second = found.changes
    assert (first.place_before, first.place_after, first.is_reversed) == (2, 1, False)
    assert (second.place_before, second.place_after, second.is_reversed) == (1, None, True)
    assert second.new_reasons == ("Bluray-1080p is not allowed by the profile Test",)
    assert not second.gone_reasons
    assert not compare_policies(offers, old, old, wanted=MOVIE, situation=Situation(), now=NOW).changes


def test_rules_and_criteria_are_data() -> None:
    """They can be replaced, added and taken away by name."""
    fewer = DEFAULT_RULES.without("slot free", "age")
    assert "slot free" not in [rule.name for rule in fewer.rules]
    assert "age" not in [criterion.name for criterion in fewer.criteria]
    again = fewer.with_rules(*DEFAULT_RULES.rules).with_criteria(*DEFAULT_RULES.criteria)
    assert {rule.name for rule in again.rules} == {rule.name for rule in DEFAULT_RULES.rules}
    assert again.criteria[-1].name == "age"
    with pytest.raises(ValueError, match="no rule or criterion is called 'nonsense'"):
        DEFAULT_RULES.without("nonsense")


def test_a_term_that_takes_too_long_is_named_and_rejects_nothing() -> None:
    """A user's pattern stalls no run, and what it could not find out stands against nobody."""
    name = f"The.Glass.Harbor.2024.1080p.WEB-DL.{'a' * 40}!-TIDE"
    verdict = next(
        v
        for v in judge(make_offer(name), release_profiles=(ReleaseProfile(ignored=("/(a|aa)+$/",)),)).verdicts
        if v.rule == "release restrictions"
    )
    assert (verdict.outcome, verdict.figures) == (UNSURE, {"slow": "/(a|aa)+$/"})


@pytest.mark.parametrize(
    ("profile", "complaint"),
    [
        ({"required": (), "ignored": ()}, "neither requires nor ignores"),
        ({"required": (" ",)}, "blank term"),
        ({"required": ("/(/",)}, "no regular expression"),
        ({"ignored": ("/a/q",)}, "unknown flag 'q'"),
    ],
)
def test_release_profiles_that_mean_nothing_are_refused(profile: dict[str, Any], complaint: str) -> None:
    """A mistake in a term is told when it is made, by the term."""
    with pytest.raises(ValueError, match=complaint):
        ReleaseProfile(**profile)


def test_the_status_of_a_film_follows_its_dates() -> None:
    """Announced, in cinemas, released; three months after the cinemas where no release is known."""
    cinemas = ReleaseDates(in_cinemas=NOW - timedelta(days=10))
    assert find_status(ReleaseDates(), NOW) is MovieStatus.ANNOUNCED
    assert find_status(cinemas, NOW) is MovieStatus.IN_CINEMAS
    assert find_status(cinemas, NOW + timedelta(days=80)) is MovieStatus.RELEASED
    with pytest.raises(ValueError, match="time zone"):
        ReleaseDates(digital=NOW.replace(tzinfo=None))


def test_every_profile_of_the_guides_judges_offers() -> None:
    """Each of them becomes a profile of ours that accepts something and refuses something."""
    files = read_folder(get_corpus() / "trash-guides")
    formats = tuple(CustomFormat.from_trash(data) for file, data in files.items() if file.startswith("cf/"))
    offers = [
        make_offer(f"The.Glass.Harbor.2024.{words}-GRP", guid=words, size=None)
        for words in ("1080p.BluRay.x264", "2160p.WEB-DL.H.265", "2160p.UHD.BluRay.REMUX.HEVC", "1080p.WEB-DL.H.264",
                      "German.DL.1080p.BluRay.x264", "MULTi.VFF.1080p.BluRay.x264", "1080p.BluRay.REMUX.AVC",
                      "French.1080p.WEB-DL.H.264", "HDCAM.x264")
    ]  # fmt: skip
    for file, data in files.items():
        if file.startswith("quality-profiles/"):
            profile = profile_from_data(build_profile_data(TrashProfile.from_trash(data), formats))
            movie = evolve(MOVIE, slots=(Slot(profile=profile.name),))
            table = run(offers, profile=profile, movie=movie, formats=FormatSet(formats))
            assert {decision.offer.guid for decision in table.rejected} >= {"HDCAM.x264"}, file
            assert any(outcome(decision, "quality allowed") is OK for decision in table), file


END = datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize("published", [END, END - timedelta(hours=1)])
def test_what_is_dated_at_the_end_of_the_calendar_waits_until_then(published: datetime) -> None:
    """An indexer may say any date; no rule fails over it."""
    torrent, post = make_offer(published=published), make_offer(published=published, protocol=USENET)
    for offer, rule in ((torrent, "delay"), (post, "minimum age")):
        decision = judge(offer, delay_profiles=(DelayProfile(torrent_delay=90),), minimum_age_minutes=90)
        verdict = next(each for each in decision.verdicts if each.rule == rule)
        assert (verdict.outcome, verdict.until) == (LATER, END)


def test_nobody_waits_for_longer_than_ten_years() -> None:
    """A wait beyond the calendar is a mistake of who wrote it, and not of every release that is judged."""
    for name in ("torrent_delay", "usenet_delay"):
        with pytest.raises(ValueError, match=f"{name} is 5260000 minutes at the most"):
            DelayProfile(**{name: 10**12})
    with pytest.raises(ValueError, match="minimum_age_minutes is 5260000 minutes at the most"):
        DecisionSettings(minimum_age_minutes=10**12)


def test_a_term_that_is_refused_is_shown_in_short() -> None:
    """A message is one line people can read."""
    with pytest.raises(ValueError, match="characters, and 50000 are the most") as caught:
        Term("/" + "a" * 499_997 + "/")
    assert len(str(caught.value)) < 300
