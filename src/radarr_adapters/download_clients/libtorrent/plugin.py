"""The hook, the settings and the adapter; imports without libtorrent."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import field, frozen
from attrs.validators import gt, optional

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.download_client import DownloadClient

_LISTEN = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+):\d{1,5}\Z")


def _check_listen(instance: object, attribute: object, value: str) -> None:
    for address in value.split(","):
        if not _LISTEN.match(address.strip()) or int(address.rpartition(":")[2]) > 65535:
            raise ValueError(f"listen: expected addresses with ports, as in '0.0.0.0:6881,[::]:6881', not {value!r}")


@frozen(kw_only=True)
class LibtorrentSettings:
    """Settings of the embedded BitTorrent client.

    Attributes:
        folder: where downloads land, each in a folder of its own named by info-hash.
        state_folder: where downloads under way are remembered; None for `.radarr-core` below `folder`. One process
            at a time may use it.
        listen: where peers may connect: addresses with ports, separated by commas; port 0 takes any free one.
        enable_dht: whether peers are also looked for without a tracker; magnet links often need it.
        enable_utp: whether peers may be reached over uTP beside TCP.
        enable_port_forwarding: whether the router is asked to let peers in (UPnP, NAT-PMP).
        download_rate: bytes a second for all downloads together; None for no limit.
        upload_rate: bytes a second for all downloads together; None for no limit. Peers in the same local network
            are not held to the limits.
        timeout: seconds until an operation, closing included, is given up.
        save_interval: seconds between two savings of what has been downloaded, and until a download that met a disk
            error is tried again.
    """

    folder: Path
    state_folder: Path | None = None
    listen: str = field(default="0.0.0.0:6881", validator=_check_listen)
    enable_dht: bool = True
    enable_utp: bool = True
    enable_port_forwarding: bool = False
    download_rate: int | None = field(default=None, validator=optional(gt(0)))
    upload_rate: int | None = field(default=None, validator=optional(gt(0)))
    timeout: float = field(default=30.0, validator=gt(0))
    save_interval: float = field(default=60.0, validator=gt(0))


class LibtorrentAdapter(Adapter[LibtorrentSettings, DownloadClient]):
    """Fetches torrents within this process."""

    name = "libtorrent"
    settings = LibtorrentSettings
    extra = "libtorrent"
    summary = "embedded BitTorrent client"

    @classmethod
    def create(cls, settings: LibtorrentSettings, context: AdapterContext) -> DownloadClient:
        """Build the client; its session starts with the first call."""
        from .client import Libtorrent

        return Libtorrent(settings, context)


@hookimpl
def radarr_register_download_clients() -> list[type[LibtorrentAdapter]]:
    """The embedded client."""
    return [LibtorrentAdapter]
