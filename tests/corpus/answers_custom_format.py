"""What the library answers to a case of the set `custom_format`."""

from __future__ import annotations

from typing import Any

from radarr_core.domain.custom_formats import CustomFormat, FormatSubject, judge_format
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.quality import QUALITY_BY_NAME, Modifier, Source

from .answers import Part, answers, compare
from .cases import make_flags
from .records import Record

_IMPLEMENTATIONS = {
    "language": "LanguageSpecification",
    "release_title": "ReleaseTitleSpecification",
    "edition": "EditionSpecification",
    "release_group": "ReleaseGroupSpecification",
    "indexer_flag": "IndexerFlagSpecification",
    "source": "SourceSpecification",
    "resolution": "ResolutionSpecification",
    "quality_modifier": "QualityModifierSpecification",
    "size": "SizeSpecification",
    "year": "YearSpecification",
}


def _language(name: str) -> Language:
    found = find_language(name)
    assert found is not None, name
    return found


def _fields(kind: str, stated: Record) -> Record:
    """The fields of a condition, with the numbers that its words stand for."""
    if kind in ("size", "year"):
        return {"min": stated["min"], "max": stated["max"]}
    value = stated["value"]
    if kind == "language":
        return {"value": _language(value).id, "exceptLanguage": stated.get("except_language") or False}
    if kind == "source":
        value = Source[value.upper()].value
    elif kind == "quality_modifier":
        value = Modifier[value.upper()].value
    elif kind == "indexer_flag":
        value = make_flags([value]).value
    return {"value": value}


def _condition(stated: Record) -> Record:
    kind = stated["condition"]
    return {
        "name": "asked",
        "implementation": _IMPLEMENTATIONS[kind],
        "negate": stated.get("negate") or False,
        "required": stated.get("required") or False,
        "fields": _fields(kind, stated),
    }


def _subject(given: Record) -> FormatSubject:
    languages, original = given.get("languages"), given.get("original_language")
    return FormatSubject(
        release_title=given.get("title") or "",
        edition=given.get("edition"),
        release_group=given.get("release_group"),
        quality=QUALITY_BY_NAME[given.get("quality") or "Unknown"],
        languages=None if languages is None else tuple(map(_language, languages)),
        original_language=_language(original) if original else None,
        size=given.get("size_bytes"),
        flags=make_flags(given.get("flags")),
        year=given.get("year"),
    )


def answer_custom_format(case_input: dict[str, Any]) -> dict[str, Any]:
    """Whether a format of the stated condition, or of several, matches, in the shape of the case's `expect`."""
    conditions = [_condition(one) for one in case_input.get("conditions") or [case_input]]
    custom_format = CustomFormat.from_trash({"name": "asked", "specifications": conditions})
    # Nobody can tell, then it does not count.
    return {"matches": judge_format(custom_format, _subject(case_input)).matches is True}


@answers("custom_format")
def answer(record: Record) -> list[Part]:
    """Whether the format matches."""
    return compare(record["expect"], answer_custom_format(record["input"]))
