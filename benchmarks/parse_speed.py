"""How many release names a second our parser reads, and its peers."""

from __future__ import annotations

import sys

from .figures import Benchmark, Figure, Goal, Scale
from .names import make_names
from .parsing import bench_parsing

_OURS = "radarr-core"
_FACTORS = {"guessit": 100, "parsett": 10}


def measure(scale: Scale) -> list[Figure]:
    """Each parser in a process of its own, in turns."""
    names = bench_parsing.accepted(make_names(scale.pick(300, 5)))
    told = bench_parsing.measure(names, (_OURS, *_FACTORS), scale.pick(5, 1), sys.executable)
    speed = _speed(told[_OURS])
    ours = Figure(name="release names parsed a second", value=speed, unit="names/s", goal=Goal(10_000, "names/s", True))
    return [ours, *(_compare(peer, speed, told[peer]) for peer in _FACTORS)]


def _speed(told: dict[str, object]) -> float:
    if "names_per_second" not in told:
        raise RuntimeError(f"the parser did not run: {told}")
    return float(str(told["names_per_second"]))


def _compare(peer: str, ours: float, told: dict[str, object]) -> Figure:
    name, goal = f"our parser : {peer}", Goal(_FACTORS[peer], "x", True)
    if "missing" in told:
        return Figure(name=name, value=None, goal=goal, note=f"{peer} is not installed (no module {told['missing']})")
    theirs = _speed(told)
    parts = {"ours names/s": ours, f"{peer} names/s": theirs}
    return Figure(name=name, value=ours / theirs, goal=goal, parts=parts, note=f"{peer} {told['version']}")


BENCHMARK = Benchmark(
    name="parse",
    measure=measure,
    method=(
        "300 different made-up names, the same for all; processor time of one thread, each parser in a process of its "
        "own, five turns, medians. guessit is told that the name is a movie's. `benchmarks/parsing/bench_parsing.py` "
        "compares more peers on a list of real names."
    ),
)
