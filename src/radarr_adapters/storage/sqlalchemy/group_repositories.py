"""What was seen of releases, and the table of their groups: the repositories."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from attrs import define
from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from radarr_core.domain.scene_groups import GroupTable, Observation, ObservationSet, merge_sightings
from radarr_core.errors import ConfigurationError
from radarr_core.ports.storage import GroupTableRepository, ObservationRepository

from . import group_wire, tables, wire
from .transactions import Transaction

_log = logging.getLogger(__name__)
_REMEDY = "'radarr-core groups refit' makes the table anew"
_AT_ONCE = 500
"""Keys a question may hold; databases have their limits."""

_observations, _models, _groups = tables.release_observations, tables.reputation_models, tables.group_reputations
_OBSERVATIONS = tables.select_bodies(_observations)
_COUNT = select(func.count()).select_from(_observations)
_KNOWN = _OBSERVATIONS.add_columns(_observations.c.first_seen, _observations.c.signal)
_SIGNALS = select(_observations.c.key, _observations.c.signal).where(_observations.c.signal.is_not(None))
_NUMBER = select(func.max(_models.c.number))
_VERSION = select(_models.c.number, _models.c.at).where(_models.c.number == _NUMBER.scalar_subquery())
_ADD_MODEL, _ADD_GROUP = insert(_models), insert(_groups)
_DROP_MODELS, _DROP_GROUPS = delete(_models), delete(_groups)


@define
class Observations(ObservationRepository):
    """What was seen, in `release_observations`."""

    _transaction: Transaction

    async def record(self, observations: Iterable[Observation]) -> None:
        """See the port. What is known is read first, since what is kept of two sightings hangs on both."""
        new = tuple(ObservationSet.of(observations))
        for start in range(0, len(new), _AT_ONCE):
            await self._record(new[start : start + _AT_ONCE])

    async def _record(self, observations: Sequence[Observation]) -> None:
        by_key = {wire.to_key(one.key): one for one in observations}
        query = _KNOWN.where(_observations.c.key.in_(by_key))
        for row in await self._transaction.ask(lambda connection: connection.execute(query).all()):
            known, new = self._find(row, query), by_key.pop(row.key)
            merged = new if known is None else merge_sightings(known, new)
            first = min(row.first_seen, wire.to_moment(new.seen_at))
            if merged is not known or first != row.first_seen:
                written = group_wire.row_from_observation(merged, first, row.signal)
                self._transaction.save(_observations, written)
        for one in by_key.values():
            self._transaction.save(_observations, group_wire.row_from_observation(one))

    async def list_all(self) -> tuple[Observation, ...]:
        """See the port. Databases sort texts by rules of their own."""
        found = await self._transaction.ask(
            lambda connection: [self._find(row, _OBSERVATIONS) for row in connection.execute(_OBSERVATIONS)]
        )
        return tuple(sorted((one for one in found if one is not None), key=lambda observation: observation.key))

    def _find(self, row: Row[Any], query: Select[Any]) -> Observation | None:
        """The observation of a row; None for one that was damaged, which says nothing and keeps nobody from judging."""
        try:
            return self._transaction.read(row, query, Observation, "it is passed over until the release is seen again")
        except ConfigurationError as error:
            _log.warning("%s", error)
            return None

    async def count_since(self, moment: datetime) -> int:
        """See the port."""
        query = _COUNT.where(_observations.c.first_seen > wire.to_moment(moment))
        return await self._transaction.ask(lambda connection: int(connection.execute(query).scalar_one()))

    async def note_signals(self, signals: Mapping[str, float]) -> None:
        """See the port."""
        for key, signal in signals.items():
            self._transaction.write(tables.NOTE_SIGNAL, {"its_key": wire.to_key(key), "its_signal": signal})

    async def find_signals(self, keys: Collection[str]) -> Mapping[str, float]:
        """See the port."""
        wanted = {wire.to_key(key): key for key in keys}
        found: dict[str, float] = {}
        names = tuple(wanted)
        for start in range(0, len(names), _AT_ONCE):
            query = _SIGNALS.where(_observations.c.key.in_(names[start : start + _AT_ONCE]))
            rows = await self._transaction.ask(lambda connection, query=query: connection.execute(query).all())  # type: ignore[misc]
            found.update((wanted[row.key], row.signal) for row in rows)
        return found

    async def prune(self, before: datetime) -> int:
        """See the port."""
        statement = delete(_observations).where(_observations.c.last_seen < wire.to_moment(before))
        return await self._transaction.ask(lambda connection: connection.execute(statement).rowcount)


def _drop_all(connection: Connection) -> None:
    for statement in (_DROP_GROUPS, _DROP_MODELS):
        connection.execute(statement)


@define
class GroupTables(GroupTableRepository):
    """The table in force: a row in `reputation_models`, and one for each group in `group_reputations`."""

    _transaction: Transaction

    async def publish(self, table: GroupTable) -> int:
        """See the port. All rows go and come in one transaction, so nobody ever reads half a table."""
        last = await self._transaction.ask(lambda connection: connection.execute(_NUMBER).scalar_one())
        number = 1 if last is None else int(last) + 1
        await self._transaction.ask(_drop_all)
        self._transaction.write(_ADD_MODEL, group_wire.row_from_model(number, table))
        for row in group_wire.rows_from_groups(number, table):
            self._transaction.write(_ADD_GROUP, row)
        return number

    async def find_version(self) -> tuple[int, datetime] | None:
        """See the port."""
        row = await self._transaction.ask(lambda connection: connection.execute(_VERSION).one_or_none())
        if row is None:
            return None
        try:
            return row.number, datetime.fromisoformat(row.at).astimezone(UTC)
        except (TypeError, ValueError, OverflowError) as error:
            raise ConfigurationError(
                f"the row of number {row.number!a} in the table reputation_models has no moment ({row.at!a:.40}): the "
                f"database is damaged; {_REMEDY}",
                adapter=self._transaction.adapter,
            ) from error

    async def find_table(self) -> GroupTable | None:
        """See the port."""
        return await self._transaction.ask(self._read_table)

    def _read_table(self, connection: Connection) -> GroupTable | None:
        """Read in the worker's thread: thousands of groups take a while."""
        models = tables.select_bodies(_models).where(_models.c.number == _NUMBER.scalar_subquery())
        row: Row[Any] | None = connection.execute(models).one_or_none()
        if row is None:
            return None
        read = self._transaction.read
        model = read(row, models, group_wire.ModelFacts, _REMEDY)
        groups = tables.select_bodies(_groups).where(_groups.c.model == row.number)
        return group_wire.build_table(
            model, (read(one, groups, group_wire.GroupFacts, _REMEDY) for one in connection.execute(groups))
        )
