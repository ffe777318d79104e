"""The benchmarks of this package: every module, or package in it, that has a `BENCHMARK`."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import benchmarks

from .figures import Benchmark


def find_benchmarks() -> dict[str, Benchmark | str]:
    """By name; where a module cannot be imported there stands why, so that it is never left out in silence."""
    found: dict[str, Benchmark | str] = {}
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name == "__main__":
            continue
        try:
            benchmark = getattr(import_module(f"benchmarks.{module.name}"), "BENCHMARK", None)
        except ImportError as error:
            found[module.name] = str(error)
        else:
            if benchmark is not None:
                found[benchmark.name] = benchmark
    return found
