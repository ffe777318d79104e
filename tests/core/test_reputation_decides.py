"""What the reputation of a release's makers does to decisions, in each mode, and what it never does."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from radarr_core import DecisionTable, Outcome, Policy, ReputationMode, ReputationSettings, Situation, SlotKey, decide
from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.decisions.reputation import Reputations, find_question, find_reputation
from radarr_core.domain.decisions.verdicts import Decision
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import IndexerKind, Release
from radarr_core.domain.scene_groups import (
    EvidenceLevel,
    Group,
    Medium,
    Reputation,
    SceneGroupReputation,
    Stratum,
    UnknownReputation,
)
from radarr_core.testing.builders import CASE_MOVIE, CASE_NOW, CASE_PROFILE, build_held, build_offer

WEB = Stratum(Medium.WEB, 1080)
ENCODE = Stratum(Medium.ENCODE, 1080)
TIDE = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE"
WAVE = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-WAVE"
HEVC = "The.Glass.Harbor.2024.1080p.WEB-DL.x265-WAVE"
X265 = CustomFormat.from_trash({
    "trash_id": "0123456789abcdef0123456789abcdef", "name": "HEVC", "includeCustomFormatWhenRenaming": False,
    "specifications": [{
        "name": "x265", "implementation": "ReleaseTitleSpecification", "negate": False, "required": False,
        "fields": {"value": r"x265"},
    }],
})  # fmt: skip
OFFERS = tuple(
    f"The.Glass.Harbor.2024.{mark}1080p.{kind}-{group}"
    for kind in ("WEB-DL.H.264", "WEB-DL.x265", "BluRay.x264")
    for mark in ("", "PROPER.")
    for group in ("TIDE", "WAVE", "DOCK")
)


def rate(
    name: str = "TIDE", lower: float = 66.0, upper: float = 97.0, stratum: Stratum = WEB, **facts: Any
) -> SceneGroupReputation:
    """What is known of a group for one kind of release: its interval."""
    settings: dict[str, Any] = {
        "evidence_weight": 24.0,
        "evidence": EvidenceLevel.ESTABLISHED,
        "reasons": ("24 films",),
    }
    return SceneGroupReputation(
        group=Group(name), stratum=stratum, score=(lower + upper) / 2, lower=lower, upper=upper, **settings | facts
    )


def know(*known: SceneGroupReputation) -> Reputations:
    """What a source would answer."""
    return {(one.group, one.stratum): one for one in known if one.stratum is not None}


def judge(
    *offers: str | Release,
    reputations: Reputations | None,
    mode: ReputationMode = ReputationMode.TIE_BREAK,
    points: int = 50,
    held: Any = None,
    least: int = 0,
    increment: int = 1,
    **situation: Any,
) -> DecisionTable:
    """Decide on offers, the first of which has the fewest seeders."""
    profile = evolve(
        CASE_PROFILE, format_scores={"HEVC": 25}, cutoff_format_score=1000, min_format_score=least,
        min_upgrade_format_score=increment,
    )  # fmt: skip
    settings = ReputationSettings(mode=mode, points=points)
    policy = Policy(profiles={profile.name: profile}, formats=FormatSet((X265,)), reputation=settings)
    releases = [
        build_offer(offer, seeders=10 ** (place + 1)) if isinstance(offer, str) else offer
        for place, offer in enumerate(offers)
    ]
    key = SlotKey(movie_id=CASE_MOVIE.id)
    how = Situation(reputations=reputations, held={} if held is None else {key: held}, **situation)
    return decide(releases, wanted=CASE_MOVIE, policy=policy, situation=how, now=CASE_NOW)


def groups_of(table: DecisionTable) -> list[str | None]:
    """The groups of the accepted offers, best first."""
    return [decision.parsed.release_group for decision in table.accepted if decision.parsed]


def word_on(decision: Decision) -> Any:
    """What the rule about makers says."""
    return next(verdict for verdict in decision.verdicts if verdict.rule == "group reputation")


# -- a tie-break -------------------------------------------------------------------------------------------------------


def test_of_two_equal_releases_that_of_the_better_known_group_goes_first() -> None:
    """And the table says by which criterion, with both figures."""
    table = judge(TIDE, WAVE, reputations=know(rate("TIDE"), rate("WAVE", 30, 45)))
    assert groups_of(table) == ["TIDE", "WAVE"]
    best, second = table.accepted
    difference = best.beats(second)
    assert difference is not None
    assert (difference.criterion, difference.winner, difference.loser) == (
        "group reputation", "82 (66-97), trusted", "38 (30-45), weak",
    )  # fmt: skip
    verdict = word_on(best)
    assert verdict.sentence == "TIDE, web 1080p: 82 (66-97), trusted; 24 films: it breaks ties by +0.3"
    assert (verdict.figures["lower"], verdict.figures["evidence"], verdict.figures["points"]) == (
        66.0, "established", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "known",
    [
        None,
        {},
        know(rate("TIDE", evidence=EvidenceLevel.INSUFFICIENT)),
        know(rate("TIDE", is_doubtful=True)),
        know(rate("TIDE", 40, 60)),
        know(rate("TIDE", stratum=ENCODE)),
        {(Group("TIDE"), WEB): UnknownReputation(group=Group("TIDE"), why="never seen")},
    ],
    ids=["nobody asked", "no answer", "insufficient", "doubtful", "ordinary", "another kind", "unknown"],
)
def test_what_is_not_surely_known_moves_nothing(known: dict[tuple[Group, Stratum], Reputation] | None) -> None:
    """Unknown, insufficient, doubtful and ordinary groups leave the order to what follows: here the seeders."""
    assert groups_of(judge(TIDE, WAVE, reputations=known)) == ["WAVE", "TIDE"]


def test_a_group_that_is_called_like_a_word_of_the_title_is_doubtful() -> None:
    """A parser may have taken the title for the group; that decides nothing."""
    claim = parse_release("The.Glass.Harbor.2024.1080p.WEB-DL.H.264-Glass")
    found = find_reputation(claim, know(rate("Glass")))
    assert (found.signal, find_reputation(claim, {}).signal) == (0.0, 0.0)


def test_of_two_makers_of_one_name_the_indexer_tells_which_it_is() -> None:
    """Where it is not known who may publish there, the name decides nothing."""
    claim = parse_release(TIDE)
    makers = [
        evolve(rate("TIDE", *interval), indexer_kind=kind)
        for kind, interval in ((IndexerKind.PUBLIC, (5.0, 20.0)), (IndexerKind.PRIVATE, (70.0, 90.0)))
    ]
    known = know(evolve(rate("TIDE", is_doubtful=True), namesakes=tuple(makers)))
    found = {kind: find_reputation(claim, known, kind) for kind in (None, *IndexerKind)}
    assert ", on private indexers: 80 (70-90)" in str(found[IndexerKind.PRIVATE])
    assert {kind: one.signal for kind, one in found.items()} == {
        None: 0.0,
        IndexerKind.PUBLIC: pytest.approx(-0.6),
        IndexerKind.PRIVATE: pytest.approx(0.4),
    }


def test_a_name_without_a_group_asks_nobody() -> None:
    """A flag or a missing group is no group: there is no bucket for those."""
    assert find_question(parse_release("The.Glass.Harbor.2024.1080p.WEB-DL.H.264-INTERNAL")) is None
    assert find_question(parse_release("The.Glass.Harbor.2024.HDCAM.x264-TIDE")) is None
    verdict = word_on(judge("The.Glass.Harbor.2024.1080p.WEB-DL.H.264", reputations={}).decisions[0])
    assert verdict.outcome is Outcome.UNKNOWN


def test_reputation_that_is_off_is_not_looked_at() -> None:
    """The order is that of a run in which nobody knows anything."""
    table = judge(TIDE, WAVE, reputations=know(rate("TIDE")), mode=ReputationMode.OFF)
    assert groups_of(table) == ["WAVE", "TIDE"]
    assert word_on(table.decisions[0]).outcome is Outcome.NOT_APPLICABLE


def test_a_source_that_did_not_answer_is_told_of() -> None:
    """It rejects nothing."""
    table = judge(TIDE, reputations=None, reputation_note="the source did not answer")
    assert table.decisions[0].is_accepted
    assert (word_on(table.decisions[0]).outcome, word_on(table.decisions[0]).sentence) == (
        Outcome.UNKNOWN, "the source did not answer",
    )  # fmt: skip


def _intervals() -> st.SearchStrategy[tuple[float, float]]:
    return st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda pair: (min(pair), max(pair)))


@st.composite
def _reputations(draw: st.DrawFn) -> Reputations:
    return know(*[
        rate(name, *draw(_intervals()), stratum=stratum, evidence=draw(st.sampled_from(EvidenceLevel)))
        for name in ("TIDE", "WAVE", "DOCK")
        for stratum in (WEB, ENCODE)
        if draw(st.booleans())
    ])  # fmt: skip


@given(reputations=_reputations(), names=st.permutations(OFFERS))
def test_a_tie_break_never_changes_the_order_of_releases_that_differ_in_what_counts_more(
    reputations: Reputations, names: list[str]
) -> None:
    """Isolation: quality, revision and format score decide as if nobody had a reputation."""
    without, with_it = (judge(*names, reputations=known) for known in (None, reputations))
    assert [_grade(one) for one in without.accepted] == [_grade(one) for one in with_it.accepted]


def _grade(decision: Decision) -> tuple[Any, ...]:
    return tuple(rank.key for rank in decision.ranking[:3])


# -- points ------------------------------------------------------------------------------------------------------------


def test_points_join_the_format_score_in_a_line_of_their_own() -> None:
    """Fifty points at the most: the formats and the makers are told apart."""
    table = judge(TIDE, HEVC, reputations=know(rate("TIDE", 90, 99)), mode=ReputationMode.POINTS)
    best, second = table.accepted
    assert (best.format_score, best.reputation_points) == (40, 40)
    assert (second.format_score, second.reputation_points) == (25, 0)
    assert "group reputation +40" in next(v for v in best.verdicts if v.rule == "custom format score").sentence
    assert word_on(best).sentence.endswith(": +40 points")
    assert best.beats(second).criterion == "custom format score"  # type: ignore[union-attr]


def test_points_can_keep_a_release_under_the_least_score() -> None:
    """A bad name costs as much as a good one brings."""
    known = know(rate("TIDE", 1, 10))
    (decision,) = judge(TIDE, reputations=known, mode=ReputationMode.POINTS, points=100).decisions
    assert (decision.reputation_points, decision.is_accepted) == (-80, False)
    assert decision.reasons[0] == "a score of -80 is under the least, 0 (group reputation -80)"


def test_points_alone_can_make_an_upgrade() -> None:
    """Of what is held the makers were unremarkable when it was grabbed; those of the offer are trusted."""
    held = evolve(build_held(WAVE), reputation_signal=0.0)
    known = know(rate("TIDE", 90, 99))
    assert judge(TIDE, reputations=known, mode=ReputationMode.POINTS, held=held).accepted
    assert not judge(TIDE, reputations=known, mode=ReputationMode.POINTS, held=held, increment=41).accepted
    assert not judge(TIDE, reputations=known, held=held).accepted


def test_what_was_grabbed_before_anybody_was_asked_is_compared_without_points() -> None:
    """Unknown is not zero: switching reputation on does not make all the library upgradable."""
    held = build_held(WAVE)
    assert held.reputation_signal is None
    known = know(rate("TIDE", 90, 99))
    assert not judge(TIDE, reputations=known, mode=ReputationMode.POINTS, held=held).accepted
    assert judge(HEVC, reputations=known, mode=ReputationMode.POINTS, held=held).accepted


def test_what_is_held_keeps_the_reputation_it_was_grabbed_with() -> None:
    """Its makers' fall does not make what is held worse."""
    held = evolve(build_held(WAVE), reputation_signal=0.8)
    now_bad = know(rate("WAVE", 1, 10))
    assert not judge(TIDE, reputations=now_bad, mode=ReputationMode.POINTS, held=held).accepted


