"""Where the title and the year of a name stand: the layouts of the field, tried in their order."""

from __future__ import annotations

from . import marks
from .editions import find_edition_before
from .structure import STRONG, is_strong_pair, walk_back
from .tokens import Tokens


class Frame:
    """The part of a name that is read, and the words its structure hangs on.

    Words `first` to `end` (exclusive) remain when a website in front and an extension behind are taken off; the text
    begins at offset `begin`. `years`, `germans` and `strong` are places of such words (`strong` the first certain
    mark, or None); `stop` is where an episode or season begins. `glued` years end a longer word, as in `Name2017`.
    """

    __slots__ = ("begin", "end", "first", "germans", "glued", "hash", "stop", "strong", "years")

    def __init__(self, first: int, end: int, begin: int) -> None:
        self.first = first
        self.end = end
        self.begin = begin
        self.years: list[int] = []
        self.glued: set[int] = set()
        self.germans: list[int] = []
        self.strong: int | None = None
        self.stop: int | None = None
        self.hash: int | None = None


class Layout:
    """A title's stretch (offsets `start` to `stop`) and words, the year's place and an edition before the year."""

    __slots__ = ("edition", "first", "last", "start", "stop", "year")

    def __init__(self, start: int, stop: int, first: int, last: int) -> None:
        self.start = start
        self.stop = stop
        self.first = first
        self.last = last
        self.year: int | None = None
        self.edition: tuple[int, int] | None = None


def find_layout(tokens: Tokens, frame: Frame, *, as_folder: bool) -> Layout | None:
    """The first layout that fits, or None when there is no title to be found."""
    return (
        _german(tokens, frame)
        or _edition_before_year(tokens, frame)
        or _title_and_year(tokens, frame)
        or _legacy_mark(tokens, frame)
        or _year_in_front(tokens, frame, as_folder=as_folder)
        or _title_and_mark(tokens, frame)
    )


def _up_to(tokens: Tokens, frame: Frame, place: int) -> Layout | None:
    """The layout whose title ends right before the word at `place`; None when no word stands before it."""
    if place <= frame.first:
        return None
    gap = tokens.gaps[place] if place < len(tokens.gaps) else ""
    keep = 0 if len(gap) == 1 and gap not in ")!" else max(gap.rfind(")"), gap.rfind("!")) + 1
    return Layout(frame.begin, tokens.ends[place - 1] + keep, frame.first, place)


_CLOSING = {"(": ")", "[": "]"}

# -- layout 5: a German or TrueFrench name without a year, or with a late one ------------------------------------------


def _german(tokens: Tokens, frame: Frame) -> Layout | None:
    if not frame.germans:
        return None
    place = next((i for i in frame.germans if i > frame.first), None)
    if place is None or (frame.years and frame.years[0] < place) or place + 1 >= frame.end:
        return None
    if tokens.lows[place - 1] in ("good", "the") and tokens.gaps[place] in ("-", "_", ".", " "):
        return None
    bounds = [place]
    if frame.strong is not None and frame.first < frame.strong < place:
        bounds.append(walk_back(tokens, frame.first, frame.strong))
    if frame.stop is not None:
        bounds.append(frame.stop)
    edition = find_edition_before(tokens, place)
    if edition is not None and edition[0] > frame.first:
        bounds.append(edition[0])
    layout = _up_to(tokens, frame, min(bounds))
    if layout is not None:
        layout.year = next((i for i in frame.years if i > place and _may_be_late_year(tokens, i)), None)
    return layout


def _may_be_late_year(tokens: Tokens, i: int) -> bool:
    gap, after = tokens.gaps[i + 1], tokens.lows[i + 1]
    return not gap.startswith("]") and not (
        len(gap) == 1 and after[:1].isdigit() and len(after) < 5 and after.isdigit()
    )


# -- layout 6: the edition stands before the year ----------------------------------------------------------------------


_BESIDE_EDITIONS = marks.MARKS.keys() - {"real", "int", "scene", "sample", "dub"} | {"custom"}


def _edition_before_year(tokens: Tokens, frame: Frame) -> Layout | None:
    for year in frame.years:
        if year - 1 <= frame.first or year in frame.glued or _stands_after_strong(frame, year):
            continue
        edition = find_edition_before(tokens, year)
        if edition is None or edition[0] <= frame.first:
            continue
        place = edition[0]
        while place - 1 > frame.first and tokens.lows[place - 1] in _BESIDE_EDITIONS:
            place -= 1
        layout = _up_to(tokens, frame, place)
        if layout is not None:
            layout.year, layout.edition = year, edition
            return layout
    return None


def _stands_after_strong(frame: Frame, year: int) -> bool:
    return frame.strong is not None and frame.first < frame.strong < year


# -- layouts 1, 7, 9 and 10: title, gap, year --------------------------------------------------------------------------


def _title_and_year(tokens: Tokens, frame: Frame) -> Layout | None:
    years = frame.years
    for at, place in enumerate(years):
        chain = at
        while chain + 1 < len(years) and years[chain + 1] == years[chain] + 1 and years[chain + 1] not in frame.glued:
            chain += 1
        if frame.stop is not None and frame.stop < place:
            return None
        layout = _of_chain(tokens, frame, place, years[chain])
        if layout is not None:
            return layout
    return None


