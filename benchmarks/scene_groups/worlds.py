"""Ways of judging, compared in pairs over many worlds."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from math import sqrt
from random import Random
from statistics import fmean, stdev

from attrs import frozen

from benchmarks.figures import Figure, Goal, Scale
from radarr_core.domain.scene_groups import Group, ObservationSet, StratumTables, fit, measure, survey
from radarr_core.testing.scene_worlds import SceneWorld, WorldFamily, WorldPlan

from .ways import (
    Way,
    judge_by_count,
    judge_by_signal,
    judge_by_tiers,
    judge_nobody,
    judge_ours,
    judge_raw,
    judge_shrunken,
)

OURS = "ours"
_MEASURES = {
    "rank 5+": "rank correlation, groups of 5 releases or more",
    "rank 50+": "rank correlation, groups of 50 releases or more",
    "top 20": "mean truth of the first twenty, sd",
    "regret": "truth lost a grab, sd",
}
_HELD_TO_ALL = ("published count formula", "static tiers", "no reputation")
_T_95 = {19: 2.093, 24: 2.064, 29: 2.045}


@frozen
class World:
    """What each way reached in one world: measures by way."""

    reached: Mapping[str, Mapping[str, float]]


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's, ties sharing their mean rank."""
    if len(one) < 3 or len(set(one)) < 2 or len(set(other)) < 2:
        return 0.0
    a, b = _rank(one), _rank(other)
    mean = (len(one) - 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    return top / sqrt(sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b))


def _rank(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end - 1) / 2
        start = end
    return ranks


def judge_world(plan: WorldPlan, grabs: int) -> World:
    """Every way in one world, on the same releases and the same choices."""
    world = SceneWorld(plan)
    observations = list(ObservationSet.of(world.observe()))
    tables = StratumTables.of(survey(observations, at=world.at))
    sums = measure(observations, tables, at=world.at)
    table = fit(sums, at=world.at)
    ways = {
        OURS: judge_ours(table),
        "ours, careful signal alone": judge_by_signal(table),
        "raw mean": judge_raw(sums),
        "shrunken mean without drift": judge_shrunken(sums, table, fading=False),
        "Kish half-life mean": judge_shrunken(sums, table, fading=True),
        "published count formula": judge_by_count(observations),
        "static tiers": judge_by_tiers(world),
        "no reputation": judge_nobody(Random(f"nobody {plan.seed}")),
    }
    counts: dict[str, int] = {}
    for seen in observations:
        if seen.group is not None:
            counts[seen.group.key] = counts.get(seen.group.key, 0) + 1
    return World({name: _look(world, way, counts, grabs) for name, way in ways.items()})


def _look(world: SceneWorld, way: Way, counts: Mapping[str, int], grabs: int) -> dict[str, float]:
    seen = [group for group in world.groups if group.key in counts]

    def correlate(least: int) -> float:
        chosen = [group for group in seen if counts[group.key] >= least]
        return rank_correlation([way.score(group) for group in chosen], [world.find_truth(group) for group in chosen])

    first = sorted(seen, key=lambda group: (way.rank(group), group.key), reverse=True)[:20]
    return {
        "rank 5+": correlate(5),
        "rank 50+": correlate(50),
        "top 20": fmean(world.find_truth(group) for group in first),
        "regret": -_find_regret(world, way, grabs),
    }


def _find_regret(world: SceneWorld, way: Way, grabs: int) -> float:
    lost: list[float] = []
    memory: dict[tuple[Group, object], float] = {}
    for choice in world.choose(grabs):
        truths = [world.find_truth(group, choice.stratum) for group in choice.groups]
        scores = []
        for group in choice.groups:
            place = (group, choice.stratum)
            if place not in memory:
                memory[place] = way.choose(group, choice.stratum)
            scores.append(memory[place])
        best = max(scores)
        tied = [truth for truth, score in zip(truths, scores, strict=True) if score == best]
        lost.append(max(truths) - fmean(tied))
    return fmean(lost)


def measure_worlds(scale: Scale) -> list[Figure]:
    """Differences between ours and each other way, family by family."""
    seeds, groups, releases = scale.pick(range(1, 21), range(1, 3)), scale.pick(715, 30), scale.pick(13_444, 300)
    found: dict[WorldFamily, list[World]] = {}
    for family in WorldFamily:
        print(f"  {family} ...", file=sys.stderr, flush=True)
        found[family] = [
            judge_world(
                WorldPlan(family=family, seed=seed, groups=groups, releases=releases), scale.pick(2000, 50)
            )
            for seed in seeds
        ]  # fmt: skip
    ways = [name for name in next(iter(found.values()))[0].reached if name != OURS]
    figures = [_tell(measure, found) for measure in _MEASURES]
    return figures + [_compare(way, measure, found) for way in ways for measure in _MEASURES]


def _tell(measure: str, found: Mapping[WorldFamily, Sequence[World]]) -> Figure:
    """What ours reaches, over all worlds and by family."""
    means = {str(family): fmean(world.reached[OURS][measure] for world in worlds) for family, worlds in found.items()}
    sign = -1 if measure == "regret" else 1
    parts = {family: sign * mean for family, mean in means.items()}
    return Figure(
        name=f"groups: ours, {_MEASURES[measure]}", value=fmean(parts.values()), unit="", is_signed=True, parts=parts
    )


def _compare(way: str, measure: str, found: Mapping[WorldFamily, Sequence[World]]) -> Figure:
    means, lows, losses = {}, {}, []
    for family, worlds in found.items():
        gaps = [world.reached[OURS][measure] - world.reached[way][measure] for world in worlds]
        reach = _T_95.get(len(gaps) - 1, 12.7) * stdev(gaps) / sqrt(len(gaps))
        means[str(family)], lows[str(family)] = fmean(gaps), fmean(gaps) - reach
        if fmean(gaps) + reach < 0:
            losses.append(f"OURS LOSES in {family}")
        elif lows[str(family)] <= 0:
            losses.append(f"not told apart in {family}")
    return Figure(
        name=f"groups: ours - {way}, {_MEASURES[measure]}",
        value=min(lows.values()),
        unit="",
        is_signed=True,
        goal=_find_goal(way, measure),
        parts=means,
        note="; ".join(losses) if any(means.values()) else "the same",
    )


def _find_goal(way: str, measure: str) -> Goal | None:
    if way in _HELD_TO_ALL:
        return Goal(0.0, "", at_least=True)
    if way == "raw mean":
        return {
            "rank 50+": Goal(-0.06, "", at_least=True),
            "top 20": Goal(0.0, "", at_least=True),
            "regret": Goal(0.0, "", at_least=True),
        }.get(measure)
    return None
