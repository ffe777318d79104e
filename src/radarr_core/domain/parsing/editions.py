"""The edition as a name words it: one expression, dots turned to spaces, letters kept as they are."""

from __future__ import annotations

from .tokens import Tokens

_LEADS = frozenset(("recut", "extended", "ultimate"))
_NOUNS = frozenset(("cut", "edition", "version", "editions"))
_BASES = frozenset(("theatrical", "ultimate", "extended", "despecialized", "directors", "collectors"))
_WITH_NOUN = frozenset(
    (
        "special",
        "rouge",
        "rogue",
        "final",
        "assembly",
        "imperial",
        "diamond",
        "signature",
        "hunter",
        "rekall",
        "criterion",
    )
)
_TAILS = frozenset(("extended", "uncensored", "remastered", "unrated", "uncut", "imax", "fanedit", "openmatte"))
_ALONE = frozenset(
    ("uncensored", "remastered", "unrated", "uncut", "imax", "fanedit", "openmatte", "restored", "2in1", "3in1", "4in1")
)
_TWO = {"open": "matte", "fan": "edit"}
_ANNIVERSARIES = frozenset(f"{years}{ending}" for years in range(10, 200) for ending in ("", "th"))

STARTS: dict[str, int] = dict.fromkeys(
    _LEADS | _BASES | _WITH_NOUN | _ALONE | _TWO.keys() | {"director", "collector"} | {"anniversary"}, 0
)
# Words an expression may end with, for finding the one that stands right before a year.
ENDS = _NOUNS | _BASES | _TAILS | _ALONE | {"s", "matte", "edit", "anniversary", "collection"}


def match_edition(tokens: Tokens, i: int) -> int | None:
    """The last word of the edition expression that begins at word `i`, or None when none does."""
    low = tokens.lows[i]
    if low in _LEADS and _joined(tokens, i):
        end = _match_base(tokens, i + 1)
        if end is not None:
            return _match_rest(tokens, end)
    end = _match_base(tokens, i)
    return _match_rest(tokens, end) if end is not None else _match_alone(tokens, i, _ALONE)


def _joined(tokens: Tokens, i: int) -> bool:
    return i + 1 < tokens.count and len(tokens.gaps[i + 1]) == 1


def _match_base(tokens: Tokens, i: int) -> int | None:
    low = tokens.lows[i]
    if low in ("director", "collector"):
        return i + 1 if _joined(tokens, i) and tokens.lows[i + 1] in ("s", "cut") else None
    if low in _BASES:
        return i
    if low in _WITH_NOUN:
        return i if _joined(tokens, i) and tokens.lows[i + 1] in _NOUNS else None
    if low in _ANNIVERSARIES and _joined(tokens, i) and tokens.lows[i + 1] == "anniversary":
        return i + 1
    return None


def _match_rest(tokens: Tokens, end: int) -> int:
    if _joined(tokens, end) and tokens.lows[end + 1] in _NOUNS:
        end += 1
    if _joined(tokens, end):
        tail = _match_alone(tokens, end + 1, _TAILS)
        if tail is not None:
            return tail
    return end


def _match_alone(tokens: Tokens, i: int, words: frozenset[str]) -> int | None:
    low = tokens.lows[i]
    if low in words:
        return i
    second = _TWO.get(low)
    if second is not None and _joined(tokens, i) and tokens.lows[i + 1] == second:
        return i + 1
    return None


def find_edition(tokens: Tokens, hits: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first edition expression among the words an expression may begin with: its first and last word."""
    for i, _ in hits:
        if tokens.lows[i] == "anniversary":
            if i and tokens.lows[i - 1] in _ANNIVERSARIES and len(tokens.gaps[i]) == 1:
                return i - 1, _match_rest(tokens, i)
            continue
        end = match_edition(tokens, i)
        if end is not None:
            return i, end
    return None


def find_edition_before(tokens: Tokens, year: int) -> tuple[int, int] | None:
    """The edition expression that ends right before the year, one to three characters away."""
    last = year - 1
    if last < 1 or tokens.lows[last] not in ENDS or not 1 <= len(tokens.gaps[year]) <= 3:
        return None
    for first in range(max(1, last - 6), last + 1):
        if match_edition(tokens, first) == last:
            return first, last
    return None


def edition_text(tokens: Tokens, first: int, last: int) -> str:
    """The expression as the name has it, with spaces for dots."""
    text = tokens.text[tokens.starts[first] : tokens.ends[last]]
    return text.replace(".", " ").replace("_", " ")
