"""Ways of measuring that several benchmarks share."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

_HERE = Path(__file__).resolve().parent.parent
_DEADLINE = 600


def spend(work: Callable[[], object]) -> float:
    """The seconds it takes to do something once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def take_turns(rounds: int, *works: Callable[[], float]) -> tuple[float, ...]:
    """The median of what each says, asked in turns, so that a busy machine is as unkind to one as to the other."""
    told: list[list[float]] = [[] for _ in works]
    for number in range(rounds):
        # Every other round goes backwards: who is asked right after whom makes a difference too.
        for place in sorted(range(len(works)), reverse=bool(number % 2)):
            told[place].append(works[place]())
    return tuple(median(values) for values in told)


def run_python(*arguments: str, given: str = "") -> str:
    """What a fresh interpreter of this environment prints.

    Raises:
        RuntimeError: it failed; the message has the last line it said.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, *arguments], input=given, capture_output=True, text=True, cwd=_HERE, env=environment,
        timeout=_DEADLINE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["it said nothing"])[-1])
    return done.stdout


def run_child(module: str, *arguments: str, given: str = "") -> dict[str, Any]:
    """What a module of this package, run in a process of its own, prints as JSON on its last line."""
    answer: dict[str, Any] = json.loads(run_python("-m", module, *arguments, given=given).splitlines()[-1])
    return answer


def read_memory(field: str = "VmRSS") -> int:
    """Bytes of this process in RAM: now (`VmRSS`) or at the most (`VmHWM`). Linux alone tells it this way."""
    for line in Path("/proc/self/status").read_text("ascii", errors="replace").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise OSError(f"this system does not tell {field}")
