"""From the data of the guides to a quality profile that decisions are made by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radarr_core.domain.quality import QualityProfile, complete_items

if TYPE_CHECKING:
    from radarr_core.domain.custom_formats.trash import ProfileData


def profile_from_data(data: ProfileData) -> QualityProfile:
    """The quality profile that profile data describes; qualities it does not name are not allowed.

    Raises:
        ValueError: it contradicts itself; the message names the profile and the item.
    """
    return QualityProfile(
        name=data.name,
        items=complete_items(data.items),
        cutoff=data.cutoff,
        upgrade_allowed=data.upgrade_allowed,
        min_format_score=data.min_format_score,
        cutoff_format_score=data.cutoff_format_score,
        min_upgrade_format_score=data.min_upgrade_format_score,
        format_scores=data.format_scores,
        language=data.language,
    )
