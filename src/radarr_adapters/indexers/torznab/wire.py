"""Torznab's documents as values: feeds to releases, error documents to errors.

Protocol: https://torznab.github.io/spec-1.3-draft/ and, for the attributes, Newznab's.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TypeVar
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from attrs import field, frozen

from radarr_core.domain.identifiers import ImdbId, InfoHash, TmdbId
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag, IndexerKind, Release
from radarr_core.errors import AuthenticationError, BadResponseError, RadarrCoreError, RateLimitedError

from .xml import children, descendants, find_text, parse_count

_log = logging.getLogger(__name__)
T = TypeVar("T")

_TORRENT_TYPES = ("application/x-bittorrent", "application/x-bittorrent;x-scheme-handler/magnet")
_USENET_TYPES = ("application/x-nzb",)
_WANTED_TYPES = {DownloadProtocol.TORRENT: _TORRENT_TYPES, DownloadProtocol.USENET: _USENET_TYPES}

_DOWNLOAD_FACTORS = {
    0.0: IndexerFlag.FREELEECH,
    0.25: IndexerFlag.FREELEECH_75,
    0.5: IndexerFlag.HALFLEECH,
    0.75: IndexerFlag.FREELEECH_25,
}
_UPLOAD_FACTORS = {2.0: IndexerFlag.DOUBLE_UPLOAD}
_TAGS = {"internal": IndexerFlag.INTERNAL, "scene": IndexerFlag.SCENE}
_SWITCHES = {"prematch": IndexerFlag.SCENE, "haspretime": IndexerFlag.SCENE, "nuked": IndexerFlag.NUKED}

_LONGEST_SHOWN = 200
_ZONE_NAME = re.compile(r"\s+[A-Z]{2,4}\Z")


@frozen(kw_only=True)
class Offerer:
    """Who offers, as it is stamped on every release."""

    name: str
    priority: int = 25
    minimum_seeders: int = 1
    tags: frozenset[str] = frozenset()
    required_flags: IndexerFlag = IndexerFlag.NONE
    multi_languages: tuple[Language, ...] = ()
    kind: IndexerKind | None = None
    protocol: DownloadProtocol = DownloadProtocol.TORRENT
    show: Callable[[str], str] = field(default=str, repr=False)


@frozen(kw_only=True)
class Page:
    """One page of a feed: the releases that could be read, and how many items it had in all."""

    releases: tuple[Release, ...]
    items: int


def find_error(root: Element, *, has_key: bool, offerer: Offerer) -> RadarrCoreError | None:
    """The error a document with status 200 may hold in place of an answer; None for a real answer."""
    adapter = offerer.name
    element = next(descendants(root, "error"), None)
    if element is None:
        return None
    code, description = element.get("code", ""), offerer.show(element.get("description", ""))
    said = f"the indexer answered error {code[:_LONGEST_SHOWN]!r}: {description[:_LONGEST_SHOWN]!r}"
    if re.fullmatch(r"1[0-9][0-9]", code):
        return AuthenticationError(f"{said}; check api_key", adapter=adapter)
    if "missing parameter" in description.lower() and not has_key:
        return AuthenticationError(f"{said}; it seems to want an api_key", adapter=adapter)
    if code in ("500", "501") or "limit reached" in description.lower():
        return RateLimitedError(said, adapter=adapter)
    return BadResponseError(said, adapter=adapter)


def read_page(root: Element, offerer: Offerer, *, base_url: str) -> Page:
    """The releases of a feed, in its order. `base_url` is what relative links go by.

    An item without a title or a link, or with a value no release may have, is left out and logged.
    """
    items = list(descendants(root, "item"))
    releases = (_read_or_skip(item, offerer, base_url) for item in items)
    return Page(releases=tuple(release for release in releases if release is not None), items=len(items))


def _read_or_skip(item: Element, offerer: Offerer, base_url: str) -> Release | None:
    try:
        return _read_item(item, offerer, base_url)
    except ValueError as error:
        title = find_text(item, "title")
        _log.warning("%s: left out the item %r: %s", offerer.name, title, offerer.show(str(error)))
        return None


def _read_item(item: Element, offerer: Offerer, base_url: str) -> Release:
    attributes = _attributes(item)
    title = find_text(item, "title")
    if title is None:
        raise ValueError("it has no title")
    magnet = attributes.first("magneturl")
    magnet = magnet if magnet and magnet.lower().startswith("magnet:") else None
    link = _find_link(item, offerer.protocol, base_url)
    if link is not None and link.lower().startswith("magnet:"):
        link, magnet = None, magnet or link
    return Release(
        indexer=offerer.name,
        guid=find_text(item, "guid") or _derive_guid(title, link or magnet or ""),
        title=title,
        protocol=offerer.protocol,
        size=_find_size(item, attributes),
        download_url=link,
        magnet_url=magnet,
        info_url=_find_info_url(item, base_url),
        info_hash=_tolerant(InfoHash, attributes.first("infohash")),
        published=_find_date(item, attributes),
        seeders=parse_count(attributes.first("seeders")),
        peers=_find_peers(attributes),
        snatches=parse_count(attributes.first("grabs") or find_text(item, "grabs")),
        imdb_id=_tolerant(ImdbId, attributes.first("imdb") or attributes.first("imdbid")),
        tmdb_id=_find_tmdb_id(attributes),
        languages=_find_languages(item, attributes),
        flags=_find_flags(attributes),
        indexer_priority=offerer.priority,
        minimum_seeders=offerer.minimum_seeders,
        indexer_tags=offerer.tags,
        required_flags=offerer.required_flags,
        multi_languages=offerer.multi_languages,
        indexer_kind=_find_kind(item) or offerer.kind,
    )


@frozen
class _Attributes:
    """The extended attributes of an item; names compare without case, blank values count for nothing."""

    pairs: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str | None:
        return next((value for key, value in self.pairs if key == name), None)

    def every(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]


def _attributes(item: Element) -> _Attributes:
    """Of Torznab's and Newznab's namespace alike: aggregators mix them."""
    found = ((e.get("name", "").strip().lower(), e.get("value", "").strip()) for e in children(item, "attr"))
    return _Attributes(tuple((name, value) for name, value in found if name and value))


def _find_link(item: Element, protocol: DownloadProtocol, base_url: str) -> str | None:
    """The enclosure of the right type, else one of no known type; the link element leads to a page for people."""
    enclosures = [(e.get("type", "").replace(" ", "").lower(), e.get("url", "")) for e in children(item, "enclosure")]
    known = {kind for kinds in _WANTED_TYPES.values() for kind in kinds}
    for wanted in _WANTED_TYPES[protocol]:
        for kind, url in enclosures:
            if kind == wanted and url.strip():
                return urljoin(base_url, url.strip())
    others = [url.strip() for kind, url in enclosures if kind not in known and url.strip()]
    if not others and any(kind in known for kind, _ in enclosures):
        raise ValueError(f"what it offers is no {protocol}; another kind of indexer adapter may fit")
    return urljoin(base_url, others[0]) if others else None


def _derive_guid(title: str, link: str) -> str:
    """The same for the same offer, and without the keys a link may carry."""
    return hashlib.sha256(f"{title}\n{link}".encode()).hexdigest()


def _find_size(item: Element, attributes: _Attributes) -> int | None:
    """Bytes; feeds write 0 where they do not know. The length of an enclosure comes last: some give the torrent's."""
    lengths = [e.get("length") for e in children(item, "enclosure")]
    for text in (attributes.first("size"), find_text(item, "size"), *lengths):
        if size := parse_count(text):
            return size
    return None


