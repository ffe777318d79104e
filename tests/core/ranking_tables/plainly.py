"""Custom formats the plain way: every pattern of every condition of the guides' JSON, one after the other.

Written from the rules of the incumbent, not from this library, and on what a person read in the name, so that neither
our parser nor our matching is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import regex

from .tables import Film, Row

Json = dict[str, Any]

CAM, DVD, TV, WEBDL, WEBRIP, BLURAY = 1, 5, 6, 7, 8, 9
BRDISK, REMUX = 4, 5
QUALITIES = {
    "CAM": (CAM, 0, 0),
    "SDTV": (TV, 480, 0),
    "DVD": (DVD, 0, 0),
    "WEBDL-480p": (WEBDL, 480, 0),
    "Bluray-480p": (BLURAY, 480, 0),
    "Bluray-576p": (BLURAY, 576, 0),
    "HDTV-720p": (TV, 720, 0),
    "WEBDL-720p": (WEBDL, 720, 0),
    "Bluray-720p": (BLURAY, 720, 0),
    "HDTV-1080p": (TV, 1080, 0),
    "WEBDL-1080p": (WEBDL, 1080, 0),
    "WEBRip-1080p": (WEBRIP, 1080, 0),
    "Bluray-1080p": (BLURAY, 1080, 0),
    "Remux-1080p": (BLURAY, 1080, REMUX),
    "HDTV-2160p": (TV, 2160, 0),
    "WEBDL-2160p": (WEBDL, 2160, 0),
    "WEBRip-2160p": (WEBRIP, 2160, 0),
    "Bluray-2160p": (BLURAY, 2160, 0),
    "Remux-2160p": (BLURAY, 2160, REMUX),
    "BR-DISK": (BLURAY, 1080, BRDISK),
}
"""Source, resolution and modifier, in the guides' numbers."""
LANGUAGES = {"English": 1, "French": 2, "German": 4, "Italian": 5, "Japanese": 8}
ORIGINAL = -2
FLAGS = {"freeleech": 1, "internal": 32}
GIGABYTE_IN_MB = 1024


@cache
def _compile(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)


def simplify(name: str, film: Film) -> str:
    """The name with `A.Movie` or `A Movie` where the film's title stood, so that no format finds its words there."""
    dotted = film.title.replace(" ", ".")
    return name.replace(dotted, "A.Movie") if dotted in name else name.replace(film.title, "A Movie")


def _holds(condition: Json, row: Row, film: Film) -> bool:
    fields = condition["fields"]
    value = fields.get("value")
    source, resolution, modifier = QUALITIES[row.quality]
    match condition["implementation"]:
        case "ReleaseTitleSpecification":
            return _compile(value).search(simplify(row.name, film)) is not None
        case "ReleaseGroupSpecification":
            return row.group is not None and _compile(value).search(row.group) is not None
        case "SourceSpecification":
            return bool(source == value)
        case "ResolutionSpecification":
            return bool(resolution == value)
        case "QualityModifierSpecification":
            return bool(modifier == value)
        case "IndexerFlagSpecification":
            return any(FLAGS[flag] == value for flag in row.flags)
        case "LanguageSpecification":
            wanted = LANGUAGES[film.language] if value == ORIGINAL else value
            spoken = {LANGUAGES[language] for language in row.languages}
            return bool(spoken - {wanted}) if fields.get("exceptLanguage") else wanted in spoken
        case "SizeSpecification":
            return bool(fields["min"] < row.mb / GIGABYTE_IN_MB <= fields["max"])
        case other:
            raise NotImplementedError(other)


def matches(custom_format: Json, row: Row, film: Film) -> bool:
    """Whether a format fits: in each type of condition nothing required is false, and something is true."""
    by_type: dict[str, list[tuple[bool, bool]]] = {}
    for condition in custom_format["specifications"]:
        holds = _holds(condition, row, film) is not condition["negate"]
        by_type.setdefault(condition["implementation"], []).append((holds, condition["required"]))
    return all(
        any(holds for holds, _ in answers) and all(holds for holds, required in answers if required)
        for answers in by_type.values()
    )


def scores(profile: Json, formats: Iterable[Json], groups: Iterable[Json], asked: Iterable[str]) -> Mapping[str, int]:
    """What each format is worth in a profile, by name: its own, the suggested ones, and those asked for besides."""
    by_id = {each["trash_id"]: each for each in formats}
    asked = set(asked)
    wanted = set(profile["formatItems"].values())
    for group in groups:
        if profile["trash_id"] not in group["quality_profiles"]["include"].values():
            continue
        members = group["custom_formats"]
        if group.get("default") != "true" and not asked & {member["name"] for member in members}:
            continue
        for member in members:
            if member["required"] or member.get("default") or member["name"] in asked:
                wanted.add(member["trash_id"])
    chosen = profile.get("trash_score_set", "default")
    found: dict[str, int] = {}
    for trash_id in wanted:
        suggested = by_id[trash_id].get("trash_scores", {})
        found[by_id[trash_id]["name"]] = suggested.get(chosen, suggested.get("default", 0))
    return found
