"""How the picture is coded: codec, bits a component, range and depth of space."""

from __future__ import annotations

from collections.abc import Callable

from radarr_core.domain.releases import HdrFormat, VideoCodec

from .lexicon_words import words_of
from .tokens import Tokens

_OPTIONAL_SEP = frozenset(("", "-", "_", ".", " "))

CodecWord = VideoCodec | Callable[[Tokens, int], VideoCodec | None]


def _two_words(follow: dict[str, VideoCodec]) -> Callable[[Tokens, int], VideoCodec | None]:
    def read(tokens: Tokens, i: int) -> VideoCodec | None:
        return follow.get(tokens.lows[i + 1]) if tokens.gaps[i + 1] in _OPTIONAL_SEP else None

    return read


_H26X = {"264": VideoCodec.H264, "265": VideoCodec.H265, "266": VideoCodec.H266}
CODECS: dict[str, CodecWord] = {
    **dict.fromkeys(words_of("x264 h264 avc avc10 hi10p hi10 hi444pp avchd"), VideoCodec.H264),
    **dict.fromkeys(words_of("x265 h265 hevc hevc10 hevc10bit x265hevc"), VideoCodec.H265),
    **dict.fromkeys(words_of("x266 h266 vvc"), VideoCodec.H266),
    **dict.fromkeys(words_of("xvid xvidhd"), VideoCodec.XVID),
    **dict.fromkeys(words_of("divx divx5 divx6 dvdivx"), VideoCodec.DIVX),
    **dict.fromkeys(words_of("mpeg2 h262 x262"), VideoCodec.MPEG2),
    **dict.fromkeys(words_of("mpeg4 h263 x263"), VideoCodec.MPEG4),
    "vc1": VideoCodec.VC1, "vp8": VideoCodec.VP8, "vp9": VideoCodec.VP9, "av1": VideoCodec.AV1,
    "wmv": VideoCodec.WMV, "wmv9": VideoCodec.WMV, "wmvhd": VideoCodec.WMV, "rmvb": VideoCodec.REAL_VIDEO,
    "h": _two_words(_H26X | {"262": VideoCodec.MPEG2, "263": VideoCodec.MPEG4}),
    "x": _two_words(_H26X | {"vid": VideoCodec.XVID}),
    "vc": _two_words({"1": VideoCodec.VC1}),
    "mpeg": _two_words({"2": VideoCodec.MPEG2, "4": VideoCodec.MPEG4}),
}  # fmt: skip


def read_codec(tokens: Tokens, hits: list[tuple[int, CodecWord]]) -> tuple[VideoCodec, int, int] | None:
    """The first video codec and its words; a codec that is the file's own extension counts only where alone."""
    for i, payload in hits:
        if isinstance(payload, VideoCodec):
            return payload, i, i
        codec = payload(tokens, i)
        if codec is not None:
            return codec, i, i + 1
    return None


# -- bits a component --------------------------------------------------------------------------------------------------

BITS: dict[str, int] = {
    "8bit": 8, "8bits": 8, "8b": 8, "10bit": 10, "10bits": 10, "10b": 10, "hi10p": 10, "hi10": 10, "12bit": 12,
    "12bits": 12, "hevc10": 10, "hevc10bit": 10, "avc10": 10, "yuv420p10": 10,
}  # fmt: skip
# A figure before the word `bit`, as in 10-bit; 16 and 24 are depths of sound.
BIT_FIGURES: dict[str, int] = {"8": 8, "10": 10, "12": 12}
BIT_WORDS = frozenset(("bit", "bits"))


def read_bit_depth(tokens: Tokens, hits: list[tuple[int, int]]) -> tuple[int, int, int] | None:
    """The first bit depth and its words."""
    for i, bits in hits:
        if tokens.lows[i] not in BIT_FIGURES:
            return bits, i, i
        if tokens.lows[i + 1] in BIT_WORDS and tokens.gaps[i + 1] in _OPTIONAL_SEP:
            return bits, i, i + 1
    return None


# -- range -------------------------------------------------------------------------------------------------------------

HDR = HdrFormat.HDR
RANGES: dict[str, HdrFormat] = {
    "hdr": HDR, "hdr10": HdrFormat.HDR10, "hdr10plus": HdrFormat.HDR10_PLUS, "hdr10p": HdrFormat.HDR10_PLUS,
    "hdrplus": HdrFormat.HDR10_PLUS, "dv": HdrFormat.DOLBY_VISION, "dovi": HdrFormat.DOLBY_VISION,
    "dolbyvision": HdrFormat.DOLBY_VISION, "dvhdr": HdrFormat.DOLBY_VISION, "hlg": HdrFormat.HLG,
    "pq": HdrFormat.PQ, "pq10": HdrFormat.PQ, "sdr": HdrFormat.SDR, "dolby": HdrFormat.DOLBY_VISION,
    "uhdr": HDR, "hdr10dv": HdrFormat.DOLBY_VISION, "hdrdv": HdrFormat.DOLBY_VISION,
    "vision": HdrFormat.DOLBY_VISION,
}  # fmt: skip


def read_ranges(tokens: Tokens, hits: list[tuple[int, HdrFormat]]) -> tuple[list[HdrFormat], list[tuple[int, int]]]:
    """Every range format the name claims, in its order; DV beside HDR10 is DV with that as its fallback."""
    formats: list[HdrFormat] = []
    places: list[tuple[int, int]] = []
    for i, payload in hits:
        word, last, found = tokens.lows[i], i, payload
        if word == "dolby":
            if tokens.lows[i + 1] != "vision":
                continue
            last = i + 1
        elif word == "vision":
            continue
        elif found is HDR or found is HdrFormat.HDR10:
            found = _with_plus(tokens, i, found)
        elif word == "dvhdr" or word == "hdrdv":
            formats.append(HDR)
        if found not in formats:
            formats.append(found)
        places.append((i, last))
    return formats, places


def _with_plus(tokens: Tokens, i: int, found: HdrFormat) -> HdrFormat:
    gap = tokens.gaps[i + 1]
    if gap.startswith("+") and (len(gap) > 1 or tokens.lows[i + 1] not in ("dv", "hdr", "dovi")):
        return HdrFormat.HDR10_PLUS
    if found is HDR and tokens.lows[i + 1] == "10" and gap in _OPTIONAL_SEP:
        return HdrFormat.HDR10
    return found


# -- depth of space ----------------------------------------------------------------------------------------------------

# Words that say 3D by themselves, and those that only say how the two pictures lie in the frame.
STEREO: dict[str, bool] = {
    **dict.fromkeys(words_of("3d bd3d bluray3d 3dbd hsbs h3d hou mvc"), True),
    **dict.fromkeys(words_of("sbs halfsbs halfou"), True),
}
