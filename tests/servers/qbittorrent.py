"""Starts a real qbittorrent-nox on free loopback ports, with a profile of its own."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

PROGRAM = "qbittorrent-nox"
USERNAME = "admin"
PASSWORD = "a long password"
_PROFILE = """\
[LegalNotice]
Accepted=true

[BitTorrent]
Session\\Port={peer_port}
Session\\Interface=lo
Session\\InterfaceAddress=127.0.0.1
Session\\InterfaceName=lo
Session\\DHTEnabled=false
Session\\PeXEnabled=false
Session\\LSDEnabled=false
Session\\DefaultSavePath={downloads}
Session\\TempPathEnabled={has_temp_path}
Session\\TempPath={temp_path}
Session\\QueueingSystemEnabled=false
Session\\RefreshInterval=100
Session\\BTProtocol=TCP
Session\\MultiConnectionsPerIp=true
Session\\DisableAutoTMMByDefault=true

[Network]
PortForwardingEnabled=false

[Preferences]
General\\Locale=en
Connection\\UPnP=false
Connection\\ResolvePeerCountries=false
WebUI\\Enabled=true
WebUI\\Address=127.0.0.1
WebUI\\Port={port}
WebUI\\UseUPnP=false
WebUI\\LocalHostAuth=true
WebUI\\Username={username}
WebUI\\Password_PBKDF2="@ByteArray({password})"
"""


def require_qbittorrent() -> None:
    """Skip the test when the program is missing, or fail it where `RADARR_REQUIRE_SERVERS=1` says it must be there."""
    if shutil.which(PROGRAM) is not None:
        return
    reason = f"{PROGRAM} is not installed (Debian: apt-get install {PROGRAM})"
    if os.environ.get("RADARR_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


class QBittorrentProcess:
    """A qbittorrent-nox, from `start` to `kill`; started again it has its torrents still.

    Args:
        folder: for its profile and downloads; absolute.
        has_temp_path: whether unfinished downloads lie elsewhere and are moved when they are finished.
    """

    def __init__(self, folder: Path, *, has_temp_path: bool = False) -> None:
        require_qbittorrent()
        self.folder = folder
        self.downloads = folder / "downloads"
        self.has_temp_path = has_temp_path
        self.port, self.peer_port = _free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None
        self._write_profile()

    @property
    def url(self) -> str:
        """Of its Web UI."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers; no effect while it runs."""
        if self._process is not None:
            return
        self._process = subprocess.Popen(
            [PROGRAM, f"--profile={self.folder / 'profile'}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder)},
        )
        end = time.monotonic() + 20
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"{PROGRAM} did not start (exit code {self._process.poll()})")
            time.sleep(0.02)

    def freeze(self) -> None:
        """Let it answer nothing, but keep its connections."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on; no effect while it is not running."""
        self._signal(signal.SIGCONT)

    def terminate(self) -> None:
        """Ask it to end, and wait until it has written everything down."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        self._signal(number)
        process, self._process = self._process, None
        if process is not None:
            process.wait(20)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/api/v2/app/version", timeout=1).close()
        except urllib.error.HTTPError as error:
            error.close()
            return error.code == 403
        except OSError:
            return False
        return True

    def _write_profile(self) -> None:
        config = self.folder / "profile" / "qBittorrent" / "config" / "qBittorrent.conf"
        config.parent.mkdir(parents=True)
        self.downloads.mkdir()
        salt = os.urandom(16)
        key = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, 100_000, 64)
        config.write_text(
            _PROFILE.format(
                port=self.port,
                peer_port=self.peer_port,
                downloads=self.downloads,
                has_temp_path=str(self.has_temp_path).lower(),
                temp_path=self.folder / "unfinished",
                username=USERNAME,
                password=":".join(base64.b64encode(part).decode() for part in (salt, key)),
            )
        )


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
