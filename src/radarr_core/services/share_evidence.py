"""Hand on what was counted of release groups, take in what others counted, and forget it again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from attrs import frozen

from radarr_core.domain.scene_groups import EvidenceSummary, EvidenceSums, SharedEvidence, measure_all
from radarr_core.errors import SharedEvidenceError
from radarr_core.ports.storage import UnitOfWork

from .context import Context

_CLOCK_SLACK = timedelta(days=1)


@frozen(kw_only=True)
class TakenIn:
    """Evidence that was taken in, and what it took the place of.

    Attributes:
        replaced: an older summary of the same name; None where there was none.
    """

    shared: SharedEvidence
    replaced: SharedEvidence | None = None


async def count_own_evidence(context: Context) -> EvidenceSums:
    """The evidence this installation gathered by itself, without that of others."""
    async with context.storage.begin() as work:
        seen = await work.observations.list_all()
    return await asyncio.to_thread(measure_all, seen, at=context.clock.now())


async def summarise_evidence(context: Context, made_by: str) -> EvidenceSummary:
    """What this installation gathered by itself, to be handed on. What others shared is not in it.

    Args:
        context: where it is kept.
        made_by: who hands it on, in their own words.

    Raises:
        SharedEvidenceError: there is no evidence yet, or the name is none.
    """
    sums = await count_own_evidence(context)
    return EvidenceSummary(made_by=made_by, made_at=context.clock.now(), sums=sums)


async def list_shared_evidence(context: Context) -> tuple[SharedEvidence, ...]:
    """What others shared, in the order of the names it has here."""
    async with context.storage.begin() as work:
        return await work.shared_evidence.list_all()


async def take_in_evidence(context: Context, summary: EvidenceSummary, name: str | None = None) -> TakenIn:
    """Keep what somebody counted, apart from one's own; it counts from the next fit on.

    A newer summary of a name takes the place of the older one, whose releases are in it again.

    Args:
        context: where it is kept.
        summary: what they counted.
        name: what it is called here; what its maker calls themselves, by default.

    Raises:
        SharedEvidenceError: it was taken in before, under whatever name, is this installation's own, is older than
            what is there under that name, or was made in the future. Nothing is changed then.
    """
    now = context.clock.now()
    if summary.made_at > now + _CLOCK_SLACK:
        raise SharedEvidenceError(f"it was made at {summary.made_at.isoformat()}, which is yet to come", key="made_at")
    own = await count_own_evidence(context)
    if own.cells == summary.sums.cells:
        raise SharedEvidenceError("this is the evidence of this very installation, which counts already")
    shared = SharedEvidence(name=summary.made_by if name is None else name, taken_at=now, summary=summary)
    async with context.storage.begin() as work:
        replaced = await _find_replaced(work, shared)
        await work.shared_evidence.save(shared)
    return TakenIn(shared=shared, replaced=replaced)


async def _find_replaced(work: UnitOfWork, shared: SharedEvidence) -> SharedEvidence | None:
    replaced = None
    for known in await work.shared_evidence.list_all():
        if known.summary.sums.cells == shared.summary.sums.cells:
            raise SharedEvidenceError(f"this evidence was taken in before, as {known.name!r}, and counts once")
        if known.name == shared.name:
            replaced = known
    if replaced is not None and replaced.summary.made_at >= shared.summary.made_at:
        raise SharedEvidenceError(
            f"{shared.name!r} has newer evidence here, of {replaced.summary.made_at.isoformat()}; give this one another"
            " name if it is somebody else's"
        )
    return replaced


async def forget_evidence(context: Context, name: str) -> SharedEvidence:
    """Forget what somebody shared, as if it had never been taken in; from the next fit on it does not count.

    Raises:
        SharedEvidenceError: there is nothing of that name; the message lists the names.
    """
    async with context.storage.begin() as work:
        known = {shared.name: shared for shared in await work.shared_evidence.list_all()}
        if name not in known:
            names = ", ".join(map(repr, known)) or "none"
            raise SharedEvidenceError(f"nothing was taken in as {name!r}; known are {names}")
        await work.shared_evidence.remove(name)
    return known[name]
