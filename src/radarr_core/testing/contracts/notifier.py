"""What every notifier promises."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self

import pytest

from radarr_core.domain.events import (
    DownloadFailed,
    Event,
    GrabFailed,
    ImportWaits,
    MovieAdded,
    MovieFileImported,
    NotificationFailed,
    ReleaseGrabbed,
    ReleaseMislabelled,
    SearchCompleted,
    StoredEvent,
)
from radarr_core.domain.identifiers import CorrelationId, InfoHash, MovieId
from radarr_core.errors import AskPersonError, GiveUpError, RadarrCoreError, RetryLaterError
from radarr_core.ports.notifier import Notifier


class NotifierFailure(StrEnum):
    """How a receiver can fail."""

    AWAY = "is not there"
    HANGS = "never answers"
    BUSY = "asks to be told later"
    BROKEN = "fails by its own fault"
    REFUSES = "does not want the event"
    WRONG_KEY = "refuses the credentials"


FAILURE_ERRORS: dict[NotifierFailure, tuple[type[RadarrCoreError], ...]] = {
    NotifierFailure.AWAY: (RetryLaterError,),
    NotifierFailure.HANGS: (RetryLaterError,),
    NotifierFailure.BUSY: (RetryLaterError,),
    NotifierFailure.BROKEN: (RetryLaterError,),
    NotifierFailure.REFUSES: (GiveUpError, AskPersonError),
    NotifierFailure.WRONG_KEY: (AskPersonError,),
}


class NotifierHarness(ABC):
    """Brings up the notifier under test and its receiver; entered and left by ``async with``.

    The notifier's deadline is a few seconds or less.
    """

    failures: frozenset[NotifierFailure] = frozenset(NotifierFailure)
    """The failures this harness can bring about; at least `NotifierFailure.AWAY`."""

    @property
    @abstractmethod
    def notifier(self) -> Notifier:
        """The notifier, the same one every time."""

    @abstractmethod
    def list_delivered(self) -> Sequence[StoredEvent]:
        """What the receiver took so far, read back from what it was sent, in order."""

    @abstractmethod
    def fail(self, failure: NotifierFailure | None) -> None:
        """Let the receiver fail from now on; None for not any more."""

    @abstractmethod
    async def __aenter__(self) -> Self: ...

    @abstractmethod
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


_AT = datetime(2024, 5, 1, 12, 30, tzinfo=UTC)
_HASH = InfoHash("ab" * 20)
_NAME = "Der.Böse.Film.2001.1080p.WEB-DL-GRP"
_CORRELATION = CorrelationId("c-1")
_MOVIE = MovieId("tmdb-7")


def sample_events() -> tuple[Event, ...]:
    """One event of every kind."""
    return (
        MovieAdded(at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, title="Der böse Film", year=2001),
        SearchCompleted(
            at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, offers=8, acceptable=1, failed_indexers=(("a", "b"),)
        ),
        GrabFailed(at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, release=_NAME, indexer="i", reason="gone"),
        ReleaseGrabbed(
            at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, release=_NAME, indexer="i", client="c",
            info_hash=_HASH, quality="WEBDL-1080p",
        ),
        DownloadFailed(
            at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, release=_NAME, info_hash=_HASH, reason="error"
        ),
        ImportWaits(at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, release=_NAME, info_hash=_HASH, reason="two"),
        MovieFileImported(
            at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, release=_NAME, path=PurePosixPath("/m/a.mkv"),
            source=PurePosixPath("/d/a.mkv"), size=5, quality="WEBDL-1080p", mode="hard-link",
        ),
        ReleaseMislabelled(
            at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, release=_NAME, claimed="2160p", proved="720p"
        ),
        NotificationFailed(
            at=_AT, correlation_id=_CORRELATION, movie_id=_MOVIE, notifier="n", about="MovieAdded", reason="400"
        ),
    )  # fmt: skip


def _first() -> StoredEvent:
    return StoredEvent(sequence=1, event=sample_events()[0])


class NotifierContract:
    """Subclass it and give it a fixture `harness` that is an entered `NotifierHarness`."""

    async def test_has_a_name(self, harness: NotifierHarness) -> None:
        """Cursors and messages go by it."""
        assert harness.notifier.name.strip()

    async def test_tells_every_kind_of_event_whole_and_in_order(self, harness: NotifierHarness) -> None:
        """What arrives can be read back as the very events, with their places."""
        events = [StoredEvent(sequence=place, event=event) for place, event in enumerate(sample_events(), start=41)]
        for stored in events:
            await harness.notifier.notify(stored)
        assert list(harness.list_delivered()) == events

    async def test_telling_again_bears_the_same_sequence(self, harness: NotifierHarness) -> None:
        """After a crash an event may come twice; the receiver can tell by its sequence."""
        await harness.notifier.notify(_first())
        await harness.notifier.notify(_first())
        assert [stored.sequence for stored in harness.list_delivered()] == [1, 1]

    @pytest.mark.parametrize("failure", NotifierFailure)
    async def test_failures_have_their_types(self, harness: NotifierHarness, failure: NotifierFailure) -> None:
        """Away and busy mean later, refused means never; either way the adapter is named and nothing was taken."""
        if failure not in harness.failures:
            pytest.skip(f"this receiver cannot be made to do that: {failure}")
        harness.fail(failure)
        with pytest.raises(FAILURE_ERRORS[failure]) as caught:
            await asyncio.wait_for(harness.notifier.notify(_first()), timeout=30)
        assert isinstance(caught.value, RadarrCoreError)
        assert caught.value.adapter == harness.notifier.name
        assert list(harness.list_delivered()) == []
        harness.fail(None)
        await harness.notifier.notify(_first())
        assert list(harness.list_delivered()) == [_first()]

    async def test_check_tells_of_no_event(self, harness: NotifierHarness) -> None:
        """A check may be made at any time; it is one line for a person."""
        line = await harness.notifier.check()
        assert line.strip()
        assert "\n" not in line
        assert list(harness.list_delivered()) == []

    async def test_check_fails_when_nobody_is_there(self, harness: NotifierHarness) -> None:
        """A receiver that is away is found out before the first event."""
        harness.fail(NotifierFailure.AWAY)
        with pytest.raises(RetryLaterError):
            await harness.notifier.check()

    async def test_closing_twice_does_no_harm(self, harness: NotifierHarness) -> None:
        """`aclose` may be called again."""
        await harness.notifier.aclose()
        await harness.notifier.aclose()
