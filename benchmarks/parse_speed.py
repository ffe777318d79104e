"""How many release names a second our parser reads, and its peers."""

from __future__ import annotations

import json
from statistics import median
from typing import Any

from .children.parse_names import WARM_UP
from .figures import Benchmark, Figure, Goal, Scale
from .measuring import run_child
from .names import make_names

_FACTORS = {"guessit": 100, "parsett": 10}


def measure(scale: Scale) -> list[Figure]:
    """Each parser in processes of its own, in turns."""
    given = json.dumps(make_names(WARM_UP + scale.pick(20_000, 5)))
    told: dict[str, list[dict[str, Any]]] = {name: [] for name in ("ours", *_FACTORS)}
    failures: dict[str, str] = {}
    for _ in range(scale.pick(5, 1)):
        for peer, answers in told.items():
            if peer not in failures:
                try:
                    answers.append(
                        run_child("benchmarks.children.parse_names", peer, f"{scale.pick(2.0, 0.1)}", given=given)
                    )
                except RuntimeError as error:
                    failures[peer] = str(error)
    if "ours" in failures:
        raise RuntimeError(failures["ours"])
    speed = _speed(told["ours"])
    ours = Figure(name="release names parsed a second", value=speed, unit="names/s", goal=Goal(10_000, "names/s", True))
    return [ours, *(_compare(name, speed, told[name], failures.get(name)) for name in _FACTORS)]


def _speed(answers: list[dict[str, Any]]) -> float:
    return median(float(answer["names_per_second"]) for answer in answers)


def _compare(peer: str, ours: float, answers: list[dict[str, Any]], failure: str | None) -> Figure:
    name, goal = f"our parser : {peer}", Goal(_FACTORS[peer], "x", True)
    if failure is not None:
        return Figure(name=name, value=None, goal=goal, note=f"{peer} could not be run: {failure}")
    theirs = _speed(answers)
    parts = {"ours names/s": ours, f"{peer} names/s": theirs, "names read by it": answers[-1]["names"]}
    return Figure(name=name, value=ours / theirs, goal=goal, parts=parts, note=f"{peer} {answers[-1]['version']}")


BENCHMARK = Benchmark(
    name="parse",
    measure=measure,
    method=(
        "One list of different made-up names for all, one thread; each parser in a process of its own, five turns "
        "each, as many names as two seconds allow, after fifty to warm up; medians. guessit is told that the name is "
        "a movie's."
    ),
)
