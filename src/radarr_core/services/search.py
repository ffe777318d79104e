"""Ask every indexer for a film at once, and judge what they offer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from attrs import frozen

from radarr_core.domain.decisions import DecisionTable, RunKind
from radarr_core.domain.events import SearchCompleted
from radarr_core.domain.identifiers import CorrelationId
from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import Release
from radarr_core.errors import RadarrCoreError
from radarr_core.ports.indexer import Indexer, MovieQuery

from .context import Context, new_correlation_id
from .judge_offers import gather_situation, judge_offers

_log = logging.getLogger(__name__)


@frozen(kw_only=True)
class IndexerFailure:
    """An indexer that could not answer, and why; the others' answers still count."""

    indexer: str
    reason: str


@frozen(kw_only=True)
class SearchReport:
    """What a search brought."""

    correlation_id: CorrelationId
    table: DecisionTable
    failures: tuple[IndexerFailure, ...] = ()


async def search_movie(context: Context, movie: Movie, *, kind: RunKind = RunKind.SEARCH) -> SearchReport:
    """Search all indexers at once, decide on every offer, and remember that it was done.

    An indexer that fails or is too slow is named in the report; it never spoils the others' answers.
    """
    correlation_id = new_correlation_id()
    query = MovieQuery(
        titles=(movie.title, *movie.other_titles), year=movie.year, imdb_id=movie.imdb_id, tmdb_id=movie.tmdb_id
    )
    offers, failures = await ask_indexers(context, lambda indexer: indexer.search(query))
    async with context.storage.begin() as work:
        situation = await gather_situation(context, work, kind)
    table = await judge_offers(context, offers, movie, situation)
    async with context.storage.begin() as work:
        await work.events.append(
            SearchCompleted(
                at=context.clock.now(),
                correlation_id=correlation_id,
                movie_id=movie.id,
                offers=len(offers),
                acceptable=len(table.accepted),
                failed_indexers=tuple((failure.indexer, failure.reason) for failure in failures),
            )
        )
    return SearchReport(correlation_id=correlation_id, table=table, failures=failures)


async def ask_indexers(
    context: Context, ask: Callable[[Indexer], Awaitable[tuple[Release, ...]]]
) -> tuple[tuple[Release, ...], tuple[IndexerFailure, ...]]:
    """Ask all indexers at the same time, each within the deadline; the slowest one sets the pace, not their sum."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_ask_one(context, indexer, ask)) for indexer in context.indexers]
    offers: list[Release] = []
    failures: list[IndexerFailure] = []
    for task in tasks:
        answer = task.result()
        if isinstance(answer, IndexerFailure):
            failures.append(answer)
        else:
            offers.extend(answer)
    return tuple(offers), tuple(failures)


async def _ask_one(
    context: Context, indexer: Indexer, ask: Callable[[Indexer], Awaitable[tuple[Release, ...]]]
) -> tuple[Release, ...] | IndexerFailure:
    try:
        async with asyncio.timeout(context.timing.search_deadline):
            return await ask(indexer)
    except RadarrCoreError as error:
        reason = str(error)
    except TimeoutError:
        reason = f"{indexer.name}: no answer within {context.timing.search_deadline:g} s"
    except Exception as error:  # noqa: BLE001 - a stranger's adapter may raise anything
        _log.exception("indexer %s broke its contract", indexer.name)
        reason = f"{indexer.name}: unexpected {type(error).__name__}: {error}; please report this"
    _log.info("search failed at one indexer: %s", reason)
    return IndexerFailure(indexer=indexer.name, reason=reason)
