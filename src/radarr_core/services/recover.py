"""Pick up what an earlier process left half done."""

from __future__ import annotations

import logging

from attrs import evolve

from radarr_core.domain.downloads import GrabState

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
        result = await resume_import(context, plan)
        if result is not None:
            results.append(result)
    async with context.storage.begin() as work:
        for grab in await work.grabs.list_in(GrabState.IMPORTING):
            await work.grabs.save(evolve(grab, state=GrabState.DOWNLOADING))
    return tuple(results)
