"""What kind of thing a name is the name of: a movie, or an episode, a season, music, a game, a book."""

from __future__ import annotations

import re

from radarr_core.domain.releases import NameKind

from .lexicon_words import words_of
from .tokens import Tokens

# A word that makes an episode or a season of the number beside it.
EPISODE_WORDS = frozenset(
    words_of(
        "episode episodes episodio episodios épisode ep eps folge серия серии эпизод серий odc odcinek cap capitulo "
        "capítulo"
    )
)
SEASON_WORDS = frozenset(
    words_of("season seasons saison staffel temporada temporadas сезон sezon stagione series serie miniseries")
)
WHOLE = frozenset(("complete", "full", "completa", "mini", "tv", "entire"))
_SEASON_NUMBER = re.compile(r"\d{1,2}\Z|[ivx]{1,4}\Z|one\Z|two\Z|three\Z|1ª|\d{1,2}ª\Z")

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
        return None
    if low in ("series", "serie", "miniseries"):
        before = tokens.lows[i - 1]
        if before in WHOLE or (low == "miniseries" and i):
            return NameKind.SEASON
        return NameKind.SEASON if after.isdigit() and len(after) <= 2 and before and low == "series" else None
    if after and _SEASON_NUMBER.match(after) and len(tokens.gaps[i + 1]) <= 2:
        return NameKind.SEASON
    before = tokens.lows[i - 1]
    return NameKind.SEASON if (i and _SEASON_NUMBER.match(before)) or before in WHOLE or after in WHOLE else None


_EPISODE_NUMBER = re.compile(r"\d{2,3}(?:v\d)?\Z")


def find_fansub_episode(tokens: Tokens, first: int, end: int) -> int | None:
    """The number of ` - 01 ` before a bracket or the end, as fansub groups number their episodes."""
    for i in range(first + 1, end):
        gap = tokens.gaps[i]
        if gap[0] in " _." and "-" in gap and gap[-1] in " _." and _EPISODE_NUMBER.match(tokens.lows[i]):
            after = tokens.gaps[i + 1]
            if i + 1 == end or "[" in after or "(" in after or tokens.lows[i + 1] in ("v2", "v3", "v4"):
                return i
    return None


def find_air_date(tokens: Tokens, year: int) -> bool:
    """Whether month and day follow the year, as in the names of daily programmes."""
    month, day = tokens.lows[year + 1], tokens.lows[year + 2]
    if len(month) != 2 or len(day) != 2 or not (month.isdecimal() and day.isdecimal()):
        return False
    same = tokens.gaps[year + 1] == tokens.gaps[year + 2] and len(tokens.gaps[year + 1]) == 1
    return same and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


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
