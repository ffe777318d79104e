"""Finding what cannot have been meant: formats nobody knows, patterns nothing matches, scores nobody reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from attrs import Factory, frozen

from radarr_core.domain.quality import QUALITIES, Quality, QualityProfile

from .conditions import (
    Condition,
    FactCondition,
    QualityModifierCondition,
    ReleaseGroupCondition,
    ResolutionCondition,
    SourceCondition,
    TextCondition,
)
from .formats import CustomFormat
from .matching import ConditionVerdict, combine
from .patterns import check_pattern
from .subject import FormatSubject
from .trash.groups import Conflict, Conflicts
from .trash.profile_data import ProfileData

_RESOLUTIONS = ResolutionCondition.known
_QUALITY_TYPES = (SourceCondition, ResolutionCondition, QualityModifierCondition)


class Problem(StrEnum):
    """Kinds of finding."""

    UNKNOWN_FORMAT = "unknown format"
    UNREACHABLE_FORMAT = "unreachable format"
    CONFLICT = "conflict"
    PATTERN_NEVER_MATCHES = "pattern never matches"
    PATTERN_ALWAYS_MATCHES = "pattern always matches"
    MINIMUM_NOT_REACHABLE = "minimum cannot be reached"
    CUTOFF_NOT_REACHABLE = "cutoff cannot be reached"
    REPUTATION_UPGRADES = "reputation alone upgrades"
    REPUTATION_REJECTS = "reputation alone rejects"
    OPINION_TWICE = "an opinion counts twice"


class Severity(StrEnum):
    """How grave a finding is: an error cannot have been meant, a warning may have been."""

    ERROR = "error"
    WARNING = "warning"


_MAY_BE_MEANT = (
    Problem.PATTERN_ALWAYS_MATCHES, Problem.CUTOFF_NOT_REACHABLE, Problem.REPUTATION_UPGRADES,
    Problem.REPUTATION_REJECTS, Problem.OPINION_TWICE,
)  # fmt: skip
"""A cutoff out of reach is how the guides say "never stop"."""


def _default_severity(finding: Finding) -> Severity:
    return Severity.WARNING if finding.problem in _MAY_BE_MEANT else Severity.ERROR


@frozen(kw_only=True)
class Finding:
    """One thing that is probably a mistake.

    Attributes:
        sentence: for people; it names the format or setting.
        severity: follows from the problem; a format that no quality of this one profile suits is a warning.
        format: the name of the format it is about, where it is about one.
        condition: the name of its condition, where it is about one.
    """

    problem: Problem
    sentence: str
    format: str | None = None
    condition: str | None = None
    severity: Severity = Factory(_default_severity, takes_self=True)


def lint_profile(
    profile: ProfileData,
    formats: Iterable[CustomFormat],
    conflicts: Conflicts | None = None,
    *,
    reputation_points: int = 0,
) -> tuple[Finding, ...]:
    """What is probably wrong with a profile and the formats it scores.

    Nothing here is certain to be a mistake (guides set cutoffs out of reach on purpose), but each finding is certain
    to be true: a pattern said never to match never does.

    Args:
        profile: its name, items and scores.
        formats: every format of the policy.
        conflicts: formats that must not be scored together.
        reputation_points: what the reputation of release groups may add to a score; 0 where it adds nothing.
    """
    known = {each.name: each for each in formats}
    scored = [known[name] for name, score in profile.format_scores.items() if score and name in known]
    findings = [
        *_find_unknown(profile, known),
        *(finding for each in scored for finding in _find_in_format(profile, each)),
        *_find_conflicts(profile, scored, conflicts.conflicts if conflicts else ()),
        *_find_bounds(profile, scored),
        *find_reputation_problems(profile, scored, reputation_points),
    ]
    return tuple(findings)


def lint_formats(formats: Iterable[CustomFormat]) -> tuple[Finding, ...]:
    """What is wrong with formats whatever profile scores them."""
    return tuple(finding for each in formats for finding in _find_in_itself(each))


def find_reputation_problems(
    profile: ProfileData | QualityProfile, formats: Iterable[CustomFormat], points: int
) -> Iterator[Finding]:
    """What people may not have meant by letting reputations add so many points to scores.

    Args:
        profile: the one that is scored by.
        formats: every format of the policy.
        points: what the best reputation adds; 0 for none.
    """
    if not points:
        return
    least = profile.min_upgrade_format_score
    if profile.upgrade_allowed and points >= least:
        sentence = (
            f"profile {profile.name!r} upgrades for a gain of {least}, and reputation alone can bring {points} points; "
            f"a gain of {points + 1} would keep it from that"
        )
        yield Finding(problem=Problem.REPUTATION_UPGRADES, sentence=sentence)
    if profile.min_format_score > -points:
        sentence = (
            f"profile {profile.name!r} rejects scores under {profile.min_format_score}, and reputation takes up to "
            f"{points} points; with a least score of {-points} it would reject nothing by itself"
        )
        yield Finding(problem=Problem.REPUTATION_REJECTS, sentence=sentence)
    names = [each.name for each in formats if profile.format_scores.get(each.name) and _names_groups(each)]
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        sentence = (
            f"profile {profile.name!r} scores {names[0]!r}{more} by release groups, and reputation adds up to {points} "
            "points for the same groups"
        )
        yield Finding(problem=Problem.OPINION_TWICE, sentence=sentence, format=names[0])


def _names_groups(custom_format: CustomFormat) -> bool:
    return any(isinstance(one, ReleaseGroupCondition) and not one.negate for one in custom_format.conditions)


def _find_unknown(profile: ProfileData, known: dict[str, CustomFormat]) -> Iterator[Finding]:
    for name, score in profile.format_scores.items():
        if name not in known:
            sentence = f"profile {profile.name!r} gives {score} to {name!r}, and there is no such format"
            yield Finding(problem=Problem.UNKNOWN_FORMAT, sentence=sentence, format=name)


def _find_conflicts(
    profile: ProfileData, scored: list[CustomFormat], conflicts: Iterable[Conflict]
) -> Iterator[Finding]:
    by_id = {each.trash_id: each.name for each in scored}
    for conflict in conflicts:
        names = [by_id[trash_id] for trash_id in conflict.formats if trash_id in by_id]
        if len(names) > 1:
            scores = f"profile {profile.name!r} gives a score to {' and '.join(map(repr, names))}"
            sentence = f"{scores}, and only one of them may have one"
            yield Finding(problem=Problem.CONFLICT, sentence=sentence, format=names[0])


# -- single formats ----------------------------------------------------------------------------------------------------


def _find_in_format(profile: ProfileData, custom_format: CustomFormat) -> Iterator[Finding]:
    yield from _find_in_itself(custom_format)
    if _is_reachable(custom_format, QUALITIES) and not _is_reachable(custom_format, _list_allowed(profile)):
        yield Finding(
            problem=Problem.UNREACHABLE_FORMAT,
            sentence=f"{custom_format.name!r} matches no quality that profile {profile.name!r} allows",
            format=custom_format.name,
            severity=Severity.WARNING,
        )


def _find_in_itself(custom_format: CustomFormat) -> Iterator[Finding]:
    for condition in custom_format.conditions:
        if isinstance(condition, TextCondition):
            yield from _find_in_pattern(custom_format, condition)
    if not _is_reachable(custom_format, QUALITIES):
        sentence = f"{custom_format.name!r} can match nothing at all: its conditions exclude each other"
        yield Finding(problem=Problem.UNREACHABLE_FORMAT, sentence=sentence, format=custom_format.name)


def _find_in_pattern(custom_format: CustomFormat, condition: TextCondition) -> Iterator[Finding]:
    pattern = check_pattern(condition.pattern)
    where = f"{custom_format.name!r}: the pattern of {condition.name!r}, {condition.pattern!r},"
    kind, says = None, ""
    if pattern.never_matches:
        kind, says = Problem.PATTERN_NEVER_MATCHES, "can match no name"
    elif pattern.always_matches:
        kind, says = Problem.PATTERN_ALWAYS_MATCHES, "matches every name, since it may match nothing at all"
    if kind is not None:
        sentence = f"{where} {says}"
        yield Finding(problem=kind, sentence=sentence, format=custom_format.name, condition=condition.name)


def _list_allowed(profile: ProfileData) -> tuple[Quality, ...]:
    return tuple(quality for item in profile.items if item.allowed for quality in item.qualities)


def _is_reachable(custom_format: CustomFormat, qualities: Iterable[Quality]) -> bool:
    """Whether some quality leaves the format a chance, whatever is unknown of a release besides."""
    asked = [each for each in custom_format.conditions if isinstance(each, _QUALITY_TYPES)]
    others = [_judge_unseen(each) for each in custom_format.conditions if not isinstance(each, _QUALITY_TYPES)]
    subjects = (subject for quality in qualities for subject in _subjects(quality))
    return any(
        combine([*others, *(_judge_quality(each, subject) for each in asked)]) is not False for subject in subjects
    )


@lru_cache(maxsize=1024)
def _subjects(quality: Quality) -> tuple[FormatSubject, ...]:
    # A quality of no particular resolution takes that of the name.
    resolutions = _RESOLUTIONS if not quality.resolution else ()
    qualities = (*map(quality.at, resolutions), quality)
    return tuple(FormatSubject(release_title="", quality=each) for each in qualities)


def _judge_quality(condition: FactCondition, subject: FormatSubject) -> ConditionVerdict:
    return ConditionVerdict(condition, condition.ask(subject) is not condition.negate)


def _judge_unseen(condition: Condition) -> ConditionVerdict:
    """What is known of a condition that does not go by qualities before there is a release."""
    if isinstance(condition, TextCondition) and check_pattern(condition.pattern).never_matches:
        return ConditionVerdict(condition, condition.negate)
    return ConditionVerdict(condition, None)


# -- scores ------------------------------------------------------------------------------------------------------------


def _find_bounds(profile: ProfileData, scored: list[CustomFormat]) -> Iterator[Finding]:
    allowed = _list_allowed(profile)
    gains = [profile.format_scores[each.name] for each in scored if _is_reachable(each, allowed)]
    highest = sum(gain for gain in gains if gain > 0)
    for what, value, problem in (
        ("minimum", profile.min_format_score, Problem.MINIMUM_NOT_REACHABLE),
        ("cutoff", profile.cutoff_format_score, Problem.CUTOFF_NOT_REACHABLE),
    ):
        if value > highest:
            sentence = f"profile {profile.name!r}: no release can score the {what} of {value}, only up to {highest}"
            yield Finding(problem=problem, sentence=sentence)
