"""The frame of a name: what is left when address and extension are taken off, and the words its structure hangs on."""

from __future__ import annotations

from radarr_core.domain.releases import NameKind

from . import kinds, lexicon, structure
from .containers import EXTENSIONS, QUALITY_OF_EXTENSION
from .episodes import Place, find_numbered
from .layouts import Frame, find_strong
from .numbers import find_hash
from .tokens import Tokens
from .websites import find_leading, find_trailing

_lookup = lexicon.LEXICON.get
_IS_YEAR, _IS_STRONG, _IS_GERMAN = structure.IS_YEAR, structure.IS_STRONG, structure.IS_GERMAN
_IS_SERIES, _IS_OTHER = structure.IS_SERIES, structure.IS_OTHER


class Words:
    """The words of a name with what the lexicon and their own figures say of each.

    `weak` is the place behind which a year makes the name a film's again, though a word of it says episode.
    """

    __slots__ = (
        "entries",
        "extension",
        "extension_end",
        "kind",
        "odd",
        "others",
        "site_end",
        "sizes",
        "tokens",
        "weak",
    )

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.entries: list[lexicon.Entry | None] = list(map(_lookup, tokens.lows))
        self.odd: list[tuple[int, str, int]] = []
        self.sizes: set[int] = set()
        self.others: list[int] = []
        self.kind: NameKind | None = None
        self.weak: int | None = None
        self.extension = ""
        self.extension_end = tokens.count
        self.site_end = 0

    def is_tag(self, place: int) -> bool:
        """Whether the word at that place says something of how a release was made."""
        entry = self.entries[place]
        return place in self.sizes if entry is None else entry[1]


def frame_of(words: Words) -> tuple[Frame, tuple[int, int] | None]:
    """The frame, and the words of a group in brackets in front (None when there is none)."""
    tokens = words.tokens
    text = tokens.text
    end = _take_extension(words)
    cut = find_trailing(text, _end_of_text(tokens, end))
    while end and tokens.starts[end - 1] >= cut:
        end -= 1
    begin = find_leading(text)
    first = 0
    while first < end and tokens.starts[first] < begin:
        first += 1
    words.site_end = first
    frame = Frame(first, end, begin)
    bracket = _leading_bracket(words, frame)
    strong: list[tuple[int, bool]] = []
    _scan(words, frame, strong)
    frame.strong = find_strong(tokens, strong, frame.first)
    frame.hash = find_hash(tokens, end)
    _weigh_episode(words, frame, has_bracket=bracket is not None)
    return frame, bracket


def _weigh_episode(words: Words, frame: Frame, *, has_bracket: bool) -> None:
    """A number's place may say episode where no mark does; and "Episode 1" may be a film's after all."""
    if words.weak is not None and _has_year_behind(frame, words.weak):
        words.kind = frame.stop = None
    if words.kind is not None:
        return
    has_year = bool(frame.years)
    place = Place(words, frame.first, frame.end, frame.strong, has_year=has_year, has_bracket=has_bracket)
    stop = find_numbered(place)
    if stop is not None:
        words.kind, frame.stop = NameKind.EPISODE, stop


def _take_extension(words: Words) -> int:
    """Takes known endings off and remembers the file's own; returns the first word that belongs to them."""
    tokens = words.tokens
    end = tokens.count
    gap = tokens.gaps[end]
    gaps, lows = tokens.gaps, tokens.lows
    while end and (not gap or gap.isspace()) and gaps[end - 1][-1:] == "." and lows[end - 1] in EXTENSIONS:
        end -= 1
        gap = tokens.gaps[end][:-1]
        if not words.extension and tokens.lows[end] in QUALITY_OF_EXTENSION:
            words.extension = tokens.lows[end]
            words.extension_end = end
            break
    return end


def _end_of_text(tokens: Tokens, end: int) -> int:
    stop = tokens.starts[end] if end < tokens.count else len(tokens.text)
    gap = tokens.gaps[end]
    return stop - len(gap) + len(gap.rstrip(" ."))


def _leading_bracket(words: Words, frame: Frame) -> tuple[int, int] | None:
    """`[Group] Title`: moves the frame behind the bracket; a bracket of nothing but tags is no group."""
    tokens, first = words.tokens, frame.first
    if first >= frame.end or not tokens.gaps[first].endswith("[") or tokens.starts[first] - frame.begin > 3:
        return None
    closing = tokens.text.find("]", tokens.starts[first])
    last = first
    while last + 1 < frame.end and tokens.starts[last + 1] < closing:
        last += 1
    if closing < 0 or last + 1 >= frame.end or closing - tokens.starts[first] > 60:
        return None
    if last == first and tokens.lows[first] in structure.YEARS:
        return None
    opening = tokens.starts[first] - 1
    frame.first = last + 1
    frame.begin = closing + 1
    while tokens.text[frame.begin : frame.begin + 1] in ("-", "_", ".", " ") and frame.begin < len(tokens.text):
        frame.begin += 1
    entries = words.entries
    if all((entry := entries[i]) is not None and entry[1] for i in range(first, last + 1)):
        return None
    spaced = tokens.text[opening + 1].isspace() or tokens.text[closing - 1].isspace()
    return None if spaced else (first, last)


def _has_year_behind(frame: Frame, place: int) -> bool:
    end = frame.end if frame.strong is None else frame.strong
    return any(place < year < end for year in frame.years)


def _scan(words: Words, frame: Frame, strong: list[tuple[int, bool]]) -> None:
    """One walk over the words for everything the structure of the name hangs on."""
    tokens, entries = words.tokens, words.entries
    lows = tokens.lows
    for i in range(frame.first, frame.end):
        entry = entries[i]
        if entry is None:
            low = lows[i]
            if not low.isalpha() and (len(low) > 3 or not low.isdigit()):
                _note_odd(words, frame, i, low)
            continue
        bits = entry[0]
        if not bits:
            continue
        if bits & _IS_YEAR:
            frame.years.append(i)
        elif bits & _IS_STRONG:
            strong.append((i, structure.strong_half(lows[i]) is not None))
        elif bits & _IS_GERMAN:
            frame.germans.append(i)
        elif bits & _IS_SERIES and frame.stop is None:
            _note_series(words, frame, i)
        if bits & _IS_OTHER:
            words.others.append(i)


def _note_odd(words: Words, frame: Frame, i: int, low: str) -> None:
    kind, number = structure.classify_odd(low)
    if not kind:
        if "tt" in low:
            words.odd.append((i, "imdb", 0))
        return
    if kind in ("year", "yearmark"):
        if kind == "yearmark" or len(low) - 4 > 0:
            frame.years.append(i)
            frame.glued.add(i)
    elif kind == "episode" or kind == "season":
        _stop_at(words, frame, i, NameKind.EPISODE if kind == "episode" else NameKind.SEASON)
    elif kind == "half":
        if kinds.completes_season(words.tokens, i):
            _stop_at(words, frame, i, NameKind.EPISODE)
    else:
        words.odd.append((i, kind, number))
        if kind != "version":
            words.sizes.add(i)


def _note_series(words: Words, frame: Frame, i: int) -> None:
    kind = kinds.find_series_word(words.tokens, i)
    if kind is not None:
        _stop_at(words, frame, i - 1 if i - 1 > frame.first and kinds.has_number_before(words.tokens, i) else i, kind)
        words.weak = kinds.find_weakness(words.tokens, i)


def _stop_at(words: Words, frame: Frame, i: int, kind: NameKind) -> None:
    words.weak = None
    if frame.stop is None:
        frame.stop = i
    if words.kind is not NameKind.EPISODE:
        words.kind = kind
