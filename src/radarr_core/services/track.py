"""Follow what was grabbed: look at the client, note what changed, and import what is finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import define, field, frozen

from radarr_core.domain.downloads import BlockCause, DownloadItem, DownloadStatus, Grab, GrabState
from radarr_core.domain.identifiers import InfoHash

from .context import Context
from .grab import confirm_grab
from .guard import ask
from .import_download import fail_download


@frozen(kw_only=True)
class TrackedDownload:
    """A grab beside what its client says of it; `item` is None when the client does not know it (any more)."""

    grab: Grab
    item: DownloadItem | None = None

    @property
    def is_finished(self) -> bool:
        """Whether its files are in place and wait to be imported."""
        return self.item is not None and self.item.status is DownloadStatus.COMPLETED


@define
class Absences:
    """Since when downloads have been missing from their client; a client that just started may list none yet."""

    since: dict[InfoHash, datetime] = field(factory=dict)

    def seconds(self, info_hash: InfoHash, now: datetime) -> float:
        """How long the download has been missing, counting from the first look that missed it."""
        return (now - self.since.setdefault(info_hash, now)).total_seconds()

    def clear(self, info_hash: InfoHash) -> None:
        """The download was seen."""
        self.since.pop(info_hash, None)


async def track_downloads(context: Context, absences: Absences) -> tuple[TrackedDownload, ...]:
    """Every active grab with its download as it stands now.

    A download that failed, or has been gone for longer than the grace, becomes a failed grab and its release is
    blocked. A client that does not answer changes nothing.

    Raises:
        RadarrCoreError: the client did not answer.
    """
    async with context.storage.begin() as work:
        grabs = await work.grabs.list_in(GrabState.REQUESTED, GrabState.DOWNLOADING, GrabState.WAITING)
    client = context.download_client
    items = await ask(client.name, client.find_downloads({grab.info_hash for grab in grabs}))
    return tuple([await _follow(context, grab, items, absences) for grab in grabs])


async def _follow(
    context: Context, grab: Grab, items: Mapping[InfoHash, DownloadItem], absences: Absences
) -> TrackedDownload:
    item = items.get(grab.info_hash)
    if item is None:
        return TrackedDownload(grab=await _miss(context, grab, absences))
    absences.clear(grab.info_hash)
    if grab.state is GrabState.REQUESTED:
        grab = await confirm_grab(context, grab)
    if item.status is DownloadStatus.FAILED:
        reason = item.message or f"{grab.client} reports that it failed"
        return TrackedDownload(grab=await fail_download(context, grab, reason), item=item)
    return TrackedDownload(grab=grab, item=item)


async def _miss(context: Context, grab: Grab, absences: Absences) -> Grab:
    missing = absences.seconds(grab.info_hash, context.clock.now())
    if missing < context.timing.vanish_grace:
        return grab
    absences.clear(grab.info_hash)
    if grab.state is GrabState.REQUESTED:
        # The process ended before the client heard of it: the release is as good as it was.
        return await fail_download(context, grab, f"it never reached {grab.client}", block=False)
    reason = f"{grab.client} has not known it for {missing:.0f} s; was it removed there?"
    return await fail_download(context, grab, reason, cause=BlockCause.VANISHED)
