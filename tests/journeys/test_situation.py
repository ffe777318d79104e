"""What the rules are told in a real run: each speaks from what storage and disks hold."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from radarr_core import Decision, Movie, Outcome, Policy, RunKind, Slot, SlotKey, Verdict
from radarr_core.domain.decisions import DecisionSettings
from radarr_core.domain.decisions.situation import HistoryEvent
from radarr_core.domain.downloads import GrabState
from radarr_core.services.gather_situation import gather_situation
from radarr_core.testing.fakes.file_system import Device, InMemoryFileSystem
from radarr_core.testing.fakes.media_probe import ScriptedProbe

from .test_pipeline import Stage
from .world import BETTER, GOOD, KEY, LIBRARY, MOVIE, PROFILE, make_proof, make_release

GIGABYTE = 1024**3


def find_verdict(decision: Decision, rule: str) -> Verdict:
    """One rule's word."""
    return next(verdict for verdict in decision.verdicts if verdict.rule == rule)


async def test_a_feed_is_told_of_what_was_grabbed_and_has_not_arrived() -> None:
    """The rule about history speaks of the download that is under way."""
    stage = Stage()
    stage.offer(BETTER)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
        stage.offer(GOOD)
        report = await pipeline.sync_feeds()
    decision = next(one for one in report.table if one.offer.title == GOOD)
    verdict = find_verdict(decision, "history")
    assert verdict.outcome is Outcome.REJECTED
    assert (verdict.figures["held"], verdict.figures["offered"]) == ("Bluray-1080p", "WEBDL-1080p")


async def test_a_release_that_was_imported_as_something_else_is_known_again() -> None:
    """Under another guid and without a hash: by its name, since it was grabbed as more than it turned out to be."""
    stage = Stage(probe=ScriptedProbe(otherwise=make_proof(height=720)))
    stage.offer(BETTER)
    async with stage.pipeline() as pipeline:
        await stage.acquire(pipeline)
        stage.offer(BETTER.replace("x264", "X264"), guid="again")
        report = await pipeline.search(MOVIE)
    decision = next(one for one in report.table if one.offer.guid == "again")
    verdict = find_verdict(decision, "already imported")
    assert verdict.outcome is Outcome.REJECTED
    assert verdict.sentence == "a release of this name was imported before, as something else"


async def test_history_is_told_of_each_slot_from_its_grabs() -> None:
    """A download that failed, one that was imported, and none of another movie, with the moments they ended at."""
    stage = Stage()
    stage.offer(BETTER)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        await pipeline.sync_feeds()
        (grab,) = [grab for grab in await _grabs(stage) if grab.state is GrabState.DOWNLOADING]
        stage.clock.advance(60)
        stage.finish(grab)
        await pipeline.import_finished()
        other = Movie(title="Quay Lights", year=2019, slots=MOVIE.slots)
        await pipeline.add_movie(other)
        for movies in ((MOVIE,), (MOVIE, other)):
            situation = await gather_situation(pipeline.context, RunKind.FEED, movies)
            told = [(entry.target, entry.event) for entry in situation.history]
            assert told == [(KEY, HistoryEvent.IMPORTED), (KEY, HistoryEvent.GRABBED)]
            assert (situation.history[0].at - situation.history[1].at).total_seconds() >= 60
        situation = await gather_situation(pipeline.context, RunKind.SEARCH, (other,))
        assert (situation.history, dict(situation.held)) == ((), {})


async def _grabs(stage: Stage) -> tuple[object, ...]:
    async with stage.storage.begin() as work:
        return await work.grabs.list_in()


# -- room --------------------------------------------------------------------------------------------------------------

UHD = "/uhd/movies"
TWO_SLOTS = evolve(MOVIE, slots=(Slot(profile="Test"), Slot(name="uhd", profile="Test", folder=UHD)))


def make_disks(library: int, uhd: int) -> InMemoryFileSystem:
    """A disk for the library and one for the second slot, of so many gigabytes."""
    return InMemoryFileSystem({"/data": Device(capacity=library * GIGABYTE), "/uhd": Device(capacity=uhd * GIGABYTE)})


async def find_room_verdicts(stage: Stage) -> dict[str, Verdict]:
    """What the rule about room says of a release of 4 GB, by slot."""
    stage.offer(GOOD)
    async with stage.pipeline() as pipeline:
        report = await pipeline.search(stage.movie)
    found = {one.slot.name: find_verdict(one, "free space") for one in report.table if one.slot is not None}
    return dict(sorted(found.items()))


async def test_each_slot_is_judged_by_the_room_of_its_own_disk() -> None:
    """A full disk keeps only its own slots from being filled."""
    stage = Stage(files=make_disks(100, 2), movie=TWO_SLOTS)
    found = await find_room_verdicts(stage)
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "main": Outcome.ACCEPTED,
        "uhd": Outcome.REJECTED,
    }
    assert found["uhd"].figures["free"] == 2 * GIGABYTE
    stage = Stage(files=make_disks(2, 100), movie=TWO_SLOTS)
    found = await find_room_verdicts(stage)
    assert [verdict.outcome for verdict in found.values()] == [Outcome.REJECTED, Outcome.ACCEPTED]


async def test_a_full_disk_of_one_slot_leaves_the_other_to_be_filled() -> None:
    """The feed grabs for the slot that has room, and for no other."""
    stage = Stage(files=make_disks(100, 2), movie=TWO_SLOTS)
    stage.offer(GOOD)
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(TWO_SLOTS)
        report = await pipeline.sync_feeds()
    assert [grab.target for grab in report.grabs] == [SlotKey(movie_id=MOVIE.id)]


async def test_a_disk_that_is_not_there_is_unknown_and_not_full() -> None:
    """Nor is the room of the library's disk taken for that of another one."""
    files = make_disks(100, 100)
    files.devices[Path("/uhd")].mounted = False
    found = await find_room_verdicts(Stage(files=files, movie=TWO_SLOTS))
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "main": Outcome.ACCEPTED,
        "uhd": Outcome.UNKNOWN,
    }


class _BrokenFileSystem(InMemoryFileSystem):
    async def free_space(self, path: Path) -> int | None:
        if path == LIBRARY:
            raise OSError("broken")
        return await super().free_space(path)


async def test_a_disk_that_cannot_be_read_stops_nothing() -> None:
    """Whatever a stranger's file system raises, its room is unknown and the others are known."""
    files = _BrokenFileSystem({"/data": Device(capacity=GIGABYTE), "/uhd": Device(capacity=GIGABYTE)})
    found = await find_room_verdicts(Stage(files=files, movie=TWO_SLOTS))
    assert [verdict.outcome for verdict in found.values()] == [Outcome.UNKNOWN, Outcome.REJECTED]


async def test_the_reserve_is_kept_on_every_disk() -> None:
    """What has to stay free does so on each of them."""
    settings = DecisionSettings(minimum_free_space=97 * GIGABYTE)
    stage = Stage(files=make_disks(100, 110), movie=TWO_SLOTS)
    stage.policy = Policy(profiles={"Test": PROFILE}, settings=settings)
    found = await find_room_verdicts(stage)
    assert [verdict.outcome for verdict in found.values()] == [Outcome.REJECTED, Outcome.ACCEPTED]
    assert make_release(GOOD).size == 4_000_000_000
