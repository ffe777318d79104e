"""The role of who knows the makers of releases: how good a group's work tends to be, and how sure that is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from datetime import datetime

from radarr_core.domain.scene_groups import Group, ModelReport, Reputation, Stratum


class GroupReputation(ABC):
    """What is known about the makers of releases."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The configured name."""

    @abstractmethod
    async def find_reputations(
        self, groups: Collection[tuple[Group, Stratum]], at: datetime
    ) -> Mapping[tuple[Group, Stratum], Reputation]:
        """What is known of each group for one kind of release, in one call for a whole batch.

        Never raises for a name nobody knows: that one is left out of the answer or is an `UnknownReputation`, and
        means that this source has nothing to say.

        Args:
            groups: whose work of which kind; asking for one twice does no harm.
            at: the moment it is asked for: aware, UTC. Evidence that is newer is not used.

        Raises:
            ServiceUnavailableError: what it answers from is away.
        """

    async def find_model_report(self) -> ModelReport | None:
        """How well a model that was learned here foretells; None for sources that learn nothing.

        Raises:
            ServiceUnavailableError: what it learns from is away.
        """
        return None
