"""Every reader of names keeps the port's contract."""

import pytest

from radarr_core.testing.contracts.release_parser import ReleaseParserContract, ReleaseParserHarness

from .harnesses.release_parser import HARNESSES


class TestReleaseParser(ReleaseParserContract):
    """The suite, once for each."""

    @pytest.fixture(params=HARNESSES)
    def harness(self, request: pytest.FixtureRequest) -> ReleaseParserHarness:
        """One of them."""
        return HARNESSES[request.param]()
