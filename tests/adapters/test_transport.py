"""The one way to speak HTTP: deadlines, limits, retries, error tables."""

import asyncio
import gzip
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from radarr_adapters.transport.client import HttpClient
from radarr_adapters.transport.failures import EXCEPTIONS, error_from_status, parse_retry_after, translate
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    BugError,
    ConfigurationError,
    RadarrCoreError,
    RateLimitedError,
    ServiceUnavailableError,
    UnreachableError,
)
from radarr_core.settings import Secret
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.servers import Fault, LoopbackServer, refused_url
from radarr_core.testing.servers.loopback import Reply

NOW = datetime(2025, 1, 1, 12, tzinfo=UTC)


class Echo(LoopbackServer):
    """Answers with a fixed reply, or with the next of several."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__()
        self._replies = list(replies) or [Reply(b"fine", content_type="text/plain")]

    def answer(self, request):
        """The next reply; the last one again and again."""
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]


@pytest.fixture
def clock():
    """Waits end at once and are counted."""
    return ManualClock()


@pytest.fixture
async def client(clock):
    """A client with time enough, also on a machine that has none to spare."""
    client = HttpClient(adapter="mine", clock=clock, deadline=30, secrets=[Secret("hush-hush"), None])
    yield client
    await client.aclose()


@pytest.fixture
async def hasty(clock):
    """A client with a short deadline."""
    client = HttpClient(adapter="mine", clock=clock, deadline=0.3)
    yield client
    await client.aclose()


def mocked(clock, handler, **more):
    """A client whose network is a function."""
    return HttpClient(
        adapter="mine",
        clock=clock,
        deadline=5,
        network=httpx.MockTransport(handler),
        secrets=[Secret("hush-hush")],
        **more,
    )


LEAVES = {
    httpx.ConnectTimeout: ServiceUnavailableError,
    httpx.ReadTimeout: ServiceUnavailableError,
    httpx.WriteTimeout: ServiceUnavailableError,
    httpx.PoolTimeout: ServiceUnavailableError,
    httpx.ConnectError: UnreachableError,
    httpx.ReadError: ServiceUnavailableError,
    httpx.WriteError: ServiceUnavailableError,
    httpx.CloseError: ServiceUnavailableError,
    httpx.ProxyError: UnreachableError,
    httpx.RemoteProtocolError: ServiceUnavailableError,
    httpx.LocalProtocolError: ConfigurationError,
    httpx.UnsupportedProtocol: BadResponseError,
    httpx.DecodingError: BadResponseError,
    httpx.TooManyRedirects: BadResponseError,
    httpx.InvalidURL: BadResponseError,
    httpx.CookieConflict: BadResponseError,
    httpx.HTTPStatusError: BadResponseError,
    httpx.StreamConsumed: BugError,
    httpx.StreamClosed: BugError,
    httpx.ResponseNotRead: BugError,
    httpx.RequestNotRead: BugError,
}


class TestErrorTable:
    @staticmethod
    def exceptions():
        """Every exception httpx publishes that has no other one below it."""
        every = [x for x in vars(httpx).values() if isinstance(x, type) and issubclass(x, Exception)]
        return [kind for kind in every if not any(other is not kind and issubclass(other, kind) for other in every)]

    def test_it_is_complete(self):
        """A new exception of httpx cannot slip through untranslated."""
        assert set(self.exceptions()) == set(LEAVES)
        assert all(any(issubclass(kind, base) for base in EXCEPTIONS) for kind in self.exceptions())

    @pytest.mark.parametrize(("kind", "ours"), LEAVES.items(), ids=lambda x: x.__name__)
    def test_each_exception_becomes_one_of_ours(self, kind, ours):
        """Callers know what to do by the type alone; the message names adapter and address."""
        error = kind.__new__(kind)
        found = translate(error, where="http://host/", adapter="mine")
        assert type(found) is ours
        assert str(found).startswith("mine: 'http://host/'")

    @pytest.mark.parametrize(
        ("status", "ours"),
        [
            (200, None), (204, None),
            (301, BadResponseError), (400, BadResponseError), (404, BadResponseError), (410, BadResponseError),
            (401, AuthenticationError), (403, AuthenticationError),
            (408, ServiceUnavailableError), (500, ServiceUnavailableError), (502, ServiceUnavailableError),
            (503, ServiceUnavailableError), (599, ServiceUnavailableError),
            (429, RateLimitedError),
        ],
    )  # fmt: skip
    def test_each_status_has_a_meaning(self, status, ours):
        """The table of status codes."""
        error = error_from_status(status, where="http://host/", adapter="mine", retry_after=None, now=NOW)
        assert (type(error) if error else None) is ours


class TestRetryAfter:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("120", 120.0),
            (" 5 ", 5.0),
            (format_datetime(NOW + timedelta(minutes=2), usegmt=True), 120.0),
            (format_datetime(NOW - timedelta(minutes=2), usegmt=True), 0.0),
            ("soon", None),
            ("-5", None),
            ("", None),
            ("٣", None),
            ("9" * 5000, 999999999.0),
            (None, None),
        ],
    )
    def test_both_forms_are_read(self, text, seconds):
        """Seconds and HTTP dates; nonsense is no patience asked for."""
        assert parse_retry_after(text, NOW) == seconds

    async def test_429_says_how_long(self, client):
        """The caller learns the seconds, and the client does not try again by itself."""
        with Echo() as server:
            server.fault = Fault.RATE_LIMITED
            with pytest.raises(RateLimitedError) as caught:
                await client.get(server.url)
        assert caught.value.retry_after == 120
        assert len(server.requests) == 1


class TestDeadline:
    @pytest.mark.parametrize("fault", [Fault.HANG, Fault.DRIP])
    async def test_a_slow_server_ends_in_time(self, hasty, fault):
        """Neither silence nor a byte now and then outlasts the deadline."""
        with Echo() as server:
            server.fault = fault
            began = time.monotonic()
            with pytest.raises(ServiceUnavailableError, match=r"within 0\.3 s"):
                await hasty.get(server.url)
        assert time.monotonic() - began < 10

    async def test_waits_between_attempts_count(self):
        """A clock that really waits cannot stretch a call beyond its deadline."""

        class Slow(ManualClock):
            async def sleep(self, seconds):
                await asyncio.Event().wait()

        client = HttpClient(adapter="mine", clock=Slow(), deadline=0.2)
        with pytest.raises(ServiceUnavailableError, match="within"):
            await client.get(refused_url())
        await client.aclose()

    async def test_cancelling_goes_through(self, client):
        """A cancelled caller is not told of a time-out."""
        with Echo() as server:
            server.fault = Fault.HANG
            task = asyncio.create_task(client.get(server.url))
            await asyncio.to_thread(server.arrived.wait, 5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task


class TestSize:
    async def test_fifty_megabytes_are_cut_off(self, client):
        """A body without end and without a length is not read to its end."""
        with Echo() as server:
            server.fault = Fault.HUGE_BODY
            with pytest.raises(BadResponseError, match="more than 1000 bytes"):
                await client.get(server.url, max_body=1000)

    async def test_compressed_bytes_count_unpacked(self, client):
        """A small answer that unpacks to a large one is over the limit."""
        packed = gzip.compress(b"a" * 100_000)
        with (
            Echo(Reply(packed, content_type="text/plain", headers={"Content-Encoding": "gzip"})) as server,
            pytest.raises(BadResponseError, match="more than"),
        ):
            await client.get(server.url, max_body=10_000)

    async def test_the_limit_itself_is_fine(self, client):
        """Exactly as many bytes as allowed are an answer."""
        with Echo(Reply(b"a" * 100)) as server:
            assert (await client.get(server.url, max_body=100)).body == b"a" * 100


class TestRetries:
    async def test_5xx_is_tried_again(self, client, clock):
        """A hiccup is not seen by the caller; waiting is the clock's."""
        with Echo(Reply(b"", 502), Reply(b"", 500), Reply(b"fine")) as server:
            assert (await client.get(server.url)).body == b"fine"
        assert len(server.requests) == 3
        assert len(clock.slept) == 2
        assert clock.slept[0] < clock.slept[1] + 0.5

    async def test_it_gives_up(self, client):
        """Three attempts, no more."""
        with Echo() as server:
            server.fault = Fault.DROPPED
            with pytest.raises(ServiceUnavailableError, match="broke off"):
                await client.get(server.url)
        assert len(server.requests) == 3

    async def test_refused(self, client, clock):
        """A port nobody listens on is tried again too, then named."""
        url = refused_url()
        with pytest.raises(ServiceUnavailableError, match=url):
            await client.get(url)
        assert len(clock.slept) == 2

    async def test_a_named_time_is_respected(self, client, clock):
        """A 503 with `Retry-After` goes to the caller at once, with the seconds."""
        with Echo(Reply(b"", 503, headers={"Retry-After": "7"})) as server:
            with pytest.raises(ServiceUnavailableError) as caught:
                await client.get(server.url)
            assert caught.value.retry_after == 7
            assert len(server.requests) == 1

    async def test_a_time_out_is_not_tried_again(self, clock):
        """It has used the time up; a second one would make the caller wait twice."""
        asked = []

        def handle(request):
            asked.append(request)
            raise httpx.ReadTimeout("slow")

        client = mocked(clock, handle)
        with pytest.raises(ServiceUnavailableError, match="did not answer in time"):
            await client.get("http://host/")
        await client.aclose()
        assert len(asked) == 1

    async def test_posts_are_never_repeated(self, client):
        """A POST may have had its effect before the connection broke."""
        with Echo() as server:
            server.fault = Fault.SERVER_ERROR
            with pytest.raises(ServiceUnavailableError):
                await client.post(server.url, b"{}", headers={})
        assert len(server.requests) == 1

    @pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.NOT_FOUND, Fault.HTML])
    async def test_what_will_not_change_is_not_tried_again(self, client, fault):
        """A refused key stays refused; asking again gets an account locked."""
        with Echo() as server:
            server.fault = fault
            with pytest.raises(RadarrCoreError):
                await client.get(server.url)
        assert len(server.requests) == 1


