"""The one module that touches libtorrent: plain values go in and come out.

A `TorrentSession` belongs to one thread. The library never calls back into Python; alerts are fetched by `poll`.
Documentation: https://www.libtorrent.org/reference.html
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import libtorrent as lt
from attrs import frozen

from radarr_core.domain.identifiers import InfoHash

from .plugin import LibtorrentSettings

VERSION: str = lt.__version__
logger = logging.getLogger(__name__)
FLUSH_PATIENCE = 0.5
"""Seconds to wait at once for a finished torrent to be on the disk; longer, and it is asked again later."""
_LOOPBACK = ("127.", "localhost:", "[::1]:")


class Phase(StrEnum):
    """What a torrent is at.

    The library calls a torrent finished when all pieces have passed their check, which it does in memory: the last
    ones may not be written yet, and never will be when the disk is full. Only what is also flushed is FINISHED here.
    """

    FETCHING_METADATA = "fetching metadata"
    CHECKING = "checking"
    DOWNLOADING = "downloading"
    FLUSHING = "flushing"
    FINISHED = "finished"


_STATES = lt.torrent_status.states
PHASE_OF: Mapping[int, Phase] = {
    int(_STATES.queued_for_checking): Phase.CHECKING,
    int(_STATES.checking_files): Phase.CHECKING,
    int(_STATES.downloading_metadata): Phase.FETCHING_METADATA,
    int(_STATES.downloading): Phase.DOWNLOADING,
    int(_STATES.finished): Phase.FINISHED,
    int(_STATES.seeding): Phase.FINISHED,
    int(_STATES.allocating): Phase.CHECKING,
    int(_STATES.checking_resume_data): Phase.CHECKING,
}


@frozen(kw_only=True)
class TorrentState:
    """A torrent as the library reports it.

    Attributes:
        size: bytes; None until the metadata is there.
        rate: bytes a second, downwards.
        uploaded: bytes, since the torrent was added.
        downloaded: bytes, since the torrent was added.
        active_seconds: how long it has been at work.
        content: the file or folder that holds its data; None until the metadata is there.
        error: what keeps it from going on, in the system's words.
    """

    info_hash: InfoHash
    name: str
    phase: Phase
    size: int | None
    progress: float
    rate: int
    uploaded: int
    downloaded: int
    peers: int
    active_seconds: int
    content: Path | None
    error: str | None


class Torrent:
    """What is needed to start a torrent: read from a .torrent, a magnet link or resume data."""

    def __init__(self, params: lt.add_torrent_params) -> None:
        self._params = params
        self.info_hash = _identity(params.info_hashes)

    @classmethod
    def from_file(cls, raw: bytes) -> Torrent:
        """Read a .torrent; `ValueError` when it is none."""
        try:
            return cls(lt.load_torrent_buffer(raw))
        except RuntimeError as error:
            raise ValueError(f"no torrent: {error}") from error

    @classmethod
    def from_magnet(cls, uri: str) -> Torrent:
        """Read a magnet link; `ValueError` when it is none."""
        try:
            return cls(lt.parse_magnet_uri(uri))
        except RuntimeError as error:
            raise ValueError(f"no magnet link: {error}") from error

    @classmethod
    def from_resume_data(cls, raw: bytes) -> Torrent:
        """Read what `to_resume_data` or `TorrentSession.poll` wrote; `ValueError` when it is something else."""
        try:
            return cls(lt.read_resume_data(raw))
        except RuntimeError as error:
            raise ValueError(f"no resume data: {error}") from error

    def save_to(self, folder: Path) -> None:
        """Decide where the data goes."""
        self._params.save_path = str(folder)

    def forget_progress(self) -> None:
        """Let everything on the disk be checked once it is started."""
        self._params.have_pieces = []
        self._params.unfinished_pieces = {}
        self._params.flags &= ~lt.torrent_flags.upload_mode

    def to_resume_data(self) -> bytes:
        """Everything needed to start the torrent again in another session."""
        return lt.write_resume_data_buf(self._params)

    def start_in(self, session: lt.session) -> None:
        """Add it to a session, to run at once: the library's own queue would keep all but three waiting."""
        self._params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        session.add_torrent(self._params)


