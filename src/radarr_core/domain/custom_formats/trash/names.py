"""How the guides group their profiles, and the templates they recommend for names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from radarr_core.domain.custom_formats.reading import Fields

from .base import Kept, kept


@frozen(kw_only=True)
class ProfileGroup(Kept):
    """Profiles that are shown together; the `trash_id` of each by the name of its file."""

    name: str
    profiles: Mapping[str, str] = field(hash=False)

    @classmethod
    def from_trash(cls, data: Mapping[str, Any], *, file: str | None = None) -> ProfileGroup:
        """The group of a JSON object; the guides' file is a list of them.

        Raises:
            PolicyDataError: something is missing or of the wrong type. It names file, key and reason.
        """
        given = Fields.of(data, file)
        return cls(name=given.name("name"), profiles=given.mapping("profiles", str), **kept(given, "name", "profiles"))

    def to_trash(self) -> dict[str, Any]:
        """The group as JSON data, unchanged."""
        return self.write({"name": self.name, "profiles": dict(self.profiles)})


@frozen(kw_only=True)
class NameTemplates(Kept):
    """Templates for folders and files, by what they are good for; `NamingTemplate` takes them."""

    folder: Mapping[str, str] = field(hash=False)
    file: Mapping[str, str] = field(hash=False)

    @classmethod
    def from_trash(cls, data: Mapping[str, Any], *, file: str | None = None) -> NameTemplates:
        """The templates of the guides' one JSON object.

        Raises:
            PolicyDataError: something is missing or of the wrong type. It names file, key and reason.
        """
        given = Fields.of(data, file)
        return cls(
            folder=given.mapping("folder", str), file=given.mapping("file", str), **kept(given, "folder", "file")
        )

    def to_trash(self) -> dict[str, Any]:
        """The templates as JSON data, unchanged."""
        return self.write({"folder": dict(self.folder), "file": dict(self.file)})
