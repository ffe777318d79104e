"""What is particular to the learned source: when it learns, when it is believed, and how far it may go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from importlib import util
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from radarr_adapters.group_reputations.evidence.client import EvidenceReputation
from radarr_adapters.group_reputations.learned import client
from radarr_adapters.group_reputations.learned.client import Learned, move
from radarr_adapters.group_reputations.learned.features import learn_before, list_labels
from radarr_adapters.group_reputations.learned.model import Foretold, Verdict, learn
from radarr_adapters.group_reputations.learned.plugin import LearnedAdapter, LearnedSettings
from radarr_core.domain.releases import IndexerKind
from radarr_core.domain.scene_groups import (
    EvidenceLevel,
    Group,
    GroupTable,
    LocalOutcome,
    Medium,
    Observation,
    SceneGroupReputation,
    Stratum,
    UnknownReputation,
    fit_groups,
)
from radarr_core.errors import ConfigurationError, MissingExtraError
from radarr_core.plugins import AdapterContext, PortKind, RegisteredAdapter, Registry
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.group_reputation import ScriptedReputation
from radarr_core.testing.fakes.storage import InMemoryStorage
from radarr_core.testing.scene_worlds import REFERENCE_DATE, SceneWorld, WorldPlan
from tests.adapters.cli_support import prepare, run, run_json
from tests.adapters.groups_support import make_installation, record

SEED = 3
Chance = Callable[[Random, Group], float]


def leave_out(random: Random, group: Group) -> float:
    """Two groups in five are bad here whatever their skill: what the score cannot know."""
    is_bad = Random(f"{SEED} {group.key}").random() < 0.4
    return 0.3 if is_bad else 0.95


def toss(random: Random, group: Group) -> float:
    """What becomes of a release has to do with nothing."""
    return 0.8


@cache
def make_world(chance: Chance, labels: int) -> tuple[tuple[Observation, ...], GroupTable]:
    """What was seen of a made-up world, so many releases of it with an outcome, and the table of its groups."""
    seen = list(SceneWorld(WorldPlan(seed=SEED, groups=60, releases=2_500)).observe())
    random = Random(SEED)
    usable = [place for place, one in enumerate(seen) if one.group and one.stratum and one.added]
    for place in random.sample(usable, labels):
        group = seen[place].group
        assert group is not None
        is_kept = random.random() < chance(random, group)
        seen[place] = evolve(seen[place], outcome=LocalOutcome.KEPT if is_kept else LocalOutcome.FAKE)
    return tuple(seen), fit_groups(seen, at=REFERENCE_DATE)


async def ask(chance: Chance, labels: int) -> tuple[Any, Any, Learned]:
    """What evidence says of every group of a world, what the learned source makes of that, and the source."""
    seen, table = make_world(chance, labels)
    storage = InMemoryStorage()
    async with storage.begin() as work:
        await work.observations.record(seen)
        await work.group_tables.publish(table)
    asked = [(one.group, Stratum(Medium.WEB, 1080)) for one in table.rank()]
    source = EvidenceReputation(storage)
    learned = Learned(source=source, storage=storage)
    simple = await source.find_reputations(asked, REFERENCE_DATE)
    return simple, await learned.find_reputations(asked, REFERENCE_DATE), learned


async def test_where_it_helps_it_is_used() -> None:
    """Groups that are bad here whatever others think: the Brier score on later imports is lower, and scores move."""
    pytest.importorskip("sklearn")
    simple, answers, source = await ask(leave_out, 500)
    report = await source.find_model_report()
    assert report is not None
    assert report.is_used
    assert report.learned_score is not None
    assert report.simple_score is not None
    assert report.learned_score < 0.9 * report.simple_score
    assert (report.labelled, report.judged) == (500, 150)
    moves = {True: [], False: []}  # type: dict[bool, list[float]]
    for (group, kind), answer in answers.items():
        before = simple[group, kind]
        assert (answer.lower, answer.upper, answer.signal) == (before.lower, before.upper, before.signal)
        assert answer.lower <= answer.score <= answer.upper
        assert f"{report.learned_score:.3f} beside {report.simple_score:.3f}" in answer.reasons[-1]
        moves[leave_out(Random(), group) > 0.5].append(answer.score - before.score)
    assert sum(moves[True]) / len(moves[True]) > 0 > sum(moves[False]) / len(moves[False])


async def test_what_cannot_learn_takes_no_answers_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong with a model or its library, the other source's answers stand, it is said, and tried once."""
    tries = []

    def fail(*_: object, **__: object) -> Verdict:
        tries.append(1)
        raise ValueError("Input X contains infinity")

    monkeypatch.setattr(client, "learn", fail)
    simple, answers, source = await ask(leave_out, 0)
    assert simple
    assert {asked: answer.score for asked, answer in answers.items()} == {
        asked: answer.score for asked, answer in simple.items()
    }
    report = await source.find_model_report()
    assert report is not None
    assert (report.is_used, report.why) == (
        False,
        "it could not learn: unexpected ValueError: Input X contains infinity",
    )
    assert len(tries) == 1


