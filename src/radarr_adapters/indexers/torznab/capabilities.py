"""What a Torznab indexer says it can do (`t=caps`)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from attrs import frozen

from .xml import children, descendants, parse_count

DEFAULT_PAGE = 100
_DEFAULT_MOVIE_PARAMS = ("q", "imdbid", "imdbtitle", "imdbyear")


@frozen(kw_only=True)
class SearchFunction:
    """One function of an indexer.

    Attributes:
        params: what it can be asked by; empty when it is not there at all.
        declares_params: whether the indexer said so itself.
        engine: what searches there, `raw` for one that takes titles as they are.
    """

    params: frozenset[str] = frozenset()
    declares_params: bool = False
    engine: str = "sphinx"

    @property
    def wants_raw_titles(self) -> bool:
        """Whether titles are to be sent as they are."""
        return self.engine == "raw"


@frozen(kw_only=True)
class Capabilities:
    """The part of a caps answer that searches are made by; the defaults are for an answer that says nothing."""

    server: str | None = None
    default_page: int = DEFAULT_PAGE
    max_page: int = DEFAULT_PAGE
    search: SearchFunction = SearchFunction(params=frozenset({"q"}))
    movie_search: SearchFunction = SearchFunction(params=frozenset(_DEFAULT_MOVIE_PARAMS))
    categories: frozenset[int] = frozenset()

    @property
    def page_size(self) -> int:
        """How many items to ask for at once."""
        return max(1, min(DEFAULT_PAGE, max(self.default_page, self.max_page)))


def read_capabilities(root: Element) -> Capabilities:
    """The capabilities a caps document declares; what it leaves out has the field's usual value."""
    limits = next(descendants(root, "limits"), None)
    server = next(descendants(root, "server"), None)
    return Capabilities(
        server=None if server is None else server.get("title") or server.get("name"),
        default_page=_number(limits, "default"),
        max_page=_number(limits, "max"),
        search=_function(root, "search", ("q",)),
        movie_search=_function(root, "movie-search", _DEFAULT_MOVIE_PARAMS),
        categories=frozenset(
            number
            for kind in ("category", "subcat")
            for element in descendants(root, kind)
            if (number := parse_count(element.get("id"))) is not None
        ),
    )


def _number(element: Element | None, name: str) -> int:
    return (None if element is None else parse_count(element.get(name))) or DEFAULT_PAGE


def _function(root: Element, name: str, usual: tuple[str, ...]) -> SearchFunction:
    searching = next(descendants(root, "searching"), None)
    element = None if searching is None else next(children(searching, name), None)
    if element is None:
        return SearchFunction(params=frozenset(usual) if searching is None else frozenset())
    if element.get("available", "yes").lower() != "yes":
        return SearchFunction()
    declared = element.get("supportedParams")
    params = usual if declared is None else tuple(part.strip().lower() for part in declared.split(","))
    return SearchFunction(
        params=frozenset(part for part in params if part),
        declares_params=declared is not None,
        engine=element.get("searchEngine", "sphinx"),
    )
