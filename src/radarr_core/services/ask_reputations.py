"""Ask a source of reputations, whoever wrote it: within a time, and believing nothing that is no reputation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Collection, Mapping
from datetime import datetime
from typing import TypeVar

from radarr_core.domain.scene_groups import Group, ModelReport, Reputation, Stratum
from radarr_core.domain.scene_groups.reputation import find_fault
from radarr_core.errors import BugError, ServiceUnavailableError
from radarr_core.ports.group_reputation import GroupReputation

from .guard import ask

T = TypeVar("T")
_Question = tuple[Group, Stratum]


async def ask_reputations(
    source: GroupReputation, questions: Collection[_Question], at: datetime, *, deadline: float
) -> Mapping[_Question, Reputation]:
    """What was answered of what was asked.

    Args:
        source: who is asked.
        questions: whose work of which kind.
        at: the moment it is asked for; aware.
        deadline: the seconds to wait.

    Raises:
        RadarrCoreError: what the source says.
        ServiceUnavailableError: it did not answer in time.
        BugError: it raised anything else, or what it answered is no mapping to reputations.
    """
    if not questions:
        return {}
    answers = await _wait(source, source.find_reputations(questions, at), deadline)

    async def check() -> Mapping[_Question, Reputation]:
        return _check(source.name, questions, answers)

    return await ask(source.name, check())  # a stranger's mapping may raise anything, too


async def ask_model_report(source: GroupReputation, *, deadline: float) -> ModelReport | None:
    """How well what a source learned foretells; None where it learns nothing.

    Raises:
        RadarrCoreError: what the source says.
        ServiceUnavailableError: it did not answer in time.
        BugError: it raised anything else, or answered something else.
    """
    report: object = await _wait(source, source.find_model_report(), deadline)
    if report is not None and not isinstance(report, ModelReport):
        raise BugError(f"it answered a {type(report).__name__}, no report; please report this", adapter=source.name)
    return report


async def _wait(source: GroupReputation, answer: Awaitable[T], deadline: float) -> T:
    try:
        async with asyncio.timeout(deadline):
            return await ask(source.name, answer)
    except TimeoutError:
        raise ServiceUnavailableError(f"no answer within {deadline:g} s", adapter=source.name) from None


def _check(
    source: str, questions: Collection[_Question], answers: Mapping[_Question, Reputation]
) -> Mapping[_Question, Reputation]:
    """Annotations do not keep strangers from other things."""
    if not isinstance(answers, Mapping):
        raise BugError(f"it answered a {type(answers).__name__}, no mapping; please report this", adapter=source)
    found = {question: answers[question] for question in questions if question in answers}
    for (group, _), answer in found.items():
        fault = find_fault(answer)
        if fault is not None:
            raise BugError(f"what it answered of {group.name!r} {fault}; please report this", adapter=source)
    return found
