"""Tell notifiers what happened: each event at least once, in order, from where each left off."""

from __future__ import annotations

import logging

from radarr_core.domain.events import NotificationFailed, StoredEvent
from radarr_core.errors import RadarrCoreError, RetryLaterError
from radarr_core.ports.notifier import Notifier

from .context import Context

_log = logging.getLogger(__name__)
_LONGEST_WAIT = 60.0


async def register_notifiers(context: Context) -> None:
    """Let notifiers that were never seen before start with what happens from now on, not with all of history."""
    async with context.storage.begin() as work:
        last = await work.events.last_sequence()
        for notifier in context.notifiers:
            if await work.events.find_cursor(_reader(notifier)) is None:
                await work.events.move_cursor(_reader(notifier), last)


async def deliver_notifications(context: Context) -> None:
    """Tell every notifier of all events it was not told of yet.

    A notifier that keeps failing is given up on for that event, which is noted; the next event is tried afresh.
    """
    for notifier in context.notifiers:
        await _catch_up(context, notifier)


async def _catch_up(context: Context, notifier: Notifier) -> None:
    reader = _reader(notifier)
    while True:
        async with context.storage.begin() as work:
            cursor = await work.events.find_cursor(reader) or 0
            pending = await work.events.list_after(cursor)
        if not pending:
            return
        for stored in pending:
            # Telling notifiers that notifiers failed would never end.
            failure = None if isinstance(stored.event, NotificationFailed) else await _tell(context, notifier, stored)
            await _note(context, notifier, stored, failure)


async def _tell(context: Context, notifier: Notifier, stored: StoredEvent) -> str | None:
    """Try a few times; the reason when it did not work."""
    reason = "never tried"
    for attempt in range(context.timing.notify_attempts):
        try:
            await notifier.notify(stored)
        except RetryLaterError as error:
            reason = str(error)
            if attempt + 1 < context.timing.notify_attempts:
                await context.clock.sleep(min(error.retry_after or 2.0**attempt, _LONGEST_WAIT))
        except RadarrCoreError as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - a stranger's adapter may raise anything
            _log.exception("notifier %s broke its contract", notifier.name)
            return f"{notifier.name}: unexpected {type(error).__name__}: {error}"
        else:
            return None
    return reason


async def _note(context: Context, notifier: Notifier, stored: StoredEvent, failure: str | None) -> None:
    async with context.storage.begin() as work:
        await work.events.move_cursor(_reader(notifier), stored.sequence)
        if failure is not None:
            _log.warning("notification failed: %s", failure)
            await work.events.append(
                NotificationFailed(
                    at=context.clock.now(),
                    correlation_id=stored.event.correlation_id,
                    movie_id=stored.event.movie_id,
                    notifier=notifier.name,
                    about=type(stored.event).__name__,
                    reason=failure,
                )
            )


def _reader(notifier: Notifier) -> str:
    return f"notifier:{notifier.name}"
