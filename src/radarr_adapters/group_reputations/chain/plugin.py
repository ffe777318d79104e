"""The hook, the settings and the adapter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.group_reputation import GroupReputation


@frozen(kw_only=True)
class ChainSettings:
    """Who is asked.

    Attributes:
        sources: tables as a single source has them, each with its adapter and that adapter's settings; the first that
            knows something of a group is believed.
    """

    sources: tuple[Mapping[str, Any], ...]

    def __attrs_post_init__(self) -> None:
        """Refuse a chain of nothing."""
        if not self.sources:
            raise ValueError("sources: expected at least one table with an adapter, not an empty list")


class ChainAdapter(Adapter[ChainSettings, GroupReputation]):
    """Asks sources in the user's order; the first that knows a group is believed."""

    name = "chain"
    settings = ChainSettings
    summary = "several sources of reputations, the first that knows a group is believed"

    @classmethod
    def create(cls, settings: ChainSettings, context: AdapterContext) -> GroupReputation:
        """Build the sources and what asks them."""
        from .client import Chain

        sources = [
            context.create_group_reputation(table, f"sources[{place}]") for place, table in enumerate(settings.sources)
        ]
        return Chain(sources, name=context.name)


@hookimpl
def radarr_register_group_reputations() -> list[type[ChainAdapter]]:
    """Offer the adapter."""
    return [ChainAdapter]
