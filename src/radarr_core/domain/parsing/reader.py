"""One name read in one pass: cut, look up, find the title, then let each topic judge its own words."""

from __future__ import annotations

from typing import Any

from radarr_core.domain.quality import FIRST_REVISION, UNKNOWN_QUALITY, DetectedFrom
from radarr_core.domain.releases import Mark, NameKind, Span

from . import kinds, lexicon
from .frames import Words, frame_of
from .groups import find_group, find_prefix
from .layouts import Frame, Layout, find_layout
from .spoken import find_inside
from .subtitle_marks import ends_in_sub
from .title_text import clean_stretch, prefer_latin, split_addition, split_titles
from .tokens import Tokens, find_spot
from .topics import Hits, read_topics

_MOVIE, _UNKNOWN = NameKind.MOVIE, NameKind.UNKNOWN
_NO_MARKS: frozenset[Mark] = frozenset()

DEFAULTS: dict[str, Any] = {
    "title": None, "titles": (), "year": None, "quality": UNKNOWN_QUALITY, "revision": FIRST_REVISION,
    "languages": (), "is_multi": False, "edition": None, "release_group": None, "release_hash": None,
    "hardcoded_subs": None, "imdb_id": None, "tmdb_id": None, "video_codec": None, "audio": (), "hdr": (),
    "bit_depth": None, "is_3d": False, "streaming_service": None, "marks": _NO_MARKS, "container": None,
    "subtitle_languages": (), "resolution": None, "source_from": DetectedFrom.UNKNOWN,
    "resolution_from": DetectedFrom.UNKNOWN, "cuts": (),
}  # fmt: skip
"""What every field is when a name does not speak of it."""


class Reading:
    """What was read from one text: `facts` and `spans` by field, and what kind of thing it names."""

    __slots__ = ("facts", "has_structure", "kind", "reason", "spans")

    def __init__(self) -> None:
        self.facts: dict[str, Any] = DEFAULTS.copy()
        self.spans: dict[str, tuple[Span, ...]] = {}
        self.kind = _UNKNOWN
        self.reason = ""
        self.has_structure = False


def read_text(text: str, *, as_folder: bool = False, boundary: int = 0, is_hashed: bool = False) -> Reading:
    """Everything that stands in a text. Total: there is no text it raises for.

    Args:
        text: the name; the caller has seen to its length.
        as_folder: the name is a folder's, where the year may come first.
        boundary: the offset at which a file's name begins behind its folder's; 0 when the text is one name.
        is_hashed: the text is a folder's name whose file has none of its own.
    """
    reading = Reading()
    tokens = Tokens(text)
    if not tokens.count:
        reading.reason = "it has neither letter nor digit before its extension"
        return reading
    words = Words(tokens)
    frame, bracket = frame_of(words)
    if not frame.end:
        reading.reason = "it has neither letter nor digit before its extension"
        return reading
    layout = find_layout(tokens, frame, as_folder=as_folder)
    hits = _collect(words, frame, layout, bracket, boundary)
    if layout is not None:
        _read_title(tokens, layout, reading)
    group = _read_group(words, frame, layout, bracket, hits, reading, boundary, is_hashed)
    read_topics(words, frame, layout, hits, group, reading.facts, reading.spans)
    _judge(words, frame, layout, hits, reading)
    return reading


# -- which words are read ----------------------------------------------------------------------------------------------


def _collect(words: Words, frame: Frame, layout: Layout | None, bracket: tuple[int, int] | None, boundary: int) -> Hits:
    """Sorts the words outside title, website and group by topic."""
    hits: Hits = {}
    start = words.site_end if bracket is None else frame.first
    if layout is not None:
        _gather(words, hits, start, layout.first)
        start = layout.last
    tokens = words.tokens
    if boundary:
        middle = start
        while middle < tokens.count and tokens.starts[middle] < boundary:
            middle += 1
        _gather(words, hits, start, middle)
        start = _behind_repeated_title(tokens, layout, middle)
    _gather(words, hits, start, tokens.count)
    for i, kind, number in words.odd:
        if kind == "frame" and i >= start:
            hits.setdefault(lexicon.LINES, []).append((i, number))
        elif kind == "version":
            hits.setdefault(lexicon.VERSION, []).append((i, number))
        elif kind == "imdb":
            hits.setdefault(lexicon.IMDB, []).append((i, 0))
    return hits


def _gather(words: Words, hits: Hits, start: int, stop: int) -> None:
    entries, lows = words.entries, words.tokens.lows
    for i in range(start, stop):
        entry = entries[i]
        if entry is not None:
            for topic, payload in entry[2]:
                if topic in hits:
                    hits[topic].append((i, payload))
                else:
                    hits[topic] = [(i, payload)]
        elif len(lows[i]) > 3 or not lows[i].isascii():
            _gather_inside(hits, i, lows[i])


def _gather_inside(hits: Hits, i: int, low: str) -> None:
    """Words in no table may still hold a language, or end in SUBS."""
    if ends_in_sub(low):
        hits.setdefault(lexicon.SUBTITLE, []).append((i, 0))
    elif len(low) > 4 or not low.isascii():
        inside = find_inside(low)
        if inside is not None:
            hits.setdefault(lexicon.LANGUAGE, []).append((i, inside))