async def test_where_there_is_nothing_to_learn_it_is_not_used() -> None:
    """Outcomes by pure chance: it loses to the score alone, says so, and every figure stays as it was."""
    pytest.importorskip("sklearn")
    simple, answers, source = await ask(toss, 500)
    report = await source.find_model_report()
    assert report is not None
    assert not report.is_used
    assert report.learned_score is not None
    assert "it foretells no better" in report.why
    for asked, answer in answers.items():
        assert evolve(answer, reasons=simple[asked].reasons) == simple[asked]
        assert answer.reasons[-1] == f"the model of outcomes here is not used: {report.why}"


@pytest.mark.parametrize(
    ("chance", "labels", "said"),
    [
        (toss, 12, "12 imports have a known outcome, 200 are needed"),
        (lambda *_: 1.0, 300, "of the 210 earlier imports 210 were kept and 0 were not; 20 of either are needed"),
    ],
)
async def test_too_few_labels_leave_it_off(chance: Chance, labels: int, said: str) -> None:
    """Without enough imports, or enough of either end, nothing is fitted, and answers and report say why."""
    simple, answers, source = await ask(chance, labels)
    report = await source.find_model_report()
    assert report is not None
    assert (report.is_used, report.learned_score, report.why) == (False, None, said)
    assert all(said in answer.reasons[-1] for answer in answers.values())
    assert [one.score for one in answers.values()] == [one.score for one in simple.values()]


def test_a_fit_is_a_function_of_what_was_seen() -> None:
    """The same observations in another order give the same report and the same chances."""
    pytest.importorskip("sklearn")
    seen, table = make_world(leave_out, 500)
    one, other = learn(seen, table, source="x"), learn(seen[::-1], table, source="x")
    assert one.report == other.report
    assert one.model is not None
    assert other.model is not None
    rows = [one.knowledge.describe(group.group, Stratum(Medium.WEB, 1080)) for group in table.rank()[:5]]  # type: ignore[union-attr]
    assert one.model.compare(rows) == other.model.compare(rows)


def test_knowledge_is_of_before() -> None:
    """What came out after a cut changes nothing of what was known then, nor do outcomes that were still open."""
    seen, table = make_world(leave_out, 500)
    cut = REFERENCE_DATE - timedelta(days=200)
    group, kind = table.rank()[0].group, Stratum(Medium.WEB, 1080)
    known = learn_before(seen, cut, REFERENCE_DATE).describe(group, kind)
    recent = cut - timedelta(days=30)
    changed = [
        evolve(one, size=1, snatches=0, outcome=LocalOutcome.FAKE) if one.added and one.added >= cut
        else evolve(one, outcome=LocalOutcome.FAKE) if one.added and one.added > recent else one
        for one in seen
    ]  # fmt: skip
    assert str(learn_before(changed, cut, REFERENCE_DATE).describe(group, kind)) == str(known)
    old = [evolve(one, outcome=LocalOutcome.FAKE) if one.group == group else one for one in seen]
    assert str(learn_before(old, cut, REFERENCE_DATE).describe(group, kind)) != str(known)


