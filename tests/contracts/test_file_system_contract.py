"""Every one of our file systems keeps its port's contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_core.testing.contracts.file_system import FileSystemContract, FileSystemHarness
from tests.contracts.harnesses.file_system import HARNESSES


class TestFileSystem(FileSystemContract):
    """Runs the suite once for each harness of the table."""

    @pytest.fixture(params=sorted(HARNESSES))
    def harness(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileSystemHarness]:
        """The adapter or fake, by its name in the table."""
        harness = HARNESSES[request.param](tmp_path)
        yield harness
        harness.close()
