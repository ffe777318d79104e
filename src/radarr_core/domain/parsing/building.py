"""From what was read to the public values, without checking again what the parser itself made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import fields

from radarr_core.domain.releases import NameFacts, ParsedRelease

from .reader import Reading

_Setters = tuple[tuple[str, Callable[[object, Any], None]], ...]


def _setters(cls: type, apart: tuple[str, ...]) -> _Setters:
    """The slots' own setters: frozen classes refuse assignment, and their constructor checks every value."""
    return tuple((item.name, getattr(cls, item.name).__set__) for item in fields(cls) if item.name not in apart)


_RELEASE = _setters(ParsedRelease, ("original", "spans"))
_FACTS = _setters(NameFacts, ("original", "spans", "kind", "reason"))
_release_original, _release_spans = (vars(ParsedRelease)[name].__set__ for name in ("original", "spans"))
_facts_original, _facts_spans, _facts_kind, _facts_reason = (
    vars(NameFacts)[name].__set__ for name in ("original", "spans", "kind", "reason")
)
_new = object.__new__


def build_release(original: str, reading: Reading) -> ParsedRelease:
    """A `ParsedRelease` of trusted values."""
    release = _new(ParsedRelease)
    facts = reading.facts
    for name, put in _RELEASE:
        put(release, facts[name])
    _release_original(release, original)
    _release_spans(release, reading.spans)
    return release


def build_facts(original: str, reading: Reading) -> NameFacts:
    """A `NameFacts` of trusted values."""
    facts = _new(NameFacts)
    for name, put in _FACTS:
        put(facts, reading.facts[name])
    _facts_original(facts, original)
    _facts_spans(facts, reading.spans)
    _facts_kind(facts, reading.kind)
    _facts_reason(facts, reading.reason)
    return facts
