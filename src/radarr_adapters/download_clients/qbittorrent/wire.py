"""An entry of qBittorrent's torrent list -> a download as the port speaks of it.

Protocol: https://github.com/qbittorrent/qBittorrent/wiki/WebUI-API-(qBittorrent-5.0)#get-torrent-list
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from radarr_core.domain.downloads import DownloadItem, DownloadStatus
from radarr_core.domain.identifiers import InfoHash

_LARGEST = 2**63 - 1
ToLocal = Callable[[str], PurePath]

STATUS_OF: Mapping[str, tuple[DownloadStatus, str | None]] = {
    # What is written of the disk is no fault of the release: a warning, never a failure.
    "error": (DownloadStatus.WARNING, "qBittorrent reports an error; its log says which"),
    "missingFiles": (DownloadStatus.WARNING, "its files are missing"),
    # qBittorrent 4 says paused, 5 (Web API 2.11) says stopped.
    "pausedDL": (DownloadStatus.PAUSED, None),
    "stoppedDL": (DownloadStatus.PAUSED, None),
    "pausedUP": (DownloadStatus.COMPLETED, None),
    "stoppedUP": (DownloadStatus.COMPLETED, None),
    "uploading": (DownloadStatus.COMPLETED, None),
    "stalledUP": (DownloadStatus.COMPLETED, None),
    "queuedUP": (DownloadStatus.COMPLETED, None),
    "forcedUP": (DownloadStatus.COMPLETED, None),
    # While it checks, its progress says nothing: 0 right after a restart is no reason to give up.
    "checkingUP": (DownloadStatus.QUEUED, None),
    "checkingDL": (DownloadStatus.QUEUED, None),
    "checkingResumeData": (DownloadStatus.QUEUED, None),
    "queuedDL": (DownloadStatus.QUEUED, None),
    "metaDL": (DownloadStatus.QUEUED, None),
    "forcedMetaDL": (DownloadStatus.QUEUED, None),
    "stalledDL": (DownloadStatus.WARNING, "stalled: nobody who has it can be reached"),
    "downloading": (DownloadStatus.DOWNLOADING, None),
    "forcedDL": (DownloadStatus.DOWNLOADING, None),
    "allocating": (DownloadStatus.DOWNLOADING, None),
    # Its progress is 1, but its path is still that of the unfinished files.
    "moving": (DownloadStatus.DOWNLOADING, None),
}
"""Every state of Web API 2.6 to 2.15. None of them means that the release is to blame."""


def identity_of(torrent: Mapping[str, Any]) -> InfoHash:
    """The torrent's info-hash: v1 where there is one, since indexers speak of that.

    `hash` is qBittorrent's own name for the torrent, which for torrents with a v2 hash is another text.

    Raises:
        ValueError: there is none.
    """
    return InfoHash(torrent.get("infohash_v1") or torrent.get("infohash_v2") or torrent.get("hash"))


def item_from_torrent(torrent: Mapping[str, Any], to_local: ToLocal) -> DownloadItem:
    """The download.

    Args:
        torrent: one entry of `torrents/info`.
        to_local: from a path as qBittorrent sees it to the same as this machine sees it.

    Raises:
        ValueError: the entry is not of the protocol's form.
    """
    try:
        status, message = _judge(torrent)
        path = torrent.get("content_path")
        return DownloadItem(
            info_hash=identity_of(torrent),
            title=str(torrent["name"]),
            status=status,
            size=int(_number(torrent["size"], least=1) or 0) or None,
            progress=min(_number(torrent["progress"]) or 0.0, 1.0),
            rate=None if (rate := _number(torrent.get("dlspeed", 0))) is None else int(rate),
            seed_ratio=_number(torrent.get("ratio", -1)),
            output_path=to_local(path) if path else None,
            message=message,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _number(value: object, *, least: float = 0) -> float | None:
    """A figure; None for one out of bounds, which also JSON's endless and not-a-number are.

    Raises:
        TypeError: it is no number.
    """
    if not isinstance(value, int | float):
        raise TypeError(f"expected a number, not {value!r}")
    return float(value) if least <= value <= _LARGEST else None


def _judge(torrent: Mapping[str, Any]) -> tuple[DownloadStatus, str | None]:
    state = str(torrent["state"])
    status, message = STATUS_OF.get(state, (DownloadStatus.DOWNLOADING, f"unknown state {state!r}"))
    if status is not DownloadStatus.COMPLETED:
        return status, message
    path = torrent.get("content_path")
    if not path:
        return DownloadStatus.WARNING, "finished, but qBittorrent does not say where its files are; 4.3.1 and later do"
    if _same_path(path, str(torrent.get("save_path") or "")):
        return DownloadStatus.WARNING, f"has no file or folder of its own below {path!r}; import it by hand"
    return status, None


def _same_path(first: str, second: str) -> bool:
    return first.rstrip("/\\") == second.rstrip("/\\")


def map_path(path: str, remote_folder: str, local_folder: PurePath) -> PurePath | None:
    """The path below the local folder; None when it does not lie below the remote one."""
    flavour = PureWindowsPath if "\\" in remote_folder or remote_folder[1:2] == ":" else PurePosixPath
    remote = flavour(path)
    if not remote.is_relative_to(flavour(remote_folder)):
        return None
    return local_folder.joinpath(*remote.relative_to(flavour(remote_folder)).parts)
