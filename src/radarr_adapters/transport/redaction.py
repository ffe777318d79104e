"""Keys and passwords are taken out of whatever a person may come to read: messages, logs, representations."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from contextvars import ContextVar
from urllib.parse import quote, quote_plus

from attrs import field, frozen

from radarr_core.settings import Secret

HIDDEN = "***"
_SHORTEST = 4

# Names of query values that trackers and aggregators put keys under.
_SECRET_NAMES = (
    "access_token", "api_key", "api_token", "apikey", "auth", "authkey", "hash_key", "jwt", "key", "passkey", "passwd",
    "password", "pid", "pwd", "rss_key", "rsskey", "secret", "sig", "signature", "token", "torrent_pass",
)  # fmt: skip
_QUERY_VALUE = re.compile(rf"(?i)(?:\b|(?<=%3F)|(?<=%26))({'|'.join(_SECRET_NAMES)})(=|%3D)[^&\s\"'<>#;,)]+")
_USER_INFO = re.compile(r"(?i)(https?://)[^/\s@\"']+@")
# Trackers and chat services have keys in paths too: http://tracker/0123456789abcdef0123456789abcdef/announce
_PATH_KEY = re.compile(r"(?<=/)(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{32,}(?=[/?\s\"']|\Z)")


def redact(text: str) -> str:
    """The text without the keys that can be told by their place in a URL."""
    text = _USER_INFO.sub(rf"\1{HIDDEN}@", text)
    text = _QUERY_VALUE.sub(rf"\1\2{HIDDEN}", text)
    return _PATH_KEY.sub(HIDDEN, text)


def _spellings(secrets: Iterable[Secret]) -> tuple[str, ...]:
    # A shorter one would be found inside ordinary words, and every message would be full of holes.
    texts = [secret.reveal() for secret in secrets if len(secret.reveal()) >= _SHORTEST]
    spelled = {form for text in texts for form in (text, quote(text, safe=""), quote_plus(text))}
    return tuple(sorted(spelled, key=len, reverse=True))


@frozen
class Redactor:
    """Takes known secrets out of texts, beside what `redact` finds."""

    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, *secrets: Secret | None) -> Redactor:
        """One that knows those secrets, as they are and as URLs spell them."""
        return cls(_spellings(secret for secret in secrets if secret is not None))

    def __call__(self, text: str) -> str:
        """The text as it may be shown."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return redact(text)


_current: ContextVar[Redactor | None] = ContextVar("radarr_adapters_redactor", default=None)


class _RedactingFilter(logging.Filter):
    """Rewrites records of the HTTP library that come out of our own requests; everybody else's stay as they are."""

    def filter(self, record: logging.LogRecord) -> bool:
        redactor = _current.get()
        if redactor is not None:
            record.msg, record.args = redactor(record.getMessage()), ()
        return True


_FILTER = _RedactingFilter()
_LIBRARY_LOGGERS = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.http2", "httpcore.proxy")


class Redacting:
    """While the block runs, log records of httpx and httpcore are redacted: httpx logs every URL in full."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        for name in _LIBRARY_LOGGERS:
            logging.getLogger(name).addFilter(_FILTER)  # adding it again has no effect

    def __enter__(self) -> None:
        self._token = _current.set(self._redactor)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)
