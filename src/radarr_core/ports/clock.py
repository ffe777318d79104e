"""The role of time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime


class Clock(ABC):
    """Tells the time and waits. Nothing else in the library reads the time of day or sleeps."""

    @abstractmethod
    def now(self) -> datetime:
        """The present moment: aware, in UTC, never earlier than the moment told before."""

    @abstractmethod
    async def sleep(self, seconds: float) -> None:
        """Wait; other tasks run meanwhile. No wait for 0 or less, but other tasks still get their turn.

        A fake clock may let any number of seconds pass at once.
        """
