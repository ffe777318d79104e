"""How many lines a name claims, and the words that tell a disc, a remux or a raw recording apart."""

from __future__ import annotations

from collections.abc import Callable

from .tokens import Tokens

# -- resolution --------------------------------------------------------------------------------------------------------

Lines = tuple[int, int] | None
"""Lines and how many words say so."""
LinesWord = int | Callable[[Tokens, int], Lines]

_OPTIONAL_SEP = frozenset("-_. ")
_BESIDE_4K = frozenset(("uhd", "hevc", "bd", "h265"))


def _four_k(tokens: Tokens, i: int) -> Lines:
    """4K alone is as much an advertisement as a resolution; beside UHD, BD or an H.265 codec it counts."""
    if tokens.gaps[i + 1] in _OPTIONAL_SEP and _says_uhd(tokens, i + 1):
        return 2160, 1
    if (
        i
        and tokens.gaps[i] in _OPTIONAL_SEP
        and (tokens.lows[i - 1] in _BESIDE_4K or (tokens.lows[i - 1] == "265" and tokens.lows[i - 2] == "h"))
    ):
        return 2160, 1
    if tokens.gaps[i].endswith("[") and tokens.gaps[i + 1].startswith("]"):
        return WEAK_2160, 1
    return BARE_4K, 1


def _says_uhd(tokens: Tokens, i: int) -> bool:
    word = tokens.lows[i]
    return word in _BESIDE_4K or (word == "h" and tokens.lows[i + 1] == "265")


def _ultra(tokens: Tokens, i: int) -> Lines:
    return (WEAK_2160, 2) if tokens.lows[i + 1] == "hd" else None


WEAK_2160 = -2160
"""UHD and [4K]: counted only where no figure stands."""
BARE_4K = 0
"""A claim of 2160 lines that names no quality: the field takes a bare 4K for an advertisement."""

LINES: dict[str, LinesWord] = {
    "360p": 360, "480p": 480, "480i": 480, "640x480": 480, "848x480": 480, "540p": 540, "576p": 576, "576i": 576,
    "720p": 720, "720i": 720, "1280x720": 720, "960p": 720, "1080p": 1080, "1080i": 1080, "1440p": 1080,
    "1920x1080": 1080, "fhd": 1080, "4kto1080p": 1080, "2160p": 2160, "2160i": 2160, "3840x2160": 2160,
    "4096x2160": 2160, "1280x720p": 720, "1920x1080p": 1080, "1920x1036p": 1080, "7200p": 720, "10800p": 1080,
    "m720p": 720, "m1080p": 1080, "m2160p": 2160, "tc1080p": 1080, "uhd": WEAK_2160, "ultrahd": WEAK_2160,
    "4k": _four_k, "ultra": _ultra,
}  # fmt: skip

# -- words that change what a quality is -------------------------------------------------------------------------------

(
    IS_BLURAY, IS_BD, IS_HDDVD, IS_DISC_CODEC, IS_BDMV, IS_COMPLETE, IS_UHD, IS_DVD, IS_BDRIP, IS_720P, IS_RIP_WORD,
    IS_1080P, IS_HEVC, IS_DISC_SIZE, IS_RAW_HD, IS_MPEG2, IS_XVID, IS_X264, IS_FULL, IS_REMUX, IS_ANIME_BD,
    IS_BR_DISK, IS_GERMAN, IS_SECOND_LANGUAGE, IS_HD_TV, IS_SD_TV, IS_HR_WS, IS_GLUED_BLURAY,
) = (1 << place for place in range(28))  # fmt: skip

