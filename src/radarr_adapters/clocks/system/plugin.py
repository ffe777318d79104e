"""The adapter `system` of the port Clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.clock import Clock


@frozen(kw_only=True)
class SystemClockSettings:
    """There is nothing to set."""


class SystemClockAdapter(Adapter[SystemClockSettings, Clock]):
    """Real time."""

    name = "system"
    settings = SystemClockSettings
    summary = "the time of this machine"

    @classmethod
    def create(cls, settings: SystemClockSettings, context: AdapterContext) -> Clock:
        """Build the clock."""
        del settings, context  # it needs neither
        from .client import SystemClock

        return SystemClock()


@hookimpl
def radarr_register_clocks() -> Iterable[type[Adapter[Any, Clock]]]:
    """The clock of this machine."""
    return [SystemClockAdapter]
