"""Every notifier of ours, and the fake, keeps the port's promises."""

import pytest

from radarr_core.domain.events import EVENT_TYPES
from radarr_core.testing.contracts.notifier import NotifierContract, sample_events

from .harnesses.notifier import HARNESSES


@pytest.fixture(params=HARNESSES.values(), ids=HARNESSES)
async def harness(request):
    """Each harness of the table in turn, entered."""
    async with request.param() as entered:
        yield entered


class TestNotifiers(NotifierContract):
    """The suite, once for each harness."""


def test_the_samples_have_every_kind_of_event():
    """A new event cannot be forgotten by the suite."""
    assert {type(event).__name__ for event in sample_events()} == set(EVENT_TYPES)
