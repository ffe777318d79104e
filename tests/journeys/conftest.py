"""Fixtures of the journeys over real protocols."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .harbor import Harbor, film, open_harbor

__all__ = ["film", "harbor"]


@pytest.fixture
def harbor(film: Path, tmp_path: Path) -> Iterator[Harbor]:
    """A harbour whose film downloads as fast as it goes."""
    with open_harbor(film, tmp_path) as opened:
        yield opened
