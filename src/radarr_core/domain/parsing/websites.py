"""Addresses of websites that posters put before and after a name."""

from __future__ import annotations

import re
from functools import cache

# Without www or brackets around it, `Dr.No - ` looks like an address; these endings are no words of titles.
_ENDINGS = (
    "com|net|org|info|biz|online|site|xyz|club|vip|party|pics|world|tel|cc|to|io|nu|ws|tv|me|link|live|lol|fun|pro|top|"
    "(?:co|com|org|net|gov|ac)\\.[a-z]{2}|[a-z]{2,6}\\.au|de|ru|tc"
)
_HOST = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})?"
_LEADING = (
    r"[\[(【]\s*(?:www[. ])?" + _HOST + r"\.(?:[a-z]{2,6}\.[a-z]{2,6}|xn--[a-z0-9-]{4,59}|[a-z]{2,10})\s*[\])】][ _-]*"
    r"|www[. ]" + _HOST + r"[. ](?:[a-z]{2,6}\.[a-z]{2,6}|[a-z]{2,10})(?:\s*[\])】][ _-]*|[ _-]{2,})"
    r"|" + _HOST + r"\.(?:" + _ENDINGS + r")(?: -|- |  |--)[ -]*"
)  # fmt: skip
_TRAILING = (
    r"\[?\s*(?!yts\.)(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})?\.(?:[a-z]{2,6}\.)?[a-z]{2,6}\s*\]\Z"
    r"|\[(?:ettv|rartv|rarbg|cttv|publichd)\]\Z"
)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Few names have a website, so nothing is compiled before the first one comes."""
    return re.compile(pattern, re.IGNORECASE)


def find_leading(text: str) -> int:
    """The offset behind a website at the start of a name; 0 when none stands there."""
    if text[:1] not in "[(【" and text[:3].lower() != "www" and " -" not in text[4:70] and "  " not in text[4:70]:
        return 0
    if "." not in text[:70] and text[:3].lower() != "www":
        return 0
    match = _compile(_LEADING).match(text)
    if match is None or match.end() >= len(text) or text.startswith("Naruto-Kun."):
        return 0
    return match.end()


_TRAILING_BARE = re.compile(
    r"[-_. ](?:par|by|from)?[-_. ]?www\.[a-z0-9-]{1,63}\.(?:com|net|org|info|ru|to|cc)\Z", re.IGNORECASE
)


def find_trailing(text: str, end: int) -> int:
    """The offset where a website or tracker tag begins that ends at `end`; `end` when there is none."""
    place = text.rfind("www.", max(0, end - 80), end)
    if place > 4:
        match = _TRAILING_BARE.search(text, place - 5, end)
        if match is not None:
            return match.start()
    while end > 1 and text[end - 1] == "]":
        opening = text.rfind("[", max(0, end - 140), end)
        if opening <= 0 or _compile(_TRAILING).match(text, opening, end) is None:
            return end
        end = opening
        while end > 1 and text[end - 1] == " ":
            end -= 1
    return end
