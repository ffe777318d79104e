"""Sources of reputations that ask others: a chain, and a blend of a list with evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from radarr_adapters.bootstrap import read_secrets
from radarr_adapters.group_reputations.blend.client import Blend, blend
from radarr_adapters.group_reputations.blend.plugin import BlendAdapter, BlendSettings
from radarr_adapters.group_reputations.chain.client import Chain
from radarr_adapters.group_reputations.chain.plugin import ChainAdapter, ChainSettings
from radarr_core.domain.releases import IndexerKind
from radarr_core.domain.scene_groups import (
    EvidenceLevel,
    Group,
    Label,
    Medium,
    ModelReport,
    Reputation,
    SceneGroupReputation,
    Stratum,
    UnknownReputation,
)
from radarr_core.errors import ConfigurationError, ServiceUnavailableError, UnknownAdapterError
from radarr_core.plugins import Adapter, AdapterContext, PortKind, RegisteredAdapter, Registry
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.settings import Secret, read_settings
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.group_reputation import ScriptedReputation

AT = datetime(2026, 1, 1, tzinfo=UTC)
REMUX = Stratum(Medium.REMUX, 1080)
TIDE, EBB, GULL, SILT = Group("TIDE"), Group("EBB"), Group("GULL"), Group("SILT")


def reputation(
    group: Group,
    score: float = 60.0,
    lower: float = 40.0,
    upper: float = 80.0,
    *,
    level: EvidenceLevel = EvidenceLevel.ESTABLISHED,
    source: str = "evidence",
) -> SceneGroupReputation:
    """What somebody says of a group's remuxes."""
    return SceneGroupReputation(
        group=group, stratum=REMUX, score=score, lower=lower, upper=upper, evidence=level, source=source,
        evidence_weight=0.0 if level is EvidenceLevel.LISTED else 30.0, reasons=(f"{source} says so",),
    )  # fmt: skip


def tier(group: Group, lower: float, upper: float) -> SceneGroupReputation:
    """What a list says."""
    return reputation(group, (lower + upper) / 2, lower, upper, level=EvidenceLevel.LISTED, source="list")


def unknown(group: Group) -> UnknownReputation:
    """What nobody knows."""
    return UnknownReputation(group=group, stratum=REMUX, why="never seen")


def told(*answers: Reputation, trouble: bool = False) -> ScriptedReputation:
    """A source of those answers."""
    error = ServiceUnavailableError("is away", adapter="told") if trouble else None
    return ScriptedReputation({(one.group, REMUX): one for one in answers if one.group}, "told", error)


ASKED = [(group, REMUX) for group in (TIDE, EBB, GULL)]


async def test_a_chain_believes_the_first_that_knows() -> None:
    """The user's order decides, and nobody is asked for what one before knew."""
    first, second = told(reputation(TIDE)), told(tier(TIDE, 1, 15), tier(EBB, 80, 95))
    answers = await Chain([first, second]).find_reputations(ASKED, AT)
    assert answers == {(TIDE, REMUX): reputation(TIDE), (EBB, REMUX): tier(EBB, 80, 95)}
    assert (first.questions, second.questions) == ([set(ASKED)], [set(ASKED[1:])])


async def test_a_chain_asks_nobody_it_does_not_need() -> None:
    """When everything is known, later sources are left alone."""
    second = told()
    await Chain([told(reputation(TIDE)), second]).find_reputations([(TIDE, REMUX)] * 2, AT)
    assert second.questions == []


async def test_too_little_evidence_lets_the_next_speak() -> None:
    """What is unknown or thin is no answer while another source knows; it is better than nothing when none does."""
    thin = reputation(EBB, level=EvidenceLevel.INSUFFICIENT)
    first = told(unknown(TIDE), thin, unknown(GULL))
    second = told(tier(TIDE, 80, 95), unknown(EBB), reputation(GULL, level=EvidenceLevel.INSUFFICIENT))
    answers = await Chain([first, second]).find_reputations(ASKED, AT)
    assert answers[TIDE, REMUX] == tier(TIDE, 80, 95)
    assert answers[EBB, REMUX] == thin
    assert answers[GULL, REMUX].label is Label.INSUFFICIENT
    known = tier(EBB, 80, 95)
    assert await Chain([told(thin), told(known)]).find_reputations(ASKED, AT) == {(EBB, REMUX): known}


async def test_a_chain_passes_over_a_source_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """One source that is away takes nothing from the others, and is named in the log; all away is an error."""
    answers = await Chain([told(trouble=True), told(reputation(TIDE))]).find_reputations(ASKED, AT)
    assert set(answers) == {(TIDE, REMUX)}
    assert "the source 'told' is passed over" in caplog.text
    with pytest.raises(ServiceUnavailableError, match="is away"):
        await Chain([told(trouble=True), told(trouble=True)]).find_reputations(ASKED, AT)


