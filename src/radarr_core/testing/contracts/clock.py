"""What every clock promises."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from datetime import UTC, timedelta
from pathlib import Path

from radarr_core.ports.clock import Clock


class ClockHarness(ABC):
    """Brings up the clock under test.

    Args:
        folder: an empty folder of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def create(self) -> Clock:
        """A clock, ready to tell the time."""


class ClockContract:
    """Subclass it and give it a fixture `harness` that is a `ClockHarness`."""

    def test_tells_aware_moments_in_utc(self, harness: ClockHarness) -> None:
        """Moments can be compared and stored without guessing a time zone."""
        now = harness.create().now()
        assert now.utcoffset() == timedelta(0)
        assert now.tzinfo is UTC

    def test_never_goes_back(self, harness: ClockHarness) -> None:
        """What is told later is never earlier, so events keep their order."""
        clock = harness.create()
        moments = [clock.now() for _ in range(200)]
        assert moments == sorted(moments)

    async def test_a_wait_lets_that_much_time_pass(self, harness: ClockHarness) -> None:
        """After a wait the clock tells a moment at least that much later."""
        clock = harness.create()
        before = clock.now()
        await clock.sleep(0.02)
        # A wait may end one tick of the machine's timer early.
        assert clock.now() - before >= timedelta(seconds=0.019)

    async def test_others_run_while_it_waits(self, harness: ClockHarness) -> None:
        """A wait, also one for nothing or less, gives other tasks their turn."""
        clock = harness.create()
        for seconds in (0.01, 0, -1):
            ran = asyncio.Event()
            task = asyncio.create_task(_set(ran))
            await clock.sleep(seconds)
            assert ran.is_set(), seconds
            await task

    async def test_waiting_for_nothing_or_less_does_not_wait(self, harness: ClockHarness) -> None:
        """A negative number of seconds neither fails nor moves time back."""
        clock = harness.create()
        before = clock.now()
        await clock.sleep(0)
        await clock.sleep(-3600)
        assert timedelta(0) <= clock.now() - before < timedelta(seconds=60)

    async def test_a_wait_can_be_cancelled(self, harness: ClockHarness) -> None:
        """A pipeline that stops does not sit out its timers."""
        clock = harness.create()
        task = asyncio.create_task(_sleep_for_ever(clock))
        await asyncio.sleep(0)
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=5)
        assert done
        assert task.cancelled()


async def _set(event: asyncio.Event) -> None:
    event.set()


async def _sleep_for_ever(clock: Clock) -> None:
    while True:
        await clock.sleep(3600)
