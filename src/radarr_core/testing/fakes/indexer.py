"""An indexer without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from attrs import evolve

from radarr_core.domain.downloads import Payload
from radarr_core.domain.releases import DownloadProtocol, Release
from radarr_core.errors import BadTorrentError, RadarrCoreError, ReleaseGoneError, UnsupportedError
from radarr_core.ports.indexer import Indexer, IndexerCapabilities, MovieQuery

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_TORRENT = IndexerCapabilities(protocol=DownloadProtocol.TORRENT)


class InMemoryIndexer(Indexer):
    """Offers what it was given.

    Args:
        name: the configured name; the releases bear it too.
        offers: releases, each with what its link delivers; see `offer`.
        tags: it serves only movies that share one of these; the releases bear them too.

    Attributes:
        failure: raised by every call while it is set.
        queries: what `search` was asked, in order.
    """

    def __init__(
        self,
        name: str = "memory",
        *,
        offers: Iterable[tuple[Release, Payload | RadarrCoreError | None]] = (),
        capabilities: IndexerCapabilities = _TORRENT,
        tags: Iterable[str] = (),
    ) -> None:
        self._name = name
        self._tags = frozenset(tags)
        self._capabilities = capabilities
        self._releases: list[Release] = []
        self._payloads: dict[str, Payload | RadarrCoreError | None] = {}
        self.failure: RadarrCoreError | None = None
        self.queries: list[MovieQuery] = []
        for release, payload in offers:
            self.offer(release, payload)

    def offer(self, release: Release, payload: Payload | RadarrCoreError | None = None) -> None:
        """Offer one more release. A second one of a guid is dropped.

        Args:
            release: its `indexer` is this indexer's name.
            payload: what its link delivers; an error to raise; None when it is gone.
        """
        if release.guid not in self._payloads:
            self._releases.append(evolve(release, indexer_tags=self._tags) if self._tags else release)
            self._payloads[release.guid] = payload

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    @property
    def capabilities(self) -> IndexerCapabilities:
        """What it was told to be able to do."""
        return self._capabilities

    @property
    def tags(self) -> frozenset[str]:
        """The tags it was given."""
        return self._tags

    async def search(self, query: MovieQuery) -> tuple[Release, ...]:
        """By id where an offer has the same one, else by the words of a title and the year."""
        self._fail()
        self.queries.append(query)
        by_id = [r for r in self._releases if self._capabilities.searches_by_id and _has_id(r, query)]
        if by_id or not self._capabilities.searches_by_title:
            return tuple(by_id)
        return tuple(r for r in self._releases if _has_words(r, query))

    async def fetch_recent(self) -> tuple[Release, ...]:
        """Everything, newest first."""
        self._fail()
        if not self._capabilities.has_feed:
            raise UnsupportedError("has no feed", adapter=self._name)
        return tuple(sorted(self._releases, key=lambda r: r.published or _LONG_AGO, reverse=True))

    async def fetch_payload(self, release: Release) -> Payload:
        """What was given for the release."""
        self._fail()
        payload = self._payloads.get(release.guid)
        if payload is None:
            raise ReleaseGoneError(f"{release.title!r} is gone", adapter=self._name)
        if isinstance(payload, RadarrCoreError):
            raise payload
        if release.info_hash is not None and payload.info_hash != release.info_hash:
            raise BadTorrentError(f"{release.title!r} delivers {str(payload.info_hash)!r}", adapter=self._name)
        return payload

    async def check(self) -> str:
        """Say how much it offers."""
        self._fail()
        return f"{len(self._releases)} releases in memory"

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


def _has_id(release: Release, query: MovieQuery) -> bool:
    pairs = ((release.imdb_id, query.imdb_id), (release.tmdb_id, query.tmdb_id))
    return any(had is not None and had == asked for had, asked in pairs)


def _has_words(release: Release, query: MovieQuery) -> bool:
    had = _words(release.title)
    return any({*_words(title), str(query.year)} <= had for title in query.titles)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))
