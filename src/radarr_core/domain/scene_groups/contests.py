"""Releases of one film and stratum side by side: who was put right, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import isfinite
from typing import NamedTuple

from radarr_core.domain.moments import check_aware
from radarr_core.domain.quality import MEGABYTE

from .identity import GroupAliases
from .observations import FixKind, Observation
from .strata import Stratum


class Entry(NamedTuple):
    """A release in a contest, its group by its folded name, aliases followed."""

    group: str
    observation: Observation


class Contest(NamedTuple):
    """The releases of named groups of one film in one stratum; without a film it is one release alone."""

    stratum: Stratum
    has_film: bool
    entries: Sequence[Entry]


class Coverage(NamedTuple):
    """How much of what was seen is evidence. Counts of releases.

    Attributes:
        seen: all that were seen up to the reference date.
        named: those with a group.
        usable: those with a group, a stratum and a date.
        later: those seen, or said to have come out, after the reference date; they count for nothing else.
    """

    seen: int = 0
    named: int = 0
    usable: int = 0
    later: int = 0

    def plus(self, other: Coverage) -> Coverage:
        """Both together."""
        return Coverage(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


NO_COVERAGE = Coverage()


def read_contests(
    observations: Iterable[Observation], at: datetime, aliases: GroupAliases
) -> tuple[list[Contest], Coverage]:
    """Sort releases by film and stratum; releases without a group compete with nobody and are evidence of nothing.

    Args:
        observations: each release once.
        at: the reference date; what was seen later is left out.
        aliases: other names of groups.

    Raises:
        ValueError: the reference date has no time zone.
    """
    check_aware(None, None, at)
    by_film: dict[tuple[str, Stratum], list[Entry]] = {}
    alone: list[Contest] = []
    seen = named = usable = later = 0
    for observation in observations:
        added, stratum, group = observation.added, observation.stratum, observation.group
        if observation.seen_at > at or (added is not None and added > at):
            later += 1
            continue
        seen += 1
        if group is None:
            continue
        named += 1
        if stratum is None or added is None:
            continue
        usable += 1
        entry = Entry(aliases.resolve(group.key), observation)
        if observation.movie is None:
            alone.append(Contest(stratum, False, (entry,)))
        else:
            by_film.setdefault((observation.movie, stratum), []).append(entry)
    films = [Contest(stratum, True, entries) for (_, stratum), entries in by_film.items()]
    return films + alone, Coverage(seen, named, usable, later)


_BY_OTHERS = frozenset({FixKind.PROPER, FixKind.REAL})


def judge_fixes(contest: Contest, maturity_days: int) -> list[float | None]:
    """For each release: 1 it was never put right, a half its own group did, 0 somebody else did or it was removed.

    None until its film was last looked at so many days after it came out, since nobody can know before; and None
    without a film. A claim to put right counts against what came out earlier.
    """
    entries = contest.entries
    if not contest.has_film:
        return [None]
    last_seen = max(entry.observation.seen_at for entry in entries)
    own = _find_newest(entry for entry in entries if entry.observation.fix is not None)
    propers = _find_newest(entry for entry in entries if entry.observation.fix in _BY_OTHERS)
    # The newest one of two groups is enough to know the newest one of any other group.
    newest = sorted(propers.items(), key=lambda item: item[1])[-2:]
    found: list[float | None] = []
    for group, observation in entries:
        added = observation.added
        assert added is not None
        if (last_seen - added).days < maturity_days:
            found.append(None)
        elif observation.was_removed or any(came > added for other, came in newest if other != group):
            found.append(0.0)
        else:
            found.append(0.5 if group in own and own[group] > added else 1.0)
    return found


def _find_newest(entries: Iterable[Entry]) -> dict[str, datetime]:
    """By group, when its newest release came out."""
    newest: dict[str, datetime] = {}
    for group, observation in entries:
        added = observation.added
        if added is not None and (group not in newest or added > newest[group]):
            newest[group] = added
    return newest


def find_rate(observation: Observation) -> float | None:
    """Megabytes (2**20 bytes) a minute; None where size or runtime is unknown or zero, or their ratio no figure."""
    if not observation.size or not observation.runtime:
        return None
    rate = observation.size / MEGABYTE / observation.runtime
    return rate if isfinite(rate) and rate > 0 else None
