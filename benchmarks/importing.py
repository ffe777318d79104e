"""What `import radarr_core` costs, and the first use of its two pure functions."""

from __future__ import annotations

from statistics import median

from .figures import MEGABYTE, Benchmark, Figure, Goal, Scale
from .measuring import run_python

_TELL = """
import time
started = time.perf_counter()
{work}
spent = time.perf_counter() - started
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(spent, int(peak.split()[1]) * 1024)
"""
_BASE = "import attrs, pluggy"
_IMPORT = "import radarr_core"
_PARSE = """
from radarr_core import parse_release
parse_release("The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE")
"""
_DECIDE = """
from datetime import UTC, datetime
from radarr_core import Movie, Policy, Release, Situation, decide
offer = Release(indexer="a", guid="1", title="The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE", size=5_000_000_000,
                seeders=9, magnet_url="magnet:?xt=urn:btih:" + "a" * 40)
movie = Movie(title="The Glass Harbor", year=2024, runtime_minutes=100)
table = decide([offer], wanted=movie, policy=Policy(), situation=Situation(), now=datetime.now(UTC))
assert table.accepted
"""


def measure(scale: Scale) -> list[Figure]:
    """Fresh interpreters, in turns."""
    works = {"bare": "pass", "base": _BASE, "import": _IMPORT, "parse": _PARSE, "decide": _DECIDE}
    told: dict[str, list[tuple[float, int]]] = {name: [] for name in works}
    for number in range(scale.pick(20, 1) + 1):
        for name, work in works.items():
            seconds, peak = run_python("-c", _TELL.format(work=work)).split()
            if number:  # the first round may write bytecode
                told[name].append((float(seconds), int(peak)))
    spent = {name: median(seconds for seconds, _ in values) * 1000 for name, values in told.items()}
    peaks = {name: median(peak for _, peak in values) / MEGABYTE for name, values in told.items()}
    return [
        _compare("import radarr_core : import attrs, pluggy", spent, "import", 1.5),
        _compare("import and first parse_release : the same base", spent, "parse", 4),
        _compare("import and first decide : the same base", spent, "decide", 4),
        Figure(
            name="peak memory of a process that imports radarr_core",
            value=peaks["import"],
            unit="MB",
            goal=Goal(25, "MB"),
            parts={"bare interpreter MB": peaks["bare"], "with the base MB": peaks["base"]},
        ),
    ]


def _compare(name: str, spent: dict[str, float], ours: str, bound: float) -> Figure:
    parts = {"ours ms": spent[ours], "base ms": spent["base"]}
    return Figure(name=name, value=spent[ours] / spent["base"], goal=Goal(bound, "x"), parts=parts)


BENCHMARK = Benchmark(
    name="import",
    measure=measure,
    method=(
        "Twenty fresh interpreters for each statement, in turns, timed from inside, medians; start-up of the "
        "interpreter is left out, and what the first call imports on the way is counted. Memory is the peak of the "
        "whole process, the interpreter's own included."
    ),
)
