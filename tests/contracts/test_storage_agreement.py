"""Every storage agrees with the one in memory, whatever is done in whatever order."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from radarr_core.ports.storage import Storage
from radarr_core.testing.contracts.storage_agreement import StorageAgreement

from .harnesses.storage import HARNESSES


@pytest.mark.parametrize("name", sorted(HARNESSES))
def test_it_agrees_with_the_storage_in_memory(name: str) -> None:
    """Values, order, refusals, rollbacks and commits are the same, step by step."""

    class Agreement(StorageAgreement):
        def build_storage(self) -> Storage:
            self._folder = Path(tempfile.mkdtemp())
            return HARNESSES[name](self._folder).build()

        def clean_up(self) -> None:
            shutil.rmtree(self._folder)

    run_state_machine_as_test(
        Agreement,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )
