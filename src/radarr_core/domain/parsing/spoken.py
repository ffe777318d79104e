"""Which languages a name tells of, by the words the field uses for them."""

from __future__ import annotations

import re

from radarr_core.domain.languages import LANGUAGE_BY_NAME, ORIGINAL, Language

from .lexicon_words import words_of
from .tokens import Tokens

# How a word counts: always, in capitals only, or in capitals or beside another language (`En.Fr.Sp`, `ENG+PT`).
ALWAYS, CAPITALS, LISTED = range(3)

LanguageWord = tuple[int, Language, int]
"""A rank (results come in the order the incumbent's three scans find them), the language, and how the word counts."""

_L = LANGUAGE_BY_NAME

# First scan: full names, which count inside longer words as well.
_NAMES: dict[str, Language] = {
    **{name: _L[name] for name in words_of("english spanish danish dutch japanese icelandic")},
    **dict.fromkeys(("mandarin", "cantonese", "chinese"), _L["chinese"]),
    **{name: _L[name] for name in words_of(
        "korean russian romanian hindi arabic thai bulgarian polish vietnamese swedish norwegian finnish turkish "
        "portuguese"
    )},
    "brazilian": _L["portuguese (brazil)"],
    **{name: _L[name] for name in words_of("hungarian hebrew ukrainian persian bengali slovak latvian")},
    "latino": _L["spanish (latino)"],
    **{name: _L[name] for name in words_of("tamil telugu malayalam kannada albanian afrikaans marathi tagalog")},
}  # fmt: skip
_INSIDE: dict[str, Language] = {
    **_NAMES, "videomann": _L["german"], "flemish": _L["flemish"], "bgaudio": _L["bulgarian"],
    "rodubbed": _L["romanian"], "greek": _L["greek"], "ukr": _L["ukrainian"], "国语": _L["chinese"],
    "简": _L["chinese"], "繁": _L["chinese"], "字幕": _L["chinese"],
}  # fmt: skip

_find_inside = re.compile("|".join(map(re.escape, _INSIDE))).search

_CAPITALS = {
    "en": "english", "lt": "lithuanian", "cz": "czech", "pl": "polish", "bg": "bulgarian", "sk": "slovak",
    "de": "german", "es": "spanish",
}  # fmt: skip
_WORDS = {
    "english": "eng", "italian": "ita italian", "german": "german swissgerman videomann ger deu", "flemish": "flemish",
    "bulgarian": "bgaudio", "romanian": "rodubbed", "portuguese (brazil)": "dublado ptbr", "greek": "greek",
    "french": "fr vo vf vff vfq vfi vf2 truefrench french fre fra", "russian": "rus ru", "hungarian": "hundub hun",
    "hebrew": "hebdub hebdubbed", "polish": "pldub dubpl lekpl pllek", "chinese": "chs cht big5 gb",
    "ukrainian": "ukr", "spanish": "español castellano", "catalan": "catala catalan català catalán",
    "latvian": "lat lav lv", "telugu": "tel", "vietnamese": "vie", "japanese": "jap", "korean": "kor", "urdu": "urdu",
    "romansh": "romansh rumantsch romansch", "mongolian": "mongolian khalkha", "georgian": "georgian geo ka kat",
    "original": "orig original",
}  # fmt: skip
# Beyond the incumbent's lists: what trackers of other countries write.
_MORE = {
    "english": "ingles inglés anglais englisch", "spanish": "espanol española espanola spa esp", "danish": "dan",
    "dutch": "nld dut nederlands", "swedish": "swe", "norwegian": "norsk", "finnish": "suomi", "hindi": "hin",
    "tamil": "tam", "portuguese": "portugues português portuguesa por", "chinese": "chi zho chn", "japanese": "jpn",
    "arabic": "ara arab", "turkish": "tur türkçe turkce", "czech": "czech cze ces", "hebrew": "heb",
    "spanish (latino)": "latin lati latam", "persian": "farsi per", "croatian": "croatian hrv",
    "serbian": "serbian srp", "bosnian": "bosnian", "estonian": "estonian", "indonesian": "indonesian",
    "macedonian": "macedonian", "slovenian": "slovenian slovene", "lithuanian": "lithuanian",
    "french": "francais français",
    "portuguese (brazil)": "ptbr", "icelandic": "isl", "romanian": "ron", "malayalam": "mal", "bengali": "ben",
}  # fmt: skip
_LISTED = {
    "danish": "dk", "dutch": "nl", "portuguese": "pt port", "spanish": "sp", "italian": "it", "swedish": "se sv",
    "norwegian": "no nor", "finnish": "fi fin", "japanese": "jp ja", "korean": "ko kr", "hungarian": "hu",
    "turkish": "tr", "greek": "gr el", "romanian": "ro", "ukrainian": "ua", "hebrew": "he", "arabic": "ar",
    "hindi": "hi", "chinese": "zh cn", "kannada": "kan", "portuguese (brazil)": "br", "czech": "cs", "polish": "pol",
    "lithuanian": "lit", "estonian": "est", "catalan": "cat", "slovenian": "slv", "icelandic": "ice", "croatian": "hr",
}  # fmt: skip
_TRUSTED_CAPITALS = frozenset(("dk", "nl", "pt", "nor", "fin", "se"))
_COMMON_WORDS = frozenset(("mal", "per", "ben", "dan", "por", "isl", "ron", "tam", "tur", "ara", "latin", "esp"))


