"""From what was read to the public values, without checking again what the parser itself made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from radarr_core.domain.releases import NameFacts, ParsedRelease

from .reader import DEFAULTS, Reading

_Setter = Callable[[object, Any], None]


def _setters(cls: type, names: Iterable[str]) -> tuple[_Setter, ...]:
    """The slots' own setters: frozen classes refuse assignment, and their constructor checks every value."""
    return tuple(getattr(cls, name).__set__ for name in names)


# In the order of the facts, which never changes: every name starts from a copy of the same defaults.
_RELEASE = _setters(ParsedRelease, DEFAULTS)
_FACTS = _setters(NameFacts, DEFAULTS)
_release_original, _release_spans = _setters(ParsedRelease, ("original", "spans"))
_facts_original, _facts_spans, _facts_kind, _facts_reason = _setters(NameFacts, ("original", "spans", "kind", "reason"))
_new = object.__new__


def build_release(original: str, reading: Reading) -> ParsedRelease:
    """A `ParsedRelease` of trusted values."""
    release = _new(ParsedRelease)
    for put, value in zip(_RELEASE, reading.facts.values(), strict=True):
        put(release, value)
    _release_original(release, original)
    _release_spans(release, reading.spans)
    return release


def build_facts(original: str, reading: Reading) -> NameFacts:
    """A `NameFacts` of trusted values."""
    facts = _new(NameFacts)
    for put, value in zip(_FACTS, reading.facts.values(), strict=True):
        put(facts, value)
    _facts_original(facts, original)
    _facts_spans(facts, reading.spans)
    _facts_kind(facts, reading.kind)
    _facts_reason(facts, reading.reason)
    return facts
