"""Look at what is new, and grab what is wanted."""

from __future__ import annotations

import logging

from attrs import frozen

from radarr_core.domain.decisions import DecisionTable, MovieIndex, RunKind
from radarr_core.domain.downloads import Grab
from radarr_core.domain.movies import Movie, SlotKey
from radarr_core.errors import RadarrCoreError

from .context import Context, new_correlation_id
from .grab import grab_release
from .judge_offers import gather_situation, judge_offers
from .search import IndexerFailure, ask_indexers

_log = logging.getLogger(__name__)


@frozen(kw_only=True)
class FeedReport:
    """What the feeds brought."""

    table: DecisionTable
    grabs: tuple[Grab, ...]
    failures: tuple[IndexerFailure, ...]


async def sync_feeds(context: Context) -> FeedReport:
    """Fetch every indexer's newest releases, judge them against all wanted films, and grab the best for each slot."""
    offers, failures = await ask_indexers(
        context, lambda indexer: indexer.fetch_recent() if indexer.capabilities.has_feed else _nothing()
    )
    async with context.storage.begin() as work:
        situation = await gather_situation(context, work, RunKind.FEED)
        index = MovieIndex.of(movie for movie in await work.movies.list_all() if _can_be_judged(context, movie))
    table = await judge_offers(context, offers, index, situation)
    return FeedReport(table=table, grabs=await _grab_best(context, table), failures=failures)


def _can_be_judged(context: Context, movie: Movie) -> bool:
    """A film whose profile was taken out of the configuration waits; it must not keep the others waiting."""
    unknown = [slot.profile for slot in movie.slots if slot.profile not in context.policy.profiles]
    if unknown:
        _log.warning("%s is left out: no quality profile is called %s", movie, ", ".join(map(repr, unknown)))
    return not unknown


async def _nothing() -> tuple[()]:
    return ()


async def _grab_best(context: Context, table: DecisionTable) -> tuple[Grab, ...]:
    """One release a slot: the best that can be had."""
    taken: dict[SlotKey, Grab] = {}
    for decision in table.accepted:
        if decision.target is None or decision.target in taken:
            continue
        try:
            taken[decision.target] = await grab_release(context, decision, new_correlation_id())
        except RadarrCoreError:
            continue  # the failure is stored as an event; the next best one is tried
    return tuple(taken.values())
