"""Which characters a name may hold, and what becomes of the others.

The rules are those people know from Radarr; what would be hostile or no path at all (control characters, lone
surrogates, device names) is taken out as well.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class ColonMode(StrEnum):
    """What becomes of a colon: `Glass: Harbor` is `Glass - Harbor` by the smart way, `Glass:Harbor` `Glass-Harbor`."""

    DELETE = "delete"
    DASH = "dash"
    SPACE_DASH = "space-dash"
    SPACE_DASH_SPACE = "space-dash-space"
    SMART = "smart"


_COLONS = {
    ColonMode.DELETE: "",
    ColonMode.DASH: "-",
    ColonMode.SPACE_DASH: " -",
    ColonMode.SPACE_DASH_SPACE: " - ",
    ColonMode.SMART: "-",
}
_REPLACED = str.maketrans({"\\": "+", "/": "+", "<": None, ">": None, "?": "!", "*": "-", "|": None, '"': None})
_DELETED = str.maketrans(dict.fromkeys('\\/<>?*|":'))
_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\s*)(?:\.|\Z)", re.IGNORECASE)
_REPEATED = re.compile(r"([-. _])\1+")


def clean_value(text: str, *, replace: bool = True, colon: ColonMode = ColonMode.SMART) -> str:
    """A text that may stand in a file name; cleaning it again changes nothing.

    Args:
        text: any text from anywhere.
        replace: whether characters no file system takes are replaced by similar ones; else they are deleted.
        colon: how colons are replaced, when they are.
    """
    text = drop_unprintable(text)
    if not replace:
        text = text.translate(_DELETED)
    else:
        if colon is ColonMode.SMART:
            text = text.replace(": ", " - ")
        text = text.replace(":", _COLONS[colon]).translate(_REPLACED)
    return text.lstrip(" .").rstrip(" ")


def drop_unprintable(text: str) -> str:
    """White space of any kind becomes a space; control characters and lone surrogates go."""
    return "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )


def collapse(text: str) -> str:
    """Runs of the same hyphen, dot, space or underscore as one."""
    return _REPEATED.sub(r"\1", text)


def defuse_device_name(component: str) -> str:
    """`Con.Air` as `Con_Air` and `CON` as `CON_`: what Windows would take for a device is none any more."""
    return _DEVICE.sub(r"\1\2_", component, count=1) if _DEVICE.match(component) else component


def cut(text: str, limit: int) -> str:
    """The beginning of a text in at most so many bytes of UTF-8, ending in a whole character."""
    return text.encode()[: max(limit, 0)].decode(errors="ignore")


def cut_front(text: str, limit: int) -> str:
    """The end of a text in at most so many bytes of UTF-8, beginning with a whole character."""
    raw = text.encode()
    return raw[max(len(raw) - max(limit, 0), 0) :].decode(errors="ignore")


_ALONE = re.compile(r"(?<=\s)[,<>/\\;:'\"|`’~!?@%*\-_=](?=\s)")
_BEFORE_END = re.compile(r"['`’:?,](?=\s|\Z|(?:s|m|t|ve|ll|d|re)\s)")
_BRACKETS = re.compile(r"[()\[\]{}]")
_LIGATURES = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ĸ": "k", "ŋ": "n", "Ŋ": "N",
        "ŧ": "t", "Ŧ": "T", "ħ": "h", "Ħ": "H", "ĳ": "ij", "Ĳ": "IJ",
    }
)  # fmt: skip


def clean_movie_title(title: str) -> str:
    """A title without the punctuation that gets in the way: `The Glass: Harbor` is `The Glass Harbor`."""
    text = title.replace("&", "and").replace("/", " ")
    text = _BRACKETS.sub("", _BEFORE_END.sub("", _ALONE.sub("", text)))
    return transliterate(text)


def transliterate(text: str) -> str:
    """Accented and special Latin letters as plain ones; other scripts stay as they are."""
    return "".join(_plain(c) for c in text.translate(_LIGATURES))


def _plain(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


_ARTICLE = re.compile(r"(The|An|A)\s+(?=\S)", re.IGNORECASE)


def split_article(title: str) -> tuple[str, str, str]:
    """Article, rest and trailing parts in parentheses; a title without an article is all rest."""
    found = _ARTICLE.match(title)
    if not found:
        return "", title, ""
    rest, tail = title[found.end() :].rstrip(), ""
    while rest.endswith(")") and (start := rest.rfind("(")) > 0:
        rest, tail = rest[:start].rstrip(), f" {rest[start:]}{tail}"
    return found[1], rest, tail


def move_article(title: str) -> str:
    """`The Harbor (2019)` as `Harbor, The (2019)`."""
    article, rest, tail = split_article(title)
    return f"{rest}, {article}{tail}" if article else rest


def first_character(title: str) -> str:
    """The letter or digit a title is filed under, or `_`."""
    for char in title[:2]:
        if char.isalnum():
            return transliterate(char.upper())[0]
    return "_"


_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)\Z")
_CAPITALS = frozenset({"imax", "3d", "sdr", "hdr", "dv"})


def case_edition(edition: str) -> str:
    """An edition as people write it: `director's cut` is `Director's Cut`, `50TH IMAX` is `50th IMAX`."""
    return _WORDS.sub(lambda found: _case_word(found[0]), edition.lower())


def _case_word(word: str) -> str:
    if word in _CAPITALS:
        return word.upper()
    return word if _ORDINAL.match(word) else word[0].upper() + word[1:]
