"""What is particular to reputations by evidence: which table is in force, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from radarr_adapters.group_reputations.evidence.client import EvidenceReputation
from radarr_adapters.group_reputations.evidence.plugin import EvidenceAdapter, EvidenceSettings
from radarr_core.domain.scene_groups import SceneGroupReputation
from radarr_core.errors import ConfigurationError
from radarr_core.plugins import AdapterContext
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.storage import InMemoryStorage
from radarr_core.testing.group_tables import list_known, make_fitted_table, make_tables
from radarr_core.testing.scene_worlds import REFERENCE_DATE

ASKED = list_known()[0]


async def test_without_a_table_everybody_is_unknown() -> None:
    """And the answer says that nothing was judged yet."""
    source = EvidenceReputation(InMemoryStorage())
    answer = (await source.find_reputations([ASKED], REFERENCE_DATE))[ASKED]
    assert (str(answer), answer.signal) == (f"{ASKED[0]}: unknown; groups were not judged yet", 0.0)


async def test_the_table_that_was_published_last_is_in_force() -> None:
    """A source that is kept for months follows each fit, and reads a table no more than once."""
    storage = InMemoryStorage()
    source = EvidenceReputation(storage)
    nothing, fitted, _ = make_tables()
    for table in (nothing, fitted):
        async with storage.begin() as work:
            await work.group_tables.publish(table)
        answer = (await source.find_reputations([ASKED], REFERENCE_DATE))[ASKED]
        assert str(answer) == str(table.find_reputation(*ASKED))


async def test_evidence_fades_between_two_fits() -> None:
    """A year later the same table says less: the interval is wider."""
    storage = InMemoryStorage()
    async with storage.begin() as work:
        await work.group_tables.publish(make_fitted_table())
    source, found = EvidenceReputation(storage), []
    for years in (0, 1):
        answers = await source.find_reputations([ASKED], REFERENCE_DATE + timedelta(days=366 * years))
        found.append(answers[ASKED])
    now, later = found
    assert isinstance(now, SceneGroupReputation)
    assert isinstance(later, SceneGroupReputation)
    assert later.upper - later.lower > now.upper - now.lower


async def test_a_table_of_later_evidence_says_nothing_of_an_earlier_moment() -> None:
    """Evidence that is newer than the moment asked for is not used."""
    storage = InMemoryStorage()
    async with storage.begin() as work:
        await work.group_tables.publish(make_fitted_table())
    answers = await EvidenceReputation(storage).find_reputations([ASKED], REFERENCE_DATE - timedelta(days=1))
    assert answers[ASKED].signal == 0.0


def test_it_needs_a_storage() -> None:
    """Without one the error names the adapter."""
    with pytest.raises(ConfigurationError, match="it answers from storage"):
        EvidenceAdapter.create(EvidenceSettings(), AdapterContext(name="evidence", clock=ManualClock()))
