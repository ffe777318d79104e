"""The filter, what all groups say together, and what a table answers: vectors and properties of the method."""

from __future__ import annotations

import math
from datetime import timedelta
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.scene_groups import (
    Evidence,
    EvidenceLevel,
    Group,
    GroupAliases,
    GroupTable,
    IndexerKind,
    Label,
    ModelSettings,
    Observation,
    Parameters,
    SceneGroupReputation,
    Stratum,
    Tally,
    UnknownReputation,
    fit,
    fit_groups,
)
from radarr_core.domain.scene_groups.filtering import Belief, Course
from radarr_core.domain.scene_groups.group_table import Maker
from radarr_core.domain.scene_groups.parameters import estimate_noise
from radarr_core.domain.scene_groups.posterior import Posterior, combine_cells
from radarr_core.domain.scene_groups.reasons import tell_extremes
from radarr_core.domain.scene_groups.reputation import find_bounds, level_evidence
from radarr_core.testing.scene_worlds import SceneWorld, WorldFamily, WorldPlan

from .scene_groups import AT, ENCODE, REMUX, WEB, piece, sums_of

PLAIN = Parameters(noise=0.28, between_groups=0.032, between_cells=0.0)
COURSE = Course(Belief(0.0, 0.032), 0.28, 4.0)


def follow(*batches: tuple[float, int, float]) -> Belief:
    """The belief after batches of (years ago, releases, utility), brought to today."""
    belief, ago = COURSE.prior, None
    for years, count, utility in batches:
        belief = belief if ago is None else COURSE.let_pass(belief, ago - years)
        belief = COURSE.learn(belief, utility, float(count))
        ago = years
    return COURSE.let_pass(belief, ago or 0.0)


def look(belief: Belief) -> Posterior:
    """The posterior of a group with one cell."""
    evidence = {WEB: COURSE.find_information(belief)}
    return combine_cells(evidence, 0.0, 0.0, PLAIN).as_posterior(PLAIN)


@pytest.mark.parametrize(
    ("batches", "mean", "sd", "weight", "score", "lower", "upper"),
    [
        ((), 0, 0.1789, 0, 50.0, 5.0, 95.0),
        (((0, 1, 0.8),), 0.0821, 0.1695, 1, 67.7, 13.6, 97.8),
        (((0, 3, 0.8),), 0.2043, 0.1544, 3, 87.3, 39.1, 99.5),
        (((0, 10, 0.3),), 0.1600, 0.1222, 10, 81.4, 40.9, 97.8),
        (((0, 20, 0.3),), 0.2087, 0.0987, 20, 87.8, 60.2, 98.1),
        (((0, 20, -0.3),), -0.2087, 0.0987, 20, 12.2, 1.9, 39.8),
        (((1, 20, 0.3),), 0.1625, 0.1360, 6.39, 81.8, 36.6, 98.5),
        (((4, 20, 0.3),), 0.0768, 0.1703, 0.91, 66.6, 12.8, 97.7),
        (((0, 50, 0.2),), 0.1702, 0.0690, 50, 82.9, 62.4, 94.4),
        (((0, 200, 0.0),), 0, 0.0366, 200, 50.0, 36.8, 63.2),
        (((1, 200, 0.2),), 0.1492, 0.1158, 12.14, 79.8, 40.9, 97.1),
        (((0, 3732, 0.02),), 0.0200, 0.0087, 3732, 54.4, 51.3, 57.6),
        (((1, 3732, 0.02),), 0.0155, 0.1124, 13.41, 53.5, 17.2, 86.9),
        (((2, 10, -0.3), (0, 10, 0.3)), 0.0931, 0.1158, 12.14, 69.9, 29.3, 94.4),
        (((2, 10, 0.3), (0, 10, -0.3)), -0.0931, 0.1158, 12.14, 30.1, 5.6, 70.7),
    ],
)
def test_vectors(batches, mean, sd, weight, score, lower, upper) -> None:
    """Figures worked out elsewhere: one splendid release stays low, thousands of average ones stay in the middle."""
    found = look(follow(*batches))
    assert found.mean == pytest.approx(mean, abs=6e-5)
    assert math.sqrt(found.variance) == pytest.approx(sd, abs=6e-5)
    assert found.fresh_releases == pytest.approx(weight, abs=6e-3)
    assert find_bounds(found, 0.0) == pytest.approx((score, lower, upper), abs=0.06)


