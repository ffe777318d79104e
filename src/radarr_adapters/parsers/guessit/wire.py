"""A guess of guessit's to a claim: what it does not say stays absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from radarr_core.domain.languages import LANGUAGES, Language
from radarr_core.domain.quality import UNKNOWN_QUALITY, Modifier, Quality, Revision, Source, find_nearest_quality
from radarr_core.domain.releases import AudioClaim, AudioCodec, HdrFormat, Mark, ParsedRelease, VideoCodec
from radarr_core.errors import NotAMovieError, UnparsableReleaseError

_SOURCES: Mapping[str, Source] = {
    "Camera": Source.CAM, "HD Camera": Source.CAM, "Telesync": Source.TELESYNC, "HD Telesync": Source.TELESYNC,
    "Telecine": Source.TELECINE, "HD Telecine": Source.TELECINE, "Workprint": Source.WORKPRINT, "DVD": Source.DVD,
    "HD-DVD": Source.BLURAY, "TV": Source.TV, "Digital TV": Source.TV, "Analog HDTV": Source.TV, "HDTV": Source.TV,
    "Ultra HDTV": Source.TV, "Satellite": Source.TV, "Web": Source.WEBDL, "Blu-ray": Source.BLURAY,
    "Ultra HD Blu-ray": Source.BLURAY,
}  # fmt: skip
_VIDEO: Mapping[str, VideoCodec] = {
    "H.264": VideoCodec.H264, "H.265": VideoCodec.H265, "Xvid": VideoCodec.XVID, "DivX": VideoCodec.DIVX,
    "MPEG-2": VideoCodec.MPEG2, "VC-1": VideoCodec.VC1, "VP8": VideoCodec.VP8, "VP9": VideoCodec.VP9,
    "RealVideo": VideoCodec.REAL_VIDEO, "AV1": VideoCodec.AV1,
}  # fmt: skip
_AUDIO: Mapping[str, AudioCodec] = {
    "MP2": AudioCodec.MP2, "MP3": AudioCodec.MP3, "AAC": AudioCodec.AAC, "Dolby Digital": AudioCodec.AC3,
    "Dolby Digital Plus": AudioCodec.EAC3, "Dolby TrueHD": AudioCodec.TRUEHD, "DTS": AudioCodec.DTS,
    "DTS-HD": AudioCodec.DTS_HD, "DTS:X": AudioCodec.DTS_X, "FLAC": AudioCodec.FLAC, "PCM": AudioCodec.PCM,
    "LPCM": AudioCodec.PCM, "Opus": AudioCodec.OPUS, "Vorbis": AudioCodec.VORBIS,
}  # fmt: skip
_HDR: Mapping[str, HdrFormat] = {
    "HDR10": HdrFormat.HDR10, "HDR10+": HdrFormat.HDR10_PLUS, "Dolby Vision": HdrFormat.DOLBY_VISION,
    "Standard Dynamic Range": HdrFormat.SDR,
}  # fmt: skip
_MARKS: Mapping[str, Mark] = {"Remux": Mark.REMUX, "Proper": Mark.PROPER, "Hybrid": Mark.HYBRID, "Sample": Mark.SAMPLE}
_BY_CODE3: Mapping[str, Language] = {language.code3: language for language in reversed(LANGUAGES) if language.code3}
_MULTI = "mul"


def claim_from_guess(name: str, guess: Mapping[str, Any]) -> ParsedRelease:
    """The claim.

    Raises:
        NotAMovieError: guessit took the name for an episode.
        UnparsableReleaseError: it found no title, or nothing beside one.
    """
    if guess.get("type") != "movie":
        raise NotAMovieError(name, "guessit reads an episode")
    title = _first(guess.get("title"))
    if title is None:
        raise UnparsableReleaseError(name, "guessit finds no title")
    if not guess.keys() & {"year", "source", "screen_size", "video_codec"}:
        raise UnparsableReleaseError(name, "guessit finds neither a year nor a source, resolution or codec")
    other = frozenset(_all(guess.get("other")))
    codes = [getattr(language, "alpha3", "") for language in _all(guess.get("language"))]
    return ParsedRelease(
        original=name,
        title=title,
        titles=(title, *map(str, _all(guess.get("alternative_title")))),
        year=_first(guess.get("year")),
        quality=_read_quality(guess, other),
        revision=Revision(version=1 + int(guess.get("proper_count", 0))),
        languages=tuple(_BY_CODE3[code] for code in codes if code in _BY_CODE3),
        is_multi=_MULTI in codes,
        edition=" ".join(map(str, _all(guess.get("edition")))) or None,
        release_group=_first(guess.get("release_group")),
        video_codec=_VIDEO.get(str(_first(guess.get("video_codec")))),
        audio=_read_audio(guess),
        hdr=tuple(_HDR[word] for word in _HDR if word in other),
        bit_depth=_read_bit_depth(guess),
        is_3d="3D" in other,
        streaming_service=_first(guess.get("streaming_service")),
        marks=frozenset(_MARKS[word] for word in other & _MARKS.keys()),
        container=_first(guess.get("container")),
    )


def _all(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _first(value: Any) -> Any:
    return next(iter(_all(value)), None)


def _read_quality(guess: Mapping[str, Any], other: frozenset[str]) -> Quality:
    source = _SOURCES.get(str(_first(guess.get("source"))), Source.UNKNOWN)
    if source is Source.WEBDL and "Rip" in other:
        source = Source.WEBRIP
    lines = "".join(filter(str.isdigit, str(_first(guess.get("screen_size")) or "").split("x")[-1]))
    modifier = Modifier.REMUX if "Remux" in other else Modifier.SCREENER if "Screener" in other else Modifier.NONE
    if source is Source.UNKNOWN and not lines:
        return UNKNOWN_QUALITY
    return find_nearest_quality(source, int(lines or 0), modifier)


def _read_audio(guess: Mapping[str, Any]) -> tuple[AudioClaim, ...]:
    codecs, channels = list(_all(guess.get("audio_codec"))), _first(guess.get("audio_channels"))
    atmos = "Dolby Atmos" in codecs
    named = [_AUDIO[codec] for codec in codecs if codec in _AUDIO]
    if not named:
        return (AudioClaim(channels=channels, atmos=atmos),) if channels or atmos else ()
    first, *others = named
    return (AudioClaim(first, channels, atmos), *(AudioClaim(codec) for codec in others))


def _read_bit_depth(guess: Mapping[str, Any]) -> int | None:
    digits = "".join(filter(str.isdigit, str(_first(guess.get("color_depth")) or "")))
    return int(digits) if digits else None
