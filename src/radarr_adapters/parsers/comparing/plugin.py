"""The hook, the settings and the adapter."""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import min_len

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.release_parser import ReleaseParser


@frozen(kw_only=True)
class ComparingSettings:
    """Whose opinions are compared.

    Attributes:
        parsers: names of parsers, at least two; the first one's reading is the answer, the others are compared with
            it.
    """

    parsers: tuple[str, ...] = field(default=("native", "guessit"), validator=min_len(2))


class ComparingAdapter(Adapter[ComparingSettings, ReleaseParser]):
    """Asks several parsers, answers with the first one's reading, and reports where the others differ."""

    name = "comparing"
    settings = ComparingSettings
    summary = "several opinions on names, and where they differ"

    @classmethod
    def create(cls, settings: ComparingSettings, context: AdapterContext) -> ReleaseParser:
        """Build the parser and those it asks."""
        from .client import ComparingParser

        return ComparingParser(tuple(map(context.create_parser, settings.parsers)), name=context.name)


@hookimpl
def radarr_register_release_parsers() -> list[type[ComparingAdapter]]:
    """Offer the adapter."""
    return [ComparingAdapter]