def test_a_day_at_once_is_release_by_release() -> None:
    """The filter on sums of days says what it would say of each release in turn."""
    one_by_one = COURSE.prior
    for utility, coverage in ((0.5, 1.0), (-0.2, 0.55), (1.0, 0.725)):
        one_by_one = COURSE.learn(one_by_one, utility, coverage)
    weight = 1.0 + 0.55 + 0.725
    at_once = COURSE.learn(COURSE.prior, (0.5 - 0.2 * 0.55 + 0.725) / weight, weight)
    assert at_once == pytest.approx(one_by_one)


utilities = st.floats(-3, 3)
counts = st.integers(1, 200)


@given(utilities, counts, st.integers(2, 50))
def test_more_of_the_same_narrows_and_never_passes_the_data(utility: float, count: int, copies: int) -> None:
    """Copies of a group's releases move the mean away from the prior, never past what they say."""
    once, often = follow((0, count, utility)), follow((0, count * copies, utility))
    assert often.variance < once.variance
    assert abs(once.mean) <= abs(often.mean) + 1e-12
    assert abs(often.mean) <= abs(utility) + 1e-12


@given(utilities, counts, utilities)
def test_a_release_no_better_than_the_mean_never_raises_it(utility: float, count: int, new: float) -> None:
    """Volume alone cannot lift anybody."""
    belief = follow((0, count, utility))
    after = COURSE.learn(belief, min(new, belief.mean), 1.0)
    assert after.mean <= belief.mean + 1e-12


@given(utilities, counts, st.floats(0, 5), st.floats(0.1, 50))
def test_without_news_the_interval_widens_and_the_mean_goes_home(
    utility: float, count: int, years: float, later: float
) -> None:
    """Age takes evidence away, little by little, and never beyond what is expected of anybody."""
    now = follow((years, count, utility))
    then = COURSE.let_pass(now, later)
    assert now.variance <= then.variance + 1e-12 <= COURSE.prior.variance + 2e-12
    assert abs(then.mean) <= abs(now.mean) + 1e-12


@given(st.integers(1, 10**6), st.floats(0.05, 8))
def test_releases_of_one_age_saturate(count: int, years: float) -> None:
    """However many old releases there are, they are worth a bounded number of fresh ones."""
    kept = math.exp(-2 * years / 4.0)
    assert look(follow((years, count, 0.5))).fresh_releases <= 8.75 * kept / (1 - kept) * (1 + 1e-6) + 1e-6


@given(utilities, counts, st.floats(0, 3), utilities)
def test_late_news_count_less_than_fresh_ones(utility: float, count: int, years: float, late: float) -> None:
    """A release that turns up late says less of today, the less the older it is; of today it says as much."""
    belief = follow((0, count, utility))
    fresh = COURSE.learn(belief, late, 1.0)
    assert COURSE.learn_late(belief, late, 1.0, 0.0) == pytest.approx(fresh)
    assert COURSE.learn_late(belief, late, 1.0, years).variance >= fresh.variance - 1e-15


def test_a_thousand_web_releases_say_little_of_remuxes() -> None:
    """What one cell says of another is bounded by how much a group's cells differ."""
    parameters = Parameters(noise=0.28, between_groups=0.03, between_cells=0.01)
    course = Course(Belief(0.0, 0.04), 0.28, 4.0)
    evidence = {WEB: course.find_information(course.learn(course.prior, 0.4, 1000.0))}
    group = combine_cells(evidence, 0.0, 0.0, parameters)
    web, remux = group.find_cell(WEB, parameters), group.find_cell(REMUX, parameters)
    assert web.mean == pytest.approx(0.4, abs=0.01)
    assert remux.variance > 0.01
    assert 0.2 < remux.mean < 0.31
    assert web.fresh_releases > 900
    assert remux.fresh_releases < 28
    assert group.as_posterior(parameters).fresh_releases < 28


