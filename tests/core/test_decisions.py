"""The engine: every rule alone, all reasons together, and an order that is total."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.decisions import (
    DEFAULT_RULES,
    Decision,
    DecisionSettings,
    DecisionTable,
    MovieIndex,
    Outcome,
    Policy,
    RuleSet,
    RunKind,
    Situation,
    Verdict,
    decide,
)
from radarr_core.domain.decisions.rules.base import Case, accepted
from radarr_core.domain.downloads import BlockCause, BlockedRelease, GrabState
from radarr_core.domain.identifiers import ImdbId, TmdbId
from radarr_core.domain.movies import Movie, Slot, SlotKey
from radarr_core.domain.quality import MEGABYTE
from radarr_core.domain.releases import DownloadProtocol, Release
from radarr_core.serialise import from_json, to_json

from .builders import BETTER, GOOD, KEY, MOVIE, NOW, PROPER, make_file, make_grab, make_offer, make_profile


def judge(offer: Release, *, movie: Movie | MovieIndex = MOVIE, **situation: Any) -> Decision:
    """The one decision about one offer."""
    table = run([offer], movie=movie, **situation)
    assert len(table) == 1
    return table.decisions[0]


def run(offers: list[Release], *, movie: Movie | MovieIndex = MOVIE, **situation: Any) -> DecisionTable:
    """Decide under the test profile."""
    profile = situation.pop("profile", make_profile())
    settings = situation.pop("settings", DecisionSettings())
    rules = situation.pop("rules", DEFAULT_RULES)
    policy = Policy(profiles={profile.name: profile}, settings=settings)
    return decide(offers, wanted=movie, policy=policy, situation=Situation(**situation), rules=rules, now=NOW)


def verdict(decision: Decision, rule: str) -> Verdict:
    """One rule's word."""
    return next(verdict for verdict in decision.verdicts if verdict.rule == rule)


def test_a_good_offer_is_accepted_and_every_rule_says_so() -> None:
    """An acceptable offer carries one verdict of every rule, none a rejection."""
    decision = judge(make_offer(), free_space=10**12)
    assert decision.is_accepted
    assert [verdict.rule for verdict in decision.verdicts] == [rule.name for rule in DEFAULT_RULES.rules]
    assert {verdict.outcome for verdict in decision.verdicts} == {Outcome.ACCEPTED, Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("offer", "rule", "figures"),
    [
        (make_offer("The.Glass.Harbor.S01E02.1080p.WEB-DL.H.264-TIDE"), "readable name", {}),
        (make_offer("nothing to see here"), "readable name", {}),
        (make_offer(f"../../{GOOD}"), "harmless name", {"name": f"../../{GOOD}"}),
        (make_offer(f"{GOOD}\u202e"), "harmless name", {}),
        (make_offer(f"{GOOD}\x1b[2J"), "harmless name", {}),
        (make_offer("The.Glass.Harbor.1998.1080p.WEB-DL.H.264-TIDE"), "right movie", {"year": 1998}),
        (make_offer("The.Glass.House.2024.1080p.WEB-DL.H.264-TIDE"), "right movie", {"title": "The Glass House"}),
        (make_offer("The.Glass.Harbor.2024.HDCAM.x264-SEAT"), "quality allowed", {"quality": "CAM"}),
        (make_offer(size=200_000 * MEGABYTE), "acceptable size", {"size": 200_000 * MEGABYTE, "minutes": 100}),
        (make_offer(f"{GOOD}.sample", size=60 * MEGABYTE), "not a sample", {"size": 60 * MEGABYTE}),
        (make_offer(f"{GOOD}.sample", size=None), "not a sample", {"size": None}),
        (make_offer(seeders=0), "seeders", {"seeders": 0, "minimum": 1}),
        (make_offer(seeders=4, minimum_seeders=5), "seeders", {"seeders": 4, "minimum": 5}),
    ],
)
def test_each_rule_rejects_with_its_figures(offer: Release, rule: str, figures: dict[str, Any]) -> None:
    """A rejection names its rule and shows the figures it read."""
    found = verdict(judge(offer), rule)
    assert found.outcome is Outcome.REJECTED
    assert found.sentence
    assert figures.items() <= found.figures.items()


def test_nothing_stops_at_the_first_objection() -> None:
    """An offer with several faults is told all of them."""
    decision = judge(make_offer("The.Glass.Harbor.2024.HDCAM.x264-SEAT.sample", size=10 * MEGABYTE, seeders=0))
    assert {verdict.rule for verdict in decision.rejections} == {"quality allowed", "not a sample", "seeders"}
    assert len(decision.reasons) == 3


