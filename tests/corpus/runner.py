"""Runs sets of cases and counts what passed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import Factory, define

from . import answers_custom_format, answers_decisions, answers_imports  # noqa: F401 - they add their sets
from .answers import ANSWERS, FIELD_SETS, Answer, Part
from .records import Record, list_sets, read_records


@define
class Result:
    """What became of one set: cases passed of all, or fields for the sets that are counted by field."""

    name: str
    passed: int = 0
    total: int = 0
    fields: dict[str, list[int]] = Factory(dict)
    failures: list[tuple[Record, list[Part]]] = Factory(list)

    @property
    def share(self) -> float:
        """The part that passed, 0 to 1."""
        return self.passed / self.total if self.total else 1.0

    def add(self, record: Record, parts: list[Part]) -> None:
        """Counts one case."""
        wrong = [part for part in parts if not part.passed]
        if self.name in FIELD_SETS:
            self.passed += len(parts) - len(wrong)
            self.total += len(parts)
            for part in parts:
                counts = self.fields.setdefault(part.field, [0, 0])
                counts[0] += part.passed
                counts[1] += 1
        else:
            self.passed += not wrong
            self.total += 1
        if wrong:
            self.failures.append((record, wrong))


def run_set(name: str, records: Iterable[Record]) -> Result:
    """Runs one set.

    Raises:
        KeyError: the library does not answer that set.
    """
    answer = ANSWERS[name]
    result = Result(name)
    for record in records:
        result.add(record, _ask(answer, record))
    return result


def _ask(answer: Answer, record: Record) -> list[Part]:
    """The answer to a case; one that cannot be given is wrong in every field, and the others are asked all the same."""
    try:
        return answer(record)
    except Exception as error:  # noqa: BLE001 - it is counted, and shown with what was raised
        got = f"{type(error).__name__}: {error}"
        return [Part(field, expected, got, False) for field, expected in record["expect"].items()]


def run_folder(folder: Path, only: str | None = None) -> tuple[dict[str, Result], list[str]]:
    """Runs every set of a folder; returns the results, and the sets the library does not answer yet."""
    results: dict[str, Result] = {}
    unanswered: list[str] = []
    for name, path in list_sets(folder).items():
        if only is not None and name != only:
            continue
        if name in ANSWERS:
            results[name] = run_set(name, read_records(path))
        else:
            unanswered.append(name)
    return results, unanswered
