"""What every source of reputations promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime

import pytest

from radarr_core.domain.scene_groups import Group, Medium, SceneGroupReputation, Stratum, UnknownReputation
from radarr_core.errors import ServiceUnavailableError
from radarr_core.ports.group_reputation import GroupReputation

NOW = datetime(2025, 9, 1, tzinfo=UTC)
"""The moment the suite asks for."""
_NOBODY = Group("NobodyEverSawThisGroup")
_KIND = Stratum(Medium.WEB, 1080)


class GroupReputationHarness(ABC):
    """Brings up the source under test."""

    @abstractmethod
    async def create(self) -> GroupReputation:
        """A source, ready to be asked, that knows what `known` names at the suite's moment, 2025-09-01."""

    @property
    @abstractmethod
    def known(self) -> tuple[tuple[Group, Stratum], ...]:
        """At least two groups of which the source knows something, each with a kind of release."""

    async def break_down(self) -> bool:
        """Take away what the source answers from; False where there is nothing that could go."""
        return False


class GroupReputationContract:
    """Subclass it and give it a fixture `harness` that is a `GroupReputationHarness`."""

    async def test_has_a_name(self, harness: GroupReputationHarness) -> None:
        """Reports can say who knows that."""
        assert (await harness.create()).name.strip()

    async def test_tells_what_is_known(self, harness: GroupReputationHarness) -> None:
        """Each answer is filed under what was asked, with an interval that holds its score."""
        source = await harness.create()
        answers = await source.find_reputations(harness.known, NOW)
        assert set(answers) == set(harness.known)
        assert len(answers) >= 2
        for (group, _), answer in answers.items():
            assert isinstance(answer, SceneGroupReputation)
            assert 0 <= answer.lower <= answer.score <= answer.upper <= 100
            assert -1 <= answer.signal <= 1
            assert answer.group == group
            assert answer.source.strip()

    async def test_a_name_nobody_knows_is_unknown(self, harness: GroupReputationHarness) -> None:
        """It is left out or said to be unknown, beside those that are known; it never raises and moves nothing."""
        source = await harness.create()
        answers = await source.find_reputations([*harness.known, (_NOBODY, _KIND)], NOW)
        answer = answers.get((_NOBODY, _KIND))
        assert answer is None or isinstance(answer, UnknownReputation)
        assert set(harness.known) <= set(answers)

    async def test_nobody_asked_for_is_nobody_told_of(self, harness: GroupReputationHarness) -> None:
        """An empty question has an empty answer, and one about one group is about that one."""
        source = await harness.create()
        assert dict(await source.find_reputations([], NOW)) == {}
        assert set(await source.find_reputations(harness.known[:1], NOW)) == set(harness.known[:1])

    async def test_the_same_question_has_the_same_answer(self, harness: GroupReputationHarness) -> None:
        """However often it is put, alone or with others, and in whatever letters the name is written."""
        source, (group, stratum) = await harness.create(), harness.known[0]
        spelt = [(Group(name), stratum) for name in (group.name, group.name.upper(), group.name.lower())]
        together = await source.find_reputations([*harness.known, *spelt], NOW)
        alone = await source.find_reputations(spelt, NOW)
        assert {str(answers[one]) for answers in (together, alone) for one in spelt} == {str(together[group, stratum])}

    async def test_what_was_learned_is_told(self, harness: GroupReputationHarness) -> None:
        """A source that learns says how well and why it is used or not; any other one says that it does not learn."""
        report = await (await harness.create()).find_model_report()
        if report is None:
            return
        assert report.why.strip()
        assert 0 <= report.bad <= report.labelled
        assert report.is_used <= (report.learned_score is not None)

    async def test_tells_when_what_it_answers_from_is_away(self, harness: GroupReputationHarness) -> None:
        """By the one error that says so, so that a search goes on without."""
        source = await harness.create()
        if not await harness.break_down():
            pytest.skip("the harness says that nothing can be away")
        with pytest.raises(ServiceUnavailableError):
            await source.find_reputations(harness.known, NOW)