def test_noise_is_not_fooled_by_drift() -> None:
    """The scatter of releases is read off neighbours in time; a slow slope of the whole does not enter."""
    random = Random(1)
    pieces = [piece("g", random.gauss(0, 0.5) + day / 500, days_ago=day) for day in range(2000) for _ in range(2)]
    cells = sums_of(pieces).cells.values()
    assert estimate_noise(cell.days for cell in cells) == pytest.approx(0.25, rel=0.06)


def make_pieces(
    seed: int = 1, *, spread: float = 0.3, groups: int = 40, strata: tuple[Stratum, ...] = (WEB,)
) -> list[Evidence]:
    """Evidence of groups of 3 to 42 releases, whose skills differ by `spread`."""
    random = Random(seed)
    found = []
    for place in range(groups):
        skill = random.gauss(0, spread)
        found += [
            piece(
                f"grp{place}x",
                skill + random.gauss(0, 0.5),
                days_ago=random.randrange(700),
                stratum=random.choice(strata),
            )
            for _ in range(3 + place)
        ]
    return found


def make_table(pieces: list[Evidence] | None = None, **facts: object) -> GroupTable:
    """A table of made-up evidence."""
    return fit(sums_of(make_pieces() if pieces is None else pieces), at=AT, **facts)  # type: ignore[arg-type]


def test_parameters_are_found_again() -> None:
    """Noise and the spread of groups come out as they went in, from many groups."""
    parameters = make_table(make_pieces(2, groups=120)).parameters
    assert parameters is not None
    assert parameters.noise == pytest.approx(0.25, rel=0.1)
    assert parameters.between_groups == pytest.approx(0.09, rel=0.5)
    assert parameters.between_cells == 0.0


def test_a_third_is_for_cells_until_pairs_tell() -> None:
    """With too few groups in two strata the spread of cells is a share of that of groups."""
    pieces = make_pieces() + [piece("grp39x", 0.1, stratum=ENCODE, days_ago=i) for i in range(9)]
    parameters = make_table(pieces).parameters
    assert parameters is not None
    assert parameters.between_cells == pytest.approx(parameters.between_groups / 3)


