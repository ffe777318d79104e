"""Which names are accepted as a movie, and which are refused with their reason."""

from __future__ import annotations

from attrs import fields

from radarr_core.domain.releases import NameFacts, NameKind, ParsedRelease
from radarr_core.errors import NotAMovieError, UnparsableReleaseError

from .names import read_name

MAX_NAME = 1024
"""Code points; longer names are refused unread."""
MAX_PATH = 4096

_SHARED = tuple(item.name for item in fields(ParsedRelease))


def parse_release(name: str) -> ParsedRelease:
    """Read a release name as a movie.

    Raises:
        NotAMovieError: the name is that of an episode, a season, music, a game or a book.
        UnparsableReleaseError: no title of a film can be found in it, or it is longer than 1,024 characters.
    """
    facts = read_name(name)
    return _accept(name, facts)


def _accept(name: str, facts: NameFacts) -> ParsedRelease:
    if facts.kind is NameKind.UNKNOWN or facts.title is None:
        raise UnparsableReleaseError(name, facts.reason)
    if facts.kind is not NameKind.MOVIE:
        raise NotAMovieError(name, facts.reason)
    return ParsedRelease(**{field: getattr(facts, field) for field in _SHARED})


def parse_release_path(path: str) -> ParsedRelease:
    """Read a path as a movie: its file name, and where that tells nothing, the folder it lies in.

    Raises:
        UnparsableReleaseError: neither can be read as a movie, or the path is longer than 4,096 characters.
    """
    if len(path) > MAX_PATH:
        raise UnparsableReleaseError(path, f"longer than {MAX_PATH} characters")
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    refusal: UnparsableReleaseError | None = None
    for part in reversed(parts[-2:]):
        try:
            return parse_release(part)
        except NotAMovieError:
            raise
        except UnparsableReleaseError as error:
            refusal = refusal or error
    raise refusal or UnparsableReleaseError(path, "an empty path")
