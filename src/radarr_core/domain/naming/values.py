"""What each token stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import frozen

from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import AudioCodec, AudioStream, HdrFormat, MediaInfo, ParsedRelease, VideoCodec

from .characters import case_edition, clean_movie_title, first_character, move_article, split_article


@frozen(kw_only=True)
class Subject:
    """What is named: the film, and for a file the claim it was grabbed on and what it proves."""

    movie: Movie
    claim: ParsedRelease | None = None
    proof: MediaInfo | None = None


def _clean_with_article_last(movie: Movie) -> str:
    article, rest, tail = split_article(movie.title)
    moved = f"{clean_movie_title(rest)}, {article}" if article else clean_movie_title(rest)
    return f"{moved}{clean_movie_title(tail)}"


_MOVIE: Mapping[str, Callable[[Movie], str]] = {
    "movietitle": lambda movie: movie.title,
    "moviecleantitle": lambda movie: clean_movie_title(movie.title),
    "movietitlethe": lambda movie: move_article(movie.title),
    "moviecleantitlethe": _clean_with_article_last,
    # A pattern may have no other title; until a movie carries its original one, the known one stands in.
    "movieoriginaltitle": lambda movie: movie.title,
    "moviecleanoriginaltitle": lambda movie: clean_movie_title(movie.title),
    "movietitlefirstcharacter": lambda movie: first_character(move_article(movie.title)),
    "releaseyear": lambda movie: str(movie.year),
    "imdbid": lambda movie: str(movie.imdb_id or ""),
    "tmdbid": lambda movie: str(movie.tmdb_id or ""),
}
_EXTENSION = re.compile(r"\.(?:mkv|mk3d|mp4|m4v|avi|ts|m2ts|mov|wmv|webm|mpe?g|iso|vob)\Z", re.IGNORECASE)


def _proper(claim: ParsedRelease) -> str:
    return "Proper" if claim.revision.version > 1 else ""


def _real(claim: ParsedRelease) -> str:
    return "REAL" if claim.revision.real > 0 else ""


def _original(claim: ParsedRelease) -> str:
    return _EXTENSION.sub("", claim.original)


_CLAIM: Mapping[str, Callable[[ParsedRelease], str]] = {
    "qualityfull": lambda claim: " ".join(filter(None, (claim.quality.name, _proper(claim), _real(claim)))),
    "qualitytitle": lambda claim: claim.quality.name,
    "qualityproper": _proper,
    "qualityreal": _real,
    "editiontags": lambda claim: case_edition(claim.edition or ""),
    "releasegroup": lambda claim: claim.release_group or "",
    "originaltitle": _original,
    "originalfilename": _original,
}

# What names are searched for, so that a name keeps the spelling its release had; the last one is the usual.
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    VideoCodec.H264: ("AVC", "x264", "h264"),
    VideoCodec.H265: ("HEVC", "x265", "h265"),
}
_VIDEO_NAMES: Mapping[str, str] = {
    VideoCodec.MPEG2: "MPEG2",
    "MPEG-1": "MPEG",
    VideoCodec.MPEG4: "",
    VideoCodec.VC1: "VC1",
    VideoCodec.H266: "h266",
    VideoCodec.REAL_VIDEO: "",
}
_AUDIO_NAMES: Mapping[str, str] = {AudioCodec.DTS_X: "DTS-X"}
_RANGES: Mapping[HdrFormat, str] = {
    HdrFormat.DOLBY_VISION: "DV",
    HdrFormat.HDR10_PLUS: "HDR10Plus",
    HdrFormat.HDR10: "HDR10",
    HdrFormat.HLG: "HLG",
    HdrFormat.PQ: "PQ",
    HdrFormat.HDR: "HDR",
}


def _video_codec(subject: Subject, proof: MediaInfo) -> str:
    codec = proof.video.codec
    if codec not in _SPELLINGS:
        return _VIDEO_NAMES.get(codec, codec)
    name = subject.claim.original.lower() if subject.claim else ""
    spellings = _SPELLINGS[codec]
    return next((spelling for spelling in spellings if spelling.lower() in name), spellings[-1])


def _audio(proof: MediaInfo) -> AudioStream | None:
    return proof.audio[0] if proof.audio else None


def _audio_codec(_: Subject, proof: MediaInfo) -> str:
    track = _audio(proof)
    if track is None:
        return ""
    return _AUDIO_NAMES.get(track.codec, track.codec) + (" Atmos" if track.atmos else "")


def _audio_channels(_: Subject, proof: MediaInfo) -> str:
    track = _audio(proof)
    return (track.channels or "") if track else ""


def _range_type(_: Subject, proof: MediaInfo) -> str:
    formats = proof.video.hdr
    if HdrFormat.DOLBY_VISION in formats and HdrFormat.SDR in formats:
        return "DV SDR"
    best = next((name for kind, name in _RANGES.items() if kind in formats and name != "DV"), "")
    return f"DV {best}".strip() if HdrFormat.DOLBY_VISION in formats else best


def _simple(subject: Subject, proof: MediaInfo) -> str:
    return f"{_video_codec(subject, proof)} {_audio_codec(subject, proof)}".strip()


_PROOF: Mapping[str, Callable[[Subject, MediaInfo], str]] = {
    "mediainfovideo": _video_codec,
    "mediainfovideocodec": _video_codec,
    "mediainfovideobitdepth": lambda _, proof: str(proof.video.bit_depth or 8),
    "mediainfovideodynamicrange": lambda subject, proof: "HDR" if _range_type(subject, proof) else "",
    "mediainfovideodynamicrangetype": _range_type,
    "mediainfoaudio": _audio_codec,
    "mediainfoaudiocodec": _audio_codec,
    "mediainfoaudiochannels": _audio_channels,
    "mediainfosimple": _simple,
}
# Tokens people's patterns hold that have no value here yet: they give no text, as they do there for a film without one.
_BLANK_OF_MOVIE = ("moviecertification", "moviecollection", "moviecollectionthe")
_BLANK_OF_FILE = (
    "customformats", "customformat", "mediainfoaudiolanguages", "mediainfoaudiolanguagesall",
    "mediainfosubtitlelanguages", "mediainfosubtitlelanguagesall", "mediainfo3d", "mediainfofull",
)  # fmt: skip

KNOWN_TOKENS: Mapping[str, str] = {
    **dict.fromkeys((*_MOVIE, *_BLANK_OF_MOVIE), "movie"),
    **dict.fromkeys((*_CLAIM, *_PROOF, *_BLANK_OF_FILE), "file"),
}
"""Every token's name in lower-case letters and digits, and whether it tells of a movie or of a file."""

TITLES = frozenset(key for key in _MOVIE if "title" in key) - {"movietitlefirstcharacter"}
"""The tokens that are shortened when a name gets too long."""

SHORTENED = TITLES | {"editiontags", "releasegroup"}
"""The tokens whose format may be a number of characters."""


def find_value(key: str, subject: Subject) -> str:
    """The text of a token, blank when there is none."""
    if key in _MOVIE:
        return _MOVIE[key](subject.movie)
    if key in _CLAIM and subject.claim is not None:
        return _CLAIM[key](subject.claim)
    if key in _PROOF and subject.proof is not None:
        return _PROOF[key](subject, subject.proof)
    return ""