@given(
    before=_reputations(), after=_reputations(), held=st.sampled_from(OFFERS), mode=st.sampled_from(ReputationMode),
    points=st.integers(0, 100), signal=st.none() | st.floats(-1, 1),
)  # fmt: skip
def test_refitting_alone_never_makes_a_held_file_upgradable(
    before: Reputations, after: Reputations, held: str, mode: ReputationMode, points: int, signal: float | None
) -> None:
    """No churn: of releases that were seen before, the same ones are upgrades, whatever a later fit makes of groups."""
    file = evolve(build_held(held), reputation_signal=signal)
    first = {}
    for name in OFFERS:
        first[build_offer(name).identity] = find_reputation(parse_release(name), before).signal
    found = []
    for known in (before, after):
        table = judge(*OFFERS, reputations=known, mode=mode, points=points, held=file, first_signals=first)
        found.append({decision.offer.title for decision in table if _is_upgrade(decision)})
    assert found[0] == found[1]


def _is_upgrade(decision: Decision) -> bool:
    rules = ("better than held", "upgrade allowed", "another release", "custom format score")
    return not any(verdict.rule in rules for verdict in decision.rejections)


@pytest.mark.parametrize("points", [-1, 101])
def test_points_have_bounds(points: int) -> None:
    """So much that reputation could outweigh the formats of a tier is refused."""
    with pytest.raises(ValueError, match="points"):
        ReputationSettings(points=points)


