"""Whether the event loop stays awake while offers are decided, and whether deciding stays linear."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable
from pathlib import Path
from statistics import median

from radarr_core.domain.decisions import Policy, RunKind, Situation, decide
from radarr_core.domain.releases import Release
from radarr_core.services.judge_offers import judge_offers

from .figures import Benchmark, Figure, Goal, Scale
from .library import MOVIE, NOW, make_offer, open_context
from .measuring import spend, take_turns
from .names import make_names

_STEP = 0.001
_FEW = 100
_GROWTH = 1.3


def measure(scale: Scale) -> list[Figure]:
    """The lag first, then the growth."""
    names = make_names(scale.pick(10_000, 200), title="The.Glass.Harbor", year=2024)
    offers = [make_offer(name) for name in names]
    rounds = scale.pick(5, 1)
    return [asyncio.run(_measure_lag(scale.folder, offers, rounds)), _measure_growth(offers, rounds)]


async def _measure_lag(folder: Path, offers: list[Release], rounds: int) -> Figure:
    judged, idle, spent = [], [], []
    async with open_context(folder) as context:
        for _ in range(rounds):
            gc.collect()
            lags, seconds = await _watch(judge_offers(context, offers, MOVIE, Situation(kind=RunKind.SEARCH)))
            judged.append(max(lags))
            spent.append(seconds)
            lags, _ = await _watch(asyncio.sleep(min(seconds, 2.0)))
            idle.append(max(lags))
        gc.disable()
        try:
            lags, _ = await _watch(judge_offers(context, offers, MOVIE, Situation(kind=RunKind.SEARCH)))
        finally:
            gc.enable()
    parts = {
        "median of the rounds' worst ms": median(judged) * 1000,
        "worst with the garbage collector off ms": max(lags) * 1000,
        "worst of an idle loop ms": max(idle) * 1000,
        "all judged in s": median(spent),
    }
    return Figure(
        name=f"worst lag of the event loop while {len(offers):,} offers are decided",
        value=max(judged) * 1000,
        unit="ms",
        goal=Goal(50, "ms"),
        parts=parts,
    )


async def _watch(work: Awaitable[object]) -> tuple[list[float], float]:
    """How much too late a short sleep ended, each time, while the work was done; and the seconds that took."""
    lags: list[float] = []

    async def keep_sleeping() -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(_STEP)
            lags.append(time.perf_counter() - started - _STEP)

    watcher = asyncio.create_task(keep_sleeping())
    await asyncio.sleep(0)
    started = time.perf_counter()
    await work
    seconds = time.perf_counter() - started
    await asyncio.sleep(_STEP)  # a stall right before the end counts too
    watcher.cancel()
    return lags, seconds


def _measure_growth(offers: list[Release], rounds: int) -> Figure:
    parts_of_few = [offers[start : start + _FEW] for start in range(0, len(offers), _FEW)]
    few, many = take_turns(
        rounds,
        lambda: median(spend(lambda chunk=chunk: _decide(chunk)) for chunk in parts_of_few) / _FEW,  # type: ignore[misc]
        lambda: spend(lambda: _decide(offers)) / len(offers),
    )
    return Figure(
        name=f"decide, one offer among {len(offers):,} : one among {_FEW}",
        value=many / few,
        goal=Goal(_GROWTH, "x"),
        parts={"among many µs": many * 1e6, "among few µs": few * 1e6},
        note="names parsed included",
    )


def _decide(offers: list[Release]) -> None:
    decide(offers, wanted=MOVIE, policy=Policy(), situation=Situation(), now=NOW)


BENCHMARK = Benchmark(
    name="event-loop",
    measure=measure,
    method=(
        "`services.judge_offers` on 10,000 different offers of one film, names parsed on the way, while another task "
        "sleeps for 1 ms again and again; the lag is how much later it woke. The worst of five rounds counts. An idle "
        "loop is watched in turns with it, which shows the machine's own share, and one more round is done without "
        "the garbage collector, which stops every thread while it looks through all objects. Then `decide` on the "
        "same offers at once and in lots of 100, five turns, medians; our reading of 'linear' is a cost per offer "
        "that grows by 30 % at the most."
    ),
)
