"""What every storage has to hold to."""

from __future__ import annotations

import asyncio
import hashlib
from abc import ABC, abstractmethod
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Any

import pytest
from attrs import evolve

from radarr_core.domain.decisions.situation import PendingReason, PendingRelease
from radarr_core.domain.downloads import BlockCause, BlockedRelease, Grab, GrabState
from radarr_core.domain.events import MovieAdded, SearchCompleted, StoredEvent
from radarr_core.domain.identifiers import CorrelationId, InfoHash, MovieId, SlotName, TmdbId
from radarr_core.domain.indexer_health import IndexerHealth
from radarr_core.domain.movies import Movie, MovieFile, Slot, SlotKey
from radarr_core.domain.plans import PlaceFile, Plan, PlanState, RetireFile
from radarr_core.domain.quality import get_quality
from radarr_core.domain.releases import (
    IndexerFlag,
    Mark,
    MediaInfo,
    ParsedRelease,
    Release,
    Span,
    VideoStream,
)
from radarr_core.domain.scene_groups import (
    CellKey,
    CellSums,
    Coverage,
    DaySum,
    EvidenceSummary,
    EvidenceSums,
    FixKind,
    Group,
    IndexerKind,
    LocalOutcome,
    Medium,
    Observation,
    SharedEvidence,
    Stratum,
    Tally,
)
from radarr_core.errors import BugError, StorageInUseError
from radarr_core.ports.storage import Storage
from radarr_core.serialise import to_data
from radarr_core.testing.group_tables import make_tables

NOON = datetime(2024, 5, 17, 12, tzinfo=UTC)
# Digits that do not compress, as databases compress long keys before they find them too long.
_LONG = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(100))
ODD_TEXTS = (
    "\0", "a\\u0000b", "'; DROP TABLE movies; --", "Amélie \u202e 千と千尋 🎬", "e\u0301", "é",
    f"{_LONG}a", f"{_LONG}b", "A", "a", " ",
)  # fmt: skip
"""Texts that trip up databases: NUL, quotes, scripts, two spellings of one letter, long ones, blanks."""
DEADLINE = 20.0


class StorageHarness(ABC):
    """What the suite needs to know of a storage.

    Attributes:
        is_durable: whether a second storage that `build` makes finds what a first one kept.
    """

    is_durable: bool = False

    @abstractmethod
    def build(self) -> Storage:
        """A storage that was not opened yet. Every call names the same database, where `is_durable` says so."""


def make_movie(number: int = 1, **facts: Any) -> Movie:
    """A movie among others."""
    return Movie(**{"title": f"Film {number}", "year": 2000, "tmdb_id": TmdbId(number), **facts})


def make_key(number: int = 1, slot: str = "main") -> SlotKey:
    """A slot of `make_movie(number)`."""
    return SlotKey(movie_id=MovieId(f"tmdb-{number}"), slot=SlotName(slot))


def make_claim(title: str = "Film") -> ParsedRelease:
    """A claim that fills the fields which take no part in equality as well."""
    return ParsedRelease(
        original=f"{title}.2000.1080p",
        title=title,
        quality=get_quality("TELESYNC").at(1080),
        marks=frozenset({Mark.PROPER, Mark.REPACK}),
        spans={"title": (Span(0, 4),), "year": (Span(5, 9),)},
    )


def make_release(title: str = "Film.2000.1080p", *, indexer: str = "one", guid: str = "1") -> Release:
    """An offer."""
    return Release(
        indexer=indexer, guid=guid, title=title, download_url="http://localhost/1", size=2**63,
        flags=IndexerFlag.FREELEECH | IndexerFlag.INTERNAL, published=NOON,
    )  # fmt: skip


def make_grab(number: int = 1, *, key: SlotKey | None = None, minutes: int = 0, **facts: Any) -> Grab:
    """A grab with an info-hash of its own, for the slot given."""
    return Grab(
        **{
            "info_hash": InfoHash(f"{number:040x}"),
            "target": key or make_key(number),
            "claim": make_claim(),
            "offer": make_release(),
            "client": "client",
            "grabbed_at": NOON + timedelta(minutes=minutes),
            "correlation_id": CorrelationId("c"),
            **facts,
        }
    )


def make_file(number: int = 1, *, slot: str = "main", **facts: Any) -> MovieFile:
    """A held file."""
    return MovieFile(
        **{
            "movie_id": make_key(number).movie_id,
            "slot": SlotName(slot),
            "path": PurePath(f"/library/{number}.mkv"),
            "size": 2**64,
            "claim": make_claim(),
            "proof": MediaInfo(container="Matroska", video=VideoStream(codec="AVC", width=1920, height=1080)),
            "added": NOON,
            "offer": make_release(),
            "info_hash": InfoHash("f" * 64),
            **facts,
        }
    )


def make_plan(name: str = "plan", *, minutes: int = 0, **facts: Any) -> Plan:
    """A plan with two kinds of effect."""
    return Plan(
        **{
            "id": name,
            "reason": "an upgrade",
            "target": make_key(),
            "correlation_id": CorrelationId("c"),
            "made_at": NOON + timedelta(minutes=minutes),
            "effects": (
                PlaceFile(source=PurePath("/d/new"), target=PurePath("/l/new"), size=1),
                RetireFile(path=PurePath("/l/old"), retired_to=PurePath("/r/old"), size=2**63),
            ),
            **facts,
        }
    )


