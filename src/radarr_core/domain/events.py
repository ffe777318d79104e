"""What happened, in the past tense. Events are stored together with the state they tell of."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from attrs import field, frozen

from .identifiers import CorrelationId, InfoHash, MovieId, SlotName
from .moments import check_aware
from .movies import MAIN_SLOT


@frozen(kw_only=True)
class _Event:
    """What every event holds: when (aware, UTC), about which movie and slot, and which search it goes back to."""

    at: datetime = field(validator=check_aware)
    correlation_id: CorrelationId
    movie_id: MovieId


@frozen(kw_only=True)
class MovieAdded(_Event):
    """A film is wanted from now on."""

    title: str
    year: int

    @property
    def sentence(self) -> str:
        """One line for people."""
        return f"{self.title} ({self.year}) is wanted"


@frozen(kw_only=True)
class SearchCompleted(_Event):
    """Indexers were asked; the ones that failed are named with their reason."""

    offers: int
    acceptable: int
    failed_indexers: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """One line for people."""
        failed = "".join(f"; {name} failed: {why}" for name, why in self.failed_indexers)
        return f"{self.offers} releases found, {self.acceptable} acceptable{failed}"


@frozen(kw_only=True)
class GrabFailed(_Event):
    """A release was chosen, but could not be handed to the download client."""

    release: str
    indexer: str
    reason: str

    @property
    def sentence(self) -> str:
        """One line for people."""
        return f"could not grab {self.release} from {self.indexer}: {self.reason}"


@frozen(kw_only=True)
class ReleaseGrabbed(_Event):
    """A download client took a release."""

    slot: SlotName = MAIN_SLOT
    release: str
    indexer: str
    client: str
    info_hash: InfoHash
    quality: str
    size: int | None = None

    @property
    def sentence(self) -> str:
        """One line for people."""
        return f"grabbed {self.release} ({self.quality}) from {self.indexer} for {self.client}"


@frozen(kw_only=True)
class DownloadFailed(_Event):
    """A download will never finish; its release is blocked for the movie."""

    release: str
    info_hash: InfoHash
    reason: str

    @property
    def sentence(self) -> str:
        """One line for people."""
        return f"download of {self.release} failed: {self.reason}"


@frozen(kw_only=True)
class ImportWaits(_Event):
    """A finished download needs a person before it can enter the library."""

    release: str
    info_hash: InfoHash
    reason: str

    @property
    def sentence(self) -> str:
        """One line for people."""
        return f"import of {self.release} waits: {self.reason}"


@frozen(kw_only=True)
class MovieFileImported(_Event):
    """A file entered the library. `size` is bytes, `replaced` the file that had to go for it."""

    slot: SlotName = MAIN_SLOT
    release: str
    info_hash: InfoHash | None = None
    path: PurePath
    source: PurePath
    size: int
    quality: str
    mode: str
    replaced: PurePath | None = None

    @property
    def sentence(self) -> str:
        """One line for people."""
        instead = f", replacing {self.replaced.name}" if self.replaced else ""
        return f"imported {self.path.name} by {self.mode}{instead}"


@frozen(kw_only=True)
class ReleaseMislabelled(_Event):
    """A file proved to be less than its release's name claimed; the release is blocked."""

    slot: SlotName = MAIN_SLOT
    release: str
    claimed: str
    proved: str

    @property
    def sentence(self) -> str:
        """One line for people."""
        return f"{self.release} claimed {self.claimed}, but its file proves {self.proved}"


@frozen(kw_only=True)
class NotificationFailed(_Event):
    """A notifier gave up on an event; the event itself is kept."""

    notifier: str
    about: str
    reason: str

    @property
    def sentence(self) -> str:
        """One line for people."""
        return f"{self.notifier} was not told of {self.about}: {self.reason}"


Event = (
    MovieAdded
    | SearchCompleted
    | GrabFailed
    | ReleaseGrabbed
    | DownloadFailed
    | ImportWaits
    | MovieFileImported
    | ReleaseMislabelled
    | NotificationFailed
)

EVENT_TYPES: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        MovieAdded, SearchCompleted, GrabFailed, ReleaseGrabbed, DownloadFailed, ImportWaits, MovieFileImported,
        ReleaseMislabelled, NotificationFailed,
    )
}  # fmt: skip


@frozen(kw_only=True)
class StoredEvent:
    """An event with its place in the one order in which everything happened."""

    sequence: int
    event: Event
