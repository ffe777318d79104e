"""Sources of reputations by name."""

from pathlib import Path

from radarr_adapters.group_reputations.evidence.client import EvidenceReputation
from radarr_core.domain.scene_groups import Group, Stratum
from radarr_core.errors import ServiceUnavailableError
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.ports.storage import UnitOfWork
from radarr_core.testing.contracts.group_reputation import GroupReputationHarness
from radarr_core.testing.fakes.group_reputation import ScriptedReputation
from radarr_core.testing.fakes.storage import InMemoryStorage
from radarr_core.testing.group_tables import list_known, make_fitted_table


class ScriptedHarness(GroupReputationHarness):
    """The fake."""

    def __init__(self, folder: Path) -> None:
        """It needs no folder."""
        self._source = ScriptedReputation({one: make_fitted_table().find_reputation(*one) for one in self.known})

    @property
    def known(self) -> tuple[tuple[Group, Stratum], ...]:
        """See the base class."""
        return list_known()[:5]

    async def create(self) -> GroupReputation:
        """See the base class."""
        return self._source

    async def break_down(self) -> bool:
        """See the base class."""
        self._source.error = ServiceUnavailableError("it is away", adapter="scripted")
        return True


class LeavingStorage(InMemoryStorage):
    """A storage that can go away."""

    is_away = False

    def begin(self) -> UnitOfWork:
        """A new unit of work, as long as it is there."""
        if self.is_away:
            raise ServiceUnavailableError("the database is away", adapter="in-memory")
        return super().begin()


class EvidenceHarness(GroupReputationHarness):
    """What was fitted to a small made-up world, in storage."""

    def __init__(self, folder: Path) -> None:
        """It needs no folder."""
        self._storage = LeavingStorage()

    @property
    def known(self) -> tuple[tuple[Group, Stratum], ...]:
        """See the base class."""
        return list_known()[:5]

    async def create(self) -> GroupReputation:
        """See the base class."""
        async with self._storage.begin() as work:
            await work.group_tables.publish(make_fitted_table())
        return EvidenceReputation(self._storage)

    async def break_down(self) -> bool:
        """See the base class."""
        self._storage.is_away = True
        return True


HARNESSES: dict[str, type[GroupReputationHarness]] = {"scripted": ScriptedHarness, "evidence": EvidenceHarness}
