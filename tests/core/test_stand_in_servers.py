"""The stand-in servers: what they answer when nothing is wrong, and that they stop."""

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest

from radarr_core.testing.servers import Fault, OfferedRelease, TorznabServer, Tracker, WebhookReceiver, refused_url


def _fetch(url: str, data: bytes | None = None) -> bytes:
    with urllib.request.urlopen(url, data=data, timeout=5) as answer:
        return answer.read()


ALPHA = OfferedRelease(title="Alpha.2001.1080p.WEB-DL.H264-GRP", imdb_id="tt0000042", tmdb_id=7, torrent=b"d4:infode")
BETA = OfferedRelease(title="Beta.2002.720p.BluRay.x264-GRP", imdb_id="tt0000043", tmdb_id=8)


class TestTorznab:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("t=search", [ALPHA.title, BETA.title]),
            ("t=search&q=beta+2002", [BETA.title]),
            ("t=movie&imdbid=0000042", [ALPHA.title]),
            ("t=movie&tmdbid=8", [BETA.title]),
            ("t=search&cat=5000", []),
            ("t=search&offset=1&limit=5", [BETA.title]),
        ],
    )
    def test_offers_are_found_by_id_and_words(self, query, titles):
        """Searches narrow the offers down as a real indexer does."""
        with TorznabServer([ALPHA, BETA]) as server:
            feed = _fetch(f"{server.api_url}?{query}").decode()
        assert [title for title in (ALPHA.title, BETA.title) if f"<title>{title}</title>" in feed] == titles

    def test_a_link_delivers_the_torrent(self):
        """The link in the feed leads to the very bytes that were given."""
        with TorznabServer([ALPHA], api_key="k") as server:
            assert _fetch(server.link_of(ALPHA)) == ALPHA.torrent

    def test_a_wrong_key_gets_an_error_document(self):
        """As Jackett does, a wrong key is answered with status 200."""
        with TorznabServer([ALPHA], api_key="k") as server:
            assert b'<error code="100"' in _fetch(f"{server.api_url}?t=search&apikey=x")

    def test_a_refusing_server_comes_back_on_its_port(self):
        """REFUSED closes the port for real, and taking it back opens the same one."""
        with TorznabServer([ALPHA]) as server:
            server.fault = Fault.REFUSED
            with pytest.raises(urllib.error.URLError, match="refused"):
                _fetch(server.api_url)
            server.fault = None
            assert b"<caps>" in _fetch(f"{server.api_url}?t=caps")


def test_the_receiver_remembers_what_it_was_told():
    """A delivery is there by the time `wait_for` returns, and a look at the server is none."""
    with WebhookReceiver() as receiver:
        with pytest.raises(urllib.error.HTTPError):
            _fetch(receiver.hook_url)
        _fetch(receiver.hook_url, json.dumps({"a": 1}).encode())
        assert [hook.json for hook in receiver.wait_for(1)] == [{"a": 1}]
        with pytest.raises(TimeoutError, match="1 of 2"):
            receiver.wait_for(2, timeout=0.01)


class TestTracker:
    HASH = bytes(range(236, 256))

    def _announce(self, tracker: Tracker, port: int, **more: str) -> bytes:
        query = {"info_hash": self.HASH, "port": port, "left": 0, **more}
        return _fetch(f"{tracker.announce_url}?{urllib.parse.urlencode(query)}")

    def test_peers_are_told_of_each_other(self):
        """The second peer hears of the first in compact form; hashes are bytes, not text."""
        with Tracker() as tracker:
            assert b"5:peers0:" in self._announce(tracker, 6001)
            assert b"5:peers6:\x7f\x00\x00\x01\x17\x71" in self._announce(tracker, 6002)
            assert tracker.list_peers(self.HASH.hex()) == [("127.0.0.1", 6001), ("127.0.0.1", 6002)]

    def test_a_peer_that_stops_is_forgotten(self):
        """`event=stopped` takes the peer out of the swarm."""
        with Tracker() as tracker:
            self._announce(tracker, 6001)
            self._announce(tracker, 6001, event="stopped")
            assert tracker.list_peers(self.HASH.hex()) == []

    def test_a_malformed_announce_is_refused(self):
        """A short info-hash gets a reason, not a swarm."""
        with Tracker() as tracker:
            assert b"failure reason" in _fetch(f"{tracker.announce_url}?info_hash=abc&port=1")


def test_nothing_listens_at_a_refused_url():
    """The address is good for tests of a server that is down."""
    with pytest.raises(urllib.error.URLError, match="refused"):
        _fetch(refused_url())


def test_scrape_counts_seeders_and_leechers():
    """Clients show these figures; a peer may also be made known by hand."""
    with Tracker() as tracker:
        tracker.add_peer(TestTracker.HASH.hex(), 6001)
        tracker.add_peer(TestTracker.HASH.hex(), 6002, is_seeder=False)
        query = urllib.parse.urlencode({"info_hash": TestTracker.HASH})
        scraped = _fetch(f"{tracker.url}/scrape?{query}")
    assert b"8:completei1e10:downloadedi0e10:incompletei1e" in scraped
