"""From offers to decisions, for a search and for feeds alike, with what else those decisions hang on and lead to."""

from __future__ import annotations

from collections.abc import Sequence

from radarr_core.domain.decisions import DecisionTable, MovieIndex, RunKind
from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import Release

from .context import Context
from .gather_situation import gather_situation
from .judge_offers import judge_offers
from .look_up_groups import look_up_groups
from .observe_releases import observe_releases
from .pending import add_waiting, settle_pending


async def decide_offers(
    context: Context, kind: RunKind, movies: Sequence[Movie], wanted: Movie | MovieIndex, offers: tuple[Release, ...]
) -> tuple[DecisionTable, tuple[str, ...]]:
    """Judge what was offered just now together with what waits, and keep what came of both.

    Args:
        context: the ports.
        kind: of run; when a person asked, nothing is left to wait or forgotten.
        movies: those that are wanted.
        wanted: the same, as `decide` takes them.
        offers: what indexers offered just now.

    Returns:
        Every decision, and what else a person should know: that reputations could not be had, for one.
    """
    situation = await gather_situation(context, kind, movies)
    waiting = situation.pending
    both = add_waiting(offers, waiting)
    situation = await look_up_groups(context, both, situation)
    table = await judge_offers(context, both, wanted, situation)
    await observe_releases(context, table, offers)
    if kind is not RunKind.INTERACTIVE:
        await settle_pending(context, table, waiting)
    return table, tuple(filter(None, (situation.reputation_note,)))
