"""Have one parser read names for a while, and say how fast it was: names as JSON come on standard input."""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from importlib.metadata import version

WARM_UP = 50


def main(peer: str, seconds: float) -> dict[str, object]:
    """Read names, all of them or until the time is over; the first ones are for warming up."""
    names = json.load(sys.stdin)
    module = import_module(f"benchmarks.peers.{peer}")
    for name in names[:WARM_UP]:
        module.parse(name)
    started, count = time.perf_counter(), 0
    for name in names[WARM_UP:]:
        module.parse(name)
        count += 1
        if time.perf_counter() - started > seconds:
            break
    spent = time.perf_counter() - started
    return {"version": version(module.DISTRIBUTION), "names": count, "names_per_second": count / spent}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], float(sys.argv[2]))))
