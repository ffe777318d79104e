"""A Torznab indexer."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

from radarr_adapters.transport.client import HttpClient
from radarr_adapters.transport.torrents import fetch_payload
from radarr_core.domain.downloads import Payload
from radarr_core.domain.releases import DownloadProtocol, Release
from radarr_core.errors import BadResponseError, ConfigurationError, RadarrCoreError
from radarr_core.plugins import AdapterContext
from radarr_core.ports.indexer import Indexer, IndexerCapabilities, MovieQuery

from .capabilities import Capabilities, read_capabilities
from .plugin import TorznabSettings
from .queries import Params, plan_feed, plan_search
from .wire import Offerer, Page, find_error, read_page
from .xml import BadXmlError, local_name, read_xml

_log = logging.getLogger(__name__)

_ACCEPT = "application/rss+xml, application/xml, text/xml;q=0.9, */*;q=0.1"
_CAPABILITIES_LAST = timedelta(days=7)
_MAX_PAGES = 30
_MAX_RESULTS = 1000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Torznab(Indexer):
    """Speaks Torznab with one indexer. Nothing is asked before the first call."""

    def __init__(self, settings: TorznabSettings, context: AdapterContext) -> None:
        self._settings = settings
        self._clock = context.clock
        self._http = HttpClient(
            adapter=context.name, clock=context.clock, deadline=settings.timeout, secrets=(settings.api_key,)
        )
        self._offerer = Offerer(
            name=context.name,
            priority=settings.priority,
            minimum_seeders=settings.minimum_seeders,
            tags=settings.tags,
            required_flags=settings.flags,
            multi_languages=settings.multi,
            kind=settings.kind,
            show=self._http.show,
        )
        self._known: tuple[datetime, Capabilities] | None = None

    @property
    def name(self) -> str:
        """The configured name."""
        return self._offerer.name

    @property
    def capabilities(self) -> IndexerCapabilities:
        """What the protocol offers; a single indexer's missing function shows when it is asked for."""
        return IndexerCapabilities(protocol=DownloadProtocol.TORRENT)

    @property
    def tags(self) -> frozenset[str]:
        """The configured tags."""
        return self._settings.tags

    async def search(self, query: MovieQuery) -> tuple[Release, ...]:
        """See `Indexer.search`. What came before a later page failed is kept, and the failure logged."""
        found: dict[str, Release] = {}
        try:
            async with self._http.within_deadline(self._settings.endpoint):
                await self._search_tiers(query, found)
        except RadarrCoreError as error:
            if not found:
                raise
            _log.warning("answered in part, %d releases: %s", len(found), error)
        return tuple(found.values())

    async def fetch_recent(self) -> tuple[Release, ...]:
        """See `Indexer.fetch_recent`; one page."""
        async with self._http.within_deadline(self._settings.endpoint):
            capabilities = await self._get_capabilities()
            params = plan_feed(capabilities)
            if params is None:
                raise self._bad("says that it has no search at all, so it has no feed")
            page = await self._fetch_page(params, 0, capabilities.page_size)
        found: dict[str, Release] = {}
        for release in page.releases:
            found.setdefault(release.guid, release)
        return tuple(sorted(found.values(), key=lambda r: r.published or _LONG_AGO, reverse=True))

    async def fetch_payload(self, release: Release) -> Payload:
        """See `Indexer.fetch_payload`. The torrent is preferred to a magnet link: its file names can be checked."""
        link = release.download_url or release.magnet_url or ""
        return await fetch_payload(self._http, link, expected=release.info_hash, adapter=self.name)

    async def check(self) -> str:
        """Ask for capabilities and one release: many an indexer tells the former without a key."""
        self._known = None
        async with self._http.within_deadline(self._settings.endpoint):
            capabilities = await self._get_capabilities()
            self._check_categories(capabilities)
            page = await self._fetch_page(plan_feed(capabilities) or {"t": "search"}, 0, 1)
        ways = sorted({*capabilities.search.params, *capabilities.movie_search.params})
        offers = "its feed has releases" if page.items else "its feed is empty"
        return f"{capabilities.server or 'a Torznab indexer'}, searches by {', '.join(ways) or 'nothing'}; {offers}"

    async def aclose(self) -> None:
        """Close connections."""
        await self._http.aclose()

    async def _search_tiers(self, query: MovieQuery, found: dict[str, Release]) -> None:
        capabilities = await self._get_capabilities()
        tiers = plan_search(query, capabilities)
        if not tiers:
            raise self._bad("says that it can be searched by none of the movie's ids and not by title")
        for tier in tiers:
            for params in tier:
                await self._collect(params, capabilities.page_size, found)
            if found:
                return

    async def _collect(self, params: Params, size: int, found: dict[str, Release]) -> None:
        """Page after page while pages are full; an indexer that repeats itself is not asked again."""
        most = len(found) + _MAX_RESULTS
        for number in range(_MAX_PAGES):
            page = await self._fetch_page(params, number * size, size)
            before = len(found)
            for release in page.releases:
                found.setdefault(release.guid, release)
            if page.items < size or len(found) == before or len(found) >= most:
                return

    async def _fetch_page(self, params: Params, offset: int, limit: int) -> Page:
        categories = ",".join(str(number) for number in self._settings.categories)
        paging = {"cat": categories, "extended": "1", "offset": str(offset), "limit": str(limit)}
        root, url = await self._ask({**params, **paging})
        if local_name(root) != "rss":
            raise self._bad(f"answered with {local_name(root)!r}, expected a feed ('rss')")
        return await asyncio.to_thread(read_page, root, self._offerer, base_url=url)

    async def _get_capabilities(self) -> Capabilities:
        now = self._clock.now()
        if self._known is not None and now - self._known[0] < _CAPABILITIES_LAST:
            return self._known[1]
        root, _ = await self._ask({"t": "caps"})
        if local_name(root) == "caps":
            capabilities = read_capabilities(root)
        else:
            _log.warning("%s: answers %r to t=caps; the usual functions are assumed", self.name, local_name(root))
            capabilities = Capabilities()
        self._known = now, capabilities
        return capabilities

    async def _ask(self, params: Params) -> tuple[Element, str]:
        """The root of an answer that is no error, and where it came from."""
        key = self._settings.api_key
        asked = {**params, "apikey": key.reveal()} if key else params
        answer = await self._http.get(self._settings.endpoint, params=asked, accept=_ACCEPT)
        try:
            root = await asyncio.to_thread(read_xml, answer.body)
        except BadXmlError as error:
            raise self._bad(f"answered with something that cannot be read: {error}") from error
        refusal = find_error(root, has_key=bool(key), offerer=self._offerer)
        if refusal is not None:
            raise refusal
        return root, answer.url

    def _check_categories(self, capabilities: Capabilities) -> None:
        if capabilities.categories and not capabilities.categories & set(self._settings.categories):
            raise ConfigurationError(
                f"the indexer has none of the categories {self._settings.categories}; it has "
                f"{', '.join(str(number) for number in sorted(capabilities.categories)[:20])}",
                adapter=self.name,
            )

    def _bad(self, what: str) -> BadResponseError:
        return BadResponseError(f"{self._http.place(self._settings.endpoint)!r} {what}", adapter=self.name)
