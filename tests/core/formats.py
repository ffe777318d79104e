"""Small custom formats for tests, and where the guides' data is found."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from radarr_core.domain.custom_formats import CustomFormat

CONDITIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "title": ("ReleaseTitleSpecification", {"value": r"\bATMOS\b"}),
    "edition": ("EditionSpecification", {"value": "extended"}),
    "group": ("ReleaseGroupSpecification", {"value": "^(TIDE)$"}),
    "language": ("LanguageSpecification", {"value": 4}),
    "flag": ("IndexerFlagSpecification", {"value": 32}),
    "source": ("SourceSpecification", {"value": 7}),
    "resolution": ("ResolutionSpecification", {"value": 1080}),
    "modifier": ("QualityModifierSpecification", {"value": 5}),
    "size": ("SizeSpecification", {"min": 1, "max": 2.5}),
    "year": ("YearSpecification", {"min": 1990, "max": 1999}),
}


def condition(kind: str, *, negate: bool = False, required: bool = False, **fields: Any) -> dict[str, Any]:
    """The JSON of one condition; fields that are given replace the usual ones."""
    implementation, usual = CONDITIONS[kind]
    return {
        "name": f"is {kind}",
        "implementation": implementation,
        "negate": negate,
        "required": required,
        "fields": fields or usual,
    }


def title(pattern: str, *, negate: bool = False, required: bool = False) -> dict[str, Any]:
    """The JSON of a condition on the release's name."""
    return condition("title", negate=negate, required=required, value=pattern)


def make_format(*conditions: dict[str, Any], name: str = "Made Up", **others: Any) -> CustomFormat:
    """A format of these conditions."""
    return CustomFormat.from_trash(
        {"name": name, "includeCustomFormatWhenRenaming": False, "specifications": list(conditions), **others}
    )


def find_corpus() -> Path | None:
    """The shared corpus: the folder `RADARR_CORPUS` names, else the one beside the repository."""
    named = os.environ.get("RADARR_CORPUS")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / "shared" / "corpus"
    return folder if folder.is_dir() else None


def get_corpus() -> Path:
    """The shared corpus; without it the test is skipped, but fails where CI is set."""
    folder = find_corpus()
    if folder is None:
        reason = "the shared corpus is not there: set RADARR_CORPUS to its folder"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    assert folder is not None
    return folder


def read_folder(folder: Path) -> dict[str, Any]:
    """The JSON of every file below a folder, by its path there."""
    paths = sorted(folder.rglob("*.json"))
    return {str(path.relative_to(folder)): json.loads(path.read_text("utf-8")) for path in paths}
