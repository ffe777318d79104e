"""A torrent's state as the library sees it -> a download as the port speaks of it."""

from __future__ import annotations

from collections.abc import Mapping

from radarr_core.domain.downloads import DownloadItem, DownloadStatus

from .binding import Phase, TorrentState

STATUS_OF: Mapping[Phase, DownloadStatus] = {
    Phase.FETCHING_METADATA: DownloadStatus.QUEUED,
    Phase.CHECKING: DownloadStatus.QUEUED,
    Phase.DOWNLOADING: DownloadStatus.DOWNLOADING,
    Phase.FLUSHING: DownloadStatus.DOWNLOADING,
    Phase.FINISHED: DownloadStatus.COMPLETED,
}
PATIENCE = 60
"""Seconds without a single peer after which a download counts as stalled."""


def item_from_state(state: TorrentState, *, has_content: bool) -> DownloadItem:
    """The download; `has_content` says whether its file or folder is on the disk."""
    status, message = _judge(state, has_content)
    return DownloadItem(
        info_hash=state.info_hash,
        title=state.name,
        status=status,
        size=state.size,
        progress=state.progress,
        rate=state.rate,
        seed_ratio=state.uploaded / state.downloaded if state.downloaded else None,
        output_path=state.content,
        message=message,
    )


def _judge(state: TorrentState, has_content: bool) -> tuple[DownloadStatus, str | None]:
    """A disk that is full or a file that is gone is no fault of the release: a warning, never a failure."""
    if state.error is not None:
        return DownloadStatus.WARNING, f"{state.error}; it is tried again by itself"
    status = STATUS_OF[state.phase]
    if status is DownloadStatus.COMPLETED and not has_content:
        return DownloadStatus.WARNING, f"its files are missing from {str(state.content)!r}"
    needs_peers = state.phase in (Phase.FETCHING_METADATA, Phase.DOWNLOADING)
    if needs_peers and not state.peers and state.active_seconds >= PATIENCE:
        return DownloadStatus.WARNING, "stalled: nobody who has it can be reached"
    return status, None
