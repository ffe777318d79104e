"""The floors below which a set may not fall, kept as data and only ever raised.

`python -m tests.corpus.floors FOLDER` raises each floor to what the library reaches now; it lowers none.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .runner import run_folder

FLOORS_FILE = Path(__file__).with_name("floors.json")


def read_floors() -> dict[str, float]:
    """The floor of each set: the share of its cases, or fields, that must pass, 0 to 1."""
    floors: dict[str, float] = json.loads(FLOORS_FILE.read_text(encoding="utf-8"))
    return floors


def raise_floors(folder: Path) -> dict[str, float]:
    """Raises the floors to what is reached now, and returns them."""
    floors = read_floors() if FLOORS_FILE.exists() else {}
    results, _ = run_folder(folder)
    for name, result in results.items():
        # Rounded down, so that the same code reaches its own floor.
        floors[name] = max(floors.get(name, 0.0), int(result.share * 1000) / 1000)
    FLOORS_FILE.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return floors


if __name__ == "__main__":
    raise_floors(Path(sys.argv[1]))
