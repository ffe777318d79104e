"""rank-torrent-name at its work: parses and ranks the names in a file, and prints the processor time as JSON."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

from RTN import RTN, DefaultRanking, SettingsModel, sort_torrents


def main(file: str, title: str) -> None:
    """One pass to warm up, one that counts."""
    names = [(name, hashlib.sha1(name.encode()).hexdigest()) for name in Path(file).read_text("utf-8").splitlines()]
    ranker = RTN(SettingsModel(), DefaultRanking())

    def rank() -> int:
        torrents = {ranker.rank(name, info_hash, correct_title=title, remove_trash=False) for name, info_hash in names}
        return len(sort_torrents(torrents))

    rank()
    started = time.process_time()
    ranked = rank()
    seconds = time.process_time() - started
    print(json.dumps({"seconds": seconds, "ranked": ranked, "version": version("rank-torrent-name")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
