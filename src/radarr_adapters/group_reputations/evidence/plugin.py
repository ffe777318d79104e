"""The hook, the settings and the adapter."""

from __future__ import annotations

from attrs import frozen

from radarr_core.errors import ConfigurationError
from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.group_reputation import GroupReputation


@frozen(kw_only=True)
class EvidenceSettings:
    """There is nothing to set: it answers from the storage of the pipeline."""


class EvidenceAdapter(Adapter[EvidenceSettings, GroupReputation]):
    """Knows groups by the releases this pipeline has seen, and by what became of those it grabbed."""

    name = "evidence"
    settings = EvidenceSettings
    summary = "release groups by what was seen of their work"

    @classmethod
    def create(cls, settings: EvidenceSettings, context: AdapterContext) -> GroupReputation:
        """Build the source.

        Raises:
            ConfigurationError: there is no storage to answer from.
        """
        del settings  # there is nothing to set
        from .client import EvidenceReputation

        if context.storage is None:
            raise ConfigurationError("it answers from storage, and none was given", adapter=context.name)
        return EvidenceReputation(context.storage, name=context.name)


@hookimpl
def radarr_register_group_reputations() -> list[type[EvidenceAdapter]]:
    """Offer the adapter."""
    return [EvidenceAdapter]
