"""Evidence that is shared: what is in it, and what nobody can have counted."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.scene_groups import (
    EvidenceSummary,
    EvidenceSums,
    add_shared,
    fit,
    summary_from_data,
    summary_to_data,
    sums_from_data,
    sums_to_data,
)
from radarr_core.errors import SharedEvidenceError
from radarr_core.testing.scene_worlds import REFERENCE_DATE
from tests.core.shared_evidence import make_sums

SUMMARY = EvidenceSummary(made_by="Anna of the harbour", made_at=REFERENCE_DATE, sums=make_sums())


def make_data() -> dict[str, Any]:
    """The summary as a file holds it."""
    loaded: dict[str, Any] = json.loads(json.dumps(summary_to_data(SUMMARY)))
    return loaded


def test_a_summary_survives_the_journey() -> None:
    """What is written is read back equal, to the last unit of every sum, and so is a fit of it."""
    back = summary_from_data(make_data())
    assert back == SUMMARY
    assert sums_from_data(sums_to_data(SUMMARY.sums)) == SUMMARY.sums
    mine, theirs = (fit(sums, at=REFERENCE_DATE) for sums in (SUMMARY.sums, back.sums))
    assert [str(one) for one in mine.rank()] == [str(one) for one in theirs.rank()]
    assert SUMMARY.groups > 20
    assert SUMMARY.releases > 1_000


def test_a_summary_tells_of_groups_alone() -> None:
    """No title, no film, no release and no indexer: the texts in it are groups, kinds, days and field names."""
    texts: set[str] = set()
    stack: list[Any] = [make_data()["evidence"]]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
        elif isinstance(part, str):
            texts.add(part)
    groups = {key.group for key in SUMMARY.sums.cells}
    rest = {text for text in texts - groups if not text[:4].isdigit()}
    assert rest <= {"disc", "remux", "encode", "web", "capture", "SDR", "HDR", "DV", "public", "private"}


def test_moments_are_utc() -> None:
    """Two zones' words for one moment are one summary; a moment without a zone is none."""
    east = timezone(timedelta(hours=5))
    assert (
        EvidenceSummary(made_by=" Anna of the harbour ", made_at=REFERENCE_DATE.astimezone(east), sums=make_sums())
        == SUMMARY
    )
    with pytest.raises(SharedEvidenceError, match="time zone"):
        EvidenceSummary(made_by="Anna", made_at=datetime(2026, 1, 1), sums=make_sums())  # noqa: DTZ001


def test_fits_of_shared_evidence_do_not_depend_on_the_order() -> None:
    """One's own and others' evidence add up to the same, whoever came first; without others it stays one's own."""
    own, anna, ben = make_sums(1), make_sums(2), make_sums(3)
    assert add_shared(own, {"anna": anna, "ben": ben}) == add_shared(ben, {"z": own, "a": anna})
    assert add_shared(own, {}) == own
    assert add_shared(own, {"anna": anna}).pieces == own.pieces + anna.pieces


def cell(data: Any) -> Any:
    """A cell with rivals, fixes and sizes."""
    return next(each for each in data["evidence"]["cells"] if each["tally"]["contests"] and len(each["days"]) > 1)


def change(path: str, value: Any) -> Callable[[Any], None]:
    """Put a value at a place of that cell: `tally.wins`, `days.0.pieces`."""

    def spoil(data: Any) -> None:
        part = cell(data)
        *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in way:
            part = part[step]
        part[last] = value

    return spoil


TOO_EVEN = {"day": "2024-01-01", "pieces": 1, "coverage": 2**40, "utility": 2**40, "squares": 0}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)

