"""A receiver of webhooks that remembers what it was told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .loopback import LoopbackServer, RecordedRequest, Reply


@dataclass(frozen=True)
class ReceivedHook:
    """One delivery: its headers (names in lower case), its exact bytes, and what they say."""

    headers: Mapping[str, str]
    raw: bytes
    json: Any


class WebhookReceiver(LoopbackServer):
    """Takes JSON by POST at `hook_url`; every other method is answered with 405 and delivers nothing.

    Args:
        status: what deliveries are answered with; `status` may be changed while the receiver runs.
    """

    def __init__(self, *, status: int = 204) -> None:
        super().__init__()
        self.status = status
        self.received: list[ReceivedHook] = []
        self._arrived = threading.Condition()

    @property
    def hook_url(self) -> str:
        """Where deliveries go."""
        return f"{self.url}/hook"

    def answer(self, request: RecordedRequest) -> Reply:
        """Remember a delivery and answer with `status`; a delivery that was refused is not remembered."""
        if request.method != "POST":
            return Reply(b"", 405, "text/plain", {"Allow": "POST"})
        try:
            told = json.loads(request.body)
        except ValueError:
            return Reply(b"that is no JSON", 400, "text/plain")
        if 200 <= self.status < 300:
            with self._arrived:
                self.received.append(ReceivedHook(request.headers, request.body, told))
                self._arrived.notify_all()
        headers = {"Retry-After": self.retry_after} if self.status in (429, 503) and self.retry_after else {}
        return Reply(b"", self.status, "text/plain", headers)

    def wait_for(self, count: int, *, timeout: float = 10.0) -> list[ReceivedHook]:
        """Wait until that many deliveries came, and return them all.

        Raises:
            TimeoutError: they did not come within `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        with self._arrived:
            while len(self.received) < count:
                left = deadline - time.monotonic()
                if left <= 0 or not self._arrived.wait(left):
                    raise TimeoutError(f"{len(self.received)} of {count} deliveries came within {timeout} s")
            return list(self.received)