@pytest.mark.parametrize(
    ("offer", "situation", "rule"),
    [
        (make_offer(seeders=None), {}, "seeders"),
        (make_offer(size=None), {}, "acceptable size"),
        (make_offer(size=None), {"free_space": 1}, "free space"),
        (make_offer(), {"free_space": None}, "free space"),
    ],
)
def test_unknown_never_rejects(offer: Release, situation: dict[str, Any], rule: str) -> None:
    """A figure that was not told is unknown, not zero."""
    decision = judge(offer, **situation)
    assert verdict(decision, rule).outcome is Outcome.UNKNOWN
    assert decision.is_accepted


@pytest.mark.parametrize(
    ("size", "free", "sentence"),
    [
        (None, 1, "the size is not known"),
        (1, None, "the free space is not known"),
        (None, None, "neither the free space nor the size is known"),
    ],
)
def test_what_is_missing_for_the_free_space_is_named(size: int | None, free: int | None, sentence: str) -> None:
    """The one is for the indexer to tell, the other for the disk."""
    assert verdict(judge(make_offer(size=size), free_space=free), "free space").sentence == sentence


def test_size_limits_are_inclusive_and_an_unknown_runtime_counts_as_110_minutes() -> None:
    """100 MB a minute is just allowed; one byte more is not."""
    limit = 110 * 100 * MEGABYTE
    movie = evolve(MOVIE, runtime_minutes=None)
    assert judge(make_offer(size=limit), movie=movie).is_accepted
    assert not judge(make_offer(size=limit + 1), movie=movie).is_accepted


def test_a_film_called_sample_is_not_one() -> None:
    """The word in the movie's own title says nothing."""
    movie = Movie(title="The Sample", year=2024, runtime_minutes=100, slots=MOVIE.slots)
    assert judge(make_offer("The.Sample.2024.1080p.WEB-DL.H.264-TIDE", size=60 * MEGABYTE), movie=movie).is_accepted


def test_a_full_disk_rejects_with_the_reserve() -> None:
    """The reserve stays free."""
    size = 5_000_000_000
    reserve = DecisionSettings().minimum_free_space
    assert judge(make_offer(size=size), free_space=size + reserve).is_accepted
    assert not judge(make_offer(size=size), free_space=size + reserve - 1).is_accepted


def test_a_blocked_release_is_refused_whoever_offers_it() -> None:
    """A release is blocked by its info-hash, not by where it was found."""
    offer = make_offer(info_hash="0" * 40 and None)
    blocked = BlockedRelease(
        target=KEY, identity=offer.identity, title=offer.title, cause=BlockCause.DOWNLOAD_FAILED, reason="dead",
        blocked_at=NOW,
    )  # fmt: skip
    assert judge(offer, blocked=(blocked,)).reasons == ("it was blocked: dead",)
    elsewhere = evolve(blocked, target=SlotKey(movie_id=MOVIE.id, slot="other"))
    assert judge(offer, blocked=(elsewhere,)).is_accepted


def test_an_unmonitored_movie_is_only_fetched_when_a_person_asks() -> None:
    """Monitoring says what happens by itself."""
    movie = evolve(MOVIE, monitored=False)
    assert not judge(make_offer(), movie=movie).is_accepted
    assert judge(make_offer(), movie=movie, kind=RunKind.INTERACTIVE).is_accepted


@pytest.mark.parametrize(
    ("held", "offered", "upgrade_allowed", "is_taken"),
    [
        (GOOD, BETTER, True, True),
        (GOOD, BETTER, False, False),
        (BETTER, GOOD, True, False),
        (GOOD, GOOD, True, False),
        (GOOD, PROPER, True, True),
        (GOOD, PROPER, False, True),
        (PROPER, GOOD, True, False),
        (BETTER, "The.Glass.Harbor.2024.1080p.BluRay.REMUX.AVC-DOCK", True, False),
    ],
)
def test_only_what_is_better_replaces_a_file(held: str, offered: str, upgrade_allowed: bool, is_taken: bool) -> None:
    """Quality up to the cutoff, or a better revision of the same quality; upgrades only where allowed."""
    profile = make_profile(upgrade_allowed=upgrade_allowed)
    decision = judge(make_offer(offered), held={KEY: make_file(held)}, profile=profile)
    assert decision.is_accepted is is_taken


