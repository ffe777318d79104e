"""Measure, and print a table: `python -m benchmarks [--only NAME] [--json FILE] [--write PAGE]`."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .figures import Benchmark, Figure, Scale, format_table
from .registry import find_benchmarks
from .report import report_to_data, write_page


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 0 when all could be measured, whether goals are met or not, else 1."""
    options = _read(sys.argv[1:] if arguments is None else arguments)
    chosen = {name: found for name, found in find_benchmarks().items() if not options.only or name in options.only}
    figures: list[Figure] = []
    for name, found in chosen.items():
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures += _run(name, found, options)
    print(format_table(figures))
    command = _describe(options)
    if options.json:
        options.json.write_text(json.dumps(report_to_data(figures, command), indent=2) + "\n", "utf-8")
    if options.write:
        known = {name: found for name, found in chosen.items() if isinstance(found, Benchmark)}
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(write_page(figures, known, command), "utf-8")
    return int(any(figure.value is None for figure in figures))


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = sorted(find_benchmarks())
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=f"one of {', '.join(names)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as data")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write the page of the documentation")
    parser.add_argument("--folder", type=Path, default=_find_folder(), help="where to work; its disk is measured")
    parser.add_argument(
        "--quick", action="store_true", help="do as little as shows that all runs; figures mean nothing"
    )
    return parser.parse_args(arguments)


def _describe(options: argparse.Namespace) -> str:
    """The command, with what has a part in the figures; where data goes has none, and may name a person's folders."""
    only = [word for name in options.only or () for word in ("--only", name)]
    page = ["--write", options.write.name] if options.write else []
    return " ".join(["python -m benchmarks", *["--quick"][: options.quick], *only, *page])


def _find_folder() -> Path | None:
    """On a disk: the usual place for temporary files often is memory, where nothing is ever written down."""
    folder = Path("/var/tmp")
    return folder if folder.is_dir() else None


def _run(name: str, found: Benchmark | str, options: argparse.Namespace) -> Sequence[Figure]:
    """Its figures; one that says why when it cannot be run."""
    if isinstance(found, str):
        return [Figure(name=name, value=None, note=found)]
    gc.collect()
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="radarr-bench-") as folder:
        try:
            return found.measure(Scale(folder=Path(folder), is_quick=options.quick))
        except (ImportError, OSError, RuntimeError) as error:
            return [Figure(name=name, value=None, note=f"{type(error).__name__}: {error}")]


if __name__ == "__main__":
    sys.exit(main())
