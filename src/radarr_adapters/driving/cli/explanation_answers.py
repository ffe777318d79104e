"""Explanations as the published JSON Schemas have them, written out field by field."""

from __future__ import annotations

from typing import Any

from radarr_core.domain.custom_formats.conditions import TextCondition
from radarr_core.domain.custom_formats.explaining import ConditionExplanation, FormatExplanation
from radarr_core.domain.opinions import Comparison
from radarr_core.domain.quality import Revision
from radarr_core.domain.releases import AudioClaim, Span

from . import answers
from .explaining import Explanation, Rivalry
from .judging import Judge


def describe_explanation(explanation: Explanation, judge: Judge) -> dict[str, Any]:
    """One name, read and judged."""
    facts = explanation.facts
    return {
        "name": facts.original,
        "kind": facts.kind.value,
        "kind_reason": facts.reason,
        "claim": answers.describe_claim(facts),
        "spans": answers.describe_spans(facts),
        "decision": answers.describe_decision(explanation.decision),
        "formats": _describe_formats(explanation, judge) if judge.folder.formats else None,
        "second_opinion": _describe_opinion(explanation.opinion) if explanation.opinion else None,
    }


def describe_judge(judge: Judge) -> dict[str, Any]:
    """The profile that was judged by, and where it came from."""
    return {
        "profile": judge.name,
        "profile_file": str(judge.read.file) if judge.read.file else None,
        "format_folder": str(judge.folder.folder) if judge.folder.folder else None,
        "format_groups": list(judge.read.groups),
        "configuration": str(judge.configuration) if judge.configuration else None,
    }


def describe_rivalry(rivalry: Rivalry) -> dict[str, Any]:
    """Which of two names goes first, and why."""
    difference = rivalry.difference
    return {
        "winner": rivalry.winner,
        "reason": rivalry.reason,
        "ranked_first": rivalry.ranked_first,
        "criterion": difference.criterion if difference else None,
        "figures": [difference.winner, difference.loser] if difference else None,
    }


def _describe_formats(explanation: Explanation, judge: Judge) -> dict[str, Any]:
    data, score = judge.read.data, explanation.score
    return {
        "score": score,
        "score_set": judge.read.score_set or "default",
        "minimum": data.min_format_score,
        "reaches_minimum": score >= data.min_format_score,
        "upgrade_allowed": data.upgrade_allowed,
        "cutoff": data.cutoff_format_score,
        "reaches_cutoff": score >= data.cutoff_format_score,
        "increment": data.min_upgrade_format_score,
        "matching": [_describe_format(each) for each in explanation.formats if each.matches],
        "undecided": [_describe_format(each) for each in explanation.formats if each.matches is None],
        "slow_patterns": list(explanation.offenders),
    }


def _describe_format(each: FormatExplanation) -> dict[str, Any]:
    return {
        "name": each.name,
        "trash_id": each.format.trash_id,
        "score": each.score,
        "score_set": each.score_set,
        "conditions": [_describe_condition(condition) for condition in each.conditions],
    }


def _describe_condition(explained: ConditionExplanation) -> dict[str, Any]:
    condition = explained.condition
    return {
        "name": condition.name,
        "type": condition.implementation,
        "negate": condition.negate,
        "required": condition.required,
        "pattern": condition.pattern if isinstance(condition, TextCondition) else None,
        "holds": explained.holds,
        "fact": explained.fact,
        "place": explained.place,
        "span": _describe_span(explained.span),
        "text": explained.text,
        "name_span": _describe_span(explained.name_span),
    }


def _describe_span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _describe_opinion(comparison: Comparison) -> dict[str, Any]:
    return {
        "parser": comparison.opinions[-1].parser,
        "refusal": comparison.opinions[-1].refusal,
        "disagreements": [
            {"field": found.field, "readings": {who: show_reading(value) for who, value in found.readings.items()}}
            for found in comparison.disagreements
        ],
    }


def show_reading(value: object) -> str:
    """A reading as people write it."""
    if isinstance(value, tuple):
        return ", ".join(map(show_reading, value))
    if isinstance(value, AudioClaim):
        return " ".join(str(part) for part in (value.codec, value.channels, "Atmos" if value.atmos else None) if part)
    if isinstance(value, Revision):
        return f"version {value.version}" + (f", real {value.real}" if value.real else "")
    return str(value)
