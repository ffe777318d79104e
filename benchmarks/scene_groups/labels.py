"""Labels that no fit ever saw: how far groups of the guides' tiers stand above those of their low-quality list."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import fmean

from benchmarks.figures import Figure, Goal, Scale
from benchmarks.formats import find_corpus
from radarr_core.domain.scene_groups import Group, Observation, ObservationSet, StratumTables, fit, measure, survey
from radarr_core.testing.scene_worlds import SceneWorld, WorldFamily, WorldPlan

from .ways import judge_by_count, judge_ours, judge_raw

_TIERS = [f"{family}-tier-0{tier}" for family in ("hd-bluray", "uhd-bluray", "remux", "web") for tier in (1, 2, 3)]
_SKILL, _CHANCE = 0.8, 0.7
_LOW = "on the low-quality list"
_NOTE = "skills were given by label, so this tests the reading of evidence, not what evidence means"


def measure_labels(scale: Scale) -> list[Figure]:
    """Areas under the curve, for ours and for what it is compared with; nothing without the guides' lists."""
    folder = find_corpus() / "trash-guides" / "cf"
    if not folder.is_dir():
        return []
    print("  labels ...", file=sys.stderr, flush=True)
    good, bad = read_names(folder, *_TIERS), read_names(folder, "lq")
    found = [_judge(_plan(seed, good, bad, scale), good, bad) for seed in scale.pick(range(1, 21), range(1, 3))]
    return [_tell(rivals, [world[rivals] for world in found]) for rivals in found[0]]


def _plan(seed: int, good: set[str], bad: set[str], scale: Scale) -> WorldPlan:
    random = Random(seed)
    skills = {name: (_SKILL if name in good else -_SKILL) + random.gauss(0, _CHANCE) for name in sorted(good | bad)}
    return WorldPlan(
        family=WorldFamily.CONFOUNDED, seed=seed, named=skills,
        groups=scale.pick(700, 450), releases=scale.pick(16_000, 3_000),
    )  # fmt: skip


def _tell(rivals: str, areas: Sequence[Mapping[str, float]]) -> Figure:
    """The mean of all worlds, and the world that is worst for ours."""
    means = {name: fmean(each[name] for each in areas) for name in areas[0]}
    value = means.pop("ours")
    lowest = min(each["ours"] for each in areas)
    return Figure(
        name=f"groups: held-out labels, of a tier : {rivals}, area under the curve", value=value, unit="",
        parts={"lowest": lowest, **means}, note=_NOTE,
        goal=Goal(0.8, "", at_least=True) if rivals == _LOW else None,
    )  # fmt: skip


def read_names(folder: Path, *files: str) -> set[str]:
    """The names of groups that custom formats of the guides list, case-folded; of `^(A|B)$` both."""
    names: set[str] = set()
    for file in files:
        for one in json.loads((folder / f"{file}.json").read_text("utf-8"))["specifications"]:
            value = str(one["fields"].get("value", ""))
            if one["implementation"] == "ReleaseGroupSpecification" and value.startswith("^(") and value.endswith(")$"):
                names |= {name.replace("\\", "").casefold() for name in value[2:-2].split("|")}
    return names


def find_area(high: Sequence[float], low: Sequence[float]) -> float:
    """In how many of all pairs the first is above the second; ties count half."""
    ordered = sorted(low)
    above = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in high)
    return above / 2 / (len(high) * len(low))


def _judge(plan: WorldPlan, good: set[str], bad: set[str]) -> dict[str, dict[str, float]]:
    """The areas by whom groups of a tier are compared with, and how many groups of each kind have evidence."""
    world = SceneWorld(plan)
    seen = list(ObservationSet.of(world.observe()))
    sums = measure(seen, StratumTables.of(survey(seen, at=world.at)), at=world.at)
    table = fit(sums, at=world.at)
    ways: dict[str, Callable[[Group], float]] = {
        "ours": judge_ours(table).rank,
        "raw mean": judge_raw(sums).rank,
        "count formula": judge_by_count(seen).rank,
        "the truth itself": world.find_truth,
    }
    known = {one.group.key: one.group for one in table.rank()}
    tiered = [group for key, group in sorted(known.items()) if key in good]
    listed = [group for key, group in sorted(known.items()) if key in bad]
    others = _match(tiered, [group for key, group in sorted(known.items()) if key not in good | bad], seen)
    counts = {"tiered": len(tiered), "low-quality": len(listed), "without evidence": len((good | bad) - set(known))}
    return {
        name: {way: find_area([*map(score, tiered)], [*map(score, low)]) for way, score in ways.items()} | more
        for name, low, more in ((_LOW, listed, counts), ("unlisted ones as large", others, {}))
    }


def _match(tiered: Sequence[Group], others: Sequence[Group], seen: Sequence[Observation]) -> list[Group]:
    """Those of about the size of a tiered group, within a factor of 2, so that volume cannot win."""
    counts = Counter(one.group.key for one in seen if one.group is not None)
    sizes = [counts[group.key] for group in tiered]
    return [one for one in others if any(size / 2 <= counts[one.key] <= 2 * size for size in sizes)]
