"""Indexers that fail are left alone, longer each time, also after a restart; and who is asked for which film."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve

from radarr_core import Movie, RunKind, ServiceFailed
from radarr_core.domain.downloads import GrabState
from radarr_core.domain.indexer_health import START_UP, IndexerHealth
from radarr_core.domain.languages import ENGLISH, find_language
from radarr_core.domain.movies import TranslatedTitle
from radarr_core.errors import (
    BadResponseError,
    BadTorrentError,
    RadarrCoreError,
    RateLimitedError,
    ReleaseGoneError,
    ServiceUnavailableError,
    UnreachableError,
)
from radarr_core.ports.indexer import IndexerCapabilities
from radarr_core.testing.fakes.indexer import InMemoryIndexer

from .test_pipeline import Stage, make_payload
from .world import GOOD, MOVIE, make_release

LONG_STARTED = START_UP.total_seconds()


class CountingIndexer(InMemoryIndexer):
    """Counts how often it was asked for anything."""

    asked = 0

    def _fail(self) -> None:
        self.asked += 1
        super()._fail()


def make_stage(
    failure: RadarrCoreError | None = None, *, tags: Iterable[str] = (), **changes: Any
) -> tuple[Stage, CountingIndexer]:
    """A stage with a sound indexer and another one that fails."""
    other = CountingIndexer("other", tags=tags)
    other.failure = failure
    return Stage(more_indexers=(other,), **changes), other


def is_away() -> ServiceUnavailableError:
    """What an indexer that is down raises."""
    return ServiceUnavailableError("down", adapter="other")


async def find_health(stage: Stage, name: str = "other") -> IndexerHealth:
    """What is stored of an indexer."""
    async with stage.storage.begin() as work:
        return {one.indexer: one for one in await work.indexers.list_all()}[name]


async def test_an_indexer_that_failed_is_left_alone_and_named_until_when() -> None:
    """It is not asked for feeds or by automatic searches until its pause is over; the others are."""
    stage, other = make_stage(is_away())
    stage.offer()
    async with stage.pipeline() as pipeline:
        stage.clock.advance(LONG_STARTED)
        await pipeline.add_movie(MOVIE)
        report = await pipeline.search(MOVIE)
        assert report.failures[0].reason == "other: down"
        for look in (pipeline.search(MOVIE), pipeline.sync_feeds()):
            report = await look
            (failure,) = report.failures
            assert failure.reason == "other: left alone until 2025-01-01 12:16 UTC, since it failed: other: down"
        assert other.asked == 1
        assert len(report.table) == 1
        stage.clock.advance(60)
        await pipeline.search(MOVIE)
        assert other.asked == 2
        stage.clock.advance(299)
        await pipeline.sync_feeds()
        assert other.asked == 2, "five minutes after the second failure"


async def test_a_restart_remembers_who_is_left_alone() -> None:
    """The ladder goes on where the last process left it."""
    stage, other = make_stage(is_away())
    async with stage.pipeline() as pipeline:
        stage.clock.advance(LONG_STARTED)
        await pipeline.sync_feeds()
        stage.clock.advance(60)
        await pipeline.sync_feeds()
    async with stage.pipeline() as pipeline:
        report = await pipeline.sync_feeds()
        assert "left alone" in report.failures[0].reason
        assert other.asked == 2
        assert (await find_health(stage)).level == 2


async def test_an_indexer_that_answers_again_steps_down() -> None:
    """With each answer by one rung, and it is asked with every look."""
    stage, other = make_stage(is_away())
    async with stage.pipeline() as pipeline:
        stage.clock.advance(LONG_STARTED)
        for _ in range(2):
            await pipeline.sync_feeds()
            stage.clock.advance(600)
        other.failure = None
        assert (await pipeline.sync_feeds()).failures == ()
        assert (await find_health(stage)).level == 1
        await pipeline.sync_feeds()
        assert (await find_health(stage)).level == 0


async def test_a_person_who_searches_asks_those_that_failed_as_well() -> None:
    """Whoever waits for an answer is told how things are now; an answer ends the pause."""
    stage, other = make_stage(is_away())
    async with stage.pipeline() as pipeline:
        stage.clock.advance(LONG_STARTED)
        await pipeline.search(MOVIE)
        other.failure = None
        report = await pipeline.search(MOVIE, kind=RunKind.INTERACTIVE)
        assert (report.failures, other.asked) == ((), 2)
        await pipeline.search(MOVIE)
        assert other.asked == 3


@pytest.mark.parametrize(("retry_after", "minutes"), [(None, 60), (30.0, 1), (400.0, 15), (10.0**12, 1440), (-1.0, 60)])
async def test_an_indexer_that_counted_too_many_requests_is_given_the_time_it_asks_for(
    retry_after: float | None, minutes: int
) -> None:
    """Also by a person who searches; without a word of how long it is an hour, and a day at most."""
    stage, other = make_stage(RateLimitedError("too many", adapter="other", retry_after=retry_after))
    async with stage.pipeline() as pipeline:
        await pipeline.search(MOVIE)
        stage.clock.advance(minutes * 60 - 1)
        for kind in (RunKind.SEARCH, RunKind.INTERACTIVE):
            report = await pipeline.search(MOVIE, kind=kind)
            assert "left alone until" in report.failures[0].reason
        assert other.asked == 1
        stage.clock.advance(1)
        await pipeline.search(MOVIE)
        assert other.asked == 2


async def test_a_network_that_is_down_does_not_silence_indexers_for_a_day() -> None:
    """What cannot even be reached is tried again a minute later, however often that happens."""
    stage, _ = make_stage(UnreachableError("no such host", adapter="other"))
    async with stage.pipeline() as pipeline:
        stage.clock.advance(LONG_STARTED)
        for _ in range(5):
            await pipeline.sync_feeds()
            stage.clock.advance(60)
        assert (await find_health(stage)).level == 1


async def test_just_after_the_start_failures_count_for_little() -> None:
    """Within the first quarter of an hour no pause is longer than five minutes."""
    stage, other = make_stage(is_away())
    async with stage.pipeline() as pipeline:
        for _ in range(4):
            await pipeline.sync_feeds()
            stage.clock.advance(60)
        assert (await find_health(stage)).level == 1
        assert other.asked == 4


async def test_when_every_indexer_is_left_alone_nothing_is_said_of_the_film() -> None:
    """That nobody was asked is no proof that there is nothing."""
    stage, _ = make_stage(is_away())
    stage.indexer.failure = ServiceUnavailableError("down", adapter="harbor")
    async with stage.pipeline() as pipeline:
        stage.clock.advance(LONG_STARTED)
        await pipeline.sync_feeds()
        acquired, _ = await stage.acquire(pipeline)
    assert isinstance(acquired.outcome, ServiceFailed)
    assert all("left alone until" in reason for reason in acquired.outcome.reasons)


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (ServiceUnavailableError("down", adapter="harbor"), 1),
        (BadResponseError("a web page", adapter="harbor"), 1),
        (RateLimitedError("too many", adapter="harbor", retry_after=3600), 5),
        (ReleaseGoneError("gone", adapter="harbor"), 0),
        (BadTorrentError("no torrent", adapter="harbor"), 0),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_a_link_that_fails_counts_for_its_indexer_unless_the_release_is_to_blame(
    error: RadarrCoreError, level: int
) -> None:
    """A release that is gone or bad says nothing of the others the indexer has."""
    stage = Stage()
    stage.offer(payload=error)
    async with stage.pipeline() as pipeline:
        await stage.acquire(pipeline)
    async with stage.storage.begin() as work:
        assert [one.level for one in await work.indexers.list_all()] == ([level] if level else [])


async def test_a_grab_that_works_counts_as_an_answer() -> None:
    """An indexer whose link delivers steps down as with any answer."""
    stage = Stage()
    stage.offer()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        async with stage.storage.begin() as work:
            await work.indexers.save(IndexerHealth(indexer="harbor", level=5))
        await pipeline.sync_feeds()
    assert await stage.grab_states() == {GOOD: GrabState.DOWNLOADING}
    assert (await find_health(stage, "harbor")).level == 3


async def test_an_indexer_with_tags_is_asked_only_for_films_that_share_one() -> None:
    """One without tags is asked for every film; feeds are read either way, and judged by the tags."""
    stage, other = make_stage(tags=("kids", "4k"))
    other.offer(make_release(GOOD, indexer="other"), make_payload(GOOD))
    async with stage.pipeline() as pipeline:
        await pipeline.search(MOVIE)
        await pipeline.search(evolve(MOVIE, tags=frozenset({"drama"})), kind=RunKind.INTERACTIVE)
        assert other.asked == 0
        await pipeline.search(evolve(MOVIE, tags=frozenset({"drama", "kids"})))
        assert other.asked == 1
        await pipeline.add_movie(MOVIE)
        report = await pipeline.sync_feeds()
        assert other.asked == 2
    (decision,) = report.table
    assert decision.reasons == ("other is for movies tagged 4k, kids, this one has no tag",)


async def test_an_indexer_without_a_feed_is_no_failure() -> None:
    """It is simply not asked for one."""
    silent = InMemoryIndexer(
        "silent", capabilities=IndexerCapabilities(protocol=Stage().indexer.capabilities.protocol, has_feed=False)
    )
    stage = Stage(more_indexers=(silent,))
    async with stage.pipeline() as pipeline:
        assert (await pipeline.sync_feeds()).failures == ()


async def test_a_film_is_asked_for_by_its_titles_in_the_languages_that_are_wanted() -> None:
    """The main and the original title always; a translation only where the profile wants its language."""
    german, french = find_language("German"), find_language("French")
    assert german is not None
    assert french is not None
    movie = Movie(
        title="The Glass Harbor",
        year=2024,
        original_title="Der gläserne Hafen",
        original_language=german,
        other_titles=("Harbor of Glass",),
        translated_titles=(
            TranslatedTitle(language=german, title="Hafen"),
            TranslatedTitle(language=french, title="Le Port de verre"),
            TranslatedTitle(language=ENGLISH, title="THE GLASS HARBOR"),
        ),
        slots=MOVIE.slots,
    )
    stage = Stage()
    profile = stage.policy.profiles["Test"]
    for language, extra in ((french, ("Le Port de verre",)), (find_language("Original"), ("Hafen",)), (ENGLISH, ())):
        stage.policy = evolve(stage.policy, profiles={"Test": evolve(profile, language=language)})
        async with stage.pipeline() as pipeline:
            await pipeline.search(movie)
        assert stage.indexer.queries[-1].titles == ("The Glass Harbor", "Der gläserne Hafen", *extra)
