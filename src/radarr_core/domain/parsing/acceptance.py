"""Which names are accepted as a movie, and which are refused with their reason."""

from __future__ import annotations

import re

from radarr_core.domain.releases import NameFacts, NameKind, ParsedRelease, Span
from radarr_core.errors import NotAMovieError, UnparsableReleaseError

from .building import build_facts, build_release
from .containers import EXTENSIONS
from .reader import Reading, read_text

MAX_NAME = 1024
"""Code points; longer names are refused unread."""

_MOVIE = NameKind.MOVIE

# Names that are sums, counters or nonsense instead of names, once their extension is off.
_HASHED = re.compile(
    r"[^\W_]{32}|(?-i:[a-z0-9]{24}\Z|[A-Z]{11}\d{3}\Z|[a-z]{12}\d{3}\Z|Backup_\d{5,}S\d{2}-\d{2}\Z)"
    r"|123\Z|abc\Z|abc[-_. ]xyz|b00bs\Z",
    re.IGNORECASE,
)
# 720p, 1080p and 2160p backwards.
_REVERSED = re.compile(r"(?:\A|[-_. ])(?:p027|p0801|p0612)[-_. ]")


def read_name(text: str) -> NameFacts:
    """Read everything that stands in a text, whatever it is the name of.

    Never raises: a text that says nothing gives empty facts of kind `unknown`, with the reason.
    """
    return build_facts(text, _read(text))


def parse_release(name: str, *, as_folder: bool = False) -> ParsedRelease:
    """Read a release name as a movie.

    Args:
        name: the name of a release, or of a file without its folders.
        as_folder: the name is that of a folder in a library, where the year may come first.

    Raises:
        NotAMovieError: the name is that of an episode, a season, music, a game or a book.
        UnparsableReleaseError: no title of a film can be found in it, or it is longer than 1,024 characters.
    """
    return accept(name, _read(name, as_folder=as_folder))


def accept(name: str, reading: Reading) -> ParsedRelease:
    """The release that was read, or the refusal of what is none.

    Raises:
        NotAMovieError: it is the name of something else.
        UnparsableReleaseError: it is the name of nothing.
    """
    if reading.kind is _MOVIE:
        return build_release(name, reading)
    if reading.kind is NameKind.UNKNOWN:
        raise UnparsableReleaseError(name, reading.reason)
    raise NotAMovieError(name, reading.reason)


def find_refusal(text: str) -> str | None:
    """Why a text is no release name before it is even read; None when it may be one."""
    if len(text) > MAX_NAME:
        return f"longer than {MAX_NAME} characters"
    if text.startswith("._"):
        return "the companion file of a system, not a release"
    if _HASHED.match(strip_extension(text)):
        return "a hashed or generated name"
    low = text.lower()
    if "yenc" in low and "password" in low:
        return "an obfuscated post"
    return None


def strip_extension(text: str) -> str:
    """The text without its extension, where it is one the field knows."""
    head, dot, tail = text.rpartition(".")
    return head if dot and tail.lower() in EXTENSIONS else text


def _read(text: str, *, as_folder: bool = False) -> Reading:
    refusal = find_refusal(text)
    if refusal is None:
        if "p027" in text or "p0801" in text or "p0612" in text:
            return _read_reversed(text, as_folder=as_folder)
        return read_text(text, as_folder=as_folder)
    # What is too long is not read at all; a hash may still say something to whoever asks for facts alone.
    reading = Reading() if len(text) > MAX_NAME else read_text(text, as_folder=as_folder)
    reading.kind, reading.reason = NameKind.UNKNOWN, refusal
    return reading


def _read_reversed(text: str, *, as_folder: bool) -> Reading:
    """A name posted backwards is turned round, its extension kept; spans are those of the text as given."""
    body = strip_extension(text)
    if _REVERSED.search(body) is None:
        return read_text(text, as_folder=as_folder)
    reading = read_text(body[::-1] + text[len(body) :], as_folder=as_folder)
    size = len(body)
    for field, spans in reading.spans.items():
        reading.spans[field] = tuple(
            span if span.start >= size else Span(size - span.end, size - span.start) for span in spans
        )
    return reading
