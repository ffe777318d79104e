"""The quality of a name: its source, resolution and marks brought together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from radarr_core.domain.quality import UNKNOWN_QUALITY, DetectedFrom
from radarr_core.domain.releases import Span

from . import lexicon, pictures, sources
from .containers import QUALITY_OF_EXTENSION
from .layouts import Frame
from .quality_rules import choose, is_full_disc, source_said_by
from .tokens import Tokens

if TYPE_CHECKING:
    from .frames import Words

_NAME, _EXTENSION = DetectedFrom.NAME, DetectedFrom.EXTENSION


def read_quality(
    words: Words, frame: Frame, hits: dict[int, list[tuple[int, Any]]], facts: dict[str, Any],
    spans: dict[str, tuple[Span, ...]],
) -> None:  # fmt: skip
    """Fills quality, resolution and where both were read from."""
    tokens = words.tokens
    places: list[tuple[int, int]] = []
    source = _find_source(tokens, hits.get(lexicon.SOURCE, ()), places)
    lines, line_place = _find_lines(tokens, hits.get(lexicon.LINES, ()))
    flags = _find_flags(tokens, hits.get(lexicon.FLAG, ()), places)
    extension = words.extension
    is_disc = False
    if flags & pictures.IS_GERMAN:
        german_disc, german_dual = _read_german_disc(tokens, frame, flags)
        if german_disc and not flags & (pictures.IS_RIP_WORD | pictures.IS_720P):
            flags |= pictures.IS_REMUX
    else:
        german_disc = german_dual = False
    if source == sources.BLURAY or flags & pictures.IS_RAW_HD:
        is_disc = is_full_disc(
            flags, german_disc=german_disc, german_dual=german_dual, starts_with_word=tokens.gaps[0] == ""
        )
    quality = choose(source, lines, flags, is_disc=is_disc, extension=extension, literal=tokens.text)
    said = source_said_by(quality, source, flags, extension)
    if quality is UNKNOWN_QUALITY and extension:
        quality = QUALITY_OF_EXTENSION[extension]
        if quality is not UNKNOWN_QUALITY:
            said = _EXTENSION
            facts["resolution_from"] = _EXTENSION
    facts["quality"] = quality
    facts["source_from"] = said
    if lines:
        facts["resolution"] = lines
        facts["resolution_from"] = _NAME
    elif lexicon.LINES in hits and any(tokens.lows[i] == "4k" for i, _ in hits[lexicon.LINES]):
        facts["resolution"] = 2160
    if lines:
        places.append(line_place)
        spans["resolution"] = tokens.spot(*line_place)
    if places:
        places.sort()
        spans["quality"] = tokens.spots(places)


def _find_source(tokens: Tokens, hits: Any, places: list[tuple[int, int]]) -> int:
    """The class of the last source word; -1 when there is none."""
    source = weak = -1
    weak_place = (0, 0)
    until = 0
    for i, payload in hits:
        if i < until:
            continue
        if payload.__class__ is int:
            source, width = payload, 1
        else:
            found = payload(tokens, i)
            if found is None:
                continue
            if found[0] >= sources.ANIME_WEB:
                weak, weak_place = found[0], (i, i)
                continue
            source, width = found
        until = i + width
        places.append((i, until - 1))
    if source < 0 and weak >= 0:
        places.append(weak_place)
        return weak
    return source


def _find_lines(tokens: Tokens, hits: Any) -> tuple[int, tuple[int, int]]:
    """The first resolution and its words; UHD and [4K] only where no figure stands."""
    weak = 0
    found_place = weak_place = (0, 0)
    found_lines = 0
    for i, payload in hits:
        if payload.__class__ is int:
            lines, last = payload, i
        else:
            found = payload(tokens, i)
            if found is None:
                continue
            lines, last = found[0], i + found[1] - 1
        if lines > 0 and (not found_lines or i < found_place[0]):
            found_lines, found_place = lines, (i, last)
        elif lines < 0 and not weak:
            weak, weak_place = -lines, (i, last)
    return (found_lines, found_place) if found_lines else (weak, weak_place)


def _find_flags(tokens: Tokens, hits: Any, places: list[tuple[int, int]]) -> int:
    flags = 0
    for i, payload in hits:
        bits = payload if payload.__class__ is int else payload(tokens, i)
        flags |= bits
        if bits & pictures.IS_REMUX:
            places.append((i, i))
    return flags


def _read_german_disc(tokens: Tokens, frame: Frame, flags: int) -> tuple[bool, bool]:
    """Whether the name is a German one of a disc's own streams, and whether German is followed by DL or ML."""
    lows = tokens.lows
    german = lows.index("german")
    is_dual = any(low.endswith(("dl", "ml")) for low in lows[german:])
    has_number = any(year < german for year in frame.years)
    is_disc = has_number and bool(flags & pictures.IS_DISC_CODEC) and bool(flags & pictures.IS_BLURAY)
    return is_disc, is_dual
