"""Asks one source after the other, each for what those before it did not know."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from radarr_core.domain.scene_groups import EvidenceLevel, Group, ModelReport, Reputation, SceneGroupReputation, Stratum
from radarr_core.domain.scene_groups.reputation import find_fault
from radarr_core.errors import BugError, RadarrCoreError
from radarr_core.ports.group_reputation import GroupReputation

_log = logging.getLogger(__name__)
_Question = tuple[Group, Stratum]


class Chain(GroupReputation):
    """Believes the first source that knows something of a group.

    Too little evidence is no knowledge yet: then the next source is asked, and only if none of them knows more it is
    the answer. A source that fails is passed over; when all of them fail, so does the chain.

    Args:
        sources: in the order in which they are believed.
        name: the configured name.
    """

    def __init__(self, sources: Sequence[GroupReputation], *, name: str = "chain") -> None:
        self._sources = tuple(sources)
        self._name = name

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def find_reputations(
        self, groups: Collection[tuple[Group, Stratum]], at: datetime
    ) -> Mapping[tuple[Group, Stratum], Reputation]:
        """What the first of them says that knows something.

        Raises:
            RadarrCoreError: every source that was asked failed; it is the last one's error.
        """
        answers: dict[tuple[Group, Stratum], Reputation] = {}
        wanted = dict.fromkeys(groups)
        failure, has_answered = None, False
        for source in self._sources:
            asked = [one for one in wanted if not _knows(answers.get(one))]
            if not asked:
                break
            try:
                found = await _ask(source, asked, at)
            except RadarrCoreError as error:
                _log.warning("%s: the source %r is passed over: %s", self._name, source.name, error)
                failure = error
                continue
            has_answered = True
            for one, said in found.items():
                if one not in answers or _says_more(said, answers[one]):
                    answers[one] = said
        if failure is not None and not has_answered:
            raise failure
        return answers

    async def find_model_report(self) -> ModelReport | None:
        """That of the first source that learns."""
        for source in self._sources:
            if (report := await source.find_model_report()) is not None:
                return report
        return None


async def _ask(source: GroupReputation, asked: Sequence[_Question], at: datetime) -> dict[_Question, Reputation]:
    """What a source says; whatever a stranger's one raises or answers instead is a fault of that source alone."""
    try:
        answers = await source.find_reputations(asked, at)
        found = {one: answers[one] for one in asked if one in answers}
        faults = [fault for said in found.values() if (fault := find_fault(said)) is not None]
    except RadarrCoreError:
        raise
    except Exception as error:
        fault = f"unexpected {type(error).__name__}: {error}; please report this"
        raise BugError(fault, adapter=source.name) from error
    if faults:
        raise BugError(f"what it answered {faults[0]}; please report this", adapter=source.name)
    return found


def _knows(answer: Reputation | None) -> bool:
    return isinstance(answer, SceneGroupReputation) and answer.evidence is not EvidenceLevel.INSUFFICIENT


def _says_more(answer: Reputation, before: Reputation) -> bool:
    """Whether it takes the place of an answer that is no knowledge: figures, of however little, before none."""
    return _knows(answer) or (isinstance(answer, SceneGroupReputation) and not isinstance(before, SceneGroupReputation))
