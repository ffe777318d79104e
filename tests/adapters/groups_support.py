"""Installations that have seen a made-up world of release groups, for tests of `radarr-core groups`."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from radarr_adapters.storage.sqlalchemy.client import SqlAlchemyStorage
from radarr_adapters.storage.sqlalchemy.plugin import SqlAlchemySettings
from radarr_core.domain.scene_groups import Observation
from radarr_core.testing.scene_worlds import REFERENCE_DATE, SceneWorld, WorldPlan
from tests.adapters.cli_support import write_configuration

GOOD, BAD = "HARBOR", "SILT"
"""Two groups of every world: one far above the others, one far below."""
LATER = REFERENCE_DATE + timedelta(hours=1)


def make_installation(folder: Path, *, seed: int = 1, releases: int = 2_500, extra: str = "", **changes: str) -> Path:
    """A configuration whose database holds what was seen of a world; the path of the configuration."""
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder / 'films.db'}"
    sections = {
        "storage": f'adapter = "sqlalchemy"\nurl = {json.dumps(url)}',
        "clock": f'adapter = "manual"\nstart = "{LATER.isoformat()}"',
        "group_reputation": 'adapter = "evidence"',
    }
    path = write_configuration(folder, extra=extra, **sections | changes)
    (folder / "films.db").write_bytes(_make_database(seed, releases))
    return path


@cache
def _make_database(seed: int, releases: int) -> bytes:
    """The file of a database that holds what is seen of a world; made once, since that takes a while."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "films.db"
        asyncio.run(record(f"sqlite:///{path}", observe(seed, releases)))
        return path.read_bytes()


def observe(seed: int, releases: int) -> list[Observation]:
    """What is seen of a world; films of another world are other films."""
    plan = WorldPlan(seed=seed, groups=60, releases=releases, named={GOOD: 2.5, BAD: -2.5})
    seen = SceneWorld(plan).observe()
    return [evolve(one, key=f"{seed}-{one.key}", movie=f"{seed}-{one.movie}") for one in seen]


async def record(url: str, seen: list[Observation]) -> None:
    """Put what was seen into a database."""
    storage = SqlAlchemyStorage(SqlAlchemySettings(url=url))
    await storage.open()
    async with storage.begin() as work:
        await work.observations.record(seen)
    await storage.aclose()
