"""One name read in one pass: cut, look up, find the title, then let each topic judge its own words."""

from __future__ import annotations

from typing import Any

from radarr_core.domain.languages import Language
from radarr_core.domain.quality import FIRST_REVISION, UNKNOWN_QUALITY, DetectedFrom
from radarr_core.domain.releases import Mark, NameKind, Span

from . import kinds, lexicon
from .audio import read_tracks
from .containers import find_container
from .editions import edition_text, find_edition
from .frames import Words, frame_of
from .groups import find_group, find_prefix
from .layouts import Frame, Layout, find_layout
from .marks import read_cuts, read_marks, read_version, revise
from .numbers import read_imdb, read_tmdb
from .qualities import read_quality
from .services import read_service
from .spoken import find_inside, read_languages
from .subtitle_marks import ends_in_sub, read_hardcoded, read_subtitle_languages
from .title_text import clean_stretch, prefer_latin, split_addition, split_titles
from .tokens import Tokens
from .video import read_bit_depth, read_codec, read_ranges

Hits = dict[int, list[tuple[int, Any]]]
"""For each topic the words that belong to it: their place and their payload."""

_new = tuple.__new__
_MOVIE, _UNKNOWN = NameKind.MOVIE, NameKind.UNKNOWN
_REVISING = frozenset((Mark.PROPER, Mark.REPACK, Mark.REAL))
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
    _read_all(words, frame, layout, hits, group, reading)
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
    reading.spans["title"] = (_new(Span, (start + lead, start + len(kept) if kept else stop)),)
    if layout.year is not None:
        _read_year(tokens, layout.year, reading)


def _read_year(tokens: Tokens, place: int, reading: Reading) -> None:
    end = tokens.ends[place]
    low = tokens.lows[place]
    if not low[-1].isdigit():
        end -= 1
    reading.facts["year"] = int(tokens.text[end - 4 : end])
    reading.spans["year"] = (_new(Span, (end - 4, end)),)


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
        reading.spans["release_group"] = (_new(Span, found),)
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


# -- the topics --------------------------------------------------------------------------------------------------------


def _read_all(
    words: Words, frame: Frame, layout: Layout | None, hits: Hits, group: tuple[int, int] | None, reading: Reading
) -> None:
    tokens, facts, spans = words.tokens, reading.facts, reading.spans
    read_quality(words, frame, hits, facts, spans)
    _read_picture(tokens, layout, hits, facts, spans)
    _read_sound(tokens, hits, facts, spans)
    _read_making(tokens, hits, facts, spans)
    _read_edition(tokens, layout, hits, facts, spans)
    _read_speech(tokens, hits, group, facts, spans)
    _read_numbers(tokens, frame, hits, facts, spans)
    container = find_container(words.extension)
    place = words.extension_end
    if container is None and lexicon.CONTAINER in hits:
        place = hits[lexicon.CONTAINER][-1][0]
        container = tokens.lows[place]
    if container is not None:
        facts["container"] = container
        spans["container"] = (tokens.span(place, place),)


_Spans = dict[str, tuple[Span, ...]]


