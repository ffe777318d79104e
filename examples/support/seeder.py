"""Makes torrents and seeds them over BitTorrent on loopback: the swarm of the examples and tests."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import Self

import libtorrent as lt


def make_torrent(path: Path, announce_url: str | None = None, *, piece_size: int = 0, private: bool = False) -> bytes:
    """A .torrent (BitTorrent v1) of a file or folder.

    Args:
        path: what it holds; the name stands in the torrent.
        announce_url: the tracker's; None for a torrent whose peers are told of each other by hand.
        piece_size: bytes, a power of two from 16 KiB on; 0 picks one that suits the size.
        private: whether peers may be found through the tracker alone (BEP 27).
    """
    torrent = lt.create_torrent(lt.list_files(str(path)), piece_size, lt.create_torrent.v1_only)
    if announce_url:
        torrent.add_tracker(announce_url)
    torrent.set_priv(private)
    lt.set_piece_hashes(torrent, str(path.parent))
    return lt.bencode(torrent.generate())


def make_magnet(torrent: bytes) -> str:
    """The magnet link of a .torrent, with its trackers."""
    return lt.make_magnet_uri(lt.load_torrent_buffer(torrent))


def read_info_hash(torrent: bytes) -> str:
    """The v1 info-hash of a .torrent, as 40 lower-case hexadecimal digits."""
    return str(lt.load_torrent_buffer(torrent).info_hashes.v1)


class Seeder:
    """A BitTorrent session of its own on 127.0.0.1 that has everything and gives it away.

    A context manager; leaving it ends the seeding.

    Args:
        upload_rate: bytes a second for each torrent; None for as fast as it goes. At a quarter of a film's size
            its download takes about four seconds, long enough to see a progress bar move.
    """

    def __init__(self, *, upload_rate: int | None = None) -> None:
        self._upload_rate = upload_rate
        self._session: lt.session | None = None

    def __enter__(self) -> Self:
        self._session = lt.session(
            {
                "listen_interfaces": "127.0.0.1:0",
                "enable_dht": False,
                "enable_lsd": False,
                "enable_upnp": False,
                "enable_natpmp": False,
                "enable_incoming_utp": False,  # closing takes three seconds longer with uTP
                "enable_outgoing_utp": False,
                "allow_multiple_connections_per_ip": True,  # on loopback everybody has one address
                "stop_tracker_timeout": 0,
                "unchoke_slots_limit": -1,
                "alert_mask": lt.alert.category_t.tracker_notification | lt.alert.category_t.error_notification,
            }
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = None

    @property
    def port(self) -> int:
        """The port on 127.0.0.1 where peers are welcome."""
        return self._open.listen_port()

    def seed(self, torrent: bytes, folder: Path, *, timeout: float = 10.0) -> None:
        """Offer a torrent whose data lies in that folder; it has announced itself when this returns.

        Offering it again changes nothing.

        Args:
            torrent: the .torrent.
            folder: where the torrent's file or folder lies.
            timeout: seconds to wait for the tracker's answer.

        Raises:
            TimeoutError: the torrent names a tracker, and it did not answer in time.
        """
        params = lt.load_torrent_buffer(torrent)
        if self._open.find_torrent(params.info_hashes.v1).is_valid():
            return
        params.save_path = str(folder)
        params.flags |= lt.torrent_flags.seed_mode
        params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        handle = self._open.add_torrent(params)
        if self._upload_rate is not None:
            # A limit of the whole session would not hold for peers on the same machine.
            handle.set_upload_limit(self._upload_rate)
        if params.trackers:
            self._wait_for_tracker(handle, timeout)

    def meet(self, torrent: bytes, port: int) -> None:
        """Connect to a peer on 127.0.0.1, for torrents without a tracker."""
        found = self._open.find_torrent(lt.load_torrent_buffer(torrent).info_hashes.v1)
        found.connect_peer(("127.0.0.1", port))

    def _wait_for_tracker(self, handle: lt.torrent_handle, timeout: float) -> None:
        last = "it did not answer"
        end = time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            self._open.wait_for_alert(int(left * 1000))
            for alert in self._open.pop_alerts():
                if isinstance(alert, lt.tracker_reply_alert) and alert.handle == handle:
                    return
                if isinstance(alert, lt.tracker_error_alert) and alert.handle == handle:
                    last = alert.message()
        raise TimeoutError(f"the tracker does not know the seeder after {timeout} s: {last}")

    @property
    def _open(self) -> lt.session:
        if self._session is None:
            raise RuntimeError("a seeder works inside a with statement only")
        return self._session
