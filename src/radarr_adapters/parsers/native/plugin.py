"""The hook and the adapter; it has no settings and needs nothing."""

from __future__ import annotations

from attrs import frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.release_parser import ReleaseParser


@frozen(kw_only=True)
class NativeSettings:
    """Nothing to set."""


class NativeAdapter(Adapter[NativeSettings, ReleaseParser]):
    """What `parse_release` reads."""

    name = "native"
    settings = NativeSettings
    summary = "the library's own reading of names"

    @classmethod
    def create(cls, settings: NativeSettings, context: AdapterContext) -> ReleaseParser:  # noqa: ARG003
        """Build the parser."""
        from .client import NativeParser

        return NativeParser(context.name)


@hookimpl
def radarr_register_release_parsers() -> list[type[NativeAdapter]]:
    """Offer the adapter."""
    return [NativeAdapter]
