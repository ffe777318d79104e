"""The hook, the settings and the adapter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.group_reputation import GroupReputation


def _make_evidence_table() -> Mapping[str, Any]:
    return {"adapter": "evidence"}


@frozen(kw_only=True)
class BlendSettings:
    """What is blended.

    Attributes:
        tiers: the table of a source that answers from lists: its adapter and that adapter's settings.
        evidence: likewise of one that answers from evidence.
    """

    tiers: Mapping[str, Any]
    evidence: Mapping[str, Any] = field(factory=_make_evidence_table)


class BlendAdapter(Adapter[BlendSettings, GroupReputation]):
    """Evidence with a list's tier for its prior: the tier fades as evidence comes in."""

    name = "blend"
    settings = BlendSettings
    summary = "evidence that starts from the tier a list gives"

    @classmethod
    def create(cls, settings: BlendSettings, context: AdapterContext) -> GroupReputation:
        """Build both sources and what blends them."""
        from .client import Blend

        return Blend(
            tiers=context.create_group_reputation(settings.tiers, "tiers"),
            evidence=context.create_group_reputation(settings.evidence, "evidence"),
            name=context.name,
        )


@hookimpl
def radarr_register_group_reputations() -> list[type[BlendAdapter]]:
    """Offer the adapter."""
    return [BlendAdapter]
