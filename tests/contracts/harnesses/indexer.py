"""How the indexer suite brings up each indexer."""

from radarr_adapters.indexers.torznab.plugin import TorznabAdapter, TorznabSettings
from radarr_adapters.transport.torrent_files import parse_magnet, read_torrent
from radarr_core.domain.downloads import Payload
from radarr_core.domain.releases import DownloadProtocol, Release
from radarr_core.errors import BadTorrentError, RadarrCoreError, RateLimitedError
from radarr_core.plugins import AdapterContext
from radarr_core.ports.indexer import IndexerCapabilities
from radarr_core.settings import Secret
from radarr_core.testing.contracts.indexer import ERROR_OF, Failure, IndexerHarness, Link, Offer
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.indexer import InMemoryIndexer
from radarr_core.testing.servers import Fault, LinkAnswer, OfferedRelease, TorznabServer

_FAULTS = {
    Failure.REFUSED: Fault.REFUSED,
    Failure.HANGS: Fault.HANG,
    Failure.BROKEN: Fault.SERVER_ERROR,
    Failure.BUSY: Fault.RATE_LIMITED,
    Failure.WRONG_KEY: Fault.UNAUTHORIZED,
    Failure.NONSENSE: Fault.HTML,
}
_LINKS = {
    Link.TORRENT: LinkAnswer.TORRENT,
    Link.GONE: LinkAnswer.GONE,
    Link.WEB_PAGE: LinkAnswer.HTML,
    Link.MAGNET: LinkAnswer.REDIRECT,
}


class TorznabHarness(IndexerHarness):
    """The adapter against the stand-in server."""

    def __init__(self) -> None:
        self._server = TorznabServer(api_key="a-long-key")

    @property
    def indexer(self):
        """The one indexer."""
        return self._indexer

    def offer(self, offers):
        """Make these the only offers."""
        self._server.offers = [
            OfferedRelease(
                title=offer.title,
                guid=offer.guid,
                size=offer.size,
                seeders=offer.seeders,
                imdb_id=offer.imdb_id and str(offer.imdb_id),
                tmdb_id=offer.tmdb_id and offer.tmdb_id.value,
                info_hash=offer.info_hash and str(offer.info_hash),
                published=offer.published,
                torrent=offer.torrent,
                link=_LINKS[offer.link],
                redirect_to=offer.magnet,
            )
            for offer in offers
        ]

    def fail(self, failure):
        """Switch the failure on or off."""
        self._server.fault = _FAULTS[failure] if failure else None

    async def __aenter__(self):
        self._server.start()
        settings = TorznabSettings(url=self._server.url, api_key=Secret("a-long-key"), timeout=2.0)
        self._indexer = TorznabAdapter.create(settings, AdapterContext(name="my torznab", clock=ManualClock()))
        return self

    async def __aexit__(self, kind, error, trace):
        await self._indexer.aclose()
        self._server.stop()


class InMemoryHarness(IndexerHarness):
    """The fake; a service that hangs is one that failed."""

    capabilities = IndexerCapabilities(protocol=DownloadProtocol.TORRENT)

    @property
    def indexer(self):
        """The one indexer."""
        return self._indexer

    def offer(self, offers):
        """Make these the only offers."""
        fresh = InMemoryIndexer(offers=[(_release(offer), _payload(offer)) for offer in offers])
        self._indexer.__dict__.update(fresh.__dict__ | {"_capabilities": self.capabilities})

    def fail(self, failure):
        """Switch the failure on or off."""
        kind = ERROR_OF[failure] if failure else None
        if kind is RateLimitedError:
            self._indexer.failure = RateLimitedError("busy", adapter="memory", retry_after=120)
        else:
            self._indexer.failure = kind(str(failure), adapter="memory") if kind else None

    async def __aenter__(self):
        self._indexer = InMemoryIndexer(capabilities=self.capabilities)
        return self

    async def __aexit__(self, kind, error, trace):
        await self._indexer.aclose()


class FeedlessHarness(InMemoryHarness):
    """The fake with nothing declared but searches by id."""

    capabilities = IndexerCapabilities(protocol=DownloadProtocol.TORRENT, searches_by_title=False, has_feed=False)


def _release(offer: Offer) -> Release:
    return Release(
        indexer="memory",
        guid=offer.guid,
        title=offer.title,
        protocol=DownloadProtocol.TORRENT,
        size=offer.size,
        seeders=offer.seeders,
        imdb_id=offer.imdb_id,
        tmdb_id=offer.tmdb_id,
        info_hash=offer.info_hash,
        published=offer.published,
        download_url="memory:",
    )


def _payload(offer: Offer) -> Payload | RadarrCoreError | None:
    if offer.link is Link.GONE:
        return None
    try:
        return parse_magnet(offer.magnet) if offer.link is Link.MAGNET else read_torrent(offer.torrent)
    except ValueError as error:
        return BadTorrentError(str(error), adapter="memory")


HARNESSES: dict[str, type[IndexerHarness]] = {
    "torznab": TorznabHarness,
    "InMemoryIndexer": InMemoryHarness,
    "InMemoryIndexer without feed and titles": FeedlessHarness,
}