class TestAnswers:
    @pytest.mark.parametrize(
        "reply",
        [
            Reply(b"anything", content_type="text/html; charset=utf-8"),
            Reply(b"\n <!DOCTYPE HTML><html>", content_type="application/xml"),
            Reply(b"<html lang=en>", content_type="application/octet-stream"),
        ],
    )
    async def test_a_web_page_is_no_data(self, client, reply):
        """Guards and login pages answer 200; they are told by type or by look."""
        with Echo(reply) as server, pytest.raises(BadResponseError, match="web page"):
            await client.get(server.url)

    async def test_redirects_are_followed(self, client):
        """The answer says where it came from."""
        with Echo(Reply(b"", 302, headers={"Location": "/there"}), Reply(b"fine")) as server:
            answer = await client.get(f"{server.url}/here")
            assert (answer.body, answer.url) == (b"fine", f"{server.url}/there")

    async def test_redirects_have_an_end(self, client):
        """A loop is an answer that is no answer."""
        with (
            Echo(Reply(b"", 302, headers={"Location": "/again"})) as server,
            pytest.raises(BadResponseError, match="redirects without end"),
        ):
            await client.get(server.url)
        assert len(server.requests) == 6

    async def test_a_redirect_to_a_file_is_refused(self, client):
        """A server cannot make us read this machine's disk."""
        with (
            Echo(Reply(b"", 302, headers={"Location": "file:///etc/passwd"})) as server,
            pytest.raises(BadResponseError),
        ):
            await client.get(server.url)

    async def test_an_address_that_is_none(self, client):
        """A malformed address is an error of ours, not httpx's."""
        with pytest.raises(BadResponseError, match="address that is none"):
            await client.get("http://host:port/")

    async def test_loopback_goes_past_proxies(self, monkeypatch, clock):
        """A proxy in the environment is not asked for this machine's own servers."""
        monkeypatch.setenv("HTTP_PROXY", refused_url())
        client = HttpClient(adapter="mine", clock=clock, deadline=2)
        with Echo() as server:
            assert (await client.get(server.url)).body == b"fine"
        await client.aclose()

    async def test_knocking_takes_any_answer(self, client):
        """Somebody who answers 405 is there."""
        with Echo(Reply(b"", 405)) as server:
            assert await client.knock(server.url) == 405
        assert server.requests[0].method == "HEAD"


