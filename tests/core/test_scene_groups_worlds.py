"""Judging groups in worlds whose truth is known: calibration, volume, labels; and the worlds themselves."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from math import sqrt
from statistics import fmean

import pytest
from benchmarks.scene_groups.worlds import rank_correlation

from radarr_core import parse_release
from radarr_core.domain.scene_groups import (
    Group,
    GroupTable,
    IndexerKind,
    SceneGroupReputation,
    fit,
    fit_groups,
)
from radarr_core.testing.scene_worlds import (
    EvidencePlan,
    RatedGroup,
    SceneWorld,
    WorldFamily,
    WorldPlan,
    make_rated_groups,
)

from .scene_groups import AT, read_names, sums_of


def judge(plan: EvidencePlan) -> tuple[list[RatedGroup], GroupTable]:
    """The groups of a world of rated releases, and the table of their evidence."""
    groups = list(make_rated_groups(plan))
    return groups, fit(sums_of(piece for group in groups for piece in group.pieces), at=AT)


def find_coverage(seeds: range, **facts: object) -> float:
    """How often the 90 % interval holds the truth, over all groups, or cells where there are several kinds."""
    held = []
    for seed in seeds:
        groups, table = judge(EvidencePlan(seed=seed, groups=200, releases=3000, **facts))  # type: ignore[arg-type]
        for group in groups:
            pairs = group.truths.items() if len(group.truths) > 1 else [(None, group.truth)]
            for stratum, truth in pairs:
                found = table.find_posterior(Group(group.name), stratum)
                assert found is not None
                held.append(abs(truth - found.mean) <= 1.645 * sqrt(found.variance))
    return fmean(held)


@pytest.mark.parametrize(
    ("facts", "least", "seeds"),
    [
        ({}, 0.85, 20),
        ({"family": WorldFamily.HEAVY_TAILS}, 0.85, 10),
        ({"likeness": 0.4}, 0.80, 20),
        ({"strata": 4}, 0.85, 6),
        ({"strata": 4, "likeness": 0.4}, 0.80, 6),
    ],
)
def test_nine_in_ten_intervals_hold_the_truth(facts: dict[str, object], least: float, seeds: int) -> None:
    """Intervals are neither too narrow nor so wide that they say nothing, also when groups change."""
    assert least <= find_coverage(range(seeds), **facts) <= 0.98


def test_one_splendid_release_is_never_among_the_first_twenty() -> None:
    """Over two hundred worlds no group of three releases or fewer gets there, nor one with too little evidence."""
    for seed in range(200):
        groups, table = judge(EvidencePlan(seed=seed, groups=40, releases=400, loading=0.6))
        sizes = {group.name.casefold(): len(group.pieces) for group in groups}
        first = table.rank()[:20]
        assert first
        assert all(sizes[one.group.key] > 3 and one.evidence_weight >= 5 for one in first)


def test_size_is_no_merit_and_signals_have_the_right_sign() -> None:
    """A score hardly goes with the number of releases; what the whole interval supports is nearly always so."""
    volumes, right = [], []
    for seed in range(6):
        groups, table = judge(EvidencePlan(seed=seed, groups=300, releases=6000))
        found = [table.find_reputation(Group(group.name)) for group in groups]
        assert all(isinstance(one, SceneGroupReputation) for one in found)
        scores = [one.score for one in found if isinstance(one, SceneGroupReputation)]
        volumes.append(rank_correlation(scores, [len(group.pieces) for group in groups]))
        assert table.parameters is not None
        right += [
            (group.truth - table.parameters.mean) * one.signal > 0
            for group, one in zip(groups, found, strict=True)
            if one.signal
        ]
    assert abs(fmean(volumes)) < 0.1
    assert len(right) > 30
    assert fmean(right) > 0.97


@pytest.mark.parametrize("family", WorldFamily)
def test_scores_go_with_the_hidden_truth(family: WorldFamily) -> None:
    """In each family of worlds large groups are ordered by merit, and the first twenty are better than the rest."""
    world = SceneWorld(WorldPlan(family=family, seed=11, groups=300, releases=6000))
    table = fit_groups(world.observe(), at=world.at)
    large = [(one.score, world.find_truth(one.group)) for one in table.rank() if one.evidence_weight >= 8]
    least = 0.2 if family is WorldFamily.OUTSIDE else 0.6
    assert rank_correlation([score for score, _ in large], [truth for _, truth in large]) > least
    assert fmean(world.find_truth(one.group) for one in table.rank()[:20]) > 0.3


def test_strangers_under_a_good_name_are_found() -> None:
    """Where public indexers carry bad work under good names, the private group keeps its merit."""
    plan = WorldPlan(family=WorldFamily.OUTSIDE, seed=2, groups=30, releases=6000, namelike_rate=0)
    table = fit_groups(SceneWorld(plan).observe(), at=AT)
    split = [makers for makers in table.makers.values() if len(makers) == 3]
    for makers in split:
        assert set(makers) == {None, IndexerKind.PUBLIC, IndexerKind.PRIVATE}
    found = {one.indexer_kind for one in table.rank()}
    assert (IndexerKind.PUBLIC in found) == bool(split)


TIERS = [f"{family}-tier-0{tier}" for family in ("hd-bluray", "uhd-bluray", "remux", "web") for tier in (1, 2, 3)]


def test_labels_held_out_come_back() -> None:
    """Groups of the guides' tiers score above those of their low-quality list, though no fit ever saw a label.

    The world gives skills by label (0.8 and -0.8 standard deviations, with a whole one of chance), so this checks that
    evidence is read right; not that the parts of it measure what the guides mean.
    """
    good, bad = read_names(*TIERS), read_names("lq")
    assert not good & bad
    skills = {}
    world_chance = SceneWorld(WorldPlan(seed=77, groups=600))
    chance = (world_chance.find_truth(group) for group in world_chance.groups)
    for name in sorted(good | bad):
        skills[name] = (0.8 if name in good else -0.8) + next(chance) * 0.7
    world = SceneWorld(WorldPlan(family=WorldFamily.CONFOUNDED, seed=4, groups=700, releases=16_000, named=skills))
    table = fit_groups(world.observe(), at=world.at)
    lower = {one.group.key: one.lower for one in table.rank()}
    pairs = [lower[g] > lower[b] for g in good & set(lower) for b in bad & set(lower)]
    assert len(pairs) > 200
    assert fmean(pairs) >= 0.8


def test_a_world_is_the_same_each_time_and_another_with_another_seed() -> None:
    """Each walk makes the same releases; nothing but the plan decides."""
    plan = WorldPlan(seed=5, groups=20, releases=300)
    world = SceneWorld(plan)
    assert list(world.walk()) == list(world.walk()) == list(SceneWorld(plan).walk())
    assert list(world.walk()) != list(SceneWorld(WorldPlan(seed=6, groups=20, releases=300)).walk())
    assert list(world.choose(20)) == list(SceneWorld(plan).choose(20))


def test_a_world_comes_film_by_film_as_it_is_asked_for() -> None:
    """Releases stream: the first ones of an endless world cost no more than those of a small one."""
    first = list(islice(SceneWorld(WorldPlan(groups=30, releases=10**9)).walk(), 200))
    films = [one.observation.movie for one in first]
    assert len(first) == 200
    assert films == sorted(films, key=lambda film: int(film or 0))
    assert len({one.observation.key for one in first}) == 200


def test_a_world_has_what_spoils_naive_tables() -> None:
    """Sizes by a power law, names without a group, flags, free releases and fixes are all there."""
    world = SceneWorld(WorldPlan(seed=1, groups=200, releases=5000))
    seen = list(world.observe())
    sizes = Counter(one.group for one in seen if one.group)
    counts = sorted(sizes.values(), reverse=True)
    assert len(seen) == 5000
    assert counts[0] > 20 * counts[len(counts) // 2]
    assert 0.02 < fmean(one.group is None for one in seen) < 0.06
    assert 0.01 < fmean(one.is_internal for one in seen) < 0.12
    assert {one.fix for one in seen} > {None}
    assert len({one.cost for one in seen}) == 2
    assert set(sizes) <= set(world.groups)


def test_names_of_a_world_can_be_read() -> None:
    """A release's name tells a parser the same group and kind that its observation has."""
    for made in islice(SceneWorld(WorldPlan(seed=3, namelike_rate=0, groups=50)).walk(), 200):
        claim = parse_release(made.name)
        assert claim.release_group is not None
        assert Group(claim.release_group) == made.observation.group


