"""The GroupReputation port: another source's answers, their scores moved by what became of releases here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from math import tanh

from attrs import evolve

from radarr_core.domain.scene_groups import Group, ModelReport, Reputation, SceneGroupReputation, Stratum
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.ports.storage import Storage

from .model import Foretold, Verdict, learn

_Question = tuple[Group, Stratum]
_NO_TABLE = -1
_LONGEST = 200
_log = logging.getLogger(__name__)


class Learned(GroupReputation):
    """Moves scores within their intervals, where a model of outcomes foretells them better than the score alone.

    It learns once for each table of groups, off the event loop. A question waits for that; one that gives up leaves it
    going on for the next.

    Args:
        source: whose answers are moved.
        storage: where releases and tables are; opened by whoever owns it.
        name: the configured name.
    """

    def __init__(self, *, source: GroupReputation, storage: Storage, name: str = "learned") -> None:
        self._source = source
        self._storage = storage
        self._name = name
        self._number: int | None = None
        self._learning: asyncio.Task[Verdict] | None = None

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def find_reputations(self, groups: Collection[_Question], at: datetime) -> Mapping[_Question, Reputation]:
        """The other source's answers, with what the model made of them among their reasons.

        Raises:
            ServiceUnavailableError: the other source or the storage is away.
        """
        answers = await self._source.find_reputations(groups, at)
        if not answers:
            return answers
        verdict = await self._find_verdict()
        if verdict.report.at is not None and verdict.report.at > at:
            report = evolve(verdict.report, is_used=False, why=f"it learned after {at:%Y-%m-%d %H:%M} UTC")
            verdict = Verdict(report=report)
        return await asyncio.to_thread(_move_all, verdict, answers)

    async def find_model_report(self) -> ModelReport | None:
        """How well the model foretells, beside the score alone; see the port."""
        return (await self._find_verdict()).report

    async def _find_verdict(self) -> Verdict:
        async with self._storage.begin() as work:
            version = await work.group_tables.find_version()
        number = version[0] if version else _NO_TABLE
        task = self._learning
        if task is None or number != self._number or (task.done() and (task.cancelled() or task.exception())):
            self._number, task = number, asyncio.create_task(self._learn())
            self._learning = task
        return await asyncio.shield(task)

    async def _learn(self) -> Verdict:
        async with self._storage.begin() as work:
            table, observations = await work.group_tables.find_table(), await work.observations.list_all()
        try:
            return await asyncio.to_thread(learn, observations, table, source=self._name)
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the other source's answers hold
            _log.exception("%s: the model of outcomes could not learn; please report this", self._name)
            why = f"it could not learn: unexpected {type(error).__name__}: {error}"[:_LONGEST]
            return Verdict(report=ModelReport(source=self._name, at=table.at if table else None, why=why))


def _move_all(verdict: Verdict, answers: Mapping[_Question, Reputation]) -> dict[_Question, Reputation]:
    moved = dict(answers)
    known = {asked: one for asked, one in answers.items() if isinstance(one, SceneGroupReputation)}
    if verdict.model is None or verdict.knowledge is None:
        said = f"the model of outcomes here is not used: {verdict.report.why}"
        return moved | {asked: _say(one, said) for asked, one in known.items()}
    if known:
        foretold = verdict.model.compare([verdict.knowledge.describe(*asked) for asked in known])
        for (asked, one), chances in zip(known.items(), foretold, strict=True):
            moved[asked] = move(one, chances, verdict.report.why)
    return moved


def move(answer: SceneGroupReputation, chances: Foretold, why: str) -> SceneGroupReputation:
    """One answer, its score moved; its interval, and so its label and what decisions go by, stay.

    With d the logarithm of the ratio of both models' odds, the score goes the part tanh(|d| / 2) of the way to that end
    of its interval which d points to: a third of it where the odds are twice as good. So it never leaves the interval.

    Args:
        answer: the other source's.
        chances: what both models say of that group's releases.
        why: why the learned one is believed.
    """
    part, end = tanh(abs(chances.ratio) / 2), answer.upper if chances.ratio > 0 else answer.lower
    score = min(answer.upper, max(answer.lower, answer.score + part * (end - answer.score)))
    said = (
        f"by the model of outcomes {100 * chances.learned:.0f}% of such releases are kept here, by the score alone "
        f"{100 * chances.simple:.0f}%: {answer.score:.0f} becomes {score:.0f}; {why}"
    )
    unmoved = "the model of outcomes here does not tell the makers of one name apart"
    makers = tuple(_say(one, unmoved) for one in answer.namesakes)
    return evolve(answer, score=score, reasons=(*answer.reasons, said), namesakes=makers)


def _say(answer: SceneGroupReputation, reason: str) -> SceneGroupReputation:
    """The answer with one more reason, for each of two makers of the name as well."""
    makers = tuple(_say(one, reason) for one in answer.namesakes)
    return evolve(answer, reasons=(*answer.reasons, reason), namesakes=makers)
