"""What an acquisition tells while it is under way, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from radarr_core.domain.decisions import DecisionTable
from radarr_core.domain.decisions.upgrade import Mislabelled
from radarr_core.domain.downloads import DownloadItem, Grab
from radarr_core.domain.identifiers import CorrelationId, SlotName
from radarr_core.domain.movies import Movie, MovieFile

from .ask_indexers import IndexerFailure
from .search import SearchReport


@frozen(kw_only=True)
class SearchStarted:
    """The indexers are being asked."""

    movie: Movie
    indexers: tuple[str, ...]


@frozen(kw_only=True)
class Decided:
    """Every offer was judged."""

    report: SearchReport


@frozen(kw_only=True)
class GrabRefused:
    """A chosen release could not be had; the next one is tried."""

    release: str
    reason: str


@frozen(kw_only=True)
class Grabbed:
    """A download was started, or found to be under way already."""

    grab: Grab


@frozen(kw_only=True)
class Downloading:
    """How far the download is."""

    grab: Grab
    item: DownloadItem


@frozen(kw_only=True)
class ImportStarted:
    """The download is finished and is being imported."""

    grab: Grab
    item: DownloadItem


Progress = SearchStarted | Decided | GrabRefused | Grabbed | Downloading | ImportStarted


@frozen(kw_only=True)
class Imported:
    """The film is in the library; `mislabelled` when its file proves less than its name claimed."""

    grab: Grab
    file: MovieFile
    mislabelled: Mislabelled | None = None


@frozen(kw_only=True)
class AlreadyHeld:
    """The slot holds a file, and nothing offered is better."""

    file: MovieFile


@frozen(kw_only=True)
class NothingAcceptable:
    """No offer was accepted, or none of the accepted ones could be had."""

    reasons: tuple[str, ...] = ()


@frozen(kw_only=True)
class ImportWaiting:
    """The download is finished, but a person has to act before it can enter the library."""

    grab: Grab
    reason: str


@frozen(kw_only=True)
class ServiceFailed:
    """A service was away or refused us, so that nothing can be said of the film; a later try may go better."""

    reasons: tuple[str, ...]


SlotOutcome = Imported | AlreadyHeld | NothingAcceptable | ImportWaiting | ServiceFailed


@frozen(kw_only=True)
class Acquired:
    """How the acquisition of a movie ended, slot by slot.

    Attributes:
        table: what was decided; None when every slot already had a download under way.
        failures: the indexers that could not be asked.
    """

    movie: Movie
    outcomes: Mapping[SlotName, SlotOutcome]
    correlation_id: CorrelationId | None = None
    table: DecisionTable | None = None
    failures: tuple[IndexerFailure, ...] = ()

    @property
    def outcome(self) -> SlotOutcome:
        """The first slot's outcome: the only one for most movies."""
        return next(iter(self.outcomes.values()))
