"""When a film may be looked for, and when what is known of it should be asked for again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from attrs import field, frozen

from .moments import check_aware

CINEMA_WINDOW = timedelta(days=90)
"""How long after its start in cinemas a film is taken for released where no release is known (Radarr: 90 days)."""

_RECENT = timedelta(days=30)
_STALE, _FRESH = timedelta(days=180), timedelta(hours=12)


class Availability(StrEnum):
    """From which stage of its life on a film is fetched."""

    TBA = "tba"
    ANNOUNCED = "announced"
    IN_CINEMAS = "in_cinemas"
    RELEASED = "released"


class MovieStatus(StrEnum):
    """Where a film stands in its life; DELETED says that its source no longer knows it."""

    DELETED = "deleted"
    ANNOUNCED = "announced"
    IN_CINEMAS = "in_cinemas"
    RELEASED = "released"


@frozen(kw_only=True)
class ReleaseDates:
    """When a film comes out: aware, UTC; None where no date is known.

    Raises:
        ValueError: a moment has no time zone.
    """

    in_cinemas: datetime | None = field(default=None, validator=check_aware)
    digital: datetime | None = field(default=None, validator=check_aware)
    physical: datetime | None = field(default=None, validator=check_aware)

    @property
    def released(self) -> datetime | None:
        """The earlier of digital and physical release, else 90 days after the cinemas; None when nothing is known."""
        known = [moment for moment in (self.digital, self.physical) if moment is not None]
        if known:
            return min(known)
        return None if self.in_cinemas is None else self.in_cinemas + CINEMA_WINDOW

    def available_from(self, minimum: Availability) -> datetime | None:
        """The moment from which a film counts as available; None when that is not known.

        Only asked of IN_CINEMAS and RELEASED: a film that need only be announced is available at any time.
        """
        if minimum is Availability.IN_CINEMAS and self.in_cinemas is not None:
            return self.in_cinemas
        return self.released


NO_DATES = ReleaseDates()


def is_available(dates: ReleaseDates, minimum: Availability, now: datetime, *, delay_days: int = 0) -> bool:
    """Whether a film may be looked for yet; with no date known, one that must be released never may.

    Args:
        dates: when it comes out.
        minimum: the stage it must have reached.
        now: aware, UTC.
        delay_days: days to wait beyond that stage; negative to begin before it.
    """
    if minimum in (Availability.TBA, Availability.ANNOUNCED):
        return True
    start = dates.available_from(minimum)
    return start is not None and now >= start + timedelta(days=delay_days)


def find_status(dates: ReleaseDates, now: datetime) -> MovieStatus:
    """Where a film stands by its dates."""
    if dates.released is not None and now >= dates.released:
        return MovieStatus.RELEASED
    if dates.in_cinemas is not None and now >= dates.in_cinemas:
        return MovieStatus.IN_CINEMAS
    return MovieStatus.ANNOUNCED


def is_refresh_due(status: MovieStatus, dates: ReleaseDates, *, last_refreshed: datetime, now: datetime) -> bool:
    """Whether what is known of a film should be asked for again: often while it comes out, seldom afterwards."""
    since = now - last_refreshed
    if since > _STALE:
        return True
    if since < _FRESH:
        return False
    if status in (MovieStatus.ANNOUNCED, MovieStatus.IN_CINEMAS):
        return True
    out = dates.physical or (dates.in_cinemas + CINEMA_WINDOW if dates.in_cinemas else None)
    return status is MovieStatus.RELEASED and out is not None and out >= now - _RECENT
