"""Ways of judging groups, all from the same evidence: ours, and those it is compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from math import log, sqrt
from random import Random

from attrs import frozen

from radarr_core.domain.scene_groups import (
    EvidenceSums,
    Group,
    GroupTable,
    Observation,
    SceneGroupReputation,
    Stratum,
)
from radarr_core.testing.scene_worlds import SceneWorld

HALF_LIFE_DAYS = 365.25


@frozen(kw_only=True)
class Way:
    """How one way judges.

    Attributes:
        score: by group; what its correlation is taken of.
        rank: by group; what its first twenty are taken by.
        choose: what is greatest is taken, of groups that offer the same film.
    """

    score: Callable[[Group], float]
    rank: Callable[[Group], float]
    choose: Callable[[Group, Stratum], float]


def judge_ours(table: GroupTable) -> Way:
    """Score, interval and cells as the library gives them."""

    def score(group: Group, stratum: Stratum | None = None) -> float:
        found = table.find_reputation(group, stratum)
        return found.score if isinstance(found, SceneGroupReputation) else 50.0

    ranked = {one.group.key: -place for place, one in enumerate(table.rank())}
    return Way(score=score, rank=lambda group: ranked.get(group.key, -(10**6)), choose=score)


def judge_by_signal(table: GroupTable) -> Way:
    """The careful signal alone, rounded as decisions take it: what the whole interval does not support is a tie."""
    ours = judge_ours(table)
    return Way(
        score=lambda group: round(table.find_reputation(group).signal, 1),
        rank=ours.rank,
        choose=lambda group, stratum: round(table.find_reputation(group, stratum).signal, 1),
    )


@frozen
class Pile:
    """Weight (after fading, with Kish's effective number) and mean."""

    number: float
    mean: float


def _pile(sums: EvidenceSums, fading: bool, today: int) -> tuple[dict[str, Pile], dict[tuple[str, Stratum], Pile]]:
    totals: dict[object, list[float]] = {}
    for key, cell in sums.cells.items():
        for day, found in cell.days.items():
            kept = 0.5 ** ((today - day) / HALF_LIFE_DAYS) if fading else 1.0
            weight = kept * found.weight
            for place in (key.group, (key.group, key.stratum)):
                held = totals.setdefault(place, [0.0, 0.0, 0.0])
                held[0] += weight
                held[1] += kept * weight
                held[2] += weight * found.mean
    piles = {place: Pile(w * w / w2, x / w) for place, (w, w2, x) in totals.items()}
    groups = {place: pile for place, pile in piles.items() if isinstance(place, str)}
    cells = {place: pile for place, pile in piles.items() if isinstance(place, tuple)}
    return groups, cells


def judge_raw(sums: EvidenceSums) -> Way:
    """The mean of the same utilities, as it is."""
    groups, cells = _pile(sums, False, 0)

    def score(group: Group) -> float:
        return groups[group.key].mean if group.key in groups else 0.0

    def choose(group: Group, stratum: Stratum) -> float:
        cell = cells.get((group.key, stratum))
        return cell.mean if cell else score(group)

    return Way(score=score, rank=lambda g: groups[g.key].mean if g.key in groups else -9.0, choose=choose)


def judge_shrunken(sums: EvidenceSums, table: GroupTable, *, fading: bool) -> Way:
    """Means drawn to that of all by as many releases as the prior is worth; ranked by a lower bound, without drift."""
    parameters = table.parameters
    if parameters is None:
        return judge_nobody(Random(1))
    groups, cells = _pile(sums, fading, table.at.toordinal())
    mean, noise = parameters.mean, parameters.noise
    by_group = noise / parameters.between_groups
    by_cell = noise / max(parameters.between_cells, 1e-6)

    def score(group: Group) -> float:
        pile = groups.get(group.key)
        return (pile.number * pile.mean + by_group * mean) / (pile.number + by_group) if pile else mean

    def rank(group: Group) -> float:
        pile = groups.get(group.key)
        return score(group) - 1.645 * sqrt(noise / ((pile.number if pile else 0) + by_group))

    def choose(group: Group, stratum: Stratum) -> float:
        pile = cells.get((group.key, stratum))
        own = score(group)
        return (pile.number * pile.mean + by_cell * own) / (pile.number + by_cell) if pile else own

    return Way(score=score, rank=rank, choose=choose)


def judge_by_count(observations: list[Observation]) -> Way:
    """The published formula: 10 ln(releases) + 50 an exclusive release + 30 an internal one."""
    releases: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    for seen in observations:
        if seen.group is not None:
            releases[seen.group.key] += 1
            flags[seen.group.key] += 50 * seen.is_exclusive + 30 * seen.is_internal

    def score(group: Group) -> float:
        return 10 * log(releases[group.key]) + flags[group.key] if group.key in releases else 0.0

    return Way(score=score, rank=score, choose=lambda group, _: score(group))


def judge_by_tiers(world: SceneWorld) -> Way:
    """A list typed two years ago of the 200 best-known names: 101 in three tiers, the rest unlisted.

    Whoever typed it knew the work of then, was wrong by a standard deviation, and took fame for half a merit.
    """
    random = Random(f"tiers {world.plan.seed}")
    known = list(enumerate(world.groups[:200]))
    opinions = {
        group.key: world.find_past_truth(group) + 0.5 * (1 - place / 100) + random.gauss(0, 1) for place, group in known
    }
    ordered = sorted(opinions, key=opinions.__getitem__, reverse=True)
    tiers = {key: 3 if place < 37 else 2 if place < 65 else 1 for place, key in enumerate(ordered[:101])}
    return _settle_ties(tiers, random)


def judge_nobody(random: Random) -> Way:
    """No reputation: whichever comes first."""
    return _settle_ties({}, random)


def _settle_ties(scores: Mapping[str, int], random: Random) -> Way:
    """Ties in an order of chance, always the same one for a group."""
    luck: dict[str, float] = {}

    def score(group: Group) -> float:
        return scores.get(group.key, 0) + luck.setdefault(group.key, random.random()) / 2

    return Way(score=score, rank=score, choose=lambda group, _: score(group))
