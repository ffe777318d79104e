"""A notifier that tells nobody."""

from __future__ import annotations

from radarr_core.domain.events import StoredEvent
from radarr_core.errors import RadarrCoreError
from radarr_core.ports.notifier import Notifier


class RecordingNotifier(Notifier):
    """Remembers what it was told.

    Attributes:
        told: the events, in order.
        failure: raised by every call while it is set; what it was told then is not remembered.
    """

    def __init__(self, name: str = "recording") -> None:
        self._name = name
        self.told: list[StoredEvent] = []
        self.failure: RadarrCoreError | None = None

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    async def notify(self, stored: StoredEvent) -> None:
        """Remember the event."""
        self._fail()
        self.told.append(stored)

    async def check(self) -> str:
        """Say how much it remembers."""
        self._fail()
        return f"{len(self.told)} events remembered"

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
