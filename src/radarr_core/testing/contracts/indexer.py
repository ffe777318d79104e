"""What every indexer promises."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Self

import pytest
from attrs import field, frozen

from radarr_core.domain.downloads import MagnetPayload, TorrentPayload
from radarr_core.domain.identifiers import ImdbId, InfoHash, TmdbId
from radarr_core.domain.releases import Release
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    BadTorrentError,
    RadarrCoreError,
    RateLimitedError,
    ReleaseGoneError,
    ServiceUnavailableError,
    UnsupportedError,
)
from radarr_core.ports.indexer import Indexer, MovieQuery
from radarr_core.testing.servers import make_torrent


class Link(StrEnum):
    """What the link of an offer leads to."""

    TORRENT = "the torrent"
    GONE = "nothing any more"
    WEB_PAGE = "a web page"
    MAGNET = "a magnet link"


class Failure(StrEnum):
    """How an indexer can fail as a whole."""

    REFUSED = "refuses the connection"
    HANGS = "never answers"
    BROKEN = "answers 500"
    BUSY = "counted too many requests, and asks for 120 seconds"
    WRONG_KEY = "refuses the key"
    NONSENSE = "answers with a web page"


ERROR_OF: dict[Failure, type[RadarrCoreError]] = {
    Failure.REFUSED: ServiceUnavailableError,
    Failure.HANGS: ServiceUnavailableError,
    Failure.BROKEN: ServiceUnavailableError,
    Failure.BUSY: RateLimitedError,
    Failure.WRONG_KEY: AuthenticationError,
    Failure.NONSENSE: BadResponseError,
}


@frozen(kw_only=True)
class Offer:
    """One offer the service behind the indexer is to make. None: the service says nothing of it."""

    title: str
    guid: str = field(default="guid-1")
    size: int | None = None
    seeders: int | None = None
    imdb_id: ImdbId | None = None
    tmdb_id: TmdbId | None = None
    info_hash: InfoHash | None = None
    published: datetime | None = None
    torrent: bytes = field(default=b"", repr=False)
    link: Link = Link.TORRENT
    magnet: str | None = None


class IndexerHarness(ABC):
    """Brings up the indexer under test and the service it speaks to; entered and left by ``async with``.

    The indexer's deadline is a few seconds or less, so that a service that hangs does not hold the suite up, and it
    waits by a clock that lets time pass at once.
    """

    failures: frozenset[Failure] = frozenset(Failure)
    """The failures this harness can bring about; at least `Failure.REFUSED`."""

    @property
    @abstractmethod
    def indexer(self) -> Indexer:
        """The indexer, the same one every time."""

    @abstractmethod
    def offer(self, offers: Sequence[Offer]) -> None:
        """Let the service offer these and nothing else. A torrent is served as it is, whatever it holds."""

    @abstractmethod
    def fail(self, failure: Failure | None) -> None:
        """Let the service fail from now on; None for not any more."""

    @abstractmethod
    async def __aenter__(self) -> Self: ...

    @abstractmethod
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


TORRENT = make_torrent("Alpha.2001.1080p.WEB-DL.H264-GRP", [(("alpha.mkv",), 5_000_000)])
TORRENT_HASH = InfoHash("251aaf21c42b429e7acbeb39e5495cc853165a15")
ALPHA = Offer(
    title="Alpha.2001.1080p.WEB-DL.H264-GRP",
    guid="alpha",
    size=5_000_000,
    seeders=0,
    imdb_id=ImdbId("tt0000042"),
    tmdb_id=TmdbId(7),
    published=datetime(2024, 5, 1, 12, tzinfo=UTC),
    torrent=TORRENT,
)
BETA = Offer(title="Beta.2002.720p.BluRay.x264-GRP", guid="beta", torrent=TORRENT)

BY_ID = MovieQuery(titles=("Nothing Like It",), year=1901, imdb_id=ImdbId("tt0000042"), tmdb_id=TmdbId(7))
BY_TITLE = MovieQuery(titles=("Alpha",), year=2001)
UNKNOWN = MovieQuery(titles=("Nobody Made This",), year=1950, imdb_id=ImdbId("tt9999999"))


class IndexerContract:
    """Subclass it and give it a fixture `harness` that is an entered `IndexerHarness`."""

    async def test_releases_bear_the_tags_of_their_indexer(self, harness: IndexerHarness) -> None:
        """Whoever judges a release sees for which movies its indexer is meant."""
        (release,) = await self._find(harness, ALPHA)
        assert release.indexer_tags == harness.indexer.tags

    async def _find(self, harness: IndexerHarness, *offers: Offer) -> list[Release]:
        """What the indexer makes of offers, by whichever way it has."""
        harness.offer(offers)
        if harness.indexer.capabilities.has_feed:
            return list(await harness.indexer.fetch_recent())
        return list(await harness.indexer.search(BY_ID if harness.indexer.capabilities.searches_by_id else BY_TITLE))

    async def test_capabilities_are_constant(self, harness: IndexerHarness) -> None:
        """Services read them once, also while the service is down."""
        harness.fail(Failure.REFUSED)
        assert harness.indexer.capabilities == harness.indexer.capabilities
        assert harness.indexer.name.strip()

    async def test_finds_by_id(self, harness: IndexerHarness) -> None:
        """An id finds the release whatever the titles say; undeclared, it finds nothing."""
        harness.offer([ALPHA, BETA])
        found = await harness.indexer.search(BY_ID)
        assert (ALPHA.title in [r.title for r in found]) is harness.indexer.capabilities.searches_by_id

    async def test_finds_by_title_and_year(self, harness: IndexerHarness) -> None:
        """A movie without ids is found by its title; undeclared, by nothing."""
        harness.offer([ALPHA, BETA])
        found = await harness.indexer.search(BY_TITLE)
        assert (ALPHA.title in [r.title for r in found]) is harness.indexer.capabilities.searches_by_title

    async def test_falls_back_to_the_title(self, harness: IndexerHarness) -> None:
        """When ids bring nothing, the title is tried where that is declared."""
        harness.offer([ALPHA])
        query = MovieQuery(titles=("Alpha",), year=2001, imdb_id=ImdbId("tt9999999"))
        found = await harness.indexer.search(query)
        assert bool(found) is harness.indexer.capabilities.searches_by_title

    async def test_nothing_found_is_empty(self, harness: IndexerHarness) -> None:
        """A film nobody offers is no error."""
        harness.offer([ALPHA])
        assert await harness.indexer.search(UNKNOWN) == ()

    async def test_facts_arrive_as_they_were_said(self, harness: IndexerHarness) -> None:
        """No seeders are 0, a moment is aware and in UTC, and the indexer's name is on the release."""
        (release,) = await self._find(harness, ALPHA)
        assert release.indexer == harness.indexer.name
        assert release.protocol is harness.indexer.capabilities.protocol
        assert (release.guid, release.title, release.seeders) == (ALPHA.guid, ALPHA.title, 0)
        assert (release.size, release.imdb_id, release.tmdb_id) == (ALPHA.size, ALPHA.imdb_id, ALPHA.tmdb_id)
        assert release.published == ALPHA.published
        assert release.published is not None
        assert release.published.utcoffset() == timedelta(0)

    async def test_what_was_not_said_is_none(self, harness: IndexerHarness) -> None:
        """Unknown is not zero: an offer without size, seeders or date is kept with None."""
        bare = Offer(title="Alpha.2001.1080p", guid="bare", imdb_id=ALPHA.imdb_id, torrent=TORRENT)
        (release,) = await self._find(harness, bare)
        assert (release.size, release.seeders, release.peers, release.published) == (None, None, None, None)
        assert release.tmdb_id is None
        assert release.info_hash is None

    async def test_a_guid_comes_once(self, harness: IndexerHarness) -> None:
        """The same offer listed twice is one release."""
        assert len(await self._find(harness, ALPHA, ALPHA)) == 1

    async def test_the_feed_has_the_newest_first(self, harness: IndexerHarness) -> None:
        """Whatever order the service lists them in; undeclared, asking for the feed is an error."""
        if not harness.indexer.capabilities.has_feed:
            with pytest.raises(UnsupportedError):
                await harness.indexer.fetch_recent()
            return
        older, newer = (
            Offer(title=f"Film.{day}", guid=str(day), published=datetime(2024, 1, day, tzinfo=UTC), torrent=TORRENT)
            for day in (1, 2)
        )
        harness.offer([older, newer])
        assert [release.title for release in await harness.indexer.fetch_recent()] == ["Film.2", "Film.1"]

    async def test_the_payload_is_the_torrent(self, harness: IndexerHarness) -> None:
        """The bytes arrive unchanged, with their info-hash and files."""
        (release,) = await self._find(harness, ALPHA)
        payload = await harness.indexer.fetch_payload(release)
        assert isinstance(payload, TorrentPayload)
        assert payload.raw == TORRENT
        assert payload.info_hash == TORRENT_HASH
        assert [(file.path, file.size) for file in payload.files] == [(f"{ALPHA.title}/alpha.mkv", 5_000_000)]

    async def test_a_link_to_a_magnet_is_a_magnet(self, harness: IndexerHarness) -> None:
        """Aggregators redirect to magnet links."""
        uri = f"magnet:?xt=urn:btih:{TORRENT_HASH}"
        offer = Offer(title="Alpha.2001", guid="m", imdb_id=ALPHA.imdb_id, link=Link.MAGNET, magnet=uri)
        (release,) = await self._find(harness, offer)
        assert await harness.indexer.fetch_payload(release) == MagnetPayload(uri=uri, info_hash=TORRENT_HASH)

    async def test_a_release_that_is_gone(self, harness: IndexerHarness) -> None:
        """The caller goes on with the next release."""
        gone = Offer(title="Alpha.2001", guid="g", imdb_id=ALPHA.imdb_id, link=Link.GONE)
        (release,) = await self._find(harness, gone)
        with pytest.raises(ReleaseGoneError):
            await harness.indexer.fetch_payload(release)

    @pytest.mark.parametrize(
        ("link", "torrent", "promised"),
        [
            pytest.param(Link.WEB_PAGE, b"", None, id="a web page"),
            pytest.param(Link.TORRENT, b"no torrent at all", None, id="no torrent"),
            pytest.param(Link.TORRENT, TORRENT, InfoHash("0" * 40), id="another torrent"),
            pytest.param(Link.TORRENT, make_torrent("..", [(("passwd",), 9)]), None, id="a name that leads out"),
        ],
    )
    async def test_a_bad_torrent_is_refused(
        self, harness: IndexerHarness, link: Link, torrent: bytes, promised: InfoHash | None
    ) -> None:
        """Nothing that is not the promised torrent with harmless names gets to a download client."""
        bad = Offer(title="Alpha.2001", imdb_id=ALPHA.imdb_id, link=link, torrent=torrent, info_hash=promised)
        (release,) = await self._find(harness, bad)
        with pytest.raises(BadTorrentError):
            await harness.indexer.fetch_payload(release)

    @pytest.mark.parametrize("failure", Failure)
    async def test_failures_have_their_types(self, harness: IndexerHarness, failure: Failure) -> None:
        """Each failure says by its type what to do, names the adapter, and is over when the service is back."""
        if failure not in harness.failures:
            pytest.skip(f"this service cannot be made to do that: {failure}")
        harness.offer([ALPHA])
        harness.fail(failure)
        for call in (harness.indexer.search(BY_TITLE), harness.indexer.check()):
            with pytest.raises(ERROR_OF[failure]) as caught:
                await asyncio.wait_for(call, timeout=30)
            assert caught.value.adapter == harness.indexer.name
            if isinstance(caught.value, RateLimitedError):
                assert caught.value.retry_after == 120
        harness.fail(None)
        assert await harness.indexer.search(BY_TITLE) or not harness.indexer.capabilities.searches_by_title

    async def test_check_says_what_it_found(self, harness: IndexerHarness) -> None:
        """One line for a person."""
        harness.offer([ALPHA])
        line = await harness.indexer.check()
        assert line.strip()
        assert "\n" not in line

    async def test_several_calls_at_once(self, harness: IndexerHarness) -> None:
        """Services search in parallel."""
        harness.offer([ALPHA, BETA])
        answers = await asyncio.gather(*(harness.indexer.search(BY_TITLE) for _ in range(5)))
        assert len(set(answers)) == 1

    async def test_closing_twice_does_no_harm(self, harness: IndexerHarness) -> None:
        """`aclose` may be called again."""
        await harness.indexer.aclose()
        await harness.indexer.aclose()
