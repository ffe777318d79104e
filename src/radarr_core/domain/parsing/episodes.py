"""Numbers that say episode by the place they stand in, without a mark like S01E02.

Every rule can be said in one sentence: its docstring, and a line of the documentation. A year speaks for a film, so
most rules hold only where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .groups import Tagged
from .structure import YEARS
from .tokens import Tokens

_NUMBER = re.compile(r"\d{2,4}(?:v\d)?")
_GLUED_COUNT = re.compile(r"\d{1,2}of\d{1,3}")
_RANGE_END = re.compile(r"\d{2,4}(?:tv|end|fin)?")
_LINES = frozenset(("480", "576", "720", "1080", "1440", "2160", "4320"))
_BLANKS = " _."
_SPANS = frozenset(("-", "~", " ~ ", "–"))
_BROADCAST = frozenset(("hdtv", "pdtv", "dsr", "dsrip", "sdtv"))
_BROADCAST_NUMBER = re.compile(r"(?:0\d|[1-9])(?:0[1-9]|[12]\d|3[0-6])")
_PARTS = frozenset(("cd", "disc", "disk", "dvd", "part", "vol", "volume", "movie", "film", "chapter", "pelicula"))
_SPECIALS = frozenset(("oad", "ova", "ona", "end", "final", "fin", "v2", "v3", "v4"))
_OF = frozenset(("of", "из"))


class Place:
    """Where in a name its numbers stand.

    The title begins at word `first`, words end before `end`; `strong` is the first certain mark or None. `has_year`
    tells of a year, which speaks for a film, and `has_bracket` of brackets in front, as fansub groups write them.
    """

    __slots__ = ("end", "first", "has_bracket", "has_year", "strong", "words")

    def __init__(
        self, words: Tagged, first: int, end: int, strong: int | None, *, has_year: bool, has_bracket: bool
    ) -> None:
        self.words = words
        self.first = first
        self.end = end
        self.strong = end if strong is None else strong
        self.has_year = has_year
        self.has_bracket = has_bracket


def find_numbered(place: Place) -> int | None:
    """The first word by which a number makes the name an episode's; None where no rule says so."""
    tokens = place.words.tokens
    lows = tokens.lows
    for i in range(place.first + 1, place.end):
        low = lows[i]
        if low[0].isdigit() and (low.isdecimal() or _NUMBER.fullmatch(low) or _GLUED_COUNT.fullmatch(low)):
            for rule in _RULES:
                if rule(place, tokens, i):
                    return i
    return None


def _stands_behind_dash(place: Place, tokens: Tokens, i: int) -> bool:
    """` - 07 [`: two or three digits (behind a group in brackets four) between a spaced hyphen and bracket, tag or end.

    A year makes it a film's, unless the number begins with 0, opens a range or stands behind the year.
    """
    low = tokens.lows[i]
    gap = tokens.gaps[i].lstrip("])!?")
    if not gap or gap[0] not in _BLANKS or "-" not in gap or gap[-1] not in _BLANKS or i > place.strong:
        return False
    if not _is_counter(low, place) or not (_ends_title(place, tokens, i) or _opens_episode_title(place, tokens, i)):
        return False
    return not place.has_year or low[0] == "0" or tokens.lows[i - 1] in YEARS or _opens_range(tokens, i)


def _is_counter(low: str, place: Place) -> bool:
    """Whether a number may count episodes: no year, no resolution, and four digits only of fansub groups."""
    if low in _LINES or low in YEARS or _NUMBER.fullmatch(low) is None:
        return False
    return place.has_bracket or len(low.partition("v")[0]) < 4


def _opens_range(tokens: Tokens, i: int) -> bool:
    return tokens.gaps[i + 1] in _SPANS and _RANGE_END.fullmatch(tokens.lows[i + 1]) is not None


