"""What libmediainfo says, as the domain's values.

Every text of its report may come from the file itself, so nothing of it is trusted: numbers are checked, words are
looked up or cut down to a short line.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from radarr_core.domain.languages import find_language
from radarr_core.domain.releases import AudioCodec, AudioStream, HdrFormat, MediaInfo, VideoCodec, VideoStream
from radarr_core.errors import UnreadableMediaError

Track = Mapping[str, str]

_LONGEST_TEXT = 64
_LARGEST_NUMBER = 1e9


@frozen(kw_only=True)
class Report:
    """The tracks of a file by kind (`General`, `Video`, `Audio`, `Text`), and the library that found them."""

    tracks: tuple[Track, ...] = ()
    library: str = ""

    def list_tracks(self, kind: str) -> list[Track]:
        """The tracks of that kind, in file order."""
        return [track for track in self.tracks if track.get("@type") == kind]


def read_report(text: str) -> Report:
    """A report from the library's JSON.

    Raises:
        ValueError: it is no such JSON.
    """
    data = _table(json.loads(text, strict=False))
    tracks, library = _table(data.get("media")).get("track"), _table(data.get("creatingLibrary"))
    return Report(
        tracks=tuple(_read_track(track) for track in tracks) if isinstance(tracks, list) else (),
        library=_line(f"{library.get('name', '')} {library.get('version', '')}"),
    )


def _read_track(value: object) -> Track:
    """The texts of a track, and those of its `extra` beside them."""
    track = _table(value)
    together = {**_table(track.get("extra")), **track}
    return {str(key): text for key, text in together.items() if isinstance(text, str)}


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def media_info_from_report(report: Report, shown: str, *, adapter: str) -> MediaInfo:
    """What a file proves.

    Raises:
        UnreadableMediaError: the report tells of no picture, or of a file cut short; `shown` names the file.
    """
    general = next(iter(report.list_tracks("General")), {})
    container = _line(general.get("Format", ""))
    picture = next(filter(_is_picture, report.list_tracks("Video")), None)
    if picture is None:
        raise UnreadableMediaError(f"{shown!r} is no video: {_describe_lack(report, container)}", adapter=adapter)
    if _is_cut_short(general, container):
        raise UnreadableMediaError(
            f"{shown!r} is cut short: it is smaller than its own header says; fetch it again", adapter=adapter
        )
    return MediaInfo(
        container=container or "unknown",
        video=_read_picture(picture),
        duration=_number(general.get("Duration", "")) or _number(picture.get("Duration", "")),
        audio=tuple(_read_sound(track) for track in report.list_tracks("Audio")),
        subtitle_languages=tuple(filter(None, (_read_language(track) for track in report.list_tracks("Text")))),
    )


def _describe_lack(report: Report, container: str) -> str:
    if report.list_tracks("Audio"):
        return "it holds sound alone"
    return f"it holds no picture that can be read ({container})" if container else "no container format is known to it"


# Covers and posters come as pictures, too.
_STILLS = frozenset({"JPEG", "PNG", "GIF", "BMP", "WebP"})
# These say in their header how long they are. Transport streams are often recorded to the middle of a packet, and old
# AVI files often have a wrong size in their header, so with those it means nothing.
_SIZED = frozenset({"Matroska", "WebM", "MPEG-4", "QuickTime"})


def _is_picture(track: Track) -> bool:
    return track.get("Format") not in _STILLS and bool(
        _count(track.get("Width", "")) and _count(track.get("Height", ""))
    )


def _is_cut_short(general: Track, container: str) -> bool:
    return container in _SIZED and general.get("IsTruncated") == "Yes"


def _read_picture(track: Track) -> VideoStream:
    depth = _count(track.get("BitDepth", ""))
    return VideoStream(
        codec=str(_read_video_codec(track)),
        width=_count(track.get("Width", "")) or 0,
        height=_count(track.get("Height", "")) or 0,
        bit_depth=depth,
        frame_rate=_number(track.get("FrameRate", "")),
        hdr=_read_range(track, depth),
    )


_VIDEO: Mapping[str, str] = {
    "AVC": VideoCodec.H264,
    "HEVC": VideoCodec.H265,
    "VVC": VideoCodec.H266,
    "AV1": VideoCodec.AV1,
    "VP8": VideoCodec.VP8,
    "VP9": VideoCodec.VP9,
    "VC-1": VideoCodec.VC1,
    "WMV1": VideoCodec.WMV,
    "WMV2": VideoCodec.WMV,
    "WMV3": VideoCodec.WMV,
    "MPEG-4 Visual": VideoCodec.MPEG4,
}
_DIVX = ("DIVX", "DX50", "DIV3")


def _read_video_codec(track: Track) -> str:
    format_, identity = _line(track.get("Format", "")), track.get("CodecID", "").upper()
    if format_ == "MPEG Video":
        return "MPEG-1" if track.get("Format_Version", "").endswith("1") else VideoCodec.MPEG2
    if format_ in ("MPEG-4 Visual", "MPEG-4"):
        if "XVID" in identity or track.get("Encoded_Library_Name") == "XviD":
            return VideoCodec.XVID
        return VideoCodec.DIVX if any(name in identity for name in _DIVX) else VideoCodec.MPEG4
    if format_ == "VC-1" and "WMV3" in identity:
        return VideoCodec.WMV
    if format_.startswith("RealVideo"):
        return VideoCodec.REAL_VIDEO
    return _VIDEO.get(format_, format_) or "unknown"


_DEEP = 10
_RANGE_ORDER = (
    HdrFormat.DOLBY_VISION,
    HdrFormat.HDR10_PLUS,
    HdrFormat.HDR10,
    HdrFormat.HLG,
    HdrFormat.PQ,
    HdrFormat.SDR,
)
# The base layer a Dolby Vision picture can be shown by without Dolby Vision.
_BASES = {"HDR10": HdrFormat.HDR10, "Blu-ray": HdrFormat.HDR10, "HLG": HdrFormat.HLG, "SDR": HdrFormat.SDR}


def _read_range(track: Track, depth: int | None) -> tuple[HdrFormat, ...]:
    """The formats of the range, the richest first; none for a picture of less than ten bits."""
    if depth is not None and depth < _DEEP:
        return ()
    found = set(_read_formats(track)) or _read_transfer(track)
    return tuple(kind for kind in _RANGE_ORDER if kind in found)


def _read_formats(track: Track) -> Iterable[HdrFormat]:
    """From the two lists side by side, as in `Dolby Vision / SMPTE ST 2086` and `HDR10 / HDR10`.

    A Dolby Vision picture whose own entry names no base cannot be shown as HDR10, whatever stands beside it.
    """
    formats = track.get("HDR_Format", "").split(" / ")
    bases = track.get("HDR_Format_Compatibility", "").split(" / ")
    bases += [""] * (len(formats) - len(bases))
    pairs = list(zip(formats, bases, strict=False))
    for name, base in pairs:
        if name.startswith("Dolby Vision"):
            yield HdrFormat.DOLBY_VISION
            if base in _BASES:
                yield _BASES[base]
                yield from (HdrFormat.HDR10_PLUS for _, other in pairs if other.startswith("HDR10+"))
            return
    for name, base in pairs:
        if base.startswith("HDR10+") or name.startswith("SMPTE ST 2094"):
            yield HdrFormat.HDR10_PLUS
        elif base == "HDR10" or name.startswith("SMPTE ST 2086"):
            yield HdrFormat.HDR10


def _read_transfer(track: Track) -> set[HdrFormat]:
    if track.get("colour_primaries", "BT.2020") != "BT.2020":
        return set()
    transfer = track.get("transfer_characteristics", "")
    return {kind for name, kind in (("PQ", HdrFormat.PQ), ("HLG", HdrFormat.HLG)) if name in transfer}


_AUDIO: Mapping[str, str] = {
    "AC-3": AudioCodec.AC3,
    "E-AC-3": AudioCodec.EAC3,
    "AC-4": AudioCodec.AC4,
    "MLP FBA": AudioCodec.TRUEHD,
    "FLAC": AudioCodec.FLAC,
    "ALAC": AudioCodec.ALAC,
    "PCM": AudioCodec.PCM,
    "ADPCM": AudioCodec.PCM,
    "Opus": AudioCodec.OPUS,
    "Vorbis": AudioCodec.VORBIS,
    "WMA": AudioCodec.WMA,
}
# By what a DTS track carries beside its core; the first that is there decides.
_DTS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"XLL", "X"}), AudioCodec.DTS_X),
    (frozenset({"XLL"}), AudioCodec.DTS_HD_MA),
    (frozenset({"XBR"}), AudioCodec.DTS_HD_HRA),
    (frozenset({"LBR"}), AudioCodec.DTS_EXPRESS),
    (frozenset({"ES"}), AudioCodec.DTS_ES),
    (frozenset({"XCh"}), AudioCodec.DTS_ES),
    (frozenset({"XXCH"}), AudioCodec.DTS_ES),
)


def _read_sound(track: Track) -> AudioStream:
    features = frozenset(track.get("Format_AdditionalFeatures", "").split())
    marketed = track.get("Format_Commercial_IfAny", "")
    return AudioStream(
        codec=str(_read_audio_codec(track, features)),
        channels=_read_channels(track),
        language=_read_language(track),
        atmos="JOC" in features or "16-ch" in features or "Atmos" in marketed,
    )


def _read_audio_codec(track: Track, features: frozenset[str]) -> str:
    format_ = _line(track.get("Format", ""))
    words = frozenset(format_.split()) | features
    if format_.startswith("DTS"):
        return next((codec for needed, codec in _DTS if needed <= words), AudioCodec.DTS)
    if format_.startswith("AAC"):
        return AudioCodec.HE_AAC if "SBR" in words or "HE-AAC" in format_ else AudioCodec.AAC
    if format_ == "MPEG Audio":
        return AudioCodec.MP2 if track.get("Format_Profile", "").endswith("2") else AudioCodec.MP3
    found = next((codec for name, codec in _AUDIO.items() if format_ == name or format_.startswith(f"{name} ")), None)
    return found or format_ or "unknown"


# Where a file does not say which of its channels is the bass: what so many channels are in practice.
_USUAL_LAYOUTS = {6: "5.1", 7: "6.1", 8: "7.1"}


def _read_channels(track: Track) -> str | None:
    stated = re.search(r"\d+", track.get("Channels", ""))
    count = _count(stated[0]) if stated else None
    if count is None:
        return None
    layout = f"{track.get('ChannelLayout', '')} {track.get('ChannelPositions', '')}".split()
    if not layout:
        return _USUAL_LAYOUTS.get(count, f"{count}.0")
    bass = min(sum(1 for place in (track.get("ChannelLayout") or " ".join(layout)).split() if "LFE" in place), count)
    return f"{count - bass}.{bass}"


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}\Z")
_NO_LANGUAGE = frozenset({"und", "zxx", "mis", "mul"})


def _read_language(track: Track) -> str | None:
    """A code such as `en` or `pt-br`; a name is looked up, and anything else is as good as nothing."""
    text = _line(track.get("Language", "")).lower()
    if text in _NO_LANGUAGE:
        return None
    if _LANGUAGE.match(text):
        return text
    language = find_language(text) if text else None
    return language.code if language else None


def _line(value: str) -> str:
    """A text of the file, as one short line of printable characters."""
    return "".join(c if c.isprintable() else " " for c in value)[:_LONGEST_TEXT].strip()


def _number(value: str) -> float | None:
    """A plausible number above 0, or None."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 < number < _LARGEST_NUMBER else None


def _count(value: str) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None
