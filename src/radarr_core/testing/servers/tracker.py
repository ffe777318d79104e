"""A BitTorrent tracker over HTTP: announce and scrape, compact peers, on loopback.

Protocol: BEP 3, BEP 23 (compact peers) and BEP 48 (scrape), https://www.bittorrent.org/beps/bep_0003.html
"""

from __future__ import annotations

import ipaddress
import threading
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import parse_qsl

from .bencoding import encode
from .loopback import HOST, LoopbackServer, RecordedRequest, Reply

Peer = tuple[str, int]


class Tracker(LoopbackServer):
    """Tells peers of each other. Any torrent may be announced.

    Args:
        interval: the seconds a peer is asked to wait before it announces again.
    """

    def __init__(self, *, interval: int = 2) -> None:
        super().__init__()
        self.interval = interval
        self._swarms: defaultdict[bytes, dict[Peer, bool]] = defaultdict(dict)
        self._lock = threading.Lock()

    @property
    def announce_url(self) -> str:
        """What goes into a torrent."""
        return f"{self.url}/announce"

    def add_peer(self, info_hash: str, port: int, *, host: str = HOST, is_seeder: bool = True) -> None:
        """Make a peer known without its having announced itself. `info_hash` is hexadecimal."""
        with self._lock:
            self._swarms[bytes.fromhex(info_hash)][host, port] = is_seeder

    def list_peers(self, info_hash: str) -> list[Peer]:
        """The peers of a torrent, by its hexadecimal info-hash."""
        with self._lock:
            return sorted(self._swarms[bytes.fromhex(info_hash)])

    def answer(self, request: RecordedRequest) -> Reply:
        """Answer announces and scrapes."""
        # An info-hash is bytes, not text: latin-1 keeps every byte as it is.
        query = {k: v.encode("latin-1") for k, v in parse_qsl(request.raw_query, encoding="latin-1")}
        if request.path == "/announce":
            return Reply(encode(self._announce(query, request.peer)), content_type="text/plain")
        if request.path == "/scrape":
            return Reply(encode(self._scrape(query)), content_type="text/plain")
        return Reply(b"", 404)

    def _announce(self, query: Mapping[str, bytes], host: str) -> dict[bytes, object]:
        info_hash, port = query.get("info_hash", b""), query.get("port", b"")
        if len(info_hash) != 20 or not port.isdigit():
            return {b"failure reason": b"info_hash or port is missing or malformed"}
        peer = (host, int(port))
        with self._lock:
            swarm = self._swarms[info_hash]
            if query.get("event") == b"stopped":
                swarm.pop(peer, None)
            else:
                swarm[peer] = query.get("left") == b"0"
            others = [other for other in swarm if other != peer]
            seeders = sum(swarm.values())
            return {
                b"interval": self.interval,
                b"min interval": 1,
                b"complete": seeders,
                b"incomplete": len(swarm) - seeders,
                b"peers": b"".join(_compact(other) for other in others),
            }

    def _scrape(self, query: Mapping[str, bytes]) -> dict[bytes, object]:
        info_hash = query.get("info_hash", b"")
        with self._lock:
            swarm = self._swarms.get(info_hash, {})
            seeders = sum(swarm.values())
            figures = {b"complete": seeders, b"downloaded": 0, b"incomplete": len(swarm) - seeders}
        return {b"files": {info_hash: figures}}


def _compact(peer: Peer) -> bytes:
    host, port = peer
    return ipaddress.IPv4Address(host).packed + port.to_bytes(2, "big")
