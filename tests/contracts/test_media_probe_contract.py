"""Every one of our probes keeps its port's contract."""

from pathlib import Path

import pytest

from radarr_core.testing.contracts.media_probe import MediaProbeContract, MediaProbeHarness
from tests.contracts.harnesses.media_probe import HARNESSES


class TestMediaProbe(MediaProbeContract):
    """Runs the suite once for each harness of the table."""

    @pytest.fixture(params=sorted(HARNESSES))
    def harness(self, request: pytest.FixtureRequest, tmp_path: Path) -> MediaProbeHarness:
        """The adapter or fake, by its name in the table."""
        return HARNESSES[request.param](tmp_path)
