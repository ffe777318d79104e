"""A custom format: a named set of conditions that profiles give scores to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from radarr_core.errors import PolicyDataError

from .conditions import Condition, read_condition
from .reading import Fields, in_order

DEFAULT_SCORES = "default"
"""The score set that stands in where a format is not in the one a profile names."""

GUIDE_ONLY = "guide-only"
"""The id of formats that are in the guides' text alone; several may have it."""

_KEYS = ("trash_id", "trash_scores", "name", "includeCustomFormatWhenRenaming", "specifications")


@frozen(kw_only=True)
class CustomFormat:
    """A custom format.

    Attributes:
        name: unique among the formats of a policy.
        conditions: at least one. Those of one type are alternatives, but for the required ones; every type must be
            satisfied.
        trash_id: the guides' identity of it; None for one of your own.
        trash_scores: the guides' scores, by the name of the score set.
        include_when_renaming: whether its name may become part of file names.
        extras: what else stood in its JSON (`trash_regex` and the like), kept to be written back.

    Raises:
        ValueError: the name is blank, or there is no condition.
    """

    name: str = field()
    conditions: tuple[Condition, ...] = field()
    trash_id: str | None = None
    trash_scores: Mapping[str, int] = field(factory=dict, hash=False)
    include_when_renaming: bool = False
    extras: Mapping[str, Any] = field(factory=dict, hash=False, repr=False)
    keys: tuple[str, ...] = field(default=(), eq=False, repr=False)
    """The order of the keys as they were read."""

    def __attrs_post_init__(self) -> None:
        """Refuse a format nobody could name, and one that would match everything."""
        if not self.name.strip():
            raise PolicyDataError("may not be blank", key="name")
        if not self.conditions:
            raise PolicyDataError(f"{self.name!r} needs at least one condition", key="specifications")

    @property
    def specifications(self) -> tuple[Condition, ...]:
        """The conditions, by the name they have in JSON."""
        return self.conditions

    @classmethod
    def from_trash(cls, data: Mapping[str, Any], *, file: str | None = None) -> CustomFormat:
        """The format of a JSON object as the guides publish it, or as Radarr exports it.

        Args:
            data: the object; `fields` of a condition may be an object or the list of Radarr's HTTP API.
            file: where it was read from, for messages.

        Raises:
            PolicyDataError: a key is missing, a value is of the wrong type, or a type of condition, one of its fields
                or a pattern is not known or not valid. It names file, key and reason.
        """
        given = Fields.of(data, file)
        conditions = tuple(map(read_condition, given.each("specifications")))
        if not conditions:
            given.fail("specifications", "a custom format needs at least one condition")
        return cls(
            name=given.name("name"),
            conditions=conditions,
            trash_id=given.find("trash_id", str),
            trash_scores=given.mapping("trash_scores", int) if "trash_scores" in data else {},
            include_when_renaming=given.get("includeCustomFormatWhenRenaming", bool, False),
            extras={key: value for key, value in given.rest(_KEYS).items() if key != "id"},
            keys=tuple(given.data),
        )

    def to_trash(self) -> dict[str, Any]:
        """The format as JSON data in the form of the guides: what was read is written back unchanged."""
        data: dict[str, Any] = {
            "trash_id": self.trash_id,
            "trash_scores": dict(self.trash_scores),
            "name": self.name,
            "includeCustomFormatWhenRenaming": self.include_when_renaming,
            "specifications": [condition.to_trash() for condition in self.conditions],
        }
        if self.trash_id is None:
            del data["trash_id"]
        if not self.trash_scores and "trash_scores" not in self.keys:
            del data["trash_scores"]
        return in_order(data | dict(self.extras), self.keys)


def score_of(custom_format: CustomFormat, score_set: str | None = None) -> int:
    """The score the guides suggest: of the score set, else the default one, else 0."""
    found = find_score_set(custom_format, score_set)
    return 0 if found is None else custom_format.trash_scores[found]


def find_score_set(custom_format: CustomFormat, score_set: str | None = None) -> str | None:
    """The set that score stands in: the one asked for, else the default one; None when it is in neither."""
    wanted = (score_set or DEFAULT_SCORES, DEFAULT_SCORES)
    return next((name for name in wanted if name in custom_format.trash_scores), None)


def read_formats(table: Mapping[str, Mapping[str, Any]]) -> tuple[CustomFormat, ...]:
    """The formats of many files: JSON objects by file name.

    Raises:
        PolicyDataError: one cannot be read, or two share a name or an id; it names the file.
    """
    formats = tuple(CustomFormat.from_trash(data, file=file) for file, data in table.items())
    check_unique(formats, tuple(table))
    return formats


def check_unique(formats: tuple[CustomFormat, ...], files: tuple[str, ...] = ()) -> None:
    """Refuse two formats of one name or of one id.

    Raises:
        PolicyDataError: there are two.
    """
    seen: dict[tuple[str, str], str] = {}
    for place, each in enumerate(formats):
        for key, value in _identities(each):
            if (key, value) in seen:
                file = files[place] if files else None
                raise PolicyDataError(f"{value!r} stands twice, also in {seen[key, value]!r}", file=file, key=key)
            seen[key, value] = files[place] if files else each.name


def _identities(custom_format: CustomFormat) -> Iterator[tuple[str, str]]:
    yield "name", custom_format.name
    if custom_format.trash_id not in (None, GUIDE_ONLY):
        yield "trash_id", str(custom_format.trash_id)
