"""How long an indexer that failed is left alone: longer with each failure, and never for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import evolve, field, frozen
from attrs.validators import ge, le

from .moments import check_aware

LADDER = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 5, 15, 30, 60, 180, 360, 720, 1440))
"""The pause at each level, as Radarr has them: none, a minute, and up to a day."""
HIGHEST_LEVEL = len(LADDER) - 1
BUSY_PAUSE = timedelta(minutes=60)
"""For an indexer that counted too many requests and did not say for how long (Radarr: 60 minutes)."""
START_UP = timedelta(minutes=15)
"""After a start the network may not be there yet, so failures count for little (Radarr: 15 minutes)."""
START_UP_PAUSE = timedelta(minutes=5)


@frozen(kw_only=True)
class IndexerHealth:
    """What an indexer's latest failures have led to. One that never failed is at level 0.

    Attributes:
        indexer: its configured name.
        level: the rung of `LADDER`: a failure climbs, a success steps down.
        failing_since: when the present row of failures began: aware, UTC, like all of these.
        last_failure: when it failed last.
        left_alone_until: when it may be asked again; None when it may be asked now.
        is_on_request: whether the indexer itself asked for the pause.
        reason: what it failed with.
    """

    indexer: str
    level: int = field(default=0, validator=[ge(0), le(HIGHEST_LEVEL)])
    failing_since: datetime | None = field(default=None, validator=check_aware)
    last_failure: datetime | None = field(default=None, validator=check_aware)
    left_alone_until: datetime | None = field(default=None, validator=check_aware)
    is_on_request: bool = False
    reason: str = ""

    def is_left_alone(self, now: datetime) -> bool:
        """Whether it is not to be asked; a clock that was set back never makes the pause longer."""
        if self.left_alone_until is None or self.last_failure is None:
            return False
        return self.last_failure <= now < self.left_alone_until

    def succeeded(self) -> IndexerHealth:
        """After an answer: one rung down, and no pause."""
        if self.level == 0:
            return self
        level = self.level - 1
        since = self.failing_since if level else None
        return evolve(self, level=level, failing_since=since, left_alone_until=None, is_on_request=False)

    def failed(
        self,
        reason: str,
        *,
        asked_at: datetime,
        now: datetime,
        pause: timedelta | None = None,
        climbs: bool = True,
        is_starting: bool = False,
    ) -> IndexerHealth:
        """After a failure.

        Args:
            reason: what it failed with, for people.
            asked_at: when it was asked. Of several questions that were under way together, one counts.
            now: when it failed.
            pause: the least time for which the indexer asks to be left alone; the level is raised to one that long.
            climbs: False when the indexer could not even be reached, which may be our own network's fault: the first
                such failure counts, further ones only renew the pause.
            is_starting: whether this program started just now; then the pause is short, and the level stays low.
        """
        is_same_outage = self.level > 0 and self.last_failure is not None and asked_at <= self.last_failure
        level = self.level
        if level == 0 or not (is_same_outage or is_starting or not climbs):
            level = min(level + 1, HIGHEST_LEVEL)
        if pause is not None:
            level = next((n for n in range(level, HIGHEST_LEVEL) if LADDER[n] >= pause), HIGHEST_LEVEL)
        wait = LADDER[level]
        if is_starting and pause is None:
            wait = min(wait, START_UP_PAUSE)
        until = now + wait
        if is_same_outage and self.left_alone_until is not None:
            until = max(until, self.left_alone_until)
        return evolve(
            self,
            level=level,
            failing_since=self.failing_since or now,
            last_failure=now,
            left_alone_until=until,
            is_on_request=pause is not None or (is_same_outage and self.is_on_request),
            reason=reason,
        )
