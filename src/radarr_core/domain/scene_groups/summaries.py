"""Evidence as it may be shared: whose it is, and nothing in it that no installation could have counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import field, frozen

from radarr_core.errors import SharedEvidenceError

from .day_sums import CellSums, DaySum, EvidenceSums
from .identity import Group
from .settings import DEFAULT_RATING_SETTINGS
from .utilities import UNIT, Tally

_OLDEST = date(1990, 1, 1).toordinal()
_MOST_CELLS = 250_000
_MOST_RELEASES = 1_000_000
_MOST_SEEN = 100_000_000
"""More than any installation will ever have seen; databases keep such counts in 32 bits."""
_LONGEST_NAME = 80
_YEARS = range(1990, 9999)
"""In the last year there, and the first, a moment may be none in UTC."""
_CLOCK_SLACK = timedelta(days=1)
_CUT = DEFAULT_RATING_SETTINGS.cut

_AT_MOST: tuple[tuple[str, str], ...] = (
    ("contests", "pieces"), ("wins", "contests"), ("contests", "comparisons"), ("fixes_known", "releases"),
    ("sizes_known", "releases"), ("too_small", "sizes_known"), ("outcomes", "releases"),
    ("bad_outcomes", "outcomes"), ("internals", "releases"), ("doubtful", "releases"), ("pieces", "releases"),
)  # fmt: skip
"""Pairs of counts of which the first is never above the second."""
_SUMS = ("head_to_head", "needed_no_fix", "adequate_size", "local_outcome")


def check_sharer(name: str) -> str:
    """A name for whoever shares evidence, without space around it.

    Raises:
        SharedEvidenceError: it is blank, longer than 80 characters, or of more than one line.
    """
    plain = name.strip()
    if not plain or len(plain) > _LONGEST_NAME or not plain.isprintable():
        raise SharedEvidenceError(f"a name has 1 to {_LONGEST_NAME} printable characters, not {name[:120]!r}")
    return plain


def _to_utc(value: Any) -> Any:
    is_sound = isinstance(value, datetime) and value.tzinfo is not None and value.year in _YEARS
    return value.astimezone(UTC) if is_sound else value


@frozen(kw_only=True)
class EvidenceSummary:
    """What somebody's installation counted of groups: sums by group, kind of release and day, and nothing else.

    There are no titles, no films, no names of indexers and no users in it.

    Attributes:
        made_by: who made it, in their own words.
        made_at: when; aware, kept in UTC.
        sums: the evidence.

    Raises:
        SharedEvidenceError: there is no evidence in it, or a figure that nobody can have counted; the message says
            whose and which.
    """

    made_by: str = field(converter=check_sharer)
    made_at: datetime = field(converter=_to_utc)
    sums: EvidenceSums = field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Look at every figure once: a single absurd one would spoil the table of whoever takes it in."""
        if self.made_at.tzinfo is None:
            raise SharedEvidenceError(f"a moment without a time zone is ambiguous: {self.made_at!r}", key="made_at")
        if self.made_at.year not in _YEARS:
            raise SharedEvidenceError(f"nobody made it in the year {self.made_at.year}", key="made_at")
        check_sums(self.sums, latest=(self.made_at + _CLOCK_SLACK).toordinal())

    @property
    def releases(self) -> int:
        """How many releases were counted."""
        return sum(cell.tally.releases for cell in self.sums.cells.values())

    @property
    def groups(self) -> int:
        """How many groups there is evidence of."""
        return len({key.group for key in self.sums.cells})


@frozen(kw_only=True)
class SharedEvidence:
    """A summary of somebody else's that was taken in; it can be forgotten again.

    Attributes:
        name: what it is called here, unlike every other's.
        taken_at: when; aware, kept in UTC.
    """

    name: str = field(converter=check_sharer)
    taken_at: datetime = field(converter=_to_utc)
    summary: EvidenceSummary


