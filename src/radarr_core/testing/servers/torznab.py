"""A Torznab indexer on loopback: capabilities, search by id and words, a feed, and the torrents themselves.

The protocol is the one Jackett and Prowlarr speak: https://torznab.github.io/spec-1.3-draft/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from enum import StrEnum
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from .faults import HTML_PAGE
from .loopback import LoopbackServer, RecordedRequest, Reply

_TORRENT_TYPE = "application/x-bittorrent"
_XML_TYPE = "application/rss+xml; charset=utf-8"
_NAMESPACE = "http://torznab.com/schemas/2015/feed"
_DOWNLOADS = "/download/"


class LinkAnswer(StrEnum):
    """What the download link of an offer leads to."""

    TORRENT = "torrent"
    """The bytes of `OfferedRelease.torrent`."""
    HTML = "html"
    """A web page with status 200."""
    GONE = "gone"
    """Status 404."""
    REDIRECT = "redirect"
    """Status 302 to `OfferedRelease.redirect_to`; to itself, without end, when that is None."""
    ABSENT = "absent"
    """The offer has no link at all."""


@dataclass(frozen=True, kw_only=True)
class OfferedRelease:
    """One offer in the feed. None always means that the feed says nothing of it.

    Attributes:
        guid: made from the title when None.
        size: bytes.
        peers: seeders and leechers together.
        imdb_id: as `tt0133093`.
        torrent: what the link delivers.
        url: a link to put into the feed in place of the server's own; may be relative.
        attributes: further Torznab attributes, names and values as they are to stand in the feed.
    """

    title: str
    guid: str | None = None
    size: int | None = None
    seeders: int | None = None
    peers: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    published: datetime | None = None
    torrent: bytes | None = field(default=None, repr=False)
    link: LinkAnswer = LinkAnswer.TORRENT
    url: str | None = None
    redirect_to: str | None = None
    info_hash: str | None = None
    magnet: str | None = None
    categories: tuple[int, ...] = (2000, 2040)
    attributes: tuple[tuple[str, str], ...] = ()


class TorznabServer(LoopbackServer):
    """Offers releases over Torznab at `api_url`, newest first as they are listed.

    Faults concern the interface alone unless `faulty_downloads` is set; then they concern the links alone.

    Args:
        offers: what is offered; `offers` may be changed while the server runs.
        api_key: a request without it gets an error document, a link without it status 401; None asks for none.
        page_size: the largest page the server gives out.
        movie_params: what `movie-search` says it supports; None leaves the attribute out.
        has_movie_search: whether the server has `t=movie` at all.
        raw_titles: whether the server asks for titles as they are.
    """

    def __init__(
        self,
        offers: Iterable[OfferedRelease] = (),
        *,
        api_key: str | None = None,
        page_size: int = 100,
        movie_params: str | None = "q,imdbid,tmdbid",
        has_movie_search: bool = True,
        raw_titles: bool = False,
    ) -> None:
        super().__init__()
        self.offers = list(offers)
        self.api_key = api_key
        self.page_size = page_size
        self.movie_params = movie_params
        self.has_movie_search = has_movie_search
        self.raw_titles = raw_titles
        self.faulty_downloads = False

    @property
    def api_url(self) -> str:
        """Where the interface is."""
        return f"{self.url}/api"

    @property
    def searches(self) -> list[RecordedRequest]:
        """The requests for releases so far: no capabilities, no downloads."""
        return [r for r in self.requests if r.path == "/api" and r.query.get("t") != "caps"]

    def is_faulty(self, request: RecordedRequest) -> bool:
        """Whether the fault concerns this request."""
        return request.path.startswith(_DOWNLOADS) is self.faulty_downloads

    def answer(self, request: RecordedRequest) -> Reply:
        """Serve capabilities, releases and torrents."""
        if request.path.startswith(_DOWNLOADS):
            return self._deliver(request)
        if request.path != "/api":
            return Reply(b"no such page", 404, "text/plain")
        if self.api_key is not None and request.query.get("apikey") != self.api_key:
            return _error(100, "Incorrect user credentials")
        function = request.query.get("t", "")
        if function == "caps":
            return Reply(self._capabilities().encode(), content_type=_XML_TYPE)
        if function == "search" or (function == "movie" and self.has_movie_search):
            return Reply(self._feed(request.query).encode(), content_type=_XML_TYPE)
        return _error(200, "Missing parameter (t)") if not function else _error(202, "No such function")

    def find_offers(self, query: Mapping[str, str]) -> list[OfferedRelease]:
        """The offers that fit the `q`, `imdbid`, `tmdbid` and `cat` of a query; all of them when it has none."""
        return [offer for offer in self.offers if _fits(offer, query)]

    def link_of(self, offer: OfferedRelease) -> str | None:
        """The download link of an offer, as the feed has it."""
        if offer.link is LinkAnswer.ABSENT:
            return None
        key = f"&apikey={quote(self.api_key)}" if self.api_key is not None else ""
        place = self.offers.index(offer)
        return offer.url or f"{self.url}{_DOWNLOADS}{place}?file={quote(offer.title)}{key}"

    def _deliver(self, request: RecordedRequest) -> Reply:
        if self.api_key is not None and request.query.get("apikey") != self.api_key:
            return Reply(b"wrong key", 401, "text/plain")
        place = request.path.removeprefix(_DOWNLOADS)
        if not place.isdigit() or int(place) >= len(self.offers):
            return Reply(b"no such torrent", 404, "text/plain")
        offer = self.offers[int(place)]
        if offer.link is LinkAnswer.HTML:
            return Reply(HTML_PAGE, content_type="text/html; charset=utf-8")
        if offer.link is LinkAnswer.REDIRECT:
            itself = f"{request.path}?{request.raw_query}"
            return Reply(b"", 302, "text/plain", {"Location": offer.redirect_to or itself})
        if offer.torrent is None or offer.link is LinkAnswer.GONE:
            return Reply(b"gone", 404, "text/plain")
        return Reply(offer.torrent, content_type=_TORRENT_TYPE)

    def _capabilities(self) -> str:
        params = "" if self.movie_params is None else f" supportedParams={quoteattr(self.movie_params)}"
        engine = ' searchEngine="raw"' if self.raw_titles else ""
        movie = "yes" if self.has_movie_search else "no"
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<caps>
  <server title="radarr-core stand-in"/>
  <limits default="{self.page_size}" max="{self.page_size}"/>
  <searching>
    <search available="yes" supportedParams="q"{engine}/>
    <movie-search available="{movie}"{params}{engine}/>
  </searching>
  <categories>
    <category id="2000" name="Movies"><subcat id="2040" name="Movies/HD"/></category>
  </categories>
</caps>"""

    def _feed(self, query: Mapping[str, str]) -> str:
        offset, limit = _number(query.get("offset"), 0), _number(query.get("limit"), self.page_size)
        found = self.find_offers(query)
        items = "".join(self._item(offer) for offer in found[offset : offset + min(limit, self.page_size)])
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:torznab="{_NAMESPACE}"><channel>'
            f"<title>radarr-core stand-in</title>{items}</channel></rss>"
        )

    def _item(self, offer: OfferedRelease) -> str:
        link = self.link_of(offer)
        parts = [
            f"<title>{escape(offer.title)}</title>",
            f"<guid>{escape(offer.guid or 'release:' + offer.title)}</guid>",
            f"<pubDate>{format_datetime(offer.published)}</pubDate>" if offer.published else "",
            f"<size>{offer.size}</size>" if offer.size is not None else "",
            f"<enclosure url={quoteattr(link)} type={quoteattr(_TORRENT_TYPE)}/>" if link else "",
            *(f"<torznab:attr name={quoteattr(k)} value={quoteattr(v)}/>" for k, v in _attributes(offer)),
        ]
        return f"<item>{''.join(parts)}</item>"