def test_choices_are_between_groups_that_differ() -> None:
    """A wanted film is offered by two groups or more, of one kind of release, whose truth is known."""
    world = SceneWorld(WorldPlan(groups=40, releases=10))
    choices = list(world.choose(50))
    assert len(choices) == 50
    for choice in choices:
        assert len(set(choice.groups)) == len(choice.groups) >= 2
        assert all(isinstance(world.find_truth(group, choice.stratum), float) for group in choice.groups)


def test_named_groups_have_the_skill_they_were_given() -> None:
    """A world can be made of known names with skills of one's choosing; too many are refused."""
    world = SceneWorld(WorldPlan(groups=10, named={"TIDE": 2.0, "DOCK": -2.0}))
    assert world.find_truth(Group("tide")) > world.find_truth(Group("dock"))
    with pytest.raises(ValueError, match="named"):
        WorldPlan(groups=3, named={"TIDE": 2.0, "DOCK": -2.0})


def test_skills_that_drift_differ_from_those_before() -> None:
    """In a drifting world the past says less of the present than in a steady one."""
    likeness = {}
    for family in (WorldFamily.STEADY, WorldFamily.DRIFTING):
        world = SceneWorld(WorldPlan(family=family, seed=9))
        now, before = zip(*((world.find_truth(g), world.find_past_truth(g)) for g in world.groups), strict=True)
        likeness[family] = rank_correlation(now, before)
    assert likeness[WorldFamily.STEADY] > 0.85
    assert likeness[WorldFamily.DRIFTING] < 0.6