class TorrentSession:
    """A BitTorrent session: everything in it is peers, torrents and sockets of the library."""

    def __init__(self, settings: LibtorrentSettings) -> None:
        self._session: lt.session | None = lt.session(cast("lt.settings_pack", _options(settings)))
        self._faults: dict[InfoHash, str] = {}
        self._deleted: set[InfoHash] = set()
        self._flushing: set[InfoHash] = set()
        self._flushed: set[InfoHash] = set()
        self._resume_data: dict[InfoHash, bytes] = {}
        self._awaited = 0

    @property
    def listen_port(self) -> int | None:
        """The port peers can connect to; None when there is none (yet)."""
        return self._open.listen_port() or None

    def has(self, info_hash: InfoHash) -> bool:
        """Whether that torrent is in the session."""
        return self._find(info_hash) is not None

    def add(self, torrent: Torrent) -> None:
        """Start a torrent; `ValueError` when the library refuses it."""
        try:
            torrent.start_in(self._open)
        except RuntimeError as error:
            raise ValueError(str(error)) from error

    def list_states(self) -> Iterator[TorrentState]:
        """Every torrent, in the order of their addition."""
        for handle in self._open.get_torrents():
            if handle.is_valid():
                yield self._describe(handle)

    def remove(self, info_hash: InfoHash, *, delete_data: bool, timeout: float) -> bool:
        """Forget a torrent, and wait until its files are deleted; false when no such torrent is there."""
        handle = self._find(info_hash)
        if handle is None:
            return False
        self._deleted.discard(info_hash)
        self._open.remove_torrent(handle, lt.session.delete_files if delete_data else 0)
        if delete_data:
            self._wait_until(lambda: info_hash in self._deleted, timeout)
        self._drop(info_hash)
        return True

    def request_resume_data(self) -> None:
        """Ask for the resume data of torrents that changed; `poll` hands it out when it is there."""
        for handle in self._open.get_torrents():
            if handle.is_valid() and handle.need_save_resume_data():
                self._request(handle)

    def poll(self) -> dict[InfoHash, bytes]:
        """Take in what happened since the last call, and answer with resume data to be written down."""
        for alert in self._open.pop_alerts():
            self._take_in(alert)
        resume_data, self._resume_data = self._resume_data, {}
        return resume_data

    def list_faulty(self) -> list[InfoHash]:
        """Torrents that met a disk error since they were started."""
        return list(self._faults)

    def restart(self, torrent: Torrent) -> None:
        """Start a torrent that is there from the beginning: its data is checked, its peers are met anew.

        Nothing less will do after a disk error: the library may think that it has what could not be written, and
        it holds the errors against the peers.
        """
        handle = self._find(torrent.info_hash)
        if handle is not None:
            self._open.remove_torrent(handle)
        self._drop(torrent.info_hash)
        torrent.forget_progress()
        self.add(torrent)

    def close(self, timeout: float) -> dict[InfoHash, bytes]:
        """End the session, and answer with the last resume data; waits at most that many seconds for it."""
        self.request_resume_data()
        self._wait_until(lambda: self._awaited <= 0, timeout)
        resume_data = self.poll()
        self._session = None
        return resume_data

    @property
    def _open(self) -> lt.session:
        assert self._session is not None, "the session was closed"
        return self._session

    def _find(self, info_hash: InfoHash) -> lt.torrent_handle | None:
        for handle in self._open.get_torrents():
            if handle.is_valid() and _identity(handle.info_hashes()) == info_hash:
                return handle
        return None

    def _drop(self, info_hash: InfoHash) -> None:
        self._faults.pop(info_hash, None)
        self._resume_data.pop(info_hash, None)
        self._flushed.discard(info_hash)

    def _request(self, handle: lt.torrent_handle) -> None:
        handle.save_resume_data(lt.torrent_handle.save_info_dict | lt.torrent_handle.flush_disk_cache)
        self._awaited += 1

    def _keep(self, info_hash: InfoHash, params: lt.add_torrent_params) -> None:
        """After a disk error it may speak of pieces that could not be written; what was saved before is right."""
        if info_hash not in self._faults:
            self._resume_data[info_hash] = lt.write_resume_data_buf(params)

    def _wait_until(self, is_done: Callable[[], bool], timeout: float) -> None:
        end = time.monotonic() + timeout
        while not is_done() and (left := end - time.monotonic()) > 0:
            self._open.wait_for_alert(int(left * 1000) + 1)
            for alert in self._open.pop_alerts():
                self._take_in(alert)

    def _take_in(self, alert: lt.alert) -> None:
        if isinstance(alert, lt.save_resume_data_alert):
            self._awaited -= 1
            self._keep(_identity(alert.params.info_hashes), alert.params)
        elif isinstance(alert, lt.save_resume_data_failed_alert):
            self._awaited -= 1
        elif isinstance(alert, lt.metadata_received_alert | lt.torrent_finished_alert):
            self._note_progress(alert)
        elif isinstance(alert, lt.cache_flushed_alert):
            self._note_flush(alert)
        elif isinstance(alert, lt.file_error_alert | lt.torrent_error_alert):
            self._note_fault(alert)
        elif isinstance(alert, lt.torrent_deleted_alert | lt.torrent_delete_failed_alert):
            # Also "failed" is an end: so it is called when there was nothing to delete yet.
            self._deleted.add(_identity(alert.info_hashes))
        elif isinstance(alert, lt.listen_failed_alert | lt.fastresume_rejected_alert):
            logger.warning("%s", alert.message())

    def _note_progress(self, alert: lt.torrent_alert) -> None:
        """Save what was won; of a finished torrent only when it is flushed, since earlier it would lack pieces."""
        if not alert.handle.is_valid():
            return
        if isinstance(alert, lt.metadata_received_alert):
            self._request(alert.handle)
        else:
            self._flush(alert.handle, _identity(alert.handle.info_hashes()))

    def _flush(self, handle: lt.torrent_handle, info_hash: InfoHash) -> None:
        if info_hash not in self._flushing:
            self._flushing.add(info_hash)
            handle.flush_cache()

    def _note_flush(self, alert: lt.torrent_alert) -> None:
        """Flushes also happen on the way; the one that counts is asked for once all pieces are there."""
        if not alert.handle.is_valid():
            return
        info_hash = _identity(alert.handle.info_hashes())
        if info_hash in self._flushing and info_hash not in self._faults:
            self._flushed.add(info_hash)
            self._request(alert.handle)
        self._flushing.discard(info_hash)

    def _judge_phase(self, handle: lt.torrent_handle, info_hash: InfoHash, state: int) -> Phase:
        phase = PHASE_OF[state]
        if phase is not Phase.FINISHED:
            self._flushed.discard(info_hash)
        elif info_hash not in self._flushed:
            self._flush(handle, info_hash)
            self._wait_until(lambda: info_hash not in self._flushing, FLUSH_PATIENCE)
            return Phase.FINISHED if info_hash in self._flushed else Phase.FLUSHING
        return phase

    def _note_fault(self, alert: lt.torrent_alert) -> None:
        """Each block that cannot be written is an alert of its own; one of them says enough."""
        if not alert.handle.is_valid():
            return
        info_hash = _identity(alert.handle.info_hashes())
        if info_hash not in self._faults:
            logger.warning("%s", alert.message())
            self._faults[info_hash] = alert.message()

    def _describe(self, handle: lt.torrent_handle) -> TorrentState:
        status = handle.status()
        info_hash = _identity(status.info_hashes)
        metadata = handle.torrent_file() if status.has_metadata else None
        content = None
        if metadata is not None:
            content = Path(status.save_path, Path(metadata.layout().file_path(0)).parts[0])
        return TorrentState(
            info_hash=info_hash,
            name=status.name or str(info_hash),
            phase=self._judge_phase(handle, info_hash, int(status.state)),
            size=metadata.total_size() if metadata is not None else None,
            progress=min(max(status.progress, 0.0), 1.0),
            rate=status.download_payload_rate,
            uploaded=status.all_time_upload,
            downloaded=status.all_time_download,
            peers=status.num_peers,
            active_seconds=int(status.active_duration.total_seconds()),
            content=content,
            error=self._faults.get(info_hash) or (status.errc.message() if status.errc.value() else None),
        )


