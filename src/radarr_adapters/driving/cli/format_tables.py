"""Custom formats for people: which ones match, by what they were known, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from radarr_core.domain.custom_formats.conditions import TextCondition
from radarr_core.domain.custom_formats.explaining import ConditionExplanation, FormatExplanation
from radarr_core.domain.decisions.rules.quality import FormatScore

from .explaining import Explanation
from .judging import Judge
from .rendering import make_table, paragraph
from .text import plain


def render_formats(explanation: Explanation, judge: Judge) -> Iterator[RenderableType]:
    """The table of formats, and what their sum means to the profile."""
    if not judge.folder.formats:
        yield paragraph("no custom formats were given", "dim")
        return
    yield paragraph(_summarise(explanation, judge))
    if not any(judge.read.data.format_scores.values()):
        yield paragraph(f"the profile {judge.name} gives no format a score; --profile names another one", "yellow")
    scored = [each for each in explanation.formats if each.score]
    if scored:
        table = make_table("format", ">score", "score set", "known by")
        for each in scored:
            table.add_row(plain(each.name), _show_score(each), plain(each.score_set or "-"), _list_reasons(each))
        yield table
    yield from _list_unscored(explanation.formats)
    for pattern in explanation.offenders:
        yield paragraph(f"took too long, so nobody can tell: {pattern}", "yellow")
    yield from (paragraph(line) for line in describe_bounds(explanation, judge))


def _summarise(explanation: Explanation, judge: Judge) -> str:
    count = sum(each.matches is True for each in explanation.formats)
    scored = f"by the score set {judge.read.score_set or 'default'}"
    names = judge.read.groups
    groups = f", with the group{'s' * (len(names) > 1)} {', '.join(names)}" if names else ""
    of = f"{count} of {len(judge.folder.formats)} custom formats match{'es' if count == 1 else ''}"
    return f"{of}, together {explanation.score} {scored}{groups}"


def _list_unscored(formats: tuple[FormatExplanation, ...]) -> Iterator[RenderableType]:
    """Those that change nothing, by name alone."""
    for label, matches in (("match without a score", True), ("undecided, without a score", None)):
        names = [each.name for each in formats if not each.score and each.matches is matches]
        if names:
            yield paragraph(f"{label}: {', '.join(names)}", "dim")


def _show_score(each: FormatExplanation) -> Text:
    if each.matches is None:
        return Text(f"? {each.score:+d}", style="yellow")
    return Text(f"{each.score:+d}", style="green" if each.score > 0 else "red")


def _list_reasons(each: FormatExplanation) -> Group:
    """A line for each condition that holds or that nobody can answer, but one for all that were just not found."""
    lines, absent = [], []
    for condition in each.conditions:
        if condition.holds and condition.condition.negate and isinstance(condition.condition, TextCondition):
            absent.append(condition.condition.name)
        elif condition.holds is not False:
            lines.append(_describe(condition))
    if absent:
        lines.append(plain(f"✓ not found: {', '.join(absent)}"))
    return Group(*lines)


def _describe(condition: ConditionExplanation) -> Text:
    place = ""
    if condition.name_span is not None:
        place = f" at {condition.name_span.start}-{condition.name_span.end}"
    negated = ", negated" if condition.condition.negate else ""
    words = f"{condition.condition.name}{negated}: {condition.fact}{place}"
    return plain(f"? {words}", "yellow") if condition.holds is None else plain(f"✓ {words}")


def _describe_minimum(explanation: Explanation, is_reached: bool) -> str:
    if is_reached:
        return "reached"
    is_sure = any(verdict.rule == FormatScore().name for verdict in explanation.decision.rejections)
    return "not reached, so the release is rejected" if is_sure else "not reached, as far as anybody can tell"


def describe_bounds(explanation: Explanation, judge: Judge) -> Iterator[str]:
    """What the profile's least score, cutoff and increment say of the sum."""
    data, score = judge.read.data, explanation.score
    if explanation.decision.format_score is None:
        yield "the release is judged for no film, so the score counts for nothing"
        return
    yield f"minimum {data.min_format_score}: {_describe_minimum(explanation, score >= data.min_format_score)}"
    if not data.upgrade_allowed:
        yield f"cutoff {data.cutoff_format_score}: without meaning, since the profile does not upgrade"
        return
    if score >= data.cutoff_format_score:
        yield f"cutoff {data.cutoff_format_score}: reached, so no better score is worth an upgrade of it"
    else:
        yield f"cutoff {data.cutoff_format_score}: not reached, so a better score is worth an upgrade of it"
    yield f"increment {data.min_upgrade_format_score}: how much better that score has to be"
