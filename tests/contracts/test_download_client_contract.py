"""Every download client of ours, and the fake, keeps the port's promises."""

import pytest

from radarr_core.testing.contracts.download_client import DownloadClientContract

from .harnesses.download_client import HARNESSES


@pytest.fixture(params=HARNESSES.values(), ids=HARNESSES)
async def harness(request):
    """Each harness of the table in turn, entered."""
    async with request.param() as entered:
        yield entered


class TestDownloadClients(DownloadClientContract):
    """The suite, once for each harness."""
