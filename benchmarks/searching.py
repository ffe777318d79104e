"""Whether five indexers are searched in the time of the slowest."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from attrs import evolve

from radarr_adapters.indexers.torznab.client import Torznab
from radarr_adapters.indexers.torznab.plugin import TorznabSettings
from radarr_core.plugins import AdapterContext
from radarr_core.services.context import Context
from radarr_core.services.search import search_movie
from radarr_core.testing.servers import OfferedRelease, TorznabServer
from radarr_core.testing.servers.loopback import RecordedRequest, Reply

from .figures import Benchmark, Figure, Goal, Scale
from .library import MOVIE, open_context
from .names import make_names

_LATENCIES = (0.1, 0.2, 0.3, 0.4, 0.5)
_OFFERS_EACH = 50


class _SlowServer(TorznabServer):
    """Thinks for a while before every answer."""

    def __init__(self, latency: float, names: list[str]) -> None:
        super().__init__([OfferedRelease(title=name, size=5_000_000_000, seeders=9) for name in names])
        self.latency = latency

    def answer(self, request: RecordedRequest) -> Reply:
        """The answer, later."""
        time.sleep(self.latency)
        return super().answer(request)


def measure(scale: Scale) -> list[Figure]:
    """The slowest one alone, then all five, in turns."""
    latencies = [latency * scale.pick(1.0, 0.1) for latency in _LATENCIES]
    names = make_names(_OFFERS_EACH * len(latencies), title="The.Glass.Harbor", year=2024)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(_SlowServer(latency, names[place * _OFFERS_EACH : (place + 1) * _OFFERS_EACH]))
            for place, latency in enumerate(latencies)
        ]
        return asyncio.run(_measure(scale.folder, servers, scale.pick(7, 1)))


async def _measure(folder: Path, servers: list[_SlowServer], rounds: int) -> list[Figure]:
    told: dict[int, list[float]] = {place: [] for place in range(len(servers))}
    together = []
    async with open_context(folder) as context:
        await _search(context, servers[:1])  # so that no module is imported for the first time while measuring
        for _ in range(rounds):
            for place, server in enumerate(servers):
                told[place].append(await _search(context, [server]))
            together.append(await _search(context, servers))
    alone = [median(values) for values in told.values()]
    parts = {
        "five at once ms": median(together) * 1000,
        "slowest alone ms": max(alone) * 1000,
        "sum of all alone ms": sum(alone) * 1000,
    }
    goal = Goal(1.1, "x")
    note = f"{_OFFERS_EACH} offers each, all judged"
    return [
        Figure(
            name="five indexers searched : the slowest alone",
            value=median(together) / max(alone),
            goal=goal,
            parts=parts,
            note=note,
        )
    ]


async def _search(context: Context, servers: list[_SlowServer]) -> float:
    """The seconds of a whole search by adapters that are new, so that they ask for capabilities and connect too."""
    indexers = tuple(
        Torznab(TorznabSettings(url=server.url), AdapterContext(name=f"indexer {place}", clock=context.clock))
        for place, server in enumerate(servers)
    )
    started = time.perf_counter()
    report = await search_movie(evolve(context, indexers=indexers), MOVIE)
    spent = time.perf_counter() - started
    assert len(report.table) == _OFFERS_EACH * len(servers), report.failures
    for indexer in indexers:
        await indexer.aclose()
    return spent


BENCHMARK = Benchmark(
    name="indexers",
    measure=measure,
    method=(
        "The use case `services.search` with five Torznab adapters and five Torznab servers over HTTP on loopback, "
        "which think for 0.1 to 0.5 s before each of their two answers (capabilities, results). The clock runs from "
        "the first request to the last decision, stored history included; adapters are new each time. The slowest is "
        "the one that takes longest when it is searched alone in the same run. Medians of seven."
    ),
)
