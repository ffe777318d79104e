"""The languages of the field, under the names and numbers Radarr gives them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen(order=True)
class Language:
    """A language; equality is by number alone, so Spanish is not Spanish (Latino).

    Attributes:
        id: Radarr's number, as profiles and custom formats use it.
        name: Radarr's name.
        code: the two-letter ISO 639-1 code, with a country where one is attached; None where there is none.
        code3: the three-letter terminological ISO 639-2/T code; None where there is none.
    """

    id: int
    name: str = field(eq=False)
    code: str | None = field(default=None, eq=False)
    code3: str | None = field(default=None, eq=False)

    def __str__(self) -> str:
        return self.name


# id, name, ISO 639-1 (with country), ISO 639-2/T: the table Radarr's profiles and custom formats count by.
_TABLE: tuple[tuple[int, str, str | None, str | None], ...] = (
    (-2, "Original", None, None),
    (-1, "Any", None, None),
    (0, "Unknown", None, None),
    (1, "English", "en", "eng"),
    (2, "French", "fr-fr", "fra"),
    (3, "Spanish", "es", "spa"),
    (4, "German", "de-de", "deu"),
    (5, "Italian", "it", "ita"),
    (6, "Danish", "da", "dan"),
    (7, "Dutch", "nl", "nld"),
    (8, "Japanese", "ja", "jpn"),
    (9, "Icelandic", "is", "isl"),
    (10, "Chinese", "zh-cn", "zho"),
    (11, "Russian", "ru", "rus"),
    (12, "Polish", "pl", "pol"),
    (13, "Vietnamese", "vi", "vie"),
    (14, "Swedish", "sv", "swe"),
    (15, "Norwegian", "no", "nor"),
    (16, "Finnish", "fi", "fin"),
    (17, "Turkish", "tr", "tur"),
    (18, "Portuguese", "pt-pt", "por"),
    (19, "Flemish", None, None),
    (20, "Greek", "el", "ell"),
    (21, "Korean", "ko", "kor"),
    (22, "Hungarian", "hu", "hun"),
    (23, "Hebrew", "he", "heb"),
    (24, "Lithuanian", "lt", "lit"),
    (25, "Czech", "cs", "ces"),
    (26, "Hindi", "hi", "hin"),
    (27, "Romanian", "ro", "ron"),
    (28, "Thai", "th", "tha"),
    (29, "Bulgarian", "bg", "bul"),
    (30, "Portuguese (Brazil)", "pt-br", None),
    (31, "Arabic", "ar", "ara"),
    (32, "Ukrainian", "uk", "ukr"),
    (33, "Persian", "fa", "fas"),
    (34, "Bengali", "bn", "ben"),
    (35, "Slovak", "sk", "slk"),
    (36, "Latvian", "lv", "lav"),
    (37, "Spanish (Latino)", "es-mx", "spa"),
    (38, "Catalan", "ca", "cat"),
    (39, "Croatian", "hr", "hrv"),
    (40, "Serbian", "sr", "srp"),
    (41, "Bosnian", "bs", "bos"),
    (42, "Estonian", "et", "est"),
    (43, "Tamil", "ta", "tam"),
    (44, "Indonesian", "id", "ind"),
    (45, "Telugu", "te", "tel"),
    (46, "Macedonian", "mk", "mkd"),
    (47, "Slovenian", "sl", "slv"),
    (48, "Malayalam", "ml", "mal"),
    (49, "Kannada", "kn", "kan"),
    (50, "Albanian", "sq", "sqi"),
    (51, "Afrikaans", "af", "afr"),
    (52, "Marathi", "mr", "mar"),
    (53, "Tagalog", "tl", "tgl"),
    (54, "Urdu", "ur", "urd"),
    (55, "Romansh", "rm", "roh"),
    (56, "Mongolian", "mn", "mon"),
    (57, "Georgian", "ka", "kat"),
)

LANGUAGES: tuple[Language, ...] = tuple(Language(*row) for row in _TABLE)
LANGUAGE_BY_NAME: Mapping[str, Language] = {language.name.casefold(): language for language in LANGUAGES}
"""By Radarr's name in lower case."""
_BY_NAME = LANGUAGE_BY_NAME

ORIGINAL = _BY_NAME["original"]
"""The movie's own language, whichever that is."""
ANY = _BY_NAME["any"]
UNKNOWN_LANGUAGE = _BY_NAME["unknown"]
ENGLISH = _BY_NAME["english"]


def find_language(name: str) -> Language | None:
    """The language of that name (in any case), or None."""
    return _BY_NAME.get(name.strip().casefold())


# -- codes -------------------------------------------------------------------------------------------------------------

_TERMINOLOGICAL = {
    "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra",
    "geo": "kat", "ger": "deu", "gre": "ell", "gsw": "deu", "ice": "isl", "mac": "mkd", "mao": "mri", "may": "msa",
    "per": "fas", "rum": "ron", "slo": "slk", "tib": "bod", "wel": "cym", "khk": "mon", "mvf": "mon",
}  # fmt: skip
_BY_CODE3 = {language.code3: language for language in reversed(LANGUAGES) if language.code3}
_BY_CODE: dict[str, dict[str, Language]] = {}
for _language in LANGUAGES:
    if _language.code:
        _code, _, _country = _language.code.partition("-")
        _BY_CODE.setdefault(_code, {})[_country] = _language
_BY_CODE["nb"] = {"": _BY_NAME["norwegian"]}
_BY_CODE["cn"] = {"": _BY_NAME["chinese"]}


def find_language_by_code(code: str) -> Language | None:
    """The language of an ISO 639 code of two or three letters, or None.

    A country behind a hyphen (`pt-BR`) chooses the entry of that country, else the one without a country: `mr-IN` is
    Marathi, but `fr-CA` is none, since the only French of the table is that of France.
    """
    language, _, country = code.strip().casefold().partition("-")
    if len(language) == 3:
        return None if country else _BY_CODE3.get(_TERMINOLOGICAL.get(language, language))
    varieties = _BY_CODE.get(language)
    if varieties is None:
        return None
    if not country:
        return varieties.get("") or next(iter(varieties.values()))
    return varieties.get(country) or varieties.get("")
