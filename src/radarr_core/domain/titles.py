"""Keys by which titles are compared, sorted, asked for and put into addresses."""

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

    A title that is blank or a plain number stays as it is. Cleaning a key again changes nothing.
    """
    stripped = title.strip()
    if not stripped or stripped.isdigit():
        return title
    if stripped.isascii() and stripped.isalnum():
        return stripped.lower()
    matches = list(_WORD.finditer(title))
    kept = [
        match.group()
        for place, match in enumerate(matches)
        if not (match.group().lower() in _SMALL_WORDS and _is_inside(matches, place))
    ]
    text = _NOT_WORD.sub("", "".join(kept)).lower().translate(_UMLAUTS)
    return text if text.isascii() else strip_accents(text)


def _is_inside(matches: list[re.Match[str]], place: int) -> bool:
    if place in (0, len(matches) - 1):
        return False
    after_single = place > 1 and len(matches[place - 1].group()) == 1
    before_single = matches[place].group().lower() in ("a", "à") and len(matches[place + 1].group()) == 1
    return not after_single and not before_single


def strip_accents(text: str) -> str:
    """The text without the marks that sit on its letters; letters of their own (ø, œ, ł) stay."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))


# -- sorting -----------------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"(?:a|an|the) ", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w\s]|_")
# Films whose first word only looks like an article, by their number at TMDb.
_SORTED_BY_HAND = {
    387354: "a to z", 1212922: "a to z", 888700: "a to z the first alphabet",
    101273: "a to zeppelin the story of led zeppelin",
}  # fmt: skip


def sort_title(title: str, *, tmdb_id: int | None = None) -> str:
    """The key titles are sorted by: no punctuation, no leading article, lower case, single spaces.

    Args:
        title: the title.
        tmdb_id: the movie's number at TMDb, for the few whose first word is no article though it looks like one.
    """
    if tmdb_id is not None and tmdb_id in _SORTED_BY_HAND:
        return _SORTED_BY_HAND[tmdb_id]
    plain = _PUNCTUATION.sub("", title).strip()
    return " ".join(_ARTICLE.sub("", plain, count=1).split() if _ARTICLE.match(plain) else plain.split()).lower()


_LEFT_OUT = re.compile(r"\b(?:part|special|edition|christmas)\b ?", re.IGNORECASE)


def normalize_title(title: str) -> str:
    """A title for finding it inside a release name: no part, special, edition or christmas, words apart by spaces."""
    return " ".join(_PUNCTUATION.sub(" ", _LEFT_OUT.sub("", title)).split()).lower()


# -- addresses and queries ---------------------------------------------------------------------------------------------


def slugify(
    text: str, *, invalid_to_dash: bool = False, trim_end: str | None = "-_", deduplicate: str | None = "-_"
) -> str:
    """Lower case, accents stripped, words joined by hyphens, nothing but ``a-z 0-9 - _``.

    Args:
        text: a title.
        invalid_to_dash: other characters become a hyphen instead of nothing.
        trim_end: characters taken off both ends.
        deduplicate: characters of which a run, also a mixed one, becomes its last.
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"\s", "-", plain)
    plain = re.sub(r"[^a-z0-9_-]", "-" if invalid_to_dash else "", plain)
    if trim_end:
        plain = plain.strip(trim_end)
    if deduplicate:
        plain = re.sub(f"([{re.escape(deduplicate)}])+", r"\1", plain)
    return plain


_APOSTROPHES = re.compile(r"['.`´‘’]")


def search_title(title: str) -> str:
    """A title as indexers like to be asked: words with single spaces, no article in front, no accents."""
    text = title.strip()
    if text[:4].lower() == "the ":
        text = text[4:]
    text = _APOSTROPHES.sub("", text.replace("&", "and"))
    return strip_accents(" ".join(re.sub(r"\W", " ", text).split()))


def search_term(title: str) -> str:
    """`search_title` for the query of an address, its words joined by plus signs."""
    return search_title(title).replace(" ", "+")
