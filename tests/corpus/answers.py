"""What the library answers to a case of each set.

An answer says for each part of the expectation what was expected, what came, and whether that is a match. A later
room adds its sets with the `answers` decorator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from radarr_core.domain.languages import UNKNOWN_LANGUAGE, Language, find_language, find_language_by_code
from radarr_core.domain.naming.characters import clean_value
from radarr_core.domain.numerals import from_roman, to_roman
from radarr_core.domain.parsing import figures, parse_release, parse_release_path, read_name
from radarr_core.domain.parsing.numbers import normalize_imdb_id
from radarr_core.domain.parsing.release_languages import aggregate_languages
from radarr_core.domain.parsing.scene_names import find_scene_name, is_scene_title, scene_title
from radarr_core.domain.parsing.subtitles import (
    SubtitleName,
    find_subtitle_language,
    read_subtitle_beside,
    read_subtitle_name,
)
from radarr_core.domain.quality import QUALITY_BY_NAME
from radarr_core.domain.releases import NameFacts, ParsedRelease
from radarr_core.domain.titles import clean_title, search_term, slugify, sort_title
from radarr_core.errors import UnparsableReleaseError

from .fields import common_fields, is_field_right
from .records import Record


@frozen
class Part:
    """One field of one case."""

    field: str
    expected: Any
    got: Any
    passed: bool


Answer = Callable[[Record], list[Part]]
ANSWERS: dict[str, Answer] = {}
"""For each set the library can answer, the function that does."""

FIELD_SETS = frozenset(("fields_guessit", "fields_ptt", "fields"))
"""Sets that are counted by field instead of by case."""


def answers(*names: str) -> Callable[[Answer], Answer]:
    """Registers a function as the one that answers these sets."""

    def register(function: Answer) -> Answer:
        for name in names:
            ANSWERS[name] = function
        return function

    return register


def compare(expect: Record, got: Record, same: Callable[[Any, Any], bool] | None = None) -> list[Part]:
    """A part for each field of the expectation; fields are equal, or `same` says they are."""
    parts = []
    for field, expected in expect.items():
        found = got.get(field)
        parts.append(Part(field, expected, found, same(expected, found) if same else expected == found))
    return parts


# -- names -------------------------------------------------------------------------------------------------------------


def _parse(text: str, *, as_folder: bool = False) -> ParsedRelease | None:
    """As a caller would: a text with a slash in it is a path; a refusal is a refusal."""
    try:
        if "/" in text and not as_folder:
            return parse_release_path(text)
        return parse_release(text, as_folder=as_folder)
    except UnparsableReleaseError:
        return None


@answers("title")
def answer_title(record: Record) -> list[Part]:
    """Title, titles and year, by `parse_release`."""
    release = _parse(record["input"], as_folder=record.get("as_folder", False))
    got: Record = {}
    if release is not None:
        got = {"title": release.title, "titles": list(release.titles), "year": release.year}
    if record.get("compare") == "clean_title":
        return compare(record["expect"], got, lambda a, b: b is not None and clean_title(a) == clean_title(b))
    if release is None:
        return [Part(field, expected, None, False) for field, expected in record["expect"].items()]
    return compare(record["expect"], got)


@answers("rejected")
def answer_rejected(record: Record) -> list[Part]:
    """Whether `parse_release` takes the name."""
    return compare(record["expect"], {"parsed": _parse(record["input"]) is not None})


@answers("paths")
def answer_paths(record: Record) -> list[Part]:
    """Title, quality and group, by `parse_release_path`."""
    try:
        release = parse_release_path(record["input"])
    except UnparsableReleaseError:
        return [Part(field, expected, None, False) for field, expected in record["expect"].items()]
    got = {"title": release.title, "quality": release.quality.name, "release_group": release.release_group}
    return compare(record["expect"], got)


@answers("fields_guessit", "fields_ptt", "fields")
def answer_fields(record: Record) -> list[Part]:
    """Every field named, by `parse_release` or `parse_release_path`; a refusal has every field wrong."""
    release = _parse(record["input"])
    if release is None:
        return [Part(field, expected, "refused", False) for field, expected in record["expect"].items()]
    got = common_fields(release)
    return [
        Part(field, expected, got.get(field), is_field_right(field, expected, got.get(field)))
        for field, expected in record["expect"].items()
    ]


# -- single fields of a name -------------------------------------------------------------------------------------------


def _quality_fields(facts: NameFacts) -> Record:
    quality = facts.quality
    return {
        "quality": quality.name,
        "source": quality.source.name.lower(),
        "resolution": quality.resolution,
        "modifier": quality.modifier.name.lower(),
        "version": facts.revision.version,
        "real": facts.revision.real,
        "is_repack": facts.revision.is_repack,
        "source_from": facts.source_from.value,
        "resolution_from": facts.resolution_from.value,
    }


@answers("quality")
def answer_quality(record: Record) -> list[Part]:
    """Quality and revision, by `read_name`."""
    expect = dict(record["expect"])
    if "quality" in expect and "modifier" not in expect:
        expect["modifier"] = QUALITY_BY_NAME[expect["quality"]].modifier.name.lower()
    return compare(expect, _quality_fields(read_name(record["input"])))


@answers("languages")
def answer_languages(record: Record) -> list[Part]:
    """The languages, by `read_name`; a name that tells none has `Unknown`."""
    names = [language.name for language in read_name(record["input"]).languages] or [UNKNOWN_LANGUAGE.name]
    checks = {
        "languages": lambda expected: sorted(expected) == sorted(names),
        "contain": lambda expected: set(expected) <= set(names),
        "first": lambda expected: expected == names[0],
        "count": lambda expected: expected == len(names),
    }
    return [Part(field, expected, names, checks[field](expected)) for field, expected in record["expect"].items()]


@answers("edition")
def answer_edition(record: Record) -> list[Part]:
    """The edition, by `read_name`; empty for none."""
    return compare(record["expect"], {"edition": read_name(record["input"]).edition or ""})


@answers("release_group")
def answer_release_group(record: Record) -> list[Part]:
    """The group, by `read_name`."""
    return compare(record["expect"], {"release_group": read_name(record["input"]).release_group})


@answers("hardcoded_subs")
def answer_hardcoded_subs(record: Record) -> list[Part]:
    """The mark of burnt-in subtitles, by `read_name`."""
    return compare(record["expect"], {"hardcoded_subs": read_name(record["input"]).hardcoded_subs})


@answers("ids")
def answer_ids(record: Record) -> list[Part]:
    """Numbers at IMDb and TMDb, in a name or by themselves."""
    if record["function"] == "normalize_imdb_id":
        return compare(record["expect"], {"imdb_id": normalize_imdb_id(record["input"])})
    facts = read_name(record["input"])
    got = {
        "imdb_id": None if facts.imdb_id is None else facts.imdb_id.value,
        "tmdb_id": None if facts.tmdb_id is None else facts.tmdb_id.value,
    }
    return compare(record["expect"], got)


# -- titles and other text ---------------------------------------------------------------------------------------------


@answers("clean_title")
def answer_clean_title(record: Record) -> list[Part]:
    """The key titles are compared by."""
    return compare(record["expect"], {"clean_title": clean_title(record["input"])})


def _slug(given: Record) -> Record:
    options = {key: given[key] for key in ("invalid_to_dash", "trim_end", "deduplicate") if key in given}
    return {"text": slugify(given["text"], **options)}


_NORMALIZE: dict[str, Callable[[Record], Record]] = {
    "sort_title": lambda given: {"text": sort_title(given["text"], tmdb_id=given.get("tmdb_id"))},
    "url_slug": _slug,
    "search_term": lambda given: {"text": search_term(given["text"])},
    "clean_file_name": lambda given: {"text": clean_value(given["text"])},
    "feed_size": lambda given: {"bytes": figures.read_feed_size(given["text"])},
    "size_text": lambda given: {"bytes": figures.read_size(given["text"])},
    "loose_integer": lambda given: {"number": figures.read_loose_integer(given["text"])},
}


@answers("normalize")
def answer_normalize(record: Record) -> list[Part]:
    """Sorting, slugs, queries, file names and figures."""
    return compare(record["expect"], _NORMALIZE[record["function"]](record["input"]))


@answers("roman_numerals")
def answer_roman_numerals(record: Record) -> list[Part]:
    """Roman numerals, both ways."""
    if record["function"] == "to_roman":
        return compare(record["expect"], {"roman": to_roman(record["input"])})
    return compare(record["expect"], {"arabic": from_roman(record["input"])})


@answers("iso_languages")
def answer_iso_languages(record: Record) -> list[Part]:
    """The language of a code."""
    language = find_language_by_code(record["input"])
    return compare(record["expect"], {"language": None if language is None else language.name})


# -- files -------------------------------------------------------------------------------------------------------------


def _subtitle(record: Record) -> Record:
    if record["function"] == "language":
        return {"language": find_subtitle_language(record["input"]).name}
    if record["function"] == "information":
        found = read_subtitle_name(record["input"])
    else:
        given = record["input"]
        movie_files = (given["relative_path"], given["original_file_path"], given["file_name_before_rename"])
        found = read_subtitle_beside(given["subtitle"], tuple(name for name in movie_files if name))
    return _subtitle_fields(found)


def _subtitle_fields(found: SubtitleName) -> Record:
    return {
        "language": found.language.name,
        "tags": sorted(found.tags),
        "title": found.title,
        "copy": found.copy,
        "tags_exclude": found.tags,
    }


def _same_subtitle(expected: Any, got: Any) -> bool:
    if isinstance(expected, str) and isinstance(got, str):
        return expected.casefold() == got.casefold()
    if isinstance(got, tuple):
        return not set(expected) & set(got)
    return bool(sorted(expected) == got if isinstance(expected, list) else expected == got)


@answers("subtitles")
def answer_subtitles(record: Record) -> list[Part]:
    """What a subtitle's file name tells."""
    return compare(record["expect"], _subtitle(record), _same_subtitle)