def test_labels_stand_in_the_order_in_which_releases_came_out() -> None:
    """The later ones are those to be judged by; what was seen after the moment is no label yet."""
    seen, _ = make_world(leave_out, 500)
    came = [label.came for label in list_labels(seen, REFERENCE_DATE)]
    assert (len(came), came) == (500, sorted(came))
    assert list_labels(seen, REFERENCE_DATE - timedelta(days=2)) == []


async def test_it_learns_once_for_each_table() -> None:
    """A second question reads no observations; a new table is learned from."""
    _, _, source = await ask(toss, 12)
    first = await source.find_model_report()
    assert await source.find_model_report() is first
    async with source._storage.begin() as work:
        await work.group_tables.publish(make_world(toss, 12)[1])
    assert await source.find_model_report() is not first


async def test_what_was_learned_later_moves_nothing_earlier() -> None:
    """Asked for a moment before the table it says so; who is unknown stays unknown; no table is said as well."""
    _, table = make_world(toss, 12)
    kind = Stratum(Medium.WEB, 1080)
    known = table.rank()[0]
    stranger = UnknownReputation(group=Group("NOBODY"), stratum=kind, why="never seen")
    scripted = ScriptedReputation({(known.group, kind): known, (Group("NOBODY"), kind): stranger})
    storage, asked = InMemoryStorage(), [(known.group, kind), (Group("NOBODY"), kind)]
    source = Learned(source=scripted, storage=storage)
    answers = await source.find_reputations(asked, REFERENCE_DATE)
    assert answers[asked[0]].reasons[-1] == "the model of outcomes here is not used: groups were not judged yet"
    assert answers[asked[1]] == stranger
    async with storage.begin() as work:
        await work.group_tables.publish(table)
    answers = await source.find_reputations(asked, REFERENCE_DATE - timedelta(days=1))
    assert "it learned after 2025-07-31" in answers[asked[0]].reasons[-1]


@given(
    figures=st.tuples(*[st.floats(0, 100)] * 3).map(sorted),
    chances=st.builds(Foretold, st.floats(0, 1), st.floats(0, 1)),
)
def test_a_score_never_leaves_its_interval(figures: list[float], chances: Foretold) -> None:
    """Whatever both models say, it goes towards where the learned one points, and no further than the end."""
    lower, score, upper = figures
    answer = SceneGroupReputation(
        group=Group("TIDE"),
        score=score,
        lower=lower,
        upper=upper,
        evidence_weight=9,
        evidence=EvidenceLevel.ESTABLISHED,
    )
    moved = move(answer, chances, "why")
    assert lower <= moved.score <= upper
    assert (moved.score - score) * chances.ratio >= 0
    assert (moved.lower, moved.upper) == (lower, upper)


def test_odds_twice_as_good_go_a_third_of_the_way() -> None:
    """From 60 in 30 to 90, with chances of a half and of two thirds: to 70."""
    answer = SceneGroupReputation(
        group=Group("TIDE"), score=60, lower=30, upper=90, evidence_weight=9, evidence=EvidenceLevel.ESTABLISHED
    )
    assert move(answer, Foretold(1 / 2, 2 / 3), "why").score == pytest.approx(70)
    assert move(answer, Foretold(2 / 3, 1 / 2), "why").score == pytest.approx(50)


def test_the_makers_of_one_name_are_not_moved_and_told_so() -> None:
    """The model knows names alone, so what it says of one is said of neither maker."""
    answer = SceneGroupReputation(
        group=Group("TIDE"), score=60, lower=30, upper=90, evidence_weight=9, evidence=EvidenceLevel.ESTABLISHED
    )
    maker = evolve(answer, score=40, indexer_kind=IndexerKind.PUBLIC)
    moved = move(evolve(answer, namesakes=(maker,)), Foretold(1 / 2, 2 / 3), "why")
    (told,) = moved.namesakes
    assert (moved.score, told.score) == (pytest.approx(70), 40)
    assert "does not tell the makers of one name apart" in told.reasons[-1]