def _attributes(offer: OfferedRelease) -> list[tuple[str, str]]:
    named = {
        "size": offer.size,
        "seeders": offer.seeders,
        "peers": offer.peers,
        "imdb": offer.imdb_id.removeprefix("tt") if offer.imdb_id else None,
        "tmdbid": offer.tmdb_id,
        "infohash": offer.info_hash,
        "magneturl": offer.magnet,
    }
    said = [(name, str(value)) for name, value in named.items() if value is not None]
    return [("category", str(number)) for number in offer.categories] + said + list(offer.attributes)


def _fits(offer: OfferedRelease, query: Mapping[str, str]) -> bool:
    wanted = {number for number in query.get("cat", "").split(",") if number}
    if wanted and not wanted & {str(number) for number in offer.categories}:
        return False
    asked_and_had = [
        (_digits(query.get("imdbid")), _digits(offer.imdb_id)),
        (query.get("tmdbid"), str(offer.tmdb_id)),
    ]
    ids = [(asked, had) for asked, had in asked_and_had if asked]
    if ids and not any(asked == had for asked, had in ids):
        return False
    return _words(query.get("q", "")) <= _words(offer.title)


def _digits(imdb_id: str | None) -> str:
    return (imdb_id or "").removeprefix("tt").lstrip("0")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default


def _error(code: int, description: str) -> Reply:
    body = f'<?xml version="1.0" encoding="UTF-8"?><error code="{code}" description={quoteattr(description)}/>'
    return Reply(body.encode(), content_type="application/xml")
