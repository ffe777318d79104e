"""The port `Clock` over this machine's clocks."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta

from radarr_core.ports.clock import Clock


class SystemClock(Clock):
    """Tells this machine's time, and goes on steadily when somebody sets that time back.

    A step forward is followed at once. After a step back it runs on from the last moment it told, by the monotonic
    clock, so that events keep their order and waits their length.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told = datetime.min.replace(tzinfo=UTC)
        self._ticks = time.monotonic()

    def now(self) -> datetime:
        """The present moment in UTC, never earlier than the one before; may be called from any thread."""
        with self._lock:
            ticks = time.monotonic()
            steady = self._told + timedelta(seconds=ticks - self._ticks)
            self._told, self._ticks = max(datetime.now(UTC), steady), ticks
            return self._told

    async def sleep(self, seconds: float) -> None:
        """Wait; other tasks run meanwhile."""
        await asyncio.sleep(max(seconds, 0))
