"""Every word the parser knows in one table, so that a name costs one look-up a word."""

from __future__ import annotations

from typing import Any

from . import (
    audio,
    containers,
    editions,
    groups,
    kinds,
    marks,
    pictures,
    services,
    sources,
    spoken,
    structure,
    subtitle_marks,
    video,
)

(
    SOURCE, LINES, FLAG, CODEC, BITS, RANGE, STEREO, AUDIO, SERVICE, MARK, CUT, EDITION, LANGUAGE, SUBTITLE, GROUP,
    VERSION, CONTAINER, MULTI, TMDB, IMDB, TAG,
) = range(21)  # fmt: skip
"""The topics a word may belong to."""

Entry = tuple[int, bool, tuple[tuple[int, Any], ...]]
"""What the word is to the structure of the name (bits), whether it is a tag, and its topics with their payloads."""

_GLUED_LINES = {
    "480p": 480,
    "576p": 576,
    "720p": 720,
    "1080p": 1080,
    "2160p": 2160,
    "720": 720,
    "1080": 1080,
    "2160": 2160,
}
_GLUED_SOURCES = {
    "bluray": sources.BLURAY, "bd": sources.BLURAY, "webdl": sources.WEBDL, "webrip": sources.WEBRIP,
    "hdtv": sources.HDTV, "bdrip": sources.BDRIP, "brrip": sources.BDRIP, "tc": sources.TELECINE,
    "cam": sources.CAM, "hdcam": sources.CAM, "hdts": sources.TELESYNC,
}  # fmt: skip
# Words of one topic that are ordinary words or figures as well; their presence makes nothing a tag.
_NO_TAGS = frozenset("12345678") | frozenset(
    (
        "e",
        "he",
        "ac",
        "eac",
        "true",
        "dolby",
        "vision",
        "s",
        "x",
        "h",
        "hd",
        "sd",
        "hr",
        "raw",
        "full",
        "mpeg",
        "ultra",
        "br",
    )
)


def _multi_words() -> frozenset[str]:
    return frozenset(("multi", "dual", *(f"multi{count}" for count in range(2, 10)), "2audio", "3audio", "2audios"))


def _build() -> dict[str, Entry]:
    topics: dict[str, list[tuple[int, Any]]] = {}

    def add(topic: int, table: dict[str, Any]) -> None:
        for word, payload in table.items():
            topics.setdefault(word, []).append((topic, payload))

    add(SOURCE, {**sources.WORDS, **_glue(_GLUED_SOURCES, 0)})
    add(LINES, {**pictures.LINES, **_glue(_GLUED_SOURCES, 1)})
    add(FLAG, {word: bits for word, bits in pictures.FLAGS.items() if bits})
    add(FLAG, pictures.FLAG_READERS)
    add(FLAG, {f"bluray{lines}": pictures.IS_BLURAY for lines in _GLUED_LINES})
    add(CODEC, video.CODECS)
    add(BITS, {**video.BITS, **video.BIT_FIGURES})
    add(RANGE, video.RANGES)
    add(STEREO, video.STEREO)
    add(AUDIO, audio.WORDS)
    add(SERVICE, services.SERVICES)
    add(MARK, marks.MARKS)
    add(CUT, marks.CUTS)
    add(EDITION, editions.STARTS)
    add(LANGUAGE, spoken.WORDS)
    add(SUBTITLE, dict.fromkeys(subtitle_marks.PLAIN, 0))
    add(GROUP, groups.WORDS)
    add(VERSION, {f"v{digit}": digit for digit in range(10)})
    add(CONTAINER, dict.fromkeys(containers.SPOKEN_CONTAINERS, 0))
    add(MULTI, dict.fromkeys(_multi_words(), 0))
    add(TMDB, {"tmdb": 0, "tmdbid": 0})
    add(TAG, dict.fromkeys(structure.TAGS_ONLY, 0))
    words = topics.keys() | structure.YEARS | kinds.SEASON_WORDS | kinds.EPISODE_WORDS | kinds.OTHER_WORDS
    return {word: (_bits(word), _is_tag(word, topics.get(word, [])), tuple(topics.get(word, ()))) for word in words}


def _glue(table: dict[str, int], which: int) -> dict[str, int]:
    return {
        f"{word}{ending}": (source, lines)[which]
        for word, source in table.items()
        for ending, lines in _GLUED_LINES.items()
    }


def _bits(word: str) -> int:
    bits = 0
    if word in structure.YEARS:
        bits |= structure.IS_YEAR
    if word in structure.STRONG or structure.strong_half(word) is not None:
        bits |= structure.IS_STRONG
    if word in ("german", "truefrench"):
        bits |= structure.IS_GERMAN
    if word in kinds.SEASON_WORDS or word in kinds.EPISODE_WORDS:
        bits |= structure.IS_SERIES
    if word in kinds.OTHER_WORDS:
        bits |= structure.IS_OTHER
    return bits


def _is_tag(word: str, topics: list[tuple[int, Any]]) -> bool:
    if word in _NO_TAGS:
        return False
    return any(topic not in (GROUP, VERSION) for topic, _ in topics)


LEXICON: dict[str, Entry] = _build()
