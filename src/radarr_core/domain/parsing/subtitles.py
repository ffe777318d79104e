"""What a subtitle's file name tells: language, tags, a title of its own."""

from __future__ import annotations

import re

from attrs import frozen

from radarr_core.domain.languages import (
    UNKNOWN_LANGUAGE,
    Language,
    find_language,
    find_language_by_code,
)

_WITH_COUNTRY = re.compile(r"[a-z]{2}-[a-z]{2,4}\Z")
TAGS = frozenset(("forced", "foreign", "default", "cc", "psdh", "sdh", "hi"))
"""Words between movie and extension that say which kind of subtitle it is."""


@frozen(kw_only=True)
class SubtitleName:
    """A subtitle's file name taken apart.

    Attributes:
        language: `Unknown` when the name tells none.
        tags: `forced`, `sdh` and the like, in the order of the name.
        title: a text of the subtitle's own, or None.
        copy: which copy of several it is; 0 when it is not numbered.
    """

    language: Language = UNKNOWN_LANGUAGE
    tags: tuple[str, ...] = ()
    title: str | None = None
    copy: int = 0


def _language_of(word: str) -> Language | None:
    low = word.strip().lower()
    if len(low) in (2, 3) or _WITH_COUNTRY.match(low):
        found = find_language_by_code(low)
        if found is not None:
            return found
    return find_language(low) if len(low) > 3 else None


def find_subtitle_language(file_name: str) -> Language:
    """The language a subtitle's file name ends in, `Unknown` when it tells none."""
    stem = _stem(file_name)
    words = [word for word in stem.replace("_", ".").replace(" ", ".").split(".") if word]
    while words and words[-1].lower() in TAGS:
        words.pop()
    if words:
        found = _language_of(words[-1])
        if found is not None:
            return found
        # Some write hyphens where others write dots: Movie-Title-eng-forced.
        parts = [part for part in words[-1].split("-") if part]
        while parts and parts[-1].lower() in TAGS:
            parts.pop()
        if len(parts) > 1:
            return _language_of(parts[-1]) or UNKNOWN_LANGUAGE
    return UNKNOWN_LANGUAGE


def _stem(file_name: str) -> str:
    name = file_name.replace("\\", "/").rpartition("/")[2]
    head, dot, _ = name.rpartition(".")
    return head if dot else name


def read_subtitle_name(file_name: str) -> SubtitleName:
    """Language, tags and title of a subtitle, when nothing is known of the movie file beside it."""
    fields = _stem(file_name).split(".")
    tail: list[str] = []
    # A movie's name may hold dots itself; what belongs to the subtitle is at most its last four words.
    for field in reversed(fields[1:]):
        if len(tail) == 4 or field.endswith(("]", ")")) or not field.strip():
            break
        tail.insert(0, field)
    return _read_tail(tail)


def read_subtitle_beside(file_name: str, movie_files: tuple[str, ...]) -> SubtitleName:
    """The same, of a subtitle that lies beside a movie file: words the movie's own name has are none of its tags.

    Args:
        file_name: the subtitle's name or path.
        movie_files: names or paths the movie file has or had.
    """
    stem = _stem(file_name)
    known = [_stem(name) for name in movie_files if name]
    for movie in sorted(known, key=len, reverse=True):
        if stem.lower().startswith(movie.lower()):
            tail = [field for field in stem[len(movie) :].split(".") if field]
            own = {word.lower() for word in movie.replace("(", " ").replace(")", " ").split()}
            return _read_tail(tail, own)
    return read_subtitle_name(file_name)


def _read_tail(fields: list[str], own: set[str] | None = None) -> SubtitleName:
    language: Language | None = None
    tags: list[str] = []
    rest: list[str] = []
    for field in fields:
        low = field.strip().lower()
        if low in TAGS:
            if not own or low not in own:
                tags.append(low)
            continue
        first, hyphen, behind = field.partition("-")
        found = _language_of(field) if language is None else None
        if found is None and hyphen and language is None:
            found = _language_of(first)
            field = behind if found is not None else field
            if found is not None:
                language = found
                rest.append(field)
                continue
        if found is not None:
            language = found
        else:
            rest.append(field)
    if language is None:
        return SubtitleName()
    title, copy = _split_copy(".".join(rest))
    return SubtitleName(language=language, tags=tuple(tags), title=title or None, copy=copy)


def _split_copy(text: str) -> tuple[str, int]:
    """A number by itself, or behind ` - `, counts copies."""
    if text.isdecimal():
        return "", int(text)
    head, dash, number = text.rpartition(" - ")
    return (head, int(number)) if dash and number.isdecimal() else (text, 0)
