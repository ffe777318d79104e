"""Who released it: found by its place in the name, and by two lists of groups that keep to no place."""

from __future__ import annotations

from typing import Protocol

from .group_names import BEFORE_BRACKET, EXACT, REPOSTER_PREFIX, REPOSTERS
from .lexicon_words import first_word, words_of
from .spoken import WORDS as LANGUAGE_WORDS
from .subtitle_marks import is_subtitle_language
from .tokens import Tokens


class Tagged(Protocol):
    """Words of which it is known whether they are tags."""

    tokens: Tokens

    def is_tag(self, place: int) -> bool:
        """Whether the word at that place says something of how a release was made."""


Exception_ = tuple[tuple[str, bool], ...]
"""Lower-case spellings that begin with one word, each with whether a closing bracket must follow."""


def _build() -> dict[str, Exception_]:
    table: dict[str, list[tuple[str, bool]]] = {}
    for names, bracketed in ((EXACT, False), (BEFORE_BRACKET, True)):
        for name in names:
            table.setdefault(first_word(name), []).append((name.lower(), bracketed))
    # Longer spellings first: YTS.MX before YTS.
    return {word: tuple(sorted(found, key=lambda item: -len(item[0]))) for word, found in table.items()}


WORDS = _build()

_ANY_SEP = str.maketrans("-_.", "   ")
_RESOLUTIONS = ("480p", "576p", "720p", "1080p", "2160p")
_COMPOUNDS = {
    "dl": ("web",), "dlrip": ("web",), "rip": ("web", "dvd", "hdtv", "bd", "br"), "ray": ("blu",), "hd": ("dts",),
    "x": ("dts",),
    "ma": ("dts", "hd"), "sbs": ("half", "h"), "ou": ("half", "h"), "audio": ("dual", "tri", "multi"),
    "subs": ("multi", "e"), "sub": ("multi", "e"), "remux": ("hybrid", "1080p", "2160p", "bd", "uhd"), "ac": ("e",),
    "ex": ("dd",), "r": ("dvd",), "hra": ("hd",), "hr": ("hd",), "disk": ("br",), "tv": ("hd",), "ts": ("hd",),
    "cam": ("hd",), "dvd": ("hd",), "atmos": ("truehd",), "screener": ("ts", "dvd"),
}  # fmt: skip
_TAGS = frozenset(
    words_of(
        "es en cat eng jap ger fra fre ita hdrip english french german spanish italian russian hindi japanese korean "
        "ingles castellano latino portugues msub msubs"
    )
)


def find_group(
    words: Tagged, first: int, end: int, exceptions: list[tuple[int, Exception_]], *, keep_reposters: bool = False
) -> tuple[int, int] | None:
    """Where the release group stands (offsets), or None.

    Args:
        words: the words of the name, and which of them are tags.
        first: the first word after the title.
        end: the first word that is not read any more: the extension, or a tracker's tag.
        exceptions: the words at which a group of the two lists may begin.
        keep_reposters: what a re-poster hung behind the name counts as the group.
    """
    tokens = words.tokens
    if not keep_reposters:
        end = _without_reposters(tokens, first, end)
    if exceptions:
        found = _find_exception(tokens, exceptions, first, end)
        if found is not None:
            return found
    place = _find_bracketed(words, first, end) or _find_hyphenated(tokens, first, end)
    if place is None or words.is_tag(place[0]):
        place = _find_dashed(words, first, end) or _find_signed(words, first, end) or _unless_inside(tokens, place, end)
    if place is None or _is_no_group(tokens, *place):
        return None
    stop = tokens.ends[place[1]]
    is_bracketed = place[0] != place[1] and tokens.gaps[place[1]] == "["
    return tokens.starts[place[0]], stop + is_bracketed


def _without_reposters(tokens: Tokens, first: int, end: int) -> int:
    while end - 1 > first and tokens.gaps[end - 1] == "-":
        low = tokens.lows[end - 1]
        if low not in REPOSTERS and not low.startswith(REPOSTER_PREFIX):
            break
        end -= 1
    return end


def _find_exception(tokens: Tokens, hits: list[tuple[int, Exception_]], first: int, end: int) -> tuple[int, int] | None:
    last_exact = last_bracketed = None
    for i, spellings in hits:
        if not first <= i < end:
            continue
        for spelling, needs_bracket in spellings:
            # -ZR- begins and ends with its hyphens, which are no part of a word.
            start = tokens.starts[i] - (spelling[0] == "-")
            stop = start + len(spelling)
            said = tokens.text[start:stop].lower()
            if said != spelling and (len(spelling) < 6 or said.translate(_ANY_SEP) != spelling.translate(_ANY_SEP)):
                continue
            after = tokens.text[stop : stop + 1]
            if not needs_bracket and not after.isalnum():
                last_exact = (start, stop)
                break
            if needs_bracket and after and after in "])" and tokens.text[start - 1 : start] in (".", "_", " ", "["):
                last_bracketed = (start, stop)
                break
    return last_exact or last_bracketed