BAD: dict[str, tuple[Callable[[Any], Any], str]] = {
    "no evidence": (lambda data: data["evidence"].update(cells=[]), "there is no evidence in it"),
    "no maker": (lambda data: data.pop("made_by"), "made_by: is missing"),
    "blank maker": (lambda data: data.update(made_by="  "), "1 to 80 printable characters"),
    "steering maker": (lambda data: data.update(made_by="a\x1b[2Jb"), "1 to 80 printable characters"),
    "endless maker": (lambda data: data.update(made_by="a" * 81), "1 to 80 printable characters"),
    "no moment": (lambda data: data.update(made_at="yesterday"), "made_at: Invalid isoformat"),
    "no evidence at all": (lambda data: data.pop("evidence"), "evidence: is missing"),
    "a list for evidence": (lambda data: data.update(evidence=[]), "evidence: must be an object"),
    "a number for cells": (lambda data: data["evidence"].update(cells=3), r"evidence\.cells: must be a list, not 3"),
    "a flag for a group": (change("group", "internal"), "'internal' names no group"),
    "a group that is not folded": (change("group", "TiDe"), "not in the folded form"),
    "negative": (change("tally.releases", -1), "releases is -1, below 0"),
    "negative wins": (change("tally.wins", -5), "wins is -5, below 0"),
    "not finite": (change("tally.wins", float("nan")), "must be a whole number, not nan"),
    "a fraction": (change("days.0.utility", 0.5), "must be a whole number, not 0.5"),
    "true": (change("days.0.pieces", True), "must be a whole number, not True"),
    "absurd": (change("tally.releases", 10**9), "1,000,000,000 releases are more than 1,000,000"),
    "more wins than films": (change("tally.wins", 10**6), "wins is 1000000, above contests"),
    "more small than sized": (change("tally.too_small", 10**5), "too_small is 100000, above sizes_known"),
    "more won than compared": (change("tally.half_wins", 10**7), "more than all comparisons are won"),
    "more fixed than known": (change("tally.propers_by_others", 10**5), "releases were put right"),
    "a mean beyond the cut": (change("tally.head_to_head", 2**60), "head_to_head is .*, beyond 3 standard deviations"),
    "a day without pieces": (change("days.0.pieces", 0), "above pieces|coverage lies above 0"),
    "a day of too much coverage": (change("days.0.coverage", 2**60), "coverage lies above 0 and up to 1 a piece"),
    "a day beyond the cut": (change("days.0.utility", -(2**60)), "utility lies beyond 3 standard deviations"),
    "negative squares": (change("days.0.squares", -1), "utility lies beyond"),
    "too few squares": (change("days.0", TOO_EVEN), "no such squares"),
    "a day to come": (change("days.0.day", "2999-01-01"), "2999-01-01 lies before 1990 or after it was made"),
    "a day long gone": (change("days.0.day", "1066-10-14"), "1066-10-14 lies before 1990"),
    "no day": (change("days.0.day", "2024-02-30"), r"days\[0\]\.day"),
    "no days": (change("days", []), "there is no day in it"),
    "a day twice": (lambda data: cell(data)["days"].append(cell(data)["days"][0]), r"\.day: .* stands twice"),
    "a cell twice": (lambda data: data["evidence"]["cells"].append(cell(data)), "stands twice"),
    "no such medium": (change("medium", "vhs"), "'vhs' is not a valid Medium"),
    "no such resolution": (change("resolution", 1081), "not 1081"),
    "no such indexers": (change("indexers", "mine"), "'mine' is not a valid IndexerKind"),
    "a spelling of nobody": (lambda data: data["evidence"]["spellings"].update(tide={"x264": 3}), "names no group"),
    "a spelling never met": (lambda data: data["evidence"]["spellings"].update(tide={"TiDe": 0}), "was met 0 times"),
    "the last moment": (lambda data: data.update(made_at="9999-12-31T23:59:59-05:00"), "made_at: .* the year 9999"),
    "the last day": (lambda data: data.update(made_at="9999-12-31T00:00:00+00:00"), "made_at: .* the year 9999"),
    "the first moment": (lambda data: data.update(made_at="0001-01-01T00:00:00+05:00"), "made_at: .* the year 1"),
    "more seen than a database counts": (
        lambda data: data["evidence"]["coverage"].update(seen=2**79), "coverage: more than 100,000,000 releases"
    ),
    "more left out than a database counts": (
        lambda data: data["evidence"]["coverage"].update(later=2**79), "coverage: more than 100,000,000 releases"
    ),
    "a spelling met too often": (
        lambda data: data["evidence"]["spellings"].update(tide={"TiDe": 2**70}), "not 1 to 100,000,000"
    ),
    "more named than seen": (lambda data: data["evidence"]["coverage"].update(named=10**8), "does not hold"),
}  # fmt: skip


@pytest.mark.parametrize("trouble", BAD)
def test_what_nobody_can_have_counted_is_refused(trouble: str) -> None:
    """One error names the file, the place and the value, and no summary comes of it."""
    spoil, said = BAD[trouble]
    data = make_data()
    spoil(data)
    with pytest.raises(SharedEvidenceError, match=said) as caught:
        summary_from_data(data, file="anna.json")
    assert str(caught.value).startswith("anna.json: ")
    assert len(str(caught.value)) < 400


@given(JSON)
def test_nonsense_is_refused_and_nothing_else(data: object) -> None:
    """Whatever JSON can hold gives a refusal, never another error."""
    with pytest.raises(SharedEvidenceError):
        summary_from_data({"made_by": "a", "made_at": "2026-01-01T00:00:00+00:00", "evidence": data})


def test_an_empty_summary_cannot_be_made() -> None:
    """Nothing is not evidence."""
    with pytest.raises(SharedEvidenceError, match="no evidence"):
        EvidenceSummary(made_by="Anna", made_at=datetime(2026, 1, 1, tzinfo=UTC), sums=EvidenceSums())


def test_the_error_crosses_processes() -> None:
    """It is pickled by its parts."""
    error = SharedEvidenceError("why", file="f", key="k")
    back = pickle.loads(pickle.dumps(error))
    assert (str(back), back.reason, back.file, back.key) == ("f: k: why", "why", "f", "k")