def _behind_repeated_title(tokens: Tokens, layout: Layout | None, start: int) -> int:
    """A file in its own folder says the title again; its words are no tags there either."""
    if layout is None:
        return start
    title = tokens.lows[layout.first : layout.last]
    place = start
    for word in tokens.lows[start : start + len(title)]:
        if word not in title:
            break
        place += 1
    return place


# -- title and group ---------------------------------------------------------------------------------------------------


def _read_title(tokens: Tokens, layout: Layout, reading: Reading) -> None:
    start, stop = layout.start, layout.stop
    stretch = tokens.text[start:stop]
    kept = stretch.rstrip(" ._-[({")
    title = clean_stretch(kept or stretch)
    if not title:
        return
    facts = reading.facts
    if title.isascii():
        facts["titles"] = titles = split_addition(title) or split_titles(title)
        facts["title"] = titles[0]
    else:
        halves = prefer_latin(title)
        titles = halves or split_addition(title) or split_titles(title)
        facts["titles"] = titles
        facts["title"] = titles[0]
    lead = len(stretch) - len(stretch.lstrip(" ._-"))
    reading.spans["title"] = find_spot(start + lead, start + len(kept) if kept else stop)
    if layout.year is not None:
        _read_year(tokens, layout.year, reading)


def _read_year(tokens: Tokens, place: int, reading: Reading) -> None:
    end = tokens.ends[place]
    low = tokens.lows[place]
    if not low[-1].isdigit():
        end -= 1
    reading.facts["year"] = int(tokens.text[end - 4 : end])
    reading.spans["year"] = find_spot(end - 4, end)


def _read_group(
    words: Words,
    frame: Frame,
    layout: Layout | None,
    bracket: tuple[int, int] | None,
    hits: Hits,
    reading: Reading,
    boundary: int,
    is_hashed: bool,
) -> tuple[int, int] | None:
    """The group's offsets; a bracket in front names it unless the name ends in a group behind a tag."""
    tokens = words.tokens
    first = frame.first if layout is None else layout.last
    exceptions = hits.get(lexicon.GROUP, [])
    found = None
    if bracket is None:
        if boundary or is_hashed:
            places = range(tokens.count)
            middle = frame.end if is_hashed else next((i for i in places if tokens.starts[i] >= boundary), frame.end)
            if middle > first:
                found = find_group(words, first, min(middle, frame.end), exceptions, keep_reposters=is_hashed)
        if found is None:
            found = find_group(words, first, frame.end, exceptions)
    elif _ends_in_group(words, first, frame.end):
        found = find_group(words, first, frame.end, exceptions)
    if found is None and bracket is not None:
        found = tokens.starts[bracket[0]], tokens.ends[bracket[1]]
        closing = tokens.text.find("]", found[0])
        found = (tokens.text.rfind("[", 0, found[0]) + 1, closing)
    if found is None and layout is not None and not reading.facts["release_group"]:
        found = _read_prefix(tokens, layout, reading)
    if found is not None:
        reading.facts["release_group"] = tokens.text[found[0] : found[1]]
        reading.spans["release_group"] = find_spot(*found)
    return found


def _read_prefix(tokens: Tokens, layout: Layout, reading: Reading) -> tuple[int, int] | None:
    """A group in front of the title; the title with it stays among the titles, since hyphens stand in titles too."""
    if layout.year is None or layout.first or not find_prefix(tokens, layout.last):
        return None
    whole = reading.facts["titles"]
    layout.start = tokens.starts[1]
    _read_title(tokens, layout, reading)
    reading.facts["titles"] += whole
    return tokens.starts[0], tokens.ends[0]


def _ends_in_group(words: Words, first: int, end: int) -> bool:
    gaps, last = words.tokens.gaps, end - 1
    if last <= first or gaps[last] != "-" or gaps[end].strip("."):
        return False
    return words.is_tag(last - 1) and not words.is_tag(last)


# -- what it is the name of --------------------------------------------------------------------------------------------

_PICTURE_TOPICS = (lexicon.SOURCE, lexicon.CODEC, lexicon.RANGE)


def _judge(words: Words, frame: Frame, layout: Layout | None, hits: Hits, reading: Reading) -> None:
    facts = reading.facts
    if words.kind is not None:
        is_season = words.kind is NameKind.SEASON
        reading.kind, reading.reason = words.kind, "it names a season" if is_season else "it names an episode"
        return
    if layout is not None and layout.year is not None and kinds.find_air_date(words.tokens, layout.year, frame.first):
        reading.kind, reading.reason = NameKind.EPISODE, "it is dated to the day, as an episode of a daily programme"
        return
    if words.others:
        has_picture = facts["resolution"] is not None or any(topic in hits for topic in _PICTURE_TOPICS)
        other = kinds.judge_other(words.tokens, words.others, has_picture=has_picture)
        if other is not None:
            reading.kind, reading.reason = other
            return
    if facts["title"] is None:
        reading.reason = "there is no title before a year or a mark"
        return
    reading.kind = _MOVIE
    reading.reason = "a title and a year" if facts["year"] is not None else "a title before an unambiguous mark"
