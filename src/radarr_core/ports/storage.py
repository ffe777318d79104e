"""The role of memory: what is wanted, held, under way and has happened."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from types import TracebackType
from typing import Self

from radarr_core.domain.decisions.situation import PendingRelease
from radarr_core.domain.downloads import BlockedRelease, Grab, GrabState
from radarr_core.domain.events import Event, StoredEvent
from radarr_core.domain.identifiers import InfoHash, MovieId
from radarr_core.domain.indexer_health import IndexerHealth
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.plans import Plan
from radarr_core.domain.scene_groups import GroupTable, Observation, SharedEvidence


class MovieRepository(ABC):
    """The films that are wanted, by id."""

    @abstractmethod
    async def save(self, movie: Movie) -> None:
        """Add the movie, or replace the one of the same id."""

    @abstractmethod
    async def find(self, movie_id: MovieId) -> Movie | None:
        """The movie of that id, or None."""

    @abstractmethod
    async def list_all(self) -> tuple[Movie, ...]:
        """Every movie, in the order of their ids."""


class FileRepository(ABC):
    """The files that are held, one a slot."""

    @abstractmethod
    async def save(self, file: MovieFile) -> None:
        """Add the file, or replace the one its slot held."""

    @abstractmethod
    async def find(self, key: SlotKey) -> MovieFile | None:
        """The slot's file, or None."""

    @abstractmethod
    async def list_all(self) -> tuple[MovieFile, ...]:
        """Every file, in the order of movie ids and slots."""


class GrabRepository(ABC):
    """What was taken from an indexer, by info-hash and slot."""

    @abstractmethod
    async def save(self, grab: Grab) -> None:
        """Add the grab, or replace the one of the same info-hash and slot.

        Raises:
            BugError: the slot already has another active grab.
        """

    @abstractmethod
    async def find(self, info_hash: InfoHash, key: SlotKey) -> Grab | None:
        """The grab, or None."""

    @abstractmethod
    async def list_in(self, *states: GrabState) -> tuple[Grab, ...]:
        """Grabs in any of those states, oldest first; all grabs when no state is named."""

    @abstractmethod
    async def list_of(self, movie_id: MovieId) -> tuple[Grab, ...]:
        """Every grab for a movie, oldest first."""


class BlockRepository(ABC):
    """Releases that will not be taken again."""

    @abstractmethod
    async def save(self, blocked: BlockedRelease) -> None:
        """Block a release for a slot; blocking it again keeps the newer reason."""

    @abstractmethod
    async def list_all(self) -> tuple[BlockedRelease, ...]:
        """Every blocked release, oldest first."""


class PendingRepository(ABC):
    """Releases that are wanted, but not yet; one a slot, indexer and guid."""

    @abstractmethod
    async def save(self, pending: PendingRelease) -> None:
        """Let the release wait, or replace what is known of one that waits already."""

    @abstractmethod
    async def list_all(self) -> tuple[PendingRelease, ...]:
        """Every release that waits, in the order in which they began to."""

    @abstractmethod
    async def list_due(self, now: datetime) -> tuple[PendingRelease, ...]:
        """Those whose `until` has come or is None, in the same order."""

    @abstractmethod
    async def remove(self, pending: PendingRelease) -> None:
        """Forget the release of that slot, indexer and guid; one that does not wait (any more) does no harm."""


class IndexerRepository(ABC):
    """How indexers fare, by name, so that a restart does not forget which are to be left alone."""

    @abstractmethod
    async def save(self, health: IndexerHealth) -> None:
        """Add what is known of an indexer, or replace it."""

    @abstractmethod
    async def list_all(self) -> tuple[IndexerHealth, ...]:
        """Every indexer that something is known of, in the order of their names."""


class ObservationRepository(ABC):
    """What was seen of releases, by key, as evidence about who made them. No titles, addresses or names of users."""

    @abstractmethod
    async def record(self, observations: Iterable[Observation]) -> None:
        """Add what was seen. Of a release that is known already, `merge_sightings` says what is kept.

        Seeing a release again as it was changes nothing but when it was seen last.
        """

    @abstractmethod
    async def list_all(self) -> tuple[Observation, ...]:
        """Everything that was seen, each release once, in the order of their keys."""

    @abstractmethod
    async def count_since(self, moment: datetime) -> int:
        """How many releases were seen for the first time after that moment: aware."""

    @abstractmethod
    async def note_signals(self, signals: Mapping[str, float]) -> None:
        """Note what the makers of recorded releases were held for, -1 to 1, by key; what was noted before stays."""

    @abstractmethod
    async def find_signals(self, keys: Collection[str]) -> Mapping[str, float]:
        """What was noted of those releases, by key; one of which nothing was noted is left out."""

    @abstractmethod
    async def prune(self, before: datetime) -> int:
        """Forget releases that were not seen since that moment, aware, and tell how many they were."""


