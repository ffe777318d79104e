"""Every indexer of ours, and the fake, keeps the port's promises."""

import pytest

from radarr_core.testing.contracts.indexer import IndexerContract

from .harnesses.indexer import HARNESSES


@pytest.fixture(params=HARNESSES.values(), ids=HARNESSES)
async def harness(request):
    """Each harness of the table in turn, entered."""
    async with request.param() as entered:
        yield entered


class TestIndexers(IndexerContract):
    """The suite, once for each harness."""
