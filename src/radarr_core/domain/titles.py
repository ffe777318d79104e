"""Keys by which titles are compared, sorted and put into addresses."""

from __future__ import annotations

import re
import unicodedata

# A small word between two others, as in The Lord of the Harbor: dropped, so that both spellings match. It stays at
# either end, and beside single letters, so that acronyms survive.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL_WORDS = frozenset({"a", "à", "an", "the", "and", "or", "of"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_NOT_WORD = re.compile(r"[\W_]+")


def clean_title(title: str) -> str:
    """The key two titles are compared by: no punctuation, no small words inside, no case, no accents.

    A title that is blank or a plain number stays as it is.
    """
    stripped = title.strip()
    if not stripped or stripped.isdigit():
        return title
    matches = list(_WORD.finditer(title))
    kept = [
        match.group()
        for place, match in enumerate(matches)
        if not (match.group().lower() in _SMALL_WORDS and _is_inside(matches, place))
    ]
    text = _NOT_WORD.sub("", "".join(kept)).lower().translate(_UMLAUTS)
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))


def _is_inside(matches: list[re.Match[str]], place: int) -> bool:
    if place in (0, len(matches) - 1):
        return False
    after_single = place > 1 and len(matches[place - 1].group()) == 1
    before_single = matches[place].group().lower() in ("a", "à") and len(matches[place + 1].group()) == 1
    return not after_single and not before_single


def slugify(text: str) -> str:
    """Lower case, accents stripped, words joined by hyphens, nothing but ``a-z 0-9 - _``."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[^a-z0-9_-]", "", re.sub(r"\s+", "-", plain))
    return re.sub(r"([-_])\1+", r"\1", plain).strip("-_")


def search_title(title: str) -> str:
    """A title as indexers like to be asked: words with single spaces, no article in front, no accents."""
    text = re.sub(r"^the\s+", "", title.strip(), flags=re.IGNORECASE).replace("&", "and")
    text = re.sub(r"['.`´‘’]", "", text)
    text = re.sub(r"\W+", " ", text)
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").strip()
