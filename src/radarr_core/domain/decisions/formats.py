"""What the engine asks of custom formats: those that match a release, and what they are worth together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import frozen

from radarr_core.domain.languages import Language
from radarr_core.domain.quality import Quality
from radarr_core.domain.releases import IndexerFlag


@frozen(kw_only=True)
class FormatSubject:
    """What the conditions of custom formats look at."""

    release_title: str
    file_name: str | None = None
    edition: str | None = None
    release_group: str | None = None
    quality: Quality
    languages: tuple[Language, ...] = ()
    original_language: Language | None = None
    size: int | None = None
    flags: IndexerFlag = IndexerFlag.NONE
    year: int | None = None


class FormatMatches(Protocol):
    """The formats that match one subject."""

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, sorted."""

    def score(self, scores: Mapping[str, int]) -> int:
        """What they are worth together; a format without a score counts 0."""


class FormatMatcher(Protocol):
    """A set of custom formats."""

    def match(self, subject: FormatSubject) -> FormatMatches:
        """The formats that match."""


@frozen
class _NoMatches:
    @property
    def names(self) -> tuple[str, ...]:
        return ()

    def score(self, scores: Mapping[str, int]) -> int:
        return 0


_NO_MATCHES = _NoMatches()


@frozen
class _NoFormats:
    def match(self, subject: FormatSubject) -> FormatMatches:
        return _NO_MATCHES


NO_FORMATS: FormatMatcher = _NoFormats()
"""No custom format at all."""
