"""What is wanted, but not yet: it waits, is judged anew with each look, and is grabbed when its time has come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import define, evolve, field

from radarr_core import (
    Grab,
    Movie,
    NothingAcceptable,
    Pipeline,
    Policy,
    Release,
    RunKind,
    ServiceFailed,
    Slot,
    SlotKey,
    Timing,
)
from radarr_core.domain.decisions import DelayProfile, PendingReason, PendingRelease
from radarr_core.domain.events import ReleaseGrabbed
from radarr_core.errors import RateLimitedError, ServiceUnavailableError
from radarr_core.services.pending import USEFUL_FOR
from radarr_core.testing.fakes.indexer import InMemoryIndexer

from .test_pipeline import Stage, make_payload, running, until
from .world import BETTER, GOOD, KEY, MOVIE, PROFILE, make_release

HOUR = timedelta(hours=1)
LESSER = "The.Glass.Harbor.2024.720p.WEB-DL.H.264-TIDE"
WAITING = Policy(profiles={"Test": PROFILE}, delay_profiles=(DelayProfile(torrent_delay=60),))


@define
class Patience(Stage):
    """A stage where torrents are waited with for an hour."""

    policy: Policy = WAITING
    timing: Timing = field(factory=lambda: Timing(poll_interval=60, feed_interval=900))

    def offer_now(self, name: str = GOOD, **changes: Any) -> Release:
        """Offer a release that was published at this moment."""
        return self.offer(name, **{"published": self.clock.now()} | changes)

    def withdraw(self) -> None:
        """No indexer offers anything any more, although links that are known still work."""
        self.indexer._releases.clear()

    async def pending(self) -> dict[str, PendingRelease]:
        """What waits, by name."""
        async with self.storage.begin() as work:
            return {one.offer.title: one for one in await work.pending.list_all()}

    async def save(self, pending: PendingRelease) -> None:
        """Let something wait, as an earlier look would have."""
        async with self.storage.begin() as work:
            await work.pending.save(pending)

    async def grabs(self) -> tuple[Grab, ...]:
        """Every grab there is."""
        async with self.storage.begin() as work:
            return await work.grabs.list_in()

    async def grabbed(self) -> list[str]:
        """What was grabbed, in order."""
        return [event.release for event in await self.events(ReleaseGrabbed)]


async def test_an_offer_that_has_to_wait_is_stored_and_grabbed_when_its_time_has_come() -> None:
    """Nobody offers it any more by then: the running pipeline fetches what it kept, at the end of the delay."""
    stage = Patience()
    stage.offer_now()
    began = stage.clock.now()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        report = await pipeline.sync_feeds()
        assert report.grabs == ()
        (waiting,) = await pipeline.pending()
        assert (waiting.target, waiting.reason) == (KEY, PendingReason.DELAY)
        assert (waiting.since, waiting.until) == (began, began + HOUR)
        assert "something better is waited for" in waiting.sentence
        stage.withdraw()
        stage.clock.advance(50 * 60)
        async with running(pipeline):
            await until(lambda: has_passed(stage, began + timedelta(minutes=59)))
            assert await stage.grabbed() == []
            await until(stage.grabbed)
        assert await stage.grabbed() == [GOOD]
        (event,) = await stage.events(ReleaseGrabbed)
        assert began + HOUR <= event.at <= began + HOUR + timedelta(minutes=2), "not only with the next feed"
        assert await pipeline.pending() == ()


async def has_passed(stage: Stage, moment: datetime) -> bool:
    """Whether it is later than that."""
    return stage.clock.now() >= moment


async def test_what_waits_outlives_the_process() -> None:
    """A pipeline that is started later grabs what an earlier one had kept."""
    stage = Patience()
    stage.offer_now()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
    stage.withdraw()
    stage.clock.advance(3700)
    async with stage.pipeline() as pipeline, running(pipeline):
        await until(stage.grabbed)
    assert await stage.grabbed() == [GOOD]


async def test_a_better_one_that_comes_meanwhile_wins() -> None:
    """That is what the delay is for; the one that waited first is superseded and forgotten."""
    stage = Patience()
    stage.offer_now(GOOD)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
        stage.clock.advance(1800)
        stage.offer_now(BETTER)
        await pipeline.sync_feeds()
        assert set(await stage.pending()) == {GOOD, BETTER}
        stage.withdraw()
        async with running(pipeline):
            await until(stage.grabbed)
        assert await stage.grabbed() == [BETTER]
        assert await pipeline.pending() == ()


async def test_a_search_keeps_what_has_to_wait_and_judges_it_with_the_fresh_offers() -> None:
    """The outcome says what it waits for; a search an hour later finds it, though the indexer does not."""
    stage = Patience()
    stage.offer_now()
    acquired = await stage.get()
    assert isinstance(acquired.outcome, NothingAcceptable)
    assert "is waited for until" in acquired.outcome.reasons[0]
    assert list(await stage.pending()) == [GOOD]
    stage.withdraw()
    stage.clock.advance(3600)
    await stage.get()
    assert await stage.grabbed() == [GOOD]
    assert await stage.pending() == {}


async def test_a_person_who_asks_waits_for_nothing_and_changes_nothing() -> None:
    """An interactive search accepts at once what a feed would let wait, and stores nothing by itself."""
    stage = Patience()
    stage.offer_now()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        report = await pipeline.search(MOVIE, kind=RunKind.INTERACTIVE)
        assert [decision.offer.title for decision in report.table.accepted] == [GOOD]
        assert await pipeline.pending() == ()
        await pipeline.sync_feeds()
        (kept,) = await pipeline.pending()
        await pipeline.grab(report.table.accepted[0], report.correlation_id)
        assert await pipeline.pending() == (), "what was promoted by hand waits no longer"
    assert kept.offer.title == GOOD


async def test_nothing_waits_for_a_film_that_nobody_added() -> None:
    """Looking what there is of a film is no wish to have it."""
    stage = Patience()
    stage.offer_now()
    async with stage.pipeline() as pipeline:
        report = await pipeline.search(MOVIE)
        assert len(report.table.waiting) == 1
        assert await pipeline.pending() == ()


async def test_second_choices_wait_as_such() -> None:
    """The best that waits is waited for, the others are what to fall back on."""
    stage = Patience()
    stage.offer_now(GOOD)
    stage.offer_now(BETTER)
    stage.offer_now(LESSER)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
    found = await stage.pending()
    assert {name: one.reason for name, one in found.items()} == {
        BETTER: PendingReason.DELAY,
        GOOD: PendingReason.FALLBACK,
        LESSER: PendingReason.FALLBACK,
    }


async def test_a_grab_leaves_waiting_what_is_better_than_it() -> None:
    """What is no better is superseded; what is better goes on waiting, also while the slot is busy."""
    stage = Patience()
    stage.offer_now(BETTER)
    stage.offer_now(LESSER)
    stage.offer(GOOD, published=stage.clock.now() - 2 * HOUR)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        report = await pipeline.sync_feeds()
        assert [grab.offer.title for grab in report.grabs] == [GOOD]
        assert list(await stage.pending()) == [BETTER]
        stage.clock.advance(3700)
        report = await pipeline.sync_feeds()
        assert report.grabs == (), "one download a slot at a time"
        assert list(await stage.pending()) == [BETTER]
        (grab,) = [decision for decision in report.table if decision.offer.title == BETTER]
        stage.finish((await stage.grabs())[0])
        await pipeline.import_finished()
        report = await pipeline.sync_feeds()
        assert [grab.offer.title for grab in report.grabs] == [BETTER]
    assert grab.reasons == (f"{GOOD} is already downloading; one download a slot at a time",)


@pytest.mark.parametrize("change", ["unmonitored", "gone slot", "gone movie", "changed profile"])
async def test_what_is_wanted_no_more_waits_no_longer(change: str) -> None:
    """When a film is left alone or its slot goes away, so does what waited for it."""
    stage = Patience()
    stage.offer_now()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
        assert list(await stage.pending()) == [GOOD]
    if change == "unmonitored":
        stage.movie = evolve(MOVIE, monitored=False)
    elif change == "gone slot":
        stage.movie = evolve(MOVIE, slots=(Slot(name="another", profile="Test"),))
    elif change == "changed profile":
        stage.movie = evolve(MOVIE, slots=(Slot(profile="SD"),))
        stage.policy = evolve(WAITING, profiles={**Policy().profiles, "Test": PROFILE})
    else:
        (waiting,) = (await stage.pending()).values()
        async with stage.storage.begin() as work:
            await work.pending.remove(waiting)
            await work.pending.save(evolve(waiting, target=SlotKey(movie_id=MOVIE.id + "x")))
        stage.movie = evolve(MOVIE, monitored=False)
    stage.withdraw()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(stage.movie)
        stage.clock.advance(60)
        await pipeline.sync_feeds()
        assert KEY not in {one.target for one in await pipeline.pending()}
    assert await stage.grabbed() == []


async def test_a_film_whose_profile_is_gone_keeps_what_waits_for_it() -> None:
    """A profile that was taken out of the configuration by mistake costs nothing, and stops nobody else."""
    stage = Patience()
    other = Movie(title="Quay Lights", year=2019, slots=(Slot(profile="Test"),))
    stage.offer_now()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
    stage.policy = evolve(WAITING, profiles={"Other": evolve(PROFILE, name="Other")})
    stage.clock.advance(3700)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(evolve(other, slots=(Slot(profile="Other"),)))
        later = stage.clock.now() + HOUR
        async with running(pipeline):
            await until(lambda: has_passed(stage, later))
        assert [one.offer.title for one in await pipeline.pending()] == [GOOD]


async def test_what_waits_while_the_client_is_away_is_tried_again() -> None:
    """The choice is kept, the second best as a fallback, and neither is offered to the client more often than feeds."""
    stage = Patience(policy=Policy(profiles={"Test": PROFILE}))
    stage.client.failure = ServiceUnavailableError("down", adapter=stage.client.name)
    stage.offer_now(BETTER)
    stage.offer_now(GOOD)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        report = await pipeline.sync_feeds()
        assert report.grabs == ()
        assert {name: one.reason for name, one in (await stage.pending()).items()} == {
            BETTER: PendingReason.CLIENT_UNAVAILABLE,
            GOOD: PendingReason.FALLBACK,
        }
        stage.withdraw()
        stage.client.failure = None
        assert await grabbed_by_itself(stage, pipeline) == [BETTER]
        assert await pipeline.pending() == ()


async def grabbed_by_itself(stage: Patience, pipeline: Pipeline) -> list[str]:
    """What the running pipeline grabs."""
    async with running(pipeline):
        await until(stage.grabbed)
    return await stage.grabbed()


async def test_an_acquisition_keeps_its_choice_while_the_client_is_away() -> None:
    """Whoever asked is told at once; the film is wanted all the same."""
    stage = Patience(policy=Policy(profiles={"Test": PROFILE}))
    stage.client.failure = ServiceUnavailableError("down", adapter=stage.client.name)
    stage.offer_now(BETTER)
    acquired = await stage.get()
    assert isinstance(acquired.outcome, ServiceFailed)
    (kept,) = (await stage.pending()).values()
    assert (kept.offer.title, kept.reason) == (BETTER, PendingReason.CLIENT_UNAVAILABLE)


async def test_what_cannot_be_had_for_weeks_is_given_up() -> None:
    """A link that is never answered does not keep its release in the list for ever."""
    stage = Patience(policy=Policy(profiles={"Test": PROFILE}))
    release = make_release(GOOD, published=stage.clock.now())
    stage.indexer.offer(release, ServiceUnavailableError("busy", adapter="harbor"))
    stage.withdraw()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await stage.save(PendingRelease(target=KEY, offer=release, since=stage.clock.now()))
        await pipeline.sync_feeds()
        assert list(await stage.pending()) == [GOOD], "it may be had later"
        stage.clock.advance(USEFUL_FOR.total_seconds() + 1)
        await pipeline.sync_feeds()
        assert await stage.pending() == {}


async def test_what_a_removed_indexer_offered_waits_for_its_return_a_while() -> None:
    """Nothing could fetch it, so nothing tries; it is forgotten in the end."""
    stage = Patience()
    lost = make_release(GOOD, indexer="gone")
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await stage.save(PendingRelease(target=KEY, offer=lost, since=stage.clock.now()))
        report = await pipeline.sync_feeds()
        assert len(report.table) == 0
        assert list(await stage.pending()) == [GOOD]
        stage.clock.advance(USEFUL_FOR.total_seconds() + 1)
        await pipeline.sync_feeds()
        assert await stage.pending() == {}


async def test_the_same_offer_is_judged_once_as_it_is_offered_now() -> None:
    """What waits and is still offered is one release, with the seeders of today."""
    stage = Patience()
    stage.offer_now(seeders=3)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
        stage.withdraw()
        stage.indexer._payloads.clear()
        began = stage.clock.now()
        stage.clock.advance(60)
        stage.offer(GOOD, published=began, seeders=500)
        report = await pipeline.sync_feeds()
        assert [decision.offer.seeders for decision in report.table] == [500]
        (one,) = await pipeline.pending()
        assert (one.offer.seeders, one.since) == (500, began)


async def test_an_offer_seen_at_two_indexers_is_kept_once() -> None:
    """The same guid and name is one offer: the one with fewer rejections, then with the better priority."""
    aggregator = InMemoryIndexer("aggregator")
    stage = Stage(more_indexers=(aggregator,))
    for title, seeders in ((GOOD, 5), (BETTER, 0)):
        stage.offer(title, guid=f"https://tracker/{title}", indexer_priority=30)
        again = make_release(
            title, guid=f"https://tracker/{title}", indexer="aggregator", indexer_priority=10, seeders=seeders
        )
        aggregator.offer(again, make_payload(title))
    async with stage.pipeline() as pipeline:
        report = await pipeline.search(MOVIE)
    assert len(report.table) == 2
    assert {one.offer.title: one.offer.indexer for one in report.table} == {GOOD: "aggregator", BETTER: "harbor"}


async def test_offers_of_one_guid_but_another_name_are_different() -> None:
    """Guids are unique within an indexer only: two indexers may both count from 1."""
    second = InMemoryIndexer("second")
    second.offer(make_release(GOOD, guid="1", indexer="second"), make_payload(GOOD))
    stage = Stage(more_indexers=(second,))
    stage.offer(BETTER, guid="1")
    async with stage.pipeline() as pipeline:
        report = await pipeline.search(MOVIE)
    assert len(report.table.accepted) == 2


async def test_a_patient_indexer_limit_does_not_lose_what_it_offered() -> None:
    """What an indexer offered before it had to be left alone waits until it may be asked again."""
    stage = Patience(policy=Policy(profiles={"Test": PROFILE}))
    busy = RateLimitedError("patience", adapter="harbor", retry_after=600)
    release = make_release(GOOD, published=stage.clock.now())
    stage.indexer.offer(release, busy)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await stage.save(PendingRelease(target=KEY, offer=release, since=stage.clock.now()))
        began = stage.clock.now()
        await pipeline.sync_feeds()
        stage.indexer._payloads[GOOD] = make_payload(GOOD)
        report = await pipeline.sync_feeds()
        assert report.grabs == ()
        (waiting,) = await pipeline.pending()
        assert waiting.until == began + timedelta(minutes=15), "the first rung that is 600 s long"
        assert "left alone until" in waiting.sentence
        stage.withdraw()
        assert await grabbed_by_itself(stage, pipeline) == [GOOD]
