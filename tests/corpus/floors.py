"""The floors below which a set, or a field of one, may not fall, kept as data and only ever raised.

`python -m tests.corpus.floors FOLDER` raises each floor to what the library reaches now; it lowers none.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from attrs import frozen

from .runner import Result, run_folder

FLOORS_FILE = Path(__file__).with_name("floors.json")


@frozen
class Floors:
    """The share that must pass, 0 to 1: of each set, and of each field in the sets that are counted by field.

    A field is judged where it has `least_cases` cases or more; its floor is never below `least_share`.
    """

    sets: dict[str, float]
    fields: dict[str, dict[str, float]]
    least_share: float
    least_cases: int

    def find_fallen(self, result: Result) -> list[str]:
        """Everything of a result that is below its floor, in words."""
        fallen = []
        if result.share < self.sets.get(result.name, 0.0):
            fallen.append(f"{result.name}: {result.share:.1%}, floor {self.sets[result.name]:.1%}")
        for field, (passed, total) in result.fields.items():
            floor = max(self.least_share, self.fields.get(result.name, {}).get(field, 0.0))
            if total >= self.least_cases and passed / total < floor:
                fallen.append(f"{result.name}, {field}: {passed} of {total}, floor {floor:.1%}")
        return fallen


def read_floors() -> Floors:
    """The floors as they are kept."""
    return Floors(**json.loads(FLOORS_FILE.read_text(encoding="utf-8")))


def raise_floors(folder: Path) -> Floors:
    """Raises the floors to what is reached now, and returns them."""
    floors = read_floors()
    for name, result in run_folder(folder)[0].items():
        floors.sets[name] = max(floors.sets.get(name, 0.0), _round_down(result.share))
        for field, (passed, total) in result.fields.items():
            of_field = floors.fields.setdefault(name, {})
            if total >= floors.least_cases:
                of_field[field] = max(of_field.get(field, 0.0), _round_down(passed / total))
    kept = {"sets": floors.sets, "fields": floors.fields}
    kept |= {"least_share": floors.least_share, "least_cases": floors.least_cases}
    FLOORS_FILE.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return floors


def _round_down(share: float) -> float:
    """To a thousandth, so that the same code reaches its own floor."""
    return int(share * 1000) / 1000


if __name__ == "__main__":
    raise_floors(Path(sys.argv[1]))
