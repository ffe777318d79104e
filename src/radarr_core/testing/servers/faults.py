"""What can go wrong with a server, to be switched on while it runs."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """The ways a stand-in server misbehaves when told to."""

    REFUSED = "refused"
    """Nothing listens on the port any more."""
    HANG = "hang"
    """The request is read, and no answer ever comes."""
    DRIP = "drip"
    """The answer comes a byte at a time, without end."""
    DROPPED = "dropped"
    """The connection is closed without an answer."""
    UNAUTHORIZED = "unauthorized"
    """Status 401."""
    FORBIDDEN = "forbidden"
    """Status 403."""
    NOT_FOUND = "not-found"
    """Status 404."""
    RATE_LIMITED = "rate-limited"
    """Status 429 with `Retry-After`."""
    SERVER_ERROR = "server-error"
    """Status 500."""
    HTML = "html"
    """A web page with status 200, as sites behind a guard answer."""
    TRUNCATED = "truncated"
    """The first half of the right answer, under a length that matches."""
    ENTITY_BOMB = "entity-bomb"
    """XML whose entities would grow to gigabytes."""
    HUGE_BODY = "huge-body"
    """Fifty megabytes, sent for as long as the other side takes them."""
    ERROR_DOCUMENT = "error-document"
    """An error in XML with status 200, as Torznab has them."""


STATUS_OF = {
    Fault.UNAUTHORIZED: 401,
    Fault.FORBIDDEN: 403,
    Fault.NOT_FOUND: 404,
    Fault.RATE_LIMITED: 429,
    Fault.SERVER_ERROR: 500,
}

HTML_PAGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking you</body></html>"

ENTITY_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 20) for name in range(ord("b"), ord("k")))
    + b"]><rss><channel><title>&j;</title></channel></rss>"
)

HUGE_SIZE = 50 * 1024 * 1024