def _read_picture(tokens: Tokens, layout: Layout | None, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if lexicon.CODEC in hits:
        codec = read_codec(tokens, hits[lexicon.CODEC])
        if codec is not None:
            facts["video_codec"] = codec[0]
            spans["video_codec"] = (tokens.span(codec[1], codec[2]),)
    if lexicon.BITS in hits:
        bits = read_bit_depth(tokens, hits[lexicon.BITS])
        if bits is not None:
            facts["bit_depth"] = bits[0]
            spans["bit_depth"] = (tokens.span(bits[1], bits[2]),)
    if lexicon.RANGE in hits:
        formats, places = read_ranges(tokens, hits[lexicon.RANGE])
        if formats:
            facts["hdr"] = tuple(formats)
            spans["hdr"] = tuple([tokens.span(first, last) for first, last in places])
    if lexicon.STEREO not in hits and layout is not None and tokens.lows[layout.last - 1] == "3d" and facts["year"]:
        # Between title and year it may be either's; the title keeps it.
        hits[lexicon.STEREO] = [(layout.last - 1, True)]
    if lexicon.STEREO in hits:
        facts["is_3d"] = True
        spans["is_3d"] = tuple([tokens.span(i, i) for i, _ in hits[lexicon.STEREO]])


def _read_sound(tokens: Tokens, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if lexicon.AUDIO not in hits:
        return
    tracks, places = read_tracks(tokens, hits[lexicon.AUDIO])
    if tracks:
        facts["audio"] = tuple(tracks)
        spans["audio"] = tuple([tokens.span(first, last) for first, last in places])


def _read_making(tokens: Tokens, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    """Marks and the revision they make together, the streaming service, and whether there are several languages."""
    found = read_marks(tokens, hits[lexicon.MARK]) if lexicon.MARK in hits else []
    version = read_version(tokens, hits[lexicon.VERSION]) if lexicon.VERSION in hits else None
    if found:
        facts["marks"] = frozenset([mark for _, mark in found])
        spans["marks"] = tuple([tokens.span(i, i) for i, _ in found])
    if found or version is not None:
        revision = revise(tokens, found, None if version is None else version[0])
        if revision is not FIRST_REVISION:
            facts["revision"] = revision
            places = [i for i, mark in found if mark in _REVISING]
            places += [] if version is None else [version[1]]
            spans["revision"] = tuple([tokens.span(i, i) for i in places])
    if lexicon.SERVICE in hits:
        service = read_service(tokens, hits[lexicon.SERVICE])
        if service is not None:
            facts["streaming_service"] = service[0]
            spans["streaming_service"] = (tokens.span(service[1], service[1]),)
    if lexicon.MULTI in hits:
        facts["is_multi"] = True
        spans["is_multi"] = tuple([tokens.span(i, i) for i, _ in hits[lexicon.MULTI]])


def _read_edition(tokens: Tokens, layout: Layout | None, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if lexicon.EDITION in hits:
        place = layout.edition if layout is not None and layout.edition else None
        if place is None:
            place = find_edition(tokens, [hit for hit in hits[lexicon.EDITION] if hit[0]])
        if place is not None:
            facts["edition"] = edition_text(tokens, *place)
            spans["edition"] = (tokens.span(*place),)
    if lexicon.CUT in hits:
        cuts, places = read_cuts(tokens, hits[lexicon.CUT])
        if cuts:
            facts["cuts"] = tuple(cuts)
            spans["cuts"] = tuple([tokens.span(i, i) for i in places])


def _read_speech(
    tokens: Tokens, hits: Hits, group: tuple[int, int] | None, facts: dict[str, Any], spans: _Spans
) -> None:
    spoken = hits.get(lexicon.LANGUAGE, [])
    if spoken:
        if group is not None:
            start, stop = group
            spoken = [hit for hit in spoken if not start <= tokens.starts[hit[0]] < stop]
        languages: tuple[Language, ...]
        languages, places = read_languages(tokens, spoken)
        if languages:
            facts["languages"] = languages
            spans["languages"] = tuple([tokens.span(i, i) for i in places])
    if lexicon.SUBTITLE in hits:
        marks = sorted(hits[lexicon.SUBTITLE])
        burnt = read_hardcoded(tokens, marks)
        if burnt is not None:
            facts["hardcoded_subs"] = burnt[0]
            spans["hardcoded_subs"] = (tokens.span(burnt[1], burnt[1]),)
        languages, places = read_subtitle_languages(tokens, marks, spoken)
        if languages:
            facts["subtitle_languages"] = languages
            spans["subtitle_languages"] = tuple([tokens.span(i, i) for i in places])


def _read_numbers(tokens: Tokens, frame: Frame, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if frame.hash is not None:
        facts["release_hash"] = tokens.words[frame.hash]
        spans["release_hash"] = (tokens.span(frame.hash, frame.hash),)
    for i, _ in hits.get(lexicon.TMDB, ()):
        tmdb_id = read_tmdb(tokens, i)
        if tmdb_id is not None:
            facts["tmdb_id"] = tmdb_id
            spans["tmdb_id"] = (tokens.span(i + 1, i + 1),)
            break
    for i, _ in hits.get(lexicon.IMDB, ()):
        imdb = read_imdb(tokens.lows[i])
        if imdb is not None:
            facts["imdb_id"] = imdb[0]
            start = tokens.starts[i] + imdb[1]
            spans["imdb_id"] = (_new(Span, (start, tokens.ends[i])),)
            break


# -- what it is the name of --------------------------------------------------------------------------------------------

_PICTURE_TOPICS = (lexicon.SOURCE, lexicon.CODEC, lexicon.RANGE)


def _judge(words: Words, frame: Frame, layout: Layout | None, hits: Hits, reading: Reading) -> None:
    facts = reading.facts
    if words.kind is not None:
        is_season = words.kind is NameKind.SEASON
        reading.kind, reading.reason = words.kind, "it names a season" if is_season else "it names an episode"
        return
    if layout is not None and layout.year is not None and kinds.find_air_date(words.tokens, layout.year):
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
