"""Cases on disk: one JSON object a line, one file a set."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]

OWN = Path(__file__).with_name("own")
"""The project's own cases."""


def find_folder() -> Path | None:
    """The folder of shared cases: the one `RADARR_CORPUS` names, else `shared/corpus` beside the repository."""
    named = os.environ.get("RADARR_CORPUS")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / "shared" / "corpus"
    return folder if folder.is_dir() else None


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file, blank lines left out."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def list_sets(folder: Path) -> dict[str, Path]:
    """Every set in a folder by its name."""
    return {path.stem: path for path in sorted(folder.glob("*.jsonl"))}
