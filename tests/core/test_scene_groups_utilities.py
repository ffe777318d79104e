"""What one release says of its makers, and how evidence of different films adds up."""

from __future__ import annotations

from datetime import timedelta
from math import sqrt
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_core.domain.quality import MEGABYTE
from radarr_core.domain.scene_groups import (
    CostClass,
    DaySum,
    EvidenceSums,
    FixKind,
    GroupAliases,
    IndexerKind,
    LocalOutcome,
    Medium,
    Observation,
    ObservationSet,
    StratumTables,
    Survey,
    fit,
    fit_groups,
    measure,
    rate,
    survey,
)
from radarr_core.domain.scene_groups.contests import judge_fixes, read_contests
from radarr_core.domain.scene_groups.day_sums import make_day_sum
from radarr_core.domain.scene_groups.identity import DEFAULT_ALIASES
from radarr_core.domain.scene_groups.settings import RatingSettings, Weights
from radarr_core.domain.scene_groups.strata import find_size_floor
from radarr_core.domain.scene_groups.stratum_tables import SizeScale, Spread, find_median
from radarr_core.testing.scene_worlds import SceneWorld, WorldFamily, WorldPlan

from .scene_groups import AT, ENCODE, REMUX, WEB, observe, piece, sums_of

CROWD = [
    observe(
        f"{film}-{group}", group, movie=str(film), snatches=10 + group_place * 5, size=(20 + film % 20) * 100 * MEGABYTE
    )
    for film in range(40)
    for group_place, group in enumerate(("ALFA", "BRAVO", "CHARLIE"))
]
TABLES = StratumTables.of(survey(CROWD, at=AT))


def fixes(*film: Observation) -> dict[str, float | None]:
    """What became of each release of a film, by key."""
    (contest,) = read_contests(film, AT, DEFAULT_ALIASES)[0]
    return dict(zip([entry.observation.key for entry in contest.entries], judge_fixes(contest, 30), strict=True))


def test_rivals_are_compared_by_snatches_beside_what_is_usual() -> None:
    """Of three, the most wanted is ahead of both others, and its figure has unit variance under chance."""
    found = {one.group: one for one in rate(CROWD[:3], TABLES, at=AT)}
    ahead = sqrt(12 * 2 / 4) * 0.5
    z = {name: one.tally.head_to_head / 2**40 for name, one in found.items()}
    assert z == pytest.approx({"alfa": -ahead, "bravo": 0.0, "charlie": ahead})
    assert found["charlie"].tally.wins == 1
    assert (found["bravo"].tally.comparisons, found["bravo"].tally.half_wins) == (2, 2)


def test_ties_count_half() -> None:
    """Rivals wanted just as much move nothing."""
    film = [evolve(one, snatches=10) for one in CROWD[:3]]
    assert {one.tally.head_to_head for one in rate(film, TABLES, at=AT)} == {0}


def test_what_costs_nothing_and_what_is_old_is_compared_with_its_like() -> None:
    """Thrice the snatches are no merit where everything that is free has them."""
    crowd = [
        observe(f"{film}-{cost}", group, movie=str(film), snatches=count, cost=cost)
        for film in range(60)
        for group, count, cost in (("ALFA", 30, CostClass.FREE), ("BRAVO", 10, CostClass.FULL))
    ]
    tables = StratumTables.of(survey(crowd, at=AT))
    assert {one.tally.half_wins for one in rate(crowd, tables, at=AT)} == {1}


def test_a_group_does_not_compete_with_itself() -> None:
    """Two releases of one group of a film are no rivals, and together one piece of evidence: their mean."""
    film = [observe("1", "ALFA", snatches=99), observe("2", "ALFA", snatches=5), observe("3", "BRAVO", snatches=20)]
    found = {one.group: one for one in rate(film, TABLES, at=AT)}
    assert found["alfa"].tally.comparisons == 2
    assert found["alfa"].tally.half_wins == 2
    assert found["alfa"].tally.head_to_head == 0
    alone = rate([film[0]], TABLES, at=AT) + rate([film[1]], TABLES, at=AT)
    assert len(rate(film[:2], TABLES, at=AT)) == 1
    assert found["alfa"].tally.releases == 2
    assert len(alone) == 2


def test_a_release_of_which_too_little_is_known_is_not_used() -> None:
    """Size alone is under two fifths of the weight; with the fix known it is enough."""
    lone = observe("1", movie=None)
    assert rate([lone], TABLES, at=AT) == []
    (found,) = rate([evolve(lone, movie="film")], TABLES, at=AT)
    assert found.coverage == pytest.approx(0.55)


