"""What the reputation of a release's makers does to its decision: nothing, a tie-break, points, or a gate."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen
from attrs.validators import ge, le

from radarr_core.domain.releases import IndexerKind, ParsedRelease

if TYPE_CHECKING:  # imported on first use: nothing of it is needed until somebody asks for reputations
    from radarr_core.domain.scene_groups import Group, Reputation, Stratum

MOST_POINTS = 100
"""What reputation may add to a format score, or take from it, at most."""


class ReputationMode(StrEnum):
    """What reputations may do."""

    OFF = "off"
    TIE_BREAK = "tie-break"
    POINTS = "points"
    GATE = "gate"


@frozen(kw_only=True)
class ReputationSettings:
    """How reputations count.

    Attributes:
        mode: TIE_BREAK compares them after the format score; POINTS adds them to it; GATE rejects groups that are
            established as poor; OFF leaves them aside.
        points: what the best reputation adds to a format score and the worst takes from it, 0 to 100. It matters in
            the mode POINTS alone.
    """

    mode: ReputationMode = ReputationMode.TIE_BREAK
    points: int = field(default=50, validator=[ge(0), le(MOST_POINTS)])

    def find_points(self, signal: float | None) -> int | None:
        """What a signal is worth; None where nobody knows it, or it does not count as points."""
        if signal is None or self.mode is not ReputationMode.POINTS:
            return None
        return round(self.points * signal)


DEFAULT_REPUTATION_SETTINGS = ReputationSettings()

Reputations = Mapping["tuple[Group, Stratum]", "Reputation"]
"""What is known of groups, each for one kind of release."""


def find_question(claim: ParsedRelease) -> tuple[Group, Stratum] | None:
    """Whose work of which kind a release is; None where its name does not say, or nobody compares its kind."""
    from radarr_core.domain.scene_groups import find_group, find_stratum

    group = find_group(claim.release_group)
    stratum = find_stratum(claim.quality, claim.hdr) if group else None
    return None if group is None or stratum is None else (group.group, stratum)


def find_reputation(claim: ParsedRelease, reputations: Reputations, kind: IndexerKind | None = None) -> Reputation:
    """What is known of a release's makers. A name that may be a parser's mistake moves nothing.

    Args:
        claim: what its name says.
        reputations: what is known of the groups of all offers.
        kind: that of the indexer that offers it; it tells two makers of one name apart.
    """
    from radarr_core.domain.scene_groups import SceneGroupReputation, UnknownReputation, find_group, find_stratum

    named = find_group(claim.release_group, film_title=claim.title)
    if named is None:
        return UnknownReputation(group=None, why="it names no group")
    stratum = find_stratum(claim.quality, claim.hdr)
    if stratum is None:
        return UnknownReputation(group=None, why="nobody compares releases of its kind")
    found = reputations.get((named.group, stratum))
    if found is None:
        return UnknownReputation(group=named.group, stratum=stratum, why="no source knows it")
    if not isinstance(found, SceneGroupReputation):
        return found
    found = found.of_kind(kind)
    return evolve(found, is_doubtful=True) if named.is_doubtful else found
