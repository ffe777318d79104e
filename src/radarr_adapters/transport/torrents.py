"""From a download link to a payload: the torrent is fetched, read and found sound before anyone may have it."""

from __future__ import annotations

import asyncio
from urllib.parse import urljoin, urlsplit

from radarr_core.domain.downloads import MagnetPayload, Payload, TorrentPayload
from radarr_core.domain.identifiers import InfoHash
from radarr_core.errors import BadResponseError, BadTorrentError, ReleaseGoneError

from .client import ADDRESS_ERRORS, MAX_REDIRECTS, Answer, HttpClient, read_host
from .torrent_files import parse_magnet, read_torrent

MAX_TORRENT = 10 * 1024 * 1024
"""Bytes of the largest .torrent that is taken; a film of a terabyte stays below."""

_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)


async def fetch_payload(client: HttpClient, link: str, *, expected: InfoHash | None, adapter: str) -> Payload:
    """What a download link leads to.

    Redirects are followed by hand, at most five, since one may lead to a magnet link.

    Args:
        client: what to fetch it with.
        link: http, https or magnet.
        expected: the info-hash the indexer promised; None when it did not say.
        adapter: the configured name, for messages.

    Raises:
        BadTorrentError: it leads to no torrent, to one with dangerous file names, or to another one than expected.
        ReleaseGoneError: status 404 or 410.
        ServiceUnavailableError, RateLimitedError, AuthenticationError, BadResponseError: as `HttpClient.get`.
    """
    async with client.within_deadline(link):
        payload = await _follow(client, link, adapter)
    if expected is not None and payload.info_hash != expected:
        raise BadTorrentError(
            f"the link delivers torrent {str(payload.info_hash)!r}, but {str(expected)!r} was promised", adapter=adapter
        )
    return payload


async def _follow(client: HttpClient, link: str, adapter: str) -> Payload:
    for _ in range(MAX_REDIRECTS + 1):
        if link.lower().startswith("magnet:"):
            return _magnet(link, adapter)
        _check_link(link, client.place(link), adapter)
        answer = await _ask(client, link, adapter)
        if answer.status in _GONE:
            raise ReleaseGoneError(f"{client.place(link)!r} answered {answer.status}: it is gone", adapter=adapter)
        if answer.status not in _REDIRECTS:
            if answer.is_html:
                raise BadTorrentError(f"{client.place(link)!r} answered with a web page, no torrent", adapter=adapter)
            return await asyncio.to_thread(_torrent, answer.body, client.place(link), adapter)
        link = _next_link(link, answer.location, client.place(link), adapter)
    raise BadTorrentError(f"the link redirects more than {MAX_REDIRECTS} times", adapter=adapter)


async def _ask(client: HttpClient, link: str, adapter: str) -> Answer:
    try:
        return await client.get(
            link,
            accept="application/x-bittorrent",
            max_body=MAX_TORRENT,
            follow_redirects=False,
            also=(*_REDIRECTS, *_GONE),
            allow_html=True,
        )
    except BadResponseError as error:
        # httpx looks at where a redirect leads even when it is not to follow it.
        if isinstance(error.__cause__, ADDRESS_ERRORS):
            raise BadTorrentError(str(error).removeprefix(f"{adapter}: "), adapter=adapter) from error
        raise


def _check_link(link: str, shown: str, adapter: str) -> None:
    try:
        is_web = urlsplit(link).scheme in ("http", "https")
        host = read_host(link)
    except ADDRESS_ERRORS as error:
        raise BadTorrentError(f"{shown!r} is an address that is none", adapter=adapter) from error
    if not is_web:
        raise BadTorrentError(f"{shown!r} is neither http, https nor magnet", adapter=adapter)
    if not host:
        raise BadTorrentError(f"{shown!r} is an address without a host", adapter=adapter)


def _next_link(link: str, location: str | None, shown: str, adapter: str) -> str:
    if not location:
        raise BadTorrentError(f"{shown!r} redirects to nowhere", adapter=adapter)
    try:
        return location if location.lower().startswith("magnet:") else urljoin(link, location)
    except ValueError as error:
        raise BadTorrentError(f"{shown!r} redirects to an address that is none", adapter=adapter) from error


def _magnet(link: str, adapter: str) -> MagnetPayload:
    try:
        return parse_magnet(link)
    except ValueError as error:
        raise BadTorrentError(str(error), adapter=adapter) from error


def _torrent(raw: bytes, shown: str, adapter: str) -> TorrentPayload:
    try:
        return read_torrent(raw)
    except (ValueError, RecursionError) as error:
        raise BadTorrentError(f"{shown!r} delivers no sound torrent: {error}", adapter=adapter) from error
