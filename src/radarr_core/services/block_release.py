"""Never take a release again."""

from __future__ import annotations

from datetime import datetime

from radarr_core.domain.downloads import BlockCause, BlockedRelease
from radarr_core.domain.movies import SlotKey
from radarr_core.domain.releases import Release
from radarr_core.ports.storage import UnitOfWork


async def block_release(
    work: UnitOfWork, target: SlotKey, offer: Release, cause: BlockCause, reason: str, now: datetime
) -> None:
    """Block a release for one slot, within the unit of work that stores why."""
    await work.blocks.save(
        BlockedRelease(
            target=target,
            identity=offer.identity,
            title=offer.title,
            cause=cause,
            reason=reason,
            blocked_at=now,
            offer=offer,
        )
    )
