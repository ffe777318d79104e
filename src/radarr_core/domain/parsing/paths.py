"""A movie's name found from a path: the file's, and where that tells too little, its folder's."""

from __future__ import annotations

import re

from attrs import evolve

from radarr_core.domain.releases import NameKind, ParsedRelease, Span
from radarr_core.domain.titles import normalize_title
from radarr_core.errors import UnparsableReleaseError

from .acceptance import MAX_NAME, accept, find_refusal, strip_extension
from .building import build_release
from .containers import EXTENSIONS
from .reader import Reading, read_text
from .title_text import clean_stretch

MAX_PATH = 4096
"""Code points; longer paths are refused unread."""

_PART = re.compile(r"(?:[^\\/]|(?<= )/(?= ))+")
_ROOTED = re.compile(r"[\\/]|[A-Za-z]:[\\/]|\.\.?[\\/]")
_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,3}\Z|\.3gp\Z")
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_LIBRARY_FOLDER = re.compile(r"(?P<title>.+?) [(\[](?P<year>\d{4})[)\]]")


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
    parts = _split_path(path)
    if not parts:
        raise UnparsableReleaseError(path, "an empty path")
    file = parts[-1]
    refusal = find_refusal(file.group())
    alone = None if refusal else read_text(file.group(), as_folder=True)
    if alone is not None and (alone.facts["year"] is not None or alone.kind not in (NameKind.MOVIE, NameKind.UNKNOWN)):
        release = _place(path, alone, file.start())
        return release if len(parts) < 2 else _take_library_title(release, parts[-2])
    if len(parts) > 1:
        reading = _read_with_folder(parts[-2], file, is_hashed=refusal is not None)
        says_more = alone is None or alone.kind is not NameKind.MOVIE
        if reading is not None and reading.kind is NameKind.MOVIE and (says_more or reading.facts["year"] is not None):
            return _place(path, reading, parts[-2].start())
    if alone is None:
        raise UnparsableReleaseError(path, refusal or "nothing to read")
    return _place(path, alone, file.start())


def _split_path(path: str) -> list[re.Match[str]]:
    """Folders and file. A text that only has slashes in it, as `Rus/Eng`, is one name."""
    parts = list(_PART.finditer(path))
    if len(parts) > 1 and not _ROOTED.match(path):
        last = parts[-1].group()
        is_file = _FILE.search(last) is not None or _YEAR.search(last) is not None
        if not is_file or path[parts[-1].start() - 2 : parts[-1].start()] == " /":
            return [re.match(r"(?s).*", path)]  # type: ignore[list-item]
    # A folder that was made for this one file, and called like it, says nothing new.
    if len(parts) > 2 and strip_extension(parts[-1].group()) == parts[-2].group():
        del parts[-2]
    return parts


def _take_library_title(release: ParsedRelease, folder: re.Match[str]) -> ParsedRelease:
    """A library's folder, `Title (Year)`, knows the title better than a file that puts more words around it."""
    match = _LIBRARY_FOLDER.fullmatch(folder.group())
    if match is None or int(match["year"]) != release.year:
        return release
    title = clean_stretch(match["title"])
    short, long = (f" {normalize_title(each)} " for each in (title, release.title))
    if short == long or short not in long:
        return release
    start = folder.start() + match.start("title")
    spans = {**release.spans, "title": (Span(start, start + len(match["title"])),)}
    return evolve(release, title=title, titles=(title, *release.titles), spans=spans)


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
    reading = read_text(folder.group() + suffix, is_hashed=True)
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