FLAGS: dict[str, int] = {
    "bluray": IS_BLURAY, "mbluray": 0, "bd": IS_BD, "hddvd": IS_HDDVD, "avc": IS_DISC_CODEC,
    "hevc": IS_DISC_CODEC | IS_HEVC, "vc1": IS_DISC_CODEC, "mvc": IS_DISC_CODEC, "mpeg2": IS_DISC_CODEC,
    "bdmv": IS_BDMV, "iso": IS_BDMV, "complete": IS_COMPLETE, "disc": IS_COMPLETE, "disk": IS_COMPLETE,
    "bdrip": IS_BDRIP, "720p": IS_720P, "mkv": IS_RIP_WORD, "wmv": IS_RIP_WORD, "d3g": IS_RIP_WORD,
    "xvid": IS_RIP_WORD | IS_XVID, "divx": IS_XVID, "xvidhd": IS_XVID, "x264": IS_RIP_WORD | IS_X264,
    "x265": IS_RIP_WORD, "h264": IS_RIP_WORD, "h265": IS_RIP_WORD, "1080p": IS_1080P,
    "bd25": IS_DISC_SIZE, "bd50": IS_DISC_SIZE, "bd66": IS_DISC_SIZE, "bd100": IS_DISC_SIZE, "bdiso": IS_DISC_SIZE,
    "uhd25": IS_DISC_SIZE, "uhd50": IS_DISC_SIZE, "uhd66": IS_DISC_SIZE, "uhd100": IS_DISC_SIZE,
    "brdisk": IS_BR_DISK, "3dbd": IS_BR_DISK, "fullbluray": IS_BR_DISK, "rawhd": IS_RAW_HD, "german": IS_GERMAN,
    "dl": IS_SECOND_LANGUAGE, "ml": IS_SECOND_LANGUAGE,
}  # fmt: skip

FlagReader = Callable[[Tokens, int], int]


def _second_half(follow: dict[str, int], gaps: frozenset[str]) -> FlagReader:
    def read(tokens: Tokens, i: int) -> int:
        return follow.get(tokens.lows[i + 1], 0) if tokens.gaps[i + 1] in gaps else 0

    return read


_SEPS = frozenset(("-", "_", ".", " "))


def _dvd_flag(tokens: Tokens, i: int) -> int:
    return 0 if i and tokens.lows[i - 1] == "hd" and tokens.gaps[i] in _SEPS else IS_DVD


def _bd_flag(tokens: Tokens, i: int) -> int:
    if tokens.gaps[i + 1] in _SEPS and tokens.lows[i + 1] in ("25", "50", "66", "100", "iso"):
        return IS_BD | IS_DISC_SIZE
    return IS_BD | IS_ANIME_BD


def _uhd_flag(tokens: Tokens, i: int) -> int:
    if tokens.gaps[i + 1] in _SEPS and tokens.lows[i + 1] in ("25", "50", "66", "100", "iso"):
        return IS_DISC_SIZE
    return IS_UHD


def _remux_flag(tokens: Tokens, i: int) -> int:
    """A remux by its place: after a hyphen it is as likely a group, unless a resolution stands on either side."""
    before = tokens.gaps[i][-1:]
    if before in "_. [(" or (tokens.gaps[i + 1][:1] in ("_", ".", " ") and tokens.lows[i + 1] in _FIGURES):
        return IS_REMUX
    return IS_REMUX if tokens.lows[i - 1] in _FIGURES or tokens.lows[i - 1] == "hybrid" else 0


_FIGURES = frozenset(("1080p", "2160p", "1440p", "uhd", "bd"))

FLAG_READERS: dict[str, FlagReader] = {
    "blu": _second_half({"ray": IS_BLURAY}, _SEPS),
    "hd": _second_half({"dvd": IS_HDDVD, "tv": IS_HD_TV}, _SEPS),
    "sd": _second_half({"tv": IS_SD_TV}, _SEPS), "hr": _second_half({"ws": IS_HR_WS}, _SEPS),
    "vc": _second_half({"1": IS_DISC_CODEC}, _SEPS), "mpeg": _second_half({"2": IS_DISC_CODEC | IS_MPEG2}, _SEPS),
    "raw": _second_half({"hd": IS_RAW_HD}, _SEPS), "br": _second_half({"disk": IS_BR_DISK}, _SEPS),
    "x": _second_half({"264": IS_RIP_WORD, "265": IS_RIP_WORD, "vid": IS_RIP_WORD | IS_XVID}, _SEPS),
    "h": _second_half({"264": IS_RIP_WORD, "265": IS_RIP_WORD}, _SEPS),
    "3d": _second_half({"bd": IS_BR_DISK}, _SEPS),
    "full": _second_half({"bluray": IS_BR_DISK, "blu": IS_BR_DISK}, _SEPS),
    "dvd": _dvd_flag, "bd": _bd_flag, "uhd": _uhd_flag, "remux": _remux_flag, "bdremux": _remux_flag,
    "uhdremux": _remux_flag, "uhdbdremux": _remux_flag,
    "mpeg2": lambda tokens, i: IS_DISC_CODEC | (IS_MPEG2 if tokens.words[i] == "MPEG2" else 0),
}  # fmt: skip