class GroupTableRepository(ABC):
    """What the last fit found of release groups. There is one table at a time."""

    @abstractmethod
    async def publish(self, table: GroupTable) -> int:
        """Put a table into the place of the one before, and give it the next number; the first one is 1."""

    @abstractmethod
    async def find_version(self) -> tuple[int, datetime] | None:
        """Number and reference date of the table in force; None before the first. What has one number never changes."""

    @abstractmethod
    async def find_table(self) -> GroupTable | None:
        """The table in force; None before the first."""


class SharedEvidenceRepository(ABC):
    """Evidence about groups that others shared, apart from one's own, one a name."""

    @abstractmethod
    async def save(self, shared: SharedEvidence) -> None:
        """Add somebody's evidence, or replace what was there under that name."""

    @abstractmethod
    async def list_all(self) -> tuple[SharedEvidence, ...]:
        """Everybody's evidence, in the order of the names."""

    @abstractmethod
    async def remove(self, name: str) -> None:
        """Forget what is there under that name; a name that is not there (any more) does no harm."""


class PlanRepository(ABC):
    """The journal of plans."""

    @abstractmethod
    async def save(self, plan: Plan) -> None:
        """Add the plan, or replace the one of the same id."""

    @abstractmethod
    async def find(self, plan_id: str) -> Plan | None:
        """The plan of that id, or None."""

    @abstractmethod
    async def list_unfinished(self) -> tuple[Plan, ...]:
        """Plans that were written down but neither done nor abandoned, oldest first."""


class EventRepository(ABC):
    """What happened, in order, and how far each notifier was told."""

    @abstractmethod
    async def append(self, event: Event) -> StoredEvent:
        """Write an event down after all earlier ones."""

    @abstractmethod
    async def list_after(self, sequence: int, limit: int = 500) -> tuple[StoredEvent, ...]:
        """Events with a greater sequence number, in order; 0 is before the first."""

    @abstractmethod
    async def list_of(self, movie_id: MovieId) -> tuple[StoredEvent, ...]:
        """A movie's events, in order: its history."""

    @abstractmethod
    async def find_cursor(self, reader: str) -> int | None:
        """The last sequence number a reader is done with; None for a reader never seen."""

    @abstractmethod
    async def move_cursor(self, reader: str, sequence: int) -> None:
        """Note how far a reader has come; it never goes back."""

    @abstractmethod
    async def last_sequence(self) -> int:
        """The sequence number of the newest event; 0 when nothing ever happened."""


class UnitOfWork(AbstractAsyncContextManager["UnitOfWork"]):
    """One transaction: everything in it happens, or nothing does.

    ``async with storage.begin() as work:`` commits when the block ends, and rolls back when it raises or is
    cancelled. Units of work of one storage run one after the other.
    """

    movies: MovieRepository
    files: FileRepository
    grabs: GrabRepository
    blocks: BlockRepository
    pending: PendingRepository
    indexers: IndexerRepository
    observations: ObservationRepository
    group_tables: GroupTableRepository
    shared_evidence: SharedEvidenceRepository
    plans: PlanRepository
    events: EventRepository

    @abstractmethod
    async def __aenter__(self) -> Self: ...

    @abstractmethod
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Storage(ABC):
    """Keeps everything that must outlive the process.

    Raises, from any method and from units of work: `StorageBusyError` when a lock did not clear in time,
    `ServiceUnavailableError` when the database is away.
    """

    @abstractmethod
    async def open(self) -> None:
        """Get ready, making or upgrading the schema; calling it twice does no harm.

        Raises:
            SchemaVersionError: a newer version of this library wrote the database.
            ConfigurationError: there is no such database, or it may not be written to.
        """

    @abstractmethod
    def claim(self, owner: str) -> AbstractAsyncContextManager[None]:
        """Be the only pipeline at work on this database while the block runs.

        The claim ends with the process that made it, however that ends.

        Raises:
            StorageInUseError: another pipeline has it; the message says who, where that is known.
        """

    @abstractmethod
    def begin(self) -> UnitOfWork:
        """A new unit of work, to be entered with ``async with``."""

    @abstractmethod
    async def check(self) -> str:
        """Find out whether the database answers, and tell its kind and schema version in one line."""

    @abstractmethod
    async def aclose(self) -> None:
        """Let go of connections; calling it twice does no harm."""
