"""The hook and the adapter; imports without guessit."""

from __future__ import annotations

from attrs import frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.release_parser import ReleaseParser


@frozen(kw_only=True)
class GuessitSettings:
    """Nothing to set."""


class GuessitAdapter(Adapter[GuessitSettings, ReleaseParser]):
    """What guessit reads: slower by two orders of magnitude, and of another school."""

    name = "guessit"
    settings = GuessitSettings
    extra = "guessit"
    summary = "a second opinion on names"

    @classmethod
    def create(cls, settings: GuessitSettings, context: AdapterContext) -> ReleaseParser:  # noqa: ARG003
        """Build the parser."""
        from .client import Guessit

        return Guessit(context.name)


@hookimpl
def radarr_register_release_parsers() -> list[type[GuessitAdapter]]:
    """Offer the adapter."""
    return [GuessitAdapter]
