"""A condition from its JSON, in the guides' form or in that of Radarr's HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from radarr_core.domain.custom_formats.reading import Fields

from .base import Condition
from .facts import (
    IndexerFlagCondition,
    LanguageCondition,
    QualityModifierCondition,
    ResolutionCondition,
    SourceCondition,
)
from .ranges import SizeCondition, YearCondition
from .texts import EditionCondition, ReleaseGroupCondition, ReleaseTitleCondition

CONDITION_TYPES: Mapping[str, type[Condition]] = {
    kind.implementation: kind
    for kind in (
        ReleaseTitleCondition,
        EditionCondition,
        LanguageCondition,
        IndexerFlagCondition,
        SourceCondition,
        ResolutionCondition,
        QualityModifierCondition,
        SizeCondition,
        ReleaseGroupCondition,
        YearCondition,
    )
}
"""By what TRaSH and Radarr call them, in the order Radarr shows them."""

_COMMON = ("name", "implementation", "negate", "required", "fields")
# What Radarr's HTTP API adds for its own page.
_DECORATION = ("id", "implementationName", "infoLink", "presets")


def read_condition(data: Fields) -> Condition:
    """The condition of one JSON object.

    Raises:
        PolicyDataError: something is missing, unknown or of the wrong type.
    """
    implementation = data.get("implementation", str)
    kind = CONDITION_TYPES.get(implementation)
    if kind is None:
        data.fail(
            "implementation", f"no condition is called {implementation!r}; known are {', '.join(CONDITION_TYPES)}"
        )
    own = _read_own(data)
    for key in own.rest(kind.field_names):
        own.fail(key, f"a {implementation} has no such field, only {', '.join(kind.field_names)}")
    common: dict[str, Any] = {
        "name": data.name("name"),
        "negate": data.get("negate", bool),
        "required": data.get("required", bool),
        "extras": data.rest((*_COMMON, *_DECORATION)),
        "keys": (*data.data, *own.data),
    }
    values = kind.read(own)
    return data.call("fields", lambda: kind(**common, **values))


def _read_own(data: Fields) -> Fields:
    """The type's own fields; the API has them as a list of objects with `name` and `value`."""
    given = data.data.get("fields")
    if not isinstance(given, list):
        return data.inner("fields")
    pairs = {}
    for each in data.each("fields"):
        if "value" not in each.data:
            each.fail("value", "is missing")
        pairs[each.name("name")] = each.data["value"]
    return Fields(pairs, data.file, data.path("fields"))