def _identity(hashes: lt.info_hash_t) -> InfoHash:
    """The v1 hash where there is one, since that is what indexers and other clients speak of."""
    return InfoHash(str(hashes.v1 if hashes.has_v1() else hashes.v2))


def _options(settings: LibtorrentSettings) -> dict[str, Any]:
    """The session's settings, as https://www.libtorrent.org/reference-Settings.html names them."""
    categories = lt.alert.category_t
    is_loopback = all(address.strip().startswith(_LOOPBACK) for address in settings.listen.split(","))
    return {
        "listen_interfaces": settings.listen,
        "enable_dht": settings.enable_dht,
        "enable_lsd": False,
        "enable_upnp": settings.enable_port_forwarding,
        "enable_natpmp": settings.enable_port_forwarding,
        "enable_incoming_utp": settings.enable_utp,
        "enable_outgoing_utp": settings.enable_utp,
        "download_rate_limit": settings.download_rate or 0,
        "upload_rate_limit": settings.upload_rate or 0,
        # On loopback all peers have one address: else a peer that went away would stand in for all others.
        "allow_multiple_connections_per_ip": is_loopback,
        "min_reconnect_time": 1 if is_loopback else 60,
        # Seconds to wait for trackers when the session ends; it costs them all when a tracker is down.
        "stop_tracker_timeout": 0 if is_loopback else 2,
        "alert_mask": categories.error_notification | categories.status_notification | categories.storage_notification,
        "alert_queue_size": 10_000,
    }