def make_block(identity: str = "one:1", *, minutes: int = 0, **facts: Any) -> BlockedRelease:
    """A blocked release."""
    return BlockedRelease(
        **{
            "target": make_key(),
            "identity": identity,
            "title": "Film.2000.1080p",
            "cause": BlockCause.DOWNLOAD_FAILED,
            "reason": "it failed",
            "blocked_at": NOON + timedelta(minutes=minutes),
            **facts,
        }
    )


def make_pending(indexer: str = "one", guid: str = "1", **facts: Any) -> PendingRelease:
    """A release that waits for something better."""
    return PendingRelease(
        **{
            "target": make_key(),
            "offer": make_release(indexer=indexer, guid=guid),
            "reason": PendingReason.FALLBACK,
            "sentence": "it is too young",
            "since": NOON,
            "until": NOON + timedelta(hours=1),
            **facts,
        }
    )


def make_health(indexer: str = "one", **facts: Any) -> IndexerHealth:
    """An indexer that failed twice."""
    settings: dict[str, Any] = {"level": 2, "failing_since": NOON, "last_failure": NOON, "reason": "away"}
    return IndexerHealth(indexer=indexer, **settings | facts)


def make_observation(key: str = "one", *, minutes: int = 0, **facts: Any) -> Observation:
    """A release that was seen."""
    usual: dict[str, Any] = {
        "group": Group("TIDE"), "movie": "tmdb-1", "stratum": Stratum(Medium.WEB, 1080), "added": NOON, "size": 2**40,
        "runtime": 100.5, "seeders": 3, "fix": FixKind.PROPER,
    }  # fmt: skip
    return Observation(key=key, seen_at=NOON + timedelta(minutes=minutes), **usual | facts)


