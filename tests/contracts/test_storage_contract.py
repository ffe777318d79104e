"""Every storage holds to the contract."""

from pathlib import Path

import pytest

from radarr_core.testing.contracts.storage import StorageContract, StorageHarness

from .harnesses.storage import HARNESSES


class TestStorageContract(StorageContract):
    """The suite, once for each storage."""

    @pytest.fixture(params=sorted(HARNESSES))
    def harness(self, request: pytest.FixtureRequest, tmp_path: Path) -> StorageHarness:
        """A harness on a database that nobody used before."""
        return HARNESSES[request.param](tmp_path)
