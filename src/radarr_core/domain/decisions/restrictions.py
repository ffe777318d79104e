"""Release profiles: terms a release name must contain, or must not."""

from __future__ import annotations

import re
from functools import cached_property

from attrs import field, frozen

_PATTERN = re.compile(r"/(.+)/([a-z]*)", re.DOTALL)
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE, "n": re.NOFLAG}


@frozen
class Term:
    r"""A text to be found in any case, or a regular expression between slashes with flags behind: `/\bHDR\b/i`.

    Raises:
        ValueError: the expression is none, or a flag is unknown.
    """

    text: str
    _compiled: re.Pattern[str] | None = field(init=False, eq=False, repr=False)

    @_compiled.default
    def _compile(self) -> re.Pattern[str] | None:
        found = _PATTERN.search(self.text)
        if found is None:
            return None
        flags = re.NOFLAG
        for letter in found.group(2):
            if letter not in _FLAGS:
                raise ValueError(
                    f"the term {self.text!r} has the unknown flag {letter!r}; known are {', '.join(_FLAGS)}"
                )
            flags |= _FLAGS[letter]
        try:
            return re.compile(found.group(1), flags)
        except re.error as error:
            raise ValueError(f"the term {self.text!r} is no regular expression: {error}") from error

    def is_in(self, name: str) -> bool:
        """Whether the name contains it."""
        if self._compiled is None:
            return self.text.lower() in name.lower()
        return self._compiled.search(name) is not None


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

    def is_missing(self, name: str) -> bool:
        """Whether terms are required, and the name has none of them."""
        return bool(self._required) and not any(term.is_in(name) for term in self._required)

    def find_ignored(self, name: str) -> tuple[str, ...]:
        """The terms that the name may not contain, and does."""
        return tuple(term.text for term in self._ignored if term.is_in(name))
