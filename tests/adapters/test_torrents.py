"""From a download link to a payload that may be trusted."""

import hashlib
import threading

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_adapters.transport.client import HttpClient
from radarr_adapters.transport.torrent_files import MAX_DEPTH, MAX_FILES, parse_magnet, read_torrent
from radarr_adapters.transport.torrents import MAX_TORRENT, fetch_payload
from radarr_core.domain.downloads import MagnetPayload
from radarr_core.domain.identifiers import InfoHash
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    BadTorrentError,
    RadarrCoreError,
    RateLimitedError,
    ReleaseGoneError,
    ServiceUnavailableError,
)
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.servers import Fault, LinkAnswer, OfferedRelease, TorznabServer, make_torrent
from radarr_core.testing.servers.bencoding import encode

GOOD = make_torrent("Film.2001", [(("film.mkv",), 700), (("subs", "film.srt"), 30)], tracker="http://t/announce")
HEX = "c9e15763f722f23e98a29decdfae341b98d53056"
BASE32 = "ZHQVOY7XELZD5GFCTXWN7LRUDOMNKMCW"


def v2_torrent(tree, name=b"Film.2001", **more):
    """A torrent of the second version, without piece layers: good to be read."""
    info = {b"name": name, b"meta version": 2, b"piece length": 16384, b"file tree": tree, **more}
    return encode({b"info": info})


def leaf(size):
    """A file of a v2 tree."""
    return {b"": {b"length": size, b"pieces root": b"r" * 32}}


