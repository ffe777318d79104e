"""The role of those who are told."""

from __future__ import annotations

from abc import ABC, abstractmethod

from radarr_core.domain.events import StoredEvent


class Notifier(ABC):
    """Is told of what happened.

    An event is told at least once: after a crash it may be told again, with the same `sequence`.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The configured name."""

    @abstractmethod
    async def notify(self, stored: StoredEvent) -> None:
        """Pass an event on; ends within the adapter's deadline.

        Raises:
            RetryLaterError: the receiver is away or busy; the caller tries again.
            GiveUpError, AskPersonError: trying again will not help; the caller notes it and goes on.
        """

    @abstractmethod
    async def check(self) -> str:
        """Find out whether the receiver is there without telling it of an event; one line for a person."""

    async def aclose(self) -> None:  # noqa: B027 - most have nothing to let go of
        """Let go of connections; calling it twice does no harm."""
