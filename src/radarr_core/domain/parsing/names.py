"""Reading every field of a text in one pass over its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from radarr_core.domain.identifiers import ImdbId, TmdbId
from radarr_core.domain.quality import Modifier, Revision, Source, find_nearest_quality
from radarr_core.domain.releases import AudioClaim, Mark, NameFacts, NameKind, Span

from . import vocabulary as words

MAX_NAME = 1024

_TOKEN = re.compile(
    r"(?:web|blu|vc|dts|dvd)-(?:dl|rip|ray|1|hd|r)(?![^\W_])|h[. ]?26[45]|[^\W_]+(?:['’][^\W_]+)*", re.IGNORECASE
)
_YEAR = re.compile(r"(?:18[89]|19\d|20\d)\d\Z")
_EPISODE = re.compile(r"(?<![^\W_])(?:s\d{1,3}[ ._-]?e\d{1,4}|\d{1,2}x\d{2,3})(?![^\W_])", re.IGNORECASE)
_SEASON = re.compile(r"(?<![^\W_])(?:s\d{1,2}|season[ ._]?\d{1,2}|complete[ ._]series)(?![^\W_])", re.IGNORECASE)
_GROUP = re.compile(r"-(?P<group>[^\W_][\w]{0,30})(?:\.(?:mkv|mp4|avi|m2ts|ts|wmv|mov))?\Z")
_IMDB = re.compile(r"tt\d{7,8}")
_TMDB = re.compile(r"tmdb(?:id)?-(\d{1,9})", re.IGNORECASE)


def read_name(text: str) -> NameFacts:
    """Everything that stands in a text, whatever it is the name of. Never raises."""
    if len(text) > MAX_NAME:
        return NameFacts(original=text, kind=NameKind.UNKNOWN, reason=f"longer than {MAX_NAME} characters")
    tokens = [(match.group().lower(), match.span()) for match in _TOKEN.finditer(text)]
    first_mark = _find_first_mark(tokens)
    year_place = _find_year(tokens, first_mark)
    title_end = _title_end(tokens, first_mark, year_place)
    facts, spans = _read_marks(tokens, title_end)
    if year_place is not None:
        word, span = tokens[year_place]
        facts["year"] = int(word)
        spans["year"] = (Span(*span),)
    _read_title(text, tokens, title_end, facts, spans)
    _read_group(text, tokens, title_end, facts, spans)
    _read_ids(text, facts, spans)
    kind, reason = _judge(text, facts, year_place is not None or first_mark is not None)
    return NameFacts(original=text, kind=kind, reason=reason, spans=spans, **facts)


_Tokens = list[tuple[str, tuple[int, int]]]


def _is_mark(word: str) -> bool:
    return (
        (word in words.SOURCES and word not in words.AMBIGUOUS_SOURCES)
        or word in words.RESOLUTIONS
        or re.sub(r"[. ]", "", word) in words.VIDEO_CODECS
    )


def _find_first_mark(tokens: _Tokens) -> int | None:
    return next((place for place, (word, _) in enumerate(tokens) if place and _is_mark(word)), None)


def _find_year(tokens: _Tokens, first_mark: int | None) -> int | None:
    """The last year before the first mark, but never the first word: 1917 and 2012 are titles."""
    end = len(tokens) if first_mark is None else first_mark
    places = [place for place, (word, _) in enumerate(tokens[:end]) if place and _YEAR.match(word)]
    return places[-1] if places else None


def _title_end(tokens: _Tokens, first_mark: int | None, year: int | None) -> int:
    if year is not None:
        return year
    return len(tokens) if first_mark is None else first_mark


def _read_marks(tokens: _Tokens, start: int) -> tuple[dict[str, Any], dict[str, tuple[Span, ...]]]:
    facts: dict[str, Any] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    source, resolution, modifier = Source.UNKNOWN, 0, Modifier.NONE
    marks: list[Mark] = []
    languages: list[Any] = []

    def note(field: str, span: tuple[int, int]) -> None:
        spans[field] = (*spans.get(field, ()), Span(*span))

    for raw, span in tokens[start:]:
        word = re.sub(r"[. ]", "", raw)
        if word in words.SOURCES and (source is Source.UNKNOWN or word == "remux"):
            source = words.SOURCES[word] if source is Source.UNKNOWN else source
            note("quality", span)
        if word in words.RESOLUTIONS:
            resolution = max(resolution, words.RESOLUTIONS[word])
            note("quality", span)
        if word in words.MODIFIERS:
            modifier = words.MODIFIERS[word]
        if word in words.VIDEO_CODECS:
            facts.setdefault("video_codec", words.VIDEO_CODECS[word])
            note("video_codec", span)
        if word in words.AUDIO_CODECS:
            facts["audio"] = (*facts.get("audio", ()), AudioClaim(codec=words.AUDIO_CODECS[word]))
            note("audio", span)
        if word in words.HDR_FORMATS:
            facts["hdr"] = (*facts.get("hdr", ()), words.HDR_FORMATS[word])
            note("hdr", span)
        if word in words.MARKS:
            marks.append(words.MARKS[word])
            note("marks", span)
        if word in words.LANGUAGE_WORDS:
            languages.append(words.LANGUAGE_WORDS[word])
            note("languages", span)
        if word in ("multi", "multi5"):
            facts["is_multi"] = True
    if tokens and tokens[-1][0] in words.CONTAINERS and len(tokens) > start:
        facts["container"] = tokens[-1][0]
        note("container", tokens[-1][1])
    if modifier is Modifier.REGIONAL or modifier is Modifier.SCREENER:
        source = Source.DVD
        resolution = resolution or 480
    facts["quality"] = find_nearest_quality(source, resolution, modifier) if source or resolution else _unknown()
    facts["revision"] = _revision(marks)
    facts["marks"] = frozenset(marks)
    facts["languages"] = tuple(dict.fromkeys(languages))
    return facts, spans


def _unknown() -> Any:
    return find_nearest_quality(Source.UNKNOWN, 0)


def _revision(marks: list[Mark]) -> Revision:
    repaired = Mark.PROPER in marks or Mark.REPACK in marks
    return Revision(real=marks.count(Mark.REAL), version=2 if repaired else 1, is_repack=Mark.REPACK in marks)


def _read_title(
    text: str, tokens: _Tokens, end: int, facts: dict[str, Any], spans: dict[str, tuple[Span, ...]]
) -> None:
    if not end or not tokens:
        return
    first, last = tokens[0][1][0], tokens[end - 1][1][1]
    title = re.sub(r"[._\s]+", " ", text[first:last]).strip(" -[](){}")
    if title:
        facts["title"] = title
        facts["titles"] = (title,)
        spans["title"] = (Span(first, last),)


def _read_group(
    text: str, tokens: _Tokens, title_end: int, facts: dict[str, Any], spans: dict[str, tuple[Span, ...]]
) -> None:
    match = _GROUP.search(text)
    if match is None or title_end >= len(tokens) or match.start() < tokens[title_end][1][0]:
        return
    group = match.group("group")
    if _is_mark(group.lower()) or group.lower() in words.SOURCES:
        return
    facts["release_group"] = group
    spans["release_group"] = (Span(*match.span("group")),)


def _read_ids(text: str, facts: dict[str, Any], spans: dict[str, tuple[Span, ...]]) -> None:
    imdb = _IMDB.search(text)
    if imdb and int(imdb.group()[2:]):
        facts["imdb_id"] = ImdbId(imdb.group())
        spans["imdb_id"] = (Span(*imdb.span()),)
    tmdb = _TMDB.search(text)
    if tmdb and int(tmdb.group(1)):
        facts["tmdb_id"] = TmdbId(tmdb.group(1))
        spans["tmdb_id"] = (Span(*tmdb.span(1)),)


def _judge(text: str, facts: Mapping[str, Any], has_mark: bool) -> tuple[NameKind, str]:
    if _EPISODE.search(text):
        return NameKind.EPISODE, "it names an episode"
    if facts.get("title") is None:
        return NameKind.UNKNOWN, "there is no title before the year or the first mark"
    if not has_mark:
        return NameKind.UNKNOWN, "neither a year nor a source, resolution or codec stands in it"
    if _SEASON.search(text) and facts.get("year") is None:
        return NameKind.SEASON, "it names a season"
    return NameKind.MOVIE, "a title, followed by a year or a mark"
