"""A clock that is moved by hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from radarr_core.ports.clock import Clock

_START = datetime(2025, 1, 1, 12, 0, tzinfo=UTC)


class ManualClock(Clock):
    """Stands still until it is moved; a sleep moves it at once and gives other tasks a turn.

    Args:
        start: the first moment it tells; aware.

    Attributes:
        slept: the seconds of every wait above 0, in order.
    """

    def __init__(self, start: datetime = _START) -> None:
        if start.tzinfo is None:
            raise ValueError(f"a clock starts at an aware moment, not at {start!r}")
        self._now = start.astimezone(UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The moment it was moved to."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            ValueError: time would go back.
        """
        if seconds < 0:
            raise ValueError(f"a clock never goes back: {seconds!r}")
        self._now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Move the clock by that much, then let the other tasks run."""
        if seconds > 0:
            self.slept.append(seconds)
            self.advance(seconds)
        await asyncio.sleep(0)