def test_parts_are_weighted_and_cut() -> None:
    """No part counts for more than three standard deviations, and what is missing shifts weight to what is there."""
    removed = observe("1", was_removed=True, size=None, snatches=None, outcome=LocalOutcome.KEPT)
    tables = evolve(TABLES, outcomes=Spread(0.5, 0.25))
    (found,) = rate([removed], tables, at=AT)
    assert found.utility == pytest.approx((0.275 * -3 + 0.5 * 2) / 0.775)
    assert found.coverage == pytest.approx(0.775)


def test_bytes_beyond_enough_earn_nothing_and_below_the_least_nothing_either() -> None:
    """Adequate size goes by the logarithm from the least to enough."""
    scale = SizeScale(10.0, 40.0)
    assert [scale.rate(rate) for rate in (1, 10, 20, 40, 4000)] == pytest.approx([0, 0, 0.5, 1, 1])
    assert (find_size_floor(WEB), find_size_floor(ENCODE), find_size_floor(REMUX)) == (12.5, 50.8, 102.0)


def test_an_untouched_picture_is_rated_only_where_something_is_missing() -> None:
    """More bytes are no merit of a remux's makers, but a remux without half of its film is a fault."""
    crowd = [evolve(one, stratum=REMUX, size=200 * 100 * MEGABYTE) for one in CROWD]
    tables = StratumTables.of(survey(crowd, at=AT))
    whole, torn = rate([crowd[0]], tables, at=AT), rate([evolve(crowd[0], size=50 * 100 * MEGABYTE)], tables, at=AT)
    assert whole == []
    assert torn[0].tally.too_small == 1
    assert torn[0].tally.adequate_size == -3 * 2**40


def test_who_was_put_right_by_whom() -> None:
    """Another group's PROPER counts full, a repack of one's own half, and neither against what came later."""
    day = timedelta(days=1)
    first = observe("first", "ALFA")
    repack = observe("repack", "ALFA", fix=FixKind.REPACK, added=first.added + day)  # type: ignore[operator]
    proper = observe("proper", "BRAVO", fix=FixKind.PROPER, added=first.added + 2 * day)  # type: ignore[operator]
    later = observe("later", "CHARLIE", added=first.added + 3 * day)  # type: ignore[operator]
    assert fixes(first, repack) == {"first": 0.5, "repack": 1.0}
    assert fixes(first, repack, proper, later) == {"first": 0.0, "repack": 0.0, "proper": 1.0, "later": 1.0}
    assert fixes(evolve(first, was_removed=True)) == {"first": 0.0}
    assert fixes(first, evolve(proper, fix=FixKind.REPACK)) == {"first": 1.0, "proper": 1.0}


def test_nobody_knows_of_a_young_release_whether_it_needs_a_fix() -> None:
    """Until its film was looked at thirty days later the part is missing, also when the table is made long after."""
    young = observe("1", added=AT - timedelta(days=30), seen_at=AT - timedelta(days=2))
    assert fixes(young) == {"1": None}
    assert fixes(young, observe("2", "BRAVO", seen_at=AT)) == {"1": 1.0, "2": 1.0}
    assert fixes(observe("1", movie=None)) == {"1": None}


def test_too_little_known_of_a_stratum_is_borrowed_from_its_medium() -> None:
    """A stratum of fewer than fifty releases is measured by its medium's deviations, else by all."""
    few = [observe(f"few-{i}", movie=f"few-{i}", stratum=evolve(WEB, resolution=720)) for i in range(5)]
    other = [observe(f"o-{i}", movie=f"o-{i}", stratum=evolve(WEB, medium=Medium.CAPTURE)) for i in range(5)]
    tables = StratumTables.of(survey([*CROWD, *few, *other], at=AT))
    rulers = [tables.rulers[one.stratum] for one in (CROWD[0], few[0], other[0]) if one.stratum]
    assert rulers[0].fixes is not None
    assert rulers[1].fixes == rulers[0].fixes
    assert rulers[2].fixes is not None
    assert StratumTables.of(survey(few, at=AT)).rulers[few[0].stratum or WEB].fixes is None


@given(st.lists(st.integers(0, 20), min_size=1))
def test_the_median_of_counts_is_that_of_the_list(values: list[int]) -> None:
    """Counting values does not change their median."""
    ordered = sorted(values)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    assert find_median({value: values.count(value) for value in values}) == middle


def test_nothing_has_no_median() -> None:
    """An empty heap is an error, not a zero."""
    with pytest.raises(ValueError, match="no median"):
        find_median({})


