"""How many release names a second: ours beside its peers, on the names ours accepts.

CPU time of one thread, each parser in a process of its own, rounds interleaved, median of five, garbage collector
on, no memo. A peer that is not installed is reported as missing.

    python benchmarks/parsing/bench_parsing.py FOLDER [--peers-python PYTHON] [--rounds 5] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("worker.py")
PEERS = ("guessit", "parsett", "rank-torrent-name", "parse-torrent-title", "neurelease")
GOALS = {"guessit": 100, "parsett": 10}


class Worker:
    """A parser's process."""

    def __init__(self, parser: str, file: Path, python: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        self.process = subprocess.Popen(
            [python, str(WORKER), parser, str(file)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        assert self.process.stdout is not None
        state, _, self.version = self.process.stdout.readline().strip().partition(" ")
        self.is_ready = state == "ready"
        self.seconds: list[float] = []

    def run(self) -> None:
        """One pass."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        self.seconds.append(float(self.process.stdout.readline()))

    def close(self) -> None:
        """Ends the process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def accepted(names: list[str]) -> list[str]:
    """The names ours takes for movies."""
    sys.path.insert(0, str(ROOT / "src"))
    from radarr_core import parse_release
    from radarr_core.errors import UnparsableReleaseError

    taken = []
    for name in names:
        try:
            parse_release(name)
        except UnparsableReleaseError:
            continue
        taken.append(name)
    return taken


def measure(names: list[str], parsers: tuple[str, ...], rounds: int, peers_python: str) -> dict[str, dict[str, object]]:
    """Names a second of each parser; rounds go round all of them, so that a slow minute slows each alike."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "names.txt")
        file.write_text("\n".join(names), encoding="utf-8")
        workers = {
            parser: Worker(parser, file, sys.executable if parser == "radarr-core" else peers_python)
            for parser in parsers
        }
        for _ in range(rounds):
            for worker in workers.values():
                if worker.is_ready:
                    worker.run()
        results: dict[str, dict[str, object]] = {}
        for parser, worker in workers.items():
            worker.close()
            if worker.is_ready:
                speed = len(names) / statistics.median(worker.seconds)
                results[parser] = {"version": worker.version, "names_per_second": round(speed, 1)}
            else:
                results[parser] = {"missing": worker.version}
        return results


def main() -> int:
    """Prints the table; 1 when a goal is missed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, help="the folder that holds release-names.txt")
    arguments.add_argument("--peers-python", default=sys.executable, help="an interpreter that has the peers installed")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    every = (options.folder / "release-names.txt").read_text(encoding="utf-8").splitlines()
    taken = accepted(every)
    results = measure(taken, ("radarr-core", *PEERS), options.rounds, options.peers_python)
    whole = measure(every, ("radarr-core",), options.rounds, options.peers_python)["radarr-core"]
    if options.json:
        print(json.dumps({
            "schema": "radarr-core/bench-parsing", "version": 1, "accepted": len(taken), "all": len(every),
            "parsers": results, "ours_on_all": whole,
        }))  # fmt: skip
    return _report(results, len(taken), len(every), whole, quiet=options.json)


def _report(
    results: dict[str, dict[str, object]], taken: int, every: int, whole: dict[str, object], *, quiet: bool
) -> int:
    ours = float(str(results["radarr-core"]["names_per_second"]))
    missed = ours < 10_000
    lines = [f"{taken} of {every} names are accepted; on all of them ours reads {whole['names_per_second']} a second"]
    for parser, result in results.items():
        if "missing" in result:
            lines.append(f"{parser:20} missing: {result['missing']}")
            continue
        speed = float(str(result["names_per_second"]))
        goal = GOALS.get(parser)
        note = "" if goal is None else f" (goal {goal}x)"
        missed = missed or (goal is not None and ours < goal * speed)
        lines.append(f"{parser:20} {result['version']:22} {speed:10.1f} names/s   ours is {ours / speed:6.1f}x{note}")
    if not quiet:
        print("\n".join(lines))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
