"""Ask indexers all at once, leave those alone that failed lately, and remember how each fared."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from attrs import frozen

from radarr_core.domain.decisions import RunKind
from radarr_core.domain.indexer_health import BUSY_PAUSE, LADDER, START_UP, IndexerHealth
from radarr_core.domain.releases import Release
from radarr_core.errors import (
    BadTorrentError,
    BugError,
    RadarrCoreError,
    RateLimitedError,
    ReleaseGoneError,
    RetryLaterError,
    ServiceUnavailableError,
    UnreachableError,
)
from radarr_core.ports.indexer import Indexer

from .context import Context

_log = logging.getLogger(__name__)
AskOne = Callable[[Indexer], Awaitable[tuple[Release, ...]]]


@frozen(kw_only=True)
class IndexerFailure:
    """An indexer that could not answer, or was not asked because it failed lately, and why."""

    indexer: str
    reason: str


@frozen(kw_only=True)
class Answers:
    """What indexers answered. `asked` are those that would have been, had none failed lately."""

    offers: tuple[Release, ...] = ()
    failures: tuple[IndexerFailure, ...] = ()
    asked: tuple[str, ...] = ()


@frozen(kw_only=True)
class Outcome:
    """How one question to an indexer ended: with an error, or well."""

    indexer: str
    asked_at: datetime
    error: RadarrCoreError | None = None
    offers: tuple[Release, ...] = ()


async def ask_indexers(context: Context, indexers: Iterable[Indexer], ask: AskOne, kind: RunKind) -> Answers:
    """Ask indexers at the same time, each within the deadline; the slowest one sets the pace, not their sum.

    Those that failed lately are left alone, unless a person asks: who waits for an answer is told how things are now.
    But an indexer that asked for patience itself is given it even then.
    """
    chosen = tuple(indexers)
    spared = await _find_spared(context, chosen, kind)
    failures = [_explain_pause(health) for health in spared.values()]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_ask_one(context, one, ask)) for one in chosen if one.name not in spared]
    outcomes = [task.result() for task in tasks]
    await note_outcomes(context, outcomes)
    failures += [IndexerFailure(indexer=one.indexer, reason=str(one.error)) for one in outcomes if one.error]
    return Answers(
        offers=tuple(offer for one in outcomes for offer in one.offers),
        failures=tuple(failures),
        asked=tuple(one.name for one in chosen),
    )


async def _find_spared(context: Context, indexers: tuple[Indexer, ...], kind: RunKind) -> dict[str, IndexerHealth]:
    names, now = {indexer.name for indexer in indexers}, context.clock.now()
    async with context.storage.begin() as work:
        known = await work.indexers.list_all()
    return {
        health.indexer: health
        for health in known
        if health.indexer in names
        and health.is_left_alone(now)
        and (kind is not RunKind.INTERACTIVE or health.is_on_request)
    }


def _explain_pause(health: IndexerHealth) -> IndexerFailure:
    reason = f"left alone until {health.left_alone_until:%Y-%m-%d %H:%M} UTC, since it failed: {health.reason}"
    return IndexerFailure(indexer=health.indexer, reason=f"{health.indexer}: {reason}")


async def _ask_one(context: Context, indexer: Indexer, ask: AskOne) -> Outcome:
    error: RadarrCoreError
    asked_at = context.clock.now()
    try:
        async with asyncio.timeout(context.timing.search_deadline):
            return Outcome(indexer=indexer.name, asked_at=asked_at, offers=await ask(indexer))
    except RadarrCoreError as its:
        error = its
    except TimeoutError:
        message = f"no answer within {context.timing.search_deadline:g} s"
        error = ServiceUnavailableError(message, adapter=indexer.name)
    except Exception as its:  # noqa: BLE001 - a stranger's adapter may raise anything
        _log.exception("indexer %s broke its contract", indexer.name)
        error = BugError(f"unexpected {type(its).__name__}: {its}; please report this", adapter=indexer.name)
    _log.info("search failed at one indexer: %s", error)
    return Outcome(indexer=indexer.name, asked_at=asked_at, error=error)


# -- remembering -------------------------------------------------------------------------------------------------------


def is_its_fault(error: RadarrCoreError) -> bool:
    """Whether an error says something of the indexer, and not of one release it offers."""
    return not isinstance(error, ReleaseGoneError | BadTorrentError)


async def note_outcomes(context: Context, outcomes: Iterable[Outcome]) -> None:
    """Remember how indexers fared: a failure lengthens the pause for which they are left alone, a success ends it."""
    async with context.storage.begin() as work:
        known = {health.indexer: health for health in await work.indexers.list_all()}
        for outcome in outcomes:
            before = known.get(outcome.indexer, IndexerHealth(indexer=outcome.indexer))
            after = _update(context, before, outcome)
            if after != before:
                known[outcome.indexer] = after
                await work.indexers.save(after)


def _update(context: Context, health: IndexerHealth, outcome: Outcome) -> IndexerHealth:
    error, now = outcome.error, context.clock.now()
    if error is None:
        return health.succeeded()
    return health.failed(
        str(error),
        asked_at=outcome.asked_at,
        now=now,
        pause=_find_pause(error),
        climbs=not isinstance(error, UnreachableError),
        is_starting=now - context.began < START_UP,
    )


def _find_pause(error: RadarrCoreError) -> timedelta | None:
    """For how long the indexer itself wants to be left alone, a day at most; None when it did not ask for that."""
    if not isinstance(error, RetryLaterError):
        return None
    if error.retry_after is not None and error.retry_after >= 0:
        return timedelta(seconds=min(error.retry_after, LADDER[-1].total_seconds()))
    return BUSY_PAUSE if isinstance(error, RateLimitedError) else None
