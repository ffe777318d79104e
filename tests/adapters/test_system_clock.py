"""The clock of this machine, beyond its port's contract."""

from datetime import UTC, datetime, timedelta

import pytest

from radarr_adapters.clocks.system import client, plugin
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.testing.fakes.clock import ManualClock


def test_is_registered_by_its_hook() -> None:
    """A configuration gets the clock by name, as a stranger's."""
    registry = build_registry([("test", plugin)])
    context = AdapterContext(name="clock", clock=ManualClock())
    clock = registry.create(PortKind.CLOCK, "system", {}, context, where="clock", environ={})
    assert isinstance(clock, client.SystemClock)


def test_tells_real_time() -> None:
    """It is this machine's time, not one of its own."""
    assert abs(client.SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=5)


class _Machine:
    """This machine's two clocks, set by hand."""

    wall = datetime(2025, 6, 1, tzinfo=UTC)
    ticks = 100.0

    @classmethod
    def now(cls, zone: object) -> datetime:
        """What the machine takes for the time of day."""
        return cls.wall

    @classmethod
    def monotonic(cls) -> float:
        """What never goes back."""
        return cls.ticks


def test_runs_on_when_the_machine_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a step back time goes on from where it was, and a step forward is followed."""

    class Machine(_Machine):
        min = datetime.min  # noqa: DTZ901 - the clock gives it a zone itself

    monkeypatch.setattr(client, "datetime", Machine)
    monkeypatch.setattr(client.time, "monotonic", Machine.monotonic)
    clock = client.SystemClock()
    first = clock.now()
    assert first == Machine.wall
    Machine.wall -= timedelta(hours=1)
    Machine.ticks += 2
    assert clock.now() - first == timedelta(seconds=2)
    Machine.wall = first + timedelta(days=1)
    Machine.ticks += 1
    assert clock.now() == first + timedelta(days=1)