def _build(context: AdapterContext) -> GroupReputation:
    adapter = RegisteredAdapter(kind=PortKind.GROUP_REPUTATION, adapter=LearnedAdapter, origin="radarr-core:learned")
    registry = Registry(adapters=(adapter,))
    built: GroupReputation = registry.create(
        PortKind.GROUP_REPUTATION, "learned", {}, context, where="group_reputation", environ={}
    )
    return built


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One error that says what to install, before anything is learned."""
    monkeypatch.setattr("radarr_adapters.group_reputations.learned.plugin.find_spec", lambda name: None)
    context = AdapterContext(name="learned", clock=ManualClock(), storage=InMemoryStorage())
    with pytest.raises(MissingExtraError, match=r"sklearn.*pip install 'radarr-core\[learned\]'"):
        _build(context)


def test_it_needs_a_storage_and_wraps_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without storage the error names the adapter; with one, the source is evidence unless another is named."""
    monkeypatch.setattr("radarr_adapters.group_reputations.learned.plugin.find_spec", lambda name: object())
    with pytest.raises(ConfigurationError, match="it learns from storage"):
        LearnedAdapter.create(LearnedSettings(), AdapterContext(name="learned", clock=ManualClock()))
    built: list[tuple[Any, str]] = []

    def create(table: Any, place: str) -> GroupReputation:
        built.append((dict(table), place))
        return ScriptedReputation({})

    context = AdapterContext(
        name="learned", clock=ManualClock(), storage=InMemoryStorage(), create_group_reputation=create
    )
    assert _build(context).name == "learned"
    assert built == [({"adapter": "evidence"}, "source")]


@pytest.mark.skipif(util.find_spec("sklearn") is None, reason="needs the extra learned")
def test_the_report_is_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`groups model` says what was learned, `groups --why` what came of it; without such a source it says which one."""
    prepare(tmp_path, monkeypatch)
    path = str(make_installation(tmp_path / "here", releases=500, group_reputation='adapter = "learned"'))
    assert run("groups", "refit", "--config", path).code == 0
    data = run_json("groups", "model", "--config", path).data
    assert (data["source"], data["is_used"], data["labelled"], data["learned_brier"]) == ("learned", False, 0, None)
    assert "200 are needed" in data["why"]
    said = " ".join(run("groups", "model", "--config", path).out.split())
    assert "learned: not used; 0 imports have a known outcome" in said
    other = str(make_installation(tmp_path / "other", releases=500))
    ran = run("groups", "model", "--config", other)
    assert ran.code == 2
    assert 'adapter = "learned"' in ran.err


@pytest.mark.skipif(util.find_spec("sklearn") is None, reason="needs the extra learned")
def test_a_model_in_use_is_seen_in_every_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation with enough outcomes: the command shows both figures, and the reasons of a group's answer too."""
    prepare(tmp_path, monkeypatch)
    learned = 'adapter = "learned"\nsource = { adapter = "evidence" }'
    path = str(make_installation(tmp_path / "here", releases=1, group_reputation=learned))
    seen, table = make_world(leave_out, 500)
    asyncio.run(record(f"sqlite:///{tmp_path / 'here' / 'films.db'}", list(seen)))
    assert run("groups", "refit", "--config", path).code == 0
    data = run_json("groups", "model", "--config", path).data
    assert (data["is_used"], data["labelled"], data["judged"]) == (True, 500, 150)
    assert data["learned_brier"] < 0.9 * data["simple_brier"]
    said = " ".join(run("groups", "model", "--config", path).out.split())
    assert f"learned: {data['learned_brier']:.4f}" in said
    assert f"score alone: {data['simple_brier']:.4f}" in said
    why = run_json("groups", "--why", table.rank()[0].group.name, "--config", path).data
    assert why["source"] == "learned"
    assert all("by the model of outcomes" in one["reasons"][-1] for one in why["decided_by"])
    assert why["decided_by"]
