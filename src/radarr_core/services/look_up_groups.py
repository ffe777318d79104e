"""Find out what is known of the makers of offers, in one question; a search never fails for want of an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from attrs import evolve

from radarr_core.domain.decisions import ReputationMode, Situation
from radarr_core.domain.decisions.reputation import find_question
from radarr_core.domain.releases import Release
from radarr_core.domain.scene_groups import Group, Stratum
from radarr_core.errors import RadarrCoreError

from .ask_reputations import ask_reputations
from .context import Context
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
    questions, deadline = await _list_questions(offers), context.timing.reputation_deadline
    try:
        signals = await _find_first_signals(context, offers)
        found = await ask_reputations(source, questions, context.clock.now(), deadline=deadline)
        return evolve(situation, first_signals=signals, reputations=found)
    except RadarrCoreError as error:
        unknown = leave_unknown(situation, error)
        _log.warning("%s", unknown.reputation_note)
        return unknown


def leave_unknown(situation: Situation, error: RadarrCoreError) -> Situation:
    """The situation with nobody's reputation, and a note why."""
    return evolve(situation, reputation_note=f"the reputations of release groups are not known now: {error}")


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
    return {keys[key]: signal for key, signal in signals.items() if _is_signal(signal)}


def _is_signal(value: object) -> bool:
    """Whether it is one; a row that was damaged could count for millions of points."""
    return isinstance(value, int | float) and -1 <= value <= 1
