"""What kind of thing a name is the name of: a movie, or an episode, a season, music, a game, a book."""

from __future__ import annotations

import re

from radarr_core.domain.releases import NameKind

from .lexicon_words import words_of
from .tokens import Tokens

# A word that makes an episode or a season of the number beside it.
EPISODE_WORDS = frozenset(
    words_of(
        "episode episodes episodio episodios épisode ep eps folge серия серии эпизод серий сер серія серій seriya "
        "seriyi odc odcinek cap capitulo capítulo"
    )
)
SEASON_WORDS = frozenset(
    words_of(
        "season seasons saison staffel temporada temporadas temp seizoen сезон sezon sez sezonul stagione sæson säsong "
        "sesong kausi évad series serie miniseries"
    )
)
WHOLE = frozenset(("complete", "full", "completa", "mini", "tv", "entire"))
_SEASON_NUMBER = re.compile(r"\d{1,2}ª?\Z|[ivx]{1,4}\Z|one\Z|two\Z|three\Z|1ª|\d{1,2}of\d{1,2}\Z")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
# These are counted: the number stands before them as often as behind.
_COUNTED = frozenset(("seriya", "seriyi", "сер", "серия", "серии", "серий", "серія", "серій"))
_SECOND_HALF = re.compile(r"ep?\d{1,4}|d\d{1,2}|\d{2,3}")

GAME_WORDS = frozenset(
    words_of(
        "nsw ps3 ps4 ps5 psvita xbox xbox360 xbla xboxone wiiu 3ds nds gog fitgirl dodi codex skidrow reloaded plaza "
        "flt tenoke razor1911 empress goldberg elamigos macos dlc crackfix nsp xci"
    )
)
BOOK_WORDS = frozenset(words_of("epub mobi azw3 azw pdf cbr cbz ebook ebooks audiobook audiobooks m4b retailepub"))
MUSIC_WORDS = frozenset(words_of("mp3 flac 320kbps discography lossless kbps vinyl"))
OTHER_WORDS = GAME_WORDS | BOOK_WORDS | MUSIC_WORDS


def find_series_word(tokens: Tokens, i: int) -> NameKind | None:
    """What the season or episode word at `i` says, judged by the number beside it."""
    low = tokens.lows[i]
    after = tokens.lows[i + 1]
    if low in EPISODE_WORDS:
        if after[:1].isdigit() and (len(tokens.gaps[i + 1]) <= 2):
            return NameKind.EPISODE
        is_counted = low in _COUNTED and i and tokens.lows[i - 1].isdecimal() and tokens.gaps[i] in (" ", ".")
        return NameKind.EPISODE if is_counted else None
    if low in ("series", "serie", "miniseries"):
        before = tokens.lows[i - 1]
        if before in WHOLE or (low == "miniseries" and i):
            return NameKind.SEASON
        return NameKind.SEASON if after.isdigit() and len(after) <= 2 and before and low == "series" else None
    if after and _SEASON_NUMBER.match(after) and len(tokens.gaps[i + 1]) <= 2:
        return NameKind.SEASON
    if low == "temp":
        return None
    before = tokens.lows[i - 1]
    is_numbered = bool(i and (_SEASON_NUMBER.match(before) or _ORDINAL.fullmatch(before)))
    return NameKind.SEASON if is_numbered or before in WHOLE or after in WHOLE else None


def has_number_before(tokens: Tokens, i: int) -> bool:
    """Whether what a series word counts stands before it: `2nd Season`, `5 серий`, `The Complete Series`."""
    before = tokens.lows[i - 1]
    return before in WHOLE or _ORDINAL.fullmatch(before) is not None


def find_weakness(tokens: Tokens, i: int) -> int | None:
    """The place behind which a year takes back what the series word at `i` says; None where none does.

    More of a title between "Episode 1" and the year makes a film of it; an ordinal season (`The 5th Season 2012`)
    and parts counted in front (`2 серии 1975`) give way to any year.
    """
    if tokens.lows[i] in EPISODE_WORDS:
        return i + 2 if tokens.lows[i + 1][:1].isdigit() else -1
    return -1 if i and _ORDINAL.fullmatch(tokens.lows[i - 1]) else None


def completes_season(tokens: Tokens, i: int) -> bool:
    """Whether `S4` is followed by its episode or disc, `E1` by the last: `S4 - 11`, `S6.Ep5`, `S1_D01`, `E1-200`."""
    after, gap = tokens.lows[i + 1], tokens.gaps[i + 1]
    if not after or gap.strip(" ._-") or _SECOND_HALF.fullmatch(after) is None:
        return False
    return "-" in gap if after.isdecimal() else len(gap) == 1


_MONTHS = frozenset(words_of("jan feb mar apr may jun jul aug sep sept oct nov dec"))


def find_air_date(tokens: Tokens, year: int, first: int) -> bool:
    """Whether the year is part of a date to the day, as in the names of daily programmes and of shows.

    Month and day follow it; or day and month stand before it in two digits each (`15-05-2018`), or as an ordinal and
    a name (`9th Dec 2019`), behind the first word of a title.
    """
    lows, gaps = tokens.lows, tokens.gaps
    if (
        year + 2 < tokens.count
        and _is_alike(gaps[year + 1], gaps[year + 2])
        and _is_day(lows[year + 1], lows[year + 2])
    ):
        return True
    if year - 2 <= first or not _is_alike(gaps[year], gaps[year - 1]):
        return False
    if lows[year - 1][:3] in _MONTHS and _ORDINAL.fullmatch(lows[year - 2]):
        return True
    return gaps[year] in ("-", ".") and _is_day(lows[year - 1], lows[year - 2])


def _is_alike(gap: str, other: str) -> bool:
    return gap == other and len(gap) == 1


def _is_day(month: str, day: str) -> bool:
    if len(month) != 2 or len(day) != 2 or not (month.isdecimal() and day.isdecimal()):
        return False
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def judge_other(tokens: Tokens, places: list[int], *, has_picture: bool) -> tuple[NameKind, str] | None:
    """Music, a game or a book, by their own words; never where a picture is spoken of."""
    if has_picture:
        return None
    for i in places:
        low = tokens.lows[i]
        if low in BOOK_WORDS:
            return NameKind.BOOK, f"it names a book: {tokens.words[i]}"
        if low in GAME_WORDS:
            return NameKind.GAME, f"it names a game: {tokens.words[i]}"
    for i in places:
        if tokens.lows[i] in MUSIC_WORDS:
            return NameKind.MUSIC, f"it names music: {tokens.words[i]}"
    return None