class TestReadTorrent:
    def test_hash_name_and_files(self):
        """The v1 hash is SHA-1 over the info bytes as they stand in the file."""
        payload = read_torrent(GOOD)
        start = GOOD.index(b"4:info") + 6
        assert str(payload.info_hash) == hashlib.sha1(GOOD[start:-1], usedforsecurity=False).hexdigest()
        assert [(file.path, file.size) for file in payload.files] == [
            ("Film.2001/film.mkv", 700),
            ("Film.2001/subs/film.srt", 30),
        ]
        assert (payload.name, payload.size, payload.raw) == ("Film.2001", 730, GOOD)

    def test_one_file(self):
        """A torrent of one file has no folder."""
        assert [file.path for file in read_torrent(make_torrent("film.mkv", 5)).files] == ["film.mkv"]

    def test_v2_alone_goes_by_sha256(self):
        """Version 2: the hash is SHA-256, the files are a tree."""
        raw = v2_torrent({b"a.mkv": leaf(7), b"subs": {b"a.srt": leaf(1)}})
        payload = read_torrent(raw)
        start = raw.index(b"4:info") + 6
        assert str(payload.info_hash) == hashlib.sha256(raw[start:-1]).hexdigest()
        assert [(f.path, f.size) for f in payload.files] == [("Film.2001/a.mkv", 7), ("Film.2001/subs/a.srt", 1)]

    def test_one_file_of_v2(self):
        """Version 2 puts a lone file at the top of its tree."""
        assert [f.path for f in read_torrent(v2_torrent({b"film.mkv": leaf(7)}, b"film.mkv")).files] == ["film.mkv"]

    def test_a_hybrid_goes_by_v1(self):
        """What every client and indexer knows it by."""
        raw = make_torrent("film.mkv", 5, more={b"meta version": 2, b"file tree": {b"film.mkv": leaf(5)}})
        assert len(str(read_torrent(raw).info_hash)) == 40

    def test_padding_files_are_no_files(self):
        """BEP 47 fills gaps with files nobody wants to see."""
        files = [
            {b"length": 5, b"path": [b"a.mkv"]},
            {b"length": 3, b"path": [b".pad", b"3"], b"attr": b"p"},
        ]
        payload = read_torrent(make_torrent("Film", 8, more={b"files": files}))
        assert [file.path for file in payload.files] == ["Film/a.mkv"]

    @pytest.mark.parametrize(
        "parts",
        [
            ("..", "..", "etc", "passwd"), ("/etc/passwd",), ("a/../../b",), ("..\\..\\b",), ("C:", "b"), ("a\0b",),
            ("CON",), ("lpt1.mkv",), ("",), (), (".",), ("a\nb",),
        ],
        ids=repr,
    )  # fmt: skip
    def test_dangerous_file_names_are_refused(self, parts):
        """Path traversal, absolute paths, NUL and device names never get to a client."""
        with pytest.raises(ValueError, match=r"refused|malformed"):
            read_torrent(make_torrent("Film", [(("good.mkv",), 5), (parts, 5)]))

    @pytest.mark.parametrize("name", ["..", "/etc", "a/b", "a\\b", "C:film", "nul", "", "a\0"], ids=repr)
    def test_dangerous_names_are_refused(self, name):
        """The torrent's own name becomes a folder or file too."""
        with pytest.raises(ValueError, match=r"refused|malformed|missing"):
            read_torrent(make_torrent(name, 5))
        with pytest.raises(ValueError, match=r"refused|malformed|missing"):
            read_torrent(make_torrent(name, [(("film.mkv",), 5)]))

    def test_dangerous_names_in_v2_are_refused(self):
        """The tree of version 2 is no way around."""
        with pytest.raises(ValueError, match="refused"):
            read_torrent(v2_torrent({b"a": leaf(1), b"..": {b"b": leaf(1)}}))

    @pytest.mark.parametrize(
        "raw",
        [
            b"", b"<html>", b"i5e", b"de", b"d4:infoi5ee", encode({b"info": {b"name": b"x"}}),
            encode({b"info": {b"name": b"x", b"length": 5}}),
            encode({b"info": {b"name": b"x", b"pieces": b"", b"files": []}}),
            encode({b"info": {b"name": 5, b"length": 5, b"pieces": b""}}),
            encode({b"info": {b"name": b"x", b"length": b"5", b"pieces": b""}}),
            encode({b"info": {b"name": b"x", b"length": -5, b"pieces": b""}}),
            encode({b"info": {b"name": b"x", b"pieces": b"", b"files": [5]}}),
            encode({b"info": {b"name": b"x", b"pieces": b"", b"files": [{b"path": b"x", b"length": 5}]}}),
            encode({b"info": {b"name": b"x", b"pieces": b"", b"files": [{b"path": [b"x"], b"length": 5, b"attr": 1}]}}),
            GOOD[:-1], GOOD + b"x", GOOD.replace(b"d6:length", b"d9:length"),
            b"d4:infod4:name1:x6:lengthi5e6:pieces0:ee",
            b"l" * 100_000, b"i" + b"9" * 5000 + b"e", b"99999999999999999999:x",
        ],
        ids=lambda raw: repr(raw[:24]),
    )  # fmt: skip
    def test_what_is_no_torrent_is_refused(self, raw):
        """Also bencoding that is not canonical: two clients could see two hashes in it."""
        with pytest.raises((ValueError, RecursionError)):
            read_torrent(raw)

    def test_as_many_files_as_may_be(self):
        """The limit is one no film comes near, and it is the same for both versions."""
        names = [f"{number}.mkv" for number in range(MAX_FILES)]
        first = read_torrent(make_torrent("Film", [((name,), 1) for name in names]))
        second = read_torrent(v2_torrent({name.encode(): leaf(1) for name in names}))
        assert len(first.files) == len(second.files) == MAX_FILES

    @pytest.mark.parametrize(
        "raw",
        [
            make_torrent("Film", [((str(number),), 1) for number in range(MAX_FILES + 1)]),
            v2_torrent({str(number).encode(): leaf(1) for number in range(MAX_FILES + 1)}),
            v2_torrent({str(number).encode(): {} for number in range(2 * MAX_FILES + 2)}),
        ],
        ids=["v1", "v2", "empty folders"],
    )
    def test_more_files_are_refused_unread(self, raw):
        """Hundreds of thousands of names would keep the program busy for many seconds."""
        with pytest.raises(ValueError, match=f"more than {MAX_FILES} files"):
            read_torrent(raw)

    def test_folders_without_end_are_refused(self):
        """Nor does a single file of a very long path."""
        deep = leaf(1)
        for _ in range(MAX_DEPTH):
            deep = {b"a": deep}
        for raw in (make_torrent("Film", [(("a",) * (MAX_DEPTH + 1), 5)]), v2_torrent({b"a": deep, b"b": leaf(1)})):
            with pytest.raises(ValueError, match=f"more than {MAX_DEPTH} folders"):
                read_torrent(raw)

    @given(st.binary(max_size=300))
    def test_any_bytes_give_a_torrent_or_a_value_error(self, raw):
        """Nothing else comes out, whatever a server sends."""
        with pytest.raises(ValueError):  # noqa: PT011 - the type is the promise
            read_torrent(raw)


