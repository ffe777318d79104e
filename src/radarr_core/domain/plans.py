"""Nothing is replaced or removed without a plan that was written down, weighed and can be undone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from attrs import evolve, field, frozen

from .identifiers import CorrelationId
from .moments import check_aware
from .movies import SlotKey


class PlacementMode(StrEnum):
    """How a new file gets into the library."""

    HARD_LINK = "hard-link"
    COPY = "copy"
    HARD_LINK_OR_COPY = "hard-link-or-copy"


@frozen(kw_only=True)
class PlaceFile:
    """Put a file into the library; the source stays where it is. `size` is bytes and is verified."""

    source: PurePath
    target: PurePath
    size: int
    mode: PlacementMode = PlacementMode.HARD_LINK


@frozen(kw_only=True)
class RetireFile:
    """Move a file that was replaced out of the library, to where it can be fetched back from. `size` is bytes."""

    path: PurePath
    retired_to: PurePath
    size: int


@frozen(kw_only=True)
class RenameFile:
    """Give a file within one folder its final name; `size` is bytes."""

    path: PurePath
    target: PurePath
    size: int


Effect = PlaceFile | RetireFile | RenameFile


class PlanState(StrEnum):
    """How far a plan has come."""

    PLANNED = "planned"
    DONE = "done"
    ABANDONED = "abandoned"
    UNDONE = "undone"


@frozen(kw_only=True)
class Plan:
    """What is about to happen to files: what, why, how many, how many bytes.

    Effects are carried out in order, and each can be found done already, so a plan that was interrupted is simply
    carried out again.

    Raises:
        ValueError: an old file would go before a new one is in place, or there is nothing to do.
    """

    id: str
    reason: str
    target: SlotKey
    correlation_id: CorrelationId
    made_at: datetime = field(validator=check_aware)
    effects: tuple[Effect, ...]
    state: PlanState = PlanState.PLANNED

    def __attrs_post_init__(self) -> None:
        """Refuse plans that could lose a file."""
        if not self.effects:
            raise ValueError(f"plan {self.id!r} has no effect")
        if not isinstance(self.effects[0], PlaceFile) and any(isinstance(e, PlaceFile) for e in self.effects):
            raise ValueError(f"plan {self.id!r} removes a file before the new one is in place")

    @property
    def placed(self) -> PlaceFile:
        """The new file, under the name it has in the end.

        Raises:
            TypeError: the plan places no file.
        """
        first, last = self.effects[0], self.effects[-1]
        if not isinstance(first, PlaceFile):
            raise TypeError(f"plan {self.id!r} places no file")
        return evolve(first, target=last.target) if isinstance(last, RenameFile) else first

    @property
    def removals(self) -> tuple[RetireFile, ...]:
        """The effects that take a file out of the library."""
        return tuple(effect for effect in self.effects if isinstance(effect, RetireFile))

    @property
    def removed_bytes(self) -> int:
        """Bytes that leave the library."""
        return sum(effect.size for effect in self.removals)

    def moved_to(self, state: PlanState) -> Plan:
        """The plan in another state."""
        return evolve(self, state=state)


@frozen(kw_only=True)
class Governor:
    """Limits on what a running pipeline may take out of the library within a day before a person is asked.

    Attributes:
        max_removals: files a day.
        max_removed_bytes: bytes a day; None for no limit.
    """

    max_removals: int = 20
    max_removed_bytes: int | None = None

    def find_objection(self, plan: Plan, *, removals_so_far: int = 0, bytes_so_far: int = 0) -> str | None:
        """Why the plan needs a person's word first; None when it may go ahead."""
        count = removals_so_far + len(plan.removals)
        if plan.removals and count > self.max_removals:
            return f"it would be file {count} removed within a day; {self.max_removals} may go without asking"
        size = bytes_so_far + plan.removed_bytes
        if plan.removals and self.max_removed_bytes is not None and size > self.max_removed_bytes:
            return f"{size} bytes would be removed within a day; {self.max_removed_bytes} may go without asking"
        return None