def _build() -> dict[str, LanguageWord]:
    words: dict[str, LanguageWord] = {}
    rank = 0
    for name, language in _NAMES.items():
        words[name] = (rank, language, ALWAYS)
        rank += 1
    for code, name in _CAPITALS.items():
        words[code] = (rank, _L[name], LISTED)
        rank += 1
    for table in (_WORDS, _MORE, _LISTED):
        for name, spellings in table.items():
            rank += 1
            for word in spellings.split():
                how = LISTED if table is _LISTED or word in _COMMON_WORDS else ALWAYS
                words.setdefault(word, (rank, _L[name], how))
    # Script tags stand in brackets of their own; elsewhere they are other things.
    for word in ("chs", "cht", "big5", "gb"):
        words[word] = (words[word][0], words[word][1], CAPITALS)
    return words


WORDS = _build()
_FULL_CAPITALS = _CAPITALS.keys() | _TRUSTED_CAPITALS
_BRACKETED = frozenset(("chs", "cht", "big5", "gb"))
_LIST_GAPS = frozenset((" ", ".", "-", "/", "+", "_", ",", ", ", " + ", " - ", " / ", "|", "&", " & ", "; "))
_SUBTITLE_WORDS = frozenset(("sub", "subs"))
_PAIRS = {
    ("dub", "pl"): "polish", ("pl", "dub"): "polish", ("lek", "pl"): "polish", ("pl", "lek"): "polish",
    ("pt", "br"): "portuguese (brazil)", ("bg", "audio"): "bulgarian", ("port", "br"): "portuguese (brazil)",
    ("portugues", "br"): "portuguese (brazil)",
}  # fmt: skip


def find_inside(word: str) -> LanguageWord | None:
    """The language whose full name stands inside a longer word, as in `HindiDub` or `2xUkr`."""
    match = _find_inside(word)
    if match is None:
        return None
    name = match.group()
    return WORDS[name][0] if name in WORDS else 500, _INSIDE[name], ALWAYS


def read_languages(tokens: Tokens, hits: list[tuple[int, LanguageWord]]) -> tuple[tuple[Language, ...], list[int]]:
    """The languages in the incumbent's order, each once, and the words that tell of them."""
    found: list[tuple[int, Language]] = []
    places: list[int] = []
    for i, (rank, language, how) in hits:
        if how is ALWAYS or _counts(tokens, i):
            pair = _PAIRS.get((tokens.lows[i], tokens.lows[i + 1]))
            found.append((rank, _L[pair] if pair else language))
            places.append(i)
    if len(found) > 1:
        found.sort(key=_rank)
    languages = [language for _, language in found]
    if len(found) == 1 and languages[0].name == "German":
        languages += _beside_german(tokens)
    return tuple(dict.fromkeys(languages)), places


def _rank(item: tuple[int, Language]) -> int:
    return item[0]


def _counts(tokens: Tokens, i: int) -> bool:
    low, word = tokens.lows[i], tokens.words[i]
    if low in _BRACKETED:
        return tokens.gaps[i].endswith("[") and tokens.gaps[i + 1].startswith("]")
    if low in _FULL_CAPITALS and word.isupper():
        return not _is_guarded(tokens, i, low)
    return _is_listed(tokens, i)


def _is_guarded(tokens: Tokens, i: int, low: str) -> bool:
    """Whether a code in capitals belongs to a subtitle mark, or to DTS-ES."""
    if i and tokens.lows[i - 1] in _SUBTITLE_WORDS and len(tokens.gaps[i]) == 1:
        return True
    if low == "es" and i and tokens.lows[i - 1] == "dts":
        return True
    return len(tokens.gaps[i + 1]) == 1 and tokens.lows[i + 1].startswith("sub")


def _is_listed(tokens: Tokens, i: int) -> bool:
    """Whether the word stands in a row with another language."""
    if tokens.gaps[i] in _LIST_GAPS and tokens.lows[i - 1] in WORDS:
        return True
    return tokens.gaps[i + 1] in _LIST_GAPS and tokens.lows[i + 1] in WORDS


def _beside_german(tokens: Tokens) -> tuple[Language, ...]:
    """German scene names say DL for the original beside the German sound, ML for English as well."""
    lows = tokens.lows
    for i, low in enumerate(lows):
        if low == "dl" and not (i and lows[i - 1] == "web" and len(tokens.gaps[i]) <= 1):
            return (ORIGINAL,)
    return (ORIGINAL, _L["english"]) if "ml" in lows else ()
