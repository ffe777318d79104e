"""Whether a custom format matches a subject, with every condition's answer: the plain way, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import frozen

from radarr_core.domain.releases import Span

from .conditions import Condition, FactCondition, TextCondition
from .formats import CustomFormat
from .patterns import check_pattern, find_span
from .quarantine import Quarantine
from .subject import FormatSubject


@frozen
class ConditionVerdict:
    """One condition's answer.

    Attributes:
        holds: None when that is unknown: what it asks for is not known of the subject, or its pattern took too long.
        place: where its pattern was found (`release_title`, `file_name`, `edition`, `release_group`).
        span: the stretch of that text.
    """

    condition: Condition
    holds: bool | None
    place: str | None = None
    span: Span | None = None

    def text(self, subject: FormatSubject) -> str | None:
        """What was found, in the subject that was judged."""
        if self.place is None or self.span is None:
            return None
        text: str = getattr(subject, self.place)
        return text[self.span.start : self.span.end]


@frozen
class FormatMatch:
    """One format beside one subject.

    Attributes:
        matches: None when it hangs on something unknown.
        conditions: every condition's answer, in the format's order.
    """

    format: CustomFormat
    matches: bool | None
    conditions: tuple[ConditionVerdict, ...]

    @property
    def name(self) -> str:
        """The format's name."""
        return self.format.name

    @property
    def unknown(self) -> tuple[ConditionVerdict, ...]:
        """The conditions nobody can answer."""
        return tuple(each for each in self.conditions if each.holds is None)


@frozen(slots=False)
class FormatMatches:
    """Every format that matches a subject, by name, and those of which nobody can tell.

    Attributes:
        subject: what was judged.
        matching: the formats that match, sorted by name.
        undecided: the formats that hang on something unknown, sorted by name. They count as not matching.
        offenders: the patterns that took too long, now or earlier in the run.
    """

    subject: FormatSubject
    matching: tuple[FormatMatch, ...] = ()
    undecided: tuple[FormatMatch, ...] = ()
    offenders: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the formats that match."""
        return tuple([match.format.name for match in self.matching])

    def scores(self, scores: Mapping[str, int]) -> dict[str, int]:
        """What each matching format is worth, by its name; 0 for those without a score.

        Args:
            scores: by a format's name, or by its `trash_id`.
        """
        return {match.format.name: find_score(match.format, scores) for match in self.matching}

    def score(self, scores: Mapping[str, int]) -> int:
        """The sum over the matching formats; `scores` as above."""
        return sum([find_score(match.format, scores) for match in self.matching])


def find_score(custom_format: CustomFormat, scores: Mapping[str, int]) -> int:
    """A format's score in a mapping by name or by `trash_id`; 0 when it has none."""
    found = scores.get(custom_format.name)
    if found is None and custom_format.trash_id is not None:
        found = scores.get(custom_format.trash_id)
    return found or 0


def judge_condition(condition: Condition, subject: FormatSubject, quarantine: Quarantine) -> ConditionVerdict:
    """The answer of one condition."""
    if isinstance(condition, TextCondition):
        return _search(condition, subject, quarantine)
    assert isinstance(condition, FactCondition)
    answer = condition.ask(subject)
    return ConditionVerdict(condition, None if answer is None else answer is not condition.negate)


def _search(condition: TextCondition, subject: FormatSubject, quarantine: Quarantine) -> ConditionVerdict:
    pattern = check_pattern(condition.pattern)
    is_unknown = False
    for place, text in condition.texts(subject):
        found = find_span(pattern, text, quarantine)
        if isinstance(found, Span):
            return ConditionVerdict(condition, not condition.negate, place, found)
        is_unknown = is_unknown or found is None
    return ConditionVerdict(condition, None if is_unknown else condition.negate)


def combine(verdicts: Iterable[ConditionVerdict]) -> bool | None:
    """Whether a format of these answers matches; None when that hangs on an unknown one.

    A type is satisfied when none of its required conditions fails and at least one of all holds; a format matches
    when every type it uses is satisfied.
    """
    by_type: dict[str, list[ConditionVerdict]] = {}
    for verdict in verdicts:
        by_type.setdefault(verdict.condition.implementation, []).append(verdict)
    answers = [_combine_type(group) for group in by_type.values()]
    if False in answers:
        return False
    return None if None in answers else True


def _combine_type(verdicts: list[ConditionVerdict]) -> bool | None:
    required = [verdict.holds for verdict in verdicts if verdict.condition.required]
    every = [verdict.holds for verdict in verdicts]
    if False in required or not any(holds is not False for holds in every):
        return False
    return True if None not in required and True in every else None


def judge_format(
    custom_format: CustomFormat, subject: FormatSubject, quarantine: Quarantine | None = None
) -> FormatMatch:
    """One format beside one subject, every condition asked."""
    run = Quarantine() if quarantine is None else quarantine
    verdicts = tuple([judge_condition(condition, subject, run) for condition in custom_format.conditions])
    return FormatMatch(custom_format, combine(verdicts), verdicts)


def judge_formats(
    formats: Iterable[CustomFormat], subject: FormatSubject, quarantine: Quarantine | None = None
) -> FormatMatches:
    """Every format beside one subject, one after the other; `FormatSet` answers the same, faster."""
    run = Quarantine() if quarantine is None else quarantine
    judged = sorted((judge_format(each, subject, run) for each in formats), key=lambda match: match.format.name)
    return FormatMatches(
        subject,
        tuple(match for match in judged if match.matches),
        tuple(match for match in judged if match.matches is None),
        find_offenders(judged, run),
    )


def find_offenders(judged: Iterable[FormatMatch], quarantine: Quarantine) -> tuple[str, ...]:
    """The quarantined patterns that left a condition of these unanswered."""
    patterns = {
        verdict.condition.pattern
        for match in judged
        for verdict in match.conditions
        if verdict.holds is None and isinstance(verdict.condition, TextCondition)
    }
    return tuple(sorted(patterns & quarantine.offenders.keys()))
