"""What the library answers to a case of the set `custom_format`."""

from __future__ import annotations

from typing import Any

from radarr_core.domain.custom_formats import CustomFormat, FormatSubject, judge_format
from radarr_core.domain.languages import Language, find_language

from .answers import Part, answers, compare
from .records import Record


def _language(name: str) -> Language:
    found = find_language(name)
    assert found is not None, name
    return found


def answer_custom_format(case_input: dict[str, Any]) -> dict[str, Any]:
    """Whether a format of this one condition matches, in the shape of the case's `expect`.

    Raises:
        NotImplementedError: the condition is of a type the set did not have when this was written.
    """
    if case_input["condition"] != "language":
        raise NotImplementedError(case_input["condition"])
    fields = {"value": _language(case_input["value"]).id, "exceptLanguage": case_input["except_language"]}
    condition = {
        "name": "asked",
        "implementation": "LanguageSpecification",
        "negate": case_input["negate"],
        "required": False,
        "fields": fields,
    }
    custom_format = CustomFormat.from_trash({"name": "asked", "specifications": [condition]})
    subject = FormatSubject(
        release_title="",
        languages=tuple(map(_language, case_input["languages"])),
        original_language=_language(case_input["original_language"]),
    )
    return {"matches": judge_format(custom_format, subject).matches}


@answers("custom_format")
def answer(record: Record) -> list[Part]:
    """Whether the format matches."""
    return compare(record["expect"], answer_custom_format(record["input"]))