class Odd(ScriptedReputation):
    """A stranger's source that answers what it likes."""

    answer: Any = None

    async def find_reputations(self, groups: Any, at: Any) -> Any:
        """That, whatever was asked."""
        return self.answer


@pytest.mark.parametrize("answer", [None, 7, [], {(TIDE, REMUX): 0.9}, {(TIDE, REMUX): None}])
async def test_a_chain_passes_over_a_source_that_answers_nonsense(
    answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """A stranger's mistake takes nothing from the others, whatever it is."""
    odd = Odd()
    odd.answer = answer
    broken = ScriptedReputation(error=KeyError("oh"))
    answers = await Chain([odd, broken, told(reputation(TIDE))]).find_reputations(ASKED, AT)
    assert answers == {(TIDE, REMUX): reputation(TIDE)}
    assert "unexpected KeyError: 'oh'; please report this" in caplog.text


@pytest.mark.parametrize("edge", [0.0, 100.0])
def test_a_tier_at_the_edge_is_a_tier(edge: float) -> None:
    """A list that is sure of the very best or worst shifts far, but no further than figures go."""
    blended = blend(tier(TIDE, edge, edge), None, source="blend")
    assert abs(blended.score - edge) < 1


def test_a_tier_shifts_the_prior_by_the_prior_s_share() -> None:
    """With sigma 0.28, tau 0.032 and 20 fresh releases at 0.3 the prior keeps 0.304 of its weight.

    In standard deviations of groups the mean is 1.167 and the variance 0.3043; the middle of 80 to 95 lies at 1.150,
    so the mean becomes 1.167 + 0.3043 x 1.150 = 1.517, which is a score of 93.5.
    """
    seen = reputation(TIDE, 87.83, 60.20, 98.14)
    answer = blend(tier(TIDE, 80, 95), seen, source="blend")
    assert answer.score == pytest.approx(93.5, abs=0.1)
    assert (answer.lower, answer.upper) == pytest.approx((72.8, 99.2), abs=0.1)
    assert answer.reasons == ("list says so", "88 by evidence, 88 by the list", "evidence says so")


def test_a_tier_without_evidence_is_the_prior_alone() -> None:
    """Somebody's word says what to expect, with the doubt of any prior: it moves nothing by itself."""
    for low, high in ((80, 95), (65, 85), (52, 75), (1, 15)):
        for seen in (None, unknown(TIDE)):
            answer = blend(tier(TIDE, low, high), seen, source="blend")
            assert answer.score == pytest.approx((low + high) / 2)
            assert (answer.signal, answer.evidence) == (0.0, EvidenceLevel.LISTED)


def test_much_evidence_beats_a_tier() -> None:
    """A narrow interval leaves next to nothing of the prior, and so of the list."""
    answer = blend(tier(TIDE, 1, 15), reputation(TIDE, 82.9, 76.0, 88.3), source="blend")
    assert answer.score > 79
    assert answer.label is Label.TRUSTED


@st.composite
def reputations(draw: st.DrawFn) -> SceneGroupReputation:
    """Any figures that do not contradict each other."""
    lower, score, upper = sorted(draw(st.tuples(*[st.floats(0, 100)] * 3)))
    return reputation(TIDE, score, lower, upper, level=draw(st.sampled_from(list(EvidenceLevel))))


def test_a_tier_is_blended_with_each_of_two_makers_of_a_name() -> None:
    """A list knows names alone; where evidence tells two makers apart, both begin at the tier."""
    makers = tuple(
        evolve(reputation(TIDE, score, score - 20, score + 15), indexer_kind=kind)
        for kind, score in ((IndexerKind.PUBLIC, 30.0), (IndexerKind.PRIVATE, 75.0))
    )
    answer = blend(tier(TIDE, 80, 95), evolve(reputation(TIDE), namesakes=makers), source="blend")
    alone = tuple(blend(tier(TIDE, 80, 95), maker, source="blend") for maker in makers)
    assert answer.namesakes == alone
    assert [one.score > maker.score for one, maker in zip(alone, makers, strict=True)] == [True, True]


@given(seen=reputations())
def test_a_blend_is_always_a_reputation(seen: SceneGroupReputation) -> None:
    """Whatever evidence says, also at the very ends, a better tier never makes a group worse."""
    scores = [
        blend(tier(TIDE, low, high), seen, source="blend").score
        for low, high in ((1, 15), (52, 75), (65, 85), (80, 95))
    ]
    assert scores == sorted(scores)


async def test_a_blend_leaves_alone_who_is_on_no_list() -> None:
    """Without a tier the evidence is the answer as it is; without either there is none."""
    source = Blend(tiers=told(tier(TIDE, 80, 95)), evidence=told(reputation(EBB), unknown(TIDE)))
    answers = await source.find_reputations([*ASKED, (SILT, REMUX)], AT)
    assert answers[EBB, REMUX] == reputation(EBB)
    assert set(answers) == {(TIDE, REMUX), (EBB, REMUX)}
    assert isinstance(answers[TIDE, REMUX], SceneGroupReputation)


@frozen
class Tables:
    """Builds sources from tables, and notes where they stand."""

    built: list[tuple[str, str]] = field(factory=list)

    def create(self, table: Mapping[str, object], place: str) -> GroupReputation:
        """A source that knows the one group its table names."""
        self.built.append((place, str(table["adapter"])))
        return told(reputation(Group(str(table["knows"]))))


async def test_sources_are_built_from_tables_in_tables() -> None:
    """A chain and a blend have tables for their sources, each built by name where it stands."""
    tables = Tables()
    context = AdapterContext(name="x", clock=ManualClock(), create_group_reputation=tables.create)
    sources = [{"adapter": "one", "knows": "TIDE"}, {"adapter": "two", "knows": "EBB"}]
    settings = read_settings(ChainSettings, {"sources": sources}, where="group_reputation", environ={})
    answers = await ChainAdapter.create(settings, context).find_reputations(ASKED, AT)
    assert set(answers) == {(TIDE, REMUX), (EBB, REMUX)}
    blended = read_settings(BlendSettings, {"tiers": sources[0], "evidence": sources[1]}, where="x", environ={})
    BlendAdapter.create(blended, context)
    assert tables.built == [("sources[0]", "one"), ("sources[1]", "two"), ("tiers", "one"), ("evidence", "two")]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "x.sources: is missing; expected a list, each item a table"),
        ({"sources": []}, "x.sources: expected at least one table"),
        ({"sources": ["evidence"]}, r"x.sources\[0\]: expected a table, not 'evidence'"),
    ],
)
def test_a_chain_of_what_is_no_table_is_refused(table: Mapping[str, object], said: str) -> None:
    """The key and the accepted form are said."""
    with pytest.raises(ConfigurationError, match=said):
        read_settings(ChainSettings, table, where="x", environ={})