class TestParseMagnet:
    @pytest.mark.parametrize(
        "uri",
        [
            f"magnet:?xt=urn:btih:{HEX}",
            f"magnet:?xt=urn:btih:{HEX.upper()}&dn=Film",
            f"magnet:?xt=urn:btih:{BASE32}",
            f"MAGNET:?dn=Film&xt=urn:btih:{BASE32.lower()}",
            f"magnet:?xt.1=urn:sha1:abc&xt.2=urn:btih:{HEX}",
            f"magnet:?xt=urn%3Abtih%3A{HEX}",
            f"magnet:?xt=urn:btmh:1220{'0' * 64}&xt=urn:btih:{HEX}",
        ],
    )
    def test_every_spelling_names_the_same_torrent(self, uri):
        """Hexadecimal and base32, any case, v1 before v2; the link is kept as it was."""
        assert parse_magnet(uri) == MagnetPayload(uri=uri, info_hash=InfoHash(HEX))

    @pytest.mark.parametrize(
        "query",
        [
            f"xt=urn:btih:{HEX}&xt=urn:btih:{'0' * 40}",
            f"xt=urn:btih:{HEX}&xt.1=urn:btih:{'0' * 40}",
            f"XT.2=urn:btih:{'0' * 40}&xt=urn:btih:{HEX}",
            f"xt=urn:btmh:1220{'0' * 64}&xt=urn:btmh:1220{'1' * 64}",
            f"xt=urn:btmh:1220{'0' * 64}&xt=urn:btmh:1220{'1' * 64}&xt=urn:btih:{HEX}",
        ],
    )
    def test_two_torrents_in_one_link_are_refused(self, query):
        """We would watch one of them, and the client might fetch the other."""
        with pytest.raises(ValueError, match="several torrents"):
            parse_magnet(f"magnet:?{query}")

    def test_one_torrent_named_twice_is_one(self):
        """In both spellings."""
        uri = f"magnet:?xt=urn:btih:{HEX}&xt=urn:btih:{BASE32}"
        assert parse_magnet(uri).info_hash == InfoHash(HEX)

    def test_v2_alone(self):
        """A multihash of SHA-256."""
        assert str(parse_magnet(f"magnet:?xt=urn:btmh:1220{'ab' * 32}").info_hash) == "ab" * 32

    @pytest.mark.parametrize(
        "uri",
        ["magnet:", "magnet:?dn=Film", "magnet:?xt=urn:btih:abc", f"http://h/?xt=urn:btih:{HEX}", "", "magnet:?xt=x"],
    )
    def test_what_names_no_torrent_is_refused(self, uri):
        """A magnet link without a hash is of no use to anybody."""
        with pytest.raises(ValueError, match=r"magnet|info-hash"):
            parse_magnet(uri)


@pytest.fixture
async def client(request):
    """A client with time enough, or with the seconds a test asks for."""
    client = HttpClient(adapter="mine", clock=ManualClock(), deadline=getattr(request, "param", 30.0))
    yield client
    await client.aclose()


