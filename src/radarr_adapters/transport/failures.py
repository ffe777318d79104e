"""From httpx's exceptions and HTTP's status codes to this library's errors, each in one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

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

EXCEPTIONS: Mapping[type[Exception], tuple[type[RadarrCoreError], str]] = {
    httpx.TimeoutException: (ServiceUnavailableError, "did not answer in time; is it overloaded?"),
    httpx.ConnectError: (UnreachableError, "cannot be reached; check that it runs and that the address is right"),
    httpx.NetworkError: (
        ServiceUnavailableError,
        "cannot be reached; check that it runs and that the address is right",
    ),
    httpx.RemoteProtocolError: (ServiceUnavailableError, "broke off the connection"),
    httpx.ProxyError: (UnreachableError, "cannot be reached through the proxy"),
    httpx.LocalProtocolError: (ConfigurationError, "was asked for something HTTP cannot say; check keys for line ends"),
    httpx.UnsupportedProtocol: (BadResponseError, "points to an address that is not http or https"),
    httpx.InvalidURL: (BadResponseError, "points to an address that is none"),
    httpx.DecodingError: (BadResponseError, "answered in a broken compression"),
    httpx.TooManyRedirects: (BadResponseError, "redirects without end"),
    httpx.CookieConflict: (BadResponseError, "set two cookies of one name"),
    httpx.HTTPError: (BadResponseError, "answered with something that is not HTTP"),
    httpx.StreamError: (BugError, "was read in the wrong order"),
    ValueError: (BadResponseError, "points to an address that is none"),
}
"""What each exception of httpx becomes; the first class that fits wins. Of hosts, it lets a `ValueError` through."""

LIBRARY_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, httpx.StreamError)


def translate(error: Exception, *, where: str, adapter: str) -> RadarrCoreError:
    """This library's error for one of httpx's. `where` is the address, already redacted."""
    for kind, (ours, words) in EXCEPTIONS.items():
        if isinstance(error, kind):
            return ours(f"{where!r} {words} ({type(error).__name__})", adapter=adapter)
    raise error


def error_from_status(
    status: int, *, where: str, adapter: str, retry_after: str | None, now: datetime
) -> RadarrCoreError | None:
    """The error a status code stands for; None for 2xx."""
    seconds = parse_retry_after(retry_after, now)
    if 200 <= status < 300:
        return None
    if status in (401, 403):
        return AuthenticationError(f"{where!r} answered {status}; check the key or password", adapter=adapter)
    if status == 429:
        wait = "" if seconds is None else f"; it asks for {seconds:.0f} s of patience"
        return RateLimitedError(f"{where!r} counted too many requests{wait}", adapter=adapter, retry_after=seconds)
    if status == 408 or status >= 500:
        return ServiceUnavailableError(
            f"{where!r} answered {status}; try again later", adapter=adapter, retry_after=seconds
        )
    return BadResponseError(f"{where!r} answered {status}, which its protocol does not have", adapter=adapter)


def parse_retry_after(text: str | None, now: datetime) -> float | None:
    """The seconds a `Retry-After` header asks for (RFC 9110, 10.2.3): a number, or a moment; None for nonsense."""
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
