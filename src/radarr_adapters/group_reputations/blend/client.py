"""Shifts what was expected of a group before any evidence to what a list says of it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from datetime import datetime
from statistics import NormalDist

from attrs import evolve

from radarr_core.domain.scene_groups import EvidenceLevel, Group, ModelReport, Reputation, SceneGroupReputation, Stratum
from radarr_core.ports.group_reputation import GroupReputation

_NORMAL = NormalDist()
_REACH = _NORMAL.inv_cdf(0.95)
_EDGE = 1e-12


class Blend(GroupReputation):
    """Evidence with a tier's midpoint for its prior mean. The prior keeps its weight, that of kappa releases.

    So a tier alone says what to expect, and with the prior's own doubt: it moves nothing until evidence agrees, and
    fades as evidence comes in. Groups on no list are answered by evidence as it is. Whoever wants a tier to count by
    itself, with its narrow interval, asks for a chain instead.

    Args:
        tiers: says what lists say.
        evidence: says what evidence says.
        name: the configured name.
    """

    def __init__(self, *, tiers: GroupReputation, evidence: GroupReputation, name: str = "blend") -> None:
        self._tiers = tiers
        self._evidence = evidence
        self._name = name

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def find_reputations(
        self, groups: Collection[tuple[Group, Stratum]], at: datetime
    ) -> Mapping[tuple[Group, Stratum], Reputation]:
        """Both sources' answers as one.

        Raises:
            ServiceUnavailableError: one of them is away.
        """
        listed, seen = await asyncio.gather(
            self._tiers.find_reputations(groups, at), self._evidence.find_reputations(groups, at)
        )
        answers: dict[tuple[Group, Stratum], Reputation] = {**seen}
        for asked, tier in listed.items():
            if isinstance(tier, SceneGroupReputation):
                answers[asked] = blend(tier, seen.get(asked), source=self._name)
        return answers

    async def find_model_report(self) -> ModelReport | None:
        """That of the evidence; lists learn nothing."""
        return await self._evidence.find_model_report()


def blend(tier: SceneGroupReputation, seen: Reputation | None, *, source: str) -> SceneGroupReputation:
    """A group's reputation when its prior mean is the middle of its tier instead of the typical group.

    In standard deviations of groups the prior has variance 1. Evidence leaves a variance v of it, and so v of the
    prior's mean: the new mean is the old one + v times the shift.

    Args:
        tier: what a list says.
        seen: what evidence says; without any the prior itself is the answer.
        source: who says so.
    """
    shift = _place((tier.lower + tier.upper) / 2)
    if not isinstance(seen, SceneGroupReputation):
        seen = evolve(tier, score=50.0, lower=_scale(-_REACH), upper=_scale(_REACH), reasons=("no evidence of it yet",))
    mean, deviation = _read_normal(seen)
    mean += min(1.0, deviation * deviation) * shift
    is_thin = seen.evidence is EvidenceLevel.INSUFFICIENT
    return evolve(
        seen,
        score=_scale(mean),
        lower=_scale(mean - _REACH * deviation),
        upper=_scale(mean + _REACH * deviation),
        evidence=EvidenceLevel.LISTED if is_thin else seen.evidence,
        is_doubtful=seen.is_doubtful or tier.is_doubtful,
        source=source,
        reasons=(
            *tier.reasons,
            f"{seen.score:.0f} by evidence, {100 * _NORMAL.cdf(shift):.0f} by the list",
            *seen.reasons,
        ),
        namesakes=tuple(blend(tier, one, source=source) for one in seen.namesakes),
    )


def _read_normal(reputation: SceneGroupReputation) -> tuple[float, float]:
    """Mean and standard deviation behind a score; from that end of the interval which lies farther from the edge."""
    mean = _place(reputation.score)
    if reputation.score < 50:
        return mean, max(0.0, _place(reputation.upper) - mean) / _REACH
    return mean, max(0.0, mean - _place(reputation.lower)) / _REACH


def _place(score: float) -> float:
    return _NORMAL.inv_cdf(min(1 - _EDGE, max(_EDGE, score / 100)))


def _scale(place: float) -> float:
    return 100 * _NORMAL.cdf(place)
