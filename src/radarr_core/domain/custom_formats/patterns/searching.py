"""Searching with patterns that may be bombs: what takes too long is unknown, and is not tried again in that run."""

from __future__ import annotations

from radarr_core.domain.custom_formats.quarantine import Quarantine
from radarr_core.domain.releases import Span

from .analysis import Pattern

_new = tuple.__new__


def find_span(pattern: Pattern, text: str, quarantine: Quarantine) -> Span | bool | None:
    """Where the pattern is first found in the text.

    False when it is not there; None when that is unknown, because the pattern took too long now or earlier in this
    run.
    """
    if len(text) <= pattern.affordable_length:
        found = pattern.compiled.search(text)
    else:
        if pattern.text in quarantine.offenders:
            return None
        try:
            found = pattern.compiled.search(text, timeout=quarantine.time_limit)
        except TimeoutError:
            quarantine.offenders[pattern.text] = text
            return None
    return _new(Span, found.span()) if found else False
