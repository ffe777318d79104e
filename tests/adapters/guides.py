"""A small folder laid out as the guides lay out theirs; formats, profiles and scores are made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Data = dict[str, Any]


def condition(
    implementation: str, value: object, *, name: str, negate: bool = False, required: bool = False, **fields: object
) -> Data:
    """One condition of a format."""
    return {
        "name": name,
        "implementation": f"{implementation}Specification",
        "negate": negate,
        "required": required,
        "fields": fields or {"value": value},
    }


def custom_format(number: int, name: str, scores: dict[str, int], *conditions: Data) -> Data:
    """A format of those conditions."""
    return {
        "trash_id": f"{number:032x}",
        "trash_scores": scores,
        "name": name,
        "includeCustomFormatWhenRenaming": False,
        "specifications": list(conditions),
    }


TIER = custom_format(
    1,
    "Harbor Tier",
    {"default": 500, "special": 1700},
    condition("ReleaseGroup", "^(TIDE)$", name="TIDE"),
    condition("ReleaseGroup", "^(DOCK)$", name="DOCK"),
    condition("QualityModifier", 5, name="Not a remux", negate=True, required=True),
    condition("ReleaseTitle", r"\bHDTV\b", name="Not HDTV", negate=True, required=True),
)
REPACK = custom_format(
    2, "Repack", {"default": 5}, condition("ReleaseTitle", r"\b(repack|proper)\b", name="Repack or proper")
)
SURROUND = custom_format(
    3, "Surround", {"default": 40}, condition("ReleaseTitle", r"(?<!stereo.*)\bDDP?[ .]?5\.1", name="5.1")
)
BIG = custom_format(4, "Big", {"default": -20}, condition("Size", None, name="Above 10 GB", min=10, max=1000))
DISK = custom_format(
    5, "BR-DISK", {"default": -10000}, condition("ReleaseTitle", r"\bcomplete\b.*\bblu-?ray\b", name="Whole disk")
)
FORMATS = {"harbor-tier": TIER, "repack": REPACK, "surround": SURROUND, "big": BIG, "br-disk": DISK}

PROFILE: Data = {
    "trash_id": "a" * 32,
    "name": "Harbor HD",
    "trash_score_set": "special",
    "upgradeAllowed": True,
    "cutoff": "Bluray-1080p",
    "minFormatScore": 0,
    "cutoffFormatScore": 10000,
    "minUpgradeFormatScore": 5,
    "language": "Original",
    "items": [
        {"name": "Bluray-1080p", "allowed": True},
        {"name": "WEB 1080p", "allowed": True, "items": ["WEBRip-1080p", "WEBDL-1080p"]},
        {"name": "HDTV-1080p", "allowed": False},
    ],
    "formatItems": {"Harbor Tier": TIER["trash_id"], "Repack": REPACK["trash_id"], "Surround": SURROUND["trash_id"]},
}
GROUP: Data = {
    "name": "Unwanted",
    "trash_id": "c" * 32,
    "default": "true",
    "custom_formats": [
        {"name": "BR-DISK", "trash_id": DISK["trash_id"], "required": True},
        {"name": "Big", "trash_id": BIG["trash_id"], "required": True},
    ],
    "quality_profiles": {"include": {"Harbor HD": "a" * 32}},
}
CONFLICTS: Data = {
    "custom_formats": [{TIER["trash_id"]: {"name": "Harbor Tier"}, SURROUND["trash_id"]: {"name": "Surround"}}]
}
SIZES: Data = {
    "trash_id": "b" * 32,
    "type": "movie",
    "qualities": [{"quality": "WEBDL-1080p", "min": 12.5, "preferred": 100, "max": 200}],
}
CONTENTS: dict[str, Data] = {
    **{f"cf/{name}.json": data for name, data in FORMATS.items()},
    "cf-groups/unwanted.json": GROUP,
    "quality-profiles/hd-bluray-web.json": PROFILE,
    "quality-size/movie.json": SIZES,
}


def write_guides(folder: Path, **changes: Data | str | bytes | None) -> Path:
    """Write them; each change is a file by its path (`__` for `/`, without `.json`) and None leaves it out."""
    contents: dict[str, Data | str | bytes | None] = dict(CONTENTS)
    contents |= {f"{path.replace('__', '/').replace('_', '-')}.json": content for path, content in changes.items()}
    for path, content in contents.items():
        write(folder / path, content)
    return folder


def write(path: Path, content: Data | str | bytes | None) -> Path:
    """Write one file: data as JSON, anything else as it is; nothing for None."""
    if content is None:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    path.write_bytes(raw)
    return path
