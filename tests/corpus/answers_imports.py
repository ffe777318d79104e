"""What the library answers to cases of imports."""

from __future__ import annotations

from collections.abc import Callable

from radarr_core.domain.combining import (
    Confidence,
    QualityWord,
    choose_release_group,
    combine_languages,
    combine_quality,
    word_from_name,
)
from radarr_core.domain.decisions import Propers
from radarr_core.domain.decisions.upgrade import Worth, find_import_obstacle
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.parsing import read_name
from radarr_core.domain.quality import QUALITY_BY_NAME, Modifier, Source

from .answers import Part, answers, compare
from .cases import make_profile, make_revision
from .records import Record

_DETECTED = {
    Confidence.FALLBACK: "extension",
    Confidence.DEFAULT: "name",
    Confidence.TAG: "name",
    Confidence.MEDIA_INFO: "media_info",
}


def _confidence(said: Record, part: str) -> Confidence:
    return Confidence[(said.get(f"{part}_confidence") or "default").upper()]


def _word(said: Record) -> QualityWord:
    has_revision = any(part in said for part in ("version", "real"))
    return QualityWord(
        source=Source[(said.get("source") or "unknown").upper()],
        source_confidence=_confidence(said, "source"),
        resolution=said.get("resolution") or 0,
        resolution_confidence=_confidence(said, "resolution"),
        modifier=Modifier[(said.get("modifier") or "none").upper()],
        modifier_confidence=_confidence(said, "modifier"),
        revision=make_revision(said) if has_revision else None,
        revision_confidence=_confidence(said, "revision"),
    )


def _in_order(given: Record) -> list[Record]:
    """What each source says, in the order they are asked."""
    sources = sorted(given.get("sources") or (), key=lambda source: source.get("order") or 0)
    return [source.get("says") or {} for source in sources]


def _combine_quality(given: Record) -> Record:
    words = [_word(said) for said in _in_order(given)]
    found = combine_quality(words)
    return {
        "quality": found.quality.name,
        "source": found.quality.source.name.lower(),
        "resolution": found.quality.resolution,
        "modifier": found.quality.modifier.name.lower(),
        "version": found.revision.version,
        "real": found.revision.real,
        "source_from": _DETECTED[found.source_confidence],
        "resolution_from": _DETECTED[found.resolution_confidence],
        "revision_from": "name" if found.revision_confidence is Confidence.TAG else "unknown",
    }


def _languages(names: list[str] | None) -> tuple[Language, ...]:
    return tuple(found for name in names or () if (found := find_language(name)) is not None)


_PLACES = ("filename", "foldername", "download_client_item", "media_info")


def _combine_languages(given: Record) -> Record:
    said = _in_order(given)
    said.sort(key=lambda one: _PLACES.index(one["confidence"]) if one.get("confidence") in _PLACES else -1)
    original = find_language(given.get("original_language") or "English")
    assert original is not None
    found = combine_languages((_languages(one.get("languages")) for one in said), original)
    return {"languages": [language.name for language in found]}


def _release_group(given: Record) -> Record:
    groups = {
        place: read_name(given[f"{place}_title"]).release_group if given.get(f"{place}_title") else None
        for place in ("download", "folder", "file")
    }
    return {"release_group": choose_release_group(**groups)}


def _grabbed_name(given: Record) -> Record:
    if not given.get("grabbed_title"):
        return {}
    word = word_from_name(read_name(given["grabbed_title"]))
    return {
        "source": word.source.name.lower(),
        "source_confidence": word.source_confidence.name.lower(),
        "resolution": word.resolution,
        "resolution_confidence": word.resolution_confidence.name.lower(),
        "modifier": word.modifier.name.lower(),
        "modifier_confidence": word.modifier_confidence.name.lower(),
        "version": word.revision.version if word.revision else None,
        "real": word.revision.real if word.revision else None,
        "revision_confidence": word.revision_confidence.name.lower(),
    }


def _upgrade(given: Record) -> Record:
    if not given.get("existing"):
        return {"accepted": True}
    worths = [
        Worth(QUALITY_BY_NAME[side.get("quality") or "Unknown"], make_revision(side), side.get("format_score") or 0)
        for side in (given["existing"], given["new"])
    ]
    profile = make_profile({"items": given.get("profile_items")})
    return {
        "accepted": find_import_obstacle(*worths, profile, Propers(given.get("propers") or "prefer_and_upgrade"))
        is None
    }


_IMPORT_RULES: dict[str, Callable[[Record], Record]] = {
    "upgrade": _upgrade,
    "combine_quality": _combine_quality,
    "combine_languages": _combine_languages,
    "release_group_of_import": _release_group,
    "quality_of_grabbed_name": _grabbed_name,
    # A file is what it proves to be; no rule of the library holds that against it.
    "grabbed_quality": lambda given: {"accepted": True},
}


@answers("import")
def answer_import(record: Record) -> list[Part]:
    """What the one rule that is asked says; those that the library has no answer to yet fail."""
    if record["spec"] not in _IMPORT_RULES:
        return [Part(field, expected, "not answered yet", False) for field, expected in record["expect"].items()]
    return compare(record["expect"], _IMPORT_RULES[record["spec"]](record["input"]))
