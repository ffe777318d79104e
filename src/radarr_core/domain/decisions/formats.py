"""What the engine asks of custom formats: those that match a release, and what they are worth together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from radarr_core.domain.custom_formats.quarantine import Quarantine
from radarr_core.domain.custom_formats.subject import FormatSubject
from radarr_core.domain.releases import Span

if TYPE_CHECKING:
    from radarr_core.domain.custom_formats import FormatMatch


class FormatMatches(Protocol):
    """The formats that match one subject."""

    @property
    def matching(self) -> Sequence[FormatMatch]:
        """Those that match, by name."""

    @property
    def undecided(self) -> Sequence[FormatMatch]:
        """Those that hang on something nobody knows; they count as not matching."""

    @property
    def offenders(self) -> Sequence[str]:
        """The patterns that took too long."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those that match."""

    def score(self, scores: Mapping[str, int]) -> int:
        """What they are worth together; a format without a score counts 0."""


class FormatMatcher(Protocol):
    """A set of custom formats; `FormatSet` is the one of this library."""

    def match(self, subject: FormatSubject, quarantine: Quarantine) -> FormatMatches:
        """The formats that match; patterns that take too long are put into quarantine."""


@frozen
class _NoMatches:
    matching: tuple[FormatMatch, ...] = ()
    undecided: tuple[FormatMatch, ...] = ()
    offenders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def score(self, scores: Mapping[str, int]) -> int:
        return 0


_NO_MATCHES = _NoMatches()


@frozen
class _NoFormats:
    def match(self, subject: FormatSubject, quarantine: Quarantine) -> FormatMatches:
        return _NO_MATCHES


NO_FORMATS: FormatMatcher = _NoFormats()
"""No custom format at all."""


@frozen(eq=False)
class FormatRun:
    """The formats in one run: a pattern that once took too long is not tried again until the run is over."""

    formats: FormatMatcher = NO_FORMATS
    quarantine: Quarantine = field(factory=Quarantine)

    def match(self, subject: FormatSubject) -> FormatMatches:
        """The formats that match."""
        return self.formats.match(subject, self.quarantine)


# -- for people --------------------------------------------------------------------------------------------------------


@frozen
class FoundText:
    """Where a condition of a format found what it looks for.

    Attributes:
        condition: the name of the condition.
        place: the text it was found in: `release_title`, `edition` or `release_group`.
        span: the stretch of that text; in a release title its offsets are those of the name as it was offered.
    """

    condition: str
    place: str
    span: Span


@frozen
class ScoredFormat:
    """A custom format that fits a release, what it is worth in the profile, and by what it was known."""

    name: str
    score: int
    found: tuple[FoundText, ...] = ()


def describe_formats(matches: FormatMatches, scores: Mapping[str, int]) -> tuple[ScoredFormat, ...]:
    """The formats that match, with their scores and what was found."""
    return tuple(
        [
            _describe(
                match.name,
                scores.get(match.name, 0),
                tuple(
                    [
                        (each.condition.name, each.place, each.span)
                        for each in match.conditions
                        if each.span is not None and each.holds and each.place is not None
                    ]
                ),
            )
            for match in matches.matching
        ]
    )


@lru_cache(maxsize=8192)
def _describe(name: str, score: int, found: tuple[tuple[str, str, Span], ...]) -> ScoredFormat:
    """Names are alike, so the same format is mostly found by the same words in the same places."""
    return ScoredFormat(name, score, tuple([FoundText(*each) for each in found]))
