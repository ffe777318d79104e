"""Where the picture was taken from: the source words and the conditions under which each of them counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .tokens import Tokens

# Classes of source words. Several names lead to one quality, and some of them only at certain resolutions.
BLURAY, WEBDL, WEBRIP, HDTV, BDRIP, DVDR, DVD, SDTV, REGIONAL, SCREENER, TELESYNC, TELECINE, CAM, WORKPRINT = range(14)
ANIME_WEB = 14
"""A bare WEB in brackets, counted only where nothing better stands."""
BARE_WEB = 15

Found = tuple[int, int] | None
"""A class and how many words it takes, or None when the word means something else here."""
SourceWord = int | Callable[[Tokens, int], Found]

_SEP = frozenset("-_. ")
_OPTIONAL_SEP = frozenset(("", "-", "_", ".", " "))
_WIDE_RESOLUTIONS = frozenset(("1080p", "2160p", "1440p", "4320p"))
_CODECS = frozenset(("x264", "x265", "h264", "h265", "avc", "hevc"))
_WEB_SERVICES = frozenset(("amzn", "nf", "dp"))
_LOOSE_GAPS = frozenset("-. _")


def _web(tokens: Tokens, i: int) -> Found:
    """WEB alone is a common word; it is a source only beside DL or Rip, a codec, a wide resolution or a service."""
    gap, after = tokens.gaps[i + 1], tokens.lows[i + 1]
    if gap in _OPTIONAL_SEP:
        if after in ("dl", "dlmux"):
            return WEBDL, 2
        if after in ("rip", "dlrip", "mux"):
            return WEBRIP, 2
    if _is_web_between(tokens, i, gap, after):
        return WEBDL, 1
    if "[" in tokens.gaps[i] or "(" in tokens.gaps[i]:
        return ANIME_WEB, 1
    return BARE_WEB, 1


def _is_web_between(tokens: Tokens, i: int, gap: str, after: str) -> bool:
    before = tokens.gaps[i]
    if before == " / " and gap == " / ":
        return True
    if i and before in _LOOSE_GAPS and _follows_wide_mark(tokens, i, gap[:1]):
        return True
    if before in _LOOSE_GAPS and gap in _LOOSE_GAPS and (after in _WIDE_RESOLUTIONS or _is_codec(tokens, i + 1)):
        return True
    return i + 1 == tokens.count and not gap and before in _LOOSE_GAPS and tokens.words[i] == "WEB"


def _follows_wide_mark(tokens: Tokens, i: int, gap: str) -> bool:
    if gap not in _LOOSE_GAPS or not gap:
        return False
    previous = tokens.lows[i - 1]
    if previous == "hybrid" and i > 1:
        previous = tokens.lows[i - 2]
    return previous in _WIDE_RESOLUTIONS or previous in _WEB_SERVICES


def _is_codec(tokens: Tokens, i: int) -> bool:
    word = tokens.lows[i]
    if word in _CODECS:
        return True
    if word in ("x", "h"):
        return tokens.lows[i + 1] in ("264", "265")
    return word in ("dd5", "ddp5") and tokens.lows[i + 1] == "1"


def _pair(follow: Mapping[str, int]) -> Callable[[Tokens, int], Found]:
    """A first half that means something only before one of these second halves."""

    def read(tokens: Tokens, i: int) -> Found:
        if tokens.gaps[i + 1] in _OPTIONAL_SEP and i + 1 < tokens.count:
            found = follow.get(tokens.lows[i + 1])
            if found is not None:
                return found, 2
        return None

    return read


def _dvd(tokens: Tokens, i: int) -> Found:
    after = tokens.lows[i + 1]
    if after in ("r", "5", "9") and tokens.gaps[i + 1] == "-":
        return DVDR, 2
    if after == "rip" and tokens.gaps[i + 1] in _OPTIONAL_SEP:
        return DVD, 2
    if after in ("scr", "screener") and tokens.gaps[i + 1] in _OPTIONAL_SEP:
        return SCREENER, 2
    return DVD, 1


def _bd(tokens: Tokens, i: int) -> Found:
    after = tokens.lows[i + 1]
    if tokens.gaps[i + 1] in _OPTIONAL_SEP:
        if after in ("rip", "light"):
            return BDRIP, 2
        if after in ("25", "50", "66", "100"):
            return BLURAY, 2
    return None if tokens.ends[i] == len(tokens.text) else (BLURAY, 1)


def _ts(tokens: Tokens, i: int) -> Found:
    """TS is a telesync only where something follows; at the end it is a file's extension."""
    if tokens.lows[i + 1] == "screener" and tokens.gaps[i + 1] in _OPTIONAL_SEP:
        return TELESYNC, 2
    return (TELESYNC, 1) if i + 1 < tokens.count and tokens.gaps[i + 1][:1] in _SEP else None


