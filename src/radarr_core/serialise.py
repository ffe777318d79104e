"""Values to plain JSON data and back, by cattrs, set up on first use.

Moments become ISO 8601 texts in UTC, paths and identities texts, qualities and languages their names, so what is
written can be read by people and by other languages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.strategies import configure_tagged_union, configure_union_passthrough

from .domain.custom_formats import CustomFormat, FormatSet
from .domain.decisions.formats import NO_FORMATS, FormatMatcher
from .domain.decisions.verdicts import Figure
from .domain.downloads import Payload
from .domain.events import Event
from .domain.identifiers import ImdbId, InfoHash, TmdbId
from .domain.languages import Language, find_language
from .domain.plans import Effect
from .domain.quality import Quality, QualityDefinition, get_quality
from .domain.releases import IndexerFlag, Span
from .domain.scene_groups import EvidenceSums, sums_from_data, sums_to_data

T = TypeVar("T")


def _quality_to_data(quality: Quality) -> object:
    usual = get_quality(quality.name)
    if usual.resolution == quality.resolution:
        return quality.name
    return {"name": quality.name, "resolution": quality.resolution}


def _quality_from_data(data: Any, _: object) -> Quality:
    if isinstance(data, str):
        return get_quality(data)
    return get_quality(data["name"]).at(data["resolution"])


def _language_from_data(data: Any, _: object) -> Language:
    language = find_language(data)
    if language is None:
        raise ValueError(f"no language is called {data!r}")
    return language


def _flags_from_data(data: Any, _: object) -> IndexerFlag:
    flags = IndexerFlag.NONE
    for name in data:
        flags |= IndexerFlag[name.upper()]
    return flags


def _number_from_data(data: Any, _: object) -> float:
    """A number as it was written: a key of a ranking that was whole stays whole."""
    return data if type(data) in (int, float) else float(data)


def _definitions_to_data(definitions: Mapping[Quality, QualityDefinition]) -> Mapping[str, Any]:
    return {quality.name: to_data(definition) for quality, definition in definitions.items()}


def _definitions_from_data(data: Any, _: object) -> Mapping[Quality, QualityDefinition]:
    return {get_quality(name): from_data(definition, QualityDefinition) for name, definition in data.items()}


def _formats_to_data(formats: FormatMatcher) -> Any:
    """A set of formats, or None for none at all; what a stranger matches by cannot be written down."""
    if formats is NO_FORMATS:
        return None
    if isinstance(formats, FormatSet):
        return to_data(formats)
    raise ValueError(f"only a FormatSet can be written as data, not {formats!r}")


def _formats_from_data(data: Any, _: object) -> FormatMatcher:
    return NO_FORMATS if data is None else from_data(data, FormatSet)


def _moment_from_data(data: Any, _: object) -> datetime:
    return datetime.fromisoformat(data)


@cache
def _converter() -> Converter:
    # Sets are written in a fixed order, so that equal values give equal texts. Pairs are lists as JSON has them.
    converter = Converter(
        unstruct_collection_overrides={frozenset: lambda values: sorted(values, key=str), tuple: list}
    )
    for identity in (InfoHash, ImdbId):
        converter.register_unstructure_hook(identity, str)
        converter.register_structure_hook(identity, lambda data, kind: kind(data))
    converter.register_unstructure_hook(TmdbId, lambda identity: identity.value)
    converter.register_structure_hook(TmdbId, lambda data, kind: kind(data))
    converter.register_unstructure_hook(datetime, lambda moment: moment.astimezone(UTC).isoformat())
    converter.register_structure_hook(datetime, _moment_from_data)
    converter.register_unstructure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, PurePath), str)
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, PurePath), lambda data, kind: kind(data)
    )
    converter.register_unstructure_hook(Quality, _quality_to_data)
    converter.register_structure_hook(Quality, _quality_from_data)
    converter.register_unstructure_hook(Language, lambda language: language.name)
    converter.register_structure_hook(Language, _language_from_data)
    converter.register_unstructure_hook(
        IndexerFlag, lambda flags: [flag.name.lower() for flag in flags if flag.name and flag.value]
    )
    converter.register_structure_hook(IndexerFlag, _flags_from_data)
    converter.register_unstructure_hook(Span, lambda span: [span.start, span.end])
    converter.register_structure_hook(Span, lambda data, _: Span(*data))
    converter.register_unstructure_hook(EvidenceSums, sums_to_data)
    converter.register_structure_hook(EvidenceSums, lambda data, _: sums_from_data(data))
    configure_union_passthrough(Figure, converter)
    converter.register_structure_hook(float, _number_from_data)
    # Formats are written as the guides publish them, so that what is kept can be exchanged.
    converter.register_unstructure_hook(CustomFormat, lambda one: one.to_trash())
    converter.register_structure_hook(CustomFormat, lambda data, _: CustomFormat.from_trash(data))
    converter.register_unstructure_hook_func(lambda kind: kind is FormatMatcher, _formats_to_data)
    converter.register_structure_hook_func(lambda kind: kind is FormatMatcher, _formats_from_data)
    by_quality = Mapping[Quality, QualityDefinition]
    converter.register_unstructure_hook_func(lambda kind: kind == by_quality, _definitions_to_data)
    converter.register_structure_hook_func(lambda kind: kind == by_quality, _definitions_from_data)
    for union in (Effect, Event, Payload):
        configure_tagged_union(union, converter, tag_name="type")
    converter.register_unstructure_hook(MappingProxyType, lambda mapping: converter.unstructure(dict(mapping)))
    return converter


def to_data(value: Any) -> Any:
    """A value as plain data: dicts, lists, texts, numbers, booleans and None."""
    return _converter().unstructure(value)


def from_data(data: Any, kind: type[T]) -> T:
    """A value of that type, from what `to_data` made of one.

    Raises:
        ValueError: the data is not of that type's form; the message names the type.
    """
    try:
        return _converter().structure(data, kind)
    except Exception as error:
        name = getattr(kind, "__name__", str(kind))
        raise ValueError(f"cannot read a {name} from this data: {error!r}") from error


def to_json(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON text."""
    return json.dumps(to_data(value), ensure_ascii=False, indent=indent)


def from_json(text: str, kind: type[T]) -> T:
    """A value of that type, from what `to_json` wrote.

    Raises:
        ValueError: the text is no JSON, or not of that type's form.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        raise ValueError("the JSON text is nested too deeply") from None
    return from_data(data, kind)


def tagged(value: Any, *, schema: str, version: int = 1) -> Mapping[str, Any]:
    """Plain data under the name and version of its published schema, as every `--json` output carries them."""
    data = to_data(value) if attrs.has(type(value)) else value
    return {"schema": schema, "version": version, **data}
