"""Every one of our clocks keeps its port's contract."""

from pathlib import Path

import pytest

from radarr_core.testing.contracts.clock import ClockContract, ClockHarness
from tests.contracts.harnesses.clock import HARNESSES


class TestClock(ClockContract):
    """Runs the suite once for each harness of the table."""

    @pytest.fixture(params=sorted(HARNESSES))
    def harness(self, request: pytest.FixtureRequest, tmp_path: Path) -> ClockHarness:
        """The adapter or fake, by its name in the table."""
        return HARNESSES[request.param](tmp_path)
