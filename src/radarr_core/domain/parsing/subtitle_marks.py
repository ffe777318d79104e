"""What a name says of subtitles: burnt into the picture, or beside it and in which languages."""

from __future__ import annotations

from radarr_core.domain.languages import Language

from .lexicon_words import words_of
from .spoken import WORDS as LANGUAGE_WORDS
from .spoken import LanguageWord
from .tokens import Tokens

GENERIC = "Generic Hardcoded Subs"

# Words about subtitles that do not end in SUB or SUBS, and those that do and are common enough to be known as tags.
PLAIN = frozenset(
    words_of(
        "sub subs hc subbed subtitle subtitles subtitled vostfr subfrench subita subforced legendado leg napisy vost "
        "esub esubs msub msubs"
    )
)
_SOFT = ("soft", "multi", "horrible")
_PREFIXES = {
    "e": "eng", "en": "eng", "eng": "eng", "nl": "dutch", "kor": "kor", "pl": "polish", "swe": "swedish", "fr": "fr",
    "vost": "fr", "ita": "ita", "es": "spanish", "esp": "spanish", "ger": "ger", "rus": "rus", "dk": "danish",
    "fin": "finnish", "nor": "norwegian", "ro": "romanian", "gr": "greek", "cz": "cze", "hun": "hun", "chi": "chi",
}  # fmt: skip
_OF_WORD = {"vostfr": "fr", "subfrench": "fr", "subita": "ita"}


def ends_in_sub(word: str) -> bool:
    """Whether a word (lower case) ends in SUB or SUBS with something before it."""
    return word.endswith(("sub", "subs")) and word not in ("sub", "subs")


def is_subtitle_language(word: str) -> bool:
    """Whether a word (lower case) is a language glued to SUB: `rosub`, `plsubs`."""
    return word.endswith(("sub", "subs")) and word.removesuffix("s").removesuffix("sub") in _PREFIXES


def read_hardcoded(tokens: Tokens, hits: list[tuple[int, int]]) -> tuple[str, int] | None:
    """The last word that says subtitles are burnt in; soft, multiple and fansub marks are none."""
    for i, _ in reversed(hits):
        low = tokens.lows[i]
        if low in ("hc", "subbed"):
            return GENERIC, i
        if ends_in_sub(low) and not low.removesuffix("s").removesuffix("sub").endswith(_SOFT):
            return tokens.words[i], i
    return None


def read_subtitle_languages(
    tokens: Tokens, hits: list[tuple[int, int]], languages: list[tuple[int, LanguageWord]]
) -> tuple[tuple[Language, ...], list[int]]:
    """The languages a name says it has subtitles in: in the word itself, right after it, or right before it."""
    found: list[Language] = []
    places: list[int] = []
    spoken = {i: word[1] for i, word in languages}
    for i, _ in hits:
        low = tokens.lows[i]
        code = (
            _OF_WORD.get(low) or _PREFIXES.get(low.removesuffix("s").removesuffix("sub"))
            if low not in ("sub", "subs")
            else None
        )
        beside = [LANGUAGE_WORDS[code][1]] if code else _beside(tokens, i, spoken)
        if beside:
            found += beside
            places.append(i)
    return tuple(dict.fromkeys(found)), places


def _beside(tokens: Tokens, i: int, spoken: dict[int, Language]) -> list[Language]:
    after: list[Language] = []
    j = i + 1
    while j in spoken and len(tokens.gaps[j]) <= 3:
        after.append(spoken[j])
        j += 1
    if after or i - 1 not in spoken or len(tokens.gaps[i]) > 2:
        return after
    before: list[Language] = []
    j = i - 1
    while j in spoken and len(tokens.gaps[j + 1]) <= 3:
        before.append(spoken[j])
        j -= 1
    return before[::-1]
