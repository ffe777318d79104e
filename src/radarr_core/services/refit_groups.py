"""Judge all release groups anew by everything that was seen, and put the table in force."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from radarr_core.domain.scene_groups import GroupTable, Observation, SharedEvidence, add_shared, fit, measure_all
from radarr_core.domain.scene_groups.settings import DEFAULT_MODEL_SETTINGS
from radarr_core.errors import RadarrCoreError

from .context import Context
from .observe_outcomes import observe_outcomes

_log = logging.getLogger(__name__)

ENOUGH_NEW = 500
"""So many new releases are worth a fit at once."""
EVERY = timedelta(days=1)
"""How often there is a fit where there were fewer, but some."""
KEPT_MEMORIES = 4
"""Releases are forgotten that were not seen for so many times the model's memory: they say less than 2 % by then."""
_DAYS_A_YEAR = 365.25
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything was seen."""


async def refit_groups(context: Context) -> GroupTable:
    """Fit all groups to everything that was seen or shared, off the event loop, and publish the table.

    Until that is done the table before stays in force; so it does when anything goes wrong. What was not seen for
    four times the model's memory, sixteen years, is forgotten afterwards.

    Raises:
        RadarrCoreError: storage did not answer.
    """
    await observe_outcomes(context)
    now = context.clock.now()
    async with context.storage.begin() as work:
        observations, shared = await work.observations.list_all(), await work.shared_evidence.list_all()
    table = await asyncio.to_thread(_fit, observations, shared, now)
    memory = timedelta(days=KEPT_MEMORIES * DEFAULT_MODEL_SETTINGS.memory_years * _DAYS_A_YEAR)
    async with context.storage.begin() as work:
        number = await work.group_tables.publish(table)
        forgotten = 0 if _is_clock_off(observations, now - memory) else await work.observations.prune(now - memory)
    _log.info("release groups: table %d of %d releases, %d forgotten", number, len(observations), forgotten)
    return table


def _is_clock_off(observations: Sequence[Observation], before: datetime) -> bool:
    """Whether most releases would be forgotten at once; then rather the clock is wrong, and nothing is."""
    old = sum(one.seen_at < before for one in observations)
    if 2 * old <= len(observations):
        return False
    _log.warning(
        "%d of %d releases seem to be older than %s, so nothing is forgotten; is the clock right?",
        old,
        len(observations),
        f"{before:%Y-%m-%d}",
    )
    return True


def _fit(observations: tuple[Observation, ...], shared: tuple[SharedEvidence, ...], now: datetime) -> GroupTable:
    """One's own evidence and that of others add up; without others' it is the fit of what was seen."""
    own = measure_all(observations, at=now)
    return fit(add_shared(own, {one.name: one.summary.sums for one in shared}), at=now)


async def refit_when_due(context: Context) -> GroupTable | None:
    """Fit when 500 releases are new, or a day has passed and any is; None when not, or when it failed, which is logged.

    Where nobody looks at makers, nothing is read and nothing done.
    """
    if not context.judges_groups:
        return None
    try:
        return await refit_groups(context) if await _is_due(context) else None
    except RadarrCoreError as error:
        _log.warning("release groups could not be judged anew, the last table stays in force: %s", error)
    except Exception:  # noqa: BLE001 - whatever is wrong with one observation must not end the pipeline
        _log.exception("release groups could not be judged anew, the last table stays in force; please report this")
    return None


async def _is_due(context: Context) -> bool:
    async with context.storage.begin() as work:
        version = await work.group_tables.find_version()
        last = version[1] if version else None
        new = await work.observations.count_since(last or BEGINNING)
    if last is not None and last > context.clock.now():
        return True  # it was judged by a clock that was ahead, and its table answers nobody until then
    return new >= ENOUGH_NEW or (new > 0 and (last is None or context.clock.now() - last >= EVERY))
