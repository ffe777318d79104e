"""What a release name says, shown in the name itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import fields
from rich.table import Table
from rich.text import Text

from radarr_core.domain.languages import Language
from radarr_core.domain.quality import Quality, Revision
from radarr_core.domain.releases import AudioClaim, NameFacts, Span

from .rendering import make_table
from .text import escape, plain

_LABELS = {"imdb_id": "IMDb id", "tmdb_id": "TMDb id", "hdr": "HDR", "is_3d": "3D", "is_multi": "multi"}
_NOT_FIELDS = ("original", "kind", "reason", "spans")
_COLOURS = ("cyan", "green", "magenta", "yellow", "blue")


def render_original(facts: NameFacts) -> Text:
    """The name with every stretch underlined that something was read from, neighbours in colours of their own."""
    colours = {span: _COLOURS[place % len(_COLOURS)] for place, span in enumerate(sorted(_all_spans(facts.spans)))}
    text = Text()
    for place, character in enumerate(facts.original):
        colour = next((colours[span] for span in colours if span.start <= place < span.end), None)
        text.append(escape(character), style=f"underline {colour}" if colour else "")
    return text


def _all_spans(spans: Mapping[str, tuple[Span, ...]]) -> set[Span]:
    return {span for stretch in spans.values() for span in stretch}


def render_facts(facts: NameFacts) -> Table:
    """Every field the name says something of, with the words it was read from."""
    table = make_table("field", "value", "read from")
    for name, value in _list_said(facts):
        words = ", ".join(repr(facts.original[span.start : span.end]) for span in facts.spans.get(name, ()))
        table.add_row(_label(name), plain(_format(value)), plain(words, "dim"))
    return table


def list_unsaid(facts: NameFacts) -> tuple[str, ...]:
    """The fields the name says nothing of."""
    said = {name for name, _ in _list_said(facts)} | {"titles"}  # one title alone is no list of them
    return tuple(_label(name) for name in _list_fields() if name not in said)


def _list_fields() -> tuple[str, ...]:
    return tuple(item.name for item in fields(NameFacts) if item.name not in _NOT_FIELDS)


def _list_said(facts: NameFacts) -> list[tuple[str, Any]]:
    pairs = [(name, getattr(facts, name)) for name in _list_fields()]
    unsaid: tuple[Any, ...] = (None, (), False, frozenset())
    one_title = facts.titles == (facts.title,)
    return [(n, v) for n, v in pairs if v not in unsaid and not (n == "titles" and one_title) and not _is_usual(n, v)]


def _is_usual(name: str, value: Any) -> bool:
    """What every name has that says nothing of it."""
    return (name == "revision" and value == Revision()) or (name == "quality" and value.name == "Unknown")


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " "))


def _format(value: Any) -> str:
    match value:
        case bool():
            return "yes"
        case Quality():
            usual = str(value.resolution) in value.name or not value.resolution
            return value.name if usual else f"{value.name} ({value.resolution} lines)"
        case Revision():
            real = f", real {value.real}" if value.real else ""
            return f"version {value.version}{' (repack)' if value.is_repack else ''}{real}"
        case AudioClaim():
            return " ".join(filter(None, (value.codec, value.channels, "Atmos" if value.atmos else None)))
        case Language():
            return value.name
        case tuple() | frozenset():
            return ", ".join(sorted(map(_format, value)) if isinstance(value, frozenset) else map(_format, value))
    return str(value)