def test_one_download_a_slot_at_a_time() -> None:
    """While something is under way for a slot, nothing else is taken for it; what ended does not count."""
    assert not judge(make_offer(BETTER), queue=(make_grab(),)).is_accepted
    assert judge(make_offer(BETTER), queue=(make_grab(state=GrabState.FAILED),)).is_accepted


def test_a_mislabelled_file_may_be_replaced_by_a_true_one_until_the_budget_is_spent() -> None:
    """A 720p file sold as Bluray-1080p counts for what it proves, but not for ever."""
    held = {KEY: make_file(BETTER, height=720)}
    assert judge(make_offer(GOOD), held=held, mislabelled={KEY: 1}).is_accepted
    assert not judge(make_offer(GOOD), held=held, mislabelled={KEY: 4}).is_accepted


def test_importing_an_offer_never_makes_it_an_upgrade_of_itself() -> None:
    """Whatever the file proves to be better than its claim, the same name is no upgrade."""
    for height in (480, 720, 1080, 2160):
        held = make_file(GOOD, height=height)
        spent = {KEY: DecisionSettings().mislabel_budget + 1}
        assert not judge(make_offer(GOOD), held={KEY: held}, mislabelled=spent).is_accepted


def test_an_id_from_the_indexer_finds_the_movie_but_in_a_feed_not_against_the_year() -> None:
    """A translated name with the right id is the movie; with another year too, but only where it was searched for."""
    movie = evolve(MOVIE, imdb_id=ImdbId(77), tmdb_id=TmdbId(88))
    foreign = "Der.Glashafen.2024.1080p.WEB-DL.H.264-TIDE"
    assert judge(make_offer(foreign), movie=movie).movie is None
    assert judge(make_offer(foreign, imdb_id=ImdbId(77)), movie=movie).movie == movie
    assert judge(make_offer(foreign, tmdb_id=TmdbId(88)), movie=movie).movie == movie
    wrong_year = make_offer("Der.Glashafen.1998.1080p.WEB-DL.H.264-TIDE", imdb_id=ImdbId(77))
    assert judge(wrong_year, movie=movie).movie == movie
    assert judge(wrong_year, movie=MovieIndex.of((movie,))).movie is None


def test_an_ambiguous_name_names_the_candidates() -> None:
    """Two films that fit are an outcome of their own, never a guess."""
    first, second = Movie(title="Harbor", year=1990), Movie(title="Harbor", year=2020)
    decision = judge(make_offer("Harbor.1080p.BluRay.x264-DOCK"), movie=MovieIndex.of((first, second)))
    assert decision.movie is None
    assert "Harbor (1990), Harbor (2020)" in verdict(decision, "right movie").sentence


def test_each_slot_gets_its_own_decision() -> None:
    """The same release may be right for one version of a movie and wrong for another."""
    movie = evolve(MOVIE, slots=(Slot(name="hd", profile="Test"), Slot(name="small", profile="Small")))
    small = make_profile(allowed=("HDTV-720p",), cutoff="HDTV-720p")
    policy = Policy(profiles={"Test": make_profile(), "Small": evolve(small, name="Small")})
    table = decide([make_offer()], wanted=movie, policy=policy, situation=Situation(), now=NOW)
    assert {d.slot.name: d.is_accepted for d in table if d.slot} == {"hd": True, "small": False}


def test_an_offer_that_fits_no_movie_is_not_applicable_to_rules_that_need_one() -> None:
    """Rules without a movie say so; they do not invent a verdict."""
    decision = judge(make_offer("The.Glass.House.2024.1080p.WEB-DL.H.264-TIDE"))
    assert (decision.movie, decision.slot) == (None, None)
    assert verdict(decision, "quality allowed").outcome is Outcome.NOT_APPLICABLE


def test_a_rule_that_raises_becomes_a_rejection_that_names_it() -> None:
    """A stranger's broken rule never accepts an offer, and never ends the run."""

    @frozen
    class Broken:
        name: str = "broken"

        def judge(self, case: Case) -> Verdict:
            raise RuntimeError("boom")

    decision = judge(make_offer(), rules=evolve(DEFAULT_RULES, rules=(*DEFAULT_RULES.rules, Broken())))
    assert decision.rejections[0].rule == "broken"
    assert "boom" in decision.reasons[0]
    assert __name__ in decision.reasons[0]


