"""A parsed release in the common terms the peers' cases are written in."""

from __future__ import annotations

import re
from typing import Any

from radarr_core.domain.languages import ORIGINAL, Language
from radarr_core.domain.quality import DetectedFrom, Source
from radarr_core.domain.releases import AudioCodec, HdrFormat, Mark, ParsedRelease, VideoCodec

_SOURCES = {
    Source.CAM: "cam", Source.TELESYNC: "telesync", Source.TELECINE: "telecine", Source.WORKPRINT: "workprint",
    Source.DVD: "dvd", Source.TV: "tv", Source.WEBDL: "webdl", Source.WEBRIP: "webrip", Source.BLURAY: "bluray",
}  # fmt: skip
_CODECS = {
    VideoCodec.H264: "h264", VideoCodec.H265: "h265", VideoCodec.XVID: "xvid", VideoCodec.DIVX: "divx",
    VideoCodec.MPEG2: "mpeg2", VideoCodec.VC1: "vc1", VideoCodec.VP9: "vp9", VideoCodec.AV1: "av1",
}  # fmt: skip
_SOUNDS = {
    AudioCodec.AC3: "ac3", AudioCodec.EAC3: "eac3", AudioCodec.AAC: "aac", AudioCodec.HE_AAC: "aac",
    AudioCodec.DTS: "dts", AudioCodec.DTS_ES: "dts", AudioCodec.DTS_EXPRESS: "dts", AudioCodec.DTS_HD: "dtshd",
    AudioCodec.DTS_HD_HRA: "dtshd", AudioCodec.DTS_HD_MA: "dtshd", AudioCodec.DTS_X: "dtsx",
    AudioCodec.TRUEHD: "truehd", AudioCodec.FLAC: "flac", AudioCodec.MP3: "mp3", AudioCodec.MP2: "mp2",
    AudioCodec.OPUS: "opus", AudioCodec.PCM: "pcm", AudioCodec.VORBIS: "vorbis",
}  # fmt: skip
_RANGES = {
    HdrFormat.HDR: "hdr", HdrFormat.HDR10: "hdr10", HdrFormat.HDR10_PLUS: "hdr10plus", HdrFormat.DOLBY_VISION: "dv",
    HdrFormat.SDR: "sdr", HdrFormat.HLG: "hlg", HdrFormat.PQ: "pq",
}  # fmt: skip
_REGIONS = {"pt-br": "pt-BR", "es-mx": "es-419"}
_NOT_LETTERS = re.compile(r"[\W_]+")


def common_fields(release: ParsedRelease) -> dict[str, Any]:
    """Every field the peers' cases may ask for; None where the name tells nothing."""
    said = release.source_from is DetectedFrom.NAME
    return {
        "title": release.title,
        "year": release.year,
        "source": _SOURCES.get(release.quality.source) if said else None,
        "resolution": release.resolution,
        "codec": None if release.video_codec is None else _CODECS.get(release.video_codec, release.video_codec.value),
        "audio": _sounds(release),
        "edition": [cut.value for cut in release.cuts] or None,
        "release_group": release.release_group,
        "language": [_code(language) for language in release.languages if language != ORIGINAL] or None,
        "proper": bool(release.marks & {Mark.PROPER, Mark.REPACK}) or None,
        "hdr": [_RANGES[found] for found in release.hdr] or None,
        "3d": release.is_3d or None,
    }


def _sounds(release: ParsedRelease) -> list[str] | None:
    found = [_SOUNDS.get(track.codec, track.codec.value) for track in release.audio if track.codec is not None]
    if any(track.atmos for track in release.audio):
        found.append("atmos")
    return list(dict.fromkeys(found)) or None


def _code(language: Language) -> str:
    code = language.code or language.name
    return _REGIONS.get(code, code.partition("-")[0])


def is_field_right(field: str, expected: Any, got: Any) -> bool:
    """Whether one field matches: lists in any order, titles without regard to case and punctuation."""
    if field == "hdr" and expected and got:
        return _fold_hdr(expected) == _fold_hdr(got)
    if isinstance(expected, list) and isinstance(got, list):
        return sorted(expected) == sorted(got)
    if field == "title" and isinstance(expected, str) and isinstance(got, str):
        return _loosen(expected) == _loosen(got)
    return bool(expected == got)


def _fold_hdr(formats: list[str]) -> set[str]:
    both = {"hdr", "hdr10"} <= set(formats)
    return {"hdr" if found == "hdr10" and not both else found for found in formats}


def _loosen(title: str) -> str:
    return _NOT_LETTERS.sub("", title).casefold()
