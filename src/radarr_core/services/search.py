"""Ask every indexer for a film at once, and judge what they offer."""

from __future__ import annotations

from attrs import frozen

from radarr_core.domain.decisions import DecisionTable, RunKind
from radarr_core.domain.decisions.queries import find_query_titles
from radarr_core.domain.events import SearchCompleted
from radarr_core.domain.identifiers import CorrelationId
from radarr_core.domain.movies import Movie
from radarr_core.ports.indexer import MovieQuery

from .ask_indexers import IndexerFailure, ask_indexers
from .context import Context, new_correlation_id
from .decide_offers import decide_offers


@frozen(kw_only=True)
class SearchReport:
    """What a search brought.

    Attributes:
        table: what was decided of every offer, those included that waited from before.
        failures: the indexers that failed, or were left alone.
        asked: how many indexers serve the movie, those in `failures` included.
        notes: what else a person should know: that reputations could not be had, for one.
    """

    correlation_id: CorrelationId
    table: DecisionTable
    failures: tuple[IndexerFailure, ...] = ()
    asked: int = 0
    notes: tuple[str, ...] = ()


async def search_movie(context: Context, movie: Movie, *, kind: RunKind = RunKind.SEARCH) -> SearchReport:
    """Search the indexers that serve a movie at once, decide on every offer, and remember that it was done.

    An indexer that fails or is too slow is named in the report; it never spoils the others' answers. What only has to
    wait is kept, for a movie that was added, unless a person asked: a later look grabs it.
    """
    correlation_id = new_correlation_id()
    query = MovieQuery(
        titles=find_query_titles(movie, context.policy), year=movie.year, imdb_id=movie.imdb_id, tmdb_id=movie.tmdb_id
    )
    serving = [indexer for indexer in context.indexers if not indexer.tags or indexer.tags & movie.tags]
    answers = await ask_indexers(context, serving, lambda indexer: indexer.search(query), kind)
    table, notes = await decide_offers(context, kind, (movie,), movie, answers.offers)
    async with context.storage.begin() as work:
        await work.events.append(
            SearchCompleted(
                at=context.clock.now(),
                correlation_id=correlation_id,
                movie_id=movie.id,
                offers=len(answers.offers),
                acceptable=len(table.accepted),
                failed_indexers=tuple((failure.indexer, failure.reason) for failure in answers.failures),
            )
        )
    return SearchReport(
        correlation_id=correlation_id,
        table=table,
        failures=answers.failures,
        asked=len(answers.asked),
        notes=notes,
    )