def check_sums(sums: EvidenceSums, *, latest: int) -> None:
    """Refuse what nobody can have counted.

    Args:
        sums: the evidence.
        latest: the ordinal of the last day it may speak of.

    Raises:
        SharedEvidenceError: naming group, kind of release and figure.
    """
    if not sums.cells:
        raise SharedEvidenceError("there is no evidence in it", key="evidence")
    if len(sums.cells) > _MOST_CELLS:
        raise SharedEvidenceError(f"{len(sums.cells):,} cells are more than {_MOST_CELLS:,}", key="evidence.cells")
    for key, cell in sums.cells.items():
        _check_group(key.group)
        where = f"evidence of {key.group!r} at {key.stratum}"
        _check_tally(where, cell)
        for day, found in cell.days.items():
            _check_day(where, day, found, latest)
    for name, counts in sums.spellings.items():
        _check_group(name)
        for spelling, count in counts.items():
            _check_group(spelling, is_folded=False)
            is_count = 1 <= count <= _MOST_SEEN
            _require(
                is_count, f"spellings of {name!r}", f"{spelling!r} was met {count!r} times, not 1 to {_MOST_SEEN:,}"
            )
    seen, named, usable, later = sums.coverage
    is_sound = 0 <= usable <= named <= seen and later >= 0
    _require(max(seen, later) <= _MOST_SEEN, "coverage", f"more than {_MOST_SEEN:,} releases: {tuple(sums.coverage)}")
    _require(is_sound, "coverage", f"0 <= usable <= named <= seen and later >= 0 does not hold: {tuple(sums.coverage)}")


def _require(holds: bool, where: str, reason: str) -> None:
    if not holds:
        raise SharedEvidenceError(reason, key=where)


def _check_group(name: str, *, is_folded: bool = True) -> None:
    try:
        group = Group(name)
    except ValueError as error:
        raise SharedEvidenceError(str(error), key="evidence") from error
    _require(not is_folded or group.key == name, "evidence", f"{name!r} is not in the folded form, {group.key!r}")


def _check_tally(where: str, cell: CellSums) -> None:
    _require(bool(cell.days), where, "there is no day in it")
    tally = cell.tally
    counts: Mapping[str, int] = {**tally._asdict(), "pieces": sum(day.pieces for day in cell.days.values())}
    for name, count in counts.items():
        _require(name in _SUMS or count >= 0, where, f"{name} is {count!r}, below 0")
    _require(tally.releases <= _MOST_RELEASES, where, f"{tally.releases:,} releases are more than {_MOST_RELEASES:,}")
    for one, other in _AT_MOST:
        _require(
            counts[one] <= counts[other], where, f"{one} is {counts[one]!r}, above {other}, which is {counts[other]!r}"
        )
    _require(bool(tally.contests) == bool(tally.comparisons), where, "there are comparisons without a contest")
    _require(tally.half_wins <= 2 * tally.comparisons, where, "more than all comparisons are won")
    fixes = tally.propers_by_others + tally.own_repacks
    _require(fixes <= tally.fixes_known, where, f"{fixes} of {tally.fixes_known} releases were put right")
    _check_means(where, tally)


def _check_means(where: str, tally: Tally) -> None:
    limit = (_CUT * UNIT + 1) * tally.releases
    for name in _SUMS:
        value = getattr(tally, name)
        _require(abs(value) <= limit, where, f"{name} is {value!r}, beyond {_CUT:g} standard deviations a release")


def _check_day(where: str, day: int, found: DaySum, latest: int) -> None:
    _require(_OLDEST <= day <= latest, where, f"the day {_show_day(day)} lies before 1990 or after it was made")
    pieces, coverage, utility, squares = found
    shown = f"the day {_show_day(day)} has {tuple(found)!r}"
    _require(
        pieces >= 1 and 0 < coverage <= pieces * UNIT, where, f"{shown}: coverage lies above 0 and up to 1 a piece"
    )
    # Each piece was rounded to a whole number of units, so the bounds hold but for some units a piece.
    is_cut = abs(utility) <= _CUT * coverage + 3 * pieces and 0 <= squares <= _CUT**2 * coverage + 6 * pieces
    _require(is_cut, where, f"{shown}: utility lies beyond {_CUT:g} standard deviations")
    least = max(0, abs(utility) - 3 * pieces) ** 2
    _require(least <= (squares + 6 * pieces) * (coverage + pieces), where, f"{shown}: no such squares have that sum")


def _show_day(day: int) -> str:
    try:
        return date.fromordinal(day).isoformat()
    except (ValueError, OverflowError):
        return repr(day)[:40]


def add_shared(own: EvidenceSums, others: Mapping[str, EvidenceSums]) -> EvidenceSums:
    """One's own evidence and that of others, as one: a fit of it is the fit of both.

    What others counted was rated against what is usual where they are. A film that both have counts twice.
    """
    total = own
    for name in sorted(others):
        total = total + others[name]
    return total