async def fetch_offer(client, expected=None, fault=None, **facts):
    """Fetch the one offer of a server; the server's link, and what came."""
    with TorznabServer([OfferedRelease(title="Film", **facts)], api_key="k-1234") as server:
        server.faulty_downloads = True
        server.fault = fault
        return await fetch_payload(client, server.link_of(server.offers[0]), expected=expected, adapter="mine")


class TestFetchPayload:
    async def test_a_torrent(self, client):
        """The payload is what the link delivers, and it is the promised one."""
        promised = read_torrent(GOOD).info_hash
        assert await fetch_offer(client, torrent=GOOD, expected=promised) == read_torrent(GOOD)

    async def test_a_magnet_link_itself(self, client):
        """Nothing is fetched for a magnet link."""
        payload = await fetch_payload(client, f"magnet:?xt=urn:btih:{HEX}", expected=InfoHash(HEX), adapter="mine")
        assert payload.info_hash == InfoHash(HEX)

    @pytest.mark.parametrize(
        "link",
        ["http://xn--a.example/x", "http://[::1", "http://\u2100/", "http://h:99999/", "http://h\0/", "http://", ""],
    )
    async def test_a_link_that_is_no_address(self, client, link):
        """What only looks like an address is the release's fault, and one clear error."""
        with pytest.raises(BadTorrentError) as caught:
            await fetch_payload(client, link, expected=None, adapter="mine")
        assert caught.value.adapter == "mine"

    async def test_the_loop_goes_on_while_a_torrent_is_read(self, client, monkeypatch):
        """Reading a large torrent takes a while; other work does not wait for it."""
        threads = []

        def read(raw):
            threads.append(threading.current_thread())
            return read_torrent(raw)

        monkeypatch.setattr("radarr_adapters.transport.torrents.read_torrent", read)
        await fetch_offer(client, torrent=GOOD)
        assert threads[0] is not threading.main_thread()

    async def test_redirect_to_a_magnet(self, client):
        """As aggregators answer for trackers that have magnets alone."""
        uri = f"magnet:?xt=urn:btih:{BASE32}&tr=http://t/secret"
        payload = await fetch_offer(client, link=LinkAnswer.REDIRECT, redirect_to=uri)
        assert payload == MagnetPayload(uri=uri, info_hash=InfoHash(HEX))

    async def test_redirect_to_a_torrent(self, client):
        """A redirect that leads elsewhere on the server is followed, relative or not."""
        offers = [
            OfferedRelease(title="One", link=LinkAnswer.REDIRECT, redirect_to="1"),
            OfferedRelease(title="Two", torrent=GOOD),
        ]
        with TorznabServer(offers) as server:
            payload = await fetch_payload(client, server.link_of(offers[0]), expected=None, adapter="mine")
        assert payload == read_torrent(GOOD)

    @pytest.mark.parametrize(
        ("facts", "ours", "words"),
        [
            ({"link": LinkAnswer.HTML}, BadTorrentError, "web page"),
            ({"link": LinkAnswer.GONE}, ReleaseGoneError, "gone"),
            ({"link": LinkAnswer.REDIRECT}, BadTorrentError, "more than 5 times"),
            ({"link": LinkAnswer.REDIRECT, "redirect_to": "file:///etc/passwd"}, BadTorrentError, "neither http"),
            ({"link": LinkAnswer.REDIRECT, "redirect_to": "http://[half"}, BadTorrentError, "address that is none"),
            ({"link": LinkAnswer.REDIRECT, "redirect_to": "http://xn--a.example/x"}, BadTorrentError, "address that"),
            ({"link": LinkAnswer.REDIRECT, "redirect_to": "http://h:99999/x"}, BadTorrentError, "address that"),
            ({"link": LinkAnswer.REDIRECT, "redirect_to": "magnet:?dn=x"}, BadTorrentError, "names no torrent"),
            ({"torrent": b"junk"}, BadTorrentError, "no sound torrent"),
            ({"torrent": b""}, BadTorrentError, "no sound torrent"),
            ({"torrent": b"l" * 100_000}, BadTorrentError, "no sound torrent"),
            ({"torrent": make_torrent("Film", [(("..", "x"), 5)])}, BadTorrentError, "leads out of its folder"),
            ({"torrent": make_torrent("Film", [(("/x",), 5)])}, BadTorrentError, "path separator"),
            ({"torrent": make_torrent("Film", [(("a\0b",), 5)])}, BadTorrentError, "control characters"),
            ({"torrent": make_torrent("Film", [(("AUX.mkv",), 5)])}, BadTorrentError, "reserved"),
            ({"torrent": make_torrent("/etc")}, BadTorrentError, "path separator"),
            ({"torrent": b"a" * (MAX_TORRENT + 1)}, BadResponseError, "more than"),
            ({"torrent": GOOD, "expected": InfoHash("0" * 40)}, BadTorrentError, "was promised"),
            ({"torrent": GOOD, "fault": Fault.RATE_LIMITED}, RateLimitedError, "patience"),
            ({"torrent": GOOD, "fault": Fault.UNAUTHORIZED}, AuthenticationError, "401"),
            ({"torrent": GOOD, "fault": Fault.SERVER_ERROR}, ServiceUnavailableError, "500"),
            ({"torrent": GOOD, "fault": Fault.HUGE_BODY}, BadResponseError, "more than"),
        ],
        ids=lambda x: str(x)[:60] if isinstance(x, dict) else "",
    )
    async def test_faults_have_their_types(self, client, facts, ours, words):
        """One clear error each: it names the adapter and holds no key."""
        with pytest.raises(ours, match=words) as caught:
            await fetch_offer(client, **facts)
        assert type(caught.value) is ours
        assert caught.value.adapter == "mine"
        assert "k-1234" not in str(caught.value)

    @pytest.mark.parametrize("client", [0.3], indirect=True)
    @pytest.mark.parametrize("fault", [Fault.HANG, Fault.DRIP])
    async def test_a_slow_link_ends_in_time(self, client, fault):
        """A link that never delivers does not hold the run up."""
        with pytest.raises(ServiceUnavailableError, match=r"within 0\.3 s"):
            await fetch_offer(client, torrent=GOOD, fault=fault)

    @pytest.mark.parametrize("status", [404, 410])
    async def test_both_ways_of_being_gone(self, status):
        """The caller goes on with the next release, without blaming the indexer."""
        network = httpx.MockTransport(lambda request: httpx.Response(status))
        client = HttpClient(adapter="mine", clock=ManualClock(), deadline=30, network=network)
        with pytest.raises(ReleaseGoneError, match=str(status)):
            await fetch_payload(client, "http://h/1", expected=None, adapter="mine")
        await client.aclose()

    @pytest.mark.parametrize(("redirects", "is_fine"), [(5, True), (6, False)])
    async def test_five_redirects_and_no_more(self, client, redirects, is_fine):
        """Where the line is drawn."""
        offers = [
            OfferedRelease(title=str(n), link=LinkAnswer.REDIRECT, redirect_to=str(n + 1)) for n in range(redirects)
        ]
        with TorznabServer([*offers, OfferedRelease(title="last", torrent=GOOD)]) as server:
            call = fetch_payload(client, server.link_of(server.offers[0]), expected=None, adapter="mine")
            if is_fine:
                assert await call == read_torrent(GOOD)
            else:
                with pytest.raises(BadTorrentError, match="more than 5"):
                    await call

    async def test_a_redirect_to_nowhere(self, client):
        """Status 302 without a place is no answer."""
        with pytest.raises(RadarrCoreError, match=r"nowhere|address"):
            await fetch_offer(client, link=LinkAnswer.REDIRECT, redirect_to=" ")
