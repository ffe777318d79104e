"""Release profiles: terms a release name must contain, or must not."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from radarr_core.domain.releases import Span

if TYPE_CHECKING:
    from radarr_core.domain.custom_formats.patterns import Pattern
    from radarr_core.domain.custom_formats.quarantine import Quarantine

_PATTERN = re.compile(r"/(.+)/([a-z]*)", re.DOTALL)
_FLAGS = "imsxn"  # ignore case, multi-line, dot matches newline, white space ignored, explicit captures


class Found(StrEnum):
    """Whether a term is in a name."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def _show(text: str) -> str:
    return repr(text) if len(text) <= 60 else f"{text[:60]!r}..."


@frozen
class Term:
    r"""A text to be found in any case, or a regular expression between slashes with flags behind: `/\bHDR\b/i`.

    Raises:
        ValueError: the expression is none, or a flag is unknown.
        MissingExtraError: it is an expression, and the package for those is not installed.
    """

    text: str
    _pattern: Pattern | None = field(init=False, eq=False, repr=False)

    @_pattern.default
    def _read(self) -> Pattern | None:
        found = _PATTERN.search(self.text)
        if found is None:
            return None
        # The room of patterns is entered only by who has an expression: most profiles have none.
        from radarr_core.domain.custom_formats.patterns import check_pattern

        expression, flags = found.groups()
        unknown = set(flags) - set(_FLAGS)
        if unknown:
            raise ValueError(f"the term {_show(self.text)} has the unknown flag {min(unknown)!r}; known are {_FLAGS}")
        # Unlike custom formats, terms mind the case unless told otherwise. Captures play no part in finding.
        minded = "" if "i" in flags else "-i"
        kept = "".join(sorted(set(flags) - {"n"}))
        try:
            pattern = check_pattern(f"(?{kept}{minded}:{expression})")
            _ = pattern.compiled
        except ValueError as error:
            raise ValueError(f"the term {_show(self.text)} is no regular expression: {error}") from error
        return pattern

    def find_in(self, name: str, quarantine: Quarantine) -> Found:
        """Whether the name contains it; unknown when the expression takes too long."""
        if self._pattern is None:
            return Found.YES if self.text.lower() in name.lower() else Found.NO
        from radarr_core.domain.custom_formats.patterns import find_span

        span = find_span(self._pattern, name, quarantine)
        if isinstance(span, Span):
            return Found.YES
        return Found.UNKNOWN if span is None else Found.NO


@frozen(kw_only=True, slots=False)
class ReleaseProfile:
    """Terms for the offers of some movies and indexers.

    Attributes:
        required: one of these must be in the name; a text, or an expression between slashes.
        ignored: none of these may be.
        indexer: the configured name of the indexer it is for; None for all.
        tags: the movies it is for; empty for all.

    Raises:
        ValueError: it has no term at all, a blank one, or one that is no regular expression.
        MissingExtraError: a term is an expression, and the package for those is not installed.
    """

    name: str = ""
    enabled: bool = True
    required: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    indexer: str | None = None
    tags: frozenset[str] = frozenset()

    def __attrs_post_init__(self) -> None:
        """Refuse profiles that would not restrict anything."""
        if not self.required and not self.ignored:
            raise ValueError(f"the release profile {self.name!r} neither requires nor ignores a term")
        if any(not term.strip() for term in (*self.required, *self.ignored)):
            raise ValueError(f"the release profile {self.name!r} has a blank term")
        _ = self._required, self._ignored

    @cached_property
    def _required(self) -> tuple[Term, ...]:
        return tuple(Term(text) for text in self.required)

    @cached_property
    def _ignored(self) -> tuple[Term, ...]:
        return tuple(Term(text) for text in self.ignored)

    def applies_to(self, tags: frozenset[str], indexer: str) -> bool:
        """Whether it is meant for a movie of those tags and an offer of that indexer."""
        return self.enabled and (not self.tags or bool(self.tags & tags)) and self.indexer in (None, indexer)

    def find_required(self, name: str, quarantine: Quarantine) -> Found:
        """Whether the name has one of the terms that are required; yes when none is."""
        answers = {term.find_in(name, quarantine) for term in self._required}
        if not answers or Found.YES in answers:
            return Found.YES
        return Found.UNKNOWN if Found.UNKNOWN in answers else Found.NO

    def find_ignored(self, name: str, quarantine: Quarantine) -> dict[str, Found]:
        """The terms that the name may not contain, and does, or of which nobody can tell."""
        answers = {term.text: term.find_in(name, quarantine) for term in self._ignored}
        return {text: found for text, found in answers.items() if found is not Found.NO}
