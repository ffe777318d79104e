"""Why a group has the reputation it has, in sentences with their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .posterior import Posterior
from .utilities import UNIT, Tally, day_of

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def count_things(count: int, thing: str, things: str | None = None) -> str:
    """`two films`, `one film`, `no film`, `31 films`."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    return f"{number} {thing if count < 2 else things or thing + 's'}"


class Grounds(NamedTuple):
    """What the sentences are made from.

    Attributes:
        pieces: films that say something of it.
        newest: the ordinal of the last day of evidence; None without any.
        is_elsewhere: nothing was seen of this kind of release, so what is known is of others.
    """

    tally: Tally
    pieces: int
    newest: int | None
    posterior: Posterior
    other_names: tuple[str, ...] = ()
    is_elsewhere: bool = False
    is_shared: bool = False
    extremes: tuple[str, ...] = ()


def tell_reasons(grounds: Grounds) -> tuple[str, ...]:
    """The sentences, the weightiest first."""
    return tuple(_tell(grounds))


def _tell(grounds: Grounds) -> Iterator[str]:
    tally = grounds.tally
    if grounds.is_elsewhere:
        yield "nothing of this kind seen; judged by its other work"
    if grounds.is_shared:
        yield "two makers use this name, one on public and one on private indexers"
    yield from _tell_match(tally)
    yield from _tell_fixes(tally)
    if tally.too_small:
        yield f"{count_things(tally.too_small, 'release')} of {tally.sizes_known:,} with too few bytes"
    elif tally.sizes_known:
        yield f"sizes {_mean(tally.adequate_size, tally.sizes_known)} against its kind"
    if tally.outcomes:
        yield f"{count_things(tally.bad_outcomes, 'failure')} in {count_things(tally.outcomes, 'grab')} here"
    yield from _tell_weight(grounds)
    yield from grounds.extremes
    if grounds.other_names:
        yield f"also as {', '.join(grounds.other_names)}"


def _tell_match(tally: Tally) -> Iterator[str]:
    if tally.contests:
        share = tally.half_wins / 2 / tally.comparisons
        films = "film" if tally.contests == 1 else "films"
        yield (
            f"{tally.wins:,} of {tally.contests:,} {films}: more wanted than its rivals "
            f"({share:.0%} of {count_things(tally.comparisons, 'comparison')})"
        )
    else:
        yield "never seen beside a rival"


def _tell_fixes(tally: Tally) -> Iterator[str]:
    if tally.propers_by_others:
        yield f"{count_things(tally.propers_by_others, 'proper')} by others in {tally.fixes_known:,}"
    elif tally.fixes_known:
        yield f"none of {tally.fixes_known:,} put right by others"
    if tally.own_repacks:
        yield f"{count_things(tally.own_repacks, 'repack')} of its own"


def _tell_weight(grounds: Grounds) -> Iterator[str]:
    posterior, tally = grounds.posterior, grounds.tally
    newest = f", the newest of {day_of(grounds.newest).isoformat()}" if grounds.newest else ""
    yield (
        f"{count_things(tally.releases, 'release')} of {count_things(grounds.pieces, 'film')}{newest}, worth "
        f"{posterior.fresh_releases:.1f} fresh ones"
    )
    share = posterior.prior_mean
    yield f"utility {posterior.mean:+.2f}: {share:+.2f} expected of anybody, {posterior.mean - share:+.2f} by evidence"


def _mean(total: int, count: int) -> str:
    # Adding nothing turns a rounded -0.0 into 0.0; a zero with a minus reads as a fault.
    return f"{round(total / UNIT / count, 1) + 0.0:+.1f} sd"


def tell_extremes(cells: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Where a group is best and where worst, if it has kinds of work whose scores differ as they are shown."""
    ordered = sorted(cells, key=lambda cell: (cell[1], cell[0]))
    if len(ordered) < 2:
        return ()
    (worst, low), (best, high) = ordered[0], ordered[-1]
    if f"{low:.0f}" == f"{high:.0f}":
        return ()
    return (f"best at {best} ({high:.0f}), least good at {worst} ({low:.0f})",)
