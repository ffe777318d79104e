"""Identities as value types: two spellings of one identity are equal."""

from __future__ import annotations

import base64
import binascii
import re
from typing import NewType

from attrs import field, frozen

MovieId = NewType("MovieId", str)
"""The library's own name of a movie, derived once from what is known of it and then kept."""

SlotName = NewType("SlotName", str)
CorrelationId = NewType("CorrelationId", str)
"""Ties everything together that one search led to, from the first request to the imported file."""

_HEX_HASH = re.compile(r"(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})\Z")
_BASE32_HASH = re.compile(r"[A-Za-z2-7]{32}\Z")


def _fold_info_hash(value: object) -> str:
    text = str(value).strip()
    if _HEX_HASH.match(text):
        return text.lower()
    if _BASE32_HASH.match(text):
        try:
            return base64.b32decode(text.upper()).hex()
        except binascii.Error as error:  # pragma: no cover - the pattern admits base32 alone
            raise ValueError(f"no info-hash: {value!r}") from error
    raise ValueError(f"no info-hash: {value!r} (40 or 64 hexadecimal digits, or 32 of base32)")


@frozen(order=True)
class InfoHash:
    """The identity of a torrent: SHA-1 (v1, BEP 3) or SHA-256 (v2, BEP 52) of its info dictionary.

    Hexadecimal in any case and base32 are accepted and folded to lower-case hexadecimal.

    Raises:
        ValueError: the text is no info-hash.
    """

    value: str = field(converter=_fold_info_hash)

    def __str__(self) -> str:
        return self.value


def _fold_imdb_id(value: object) -> str:
    digits = str(value).strip().lower().removeprefix("tt")
    if not (digits.isascii() and digits.isdigit() and 1 <= len(digits) <= 10 and int(digits)):
        raise ValueError(f"no IMDb id: {value!r} (tt and digits, or digits alone)")
    return f"tt{int(digits):07d}"


@frozen(order=True)
class ImdbId:
    """A movie's number at IMDb; `tt0133093`, `TT0133093`, `133093` and 133093 are one identity.

    Raises:
        ValueError: the value is no IMDb id.
    """

    value: str = field(converter=_fold_imdb_id)

    @property
    def number(self) -> int:
        """The id without its letters, as Torznab and HDBits spell it."""
        return int(self.value[2:])

    def __str__(self) -> str:
        return self.value


def _positive_number(value: object) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text)):
        raise ValueError(f"no TMDb id: {value!r} (a whole number above 0)")
    return int(text)


@frozen(order=True)
class TmdbId:
    """A movie's number at TMDb.

    Raises:
        ValueError: the value is no whole number above 0.
    """

    value: int = field(converter=_positive_number)

    def __str__(self) -> str:
        return str(self.value)
