"""A summary of evidence as plain data, as files and databases hold it, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from radarr_core.domain.custom_formats.reading import Fields
from radarr_core.domain.releases import IndexerKind
from radarr_core.errors import PolicyDataError, SharedEvidenceError

from .contests import Coverage
from .day_sums import CellKey, CellSums, DaySum, EvidenceSums
from .strata import HdrClass, Medium, Stratum
from .summaries import EvidenceSummary
from .utilities import Tally

E = TypeVar("E", bound=StrEnum)
_LARGEST_SUM = 2**80
"""In units of 1/2**40: nobody has seen so many releases on one day."""


def summary_to_data(summary: EvidenceSummary) -> dict[str, Any]:
    """Who made it, when, and the evidence in one order, so that equal summaries give equal data."""
    return {
        "made_by": summary.made_by,
        "made_at": summary.made_at.isoformat(),
        "evidence": sums_to_data(summary.sums),
    }


def sums_to_data(sums: EvidenceSums) -> dict[str, Any]:
    """The evidence alone. Sums are whole numbers of 1/2**40."""
    cells = sorted(sums.cells.items(), key=lambda item: _order(item[0]))
    return {
        "cells": [_cell_to_data(key, cell) for key, cell in cells],
        "spellings": {name: dict(sorted(counts.items())) for name, counts in sorted(sums.spellings.items())},
        "coverage": sums.coverage._asdict(),
    }


def _order(key: CellKey) -> tuple[Any, ...]:
    return key.group, key.kind or "", key.stratum.order


def _cell_to_data(key: CellKey, cell: CellSums) -> dict[str, Any]:
    stratum = key.stratum
    return {
        "group": key.group,
        "indexers": key.kind.value if key.kind else None,
        "medium": stratum.medium.value,
        "resolution": stratum.resolution,
        "hdr": stratum.hdr.value if stratum.hdr else None,
        "tally": cell.tally._asdict(),
        "days": [
            {"day": date.fromordinal(day).isoformat(), **cell.days[day]._asdict()} for day in sorted(cell.days)
        ],
    }  # fmt: skip


def summary_from_data(data: object, *, file: str | None = None) -> EvidenceSummary:
    """The summary that `summary_to_data` wrote.

    Args:
        data: as JSON gives it; fields nobody knows are passed over.
        file: where it was read from, for messages.

    Raises:
        SharedEvidenceError: something is missing, of the wrong kind, there twice, or no figure anybody can have
            counted. It names file and place.
    """
    try:
        given = Fields.of(data, file, most=_LARGEST_SUM)
        made_at = given.get("made_at", str)
        return EvidenceSummary(
            made_by=given.get("made_by", str),
            made_at=given.call("made_at", lambda: datetime.fromisoformat(made_at)),
            sums=_read_sums(given.inner("evidence")),
        )
    except PolicyDataError as error:
        raise SharedEvidenceError(error.reason, file=error.file, key=error.key) from error
    except SharedEvidenceError as error:
        raise SharedEvidenceError(error.reason, file=file, key=error.key) from error


def sums_from_data(data: object) -> EvidenceSums:
    """The evidence that `sums_to_data` wrote.

    Raises:
        SharedEvidenceError: it is none.
    """
    try:
        return _read_sums(Fields.of(data, most=_LARGEST_SUM))
    except PolicyDataError as error:
        raise SharedEvidenceError(error.reason, key=error.key) from error


def _read_sums(given: Fields) -> EvidenceSums:
    cells: dict[CellKey, CellSums] = {}
    for each in given.each("cells"):
        key = _read_key(each)
        if key in cells:
            each.fail("group", f"{key.group!r} at {key.stratum} stands twice")
        cells[key] = CellSums(_read_days(each), Tally(**_read_counts(each.inner("tally"), Tally._fields)))
    spellings = given.inner("spellings")
    return EvidenceSums(
        cells=cells,
        spellings={name: Counter(spellings.mapping(name, int)) for name in spellings.data},
        coverage=Coverage(**_read_counts(given.inner("coverage"), Coverage._fields)),
    )


def _read_key(given: Fields) -> CellKey:
    resolution, medium = given.get("resolution", int), _read_choice(given, "medium", Medium)
    hdr = _find_choice(given, "hdr", HdrClass)
    stratum = given.call("resolution", lambda: Stratum(medium, resolution, hdr))
    return CellKey(given.name("group"), _find_choice(given, "indexers", IndexerKind), stratum)


def _find_choice(given: Fields, key: str, kind: type[E]) -> E | None:
    return None if given.data.get(key) is None else _read_choice(given, key, kind)


def _read_choice(given: Fields, key: str, kind: type[E]) -> E:
    value = given.get(key, str)
    return given.call(key, lambda: kind(value))


def _read_counts(given: Fields, names: tuple[str, ...]) -> Mapping[str, int]:
    return {name: given.get(name, int) for name in names}


def _read_days(given: Fields) -> dict[int, DaySum]:
    days: dict[int, DaySum] = {}
    for each in given.each("days"):
        text = each.get("day", str)
        day = each.call("day", partial(date.fromisoformat, text)).toordinal()
        if day in days:
            each.fail("day", f"{text!r} stands twice")
        days[day] = DaySum(**_read_counts(each, DaySum._fields))
    return days