def _find_bracketed(words: Tagged, first: int, end: int) -> tuple[int, int] | None:
    """`... [Group]` at the very end, where the word is no tag."""
    tokens, last = words.tokens, end - 1
    if last < first or tokens.gaps[end][:1] != "]" or words.is_tag(last):
        return None
    gap = tokens.gaps[last]
    if len(gap) < 2 or gap[-1] != "[" or gap[-2] not in "-._ ":
        return None
    return last, last


def _find_hyphenated(tokens: Tokens, first: int, end: int) -> tuple[int, int] | None:
    """The last `-group` or `-two-parts` that is no part of a compound and has no resolution behind it."""
    gaps, lows = tokens.gaps, tokens.lows
    i = max(first, 1)
    for place in range(end - 1, i, -1):
        if lows[place].endswith(_RESOLUTIONS):
            i = place
            break
    found = None
    has_braces = "{" in tokens.text
    while i < end:
        if gaps[i][-1:] != "-" or (has_braces and _is_in_braces(tokens, i)):
            i += 1
        elif i + 1 < end and gaps[i + 1] == "-" and not _is_tail(tokens, i) and not _is_tail(tokens, i + 1):
            found = (i, i + 1)
            i += 2
        else:
            if not _is_tail(tokens, i):
                found = (i, i + 1) if i + 1 < end and gaps[i + 1] == "@" else (i, i)
            i += 1
    return found


def _is_in_braces(tokens: Tokens, i: int) -> bool:
    start = tokens.starts[i]
    opening = tokens.text.rfind("{", 0, start)
    return opening >= 0 and tokens.text.find("}", opening, start) < 0


def _is_tail(tokens: Tokens, i: int) -> bool:
    """Whether `-word` is the second half of something else, or a tag no group is called by."""
    low = tokens.lows[i]
    if low in _TAGS or is_subtitle_language(low) or low.endswith(_RESOLUTIONS) or (len(low) == 2 and low.isdigit()):
        return True
    if not i or tokens.gaps[i] != "-":
        return False
    before = tokens.lows[i - 1]
    if before in _COMPOUNDS.get(low, ()) or (low in ("bit", "bits") and before.isdigit()):
        return True
    if low == "es" or (low in LANGUAGE_WORDS and before in LANGUAGE_WORDS):
        return True
    return before in ("tmdb", "tmdbid", "imdb") and (low.isdigit() or low.startswith("tt"))


def _unless_inside(tokens: Tokens, place: tuple[int, int] | None, end: int) -> tuple[int, int] | None:
    """None instead of a tag behind a hyphen with more words behind it: `(HDDVDRip-AVC) Dub`."""
    if place is None or (place[1] + 1 < end and tokens.gaps[place[1] + 1] not in ("[", ".")):
        return None
    return place


def _find_dashed(words: Tagged, first: int, end: int) -> tuple[int, int] | None:
    """` - Group` at the very end behind a tag, as some posters write it."""
    tokens, last = words.tokens, end - 1
    if last <= first or tokens.gaps[last] not in (" - ", "] - ", ") - ", " -- ") or words.is_tag(last):
        return None
    if (not words.is_tag(last - 1) and tokens.gaps[last] == " - ") or tokens.lows[last][0].isdigit():
        return None
    return (last, last) if not tokens.gaps[end].strip(" .") else None


_SIGNED = frozenset(("by", "от"))


def _find_signed(words: Tagged, first: int, end: int) -> tuple[int, int] | None:
    """` by Group` at the very end, or before a bar (`от Group | note`), with a tag before it."""
    tokens = words.tokens
    for i in range(first + 1, end - 1):
        if tokens.lows[i] in _SIGNED and tokens.gaps[i][-1:] == tokens.gaps[i + 1] and words.is_tag(i - 1):
            return None if words.is_tag(i + 1) else _signature(tokens, i + 1, end)
    return None


def _signature(tokens: Tokens, i: int, end: int) -> tuple[int, int] | None:
    """The name, with a team's in brackets glued to it (`Name[TEAM]`); None where more of the release's name follows."""
    after = tokens.gaps[i + 1]
    if i + 1 == end or after == " | ":
        return i, i
    return (i, i + 1) if i + 2 == end and after == "[" and tokens.gaps[end].startswith("]") else None


_SECOND_HALVES = frozenset(words_of("man men woman e bot girl boy girls boys up down off out in on 2 21 22 23"))


def find_prefix(tokens: Tokens, title_end: int) -> bool:
    """Whether the first word is a group in front, as in the scene's own file names: `grp-the.title.2016.1080p.mkv`.

    Such names are in lower case throughout, and nothing else of theirs is hyphenated.
    """
    if title_end < 2 or tokens.gaps[1] != "-" or not tokens.text.islower():
        return False
    first, second = tokens.lows[0], tokens.lows[1]
    if len(first) > 8 or not first.isalpha() or second in _SECOND_HALVES:
        return False
    return all(gap == "." for gap in tokens.gaps[2 : title_end + 1])


def _is_no_group(tokens: Tokens, first: int, last: int) -> bool:
    low = tokens.lows[first]
    if first != last:
        return False
    if low.isdigit() or (low[0] in "se" and low[1:].isdigit()):
        return True
    return len(low) == 8 and set(low) <= _HEX


_HEX = frozenset("0123456789abcdef")