def make_shared(name: str = "Anna", **facts: Any) -> SharedEvidence:
    """What somebody shared: one release of one group."""
    stratum, whole = Stratum(Medium.WEB, 1080), 2**40
    day = DaySum(1, whole, -whole // 2, whole // 4)
    tally = Tally(releases=1, fixes_known=1, needed_no_fix=-(2**39))
    cells = {CellKey("tide", IndexerKind.PRIVATE, stratum): CellSums({NOON.toordinal() - 1: day}, tally)}
    sums = EvidenceSums(cells=cells, spellings={"tide": Counter({"TiDE": 1})}, coverage=Coverage(2, 1, 1, 0))
    summary = EvidenceSummary(**{"made_by": "Anna of the harbour", "made_at": NOON, "sums": sums, **facts})
    return SharedEvidence(name=name, taken_at=NOON, summary=summary)


def make_event(number: int = 1, title: str = "Film") -> MovieAdded:
    """An event about `make_movie(number)`."""
    return MovieAdded(
        at=NOON, correlation_id=CorrelationId("c"), movie_id=make_key(number).movie_id, title=title, year=2000
    )


def assert_same(found: object, expected: object) -> None:
    """Equal, also in the fields that take no part in equality."""
    assert found == expected
    assert to_data(found) == to_data(expected)


class _OnPurposeError(Exception):
    """Ends a unit of work."""


async def _write_everything(storage: Storage) -> None:
    async with storage.begin() as work:
        await work.movies.save(make_movie())
        await work.files.save(make_file())
        await work.grabs.save(make_grab())
        await work.blocks.save(make_block())
        await work.plans.save(make_plan())
        await work.pending.save(make_pending())
        await work.indexers.save(make_health())
        await work.observations.record([make_observation()])
        await work.group_tables.publish(make_tables()[0])
        await work.shared_evidence.save(make_shared())
        await work.events.append(make_event())
        await work.events.move_cursor("reader", 1)


async def _read_everything(storage: Storage) -> tuple[object, ...]:
    async with storage.begin() as work:
        return (
            await work.movies.list_all(), await work.files.list_all(), await work.grabs.list_in(),
            await work.blocks.list_all(), await work.plans.find("plan"), await work.events.list_after(0),
            await work.events.find_cursor("reader"), await work.pending.list_all(), await work.indexers.list_all(),
            await work.observations.list_all(), await work.group_tables.find_version(),
            await work.shared_evidence.list_all(),
        )  # fmt: skip


NOTHING: tuple[object, ...] = ((), (), (), (), None, (), None, (), (), (), None, ())


class StorageContract:
    """Subclass it with a fixture `harness` that gives a `StorageHarness`."""

    @pytest.fixture
    async def storage(self, harness: StorageHarness) -> Any:
        """An open, empty storage."""
        storage = harness.build()
        await storage.open()
        yield storage
        await storage.aclose()

    # --- opening and closing

    async def test_it_starts_empty(self, storage: Storage) -> None:
        """A new database holds nothing, and the number of its newest event is 0."""
        assert await _read_everything(storage) == NOTHING
        async with storage.begin() as work:
            assert await work.events.last_sequence() == 0

    async def test_opening_twice_does_no_harm(self, storage: Storage) -> None:
        """A second `open` neither fails nor loses anything."""
        await _write_everything(storage)
        before = await _read_everything(storage)

        await storage.open()

        assert await _read_everything(storage) == before

    async def test_closing_twice_does_no_harm(self, harness: StorageHarness) -> None:
        """`aclose` may be called twice, and on a storage that was never opened."""
        storage = harness.build()
        await storage.aclose()
        await storage.open()
        await storage.aclose()
        await storage.aclose()

    async def test_what_is_durable_is_there_after_reopening(self, harness: StorageHarness) -> None:
        """Everything that was committed is found by a new storage on the same database."""
        if not harness.is_durable:
            pytest.skip("the harness says that nothing outlives the storage")
        first = harness.build()
        await first.open()
        await _write_everything(first)
        before = await _read_everything(first)
        await first.aclose()

        second = harness.build()
        await second.open()
        after = await _read_everything(second)
        async with second.begin() as work:
            following = await work.events.append(make_event(2))
        await second.aclose()

        assert_same(after, before)
        assert following.sequence > 1

    async def test_check_tells_one_line(self, storage: Storage) -> None:
        """`check` answers with a single line that a person can read."""
        line = await storage.check()

        assert line.strip()
        assert "\n" not in line

    # --- units of work

    async def test_what_was_written_can_be_read(self, storage: Storage) -> None:
        """A committed unit of work is seen by the next one, in every repository."""
        await _write_everything(storage)

        async with storage.begin() as work:
            assert_same(await work.movies.find(make_movie().id), make_movie())
            assert_same(await work.files.find(make_key()), make_file())
            assert_same(await work.grabs.find(InfoHash(f"{1:040x}"), make_key()), make_grab())
            assert_same(await work.blocks.list_all(), (make_block(),))
            assert_same(await work.plans.find("plan"), make_plan())
            assert_same(await work.pending.list_all(), (make_pending(),))
            assert_same(await work.indexers.list_all(), (make_health(),))
            assert_same(await work.shared_evidence.list_all(), (make_shared(),))
            assert_same([stored.event for stored in await work.events.list_after(0)], [make_event()])
            assert await work.events.find_cursor("reader") == 1

    async def test_a_unit_of_work_sees_what_it_wrote(self, storage: Storage) -> None:
        """What was saved is found inside the same block, before any commit."""
        async with storage.begin() as work:
            await work.movies.save(make_movie())
            await work.grabs.save(make_grab(state=GrabState.FAILED))
            stored = await work.events.append(make_event())

            assert await work.movies.find(make_movie().id) == make_movie()
            assert await work.grabs.list_in(GrabState.FAILED) == (make_grab(state=GrabState.FAILED),)
            assert await work.events.list_after(0) == (stored,)
            assert await work.events.last_sequence() == stored.sequence

    async def test_an_exception_rolls_everything_back(self, storage: Storage) -> None:
        """A block that raises leaves no trace in any repository, and the storage stays usable."""
        with pytest.raises(_OnPurposeError):
            async with storage.begin() as work:
                await work.movies.save(make_movie())
                await work.files.save(make_file())
                await work.grabs.save(make_grab())
                await work.blocks.save(make_block())
                await work.plans.save(make_plan())
                await work.pending.save(make_pending())
                await work.indexers.save(make_health())
                await work.observations.record([make_observation()])
                await work.group_tables.publish(make_tables()[0])
                await work.shared_evidence.save(make_shared())
                await work.events.append(make_event())
                await work.events.move_cursor("reader", 1)
                assert await work.movies.list_all() == (make_movie(),)
                raise _OnPurposeError

        assert await _read_everything(storage) == NOTHING
        await _write_everything(storage)

    async def test_a_rollback_brings_the_old_values_back(self, storage: Storage) -> None:
        """What a failed block replaced is what it was before."""
        await _write_everything(storage)
        before = await _read_everything(storage)

        with pytest.raises(_OnPurposeError):
            async with storage.begin() as work:
                await work.movies.save(make_movie(title="Another"))
                await work.files.save(make_file(size=1))
                await work.grabs.save(make_grab(state=GrabState.FAILED))
                await work.pending.remove(make_pending())
                await work.indexers.save(make_health(level=0))
                await work.observations.record([make_observation(minutes=5, size=1)])
                await work.group_tables.publish(make_tables()[1])
                await work.shared_evidence.remove("Anna")
                await work.events.move_cursor("reader", 99)
                raise _OnPurposeError

        assert await _read_everything(storage) == before

    async def test_cancellation_inside_a_block_rolls_back(self, storage: Storage) -> None:
        """A task that is cancelled in its block leaves no trace, and the next unit of work goes ahead."""
        inside = asyncio.Event()

        async def work_for_ever() -> None:
            async with storage.begin() as work:
                await work.movies.save(make_movie())
                await work.movies.list_all()
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(work_for_ever())
        await asyncio.wait_for(inside.wait(), DEADLINE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert await _read_everything(storage) == NOTHING

    async def test_cancellation_at_any_step_leaves_all_or_nothing(self, storage: Storage) -> None:
        """Wherever a cancellation strikes, a unit of work happened as a whole or not at all."""
        for steps in range(40):
            before = await _read_everything(storage)
            movie, event = make_movie(steps + 100), make_event(steps + 100)

            async def write(movie: Movie = movie, event: MovieAdded = event) -> None:
                async with storage.begin() as work:
                    await work.movies.save(movie)
                    await work.events.append(event)
                    await work.movies.list_all()
                    await work.grabs.save(make_grab(state=GrabState.DOWNLOADING, message=movie.title))

            task = asyncio.create_task(write())
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait({task}, timeout=DEADLINE)
            after = await asyncio.wait_for(_read_everything(storage), DEADLINE)

            if after != before:
                async with storage.begin() as work:
                    assert await work.movies.find(movie.id) == movie
                    assert (await work.events.list_after(0))[-1].event == event
                    assert (await work.grabs.list_in())[0].message == movie.title

    async def test_waiting_for_a_turn_can_be_cancelled(self, storage: Storage) -> None:
        """A task that is cancelled while another unit of work runs does not take that one's turn away."""
        async with storage.begin() as work:
            waiting = asyncio.create_task(_read_everything(storage))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            await work.movies.save(make_movie())

        async with storage.begin() as work:
            assert await work.movies.list_all() == (make_movie(),)

    async def test_units_of_work_run_one_after_the_other(self, storage: Storage) -> None:
        """Many tasks that read, think and write lose no update."""

        async def add_one() -> None:
            async with storage.begin() as work:
                movie = await work.movies.find(make_movie().id)
                assert movie is not None
                await asyncio.sleep(0)
                await work.movies.save(evolve(movie, runtime_minutes=(movie.runtime_minutes or 0) + 1))
                await work.events.append(make_event())

        async with storage.begin() as work:
            await work.movies.save(make_movie())
        async with asyncio.timeout(DEADLINE * 3):
            await asyncio.gather(*(add_one() for _ in range(50)))

        async with storage.begin() as work:
            movie = await work.movies.find(make_movie().id)
            assert movie is not None
            assert movie.runtime_minutes == 50
            assert [stored.sequence for stored in await work.events.list_after(0)] == list(range(1, 51))

    async def test_nobody_sees_what_is_not_committed(self, storage: Storage) -> None:
        """A unit of work that begins while another is at work sees all of that one's writes, or none."""
        saved, counts = asyncio.Event(), list[int]()

        async def write() -> None:
            async with storage.begin() as work:
                await work.movies.save(make_movie(1))
                await work.movies.list_all()
                saved.set()
                for _ in range(20):
                    await asyncio.sleep(0)
                await work.movies.save(make_movie(2))

        async def read() -> None:
            await saved.wait()
            async with storage.begin() as work:
                counts.append(len(await work.movies.list_all()))

        async with asyncio.timeout(DEADLINE):
            await asyncio.gather(write(), read())

        assert counts in ([0], [2])

    async def test_a_unit_of_work_inside_another_is_refused(self, storage: Storage) -> None:
        """The inner one would wait for the outer one for ever; the mistake is named at once."""
        async with asyncio.timeout(DEADLINE):
            async with storage.begin() as work:
                await work.movies.save(make_movie())
                with pytest.raises(BugError, match="inside another"):
                    async with storage.begin():
                        pass

        async with storage.begin() as work:
            assert await work.movies.list_all() == (make_movie(),)

    async def test_a_unit_of_work_is_of_no_use_after_its_block(self, storage: Storage) -> None:
        """What is saved through a unit of work that has ended is refused, and never lost or half there."""
        async with storage.begin() as work:
            await work.movies.save(make_movie())

        with pytest.raises(BugError):
            await work.movies.save(make_movie(2))
        with pytest.raises(BugError):
            await work.movies.list_all()

    # --- movies and files

    async def test_saving_a_movie_again_replaces_it(self, storage: Storage) -> None:
        """One movie an id, the one that was saved last; an id nobody saved is None."""
        async with storage.begin() as work:
            await work.movies.save(make_movie())
            await work.movies.save(make_movie(title="Another"))

            assert await work.movies.list_all() == (make_movie(title="Another"),)
            assert await work.movies.find(MovieId("nobody")) is None

    async def test_movies_come_in_the_order_of_their_ids(self, storage: Storage) -> None:
        """By code points, whatever rules of sorting a database has."""
        ids = [MovieId(text) for text in ("b", "B", "a", "é", "e", "Z", "10", "9", "_", "-", "🎬", "\uffff")]
        async with storage.begin() as work:
            for movie_id in ids:
                await work.movies.save(make_movie(id=movie_id))

            assert [movie.id for movie in await work.movies.list_all()] == sorted(ids)

    async def test_a_slot_holds_one_file(self, storage: Storage) -> None:
        """A second file takes the first one's place; other slots keep theirs; the order is by movie and slot."""
        async with storage.begin() as work:
            await work.files.save(make_file(2))
            await work.files.save(make_file(1, slot="uhd"))
            await work.files.save(make_file(1))
            await work.files.save(make_file(1, size=7))

            assert await work.files.list_all() == (make_file(1, size=7), make_file(1, slot="uhd"), make_file(2))
            assert await work.files.find(make_key(1, "nothing")) is None

    @pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[-24:]))
    async def test_odd_texts_survive(self, storage: Storage, text: str) -> None:
        """Keys and texts of every kind come back unchanged, and are found by themselves alone."""
        key = SlotKey(movie_id=MovieId(f"{text}1"), slot=SlotName(f"{text}2"))
        movie = make_movie(id=key.movie_id, title=f"{text}!", slots=(Slot(name=key.slot),))
        file = make_file(movie_id=key.movie_id, slot=key.slot, path=PurePath("/library/\udcff.mkv"))
        grab = make_grab(key=key, message=text)
        block = make_block(f"{text}3", target=key, reason=text)
        plan = make_plan(f"{text}4", target=key, reason=text)
        pending = make_pending(f"{text}5", f"{text}6x", target=key, sentence=text)
        health = make_health(f"{text}7", reason=text)
        event = evolve(make_event(title=text), movie_id=key.movie_id)
        async with storage.begin() as work:
            await work.movies.save(movie)
            await work.files.save(file)
            await work.grabs.save(grab)
            await work.blocks.save(block)
            await work.plans.save(plan)
            await work.pending.save(pending)
            await work.indexers.save(health)
            await work.events.append(event)
            await work.events.move_cursor(text, 1)

        async with storage.begin() as work:
            assert_same(await work.movies.find(movie.id), movie)
            assert_same(await work.files.find(key), file)
            assert_same(await work.grabs.find(grab.info_hash, key), grab)
            assert_same(await work.blocks.list_all(), (block,))
            assert_same(await work.grabs.list_of(key.movie_id), (grab,))
            assert_same(await work.plans.find(plan.id), plan)
            assert_same(await work.pending.list_all(), (pending,))
            assert_same(await work.indexers.list_all(), (health,))
            assert_same([stored.event for stored in await work.events.list_of(key.movie_id)], [event])
            assert await work.events.find_cursor(text) == 1
            for other in ODD_TEXTS:
                if other != text:
                    await work.pending.remove(make_pending(f"{other}5", f"{text}6x", target=key))
                    assert await work.grabs.list_of(MovieId(f"{other}1")) == ()
                    assert await work.movies.find(MovieId(f"{other}1")) is None
                    assert await work.events.find_cursor(other) is None
            assert_same(await work.pending.list_all(), (pending,))
            await work.pending.remove(pending)
            assert await work.pending.list_all() == ()

    # --- grabs

    async def test_a_grab_is_replaced_by_its_next_state(self, storage: Storage) -> None:
        """One grab an info-hash and slot; the states asked for decide which are listed."""
        moved = make_grab().moved_to(GrabState.DOWNLOADING)
        async with storage.begin() as work:
            await work.grabs.save(make_grab())
            await work.grabs.save(moved)

            assert await work.grabs.list_in() == (moved,)
            assert await work.grabs.list_in(GrabState.REQUESTED) == ()
            assert await work.grabs.list_in(GrabState.REQUESTED, GrabState.DOWNLOADING) == (moved,)
            assert await work.grabs.find(InfoHash("0" * 40), make_key()) is None
            assert await work.grabs.find(moved.info_hash, make_key(9)) is None

    async def test_grabs_come_oldest_first(self, storage: Storage) -> None:
        """By the moment of the grab; at the same moment the one that was saved first, also after it was replaced."""
        grabs = [make_grab(1, minutes=5), make_grab(2), make_grab(3, minutes=-5), make_grab(4), make_grab(5)]
        async with storage.begin() as work:
            for grab in grabs:
                await work.grabs.save(grab)
            await work.grabs.save(evolve(grabs[1], message="again"))

            assert [grab.target for grab in await work.grabs.list_in()] == [make_key(n) for n in (3, 2, 4, 5, 1)]

    async def test_a_slot_has_one_active_grab(self, storage: Storage) -> None:
        """A second active grab for a slot is a bug that names both; the block may go on without it."""
        first, second = make_grab(1, key=make_key()), make_grab(2, key=make_key())
        async with storage.begin() as work:
            await work.grabs.save(first)
        async with storage.begin() as work:
            await work.movies.save(make_movie())
            with pytest.raises(BugError) as caught:
                await work.grabs.save(second)
            await work.events.append(make_event())

        assert str(first.info_hash) in str(caught.value)
        assert str(second.info_hash) in str(caught.value)
        async with storage.begin() as work:
            assert await work.grabs.list_in() == (first,)
            assert await work.movies.list_all() == (make_movie(),)
            assert await work.events.last_sequence() == 1

    @pytest.mark.parametrize("state", [GrabState.FAILED, GrabState.IMPORTED])
    async def test_a_slot_is_free_when_its_grab_has_ended(self, storage: Storage, state: GrabState) -> None:
        """Grabs that failed or were imported do not stand in the way, and cannot come back to life beside another."""
        ended, next_one = make_grab(1, key=make_key(), state=state), make_grab(2, key=make_key())
        async with storage.begin() as work:
            await work.grabs.save(ended)
            await work.grabs.save(next_one)
            with pytest.raises(BugError):
                await work.grabs.save(evolve(ended, state=GrabState.DOWNLOADING))

            assert await work.grabs.list_in() == (ended, next_one)

    async def test_one_torrent_may_serve_two_slots(self, storage: Storage) -> None:
        """The same info-hash for two slots is two grabs."""
        one, two = make_grab(1, key=make_key(1)), make_grab(1, key=make_key(1, "uhd"))
        async with storage.begin() as work:
            await work.grabs.save(one)
            await work.grabs.save(two)

            assert await work.grabs.list_in() == (one, two)

    async def test_the_grabs_of_one_movie_are_listed_alone(self, storage: Storage) -> None:
        """Every slot and state of it, oldest first, and nobody else's."""
        late = make_grab(1, key=make_key(1, "uhd"), minutes=5, state=GrabState.FAILED, ended_at=NOON)
        early, other = make_grab(2, key=make_key(1)), make_grab(3, key=make_key(2))
        async with storage.begin() as work:
            for grab in (late, early, other):
                await work.grabs.save(grab)

            assert_same(await work.grabs.list_of(make_key(1).movie_id), (early, late))
            assert await work.grabs.list_of(MovieId("nobody")) == ()

    # --- what waits, and indexers

    async def test_a_release_waits_once_for_a_slot(self, storage: Storage) -> None:
        """By slot, indexer and guid; saved again it keeps its place in the order in which they began to wait."""
        first = make_pending()
        others = [make_pending("two"), make_pending("one", "2"), make_pending(target=make_key(1, "uhd"))]
        again = evolve(first, reason=PendingReason.CLIENT_UNAVAILABLE, until=None, since=None, sentence="")
        async with storage.begin() as work:
            for pending in (first, *others, again):
                await work.pending.save(pending)

            assert_same(await work.pending.list_all(), (again, *others))

    async def test_what_has_waited_long_enough_is_listed_apart(self, storage: Storage) -> None:
        """From the very moment on, to the microsecond, and whatever nobody noted a moment for."""
        tick = timedelta(microseconds=1)
        late, due, open_end = (
            make_pending("late", until=NOON + tick), make_pending("due", until=NOON), make_pending("open", until=None)
        )  # fmt: skip
        async with storage.begin() as work:
            for pending in (late, due, open_end):
                await work.pending.save(pending)

            assert_same(await work.pending.list_due(NOON), (due, open_end))
            assert await work.pending.list_due(NOON - tick) == (open_end,)
            assert await work.pending.list_due(NOON + tick) == (late, due, open_end)

    async def test_what_no_longer_waits_is_forgotten(self, storage: Storage) -> None:
        """By its key alone, whatever else is known of it; what does not wait can be forgotten as well."""
        kept, gone = make_pending(), make_pending("two")
        async with storage.begin() as work:
            await work.pending.save(kept)
            await work.pending.save(gone)
        async with storage.begin() as work:
            await work.pending.remove(evolve(gone, sentence="another", until=None))
            await work.pending.remove(gone)
            await work.pending.remove(evolve(kept, target=make_key(2)))

            assert await work.pending.list_all() == (kept,)

    async def test_shared_evidence_is_kept_by_name(self, storage: Storage) -> None:
        """Each name has one summary, the newest; they come in the order of names, and can be forgotten one by one."""
        newer = make_shared("b", made_by="Ben, again", made_at=NOON + timedelta(days=1))
        async with storage.begin() as work:
            for shared in (make_shared("b"), make_shared("a"), make_shared("Δ ⚓ c"), newer):
                await work.shared_evidence.save(shared)
        async with storage.begin() as work:
            assert_same(await work.shared_evidence.list_all(), (make_shared("a"), newer, make_shared("Δ ⚓ c")))
            await work.shared_evidence.remove("a")
            await work.shared_evidence.remove("nobody")
        async with storage.begin() as work:
            assert_same(await work.shared_evidence.list_all(), (newer, make_shared("Δ ⚓ c")))

    async def test_indexers_come_in_the_order_of_their_names(self, storage: Storage) -> None:
        """By code points, the latest that is known of each."""
        names = ["b", "B", "a", "é", "\0", "Z"]
        async with storage.begin() as work:
            for name in names:
                await work.indexers.save(make_health(name))
            await work.indexers.save(IndexerHealth(indexer="a"))

            found = await work.indexers.list_all()
            assert [health.indexer for health in found] == sorted(names)
            assert_same(next(one for one in found if one.indexer == "a"), IndexerHealth(indexer="a"))

    # --- blocks and plans

    async def test_blocking_again_keeps_the_newer_reason(self, storage: Storage) -> None:
        """One entry a slot and release; the list is oldest first."""
        again = make_block(reason="it is fake", minutes=1)
        elsewhere = make_block(target=make_key(2))
        async with storage.begin() as work:
            await work.blocks.save(make_block())
            await work.blocks.save(elsewhere)
            await work.blocks.save(again)

            assert await work.blocks.list_all() == (elsewhere, again)

    async def test_unfinished_plans_come_oldest_first(self, storage: Storage) -> None:
        """Only plans that are still to be carried out are listed; the others are found by id."""
        async with storage.begin() as work:
            await work.plans.save(make_plan("late", minutes=1))
            await work.plans.save(make_plan("early"))
            for state in (PlanState.DONE, PlanState.ABANDONED, PlanState.UNDONE):
                await work.plans.save(make_plan(state.value))
                await work.plans.save(make_plan(state.value, state=state))

            assert [plan.id for plan in await work.plans.list_unfinished()] == ["early", "late"]
            assert await work.plans.find("done") == make_plan("done", state=PlanState.DONE)
            assert await work.plans.find("nobody's") is None

    # --- events

    async def test_events_stand_in_one_order(self, storage: Storage) -> None:
        """Every event has a greater number than all before it, in one unit of work and across several."""
        appended = []
        for _ in range(3):
            async with storage.begin() as work:
                appended += [await work.events.append(make_event(number)) for number in (1, 2)]

        sequences = [stored.sequence for stored in appended]
        assert sequences[0] > 0
        assert sequences == sorted(set(sequences))
        async with storage.begin() as work:
            assert await work.events.list_after(0) == tuple(appended)
            assert await work.events.list_of(make_key(2).movie_id) == tuple(appended[1::2])
            assert await work.events.last_sequence() == sequences[-1]

    async def test_events_can_be_read_in_portions(self, storage: Storage) -> None:
        """Reading on after the last number seen gives every event once; behind the newest there is nothing."""
        async with storage.begin() as work:
            appended = [await work.events.append(make_event()) for _ in range(7)]
        seen: list[StoredEvent] = []
        cursor = 0
        for _ in range(4):
            async with storage.begin() as work:
                portion = await work.events.list_after(cursor, limit=3)
            assert len(portion) <= 3
            seen += portion
            cursor = portion[-1].sequence if portion else cursor

        assert seen == appended

    async def test_an_undone_event_leaves_no_trace(self, storage: Storage) -> None:
        """An event whose block failed is not in the list, and later ones come after all that is."""
        async with storage.begin() as work:
            first = await work.events.append(make_event(1))
        with pytest.raises(_OnPurposeError):
            async with storage.begin() as work:
                await work.events.append(make_event(2))
                raise _OnPurposeError
        async with storage.begin() as work:
            third = await work.events.append(make_event(3))

            assert await work.events.list_after(0) == (first, third)
            assert await work.events.last_sequence() == third.sequence > first.sequence

    async def test_events_keep_what_they_tell(self, storage: Storage) -> None:
        """An event with pairs inside comes back as the type it was."""
        event = SearchCompleted(
            at=NOON, correlation_id=CorrelationId("c"), movie_id=MovieId("m"), offers=2, acceptable=0,
            failed_indexers=(("one", "it is away"), ("two", "\0")),
        )  # fmt: skip
        async with storage.begin() as work:
            await work.events.append(event)
        async with storage.begin() as work:
            (stored,) = await work.events.list_after(0)

        assert_same(stored.event, event)

    async def test_a_cursor_never_goes_back(self, storage: Storage) -> None:
        """A reader's place only moves forward, and each reader has its own."""
        async with storage.begin() as work:
            for sequence in (0, 5, 3):
                await work.events.move_cursor("one", sequence)
            await work.events.move_cursor("two", 0)
        async with storage.begin() as work:
            await work.events.move_cursor("one", 4)

            assert await work.events.find_cursor("one") == 5
            assert await work.events.find_cursor("two") == 0
            assert await work.events.find_cursor("three") is None

    # --- release groups

    async def test_seeing_a_release_again_changes_nothing_but_when_it_was_last_seen(self, storage: Storage) -> None:
        """It stays one release that was first seen when it was, with what is known of it."""
        async with storage.begin() as work:
            await work.observations.record([make_observation(), make_observation()])
        async with storage.begin() as work:
            await work.observations.record([make_observation(minutes=10)])
            assert_same(await work.observations.list_all(), (make_observation(minutes=10),))
            assert await work.observations.count_since(NOON - timedelta(seconds=1)) == 1
            assert await work.observations.count_since(NOON) == 0

    async def test_the_later_sighting_has_the_figures_in_whatever_order_they_come(self, storage: Storage) -> None:
        """And what became of a release stays known, whoever saw it."""
        first, later = make_observation(outcome=LocalOutcome.FAKE), make_observation(minutes=9, size=7, group=None)
        for number, order in enumerate(([first, later], [later, first])):
            async with storage.begin() as work:
                for one in order:
                    await work.observations.record([evolve(one, key=f"release {number}")])
        async with storage.begin() as work:
            found = await work.observations.list_all()
            assert await work.observations.count_since(NOON) == 0
        assert_same(found, tuple(evolve(later, key=f"release {n}", outcome=LocalOutcome.FAKE) for n in range(2)))

    async def test_observations_come_in_the_order_of_their_keys(self, storage: Storage) -> None:
        """Odd keys and a thousand at once are kept apart."""
        keys = (*ODD_TEXTS[:-1], *(f"{number:040x}" for number in range(1200)))
        async with storage.begin() as work:
            await work.observations.record([make_observation(key) for key in keys])
            await work.observations.record([make_observation(key, minutes=1) for key in keys])
            found = await work.observations.list_all()
        assert [one.key for one in found] == sorted(keys)
        assert {one.seen_at for one in found} == {NOON + timedelta(minutes=1)}

    async def test_the_first_signal_of_a_release_stays(self, storage: Storage) -> None:
        """What its makers were held for when it was first seen is not changed by later opinions, nor by sightings."""
        async with storage.begin() as work:
            await work.observations.record([make_observation("one"), make_observation("two")])
            await work.observations.note_signals({"one": 0.25, "nobody saw it": 1.0})
        async with storage.begin() as work:
            await work.observations.note_signals({"one": -0.5, "two": 0.0})
            await work.observations.record([make_observation("one", minutes=3)])
            keys = ["one", "two", "nobody saw it", *map(str, range(1200))]
            assert dict(await work.observations.find_signals(keys)) == {"one": 0.25, "two": 0.0}

    async def test_what_was_not_seen_for_long_can_be_forgotten(self, storage: Storage) -> None:
        """By when it was seen last, to the moment, however long ago it was seen first."""
        async with storage.begin() as work:
            await work.observations.record([make_observation("old"), make_observation("seen again")])
            await work.observations.record(
                [make_observation("seen again", minutes=9), make_observation("new", minutes=5)]
            )
            assert await work.observations.prune(NOON + timedelta(minutes=5)) == 1
            assert [one.key for one in await work.observations.list_all()] == ["new", "seen again"]
            assert await work.observations.prune(NOON) == 0

    async def test_a_published_table_comes_back_as_it_was(self, storage: Storage) -> None:
        """To the last digit, with namesakes, spellings and everything it answers by."""
        for place, table in enumerate(make_tables()):
            async with storage.begin() as work:
                assert await work.group_tables.publish(table) == place + 1
            async with storage.begin() as work:
                found = await work.group_tables.find_table()
                assert found is not None
                assert await work.group_tables.find_version() == (place + 1, table.at)
            assert found == table
            assert found.spellings == table.spellings
            assert list(map(str, found.rank())) == list(map(str, table.rank()))

    # --- claims

    async def test_one_pipeline_at_a_time(self, storage: Storage) -> None:
        """A second claim is refused at once, naming the holder; it is free again when the first one ends."""
        async with asyncio.timeout(DEADLINE):
            async with storage.claim("the first pipeline"):
                with pytest.raises(StorageInUseError, match="the first pipeline"):
                    async with storage.claim("the second pipeline"):
                        pass
                with pytest.raises(StorageInUseError, match="the first pipeline"):  # a refusal frees nothing
                    async with storage.claim("the second pipeline"):
                        pass
                await _write_everything(storage)
            async with storage.claim("the second pipeline"):
                pass

    async def test_a_claim_ends_with_an_exception(self, storage: Storage) -> None:
        """A pipeline that fails lets go of its claim."""
        with pytest.raises(_OnPurposeError):
            async with storage.claim("one"):
                raise _OnPurposeError
        async with storage.claim("two"):
            pass

    async def test_a_claim_ends_with_a_cancellation(self, storage: Storage) -> None:
        """A pipeline that is cancelled lets go of its claim."""
        claimed = asyncio.Event()

        async def hold() -> None:
            async with storage.claim("one"):
                claimed.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(hold())
        await asyncio.wait_for(claimed.wait(), DEADLINE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with storage.claim("two"):
            pass

    async def test_two_storages_on_one_database_share_the_claim(self, harness: StorageHarness) -> None:
        """Claims hold between storages that were built apart, where they name the same database."""
        if not harness.is_durable:
            pytest.skip("the harness says that every storage has a database of its own")
        one, two = harness.build(), harness.build()
        await one.open()
        await two.open()
        async with one.claim("\U0001f3ac the first"):
            with pytest.raises(StorageInUseError, match="the first"):
                async with two.claim("the second"):
                    pass
        async with two.claim("the second"):
            pass
        await one.aclose()
        await two.aclose()

    async def test_two_storages_on_one_database_lose_no_event(self, harness: StorageHarness) -> None:
        """Events appended through two storages at once stand in one order without gaps or doubles."""
        if not harness.is_durable:
            pytest.skip("the harness says that every storage has a database of its own")
        one, two = harness.build(), harness.build()
        await asyncio.gather(one.open(), two.open())

        async def append(storage: Storage) -> None:
            async with storage.begin() as work:
                await work.events.append(make_event())

        async with asyncio.timeout(DEADLINE * 3):
            await asyncio.gather(*(append(storage) for storage in (one, two) * 20))
        async with one.begin() as work:
            sequences = [stored.sequence for stored in await work.events.list_after(0)]
        await one.aclose()
        await two.aclose()

        assert len(sequences) == 40
        assert sequences == sorted(set(sequences))
