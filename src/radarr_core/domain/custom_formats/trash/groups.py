"""Groups of custom formats that are chosen together, and formats that must not be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from radarr_core.domain.custom_formats.reading import Fields

from .base import Kept, kept


@frozen(kw_only=True)
class GroupedFormat(Kept):
    """A format in a group.

    Attributes:
        required: whoever takes the group takes this format.
        default: the guides suggest to take it; None where they do not say.
    """

    name: str
    trash_id: str
    required: bool
    default: bool | None = None

    @classmethod
    def read(cls, given: Fields) -> GroupedFormat:
        """The format of one JSON object.

        Raises:
            PolicyDataError: something is missing or of the wrong type.
        """
        return cls(
            name=given.name("name"),
            trash_id=given.name("trash_id"),
            required=given.get("required", bool),
            default=given.find("default", bool),
            **kept(given, "name", "trash_id", "required", "default"),
        )

    def to_trash(self) -> dict[str, Any]:
        """The format as JSON data."""
        return self.write(
            {"name": self.name, "trash_id": self.trash_id, "required": self.required, "default": self.default}
        )


@frozen(kw_only=True)
class FormatGroup(Kept):
    """A group of custom formats.

    Attributes:
        default: whether the guides suggest the group to the profiles it is for.
        formats: its members.
        profiles: the `trash_id` of each quality profile it is for, by name.
    """

    name: str
    trash_id: str
    formats: tuple[GroupedFormat, ...]
    profiles: Mapping[str, str] = field(hash=False)
    default: bool = False

    @classmethod
    def from_trash(cls, data: Mapping[str, Any], *, file: str | None = None) -> FormatGroup:
        """The group of a JSON object.

        Raises:
            PolicyDataError: something is missing or of the wrong type. It names file, key and reason.
        """
        given = Fields.of(data, file)
        default = given.find("default", str)
        if default not in (None, "true", "false"):
            given.fail("default", f"must be the text 'true' or 'false', not {default!r}")
        profiles = given.inner("quality_profiles")
        for key in profiles.rest(("include",)):
            profiles.fail(key, "is not known; only 'include' is")
        return cls(
            name=given.name("name"),
            trash_id=given.name("trash_id"),
            default=default == "true",
            formats=tuple(map(GroupedFormat.read, given.each("custom_formats"))),
            profiles=profiles.mapping("include", str),
            **kept(given, "name", "trash_id", "default", "custom_formats", "quality_profiles"),
        )

    def chosen(self, extra: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The ids of its formats that are required or suggested, and of those whose ids are asked for besides."""
        return tuple(each.trash_id for each in self.formats if each.required or each.default or each.trash_id in extra)

    def to_trash(self) -> dict[str, Any]:
        """The group as JSON data, unchanged."""
        has_default = self.default or "default" in self.keys
        return self.write(
            {
                "name": self.name,
                "trash_id": self.trash_id,
                "default": ("true" if self.default else "false") if has_default else None,
                "custom_formats": [each.to_trash() for each in self.formats],
                "quality_profiles": {"include": dict(self.profiles)},
            }
        )


@frozen(kw_only=True)
class Conflict:
    """Formats of which a profile may score one at the most; their names by `trash_id`."""

    formats: Mapping[str, str] = field(hash=False)
    remarks: Mapping[str, str] = field(factory=dict, hash=False)


@frozen(kw_only=True)
class Conflicts(Kept):
    """Every conflict the guides know."""

    conflicts: tuple[Conflict, ...]

    @classmethod
    def from_trash(cls, data: Mapping[str, Any], *, file: str | None = None) -> Conflicts:
        """The conflicts of the guides' one JSON object.

        Raises:
            PolicyDataError: something is missing or of the wrong type. It names file, key and reason.
        """
        given = Fields.of(data, file)
        return cls(
            conflicts=tuple(map(_read_conflict, given.each("custom_formats"))),
            **kept(given, "custom_formats"),
        )

    def to_trash(self) -> dict[str, Any]:
        """The conflicts as JSON data, unchanged."""
        return self.write({"custom_formats": [_write_conflict(each) for each in self.conflicts]})


def _read_conflict(given: Fields) -> Conflict:
    members = {trash_id: given.inner(trash_id) for trash_id in given.data}
    return Conflict(
        formats={trash_id: member.name("name") for trash_id, member in members.items()},
        remarks={trash_id: member.get("desc", str) for trash_id, member in members.items() if "desc" in member.data},
    )


def _write_conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        trash_id: {"name": name} | ({"desc": conflict.remarks[trash_id]} if trash_id in conflict.remarks else {})
        for trash_id, name in conflict.formats.items()
    }
