"""A name cut into words once; everything else looks words up by their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from radarr_core.domain.releases import Span

# Letters and digits of any script make a word; the underscore separates, as dots and spaces do.
_split = re.compile(r"([^\W_]+)").split
_BEYOND = ("", "")


class Tokens:
    """The words of a text and what stands between them.

    Word `i` is `words[i]` (`lows[i]` in lower case) at `text[starts[i]:ends[i]]`; `gaps[i]` is what stands before it,
    and `gaps[count]` what stands after the last one. `lows` ends in two empty texts more than there are words, so that
    a look at the neighbours, one or two places on either side, finds an empty text beyond the ends.
    """

    __slots__ = ("count", "ends", "gaps", "lows", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        parts = _split(text)
        places = list(accumulate(map(len, parts)))
        self.text = text
        self.gaps = parts[0::2]
        self.words = parts[1::2]
        self.lows = list(map(str.lower, self.words))
        self.lows += _BEYOND
        self.starts = places[0::2]
        self.ends = places[1::2]
        self.count = len(self.words)

    def spot(self, first: int, last: int) -> tuple[Span]:
        """Where the words `first` to `last` (inclusive) stand in the text, as the only place of a field."""
        return find_spot(self.starts[first], self.ends[last])

    def spots(self, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        """Where each of those runs of words (first, last) stands in the text."""
        starts, ends = self.starts, self.ends
        return find_spots(tuple([(starts[first], ends[last]) for first, last in places]))

    def spots_of(self, words: Iterable[int]) -> tuple[Span, ...]:
        """Where each of those words stands in the text."""
        starts, ends = self.starts, self.ends
        return find_spots(tuple([(starts[i], ends[i]) for i in words]))


# Names are short and alike, so most places in them were seen before and are the same object: a claim has a dozen, and
# each one kept anew is work for the garbage collector as long as it lives.
_seen = lru_cache(maxsize=8192)


@_seen
def find_spot(start: int, end: int) -> tuple[Span]:
    """One place in a text."""
    return (Span(start, end),)


@_seen
def find_spots(places: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
    """Several places in a text."""
    return tuple([Span(start, end) for start, end in places])
