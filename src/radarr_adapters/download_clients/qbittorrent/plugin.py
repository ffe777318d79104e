"""The hook, the settings and the adapter; imports without `qbittorrent-api`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from attrs import field, frozen
from attrs.validators import gt

from radarr_adapters.transport.addresses import is_web_address, show_address
from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.download_client import DownloadClient
from radarr_core.settings import Secret


def _check_url(instance: object, attribute: object, value: str) -> None:
    if not is_web_address(value):
        raise ValueError(f"url: expected one like 'http://localhost:8080', not {show_address(value)!r}")
    if "@" in urlsplit(value).netloc:
        raise ValueError("url: name and password do not belong into it; use the settings username and password")


def _check_category(instance: object, attribute: object, value: str) -> None:
    if not value.strip() or "\\" in value or "//" in value or value.startswith("/") or value.endswith("/"):
        raise ValueError(f"category: expected a name, not starting or ending with a slash, not {value!r}")


@frozen(kw_only=True)
class QBittorrentSettings:
    """Settings of a qBittorrent.

    Attributes:
        url: of its Web UI, with a path where it lies behind a proxy.
        username: empty together with `password` when it asks nobody on this machine for a password.
        password: of its Web UI; None for none.
        category: what our downloads are filed under. Others are neither listed nor touched.
        verify_certificate: whether an HTTPS certificate must be one that this machine trusts.
        remote_folder: a folder as qBittorrent sees it, where that differs from what this machine sees.
        local_folder: the same folder as this machine sees it.
        timeout: seconds until an operation is given up.
    """

    url: str = field(default="http://localhost:8080", validator=_check_url)
    username: str = ""
    password: Secret | None = None
    category: str = field(default="radarr-core", validator=_check_category)
    verify_certificate: bool = True
    remote_folder: str | None = None
    local_folder: Path | None = None
    timeout: float = field(default=15.0, validator=gt(0))

    def __attrs_post_init__(self) -> None:
        """Refuse settings that contradict each other."""
        if (self.remote_folder is None) != (self.local_folder is None):
            raise ValueError("remote_folder and local_folder go together: set both or neither")
        if bool(self.username) != bool(self.password):
            raise ValueError("username and password go together: set both or neither")


class QBittorrentAdapter(Adapter[QBittorrentSettings, DownloadClient]):
    """Fetches torrents through a qBittorrent."""

    name = "qbittorrent"
    settings = QBittorrentSettings
    extra = "qbittorrent"
    summary = "qBittorrent 4.3.1 and later, through its Web API"

    @classmethod
    def create(cls, settings: QBittorrentSettings, context: AdapterContext) -> DownloadClient:
        """Build the client; nothing is asked yet."""
        from .client import QBittorrent

        return QBittorrent(settings, context)


@hookimpl
def radarr_register_download_clients() -> list[type[QBittorrentAdapter]]:
    """QBittorrent."""
    return [QBittorrentAdapter]
