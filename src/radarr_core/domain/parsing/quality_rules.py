"""From source, resolution and marks to one of the thirty qualities: the table of the field, row by row."""

from __future__ import annotations

from functools import cache

from radarr_core.domain.quality import (
    QUALITY_BY_NAME,
    UNKNOWN_QUALITY,
    DetectedFrom,
    Modifier,
    Quality,
    Source,
    find_nearest_quality,
)

from . import pictures as is_
from . import sources as src
from .containers import QUALITY_OF_EXTENSION

_Q = QUALITY_BY_NAME
_NAME, _EXTENSION, _UNKNOWN = DetectedFrom.NAME, DetectedFrom.EXTENSION, DetectedFrom.UNKNOWN
_FIXED = {
    src.SCREENER: _Q["DVDSCR"], src.CAM: _Q["CAM"], src.TELECINE: _Q["TELECINE"], src.WORKPRINT: _Q["WORKPRINT"],
    src.REGIONAL: _Q["REGIONAL"], src.DVDR: _Q["DVD-R"], src.DVD: _Q["DVD"],
}  # fmt: skip


def _table(family: str, lowest: str) -> dict[int, Quality]:
    return {0: _Q[lowest], **{lines: _Q[f"{family}-{lines}p"] for lines in (720, 1080, 2160)}}


_WEBDL = _table("WEBDL", "WEBDL-480p")
_WEBRIP = _table("WEBRip", "WEBRip-480p")
_HDTV = _table("HDTV", "SDTV")
_BDRIP = {**_table("Bluray", "Bluray-480p"), 576: _Q["Bluray-576p"]}
_BLURAY = {**_BDRIP, 0: _Q["Bluray-720p"], 360: _Q["Bluray-480p"], 480: _Q["Bluray-480p"], 540: _Q["Bluray-480p"]}
_REMUX = {0: _Q["Remux-1080p"], 1080: _Q["Remux-1080p"], 2160: _Q["Remux-2160p"]}
_SOURCELESS_REMUX = {480: _Q["Bluray-480p"], 720: _Q["Bluray-720p"], **_REMUX}
_DISC, _RAW = _Q["BR-DISK"], _Q["Raw-HD"]


def is_full_disc(flags: int, *, german_disc: bool, german_dual: bool, starts_with_word: bool) -> bool:
    """Whether the words are those of an untouched disc rather than of something made from one."""
    if flags & (is_.IS_DVD | is_.IS_BDRIP | is_.IS_720P | is_.IS_RIP_WORD | is_.IS_REMUX) or german_disc or german_dual:
        return False
    if starts_with_word and flags & is_.IS_1080P and flags & is_.IS_HEVC:
        return False
    if flags & (is_.IS_BR_DISK | is_.IS_DISC_SIZE):
        return True
    if flags & is_.IS_COMPLETE and flags & (is_.IS_BLURAY | is_.IS_HDDVD):
        return True
    return bool(flags & (is_.IS_BLURAY | is_.IS_BD | is_.IS_HDDVD) and flags & (is_.IS_DISC_CODEC | is_.IS_BDMV))


def choose(source: int, lines: int, flags: int, *, is_disc: bool, extension: str, literal: str) -> Quality:
    """The quality a source class (-1: none), a resolution (0: none) and the marks name together."""
    if flags & is_.IS_RAW_HD and not is_disc:
        return _RAW
    if 0 <= source <= src.WORKPRINT:
        return _by_source(source, lines, flags, is_disc=is_disc, literal=literal)
    if flags & is_.IS_REMUX and lines in _SOURCELESS_REMUX and lines:
        return _SOURCELESS_REMUX[lines]
    if source == src.ANIME_WEB:
        return _at(_WEBDL, lines, 0 if lines else 720)
    if source == src.BARE_WEB and lines in (1080, 2160):
        return _WEBDL[lines]
    if lines:
        return _by_lines(lines, flags, extension)
    return _by_leftovers(flags)


def _at(table: dict[int, Quality], lines: int, otherwise: int) -> Quality:
    return table[lines] if lines and lines in table else table[otherwise]


def _by_source(source: int, lines: int, flags: int, *, is_disc: bool, literal: str) -> Quality:
    if source == src.BLURAY:
        if is_disc:
            return _DISC
        if flags & is_.IS_XVID:
            return _BDRIP[0]
        if flags & is_.IS_REMUX and lines in _REMUX:
            return _REMUX[lines]
        return _BLURAY[lines]
    if source == src.WEBDL:
        return _at(_WEBDL, lines, 720 if "[WEBDL]" in literal else 0)
    if source == src.WEBRIP:
        return _WEBRIP.get(lines, _WEBRIP[0])
    if source == src.HDTV:
        if flags & is_.IS_MPEG2:
            return _RAW
        return _at(_HDTV, lines, 720 if "[HDTV]" in literal else 0)
    if source == src.BDRIP:
        return _BDRIP.get(lines, _BDRIP[0])
    if source == src.TELESYNC:
        return _telesync(lines)
    if source == src.SDTV:
        if lines in (720, 1080):
            return _HDTV[lines]
        return _HDTV[720] if flags & is_.IS_HR_WS else _HDTV[0]
    return _FIXED[source]


@cache
def _telesync(lines: int) -> Quality:
    return _Q["TELESYNC"].at(lines)


def _by_lines(lines: int, flags: int, extension: str) -> Quality:
    if flags & is_.IS_REMUX:
        return find_nearest_quality(Source.BLURAY, lines, Modifier.REMUX)
    known = QUALITY_OF_EXTENSION.get(extension, UNKNOWN_QUALITY)
    if known.source is Source.UNKNOWN:
        return _HDTV.get(lines, _HDTV[0])
    return find_nearest_quality(known.source, lines if lines >= 720 else 480)


def _by_leftovers(flags: int) -> Quality:
    if flags & is_.IS_X264:
        return _HDTV[0]
    if flags & is_.IS_HD_TV:
        return _HDTV[720]
    if flags & is_.IS_SD_TV:
        return _HDTV[0]
    return UNKNOWN_QUALITY


def source_said_by(quality: Quality, source: int, flags: int, extension: str) -> DetectedFrom:
    """Whether the source of a quality stood in the name, was taken from the extension, or is a guess."""
    said = 0 <= source <= src.BARE_WEB or flags & (is_.IS_REMUX | is_.IS_RAW_HD | is_.IS_HD_TV | is_.IS_SD_TV)
    if said and quality is not UNKNOWN_QUALITY:
        return _NAME
    if extension and quality is not UNKNOWN_QUALITY and quality.source is QUALITY_OF_EXTENSION[extension].source:
        return _EXTENSION
    return _UNKNOWN
