"""What is fetched, and the states of a download from grab to import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from attrs import evolve, field, frozen

from radarr_core.errors import BugError

from .identifiers import CorrelationId, InfoHash
from .moments import check_aware
from .movies import SlotKey
from .releases import ParsedRelease, Release

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")


def find_danger(path: str) -> str | None:
    """Why a file name from a stranger may not be trusted as a path below a folder of ours; None when it may.

    Refused are absolute paths, drive letters, `..`, NUL and other control characters, empty parts and the device
    names of Windows.
    """
    if not path or "\0" in path or any(ord(c) < 32 or ord(c) == 127 for c in path):
        return "it is empty or holds control characters"
    parts = re.split(r"[/\\]", path)
    if not parts[0] or _DRIVE.match(path):
        return "it is an absolute path"
    for part in parts:
        if part in ("", ".", ".."):
            return "it leads out of its folder"
        if _RESERVED.match(part):
            return f"{part!r} is a reserved device name"
    return None


@frozen(kw_only=True)
class TorrentFile:
    """One file inside a torrent; `path` uses forward slashes, `size` is bytes."""

    path: str
    size: int

    def __attrs_post_init__(self) -> None:
        """Refuse names that could write outside the download folder."""
        danger = find_danger(self.path)
        if danger:
            raise ValueError(f"the torrent's file name {self.path!r} is refused: {danger}")
        if self.size < 0:
            raise ValueError(f"the torrent's file {self.path!r} has a negative size")


@frozen(kw_only=True)
class TorrentPayload:
    """A .torrent that was read and found sound: its files all stay below the download folder.

    Raises:
        ValueError: it holds no file, or a file name is dangerous.
    """

    raw: bytes = field(repr=False)
    info_hash: InfoHash
    name: str
    files: tuple[TorrentFile, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse empty torrents and names that lead elsewhere."""
        danger = find_danger(self.name)
        if danger:
            raise ValueError(f"the torrent's name {self.name!r} is refused: {danger}")
        if not self.files:
            raise ValueError(f"the torrent {self.name!r} holds no file")

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


@frozen(kw_only=True)
class MagnetPayload:
    """A magnet link and the torrent it names."""

    uri: str = field(repr=False)
    info_hash: InfoHash


Payload = TorrentPayload | MagnetPayload


class DownloadStatus(StrEnum):
    """What a download client says of a download; an unknown word of the client is DOWNLOADING with a message."""

    QUEUED = "queued"
    PAUSED = "paused"
    DOWNLOADING = "downloading"
    WARNING = "warning"
    COMPLETED = "completed"
    FAILED = "failed"


@frozen(kw_only=True)
class DownloadItem:
    """A download as its client reports it.

    Attributes:
        size: bytes; None while it is unknown, as with a magnet link that has no metadata yet.
        progress: 0 to 1; 1 alone does not mean that the files are in place, `status` does.
        rate: bytes a second, None when the client does not tell.
        output_path: the file or folder that holds the data; set whenever `status` is COMPLETED.
        message: what a person should know when `status` is WARNING or FAILED.
    """

    info_hash: InfoHash
    title: str
    status: DownloadStatus
    size: int | None = None
    progress: float = 0.0
    rate: int | None = None
    seed_ratio: float | None = None
    output_path: PurePath | None = None
    message: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a finished download that nobody could find."""
        if self.status is DownloadStatus.COMPLETED and self.output_path is None:
            raise ValueError(f"{self.title!r} is completed, but has no path")
        if not 0 <= self.progress <= 1:
            raise ValueError(f"progress is between 0 and 1, not {self.progress!r}")


class GrabState(StrEnum):
    """Where a grab stands on its way into the library."""

    REQUESTED = "requested"
    DOWNLOADING = "downloading"
    IMPORTING = "importing"
    IMPORTED = "imported"
    WAITING = "waiting"
    FAILED = "failed"


_NEXT: Mapping[GrabState, frozenset[GrabState]] = {
    GrabState.REQUESTED: frozenset({GrabState.DOWNLOADING, GrabState.FAILED}),
    GrabState.DOWNLOADING: frozenset({GrabState.IMPORTING, GrabState.WAITING, GrabState.FAILED}),
    GrabState.IMPORTING: frozenset({GrabState.IMPORTED, GrabState.WAITING, GrabState.FAILED, GrabState.DOWNLOADING}),
    GrabState.WAITING: frozenset({GrabState.IMPORTING, GrabState.FAILED, GrabState.DOWNLOADING}),
    GrabState.IMPORTED: frozenset(),
    GrabState.FAILED: frozenset(),
}
ACTIVE_GRAB_STATES = frozenset(
    {GrabState.REQUESTED, GrabState.DOWNLOADING, GrabState.IMPORTING, GrabState.WAITING},
)


@frozen(kw_only=True)
class Grab:
    """A release that was taken for one slot: what was grabbed is known until it is imported.

    Attributes:
        info_hash: the download's id at its client.
        target: the movie and slot it was taken for.
        claim: the whole claim of its name.
        offer: the release as offered.
        client: the configured name of the download client.
        grabbed_at: aware, UTC.
        message: why it waits or failed.
        ended_at: when it was imported or failed: aware, UTC; None before, and where nobody noted it.
        reputation_signal: its makers' reputation when it was chosen, -1 to 1; None where nobody asked.
    """

    info_hash: InfoHash
    target: SlotKey
    claim: ParsedRelease
    offer: Release
    client: str
    grabbed_at: datetime = field(validator=check_aware)
    correlation_id: CorrelationId
    state: GrabState = GrabState.REQUESTED
    message: str | None = None
    ended_at: datetime | None = field(default=None, validator=check_aware)
    reputation_signal: float | None = None

    @property
    def is_active(self) -> bool:
        """Whether it may still end in the library."""
        return self.state in ACTIVE_GRAB_STATES

    def moved_to(self, state: GrabState, message: str | None = None, *, ended_at: datetime | None = None) -> Grab:
        """The grab in its next state; `ended_at` goes with the last one.

        Raises:
            BugError: that state cannot follow the present one.
        """
        if state not in _NEXT[self.state]:
            raise BugError(f"a grab goes from {self.state} to {', '.join(sorted(_NEXT[self.state]))}, never to {state}")
        return evolve(self, state=state, message=message, ended_at=ended_at)


class BlockCause(StrEnum):
    """What a release was blocked for."""

    GRAB_FAILED = "grab failed"
    DOWNLOAD_FAILED = "download failed"
    VANISHED = "download vanished"
    NO_FILM = "no film"
    MISLABELLED = "mislabelled"
    PERSON = "a person"


@frozen(kw_only=True)
class BlockedRelease:
    """A release that will not be taken again for a slot, and why.

    `offer` is the release as it was offered, by which it is known again when another indexer offers it.
    """

    target: SlotKey
    identity: str
    title: str
    cause: BlockCause
    reason: str
    blocked_at: datetime = field(validator=check_aware)
    offer: Release | None = None
