"""Torznab as a plugin: its settings and how it is built."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlsplit

from attrs import Attribute, field, frozen, validators

from radarr_adapters.transport.addresses import is_web_address, show_address
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.releases import IndexerFlag, IndexerKind
from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.indexer import Indexer
from radarr_core.settings import Secret

MOVIE_CATEGORIES = (2000, 2010, 2020, 2030, 2040, 2045, 2050, 2060)


_FLAGS = {(flag.name or "").lower(): flag for flag in IndexerFlag}


def _check_flags(instance: object, attribute: Attribute[tuple[str, ...]], value: tuple[str, ...]) -> None:
    for name in value:
        if name not in _FLAGS:
            raise ValueError(f"{attribute.name}: no flag is called {name!r}; known are {', '.join(_FLAGS)}")


def _check_languages(instance: object, attribute: Attribute[tuple[str, ...]], value: tuple[str, ...]) -> None:
    for name in value:
        if find_language(name) is None:
            raise ValueError(f"{attribute.name}: no language is called {name!r}")


def _check_url(instance: object, attribute: Attribute[str], value: str) -> None:
    if not is_web_address(value):
        shown = show_address(value)
        raise ValueError(f"{attribute.name} is an address with http:// or https:// and a host, not {shown!r}")
    parts = urlsplit(value)
    if parts.query or parts.fragment:
        raise ValueError(f"{attribute.name} ends before the question mark; the key goes into api_key")


def _show(url: Any) -> str:
    return repr(show_address(url))


@frozen(kw_only=True)
class TorznabSettings:
    """How to reach a Torznab indexer.

    Attributes:
        url: its base, `http://host:9696/1`, or the whole address up to and including the path of the API.
        api_path: put after `url` unless that ends with it already; empty when `url` is whole.
        api_key: sent as `apikey`.
        categories: what is searched in, by Newznab number.
        priority: 1 to 50; the lower wins ties between equal releases.
        minimum_seeders: what this indexer's offers need to be worth a try.
        tags: the movies it is for; empty for all.
        required_flags: of these at least one is needed for its offers to be taken.
        multi_languages: what MULTI in a name stands for here, by the languages' names.
        kind: `public` or `private`, who may see the indexer, where its feed does not say so of an offer.
        timeout: seconds any call may take, all its requests together.
    """

    url: str = field(validator=_check_url, repr=_show)
    api_path: str = "/api"
    api_key: Secret | None = None
    categories: tuple[int, ...] = field(default=MOVIE_CATEGORIES, validator=validators.min_len(1))
    priority: int = field(default=25, validator=[validators.ge(1), validators.le(50)])
    minimum_seeders: int = field(default=1, validator=validators.ge(0))
    tags: frozenset[str] = frozenset()
    required_flags: tuple[str, ...] = field(default=(), validator=_check_flags)
    multi_languages: tuple[str, ...] = field(default=(), validator=_check_languages)
    kind: IndexerKind | None = None
    timeout: float = field(default=60.0, validator=validators.gt(0))

    @property
    def flags(self) -> IndexerFlag:
        """The required flags as one value."""
        return reduce(or_, (_FLAGS[name] for name in self.required_flags), IndexerFlag.NONE)

    @property
    def multi(self) -> tuple[Language, ...]:
        """The languages MULTI stands for."""
        return tuple(language for name in self.multi_languages if (language := find_language(name)))

    @property
    def endpoint(self) -> str:
        """The address requests go to."""
        path = self.api_path.strip("/")
        base = self.url if not path else self.url.rstrip("/")
        return base if not path or base.endswith(f"/{path}") else f"{base}/{path}"


class TorznabAdapter(Adapter[TorznabSettings, Indexer]):
    """Offers what a Torznab indexer has."""

    name = "torznab"
    settings = TorznabSettings
    extra = "torznab"
    summary = "Torznab indexers, as Prowlarr and Jackett provide them"

    @classmethod
    def create(cls, settings: TorznabSettings, context: AdapterContext) -> Indexer:
        """Build the indexer; nothing is asked yet."""
        from .client import Torznab

        return Torznab(settings, context)


@hookimpl
def radarr_register_indexers() -> Iterable[type[Adapter[Any, Indexer]]]:
    """The one adapter of this plugin."""
    return [TorznabAdapter]