def _of_chain(tokens: Tokens, frame: Frame, place: int, year: int) -> Layout | None:
    """The layout of one or several years in a row: the last is the year, an earlier one belongs to the title."""
    title_end = place if _is_range(tokens, place, year) else year
    if title_end > place and tokens.lows[place] == tokens.lows[year] and place > frame.first:
        title_end = place
    if year in frame.glued:
        return _glued(tokens, frame, year)
    if frame.strong is not None and frame.first < frame.strong < title_end:
        layout = _up_to(tokens, frame, walk_back(tokens, frame.first, frame.strong))
    else:
        layout = _up_to(tokens, frame, title_end)
    if layout is None:
        return None
    if layout.last == frame.first + 1 and tokens.text[layout.start : layout.stop].strip(" ._-") in ("", "("):
        return None
    layout.year = year
    if layout.last == year:
        _drop_people(tokens, layout, year)
        if year - frame.first > 1 and tokens.words[year - 1] == "OM" and not tokens.text.isupper():
            layout.last, layout.stop = year - 1, tokens.ends[year - 2]
    return layout


def _is_range(tokens: Tokens, place: int, year: int) -> bool:
    return (
        place < year
        and tokens.gaps[place + 1] in ("-", "–", " - ")
        and tokens.gaps[place].endswith(("(", "[", " ", "."))
    )


def _glued(tokens: Tokens, frame: Frame, year: int) -> Layout | None:
    if frame.strong is not None and frame.first < frame.strong <= year:
        return None
    digits = 5 if not tokens.lows[year][-1].isdigit() else 4
    layout = Layout(frame.begin, tokens.ends[year] - digits, frame.first, year + 1)
    if tokens.ends[year] - tokens.starts[year] == digits:
        # Only a unit is glued to the year (2006г); the title ends before the word.
        shorter = _up_to(tokens, frame, year)
        if shorter is None:
            return None
        layout = shorter
    layout.year = year
    return layout


def _drop_people(tokens: Tokens, layout: Layout, year: int) -> None:
    """`X / Y (Director / Director) [1989, ...]` and `X (Director, 1967)`: people beside the year are no title."""
    stretch = tokens.text[layout.start : layout.stop]
    if "(" not in stretch and "[" not in stretch:
        return
    opening = stretch.find(" (")
    if tokens.gaps[year].endswith("["):
        if opening > 0 and stretch.endswith(")"):
            layout.stop = layout.start + opening
        return
    opening = max(stretch.rfind(mark) for mark in (" (", ".(", " [", ".["))
    if opening > 0 and stretch.find(")" if stretch[opening + 1] == "(" else "]", opening) < 0:
        layout.stop = layout.start + opening


# -- layout 8: a legacy form of some trackers --------------------------------------------------------------------------


def _legacy_mark(tokens: Tokens, frame: Frame) -> Layout | None:
    """`Title [x]`, one word character in brackets; it has no year."""
    last = frame.end - 1
    if frame.strong is not None or last <= frame.first or len(tokens.lows[last]) != 1:
        return None
    if tokens.gaps[last].endswith("[") and tokens.gaps[last + 1].strip(" .") == "]":
        return _up_to(tokens, frame, last)
    return None


# -- layout 11: the year comes first -----------------------------------------------------------------------------------


def _year_in_front(tokens: Tokens, frame: Frame, *, as_folder: bool) -> Layout | None:
    first = frame.first
    if not frame.years or frame.years[0] != first or first in frame.glued or first + 1 >= frame.end:
        return None
    bracketed = tokens.gaps[first].endswith(("(", "[")) and tokens.gaps[first + 1].startswith((")", "]"))
    if frame.stop is not None or not (as_folder or (bracketed and frame.strong is not None)):
        return None
    end = frame.end if frame.strong is None else walk_back(tokens, first + 1, frame.strong)
    if end <= first + 1:
        return None
    layout = Layout(tokens.starts[first + 1], tokens.ends[end - 1], first + 1, end)
    layout.year = first
    return layout


# -- beyond the layouts: a title before a certain mark -----------------------------------------------------------------


def _title_and_mark(tokens: Tokens, frame: Frame) -> Layout | None:
    """No year, but a title before a source, resolution or codec that nothing else is called."""
    place = frame.stop
    if frame.strong is not None and (place is None or frame.strong < place):
        place = walk_back(tokens, frame.first, frame.strong)
    elif place is None:
        place = frame.hash
    if place is None or place <= frame.first or (tokens.lows[frame.first] in STRONG and frame.stop is None):
        return None
    layout = _up_to(tokens, frame, place)
    if layout is None or (place - frame.first == 1 and frame.years and frame.years[0] == frame.first):
        return None
    _end_at_open_bracket(tokens, layout)
    return layout


def _end_at_open_bracket(tokens: Tokens, layout: Layout) -> None:
    """`Title (Any 1080p`: brackets that the first certain mark stands in hold nothing of the title."""
    stretch = tokens.text[layout.start : layout.stop]
    opening = max(stretch.rfind("("), stretch.rfind("["))
    if opening < 2 or stretch[opening - 1] not in " ._" or stretch.find(_CLOSING[stretch[opening]], opening) > 0:
        return
    last = layout.last
    while last > layout.first + 1 and tokens.starts[last - 1] >= layout.start + opening:
        last -= 1
    layout.last = last
    layout.stop = layout.start + opening


def find_strong(tokens: Tokens, places: list[tuple[int, bool]], first: int) -> int | None:
    """The first certain mark behind the first word; a half mark counts only with its second half."""
    for i, is_half in places:
        if i > first and (not is_half or is_strong_pair(tokens, i)):
            return i
    return None
