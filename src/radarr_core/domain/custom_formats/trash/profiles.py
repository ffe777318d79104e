"""Quality profiles of the guides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from radarr_core.domain.custom_formats.reading import Fields
from radarr_core.domain.languages import ANY, Language, find_language
from radarr_core.domain.quality import Quality, get_quality

from .base import Kept, kept

_KEYS = (
    "trash_id", "name", "trash_score_set", "upgradeAllowed", "cutoff", "minFormatScore", "cutoffFormatScore",
    "minUpgradeFormatScore", "language", "items", "formatItems",
)  # fmt: skip


@frozen(kw_only=True)
class TrashProfileItem(Kept):
    """One step of a profile.

    Attributes:
        name: a quality's, or a group's own.
        qualities: the members of a group, best first; empty for a single quality.
    """

    name: str
    allowed: bool
    qualities: tuple[Quality, ...] = ()

    @classmethod
    def read(cls, given: Fields) -> TrashProfileItem:
        """The item of one JSON object.

        Raises:
            PolicyDataError: a name is that of no quality, or the group holds itself or a single quality.
        """
        name = given.name("name")
        if "items" not in given.data:
            given.call("name", lambda: get_quality(name))
            return cls(name=name, allowed=given.get("allowed", bool), **kept(given, "name", "allowed"))
        members = [given.check(f"items[{place}]", each, str) for place, each in enumerate(given.get("items", list))]
        if name in members:
            given.fail("items", f"the group {name!r} holds itself")
        if len(members) < 2:
            given.fail("items", f"the group {name!r} needs at least two qualities")
        qualities = tuple(given.call("items", lambda each=each: get_quality(each)) for each in members)  # type: ignore[misc]
        return cls(
            name=name,
            allowed=given.get("allowed", bool),
            qualities=qualities,
            **kept(given, "name", "allowed", "items"),
        )

    def to_trash(self) -> dict[str, Any]:
        """The item as JSON data."""
        members = [quality.name for quality in self.qualities]
        return self.write({"name": self.name, "allowed": self.allowed, "items": members or None})


@frozen(kw_only=True)
class TrashProfile(Kept):
    """A quality profile of the guides.

    Attributes:
        score_set: whose scores it uses; None for the default ones.
        cutoff: the name of the item at which quality upgrades stop.
        min_format_score: releases that score lower are rejected.
        cutoff_format_score: the score at which upgrades for a better score stop.
        min_upgrade_format_score: the smallest gain that is an upgrade.
        language: the one asked for.
        items: best first, as the guides have them.
        formats: the `trash_id` of each custom format it scores, by name.
    """

    trash_id: str
    name: str
    cutoff: str
    items: tuple[TrashProfileItem, ...]
    formats: Mapping[str, str] = field(hash=False)
    score_set: str | None = None
    upgrade_allowed: bool = False
    min_format_score: int = 0
    cutoff_format_score: int = 0
    min_upgrade_format_score: int = 1
    language: Language = ANY

    @classmethod
    def from_trash(cls, data: Mapping[str, Any], *, file: str | None = None) -> TrashProfile:
        """The profile of a JSON object.

        Raises:
            PolicyDataError: something is missing, unknown or of the wrong type, a quality stands twice, or the cutoff
                is no allowed item. It names file, key and reason.
        """
        given = Fields.of(data, file)
        items = tuple(map(TrashProfileItem.read, given.each("items")))
        cutoff = given.name("cutoff")
        _check_items(given, items, cutoff)
        language = find_language(given.name("language"))
        if language is None:
            given.fail("language", f"no language is called {data['language']!r}")
        if given.get("minUpgradeFormatScore", int) < 1:
            given.fail("minUpgradeFormatScore", f"must be at least 1, not {data['minUpgradeFormatScore']!r}")
        return cls(
            trash_id=given.name("trash_id"),
            name=given.name("name"),
            score_set=given.find("trash_score_set", str),
            upgrade_allowed=given.get("upgradeAllowed", bool),
            cutoff=cutoff,
            min_format_score=given.get("minFormatScore", int),
            cutoff_format_score=given.get("cutoffFormatScore", int),
            min_upgrade_format_score=given.get("minUpgradeFormatScore", int),
            language=language,
            items=items,
            formats=given.mapping("formatItems", str),
            **kept(given, *_KEYS),
        )

    def to_trash(self) -> dict[str, Any]:
        """The profile as JSON data, unchanged."""
        return self.write(
            {
                "trash_id": self.trash_id,
                "name": self.name,
                "trash_score_set": self.score_set,
                "upgradeAllowed": self.upgrade_allowed,
                "cutoff": self.cutoff,
                "minFormatScore": self.min_format_score,
                "cutoffFormatScore": self.cutoff_format_score,
                "minUpgradeFormatScore": self.min_upgrade_format_score,
                "language": self.language.name,
                "items": [item.to_trash() for item in self.items],
                "formatItems": dict(self.formats),
            }
        )


def _check_items(given: Fields, items: tuple[TrashProfileItem, ...], cutoff: str) -> None:
    seen: set[str] = set()
    for place, item in enumerate(items):
        for name in {item.name, *(quality.name for quality in item.qualities)}:
            if name in seen:
                given.fail(f"items[{place}]", f"{name!r} stands twice")
            seen.add(name)
    allowed = [item.name for item in items if item.allowed]
    if not allowed:
        given.fail("items", "no quality is allowed")
    if cutoff not in allowed:
        given.fail("cutoff", f"{cutoff!r} is no allowed item; allowed are {', '.join(allowed)}")
