"""A storage compared, step by step, with the one in memory, over whatever Hypothesis thinks of."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from radarr_core.domain.decisions.situation import PendingRelease
from radarr_core.domain.downloads import BlockedRelease, Grab, GrabState
from radarr_core.domain.events import Event, StoredEvent
from radarr_core.domain.identifiers import InfoHash, MovieId, SlotName
from radarr_core.domain.indexer_health import IndexerHealth
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.plans import Plan
from radarr_core.domain.scene_groups import GroupTable, Observation
from radarr_core.errors import BugError
from radarr_core.ports.storage import Storage, UnitOfWork
from radarr_core.serialise import to_data
from radarr_core.testing import strategies
from radarr_core.testing.contracts.storage import make_shared
from radarr_core.testing.fakes.storage import InMemoryStorage
from radarr_core.testing.group_tables import make_tables

# Few enough that values meet: the interesting things happen when a key is written a second time.
_movie_ids = st.sampled_from(["tmdb-1", "tmdb-2", "é", "e\u0301", "\0", "\\u0000"]).map(MovieId)
_slots = st.sampled_from(["main", "Main", "uhd"]).map(SlotName)
_keys = st.builds(SlotKey, movie_id=_movie_ids, slot=_slots)
_hashes = st.sampled_from([InfoHash(f"{number:040x}") for number in range(4)])
_names = st.sampled_from(["one", "One", "\0", "\\u0000"])
_moments = strategies.moments | st.just(datetime(2024, 5, 17, 12, tzinfo=UTC))


class _RolledBackError(Exception):
    """Ends a unit of work on purpose."""


class StorageAgreement(RuleBasedStateMachine):
    """Subclass it and say how the storage is built; `TestCase` of the subclass is then a test.

    A rule is a step of a unit of work that is under way in both storages. Both give the same answer to whatever is
    asked, and what raises in one raises in the other. Numbers of events are compared by their order alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._storages = (self.build_storage(), InMemoryStorage())
        self._numbers: list[tuple[int, ...]] = [(0, 0)]
        self._committed = 1
        for storage in self._storages:
            self._runner.run(storage.open())
        self._works: list[UnitOfWork] = []
        self._begin()

    @abstractmethod
    def build_storage(self) -> Storage:
        """A storage on a database that nobody used before; called once for each run of steps."""
        raise NotImplementedError

    def clean_up(self) -> None:
        """Undo what `build_storage` set up; called when the storage is closed."""

    def teardown(self) -> None:
        """End the unit of work and close the storages."""
        self._end(None)
        for storage in self._storages:
            self._runner.run(storage.aclose())
        self._runner.close()
        self.clean_up()

    def _begin(self) -> None:
        self._works = [storage.begin() for storage in self._storages]
        for work in self._works:
            self._runner.run(work.__aenter__())

    def _end(self, error: BaseException | None) -> None:
        for work in self._works:
            self._runner.run(work.__aexit__(type(error) if error else None, error, None))
        if error is None:
            self._committed = len(self._numbers)
        del self._numbers[self._committed :]

    def _agree(self, step: Callable[[UnitOfWork, int], Awaitable[Any]]) -> None:
        """Take a step in both, and compare what comes of it."""
        answers = [self._take(step, work, place) for place, work in enumerate(self._works)]
        assert answers[0] == answers[1], f"{answers[0]!r} is not {answers[1]!r}"

    def _take(self, step: Callable[[UnitOfWork, int], Awaitable[Any]], work: UnitOfWork, place: int) -> Any:
        async def take() -> Any:
            return await step(work, place)

        try:
            return self._simplify(self._runner.run(take()), place)
        except BugError:
            return BugError

    def _simplify(self, answer: Any, place: int) -> Any:
        if isinstance(answer, tuple):
            return [self._simplify(item, place) for item in answer]
        if isinstance(answer, StoredEvent):
            order = [numbers[place] for numbers in self._numbers]
            return order.index(answer.sequence), to_data(answer)["event"]
        if isinstance(answer, GroupTable):
            return answer, answer.spellings
        return to_data(answer)

    @rule()
    def commit(self) -> None:
        """End the unit of work well, and begin the next one."""
        self._end(None)
        self._begin()

    @rule()
    def roll_back(self) -> None:
        """End the unit of work badly, and begin the next one."""
        self._end(_RolledBackError())
        self._begin()

    @rule(movie=strategies.movies, movie_id=_movie_ids)
    def save_movie(self, movie: Movie, movie_id: MovieId) -> None:
        """Add or replace a movie."""
        self._agree(lambda work, _: work.movies.save(evolve(movie, id=movie_id)))

    @rule(movie_id=_movie_ids)
    def read_movies(self, movie_id: MovieId) -> None:
        """Ask for one movie, and for all."""
        self._agree(lambda work, _: work.movies.find(movie_id))
        self._agree(lambda work, _: work.movies.list_all())

    @rule(file=strategies.movie_files, key=_keys)
    def save_file(self, file: MovieFile, key: SlotKey) -> None:
        """Add or replace a file."""
        self._agree(lambda work, _: work.files.save(evolve(file, movie_id=key.movie_id, slot=key.slot)))

    @rule(key=_keys)
    def read_files(self, key: SlotKey) -> None:
        """Ask for one slot's file, and for all."""
        self._agree(lambda work, _: work.files.find(key))
        self._agree(lambda work, _: work.files.list_all())

    @rule(grab=strategies.grabs, info_hash=_hashes, key=_keys, moment=_moments)
    def save_grab(self, grab: Grab, info_hash: InfoHash, key: SlotKey, moment: datetime) -> None:
        """Add or replace a grab; both refuse a second active one."""
        written = evolve(grab, info_hash=info_hash, target=key, grabbed_at=moment)
        self._agree(lambda work, _: work.grabs.save(written))

    @rule(info_hash=_hashes, key=_keys, states=st.lists(st.sampled_from(GrabState), max_size=3))
    def read_grabs(self, info_hash: InfoHash, key: SlotKey, states: list[GrabState]) -> None:
        """Ask for one grab, and for those in some states."""
        self._agree(lambda work, _: work.grabs.find(info_hash, key))
        self._agree(lambda work, _: work.grabs.list_in(*states))
        self._agree(lambda work, _: work.grabs.list_of(key.movie_id))

    @rule(pending=strategies.pending_releases, key=_keys, indexer=_names, guid=st.sampled_from(["1", "2"]))
    def save_pending(self, pending: PendingRelease, key: SlotKey, indexer: str, guid: str) -> None:
        """Let a release wait."""
        written = evolve(pending, target=key, offer=evolve(pending.offer, indexer=indexer, guid=guid))
        self._agree(lambda work, _: work.pending.save(written))

    @rule(pending=strategies.pending_releases, key=_keys, indexer=_names, guid=st.sampled_from(["1", "2"]))
    def remove_pending(self, pending: PendingRelease, key: SlotKey, indexer: str, guid: str) -> None:
        """Let a release wait no longer, whether it did or not."""
        gone = evolve(pending, target=key, offer=evolve(pending.offer, indexer=indexer, guid=guid))
        self._agree(lambda work, _: work.pending.remove(gone))

    @rule(moment=_moments)
    def read_pending(self, moment: datetime) -> None:
        """Ask what waits, and what no longer has to."""
        self._agree(lambda work, _: work.pending.list_due(moment))
        self._agree(lambda work, _: work.pending.list_all())

    @rule(health=strategies.indexer_healths, indexer=_names)
    def save_health(self, health: IndexerHealth, indexer: str) -> None:
        """Note how an indexer fares."""
        self._agree(lambda work, _: work.indexers.save(evolve(health, indexer=indexer)))

    @rule(name=st.sampled_from(["one", "One", "\\u0000"]), count=st.integers(1, 9), is_there=st.booleans())
    def change_shared_evidence(self, name: str, count: int, is_there: bool) -> None:
        """Take in what somebody shared, or forget it, and ask what there is."""
        if is_there:
            self._agree(lambda work, _: work.shared_evidence.save(make_shared(name, made_by=f"maker {count}")))
        else:
            self._agree(lambda work, _: work.shared_evidence.remove(name))
        self._agree(lambda work, _: work.shared_evidence.list_all())

    @rule()
    def read_healths(self) -> None:
        """Ask how indexers fare."""
        self._agree(lambda work, _: work.indexers.list_all())

    @rule(seen=st.lists(st.tuples(strategies.observations, _names, _moments), max_size=3))
    def record_observations(self, seen: list[tuple[Observation, str, datetime]]) -> None:
        """See releases, some of them again."""
        written = [evolve(one, key=key, seen_at=moment, added=None) for one, key, moment in seen]
        self._agree(lambda work, _: work.observations.record(written))

    @rule(key=_names, signal=st.floats(-1, 1))
    def note_signal(self, key: str, signal: float) -> None:
        """Note what the makers of a release are held for, recorded or not."""
        self._agree(lambda work, _: work.observations.note_signals({key: signal}))

    @rule(moment=_moments)
    def read_observations(self, moment: datetime) -> None:
        """Ask what was seen, since when, and what was noted."""
        self._agree(lambda work, _: work.observations.list_all())
        self._agree(lambda work, _: work.observations.count_since(moment))
        self._agree(lambda work, _: work.observations.find_signals(["one", "One", "\0"]))

    @rule(moment=_moments)
    def prune_observations(self, moment: datetime) -> None:
        """Forget what was not seen since."""
        self._agree(lambda work, _: work.observations.prune(moment))

    @rule(place=st.integers(0, 2))
    def publish_table(self, place: int) -> None:
        """Put a table of groups in force."""
        self._agree(lambda work, _: work.group_tables.publish(make_tables()[place]))

    @rule()
    def read_table(self) -> None:
        """Ask for the table in force."""
        self._agree(lambda work, _: work.group_tables.find_version())
        self._agree(lambda work, _: work.group_tables.find_table())

    @rule(blocked=strategies.blocked_releases, identity=_names, key=_keys, moment=_moments)
    def save_block(self, blocked: BlockedRelease, identity: str, key: SlotKey, moment: datetime) -> None:
        """Block a release."""
        written = evolve(blocked, identity=identity, target=key, blocked_at=moment)
        self._agree(lambda work, _: work.blocks.save(written))

    @rule()
    def read_blocks(self) -> None:
        """Ask what is blocked."""
        self._agree(lambda work, _: work.blocks.list_all())

    @rule(plan=strategies.plans, plan_id=_names, moment=_moments)
    def save_plan(self, plan: Plan, plan_id: str, moment: datetime) -> None:
        """Add or replace a plan."""
        self._agree(lambda work, _: work.plans.save(evolve(plan, id=plan_id, made_at=moment)))

    @rule(plan_id=_names)
    def read_plans(self, plan_id: str) -> None:
        """Ask for one plan, and for those that are unfinished."""
        self._agree(lambda work, _: work.plans.find(plan_id))
        self._agree(lambda work, _: work.plans.list_unfinished())

    @rule(event=strategies.events, movie_id=_movie_ids)
    def append_event(self, event: Event, movie_id: MovieId) -> None:
        """Let something happen."""
        about: Event = evolve(event, movie_id=movie_id)
        self._numbers.append(tuple(self._runner.run(work.events.append(about)).sequence for work in self._works))

    @rule(data=st.data(), movie_id=_movie_ids, limit=st.integers(0, 5))
    def read_events(self, data: st.DataObject, movie_id: MovieId, limit: int) -> None:
        """Ask for a portion, for a movie's history, and for the newest number."""
        start = self._numbers[data.draw(st.integers(0, len(self._numbers) - 1))]
        self._agree(lambda work, place: work.events.list_after(start[place], limit))
        self._agree(lambda work, _: work.events.list_of(movie_id))
        newest = tuple(self._runner.run(work.events.last_sequence()) for work in self._works)
        assert newest == self._numbers[-1]

    @rule(reader=_names, sequence=st.integers(0, 9))
    def move_cursor(self, reader: str, sequence: int) -> None:
        """Move a reader, not always forward."""
        self._agree(lambda work, _: work.events.move_cursor(reader, sequence))

    @rule(reader=_names)
    def read_cursor(self, reader: str) -> None:
        """Ask how far a reader is."""
        self._agree(lambda work, _: work.events.find_cursor(reader))
