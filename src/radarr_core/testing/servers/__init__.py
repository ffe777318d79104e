"""Servers to talk to on loopback: they need the standard library alone, and stop when their block ends.

Each is a context manager that listens on 127.0.0.1, on a port the system picks, as soon as its block is entered.
"""

from .bencoding import make_torrent
from .faults import Fault
from .loopback import LoopbackServer, RecordedRequest, refused_url
from .torznab import LinkAnswer, OfferedRelease, TorznabServer
from .tracker import Tracker
from .webhook import ReceivedHook, WebhookReceiver

__all__ = [
    "Fault",
    "LinkAnswer",
    "LoopbackServer",
    "OfferedRelease",
    "ReceivedHook",
    "RecordedRequest",
    "TorznabServer",
    "Tracker",
    "WebhookReceiver",
    "make_torrent",
    "refused_url",
]
