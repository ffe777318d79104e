"""Pick up what an earlier process left half done."""

from __future__ import annotations

import logging

from attrs import evolve

from radarr_core.domain.downloads import GrabState
from radarr_core.errors import RadarrCoreError, StorageBusyError

from .context import Context
from .import_download import ImportResult, resume_import

_log = logging.getLogger(__name__)


async def recover(context: Context) -> tuple[ImportResult, ...]:
    """Carry out plans that were written down but not finished, and let interrupted imports start anew."""
    async with context.storage.begin() as work:
        plans = await work.plans.list_unfinished()
    results: list[ImportResult] = []
    for plan in plans:
        _log.info("resuming plan %s: %s", plan.id, plan.reason)
        try:
            result = await resume_import(context, plan)
        except StorageBusyError:
            raise
        except RadarrCoreError:
            _log.exception("plan %s could not be resumed; it is tried again at the next start", plan.id)
            continue
        if result is not None:
            results.append(result)
    async with context.storage.begin() as work:
        left = {plan.target for plan in await work.plans.list_unfinished()}
        for grab in await work.grabs.list_in(GrabState.IMPORTING):
            if grab.target in left:
                continue
            await work.grabs.save(evolve(grab, state=GrabState.DOWNLOADING))
    return tuple(results)
