"""One way to speak HTTP: every request ends in time, every answer has a largest size, every failure a type."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import httpx
from attrs import field, frozen
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

from radarr_core.errors import BadResponseError, ServiceUnavailableError
from radarr_core.ports.clock import Clock
from radarr_core.settings import Secret

from .addresses import show_host
from .failures import LIBRARY_ERRORS, error_from_status, translate
from .redaction import Redacting, Redactor

if TYPE_CHECKING:
    import ssl

MAX_REDIRECTS = 5
MAX_BODY = 16 * 1024 * 1024
"""Bytes an answer may have unless the caller says otherwise."""

ADDRESS_ERRORS = (httpx.InvalidURL, ValueError)
"""What is raised over addresses that are none; a `UnicodeError` over their hosts is a `ValueError` too."""

_LAST_PORT = 65535
_HTML_STARTS = (b"<!doctype html", b"<html")
_LOOPBACK = ("all://127.0.0.1", "all://localhost", "all://[::1]")


@frozen(kw_only=True)
class Answer:
    """What a server answered. `url` is where the answer came from, after redirects; it may carry a key."""

    status: int
    url: str = field(repr=False)
    body: bytes = field(repr=False)
    content_type: str
    location: str | None = field(default=None, repr=False)

    @property
    def is_html(self) -> bool:
        """Whether it is a web page, by its type or by how it begins."""
        return self.content_type == "text/html" or self.body[:256].lstrip().lower().startswith(_HTML_STARTS)


class HttpClient:
    """Sends requests for one adapter.

    Errors are those of `transport.failures`; addresses in them are shown without keys. GETs that met a broken
    connection or a status of 5xx are tried again, as long as the deadline allows.

    Args:
        adapter: the configured name, for messages.
        clock: what waits between attempts.
        deadline: seconds a call may take, all attempts and waits together.
        secrets: what must never be shown.
        headers: sent with every request.
        attempts: how often a GET is tried at most.
        has_secret_paths: whether paths hold keys, so that messages show addresses up to the host only.
        network: what carries requests; httpx's own when None.
    """

    def __init__(
        self,
        *,
        adapter: str,
        clock: Clock,
        deadline: float,
        secrets: Collection[Secret | None] = (),
        headers: Mapping[str, str] | None = None,
        attempts: int = 3,
        has_secret_paths: bool = False,
        network: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.show = Redactor.of(*secrets)
        self._adapter = adapter
        self._clock = clock
        self._deadline = deadline
        self._attempts = attempts
        self._has_secret_paths = has_secret_paths
        self._client = httpx.AsyncClient(
            headers={"User-Agent": _user_agent(), **(headers or {})},
            timeout=httpx.Timeout(deadline, connect=min(deadline, 10.0)),
            max_redirects=MAX_REDIRECTS,
            verify=_tls_context(),
            transport=network,
            # A proxy from the environment is never meant for this machine itself.
            mounts={} if network else dict.fromkeys(_LOOPBACK),
        )

    def place(self, url: httpx.URL | str) -> str:
        """An address as messages show it: no query, where keys stand, and no other secret."""
        text = str(url).partition("?")[0]
        return self.show(show_host(text) if self._has_secret_paths else text)

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        accept: str = "*/*",
        max_body: int = MAX_BODY,
        follow_redirects: bool = True,
        also: Collection[int] = (),
        allow_html: bool = False,
    ) -> Answer:
        """Ask for a page; a web page instead of data is an error unless `allow_html` is set.

        Args:
            url: where; http or https.
            params: added to the query.
            accept: the media types that are welcome.
            max_body: bytes; a larger answer is cut off and is an error.
            follow_redirects: up to five of them; otherwise pass their codes in `also`.
            also: status codes beside 2xx that are answers and no errors.
            allow_html: whether a web page is an answer too.

        Raises:
            ServiceUnavailableError, RateLimitedError, AuthenticationError, BadResponseError: see `transport.failures`.
        """
        request = self._build("GET", url, params=params, headers={"Accept": accept})
        retrying = AsyncRetrying(
            sleep=self._clock.sleep,
            retry=retry_if_exception(_is_worth_another_try),
            stop=stop_after_attempt(self._attempts),
            wait=wait_exponential(multiplier=0.5, max=5.0) + wait_random(0, 0.5),
            reraise=True,
        )
        async with self.within_deadline(url):
            answer: Answer = await retrying(self._send, request, max_body, follow_redirects, also)
        if answer.is_html and not allow_html:
            shown = self.place(answer.url)
            raise BadResponseError(
                f"{shown!r} answered with a web page; a guard or login page may stand before it", adapter=self._adapter
            )
        return answer

    async def post(self, url: str, content: bytes, *, headers: Mapping[str, str]) -> None:
        """Send something, once. Redirects are not followed, and what is answered beside the status is not read.

        Raises:
            ServiceUnavailableError, RateLimitedError, AuthenticationError, BadResponseError: see `transport.failures`.
        """
        request = self._build("POST", url, headers=headers, content=content)
        async with self.within_deadline(url):
            await self._send(request, None, False, ())

    async def knock(self, url: str) -> int:
        """Find out whether anything answers there, by HEAD; the status code, whatever it is.

        Raises:
            ServiceUnavailableError, BadResponseError: nothing does, or not in HTTP.
        """
        request = self._build("HEAD", url)
        async with self.within_deadline(url):
            return (await self._send(request, None, False, range(100, 600))).status

    @asynccontextmanager
    async def within_deadline(self, url: str) -> AsyncIterator[None]:
        """End the block after the deadline with a `ServiceUnavailableError`; for calls of several requests."""
        try:
            async with asyncio.timeout(self._deadline):
                yield
        except TimeoutError as error:
            message = f"{self.place(url)!r} did not answer within {self._deadline:g} s; try again later"
            raise ServiceUnavailableError(message, adapter=self._adapter) from error

    async def aclose(self) -> None:
        """Close connections; calling it twice does no harm."""
        await self._client.aclose()

    def _build(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Request:
        try:
            target = httpx.URL(url)
            target = target.copy_merge_params(params) if params else target
            read_host(target)
        except ADDRESS_ERRORS as error:
            raise translate(error, where=self.place(url), adapter=self._adapter) from error
        return self._client.build_request(method, target, headers=headers, content=content)

    async def _send(
        self, request: httpx.Request, max_body: int | None, follow_redirects: bool, also: Collection[int]
    ) -> Answer:
        where = self.place(request.url)
        with Redacting(self.show):
            try:
                response = await self._client.send(request, stream=True, follow_redirects=follow_redirects)
                try:
                    self._check_status(response, also)
                    body = b"" if max_body is None else await self._read(response, max_body)
                finally:
                    await response.aclose()
            except (*LIBRARY_ERRORS, UnicodeError) as error:  # the latter from the host of a redirect
                raise translate(error, where=where, adapter=self._adapter) from error
        return Answer(
            status=response.status_code,
            url=str(response.url),
            body=body,
            content_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            location=response.headers.get("Location"),
        )

    def _check_status(self, response: httpx.Response, also: Collection[int]) -> None:
        error = error_from_status(
            response.status_code,
            where=self.place(response.url),
            adapter=self._adapter,
            retry_after=response.headers.get("Retry-After"),
            now=self._clock.now(),
        )
        if error is not None and response.status_code not in also:
            raise error

    async def _read(self, response: httpx.Response, max_body: int) -> bytes:
        """Count while reading: neither a wrong length nor a compressed flood gets past the limit."""
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > max_body:
                shown = self.place(response.url)
                raise BadResponseError(f"{shown!r} answered with more than {max_body} bytes", adapter=self._adapter)
        return bytes(body)


def read_host(url: httpx.URL | str) -> str:
    """The host of an address; any of `ADDRESS_ERRORS` for what is none.

    httpx takes a host as it stands and decodes it (IDNA) only while it sends: that is found out here.
    """
    target = httpx.URL(url)
    if (target.port or 0) > _LAST_PORT:
        raise ValueError("there is no such port")
    return target.host


def _is_worth_another_try(error: BaseException) -> bool:
    """Not after a time-out, which has used the time up, and not when the service named a time itself."""
    return (
        isinstance(error, ServiceUnavailableError)
        and error.retry_after is None
        and not isinstance(error.__cause__, httpx.TimeoutException)
    )


@cache
def _tls_context() -> ssl.SSLContext:
    """Reading the certificates takes longer than a request; once is enough."""
    return httpx.create_ssl_context()


@cache
def _user_agent() -> str:
    try:
        return f"radarr-core/{version('radarr-core')}"
    except PackageNotFoundError:
        return "radarr-core"
