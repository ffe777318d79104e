"""From what is wanted to the requests an indexer understands; the order in which they are tried."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from radarr_core.ports.indexer import MovieQuery

from .capabilities import Capabilities

Params = Mapping[str, str]

_REMOVED = re.compile(r"['.`´‘’]")  # the field drops these inside words, where it replaces other signs by a gap
_GAP = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"\Athe\s+", re.IGNORECASE)


def plan_search(query: MovieQuery, capabilities: Capabilities) -> Sequence[Sequence[Params]]:
    """Tiers of requests: by id, then by title and year. A later tier is for when the earlier ones brought nothing."""
    tiers = (_by_id(query, capabilities), _by_title(query, capabilities))
    return [tier for tier in tiers if tier]


def plan_feed(capabilities: Capabilities) -> Params | None:
    """The request for what is new; None when the indexer has neither kind of search."""
    if capabilities.movie_search.params:
        return {"t": "movie"}
    return {"t": "search"} if capabilities.search.params else None


def _by_id(query: MovieQuery, capabilities: Capabilities) -> list[Params]:
    """Both ids in one request where the indexer lists what it supports; else one, since it may not know both."""
    known = {"tmdbid": query.tmdb_id and str(query.tmdb_id), "imdbid": query.imdb_id and query.imdb_id.value[2:]}
    params = capabilities.movie_search.params
    ids = {name: value for name, value in known.items() if value and name in params}
    if len(ids) > 1 and not capabilities.movie_search.declares_params:
        ids = dict(list(ids.items())[:1])
    return [{"t": "movie", **ids}] if ids else []


def _by_title(query: MovieQuery, capabilities: Capabilities) -> list[Params]:
    functions = (("search", capabilities.search), ("movie", capabilities.movie_search))
    found = next(((name, function) for name, function in functions if "q" in function.params), None)
    if found is None:
        return []
    name, function = found
    titles = query.titles if function.wants_raw_titles else [words_of(title) for title in query.titles]
    texts = dict.fromkeys(f"{title} {query.year}" for title in titles if title)
    return [{"t": name, "q": text} for text in texts]


def words_of(title: str) -> str:
    """A title as search engines take it: no leading article, no accents, words with one blank between."""
    text = _REMOVED.sub("", _ARTICLE.sub("", title.strip()).replace("&", " and "))
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _GAP.sub(" ", unicodedata.normalize("NFC", plain)).strip()