@answers("scene")
def answer_scene(record: Record) -> list[Part]:
    """Scene names."""
    given = record["input"]
    if record["function"] == "is_scene_title":
        return compare(record["expect"], {"is_scene": is_scene_title(given)})
    if record["function"] == "scene_title":
        return compare(record["expect"], {"scene_title": scene_title(given)})
    name = find_scene_name(
        given["path"].rpartition("/")[2],
        is_only_video=not given["other_video_files"],
        download_title=given.get("download_title"),
        folder_title=given.get("folder_title"),
    )
    return compare(record["expect"], {"scene_name": name})


# -- a release beside its movie ----------------------------------------------------------------------------------------


def _languages(names: list[str] | None) -> list[Language]:
    found = [find_language(name) for name in names or ()]
    return [language for language in found if language is not None]


def _find_indexer(release: Record, indexers: list[Record]) -> Record:
    number, name = release.get("indexer_id"), release.get("indexer")
    by_id = (each for each in indexers if each.get("found_by_id") and each.get("id") == number)
    by_name = (each for each in indexers if each.get("name") and each["name"] == name)
    return next(by_id, None) or next(by_name, None) or {}


@answers("release_languages")
def answer_release_languages(record: Record) -> list[Part]:
    """The languages of a release whose movie and indexer are known."""
    given = record["input"]
    parsed, release = given.get("parsed") or {}, given.get("release") or {}
    found = aggregate_languages(
        _languages(parsed.get("languages")),
        original_language=_languages([given.get("original_language") or "English"])[0],
        movie_title=given.get("movie_title") or "",
        name=release.get("title") or parsed.get("release_title") or "",
        tokens=parsed.get("release_tokens"),
        multi_languages=_languages(_find_indexer(release, given.get("indexers") or []).get("multi_languages")),
        from_indexer=_languages(release.get("languages")),
    )
    names = sorted(language.name for language in found)
    return compare(record["expect"], {"languages": names}, lambda expected, got: sorted(expected) == got)
