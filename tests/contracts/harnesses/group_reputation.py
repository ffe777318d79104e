"""Sources of reputations by name."""

import json
from pathlib import Path

from attrs import evolve

from radarr_adapters.group_reputations.blend.client import Blend
from radarr_adapters.group_reputations.chain.client import Chain
from radarr_adapters.group_reputations.evidence.client import EvidenceReputation
from radarr_adapters.group_reputations.learned.client import Learned
from radarr_adapters.group_reputations.tier_list.client import TierList
from radarr_adapters.group_reputations.tier_list.wire import read_tiers
from radarr_core.domain.scene_groups import EvidenceLevel, Group, Medium, Stratum
from radarr_core.errors import ServiceUnavailableError
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.ports.storage import UnitOfWork
from radarr_core.testing.contracts.group_reputation import GroupReputationHarness
from radarr_core.testing.fakes.group_reputation import ScriptedReputation
from radarr_core.testing.fakes.storage import InMemoryStorage
from radarr_core.testing.group_tables import list_known, make_fitted_table
from tests.core.formats import condition


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


class TierListHarness(GroupReputationHarness):
    """A list of two groups, in a file as the guides write it."""

    def __init__(self, folder: Path) -> None:
        """The file is written there."""
        names = [condition("group", value=f"^({group})$") for group, _ in self.known]
        listed = {"name": "WEB Tier 01", "specifications": [*names, condition("source")]}
        (folder / "web-tier-01.json").write_text(json.dumps(listed))
        self._folder = folder

    @property
    def known(self) -> tuple[tuple[Group, Stratum], ...]:
        """See the base class."""
        return tuple((Group(name), Stratum(Medium.WEB, 1080)) for name in ("TIDE", "E.N.D"))

    async def create(self) -> GroupReputation:
        """See the base class."""
        return TierList(read_tiers(self._folder))


class ChainHarness(ScriptedHarness):
    """A source that knows nobody before one that knows some."""

    async def create(self) -> GroupReputation:
        """See the base class."""
        self._first = ScriptedReputation({})
        return Chain([self._first, await super().create()])

    async def break_down(self) -> bool:
        """Both go: one that is left would do."""
        self._first.error = self._source.error = ServiceUnavailableError("it is away", adapter="scripted")
        return True


class BlendHarness(ScriptedHarness):
    """Evidence beside a list that names one of its groups."""

    async def create(self) -> GroupReputation:
        """See the base class."""
        first = self.known[0]
        listed = evolve(make_fitted_table().find_reputation(*first), evidence=EvidenceLevel.LISTED, source="list")
        return Blend(tiers=ScriptedReputation({first: listed}), evidence=await super().create())


class LearnedHarness(EvidenceHarness):
    """Evidence, before anything could be learned from outcomes."""

    async def create(self) -> GroupReputation:
        """See the base class."""
        return Learned(source=await super().create(), storage=self._storage)


HARNESSES: dict[str, type[GroupReputationHarness]] = {
    "blend": BlendHarness,
    "chain": ChainHarness,
    "evidence": EvidenceHarness,
    "learned": LearnedHarness,
    "scripted": ScriptedHarness,
    "tier_list": TierListHarness,
}
