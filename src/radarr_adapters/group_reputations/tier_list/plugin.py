"""The hook, the settings and the adapter."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.group_reputation import GroupReputation


@frozen(kw_only=True)
class TierListSettings:
    """Which lists are believed.

    Attributes:
        path: a folder of JSON files, or one file: custom formats as the guides publish them and Radarr exports them.
            Files that list no groups are passed over.
        families: the names of the lists to go by, without their tier, as in "HD Bluray" or "German Web". None are the
            guides' lists for all languages: HD Bluray, UHD Bluray, Remux, WEB, LQ and Bad Dual Groups.
    """

    path: Path
    families: tuple[str, ...] = ()


class TierListAdapter(Adapter[TierListSettings, GroupReputation]):
    """What lists of groups say, with fixed intervals; the lists are read once, when it is built."""

    name = "tier_list"
    settings = TierListSettings
    extra = "formats"
    summary = "groups as people sorted them into tiers, from files of custom formats"

    @classmethod
    def create(cls, settings: TierListSettings, context: AdapterContext) -> GroupReputation:
        """Read the lists.

        Raises:
            ConfigurationError: a file cannot be read or is no custom format, or no list of that name is there.
        """
        import regex  # noqa: F401 - patterns of the guides need it; said when it is missing now, not at the first search

        from .client import TierList
        from .wire import read_tiers

        return TierList(read_tiers(settings.path, settings.families), name=context.name)


@hookimpl
def radarr_register_group_reputations() -> list[type[TierListAdapter]]:
    """Offer the adapter."""
    return [TierListAdapter]
