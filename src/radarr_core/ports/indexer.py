"""The role of those who offer releases."""

from __future__ import annotations

from abc import ABC, abstractmethod

from attrs import frozen

from radarr_core.domain.downloads import Payload
from radarr_core.domain.identifiers import ImdbId, TmdbId
from radarr_core.domain.releases import DownloadProtocol, Release


@frozen(kw_only=True)
class MovieQuery:
    """What an indexer is asked: the movie's ids where known, and its titles with the year.

    `titles` has the main title first.
    """

    titles: tuple[str, ...]
    year: int
    imdb_id: ImdbId | None = None
    tmdb_id: TmdbId | None = None


@frozen(kw_only=True)
class IndexerCapabilities:
    """What an indexer can do; services read it, and the contract suite holds the adapter to it.

    Attributes:
        protocol: how its releases travel.
        searches_by_id: whether it can be asked by IMDb or TMDb id.
        searches_by_title: whether it can be asked by title.
        has_feed: whether it lists what is new.
    """

    protocol: DownloadProtocol
    searches_by_id: bool = True
    searches_by_title: bool = True
    has_feed: bool = True


class Indexer(ABC):
    """Offers releases.

    Every method ends within the adapter's deadline. Errors, the same for all methods:

    * `ServiceUnavailableError`: refused, no answer in time, or a 5xx status;
    * `RateLimitedError`: too many requests, with `retry_after` in seconds where the indexer names it;
    * `AuthenticationError`: the key was refused;
    * `BadResponseError`: an answer that is not what the protocol says, such as HTML with status 200.

    One broken item never spoils the rest of an answer: it is left out and logged.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The configured name, as releases carry it in `Release.indexer`."""

    @property
    @abstractmethod
    def capabilities(self) -> IndexerCapabilities:
        """What the indexer can do; constant, known without asking it."""

    @property
    def tags(self) -> frozenset[str]:
        """It serves only movies that share one of these tags; empty, as here, for all. Constant.

        Releases bear them as `Release.indexer_tags`.
        """
        return frozenset()

    @abstractmethod
    async def search(self, query: MovieQuery) -> tuple[Release, ...]:
        """Ask for the releases of a movie, by id first and by title and year when that brings nothing.

        Each guid comes once. Releases of other films may be among them: an indexer matches loosely.
        Nothing found is an empty tuple, never an error.
        """

    @abstractmethod
    async def fetch_recent(self) -> tuple[Release, ...]:
        """The newest releases, newest first.

        Raises:
            UnsupportedError: `capabilities.has_feed` is false.
        """

    @abstractmethod
    async def fetch_payload(self, release: Release) -> Payload:
        """What a download client needs to fetch one of this indexer's releases.

        The torrent was read: its info-hash is computed, its file names stay below one folder. A link that leads to
        a magnet link gives a `MagnetPayload`.

        Raises:
            BadTorrentError: the link delivers no torrent, a torrent with dangerous file names, or another torrent
                than the release's info-hash says.
            ReleaseGoneError: the indexer no longer has it.
        """

    @abstractmethod
    async def check(self) -> str:
        """Ask the indexer what it is, and answer with one line for a person; raises like the other methods."""

    async def aclose(self) -> None:  # noqa: B027 - most have nothing to let go of
        """Let go of connections; calling it twice does no harm."""
