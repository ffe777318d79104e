"""From a profile of the guides and the formats at hand to what a quality profile of this library is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from radarr_core.domain.custom_formats.formats import CustomFormat, score_of
from radarr_core.domain.languages import ANY, Language
from radarr_core.domain.quality import ProfileItem, get_quality
from radarr_core.errors import PolicyDataError

from .groups import FormatGroup
from .profiles import TrashProfile, TrashProfileItem


@frozen(kw_only=True)
class ProfileData:
    """What a quality profile with scores is made of.

    Attributes:
        items: worst first.
        cutoff: the label of the item at which quality upgrades stop.
        min_format_score: releases that score lower are rejected.
        cutoff_format_score: the score at which upgrades for a better score stop.
        min_upgrade_format_score: the smallest gain that is an upgrade.
        format_scores: by the format's name; those that score 0 included.
        scores_by_id: the same by `trash_id`.
    """

    name: str
    items: tuple[ProfileItem, ...]
    cutoff: str
    upgrade_allowed: bool = False
    min_format_score: int = 0
    cutoff_format_score: int = 0
    min_upgrade_format_score: int = 1
    format_scores: Mapping[str, int] = field(factory=dict, hash=False)
    scores_by_id: Mapping[str, int] = field(factory=dict, hash=False)
    language: Language = ANY


def default_groups(profile: TrashProfile, groups: Iterable[FormatGroup]) -> tuple[FormatGroup, ...]:
    """The groups the guides suggest to a profile."""
    return tuple(group for group in groups if group.default and profile.trash_id in group.profiles.values())


def build_profile_data(
    profile: TrashProfile,
    formats: Iterable[CustomFormat],
    *,
    groups: Iterable[FormatGroup] = (),
    chosen: Iterable[str] = (),
) -> ProfileData:
    """What the guides' profile says, with the scores of its score set.

    Args:
        profile: the guides' profile.
        formats: every format it may refer to.
        groups: the groups to take besides (`default_groups` tells which are suggested): their required and suggested
            formats.
        chosen: ids of further formats of those groups.

    Raises:
        PolicyDataError: a format it needs is not among the formats.
    """
    by_id = {each.trash_id: each for each in formats if each.trash_id is not None}
    wanted = {trash_id: name for name, trash_id in profile.formats.items()}
    extra = frozenset(chosen)
    for group in groups:
        names = {each.trash_id: each.name for each in group.formats}
        for trash_id in group.chosen(extra):
            wanted.setdefault(trash_id, names[trash_id])
    for trash_id, name in wanted.items():
        if trash_id not in by_id:
            raise PolicyDataError(f"no format has the id {trash_id!r}", file=profile.name, key=f"formatItems.{name}")
    scores = {trash_id: score_of(by_id[trash_id], profile.score_set) for trash_id in wanted}
    return ProfileData(
        name=profile.name,
        items=tuple(map(_build_item, reversed(profile.items))),
        cutoff=profile.cutoff,
        upgrade_allowed=profile.upgrade_allowed,
        min_format_score=profile.min_format_score,
        cutoff_format_score=profile.cutoff_format_score,
        min_upgrade_format_score=profile.min_upgrade_format_score,
        format_scores={by_id[trash_id].name: score for trash_id, score in scores.items()},
        scores_by_id=scores,
        language=profile.language,
    )


def _build_item(item: TrashProfileItem) -> ProfileItem:
    if not item.qualities:
        return ProfileItem(qualities=(get_quality(item.name),), allowed=item.allowed)
    return ProfileItem(qualities=tuple(reversed(item.qualities)), name=item.name, allowed=item.allowed)
