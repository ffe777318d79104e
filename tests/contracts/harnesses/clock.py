"""Clocks by name."""

from radarr_adapters.clocks.system.client import SystemClock
from radarr_core.ports.clock import Clock
from radarr_core.testing.contracts.clock import ClockHarness
from radarr_core.testing.fakes.clock import ManualClock


class ManualClockHarness(ClockHarness):
    """The clock that is moved by hand."""

    def create(self) -> Clock:
        """A clock at its usual start."""
        return ManualClock()


class SystemClockHarness(ClockHarness):
    """Real time."""

    def create(self) -> Clock:
        """A clock of its own."""
        return SystemClock()


HARNESSES: dict[str, type[ClockHarness]] = {"manual": ManualClockHarness, "system": SystemClockHarness}