class TestSecrecy:
    URL = "http://user:pass-word@host/x?apikey=k1234&q=film&passkey=p1234"

    @pytest.mark.parametrize(
        "broken",
        [
            httpx.ConnectError("no"),
            httpx.ReadTimeout("no"),
            httpx.Response(401),
            httpx.Response(404),
            httpx.Response(429),
            httpx.Response(500),
            httpx.Response(200, html="<html>"),
            httpx.Response(200, content=b"a" * 200),
        ],
        ids=repr,
    )
    async def test_errors_show_no_key(self, clock, broken):
        """No message has a key, a password or a secret of the settings, and its cause has none either."""

        def handle(request):
            if isinstance(broken, Exception):
                raise broken
            return broken

        client = mocked(clock, handle)
        with pytest.raises(RadarrCoreError) as caught:
            await client.get(f"{self.URL}&x=hush-hush", max_body=100)
        await client.aclose()
        shown = f"{caught.value} {caught.value.__cause__!r}"
        assert not [key for key in ("k1234", "p1234", "pass-word", "hush-hush") if key in shown]
        assert "host/x'" in shown

    async def test_logs_show_no_key(self, clock, caplog):
        """Httpx logs every address in full; through this client the records are clean, down to debug."""
        caplog.set_level("DEBUG")
        client = HttpClient(adapter="mine", clock=clock, deadline=2, secrets=[Secret("hush-hush")])
        location = {"Location": "/there?torrent_pass=t1234"}
        with Echo(Reply(b"", 302, headers=location), Reply(b"fine")) as server:
            await client.get(f"{server.url}/hush-hush", params={"apikey": "k1234", "q": "film"})
        await client.aclose()
        assert "q=film" in caplog.text
        assert not [key for key in ("k1234", "t1234", "hush-hush") if key in caplog.text]

    async def test_other_peoples_logs_stay_as_they_are(self, clock, caplog):
        """The library changes nothing about an application's own use of httpx."""
        caplog.set_level("INFO")
        client = mocked(clock, lambda request: httpx.Response(200, text="fine"))
        await client.get("http://host/?apikey=k1234")
        await client.aclose()
        async with httpx.AsyncClient(transport=httpx.MockTransport(lambda request: httpx.Response(200))) as own:
            await own.get("http://host/?apikey=theirs")
        assert "apikey=theirs" in caplog.text


@pytest.mark.parametrize("url", ["http://xn--a.example/x", "http://[::1", "http://h:99999/", "http://h\0/"])
async def test_what_is_no_address_is_a_typed_error(client, url):
    """Also a host that cannot be decoded, which httpx finds out only while it sends."""
    with pytest.raises(BadResponseError, match="address that is none") as caught:
        await client.get(url)
    assert caught.value.adapter == "mine"


async def test_a_redirect_to_what_is_no_address_is_a_typed_error(clock):
    """A server may redirect to anything."""
    client = mocked(clock, lambda request: httpx.Response(302, headers={"Location": "http://xn--a.example/x"}))
    with pytest.raises(BadResponseError) as caught:
        await client.get("http://host/")
    assert caught.value.adapter == "mine"
    await client.aclose()
