"""Several opinions on one name, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from radarr_core.domain.releases import ParsedRelease
from radarr_core.domain.titles import clean_title

FIELDS = (
    "title", "year", "quality", "revision", "languages", "is_multi", "edition", "release_group", "video_codec",
    "audio", "hdr", "bit_depth", "is_3d", "streaming_service", "container",
)  # fmt: skip
_ABSENT: tuple[Any, ...] = (None, (), False, "", frozenset())


@frozen(kw_only=True)
class Opinion:
    """What one parser says: a claim, or the reason it refuses the name."""

    parser: str
    claim: ParsedRelease | None = None
    refusal: str | None = None


@frozen(kw_only=True)
class Disagreement:
    """One field that was read differently; `field` is "movie" where one parser refuses what another accepts."""

    field: str
    readings: Mapping[str, Any]


@frozen(kw_only=True)
class Comparison:
    """All opinions on a name, in the order of the parsers, and where they differ."""

    name: str
    opinions: tuple[Opinion, ...]
    disagreements: tuple[Disagreement, ...]


def find_disagreements(opinions: tuple[Opinion, ...]) -> tuple[Disagreement, ...]:
    """Where opinions differ: on being a movie at all, else field by field. Titles are compared by their clean form."""
    if any(opinion.refusal for opinion in opinions):
        if all(opinion.refusal for opinion in opinions):
            return ()
        return (Disagreement(field="movie", readings={o.parser: o.refusal or "a movie" for o in opinions}),)
    return tuple(found for field in FIELDS if (found := _compare(field, opinions)) is not None)


def _compare(field: str, opinions: tuple[Opinion, ...]) -> Disagreement | None:
    readings = {opinion.parser: getattr(opinion.claim, field) for opinion in opinions}
    said = {parser: value for parser, value in readings.items() if value not in _ABSENT}
    if len({_fold(field, value) for value in said.values()}) < 2:
        return None
    return Disagreement(field=field, readings=said)


def _fold(field: str, value: Any) -> Any:
    if field == "title":
        return clean_title(value)
    if field == "languages":
        return frozenset(value)
    return value.casefold() if isinstance(value, str) else value
