"""What is known of the run, as JSON and as a page of the documentation."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from .figures import Benchmark, Figure, figure_to_data, format_table

_PAGE = """# How fast it is, and how we know

Speed is measured as ratios within one run: of our work to the least that the same work could cost, or to the work of
others, on the same machine in the same minutes. Absolute times tell more about a machine than about a program. Most
ratios should be much the same on yours; that of an import depends on how soon the disk says that it has written.
Nothing here is a test that fails on a slow day: a goal that is not met is printed as that, and is work to be done.

The figures below were written by this command:

```console
$ {command}
```

on a machine with {cores} processor cores, {system}, Python {python}, radarr-core {version}. It was
not idle: {load:.1f} processes wanted a processor on average. So what is compared is measured in turns, and medians are
given; a lag, being the worst of all, and figures without a ratio suffer most.

{table}

A goal marked `NOT MET` is not met by this version. `told` marks figures that are held to no goal. `×` is a ratio, MB
are millions of bytes.

## How each is measured

{methods}

## To run it yourself

`nox -s bench` makes an environment with the peers in it and measures everything in a few minutes;
`nox -s bench -- --only hard-link` measures one thing, `--json FILE` keeps the figures as data, and `--folder FOLDER`
chooses the disk.
"""


def describe_machine() -> dict[str, object]:
    """Its class, never its name."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} on {platform.machine()}",
        "load": round(os.getloadavg()[1], 1),
        "python": platform.python_version(),
        "version": _find_version(),
    }


def _find_version() -> str:
    try:
        return version("radarr-core")
    except PackageNotFoundError:
        return "from the source tree"


def report_to_data(figures: Sequence[Figure], command: str) -> dict[str, object]:
    """Everything, as plain JSON data."""
    return {
        "schema": "radarr-core/benchmarks",
        "version": 1,
        "command": command,
        "machine": describe_machine(),
        "figures": [figure_to_data(figure) for figure in figures],
    }


def write_page(figures: Sequence[Figure], benchmarks: Mapping[str, Benchmark], command: str) -> str:
    """The page of the documentation."""
    methods = "\n\n".join(f"**{name}.** {benchmark.method}" for name, benchmark in benchmarks.items())
    return _PAGE.format(command=command, table=format_table(figures), methods=methods, **describe_machine())