def _ends_title(place: Place, tokens: Tokens, i: int) -> bool:
    after = tokens.gaps[i + 1]
    if i + 1 >= place.end or "[" in after or "(" in after:
        return True
    if _opens_range(tokens, i) or tokens.lows[i + 1] in _SPECIALS:
        return True
    return place.words.is_tag(i + 1) and after.strip(_BLANKS) == ""


def _opens_episode_title(place: Place, tokens: Tokens, i: int) -> bool:
    after = tokens.gaps[i + 1]
    return place.has_bracket and "-" in after and after[0] in _BLANKS


def _closes_fansub_title(place: Place, tokens: Tokens, i: int) -> bool:
    """`[Group]_Title_06_(`: behind a group in brackets and without a year, two digits or more end the title.

    A round hundred is as likely the title's own, and so are what follows a decimal point and the word "movie".
    """
    low = tokens.lows[i]
    if not place.has_bracket or place.has_year or i > place.strong or i == place.first:
        return False
    if not _is_counter(low, place) or low.endswith("00") or (len(low) == 4 and low > "1799"):
        return False
    gap, before = tokens.gaps[i], tokens.lows[i - 1]
    if gap.strip("!?" + _BLANKS) or (gap == "." and before.isdecimal()) or (before in _PARTS and len(gap) == 1):
        return False
    return _ends_title(place, tokens, i)


def _fills_bracket(place: Place, tokens: Tokens, i: int) -> bool:
    """`[08]`, `[01-26]`: in a name that begins with a bracket, a bracket holds nothing but such numbers."""
    if tokens.text[0] not in "[【" or not tokens.gaps[i].endswith("["):
        return False
    low, last = tokens.lows[i], i
    if _opens_range(tokens, i):
        last = i + 1
    if not tokens.gaps[last + 1].startswith("]"):
        return False
    return last > i or (len(low.partition("v")[0]) < 4 and low not in _LINES and len(low) > 1)


def _spans_in_brackets(place: Place, tokens: Tokens, i: int) -> bool:
    """`(1-13)`, `[0001-1071+`: without a year, brackets begin with a rising range of numbers."""
    if place.has_year or tokens.gaps[i][-1:] not in ("(", "[") or tokens.gaps[i + 1] not in _SPANS:
        return False
    low, high = tokens.lows[i], tokens.lows[i + 1]
    if not (low.isdecimal() and high.isdecimal() and 2 <= len(high) <= 4 and len(low) <= 4):
        return False
    return int(low) < int(high) and tokens.gaps[i + 2][:1] in ("", ")", "]", "+", " ", ",")


def _precedes_broadcast(place: Place, tokens: Tokens, i: int) -> bool:
    """`.102.HDTV`: without a year, season and episode in three digits (or 0102) stand right before a broadcast."""
    if place.has_year or tokens.lows[i + 1] not in _BROADCAST:
        return False
    low = tokens.lows[i]
    return (len(low) == 3 or low[0] == "0") and _BROADCAST_NUMBER.fullmatch(low) is not None


def _counts_of_all(place: Place, tokens: Tokens, i: int) -> bool:
    """`1 of 6`, `[26 из 26]`: one of several, where no part of a disc or book is counted; a year outweighs "of"."""
    if not tokens.lows[i].isdecimal():
        return not place.has_year and tokens.lows[i - 1] not in _PARTS and "of" in tokens.lows[i]
    of, all_ = tokens.lows[i + 1], tokens.lows[i + 2]
    if of not in _OF or not all_.isdecimal() or len(tokens.gaps[i + 1]) > 1:
        return False
    if not 2 <= int(all_[:5]) < 2000 or int(tokens.lows[i][:5]) > int(all_[:5]):
        return False
    return of == "из" or (not place.has_year and tokens.lows[i - 1] not in _PARTS)


_RULES: tuple[Callable[[Place, Tokens, int], bool], ...] = (
    _stands_behind_dash,
    _closes_fansub_title,
    _fills_bracket,
    _spans_in_brackets,
    _precedes_broadcast,
    _counts_of_all,
)
