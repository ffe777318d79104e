"""Look at what is new, and grab what is wanted."""

from __future__ import annotations

import logging

from attrs import frozen

from radarr_core.domain.decisions import Decision, DecisionTable, MovieIndex, RunKind
from radarr_core.domain.downloads import Grab
from radarr_core.domain.movies import Movie, SlotKey
from radarr_core.errors import RadarrCoreError

from .ask_indexers import IndexerFailure, ask_indexers
from .context import Context, new_correlation_id
from .decide_offers import decide_offers
from .grab import grab_release, is_client_away
from .pending import find_due, keep_for_later

_log = logging.getLogger(__name__)


@frozen(kw_only=True)
class FeedReport:
    """What the feeds brought.

    `notes` are what else a person should know: that reputations could not be had, for one.
    """

    table: DecisionTable
    grabs: tuple[Grab, ...]
    failures: tuple[IndexerFailure, ...]
    notes: tuple[str, ...] = ()


async def sync_feeds(context: Context) -> FeedReport:
    """Fetch every indexer's newest releases, judge them and what waits against all wanted films, and grab the best.

    One release is grabbed for each slot; what only has to wait is kept for a later look.
    """
    with_feed = [indexer for indexer in context.indexers if indexer.capabilities.has_feed]
    answers = await ask_indexers(context, with_feed, lambda indexer: indexer.fetch_recent(), RunKind.FEED)
    async with context.storage.begin() as work:
        movies = [movie for movie in await work.movies.list_all() if _can_be_judged(context, movie)]
    table, notes = await decide_offers(context, RunKind.FEED, movies, MovieIndex.of(movies), answers.offers)
    return FeedReport(table=table, grabs=await _grab_best(context, table), failures=answers.failures, notes=notes)


async def grab_what_is_due(context: Context) -> tuple[Grab, ...]:
    """Judge anew what has waited for as long as it had to, and grab the best of it; no indexer is asked."""
    due = await find_due(context)
    if not due:
        return ()
    async with context.storage.begin() as work:
        found = [await work.movies.find(movie_id) for movie_id in sorted(due)]
    movies = [movie for movie in found if movie is not None and _can_be_judged(context, movie, told=True)]
    table, _ = await decide_offers(context, RunKind.FEED, movies, MovieIndex.of(movies), ())
    return await _grab_best(context, table)


def _can_be_judged(context: Context, movie: Movie, *, told: bool = False) -> bool:
    """A film whose profile was taken out of the configuration waits; it must not keep the others waiting."""
    unknown = [slot.profile for slot in movie.slots if slot.profile not in context.policy.profiles]
    if unknown and not told:
        _log.warning("%s is left out: no quality profile is called %s", movie, ", ".join(map(repr, unknown)))
    return not unknown


async def _grab_best(context: Context, table: DecisionTable) -> tuple[Grab, ...]:
    """One release a slot: the best that can be had. Once the client is away, the rest waits for it."""
    taken: dict[SlotKey, Grab] = {}
    unsent: list[Decision] = []
    for decision in table.accepted:
        if decision.target is None or decision.target in taken:
            continue
        if unsent:
            unsent.append(decision)
            continue
        try:
            taken[decision.target] = await grab_release(context, decision, new_correlation_id())
        except RadarrCoreError as error:  # the failure is stored as an event; the next best one is tried
            if is_client_away(context, error):
                unsent.append(decision)
    if unsent:
        await keep_for_later(context, unsent)
    return tuple(taken.values())