@pytest.mark.parametrize(
    ("pieces", "why"),
    [
        ([], "0 usable releases so far"),
        (make_pieces(groups=8), "usable releases so far"),
        ([piece(f"g{i % 5}x", i % 3, days_ago=i) for i in range(400)], "5 groups with five releases so far"),
        ([piece(f"g{i % 40}x", (i // 40) % 2, days_ago=i) for i in range(4000)], "cannot be told apart"),
    ],
)
def test_without_a_model_everybody_is_unknown(pieces: list[Evidence], why: str) -> None:
    """Too little evidence, or groups that do not differ: an answer of its own that moves nothing and says why."""
    table = make_table(pieces)
    found = table.find_reputation(Group("g1x"))
    assert isinstance(found, UnknownReputation)
    assert why in found.why
    assert (found.signal, found.label, table.rank()) == (0.0, Label.UNKNOWN, [])


def test_constant_utilities_are_no_error() -> None:
    """Releases that are all alike leave no noise to divide by."""
    assert make_table([piece(f"g{i % 40}x", 0.25, days_ago=i) for i in range(4000)]).rank() == []
    table = make_table([piece(f"g{i % 40}x", i % 40 / 40, days_ago=i) for i in range(4000)])
    assert score_of(table, "g39x") > 90
    assert score_of(table, "g0x") < 10


def test_unknown_is_an_answer_of_its_own() -> None:
    """No group, a group nobody saw, and one of which nothing could be rated, each with its reason."""
    table = make_table()
    assert isinstance(table.find_reputation(None), UnknownReputation)
    unseen = table.find_reputation(Group("Nobody"))
    assert isinstance(unseen, UnknownReputation)
    assert (unseen.signal, unseen.reasons) == (0.0, ("never seen",))
    seen = evolve(table, spellings={"nobody": ("Nobody",)}).find_reputation(Group("NOBODY"))
    assert seen.reasons == ("nothing of it could be rated",)
    assert not hasattr(seen, "score")


def test_every_answer_keeps_its_bounds() -> None:
    """Scores lie in their intervals, signals between -1 and 1, in every kind of work, seen or not."""
    table = make_table(make_pieces(strata=(WEB, ENCODE)))
    for place in range(40):
        for stratum in (None, WEB, ENCODE, REMUX):
            found = table.find_reputation(Group(f"GRP{place}X"), stratum)
            assert isinstance(found, SceneGroupReputation)
            assert 0 <= found.lower <= found.score <= found.upper <= 100
            assert -1 <= found.signal <= 1
            if found.evidence is EvidenceLevel.INSUFFICIENT or found.label is Label.ORDINARY:
                assert found.signal == 0


@pytest.mark.parametrize(
    ("lower", "score", "upper", "label", "signal"),
    [
        (65, 80, 90, Label.TRUSTED, 0.3), (50.1, 80, 90, Label.GOOD, 0.002), (50, 80, 90, Label.ORDINARY, 0),
        (10, 20, 50, Label.ORDINARY, 0), (10, 20, 49, Label.WEAK, -0.02), (1, 20, 35, Label.POOR, -0.3),
    ],
)  # fmt: skip
def test_labels_say_only_what_the_whole_interval_supports(lower, score, upper, label, signal) -> None:
    """Words and signals go by the end of the interval that is nearer to the middle."""
    found = SceneGroupReputation(
        group=Group("TIDE"),
        lower=lower,
        score=score,
        upper=upper,
        evidence_weight=30,
        evidence=EvidenceLevel.ESTABLISHED,
    )
    assert (found.label, found.signal) == (label, pytest.approx(signal))
    assert evolve(found, is_doubtful=True).signal == 0
    thin = evolve(found, evidence=EvidenceLevel.INSUFFICIENT)
    assert (thin.signal, thin.label) == (0, Label.INSUFFICIENT)


@pytest.mark.parametrize("facts", [{"lower": 60}, {"upper": 101}, {"score": math.nan}, {"evidence_weight": -1}])
def test_a_reputation_that_contradicts_itself_cannot_be(facts: dict[str, float]) -> None:
    """A score outside of its interval, or beyond the scale, is refused."""
    usual = {"score": 50, "lower": 40, "upper": 60, "evidence_weight": 9}
    with pytest.raises(ValueError, match=r"hold|worth"):
        SceneGroupReputation(group=Group("TIDE"), evidence=EvidenceLevel.PROVISIONAL, **{**usual, **facts})  # type: ignore[arg-type]


def test_levels_of_evidence() -> None:
    """Five fresh releases are provisional, twenty established."""
    assert [level_evidence(weight) for weight in (0, 4.99, 5, 19.99, 20)] == [
        EvidenceLevel.INSUFFICIENT, EvidenceLevel.INSUFFICIENT, EvidenceLevel.PROVISIONAL, EvidenceLevel.PROVISIONAL,
        EvidenceLevel.ESTABLISHED,
    ]  # fmt: skip


def test_the_ranking_goes_by_the_lower_end_and_leaves_thin_evidence_out() -> None:
    """First by what is sure, and nobody with less than the least evidence."""
    ranked = make_table().rank()
    assert [one.lower for one in ranked] == sorted((one.lower for one in ranked), reverse=True)
    assert ranked
    assert all(one.evidence_weight >= 5 for one in ranked)
    assert make_table().rank(REMUX) == []


def test_case_and_aliases_get_the_same_answer() -> None:
    """However a name is written, and by whichever of its names, the answer is the same and says the others."""
    table = evolve(
        make_table(), aliases=GroupAliases({"OldName": "grp39x"}), spellings={"grp39x": ("Grp39x", "OldName")}
    )
    answers = {str(table.find_reputation(Group(name), WEB)) for name in ("GRP39X", "grp39x", "OLDNAME", "ｇrp39x")}
    assert len(answers) == 1
    assert "also as OldName" in answers.pop()


def test_a_doubtful_name_moves_nothing() -> None:
    """A single character, or a name that mostly was a word of the title, has no signal, however good."""
    fine = [piece(name, 1.5, days_ago=day, tally=Tally(releases=1, doubtful=doubtful))
            for name, doubtful in (("q", 0), ("word", 1), ("fine", 0)) for day in range(60)]  # fmt: skip
    table = make_table(make_pieces() + fine)
    assert [table.find_reputation(Group(name)).signal > 0 for name in ("Q", "word", "fine")] == [False, False, True]


def test_two_makers_of_one_name_are_told_apart() -> None:
    """Where public and private indexers tell of two, each has a reputation; without a kind nothing is decided."""

    def batch(name: str, public: float) -> list[Evidence]:
        random = Random(1)
        return [
            piece(name, random.gauss(mean, 0.4), days_ago=day, kind=kind)
            for kind, mean in ((IndexerKind.PRIVATE, 0.9), (IndexerKind.PUBLIC, public)) for day in range(80)
        ]  # fmt: skip

    table = make_table(make_pieces() + batch("two", -0.9) + batch("one", 0.9))
    private, public = (table.find_reputation(Group("two"), indexer_kind=kind) for kind in IndexerKind.__reversed__())
    assert isinstance(private, SceneGroupReputation)
    assert isinstance(public, SceneGroupReputation)
    assert public.score < 50 < private.score
    either = table.find_reputation(Group("two"))
    assert either.signal == 0
    assert any("two makers" in reason for reason in either.reasons)
    assert isinstance(either, SceneGroupReputation)
    assert (either.of_kind(IndexerKind.PRIVATE), either.of_kind(IndexerKind.PUBLIC)) == (private, public)
    assert either.of_kind(None) is either
    same = table.find_reputation(Group("one"), indexer_kind=IndexerKind.PUBLIC)
    assert isinstance(same, SceneGroupReputation)
    assert (same.indexer_kind, same.namesakes, same.signal > 0) == (None, (), True)
    assert [one.indexer_kind for one in table.rank() if one.group == Group("two")].count(None) == 0


def test_reasons_are_sentences_with_figures() -> None:
    """People read how many films, whose propers, how much evidence, and what it did to the expectation."""
    tally = Tally(releases=1, contests=1, wins=1, comparisons=2, half_wins=3, fixes_known=1, sizes_known=1)
    fine = [piece("fine", 0.9, days_ago=day, tally=tally) for day in range(31)]
    fine[:9] = [one._replace(tally=tally._replace(wins=0, half_wins=0)) for one in fine[:9]]
    fine[:2] = [one._replace(tally=one.tally._replace(propers_by_others=1)) for one in fine[:2]]
    found = make_table(make_pieces() + fine).find_reputation(Group("fine"), WEB)
    assert found.reasons[:2] == (
        "22 of 31 films: more wanted than its rivals (53% of 62 comparisons)", "two propers by others in 31",
    )  # fmt: skip
    assert any("31 releases of 31 films, the newest of 2025-08-01, worth" in reason for reason in found.reasons)
    assert any("by evidence" in reason for reason in found.reasons)
    assert str(found).startswith("fine, web 1080p: ")


def test_reasons_do_not_mix_words_and_digits_nor_tell_differences_nobody_sees() -> None:
    """`5 of 5 films`, no zero with a minus, and no best and worst kind where both are shown as the same figure."""
    tally = Tally(
        releases=1, contests=1, wins=1, comparisons=2, half_wins=3, fixes_known=1, sizes_known=1, adequate_size=-1
    )
    few = [piece("few", 0.9, days_ago=day, tally=tally) for day in range(5)]
    reasons = make_table(make_pieces() + few).find_reputation(Group("few"), WEB).reasons
    assert reasons[0].startswith("5 of 5 films: ")
    assert "sizes +0.0 sd against its kind" in reasons
    assert tell_extremes([("web 1080p", 95.2), ("encode 1080p", 94.6)]) == ()
    assert tell_extremes([("web 1080p", 95.6), ("encode 1080p", 94.6)]) != tell_extremes([("web 1080p", 95.6)])


def test_a_later_date_widens_every_interval_and_an_earlier_is_refused() -> None:
    """A table moves forward in time without a fit; its groups come nearer to the middle."""
    table = make_table()
    later = table.moved_to(AT + timedelta(days=900))
    for place in range(40):
        before, after = (one.find_posterior(Group(f"grp{place}x")) for one in (table, later))
        assert before is not None
        assert after is not None
        assert after.variance > before.variance
    with pytest.raises(ValueError, match="forward"):
        later.moved_to(AT)


def test_one_more_release_today_is_what_a_fit_would_say() -> None:
    """Evidence of the newest day, taken in alone, equals the filter run over all days, with parameters held fixed."""
    pieces = make_pieces()
    table, new = make_table(pieces), piece("grp20x", 0.7)
    assert table.parameters is not None
    maker = table.makers["grp20x"][None]
    cell = sums_of([*(one for one in pieces if one.group == "grp20x"), new]).cells.popitem()[1]  # type: ignore[attr-defined]
    course = Course(
        Belief(table.parameters.expect(maker.flag_rate), table.parameters.cell_variance), table.parameters.noise, 4.0
    )
    taken = table.with_evidence(new).makers["grp20x"][None].cells[WEB]
    belief, day = course.follow(cell.days)
    assert taken.belief == pytest.approx(belief)
    assert (taken.day, taken.pieces) == (day, maker.cells[WEB].pieces + 1)
    assert table.with_evidence(piece("newcomer", 1.0)).find_posterior(Group("newcomer")) is not None
    assert table.find_posterior(Group("newcomer")) is None


def test_evidence_without_a_model_waits_for_a_fit() -> None:
    """A table that judges nobody stays as it is."""
    table = make_table([])
    assert table.with_evidence(piece("tide", 1.0)) is table
    assert table.find_posterior(Group("tide")) is None


def test_flags_move_what_is_expected_and_never_a_proven_merit() -> None:
    """Flagging all releases of an average group of 300 or more moves its score by no more than six points."""
    world = list(SceneWorld(WorldPlan(family=WorldFamily.STEADY, seed=1, groups=120, releases=4500)).observe())
    before = fit_world(world)
    large = [key for key, makers in before.makers.items() if makers[None].tally.releases >= 300]
    average = sorted(large, key=lambda key: abs(score_of(before, key) - 50))[:2]
    assert len(average) == 2
    for key in average:
        flagged = [evolve(one, is_internal=not one.is_internal) if one.group == Group(key) else one for one in world]
        assert abs(score_of(fit_world(flagged), key) - score_of(before, key)) <= 6


def fit_world(world: list[Observation]) -> GroupTable:
    """The table of a made-up world."""
    return fit_groups(world, at=AT)


def score_of(table: GroupTable, key: str) -> float:
    """A group's score for all its work."""
    found = table.find_reputation(Group(key))
    assert isinstance(found, SceneGroupReputation)
    return found.score


def test_a_pile_of_average_releases_stays_in_the_middle() -> None:
    """A group with thousands of releases and no merit of its own gets no more than its work says."""
    random = Random(5)
    pile = [piece("pile", 0.02 + random.gauss(0, 0.5), days_ago=random.randrange(700)) for _ in range(3000)]
    found = make_table(make_pieces() + pile).find_reputation(Group("pile"))
    assert isinstance(found, SceneGroupReputation)
    assert 30 < found.score < 70


@pytest.mark.parametrize(
    "facts", [{"memory_years": 0}, {"memory_years": math.inf}, {"least_groups": 2}, {"least_releases": 0}]
)
def test_settings_under_which_nothing_could_be_judged_are_refused(facts: dict[str, float]) -> None:
    """A memory of no time, or a model of two groups, is an error at once."""
    with pytest.raises(ValueError, match=r"memory_years|model"):
        ModelSettings(**facts)  # type: ignore[arg-type]


def test_a_date_without_a_time_zone_is_refused() -> None:
    """The reference date has to be one moment."""
    for judge in (lambda at: fit(sums_of([]), at=at), lambda at: fit_groups([], at=at)):
        with pytest.raises(ValueError, match="ambiguous"):
            judge(AT.replace(tzinfo=None))


def test_a_maker_without_cells_is_a_value() -> None:
    """Whoever has no evidence has no newest day, which is not day zero."""
    maker = Maker(flag_rate=0.0, cells={})
    assert (maker.newest, maker.pieces, maker.tally.releases) == (None, 0, 0)


@given(utilities, counts, st.floats(0, 6))
def test_late_news_of_a_stranger_are_those_of_its_day(utility: float, count: int, years: float) -> None:
    """With nothing known before, evidence that turns up late says what it would have said in time, aged since."""
    late = COURSE.learn_late(COURSE.prior, utility, float(count), years)
    assert late == pytest.approx(follow((years, count, utility)), abs=1e-9)


def test_noise_is_not_taken_for_a_difference_between_cells() -> None:
    """Groups that do all kinds of work alike have cells that differ by chance alone; those that do not, differ."""

    def find_spread(offset: float) -> float:
        random = Random(3)
        pieces = [
            piece(f"grp{group}x", skill + own + random.gauss(0, 0.5), days_ago=random.randrange(600), stratum=stratum)
            for group in range(60)
            for skill in (random.gauss(0, 0.3),)
            for stratum in (WEB, ENCODE)
            for own in (random.gauss(0, offset),)
            for _ in range(12)
        ]
        parameters = make_table(pieces).parameters
        assert parameters is not None
        return parameters.between_cells

    assert find_spread(0.0) < 0.01
    assert find_spread(0.3) == pytest.approx(0.09, rel=0.4)


def test_a_kind_nobody_saw_is_never_as_sure_as_one_that_was_seen() -> None:
    """Not even where the few groups that do two kinds of work happen to do them alike."""
    random = Random(5)
    skills = {f"grp{number}x": random.gauss(0, 0.4) for number in range(24)}
    pieces = [
        piece(name, skill + random.gauss(0, 0.4), days_ago=random.randrange(200), stratum=stratum)
        for name, skill in skills.items() for stratum in (WEB, ENCODE) for _ in range(12)
    ]  # fmt: skip
    table = make_table(pieces)
    assert table.parameters is not None
    assert table.parameters.between_cells == pytest.approx(table.parameters.between_groups * 20 / 24 / 3)
    seen, unseen = (table.find_posterior(Group("grp7x"), stratum) for stratum in (WEB, REMUX))
    assert seen is not None
    assert unseen is not None
    assert unseen.variance > 2 * seen.variance


def test_two_makers_are_not_seen_in_a_handful_of_releases() -> None:
    """A name is shared only where both kinds of indexers have enough evidence, however much they differ."""
    thin = [
        piece("two", mean, days_ago=day, kind=kind)
        for kind, mean in ((IndexerKind.PRIVATE, 2.5), (IndexerKind.PUBLIC, -2.5))
        for day in range(8)
    ]
    assert set(make_table(make_pieces() + thin).makers["two"]) == {None}