@pytest.mark.parametrize("weights", [{"head_to_head": -1.0}, {"adequate_size": float("nan")}])
def test_weights_that_are_none_are_refused(weights: dict[str, float]) -> None:
    """A setting that could not be meant is an error at once."""
    with pytest.raises(ValueError, match="weights"):
        Weights(**weights)
    with pytest.raises(ValueError, match="cut"):
        RatingSettings(cut=0)


WORLD = list(SceneWorld(WorldPlan(family=WorldFamily.OUTSIDE, seed=3, groups=60, releases=1500)).observe())


def test_pseudo_groups_are_in_no_median_no_contest_and_no_deviation() -> None:
    """Adding releases without a group, with absurd figures, leaves tables, counts and scores of all others alone."""
    noise = [
        evolve(one, key=f"pseudo-{one.key}", group=None, snatches=10**6, size=10**15, fix=FixKind.PROPER, seen_at=AT)
        for one in WORLD
    ]
    without, beside = (fit_groups(found, at=AT) for found in (WORLD, WORLD + noise))
    assert survey(WORLD, at=AT) == survey(WORLD + noise, at=AT)
    assert without.rank() == beside.rank()
    assert without.makers == beside.makers
    assert beside.coverage.seen == without.coverage.seen + len(WORLD)
    assert beside.coverage.named == without.coverage.named


@settings(max_examples=10)
@given(st.integers(0, 2**30), st.integers(2, 6))
def test_films_can_be_split_in_any_way(salt: int, parts: int) -> None:
    """Surveys and sums of parts by film, added in whatever order, are exactly those of the whole."""
    shares: list[list[Observation]] = [[] for _ in range(parts)]
    for one in WORLD[:400]:
        shares[Random(f"{salt} {one.movie}").randrange(parts)].append(one)
    surveys = [survey(share, at=AT) for share in shares]
    whole = survey(WORLD[:400], at=AT)
    assert sum(reversed(surveys), Survey()) == sum(surveys, Survey()) == whole
    tables = StratumTables.of(whole)
    sums = [measure(share, tables, at=AT) for share in shares]
    assert sum(reversed(sums), EvidenceSums()) == sum(sums, EvidenceSums()) == measure(WORLD[:400], tables, at=AT)


def test_a_fit_of_merged_halves_is_that_of_all() -> None:
    """Two halves by film, judged apart and merged, give equal means and variances."""
    halves = [[one for one in WORLD if int(one.movie or 0) % 2 == part] for part in (0, 1)]
    tables = StratumTables.of(survey(halves[0], at=AT) + survey(halves[1], at=AT))
    merged = fit(measure(halves[1], tables, at=AT) + measure(halves[0], tables, at=AT), at=AT)
    assert merged.rank() == fit_groups(WORLD, at=AT).rank()


@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_the_order_of_observations_changes_nothing(random: object) -> None:
    """A fit is a pure function of the set and the date."""
    shuffled = list(WORLD[:600])
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = fit_groups(WORLD[:600], at=AT), fit_groups(ObservationSet.of(shuffled), at=AT)
    assert (first.parameters, first.rank()) == (second.parameters, second.rank())


def test_seeing_a_release_twice_changes_nothing() -> None:
    """Sightings are not evidence; releases are."""
    once, twice = (fit_groups(ObservationSet.of(WORLD * times), at=AT) for times in (1, 2))
    assert once == twice


def test_a_release_under_a_thousand_numbers_is_one_piece_of_evidence() -> None:
    """Posting the same film again and again, under other keys, adds a tally but no weight."""
    many = [observe(f"again-{i}", "ALFA", movie="0") for i in range(1000)]
    found = {one.group: one for one in rate([*many, observe("b", "BRAVO", movie="0")], TABLES, at=AT)}
    assert found["alfa"].coverage == pytest.approx(1.0)
    assert len(found) == 2


def test_aliases_are_one_group() -> None:
    """What an alias did counts for its group, whichever name is asked for, and is said."""
    aliases = GroupAliases({"ALFA": "BRAVO"})
    sums = measure(CROWD, TABLES, at=AT, aliases=aliases)
    assert {key.group for key in sums.cells} == {"bravo", "charlie"}
    assert sums.spellings["bravo"] == {"ALFA": 40, "BRAVO": 40}


def test_what_is_seen_after_the_reference_date_is_left_out() -> None:
    """A table of a past date knows nothing of what came after it."""
    later = [evolve(one, key=f"later-{one.key}", seen_at=AT + timedelta(days=2)) for one in WORLD]
    assert fit_groups(WORLD + later, at=AT).rank() == fit_groups(WORLD, at=AT).rank()
    assert fit_groups(WORLD + later, at=AT).coverage.later == len(WORLD)


