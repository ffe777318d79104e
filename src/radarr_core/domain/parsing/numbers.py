"""Numbers a name carries: ids of other databases, check sums, and words that are half figures."""

from __future__ import annotations

import re

from radarr_core.domain.identifiers import ImdbId, TmdbId

from .tokens import Tokens

_IMDB = re.compile(r"tt\d{7,8}")
_INT32 = 2**31 - 1


def read_imdb(word: str) -> tuple[ImdbId, int] | None:
    """An IMDb number anywhere in a word (lower case), and where in the word it begins."""
    match = _IMDB.search(word)
    if match is None or not match.group()[2:].isascii() or not int(match.group()[2:]):
        return None
    return ImdbId(match.group()), match.start()


def read_tmdb(tokens: Tokens, i: int) -> TmdbId | None:
    """The number after `tmdb-` or `tmdbid-`; one that no 32-bit integer holds is none."""
    digits = tokens.lows[i + 1]
    if tokens.gaps[i + 1] not in ("-", "=") or not digits.isascii() or not digits.isdigit() or len(digits) > 10:
        return None
    number = int(digits)
    return TmdbId(number) if 0 < number <= _INT32 else None


def normalize_imdb_id(text: str | None) -> str | None:
    """An IMDb number as it is looked up, `tt0000123`; None for what is none.

    Accepted are one to ten digits, with or without `tt`, longer than two characters together.
    """
    if text is None or len(text) <= 2:
        return None
    digits = text.lower().removeprefix("tt")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and int(digits)):
        return None
    return f"tt{digits:0>7}"


_HEX = frozenset("0123456789abcdef")


def find_hash(tokens: Tokens, end: int) -> int | None:
    """The word that is a check sum: eight hexadecimal digits in brackets at the very end."""
    last = end - 1
    if last < 1 or len(tokens.lows[last]) != 8 or not _HEX.issuperset(tokens.lows[last]):
        return None
    return last if tokens.gaps[last].endswith("[") and tokens.gaps[end].startswith("]") else None
