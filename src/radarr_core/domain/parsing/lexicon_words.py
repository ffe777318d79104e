"""Helpers for the tables of words."""

from __future__ import annotations

import re

_FIRST = re.compile(r"[^\W_]+")


def first_word(text: str) -> str:
    """The first word of a text, in lower case, as `Tokens` would cut it."""
    match = _FIRST.search(text)
    return match.group().lower() if match else ""


def words_of(text: str) -> list[str]:
    """The words of a table that is written as one text, for tables too long to quote every word."""
    return text.split()
