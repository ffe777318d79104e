"""Answers from lists of groups, with fixed intervals."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

from radarr_core.domain.custom_formats import FormatSet, FormatSubject, Quarantine
from radarr_core.domain.quality import QUALITIES, Quality
from radarr_core.domain.scene_groups import (
    EvidenceLevel,
    Group,
    Medium,
    Reputation,
    SceneGroupReputation,
    Stratum,
    find_stratum,
)
from radarr_core.ports.group_reputation import GroupReputation

from .wire import Tier

INTERVALS: Mapping[int | None, tuple[float, float]] = {
    1: (80.0, 95.0),
    2: (65.0, 85.0),
    3: (52.0, 75.0),
    None: (1.0, 15.0),
}
"""The ends of what a tier says of a score; None is a list of groups to keep away from. Judgement, not measurement."""
_MOST_REMEMBERED = 20_000
_Asked = tuple[Group, Stratum]


class TierList(GroupReputation):
    """Groups as lists sort them. Whoever stands on none is left out of the answer.

    A list is asked as the custom format it is, with the kind of release it is asked about: so a tier for remuxes says
    nothing of web releases. Where several lists name a group for one kind, the one that thinks least of it counts.

    Args:
        tiers: the lists.
        name: the configured name.
    """

    def __init__(self, tiers: Iterable[Tier], *, name: str = "tier_list") -> None:
        self._tiers = {tier.format.name: tier for tier in tiers}
        self._formats = FormatSet(tier.format for tier in self._tiers.values())
        self._known: dict[tuple[str, Stratum], tuple[Tier, ...]] = {}
        self._name = name

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def find_reputations(
        self, groups: Collection[tuple[Group, Stratum]], at: datetime
    ) -> Mapping[tuple[Group, Stratum], Reputation]:
        """What the lists say; the moment makes no difference to them."""
        new = [asked for asked in dict.fromkeys(groups) if (asked[0].key, asked[1]) not in self._known]
        found: dict[tuple[str, Stratum], tuple[Tier, ...]] = {}
        if new:
            found = await asyncio.to_thread(self._look_up, new)
            if len(self._known) + len(found) > _MOST_REMEMBERED:
                self._known.clear()
            self._known.update(found)
        answers: dict[tuple[Group, Stratum], Reputation] = {}
        for group, stratum in groups:
            key = group.key, stratum
            if tiers := found.get(key, self._known.get(key, ())):
                answers[group, stratum] = describe(group, stratum, tiers, source=self._name)
        return answers

    def _look_up(self, asked: Iterable[_Asked]) -> dict[tuple[str, Stratum], tuple[Tier, ...]]:
        run = Quarantine()
        return {(group.key, stratum): self._find_tiers(group, stratum, run) for group, stratum in asked}

    def _find_tiers(self, group: Group, stratum: Stratum, run: Quarantine) -> tuple[Tier, ...]:
        names: dict[str, None] = {}
        for quality in _list_qualities(stratum.medium, stratum.resolution):
            subject = FormatSubject(release_title="", release_group=group.name, quality=quality)
            names.update(dict.fromkeys(self._formats.match(subject, run).names))
        return tuple(self._tiers[name] for name in names)


@cache
def _list_qualities(medium: Medium, resolution: int) -> Sequence[Quality]:
    """A quality of each source and modifier that such releases may have."""
    wanted = Stratum(medium, resolution)
    found = {
        (quality.source, quality.modifier): quality.at(resolution)
        for quality in QUALITIES
        if find_stratum(quality.at(resolution)) == wanted
    }
    return tuple(found.values())


def describe(group: Group, stratum: Stratum, tiers: Sequence[Tier], *, source: str) -> SceneGroupReputation:
    """What lists say of a group together: the one that thinks least of it, and the others among the reasons."""
    ordered = sorted(tiers, key=lambda tier: INTERVALS[tier.tier])
    lower, upper = INTERVALS[ordered[0].tier]
    return SceneGroupReputation(
        group=group,
        stratum=stratum,
        score=(lower + upper) / 2,
        lower=lower,
        upper=upper,
        evidence_weight=0.0,
        evidence=EvidenceLevel.LISTED,
        is_doubtful=group.is_doubtful,
        source=source,
        reasons=tuple(f"stands in {tier}" if tier.tier else f"stands on {tier}" for tier in ordered),
    )
