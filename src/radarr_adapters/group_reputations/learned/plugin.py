"""The hook, the settings and the adapter."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from attrs import field, frozen

from radarr_core.errors import ConfigurationError
from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.group_reputation import GroupReputation

_LIBRARY = "sklearn"


def _make_evidence_table() -> Mapping[str, Any]:
    return {"adapter": "evidence"}


@frozen(kw_only=True)
class LearnedSettings:
    """Whose answers are moved.

    Attributes:
        source: the table of another source: its adapter and that adapter's settings.
    """

    source: Mapping[str, Any] = field(factory=_make_evidence_table)


class LearnedAdapter(Adapter[LearnedSettings, GroupReputation]):
    """Learns from what became of releases here, and moves another source's scores if that foretells better."""

    name = "learned"
    settings = LearnedSettings
    extra = "learned"
    summary = "another source, moved by what became of releases here"

    @classmethod
    def create(cls, settings: LearnedSettings, context: AdapterContext) -> GroupReputation:
        """Build the source; the library is loaded when there is something to learn from, since that takes a second.

        Raises:
            ConfigurationError: there is no storage to learn from.
            ImportError: the library is not installed.
        """
        if find_spec(_LIBRARY) is None:
            raise ModuleNotFoundError(f"No module named {_LIBRARY!r}", name=_LIBRARY)
        from .client import Learned

        if context.storage is None:
            raise ConfigurationError("it learns from storage, and none was given", adapter=context.name)
        source = context.create_group_reputation(settings.source, "source")
        return Learned(source=source, storage=context.storage, name=context.name)


@hookimpl
def radarr_register_group_reputations() -> list[type[LearnedAdapter]]:
    """Offer the adapter."""
    return [LearnedAdapter]
