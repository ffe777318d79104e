"""Why formats match, for people: what each condition found in the name, or the fact it went by.

Nothing here takes part in a decision; it is worked out from the answers of one when somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from radarr_core.domain.quality import Modifier, Source
from radarr_core.domain.releases import IndexerFlag, NameFacts, ParsedRelease, Span

from .conditions import (
    Condition,
    IndexerFlagCondition,
    LanguageCondition,
    QualityModifierCondition,
    ResolutionCondition,
    SizeCondition,
    SourceCondition,
    TextCondition,
    YearCondition,
)
from .conditions.ranges import GIGABYTE
from .formats import CustomFormat, find_score_set
from .matching import ConditionVerdict, FormatMatch, FormatMatches, find_score
from .subject import FormatSubject


@frozen(kw_only=True)
class ConditionExplanation:
    """One condition's answer, with what it rests on.

    Attributes:
        holds: None when nobody can tell.
        fact: what the condition went by, in words: `source WEBDL`, `languages unknown`; for a pattern, whether it was
            found.
        place: the text a pattern was found in (`release_title`, `file_name`, `edition`, `release_group`).
        span: the stretch of that text, and `text` what stands there.
        name_span: the same stretch as offsets into the whole name; None where that cannot be told.
    """

    condition: Condition
    holds: bool | None
    fact: str
    place: str | None = None
    span: Span | None = None
    text: str | None = None
    name_span: Span | None = None


@frozen(kw_only=True)
class FormatExplanation:
    """One format beside one release: whether it matches, what it is worth, and by what it was known.

    Attributes:
        matches: None when it hangs on something nobody knows; it then counts nothing.
        score: what the profile gives a release that matches.
        score_set: the guides' score set that score comes from; None when the profile chose it, or there is none.
        conditions: every condition, in the format's order.
    """

    format: CustomFormat
    matches: bool | None
    score: int
    score_set: str | None
    conditions: tuple[ConditionExplanation, ...]

    @property
    def name(self) -> str:
        """The format's name."""
        return self.format.name


def explain_formats(
    matches: FormatMatches,
    *,
    claim: ParsedRelease | NameFacts | None = None,
    scores: Mapping[str, int] | None = None,
    score_set: str | None = None,
) -> tuple[FormatExplanation, ...]:
    """Every format that matches, or of which nobody can tell, with all that speaks for and against it.

    Args:
        matches: what `FormatSet.match` answered.
        claim: what the name was read as; with it, what was found in a group or an edition has its place in the name.
        scores: what the profile gives each format, by its name or `trash_id`.
        score_set: the guides' score set the profile goes by.

    Returns:
        Those that match first, each part by name.
    """
    return tuple(
        _explain(match, matches, claim, scores or {}, score_set) for match in (*matches.matching, *matches.undecided)
    )


def _explain(
    match: FormatMatch,
    matches: FormatMatches,
    claim: ParsedRelease | NameFacts | None,
    scores: Mapping[str, int],
    score_set: str | None,
) -> FormatExplanation:
    score, found = find_score(match.format, scores), find_score_set(match.format, score_set)
    return FormatExplanation(
        format=match.format,
        matches=match.matches,
        score=score,
        score_set=found if found is not None and match.format.trash_scores[found] == score else None,
        conditions=tuple(_explain_condition(verdict, matches, claim) for verdict in match.conditions),
    )


def _explain_condition(
    verdict: ConditionVerdict, matches: FormatMatches, claim: ParsedRelease | NameFacts | None
) -> ConditionExplanation:
    return ConditionExplanation(
        condition=verdict.condition,
        holds=verdict.holds,
        fact=_describe(verdict, matches),
        place=verdict.place,
        span=verdict.span,
        text=verdict.text(matches.subject),
        name_span=_locate(verdict, matches.subject, claim),
    )


def _locate(verdict: ConditionVerdict, subject: FormatSubject, claim: ParsedRelease | NameFacts | None) -> Span | None:
    """The span in the name: a release title keeps its places, a group or an edition stands where it was read."""
    if verdict.span is None or verdict.place is None or claim is None:
        return None
    start, end = verdict.span.start, verdict.span.end
    if verdict.place == "release_title":
        return verdict.span
    read = claim.spans.get(verdict.place, ())
    text: str | None = getattr(subject, verdict.place)
    if len(read) != 1 or claim.original[read[0].start : read[0].end] != text:
        return None
    return Span(read[0].start + start, read[0].start + end)


# -- facts in words ----------------------------------------------------------------------------------------------------

_PLACES = {"release_title": "name", "file_name": "file name", "edition": "edition", "release_group": "release group"}


def _describe(verdict: ConditionVerdict, matches: FormatMatches) -> str:
    condition = verdict.condition
    if isinstance(condition, TextCondition):
        return _describe_search(condition, verdict, matches)
    return describe_fact(condition, matches.subject)


def _describe_search(condition: TextCondition, verdict: ConditionVerdict, matches: FormatMatches) -> str:
    if verdict.place is not None:
        return f"{verdict.text(matches.subject)!r} in the {_PLACES[verdict.place]}"
    if verdict.holds is None:
        return f"the pattern {condition.pattern!r} took too long"
    searched = [place for place, _ in condition.texts(matches.subject)]
    if not searched:
        return f"there is no {_PLACES[condition.places[0]]}"
    return f"not found in the {' or '.join(_PLACES[place] for place in searched)}"


def describe_fact(condition: Condition, subject: FormatSubject) -> str:
    """What a condition that searches no text goes by, in words; what is not known is called unknown."""
    match condition:
        case SourceCondition():
            return f"source {Source(subject.quality.source).name}"
        case ResolutionCondition():
            return f"resolution {subject.quality.resolution or 'none'}"
        case QualityModifierCondition():
            return f"modifier {Modifier(subject.quality.modifier).name}"
        case LanguageCondition():
            return f"languages {_list_languages(subject)}"
        case IndexerFlagCondition():
            return f"flags {_list_flags(subject.flags)}"
        case SizeCondition():
            return f"size {'unknown' if subject.size is None else f'{subject.size / GIGABYTE:.2f} GB'}"
        case YearCondition():
            return f"year {'unknown' if subject.year is None else subject.year}"
    return condition.implementation


def _list_languages(subject: FormatSubject) -> str:
    if subject.languages is None:
        return "unknown"
    names = ", ".join(language.name for language in subject.languages) or "none"
    original = subject.original_language
    return names if original is None else f"{names} (original {original.name})"


def _list_flags(flags: IndexerFlag | None) -> str:
    if flags is None:
        return "unknown"
    return ", ".join((flag.name or "").lower().replace("_", " ") for flag in flags) or "none"