def _find_tmdb_id(attributes: _Attributes) -> TmdbId | None:
    """A number too long for a count is too long for an id, and for a database."""
    number = parse_count(attributes.first("tmdbid"))
    return TmdbId(number) if number else None


def _find_info_url(item: Element, base_url: str) -> str | None:
    comments = find_text(item, "comments")
    return _tolerant(partial(urljoin, base_url), comments and comments.removesuffix("#comments"))


def _find_date(item: Element, attributes: _Attributes) -> datetime | None:
    for text in (attributes.first("usenetdate"), find_text(item, "pubdate")):
        if moment := parse_date(text):
            return moment
    return None


def parse_date(text: str | None) -> datetime | None:
    """A moment in UTC from RFC 822 or ISO 8601, UTC assumed where no zone is named; None for nonsense."""
    if not text:
        return None
    for spelling in (text, _ZONE_NAME.sub("", text)):
        for parse in (parsedate_to_datetime, datetime.fromisoformat):
            try:
                moment = parse(spelling)
                return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
            except (ValueError, TypeError, OverflowError, IndexError):
                continue
    return None


def _find_kind(item: Element) -> IndexerKind | None:
    """Prowlarr has it as an attribute of its element, Jackett as an element; semi-private is neither."""
    attributed = (e.get("type", "") for e in children(item, "prowlarrindexer"))
    said = next((text for text in attributed if text), None) or find_text(item, "type")
    return _tolerant(IndexerKind, said and said.strip().lower())


def _find_peers(attributes: _Attributes) -> int | None:
    """Seeders and leechers together."""
    peers = parse_count(attributes.first("peers"))
    if peers is not None:
        return peers
    seeders, leechers = parse_count(attributes.first("seeders")), parse_count(attributes.first("leechers"))
    return None if seeders is None or leechers is None else seeders + leechers


def _find_languages(item: Element, attributes: _Attributes) -> tuple[Language, ...]:
    texts = attributes.every("language") or [e.text or "" for e in children(item, "language")]
    names = [name for text in texts for name in text.split(",")]
    found = [language for name in names if (language := find_language(name)) is not None]
    return tuple(dict.fromkeys(found))


def _find_flags(attributes: _Attributes) -> IndexerFlag:
    flags = IndexerFlag.NONE
    for name, factors in (("downloadvolumefactor", _DOWNLOAD_FACTORS), ("uploadvolumefactor", _UPLOAD_FACTORS)):
        factor = _tolerant(float, attributes.first(name))
        flags |= IndexerFlag.NONE if factor is None else factors.get(factor, IndexerFlag.NONE)
    for tag in attributes.every("tag"):
        flags |= _TAGS.get(tag.lower(), IndexerFlag.NONE)
    for name, flag in _SWITCHES.items():
        flags |= flag if attributes.first(name) == "1" else IndexerFlag.NONE
    return flags


def _tolerant(kind: Callable[[str], T], text: str | None) -> T | None:
    """A value, or None where the feed says nothing or nonsense: 0 for an id, a text for a number."""
    if text is None:
        return None
    try:
        return kind(text)
    except ValueError:
        return None