# -- a gate ------------------------------------------------------------------------------------------------------------


def test_a_gate_rejects_makers_that_are_established_as_poor() -> None:
    """By its own rule, in its own words."""
    (decision,) = judge(TIDE, reputations=know(rate("TIDE", 2, 20)), mode=ReputationMode.GATE).decisions
    assert decision.reasons == ("TIDE is known for poor work: TIDE, web 1080p: 11 (2-20), poor; 24 films",)
    assert decision.rejections[0].rule == "group reputation"
    assert not decision.is_temporarily_rejected


@pytest.mark.parametrize(
    ("known", "effect"),
    [
        (rate("TIDE", 2, 20, evidence=EvidenceLevel.PROVISIONAL), "no effect, since that is provisional, and the gate"),
        (rate("TIDE", 2, 20, evidence=EvidenceLevel.LISTED), "no effect, since that is listed, and the gate needs"),
        (rate("TIDE", 2, 20, is_doubtful=True), "no effect, since the name is doubtful"),
        (rate("TIDE", 20, 45), ": no effect"),
        (rate("SWAN", 2, 20), "no source knows it: no effect"),
    ],
    ids=["provisional", "listed", "doubtful", "weak", "unknown"],
)
def test_a_gate_lets_everybody_else_pass(known: SceneGroupReputation, effect: str) -> None:
    """Weak evidence and weak work reject nothing; nor does the ranking change. What is poor is told why it passes."""
    table = judge(TIDE, HEVC.replace("WAVE", "DOCK"), reputations=know(known), mode=ReputationMode.GATE)
    assert groups_of(table) == ["DOCK", "TIDE"]
    (tide,) = (one for one in table if one.offer.title == TIDE)
    assert effect in word_on(tide).sentence


def test_makers_are_no_reason_to_reject_in_any_other_mode() -> None:
    """A tie-break ranks last, and no more."""
    assert judge(TIDE, reputations=know(rate("TIDE", 2, 20))).decisions[0].is_accepted
