"""A movie's name found from a path: the file's, and where that tells too little, its folder's."""

from __future__ import annotations

import re

from radarr_core.errors import UnparsableReleaseError
from radarr_core.domain.releases import NameKind, ParsedRelease, Span
from .acceptance import MAX_NAME, accept, find_refusal
from .building import build_release
from .containers import EXTENSIONS
from .reader import Reading, read_text

MAX_PATH = 4096
"""Code points; longer paths are refused unread."""

_PART = re.compile(r"[^\\/]+")


def parse_release_path(path: str) -> ParsedRelease:
    """Read a path as a movie: its file name, else folder and file name together, else the folder alone.

    Only the folder the file lies in counts. A file name without a year takes title and year from its folder, where
    that has both. Spans are offsets into the path.

    Raises:
        NotAMovieError: the file name is that of an episode, a season, music, a game or a book.
        UnparsableReleaseError: neither can be read as a movie, or the path is longer than 4,096 characters.
    """
    if len(path) > MAX_PATH:
        raise UnparsableReleaseError(path, f"longer than {MAX_PATH} characters")
    parts = list(_PART.finditer(path))
    if not parts:
        raise UnparsableReleaseError(path, "an empty path")
    file = parts[-1]
    refusal = find_refusal(file.group())
    alone = None if refusal else read_text(file.group(), as_folder=True)
    if alone is not None and (alone.facts["year"] is not None or alone.kind not in (NameKind.MOVIE, NameKind.UNKNOWN)):
        return _place(path, alone, file.start())
    if len(parts) > 1:
        reading = _read_with_folder(parts[-2], file, is_hashed=refusal is not None)
        if reading is not None and reading.kind is NameKind.MOVIE:
            if alone is None or alone.kind is not NameKind.MOVIE or reading.facts["year"] is not None:
                return _place(path, reading, parts[-2].start())
    if alone is None:
        raise UnparsableReleaseError(path, refusal or "nothing to read")
    return _place(path, alone, file.start())


def _read_with_folder(folder: re.Match[str], file: re.Match[str], *, is_hashed: bool) -> Reading | None:
    text = folder.string[folder.start() : file.end()]
    if len(folder.group()) > MAX_NAME or find_refusal(folder.group()) is not None:
        return None
    boundary = file.start() - folder.start()
    if not is_hashed and len(text) <= MAX_NAME:
        # The separator between them reads as a space does, so every offset stays what it is in the path.
        reading = read_text(text.replace("\\", "/"), boundary=boundary)
        if reading.kind is not NameKind.UNKNOWN:
            return reading
    head, dot, extension = file.group().rpartition(".")
    suffix = dot + extension if head and extension.lower() in EXTENSIONS else ""
    reading = read_text(folder.group() + suffix)
    end = len(folder.group())
    shift = file.end() - folder.start() - end - len(suffix)
    for field, spans in reading.spans.items():
        reading.spans[field] = tuple(
            Span(span.start + shift, span.end + shift) if span.start >= end else span for span in spans
        )
    return reading


def _place(path: str, reading: Reading, offset: int) -> ParsedRelease:
    if reading.kind is not NameKind.MOVIE:
        return accept(path, reading)
    if offset:
        reading.spans = {
            field: tuple(Span(span.start + offset, span.end + offset) for span in spans)
            for field, spans in reading.spans.items()
        }
    return build_release(path, reading)
