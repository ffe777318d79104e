"""Addresses a person wrote into settings: whether they are any, and how much of them may be shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .redaction import HIDDEN, redact

_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*://")


def is_web_address(url: str) -> bool:
    """Whether it is an address of http or https with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def show_address(url: str) -> str:
    """The address without names, passwords and keys, also where it lacks its scheme or is none at all."""
    scheme, rest = _split(url)
    _, at, after = rest.rpartition("@")
    return redact(f"{scheme}{HIDDEN}@{after}" if at else url)


def show_host(url: str) -> str:
    """The address up to its host: chat services have keys in paths, of forms that cannot be told from others."""
    scheme, rest = _split(show_address(url))
    host, *more = re.split(r"[/?#]", rest, maxsplit=1)
    return f"{scheme}{host}/..." if any(more) else f"{scheme}{rest}"


def _split(url: str) -> tuple[str, str]:
    match = _SCHEME.match(url)
    return (match[0], url[match.end() :]) if match else ("", url)
