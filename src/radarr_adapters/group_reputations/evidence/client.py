"""The GroupReputation port over the table that the last fit has put into storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from radarr_core.domain.scene_groups import Group, GroupTable, Reputation, Stratum, UnknownReputation
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.ports.storage import Storage


class EvidenceReputation(GroupReputation):
    """Answers from the table in force; it is read once, and again when another one has taken its place.

    Args:
        storage: where tables are published; opened by whoever owns it.
        name: the configured name.
    """

    def __init__(self, storage: Storage, *, name: str = "evidence") -> None:
        self._storage = storage
        self._name = name
        self._number: int | None = None
        self._table: GroupTable | None = None

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def find_reputations(
        self, groups: Collection[tuple[Group, Stratum]], at: datetime
    ) -> Mapping[tuple[Group, Stratum], Reputation]:
        """What the table in force says at that moment; see the port."""
        if not groups:
            return {}
        table = await self._find_table()
        if table is None or table.at > at:
            why = "groups were not judged yet" if table is None else f"groups were judged after {at:%Y-%m-%d %H:%M} UTC"
            return {(group, kind): UnknownReputation(group=group, stratum=kind, why=why) for group, kind in groups}
        now = table.moved_to(at)
        return {(group, stratum): now.find_reputation(group, stratum) for group, stratum in groups}

    async def _find_table(self) -> GroupTable | None:
        async with self._storage.begin() as work:
            version = await work.group_tables.find_version()
            number = version[0] if version else None
            if number != self._number:
                self._table, self._number = await work.group_tables.find_table(), number
        return self._table