def test_releases_without_date_stratum_or_film_are_neutral() -> None:
    """Missing everything is no evidence, and no harm."""
    bare = [Observation(key=f"bare-{i}", seen_at=AT, group=WORLD[i].group) for i in range(300)]
    assert fit_groups(WORLD + bare, at=AT).rank() == fit_groups(WORLD, at=AT).rank()


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0.4, 1)), min_size=1, max_size=30))
def test_the_sums_of_a_day_know_mean_and_scatter(pairs: list[tuple[float, float]]) -> None:
    """Weight, mean and scatter are those of the pieces to 1e-9, however they are added."""
    total = DaySum(0, 0, 0, 0)
    for utility, coverage in pairs:
        total = total.plus(make_day_sum(utility, coverage))
    weight = sum(c for _, c in pairs)
    mean = sum(u * c for u, c in pairs) / weight
    assert total.weight == pytest.approx(weight, abs=1e-9)
    assert total.mean == pytest.approx(mean, abs=1e-9)
    assert total.scatter == pytest.approx(sum(c * (u - mean) ** 2 for u, c in pairs), abs=1e-9)


def test_kinds_of_indexers_are_kept_apart_in_sums() -> None:
    """Evidence from public and from private indexers can be told apart later."""
    sums = sums_of([piece("alfa", 1.0, kind=IndexerKind.PUBLIC), piece("alfa", 0.0, kind=IndexerKind.PRIVATE)])
    assert {key.kind for key in sums.cells} == {IndexerKind.PUBLIC, IndexerKind.PRIVATE}
    assert sums.pieces == 2


def test_all_parts_together_are_one_whole_release() -> None:
    """A local outcome beside the other three parts gives no more weight than a whole release has."""
    film = [evolve(one, outcome=LocalOutcome.KEPT) for one in CROWD[:3]]
    assert {one.coverage for one in rate(film, evolve(TABLES, outcomes=Spread(0.5, 0.25)), at=AT)} == {1.0}


def test_outcomes_of_different_films_add_up() -> None:
    """Fifty outcomes, wherever they were counted, tell what usually becomes of a release; forty-nine do not."""
    grabbed = [
        evolve(one, outcome=LocalOutcome.KEPT if i % 2 else LocalOutcome.FAKE) for i, one in enumerate(CROWD[:50])
    ]
    first, second = survey(grabbed[:27], at=AT), survey(grabbed[27:], at=AT)
    found = StratumTables.of(first + second).outcomes
    assert found is not None
    assert found.mean == pytest.approx(0.5)
    assert StratumTables.of(survey(grabbed[:49], at=AT)).outcomes is None


def test_a_medium_lends_before_all_do() -> None:
    """A thin stratum is measured by its own medium, not by others whose releases are removed more often."""
    captures = [
        observe(f"c-{i}", movie=f"c-{i}", stratum=evolve(WEB, medium=Medium.CAPTURE), was_removed=i % 2 == 0)
        for i in range(80)
    ]
    thin = evolve(WEB, resolution=720)
    tables = StratumTables.of(survey([*CROWD, *captures, observe("thin", movie="thin", stratum=thin)], at=AT))
    assert tables.rulers[thin].fixes == tables.rulers[WEB].fixes
    assert tables.rulers[WEB].fixes != tables.rulers[evolve(WEB, medium=Medium.CAPTURE)].fixes


def test_enough_is_never_less_than_a_decent_picture_needs() -> None:
    """Where most releases are tiny, being as tiny is not enough."""
    tiny = [observe(f"t-{i}", movie=f"t-{i}", size=13 * 100 * MEGABYTE) for i in range(60)]
    sizes = StratumTables.of(survey(tiny, at=AT)).rulers[WEB].sizes
    assert sizes is not None
    assert (sizes.least, sizes.enough) == (12.5, pytest.approx(20.0))


def test_a_flood_of_fixes_of_one_film_takes_no_longer_than_their_number() -> None:
    """Twenty thousand PROPERs of one film by two groups are judged in one go, not each against each."""
    flood = [
        observe(i, ("ALFA", "BRAVO")[i % 2], fix=FixKind.PROPER, added=AT - timedelta(days=400, minutes=-i))
        for i in range(20_000)
    ]
    found = fixes(*flood)
    assert (found["0"], found["19997"], found["19998"], found["19999"]) == (0.0, 0.0, 0.0, 1.0)