def _s_print(tokens: Tokens, i: int) -> Found:
    return (CAM, 2) if tokens.words[i] == "S" and tokens.lows[i + 1] == "print" else None


def _group(found: int, words: str) -> dict[str, SourceWord]:
    return dict.fromkeys(words.split(), found)


WORDS: dict[str, SourceWord] = {
    **_group(
        BLURAY,
        "bluray mbluray hddvd uhdbd uhd2bd bdiso bdmux bd25 bd50 bd66 bd100 brdisk blueray bluray3d 3dbd bdmv bdfull",
    ),
    **_group(WEBDL, "webdl webdlmux amazonhd amazonsd ituneshd maxdomehd netflixhd netflixuhd webhd hbomaxhd disneyhd"),
    **_group(WEBRIP, "webrip webmux webdlrip webcap"),
    **_group(HDTV, "hdtv hdtvrip htdv hdtvmux"),
    **_group(BDRIP, "bdrip bdlight hddvdrip uhdbdrip brrip brdrip bdripmux bluerayrip blurayrip brip uhdrip"),
    **_group(DVDR, "dvdr dvd5 dvd9 mdvdr mdvd5 mdvd9 xdvdr xdvd5 xdvd9 dvdfull"),
    **_group(DVD, "dvdrip xvidvd dvdmux dvdripmux"),
    **_group(SDTV, "pdtv sdtv tvrip dsr dsrip satrip dvbrip dthrip dtvrip tvriphd ppvrip ldtv"),
    **_group(REGIONAL, "regional"),
    **_group(SCREENER, "screener dvdscr dvdscreener bdscr hdscr brscr brscreener webscreener"),
    **_group(TELESYNC, "telesync telesynch hdts pdvd tsrip hdtsrip pdvdrip predvd predvdrip"),
    **_group(TELECINE, "telecine hdtc hdtcrip tcrip"),
    **_group(CAM, "camrip newcam hdcam hdcamrip hqcam camhd camrp hqcamrip"),
    **_group(WORKPRINT, "workprint"),
    "web": _web, "dvd": _dvd, "bd": _bd, "ts": _ts, "s": _s_print,
    "cam": CAM, "tc": TELECINE, "wp": WORKPRINT, "scr": SCREENER,
    "blu": _pair({"ray": BLURAY}), "mblu": _pair({"ray": BLURAY}),
    "br": _pair({"disk": BLURAY, "rip": BDRIP, "scr": SCREENER, "screener": SCREENER}),
    "hd": _pair({"dvd": BLURAY, "dvdrip": BDRIP, "ts": TELESYNC, "tc": TELECINE, "cam": CAM, "camrip": CAM}),
    "amazon": _pair({"hd": WEBDL, "sd": WEBDL}), "itunes": _pair({"hd": WEBDL}),
}  # fmt: skip
WORDS.update({f"r{digit}": REGIONAL for digit in range(10)})
WORDS.update(
    {f"{count}{word}": DVDR for count in range(1, 10) for word in ("dvdr", "dvd5", "dvd9", "xdvdr", "xdvd5", "xdvd9")}
)
