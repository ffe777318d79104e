"""Find out what is known of the makers of offers, in one question; a search never fails for want of an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence

from attrs import evolve

from radarr_core.domain.decisions import ReputationMode, Situation
from radarr_core.domain.decisions.reputation import Reputations, find_question
from radarr_core.domain.releases import Release
from radarr_core.domain.scene_groups import Group, SceneGroupReputation, Stratum, UnknownReputation
from radarr_core.errors import BugError, RadarrCoreError, ServiceUnavailableError
from radarr_core.ports.group_reputation import GroupReputation

from .context import Context
from .guard import ask
from .judge_offers import BATCH, find_claim
from .observe_releases import find_key

_log = logging.getLogger(__name__)
_Question = tuple[Group, Stratum]


async def look_up_groups(context: Context, offers: Sequence[Release], situation: Situation) -> Situation:
    """The situation with what is known of the groups of those offers; as it was, where nobody is to be asked.

    A source that fails, hangs or answers nonsense leaves a note, and everybody unknown.
    """
    source = context.group_reputation
    if source is None or not context.judges_groups:
        return situation
    situation = evolve(situation, first_signals=await _find_first_signals(context, offers))
    questions = await _list_questions(offers)
    try:
        return evolve(situation, reputations=await _ask(context, source, questions))
    except RadarrCoreError as error:
        _log.warning("the reputations of release groups are not known now: %s", error)
        return evolve(situation, reputation_note=f"the reputations of release groups are not known now: {error}")


async def _ask(context: Context, source: GroupReputation, questions: Collection[_Question]) -> Reputations:
    if not questions:
        return {}
    deadline = context.timing.reputation_deadline
    try:
        async with asyncio.timeout(deadline):
            answers = await ask(source.name, source.find_reputations(questions, context.clock.now()))
    except TimeoutError:
        raise ServiceUnavailableError(f"no answer within {deadline:g} s", adapter=source.name) from None
    return _check(source.name, questions, answers)


def _check(source: str, questions: Collection[_Question], answers: object) -> Reputations:
    """What was answered of what was asked; annotations do not keep strangers from other things."""
    if not isinstance(answers, Mapping):
        raise BugError(f"it answered a {type(answers).__name__}, no mapping; please report this", adapter=source)
    found = {question: answers[question] for question in questions if question in answers}
    for answer in found.values():
        if not isinstance(answer, SceneGroupReputation | UnknownReputation):
            fault = f"it answered a {type(answer).__name__}, no reputation; please report this"
            raise BugError(fault, adapter=source)
    return found


async def _list_questions(offers: Sequence[Release]) -> frozenset[_Question]:
    questions: set[_Question] = set()
    for start in range(0, len(offers), BATCH):
        questions |= await asyncio.to_thread(_question_batch, offers[start : start + BATCH])
    return frozenset(questions)


def _question_batch(offers: Sequence[Release]) -> set[_Question]:
    claims = (find_claim(offer.title) for offer in offers)
    return {question for claim in claims if claim is not None and (question := find_question(claim)) is not None}


async def _find_first_signals(context: Context, offers: Sequence[Release]) -> dict[str, float]:
    """What the makers of offers were held for when these were first seen, where points go by it."""
    if context.policy.reputation.mode is not ReputationMode.POINTS:
        return {}
    keys = {find_key(offer): offer.identity for offer in offers}
    async with context.storage.begin() as work:
        signals = await work.observations.find_signals(tuple(keys))
    return {keys[key]: signal for key, signal in signals.items()}
