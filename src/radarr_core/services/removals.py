"""How much went out of the library lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import define, field

from radarr_core.domain.plans import Plan

_DAY = timedelta(days=1)


@define
class Removals:
    """What went out of the library lately, as one running pipeline counts it."""

    noted: list[tuple[datetime, int, int]] = field(factory=list)

    def note(self, plan: Plan, now: datetime) -> None:
        """A plan was carried out."""
        if plan.removals:
            self.noted.append((now, len(plan.removals), plan.removed_bytes))

    def lately(self, now: datetime) -> tuple[int, int]:
        """Files and bytes of the last day; what is older is forgotten."""
        self.noted = [entry for entry in self.noted if now - entry[0] < _DAY]
        return sum(entry[1] for entry in self.noted), sum(entry[2] for entry in self.noted)
