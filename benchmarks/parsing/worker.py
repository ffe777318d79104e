"""One parser in a process of its own: reads how to parse from its argument and names from a file, times on request.

Answers each line `run` with the CPU seconds of one pass over the names; the first line it prints says the version,
or why the parser cannot run.
"""

from __future__ import annotations

import importlib.metadata
import sys
import time
from collections.abc import Callable
from pathlib import Path


def _ours() -> Callable[[str], object]:
    from radarr_core import parse_release
    from radarr_core.errors import UnparsableReleaseError

    def parse(name: str) -> object:
        try:
            return parse_release(name)
        except UnparsableReleaseError:
            return None

    return parse


def _guessit() -> Callable[[str], object]:
    from guessit import guessit

    options = {"type": "movie"}
    return lambda name: guessit(name, options)


def _parsett() -> Callable[[str], object]:
    from PTT import parse_title

    return lambda name: parse_title(name)


def _rtn() -> Callable[[str], object]:
    from RTN import parse

    return lambda name: parse(name)


def _ptn() -> Callable[[str], object]:
    import PTN

    return lambda name: PTN.parse(name)


def _neurelease() -> Callable[[str], object]:
    import neurelease

    return lambda name: neurelease.parse(name)


PARSERS = {
    "radarr-core": _ours, "guessit": _guessit, "parsett": _parsett, "rank-torrent-name": _rtn,
    "parse-torrent-title": _ptn, "neurelease": _neurelease,
}  # fmt: skip


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "from the source tree"


def main(parser: str, file: str) -> None:
    """Serves passes over the names until the input ends."""
    names = Path(file).read_text(encoding="utf-8").splitlines()
    try:
        parse = PARSERS[parser]()
    except ImportError as error:
        print(f"missing {error.name}", flush=True)
        return
    for name in names[:20]:
        parse(name)
    print(f"ready {_version(parser)}", flush=True)
    for _ in sys.stdin:
        started = time.process_time()
        for name in names:
            parse(name)
        print(time.process_time() - started, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