def test_without_a_configuration_there_are_no_other_sources() -> None:
    """Where nobody can build other sources, the place that asks for one is named."""
    with pytest.raises(UnknownAdapterError, match=r"sources\[0\]"):
        ChainAdapter.create(ChainSettings(sources=({},)), AdapterContext(name="x", clock=ManualClock()))


class Scholar(ScriptedReputation):
    """A source that knows nobody, and has learned something."""

    async def find_model_report(self) -> ModelReport:
        """The same each time."""
        return ModelReport(source="scholar", at=AT, why="it is a test")


async def test_what_a_source_in_a_source_learned_is_told() -> None:
    """A chain tells of the first that learns, a blend of its evidence; where none learns, there is nothing to tell."""
    scholar = Scholar({}, "scholar")
    for source in (Chain([told(), scholar]), Blend(tiers=told(), evidence=scholar)):
        assert await source.find_model_report() == await scholar.find_model_report()
    for source in (Chain([told()]), Blend(tiers=scholar, evidence=told())):
        assert await source.find_model_report() is None


@frozen(kw_only=True)
class OracleSettings:
    """What an oracle wants."""

    key: Secret


class OracleAdapter(Adapter[OracleSettings, GroupReputation]):
    """A stranger's source that has a key."""

    name, settings = "oracle", OracleSettings

    @classmethod
    def create(cls, settings: OracleSettings, context: AdapterContext) -> GroupReputation:
        """It knows nobody."""
        return told()


@pytest.mark.parametrize(
    "table",
    [
        {"adapter": "chain", "sources": [{"adapter": "poem"}, {"adapter": "oracle", "key": "d3lph1"}]},
        {"adapter": "blend", "tiers": {"adapter": "chain", "sources": [{"adapter": "oracle", "key": "d3lph1"}]}},
    ],
)
def test_keys_of_sources_of_sources_are_hidden(table: Mapping[str, object]) -> None:
    """What a source inside another one is given as a secret is known to be one, so that it is never shown."""
    built: list[type[Adapter[Any, Any]]] = [ChainAdapter, BlendAdapter, OracleAdapter]
    adapters = [RegisteredAdapter(kind=PortKind.GROUP_REPUTATION, adapter=one, origin="here") for one in built]
    found = read_secrets({"group_reputation": table}, registry=Registry(adapters=tuple(adapters)), environ={})
    assert [secret.reveal() for secret in found] == ["d3lph1"]
