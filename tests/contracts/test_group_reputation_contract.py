"""Every one of our sources of reputations keeps its port's contract."""

from pathlib import Path

import pytest

from radarr_core.testing.contracts.group_reputation import GroupReputationContract, GroupReputationHarness
from tests.contracts.harnesses.group_reputation import HARNESSES


class TestGroupReputation(GroupReputationContract):
    """Runs the suite once for each harness of the table."""

    @pytest.fixture(params=sorted(HARNESSES))
    def harness(self, request: pytest.FixtureRequest, tmp_path: Path) -> GroupReputationHarness:
        """The adapter or fake, by its name in the table."""
        return HARNESSES[request.param](tmp_path)
