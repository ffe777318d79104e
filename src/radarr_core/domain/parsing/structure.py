"""The words a name is built around: years, marks no title contains, and what says episode."""

from __future__ import annotations

import re

from . import audio, marks, pictures, sources, spoken, video
from .lexicon_words import words_of
from .tokens import Tokens

IS_YEAR, IS_STRONG, IS_GERMAN, IS_SERIES, IS_OTHER = 1, 2, 4, 8, 16
"""What a word may be to the structure of a name, as bits."""

YEARS = frozenset(str(year) for year in range(1800, 2100))

# Marks that end a title wherever they stand: no film is called like this.
STRONG = frozenset(
    word for word, lines in pictures.LINES.items() if lines != pictures.WEAK_2160 and word not in ("4k", "ultra")
) | frozenset(
    words_of(
        "bluray mbluray blueray hddvd uhdbd bdiso bdmux bd25 bd50 bdrip brrip bdlight hddvdrip uhdbdrip brdrip "
        "bdremux bdripmux webdl webrip webmux webdlrip hdtv hdtvrip pdtv sdtv tvrip dsrip satrip dvbrip dvdrip "
        "dvdr dvd5 dvd9 dvdscr dvdscreener brscreener telesync telesynch hdts tsrip hdtsrip telecine hdtc camrip "
        "newcam hdcam hdcamrip hqcam camhd hdrip xvid xvidhd divx x264 x265 h264 h265 x266 h266 hevc avc hevc10 "
        "av1 vc1 vp9 bdmv uhdremux uhdrip amazonhd ituneshd netflixhd netflixuhd webhd disneyhd hbomaxhd predvd "
        "predvdrip pdvdrip dvdivx dtshd truehd ddp5 dd5 "
    )
)
STRONG |= frozenset(
    f"{word}{lines}{ending}"
    for word in ("bluray", "bd", "webdl", "webrip", "hdtv", "bdrip", "brrip")
    for lines in (480, 576, 720, 1080, 2160)
    for ending in ("", "p")
)
# Halves of such marks, with the halves that complete them.
_HALVES = {
    "blu": frozenset(("ray",)), "web": frozenset(("dl", "rip", "dlrip")), "h": frozenset(("264", "265")),
    "x": frozenset(("264", "265")), "hd": frozenset(("dvd", "tv", "ts", "tc", "cam", "rip")),
    "dvd": frozenset(("rip", "r", "9", "5", "scr", "screener")), "bd": frozenset(("rip", "remux")),
    "br": frozenset(("rip", "disk", "scr", "screener")), "ts": frozenset(("screener",)), "vhs": frozenset(("rip",)),
}  # fmt: skip

# Words a title may be followed by before its first certain mark; walking back from that mark, they are skipped.
_SOFT = (
    frozenset(word for word in spoken.WORDS if len(word) > 5 and word not in ("original", "polish", "danish"))
    | frozenset(words_of("fr eng ita ger fre fra rus ukr vf vff vfq vf2 spa swe pldub dubpl hindi tamil latino"))
    | marks.MARKS.keys() - {"real", "int", "scene", "sample", "dub"}
    | frozenset(video.RANGES) - {"dolby", "vision"}
    | frozenset(video.STEREO)
    | (
        audio.WORDS.keys()
        - set("12345678")
        - {"e", "he", "ac", "eac", "true", "dolby", "mono", "stereo", "opus", "lame"}
    )
    | frozenset(word for word in sources.WORDS if len(word) > 2) - {"cam", "regional", "amazon", "itunes"}
    | frozenset(
        words_of(
            "extended unrated uncut theatrical remastered complete multi dual audio vostfr swesub pal ntsc ws dc bd "
            "docu doku convert criterion xxx heptalogy trilogy repack proper cut dl ml amzn nf dsnp hmax atvp web hd "
            "10bit 8bit hc mkv mp4 ma cd1 cd2 mvo dvo bonus retail swissgerman subfrench readnfo stv fs ts hr custom "
            "4k uhd v0 v1 v2 v3 v4 v5 rip"
        )
    )
)
TAGS_ONLY = frozenset(words_of("hdrip complete pal ntsc ws docu dual audio line hq aac2 6ch 700mb"))
"""Words no topic is about, but which show that what stands beside them is no title."""
_CUT_WORDS = frozenset(
    ("directors", "director", "special", "edition", "version", "s", "collectors", "ultimate", "final")
)


def strong_half(word: str) -> frozenset[str] | None:
    """The second halves that make a certain mark of this word."""
    return _HALVES.get(word)


def is_strong_pair(tokens: Tokens, i: int) -> bool:
    """Whether the half mark at `i` is completed by the next word."""
    halves = _HALVES.get(tokens.lows[i])
    return halves is not None and len(tokens.gaps[i + 1]) <= 1 and tokens.lows[i + 1] in halves


def walk_back(tokens: Tokens, first: int, mark: int) -> int:
    """The first word of the run of tags that ends at a certain mark; at least one word stays before it."""
    place = mark
    while place > first + 1 and tokens.lows[place - 1] in _SOFT:
        place -= 1
    if place > first + 1 and tokens.lows[place - 1] in _CUT_WORDS:
        place = _walk_over_cut(tokens, first, place)
    if (
        place == first + 1
        and mark > place
        and tokens.lows[first] in ("the", "a", "an", "der", "die", "das", "le", "la")
    ):
        return place + 1
    return place


def _walk_over_cut(tokens: Tokens, first: int, place: int) -> int:
    start = place
    while start > first + 1 and tokens.lows[start - 1] in _CUT_WORDS:
        start -= 1
    while start > first + 1 and tokens.lows[start - 1] in _SOFT:
        start -= 1
    return start


# -- words that are neither in the dictionary nor plain letters --------------------------------------------------------

_ODD = re.compile(
    r"(?P<episode>s\d{1,4}e\d{1,4}(?:e\d{1,4}|v\d)*|\d{1,2}(?:[xх]\d{2,3})+|ep?\d{2,4}(?:v\d)?|[st]\d{1,2}ep?\d{1,4}"
    r"|s\d{1,2}extras|第\d{1,4}[话話集回])"
    r"|(?P<season>s\d{2}|s\d{4}|s\d{1,2}d\d{1,2}|第\d{1,2}季|全\d{1,4}[话話集回])"
    r"|(?P<half>[se]\d)"
    r"|(?P<frame>\d{3,4}[x×](?P<height>\d{3,4})p?)"
    r"|(?P<version>\d+v\d)"
    r"|(?P<year>.*?(?<!\d)(?:18|19|20)\d\d)"
    r"|(?P<yearmark>(?:18|19|20)\d\d(?:г|г\b|y))"
    r"|(?P<size>\d+(?:mb|gb|mib|gib|kbps|mbps))",
)  # fmt: skip


def classify_odd(word: str) -> tuple[str, int]:
    """What kind of half-figure word (lower case) this is, and the number that matters; `("", 0)` for none."""
    match = _ODD.fullmatch(word)
    if match is None:
        return "", 0
    kind = match.lastgroup or ""
    if kind == "height" or kind == "frame":
        return "frame", _lines_of_frame(word)
    if kind == "version":
        return kind, int(word[-1])
    if kind == "episode" and word.endswith(("x264", "x265", "x266")):
        return "", 0
    return kind, 0


def _lines_of_frame(word: str) -> int:
    width = int(re.split("[x×]", word)[0])
    for least, lines in ((3200, 2160), (1800, 1080), (1200, 720), (960, 576), (620, 480)):
        if width >= least:
            return lines
    return 0
