"""Size limits by quality, as the guides recommend them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from radarr_core.domain.custom_formats.reading import Fields
from radarr_core.domain.quality import Quality, QualityDefinition, get_quality

from .base import Kept, kept


@frozen(kw_only=True)
class SizeRow(Kept):
    """The limits of one quality in megabytes (2**20 bytes) a minute, numbers as they were written."""

    quality: Quality
    minimum: float
    preferred: float
    maximum: float

    @classmethod
    def read(cls, given: Fields) -> SizeRow:
        """The row of one JSON object.

        Raises:
            PolicyDataError: something is missing or of the wrong type, the quality is unknown, or the limits are out
                of order.
        """
        row = cls(
            quality=given.call("quality", lambda: get_quality(given.name("quality"))),
            minimum=given.get("min", float),
            preferred=given.get("preferred", float),
            maximum=given.get("max", float),
            **kept(given, "quality", "min", "preferred", "max"),
        )
        given.call("min", row.definition)
        return row

    def definition(self) -> QualityDefinition:
        """The limits as the rules use them; a maximum of 0 is none."""
        return QualityDefinition(
            quality=self.quality,
            minimum=self.minimum,
            preferred=self.preferred,
            maximum=self.maximum or None,
        )

    def to_trash(self) -> dict[str, Any]:
        """The row as JSON data."""
        return self.write(
            {
                "quality": self.quality.name,
                "min": self.minimum,
                "preferred": self.preferred,
                "max": self.maximum,
            }
        )


@frozen(kw_only=True)
class QualitySizes(Kept):
    """A table of size limits; `type` tells what it is for (`movie`, `anime`)."""

    trash_id: str
    type: str
    rows: tuple[SizeRow, ...]

    @classmethod
    def from_trash(cls, data: Mapping[str, Any], *, file: str | None = None) -> QualitySizes:
        """The table of a JSON object.

        Raises:
            PolicyDataError: a row cannot be read, or a quality stands twice. It names file, key and reason.
        """
        given = Fields.of(data, file)
        rows = tuple(map(SizeRow.read, given.each("qualities")))
        for place, row in enumerate(rows):
            if row.quality in [earlier.quality for earlier in rows[:place]]:
                given.fail(f"qualities[{place}].quality", f"{row.quality.name!r} stands twice")
        return cls(
            trash_id=given.name("trash_id"),
            type=given.name("type"),
            rows=rows,
            **kept(given, "trash_id", "type", "qualities"),
        )

    def definitions(self) -> dict[Quality, QualityDefinition]:
        """The limits by quality, for a policy."""
        return {row.quality: row.definition() for row in self.rows}

    def to_trash(self) -> dict[str, Any]:
        """The table as JSON data, unchanged."""
        rows = [row.to_trash() for row in self.rows]
        return self.write({"trash_id": self.trash_id, "type": self.type, "qualities": rows})
