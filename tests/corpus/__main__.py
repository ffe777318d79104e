"""`python -m tests.corpus FOLDER [--set NAME] [--failures] [--json]`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .runner import Result, run_folder


def main(arguments: list[str] | None = None) -> int:
    """Runs the sets of a folder and prints what passed; 0 unless the folder is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description="Run sets of cases and count.")
    parser.add_argument("folder", type=Path, help="a folder of *.jsonl files in the schemas of the shared corpus")
    parser.add_argument("--set", dest="only", metavar="NAME", help="run this set alone")
    parser.add_argument("--failures", action="store_true", help="show each failure's input, expected and got")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        sys.stderr.write(f"no such folder: {options.folder}\n")
        return 2
    results, unanswered = run_folder(options.folder, options.only)
    if options.json:
        _say(json.dumps(_as_json(results, unanswered, with_failures=options.failures), ensure_ascii=False))
    else:
        _print_table(results, unanswered, with_failures=options.failures)
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _as_json(results: dict[str, Result], unanswered: list[str], *, with_failures: bool) -> dict[str, object]:
    sets: dict[str, object] = {}
    for name, result in results.items():
        counts: dict[str, object] = {"passed": result.passed, "total": result.total}
        if result.fields:
            counts["fields"] = {field: {"passed": p, "total": t} for field, (p, t) in sorted(result.fields.items())}
        if with_failures:
            counts["failures"] = [
                {"input": record["input"], "wrong": {p.field: {"expected": p.expected, "got": p.got} for p in wrong}}
                for record, wrong in result.failures
            ]
        sets[name] = counts
    return {"schema": "radarr-core/corpus", "version": 1, "sets": sets, "unanswered": unanswered}


def _print_table(results: dict[str, Result], unanswered: list[str], *, with_failures: bool) -> None:
    for name, result in results.items():
        _say(f"{name:20} {result.passed:5}/{result.total:<5} {result.share:7.2%}")
        for field, (passed, total) in sorted(result.fields.items()):
            _say(f"    {field:16} {passed:5}/{total:<5} {passed / total:7.2%}")
        if with_failures:
            for record, wrong in result.failures:
                _say(f"  - {record['input']!r}")
                for part in wrong:
                    _say(f"      {part.field}: expected {part.expected!r}, got {part.got!r}")
    if unanswered:
        _say(f"not answered yet: {', '.join(unanswered)}")


if __name__ == "__main__":
    sys.exit(main())
