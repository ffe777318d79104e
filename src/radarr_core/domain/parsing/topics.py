"""Every topic of the grammar asked for its field, with the words that belong to it."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar

from radarr_core.domain.languages import Language
from radarr_core.domain.quality import FIRST_REVISION
from radarr_core.domain.releases import Mark, Span

from . import lexicon
from .audio import read_tracks
from .containers import find_container
from .editions import edition_text, find_edition
from .frames import Words
from .layouts import Frame, Layout
from .marks import read_cuts, read_marks, read_version, revise
from .numbers import read_imdb, read_tmdb
from .qualities import read_quality
from .services import read_service
from .spoken import read_languages
from .subtitle_marks import read_hardcoded, read_subtitle_languages
from .tokens import Tokens, find_spot
from .video import read_bit_depth, read_codec, read_ranges

Hits = dict[int, list[tuple[int, Any]]]
"""For each topic the words that belong to it: their place and their payload."""

_Spans = dict[str, tuple[Span, ...]]
_T = TypeVar("_T", bound=Hashable)


@lru_cache(maxsize=1024)
def _keep(value: _T) -> _T:
    """The value itself, or an equal one that was seen before: names have few combinations of marks."""
    return value


_REVISING = frozenset((Mark.PROPER, Mark.REPACK, Mark.REAL))


def read_topics(
    words: Words,
    frame: Frame,
    layout: Layout | None,
    hits: Hits,
    group: tuple[int, int] | None,
    facts: dict[str, Any],
    spans: _Spans,
) -> None:
    """Lets each topic judge its own words, and notes what it found and where."""
    tokens = words.tokens
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
        spans["container"] = tokens.spot(place, place)


def _read_picture(tokens: Tokens, layout: Layout | None, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if lexicon.CODEC in hits:
        codec = read_codec(tokens, hits[lexicon.CODEC])
        if codec is not None:
            facts["video_codec"] = codec[0]
            spans["video_codec"] = tokens.spot(codec[1], codec[2])
    if lexicon.BITS in hits:
        bits = read_bit_depth(tokens, hits[lexicon.BITS])
        if bits is not None:
            facts["bit_depth"] = bits[0]
            spans["bit_depth"] = tokens.spot(bits[1], bits[2])
    if lexicon.RANGE in hits:
        formats, places = read_ranges(tokens, hits[lexicon.RANGE])
        if formats:
            facts["hdr"] = tuple(formats)
            spans["hdr"] = tokens.spots(places)
    if lexicon.STEREO not in hits and layout is not None and tokens.lows[layout.last - 1] == "3d" and facts["year"]:
        # Between title and year it may be either's; the title keeps it.
        hits[lexicon.STEREO] = [(layout.last - 1, True)]
    if lexicon.STEREO in hits:
        facts["is_3d"] = True
        spans["is_3d"] = tokens.spots_of([i for i, _ in hits[lexicon.STEREO]])


def _read_sound(tokens: Tokens, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if lexicon.AUDIO not in hits:
        return
    tracks, places = read_tracks(tokens, hits[lexicon.AUDIO])
    if tracks:
        facts["audio"] = tracks
        spans["audio"] = tokens.spots(places)


def _read_making(tokens: Tokens, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    """Marks and the revision they make together, the streaming service, and whether there are several languages."""
    found = read_marks(tokens, hits[lexicon.MARK]) if lexicon.MARK in hits else []
    version = read_version(tokens, hits[lexicon.VERSION]) if lexicon.VERSION in hits else None
    if found:
        facts["marks"] = _keep(frozenset([mark for _, mark in found]))
        spans["marks"] = tokens.spots_of([i for i, _ in found])
    if found or version is not None:
        revision = revise(tokens, found, None if version is None else version[0])
        if revision is not FIRST_REVISION:
            facts["revision"] = revision
            places = [i for i, mark in found if mark in _REVISING]
            places += [] if version is None else [version[1]]
            spans["revision"] = tokens.spots_of(places)
    if lexicon.SERVICE in hits:
        service = read_service(tokens, hits[lexicon.SERVICE])
        if service is not None:
            facts["streaming_service"] = service[0]
            spans["streaming_service"] = tokens.spot(service[1], service[1])
    if lexicon.MULTI in hits:
        facts["is_multi"] = True
        spans["is_multi"] = tokens.spots_of([i for i, _ in hits[lexicon.MULTI]])


def _read_edition(tokens: Tokens, layout: Layout | None, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if lexicon.EDITION in hits:
        place = layout.edition if layout is not None and layout.edition else None
        if place is None:
            place = find_edition(tokens, [hit for hit in hits[lexicon.EDITION] if hit[0]])
        if place is not None:
            facts["edition"] = edition_text(tokens, *place)
            spans["edition"] = tokens.spot(*place)
    if lexicon.CUT in hits:
        cuts, places = read_cuts(tokens, hits[lexicon.CUT])
        if cuts:
            facts["cuts"] = _keep(tuple(cuts))
            spans["cuts"] = tokens.spots_of(places)


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
            spans["languages"] = tokens.spots_of(places)
    if lexicon.SUBTITLE in hits:
        marks = sorted(hits[lexicon.SUBTITLE])
        burnt = read_hardcoded(tokens, marks)
        if burnt is not None:
            facts["hardcoded_subs"] = burnt[0]
            spans["hardcoded_subs"] = tokens.spot(burnt[1], burnt[1])
        languages, places = read_subtitle_languages(tokens, marks, spoken)
        if languages:
            facts["subtitle_languages"] = languages
            spans["subtitle_languages"] = tokens.spots_of(places)


def _read_numbers(tokens: Tokens, frame: Frame, hits: Hits, facts: dict[str, Any], spans: _Spans) -> None:
    if frame.hash is not None:
        facts["release_hash"] = tokens.words[frame.hash]
        spans["release_hash"] = tokens.spot(frame.hash, frame.hash)
    for i, _ in hits.get(lexicon.TMDB, ()):
        tmdb_id = read_tmdb(tokens, i)
        if tmdb_id is not None:
            facts["tmdb_id"] = tmdb_id
            spans["tmdb_id"] = tokens.spot(i + 1, i + 1)
            break
    for i, _ in hits.get(lexicon.IMDB, ()):
        imdb = read_imdb(tokens.lows[i])
        if imdb is not None:
            facts["imdb_id"] = imdb[0]
            start = tokens.starts[i] + imdb[1]
            spans["imdb_id"] = find_spot(start, tokens.ends[i])
            break