def test_two_rules_of_one_name_are_refused() -> None:
    """An explanation that could mean either of two rules explains nothing."""

    @frozen
    class Same:
        name: str = "same"

        def judge(self, case: Case) -> Verdict:
            return accepted(self.name, "fine")

    with pytest.raises(ValueError, match="same stands twice"):
        RuleSet(rules=(Same(), Same()), criteria=())


def test_beats_names_the_criterion_and_both_figures() -> None:
    """Why one offer ranks before another is data."""
    first, second = run([make_offer(GOOD), make_offer(BETTER)]).decisions
    assert first.offer.title == BETTER
    difference = first.beats(second)
    assert difference is not None
    assert (difference.criterion, difference.winner, difference.loser) == ("quality", "Bluray-1080p", "WEBDL-1080p")
    assert second.beats(first) is None


@pytest.mark.parametrize("fact", ["seeders", "peers", "size"])
def test_unknown_ranks_after_every_known_figure(fact: str) -> None:
    """An indexer that says nothing does not get the benefit of the doubt."""
    known = make_offer(guid="known", **{fact: 1})
    silent = make_offer(guid="silent", **{fact: None})
    ranked = run([silent, known], profile=make_profile())
    assert [decision.offer.guid for decision in ranked if decision.offer.guid == "known"]
    keys = {d.offer.guid: next(r.key for r in d.ranking if r.criterion == fact) for d in ranked}
    assert keys["known"] > keys["silent"]


def test_a_naive_moment_is_refused() -> None:
    """A moment without a time zone could be any hour of the day."""
    with pytest.raises(ValueError, match="time zone"):
        decide([], wanted=MOVIE, policy=Policy(), situation=Situation(), now=datetime(2026, 1, 1))  # noqa: DTZ001


NAMES = st.sampled_from(
    [
        GOOD, BETTER, PROPER, "The.Glass.Harbor.2024.720p.WEB-DL.H.264-TIDE", "The.Glass.Harbor.2024.HDCAM.x264-SEAT",
        "The.Glass.Harbor.1998.1080p.BluRay.x264-OLDER", "nonsense", "The.Glass.Harbor.S01E01.720p.HDTV.x264-TV",
    ]
)  # fmt: skip
OFFERS = st.lists(
    st.builds(
        make_offer,
        NAMES,
        guid=st.uuids().map(str),
        size=st.none() | st.integers(0, 10**11),
        seeders=st.none() | st.integers(0, 10**5),
        peers=st.none() | st.integers(0, 10**5),
        indexer_priority=st.integers(1, 50),
        protocol=st.sampled_from([None, *DownloadProtocol]),
    ),
    max_size=12,
)


@given(OFFERS, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_offers(offers: list[Release], chance: random.Random) -> None:
    """The ranking is total: shuffled offers give the same ranking keys in the same places."""
    table = run(offers)
    shuffled = list(offers)
    chance.shuffle(shuffled)
    again = run(shuffled)
    assert [(len(d.rejections), d.sort_key) for d in table] == [(len(d.rejections), d.sort_key) for d in again]
    assert all(a.beats(b) is None for b, a in zip(table.accepted, table.accepted[1:], strict=False))


@given(OFFERS)
def test_decisions_are_equal_on_equal_inputs_and_survive_json(offers: list[Release]) -> None:
    """A decision is data: the same twice, and the same after being written and read."""
    table = run(offers)
    assert table == run(offers)
    assert from_json(to_json(table), DecisionTable) == table


@given(OFFERS, st.permutations(DEFAULT_RULES.rules))
def test_rejections_do_not_depend_on_the_order_of_rules(offers: list[Release], rules: list[Any]) -> None:
    """Rules do not see each other."""
    shuffled = evolve(DEFAULT_RULES, rules=tuple(rules))

    def reasons(table: DecisionTable) -> list[frozenset[str]]:
        return sorted((frozenset(d.reasons) for d in table), key=sorted)

    assert reasons(run(offers)) == reasons(run(offers, rules=shuffled))


@given(OFFERS)
def test_adding_a_worse_offer_never_changes_the_winner(offers: list[Release]) -> None:
    """A release nobody wants does not tip the scales."""
    before = run([make_offer(BETTER, guid="winner", seeders=10**6, indexer_priority=1), *offers]).accepted[0]
    worse = make_offer("The.Glass.Harbor.2024.720p.HDTV.x264-TV", guid="worse", seeders=1, indexer_priority=50)
    after = run([make_offer(BETTER, guid="winner", seeders=10**6, indexer_priority=1), *offers, worse]).accepted[0]
    assert before == after
