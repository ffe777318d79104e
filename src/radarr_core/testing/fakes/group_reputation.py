"""A source of reputations that says what it was told to say."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from datetime import datetime

from attrs import define, field

from radarr_core.domain.scene_groups import Group, Reputation, Stratum
from radarr_core.ports.group_reputation import GroupReputation


@define(eq=False)
class ScriptedReputation(GroupReputation):
    """Knows exactly the given reputations.

    Args:
        known: what it answers, by group and kind of release.
        name: the configured name.
        error: raised in place of an answer, until it is taken away.
        hangs: whether it never answers.
        questions: what it was asked so far, one entry a call.
    """

    known: Mapping[tuple[Group, Stratum], Reputation] = field(factory=dict)
    _name: str = "scripted"
    error: Exception | None = None
    hangs: bool = False
    questions: list[frozenset[tuple[Group, Stratum]]] = field(factory=list, init=False)

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def find_reputations(
        self, groups: Collection[tuple[Group, Stratum]], at: datetime
    ) -> Mapping[tuple[Group, Stratum], Reputation]:
        """What it was told to say of those that are asked for."""
        self.questions.append(frozenset(groups))
        if self.hangs:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        return {question: self.known[question] for question in groups if question in self.known}
