"""From what searches show by the way to a release that is preferred for its makers, and the reasons for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from radarr_adapters.group_reputations.evidence.client import EvidenceReputation
from radarr_core import (
    DecisionTable,
    Movie,
    Outcome,
    Pipeline,
    Policy,
    Release,
    ReputationMode,
    ReputationSettings,
    Slot,
    Timing,
)
from radarr_core.domain.downloads import DownloadItem, DownloadStatus
from radarr_core.domain.events import SearchCompleted
from radarr_core.domain.scene_groups import (
    EvidenceLevel,
    Group,
    LocalOutcome,
    Medium,
    Observation,
    SceneGroupReputation,
    Stratum,
)
from radarr_core.errors import ServiceUnavailableError, UnreadableMediaError
from radarr_core.ports.storage import UnitOfWork
from radarr_core.services import refit_groups as refitting
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.group_reputation import ScriptedReputation
from radarr_core.testing.fakes.storage import InMemoryStorage
from radarr_core.testing.scene_worlds import REFERENCE_DATE, SceneWorld, WorldPlan

from .test_pipeline import Stage
from .test_situation import find_verdict
from .world import BETTER, GOOD, MOVIE, PROFILE, make_release

WEB = Stratum(Medium.WEB, 1080)
MOORING = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-MOORING"
SQUALL = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-SQUALL"
WORLD = SceneWorld(WorldPlan(groups=24, releases=900, named={"MOORING": 3.0, "SQUALL": -3.0}))
_TITLE = re.compile(r"The\.\w+\.\w+\.(\d+)\.(\d{4})\.")


def make_films() -> Iterator[tuple[Movie, list[Release]]]:
    """The films of a made-up world, and how an indexer offers their releases."""
    films: dict[str, list[tuple[str, Observation]]] = {}
    for made in WORLD.walk():
        films.setdefault(made.observation.movie or "", []).append((made.name, made.observation))
    for number, releases in films.items():
        year = 1950 + int(number) % 70
        movie = Movie(title=f"Quay Tale {number}", year=year, runtime_minutes=100, slots=(Slot(profile="Test"),))
        yield movie, [_offer(name, seen, number, year) for name, seen in releases]


def _offer(name: str, seen: Observation, number: str, year: int) -> Release:
    title = _TITLE.sub(f"Quay.Tale.{number}.{year}.", name)
    return make_release(
        title, guid=f"https://indexer.example/{seen.key}?passkey=hunter2", size=seen.size, published=seen.added,
        seeders=seen.seeders, snatches=seen.snatches,
    )  # fmt: skip


def make_stage(mode: ReputationMode = ReputationMode.TIE_BREAK, **facts: Any) -> Stage:
    """A stage on which makers are looked at by what the stage's own storage remembers."""
    policy = Policy(profiles={"Test": PROFILE}, reputation=ReputationSettings(mode=mode))
    stage = Stage(clock=ManualClock(REFERENCE_DATE), policy=policy, **facts)
    if stage.group_reputation is None:
        stage.group_reputation = EvidenceReputation(stage.storage)
    return stage


async def search_films(stage: Stage, pipeline: Pipeline) -> None:
    """Search for every film of the world, as people do over the years."""
    for movie, releases in make_films():
        for release in releases:
            stage.indexer.offer(release)
        await pipeline.add_movie(movie)
        await pipeline.search(movie)


async def search(stage: Stage, pipeline: Pipeline, *names: str) -> DecisionTable:
    """Search for the usual film, which is offered under those names by equally healthy torrents."""
    for name in names:
        stage.offer(name)
    return (await pipeline.search(MOVIE)).table


def order(table: DecisionTable) -> list[str]:
    """The accepted releases, best first."""
    return [decision.offer.title for decision in table.accepted]


async def test_searches_gather_evidence_and_the_next_search_ranks_by_it() -> None:
    """The whole way: searches by the way, a fit, and of two equal releases the better makers' goes first, and why."""
    stage = make_stage()
    async with stage.pipeline() as pipeline:
        await search_films(stage, pipeline)
        assert order(await search(stage, pipeline, SQUALL, MOORING)) == [SQUALL, MOORING], "nobody was judged yet"
        table = await pipeline.refit_groups()
        assert table.parameters is not None
        decided = await search(stage, pipeline)
        async with stage.storage.begin() as work:
            kept = repr(await work.observations.list_all())
    assert order(decided) == [MOORING, SQUALL]
    best, second = decided.accepted
    difference = best.beats(second)
    assert difference is not None
    assert difference.criterion == "group reputation"
    verdict = find_verdict(best, "group reputation")
    assert verdict.sentence.startswith("MOORING, web 1080p: ")
    assert re.search(r"worth [\d.]+ fresh ones", verdict.sentence)
    assert verdict.figures["source"] == "evidence"
    assert "passkey" not in kept
    assert "Quay" not in kept


@pytest.mark.parametrize("is_without_source", [True, False])
async def test_off_keeps_nothing_asks_nobody_and_changes_nothing(is_without_source: bool) -> None:
    """Without a source, and with the mode off, neither storage nor the order knows of reputations."""
    source = ScriptedReputation({(Group("MOORING"), WEB): rate("MOORING")})
    stage = make_stage(ReputationMode.OFF, group_reputation=source)
    if is_without_source:
        stage = evolve(stage, policy=Policy(profiles={"Test": PROFILE}), group_reputation=None)
    async with stage.pipeline() as pipeline:
        decided = await search(stage, pipeline, SQUALL, MOORING)
        assert await refitting.refit_when_due(pipeline.context) is None
    assert order(decided) == [SQUALL, MOORING]
    assert find_verdict(decided.accepted[0], "group reputation").outcome is Outcome.NOT_APPLICABLE
    assert source.questions == []
    async with stage.storage.begin() as work:
        assert await work.observations.list_all() == ()
        assert await work.group_tables.find_version() is None


def rate(name: str, lower: float = 80.0, upper: float = 99.0) -> SceneGroupReputation:
    """What a source says of a group."""
    return SceneGroupReputation(
        group=Group(name), stratum=WEB, score=(lower + upper) / 2, lower=lower, upper=upper, evidence_weight=30.0,
        evidence=EvidenceLevel.ESTABLISHED, source="scripted",
    )  # fmt: skip


FAULTS: dict[str, tuple[ScriptedReputation, str]] = {
    "away": (ScriptedReputation(error=ServiceUnavailableError("it is away", adapter="scripted")), "it is away"),
    "broken": (ScriptedReputation(error=KeyError("oh")), "unexpected KeyError"),
    "hanging": (ScriptedReputation(hangs=True), "no answer within 0.05 s"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("mode", [ReputationMode.TIE_BREAK, ReputationMode.POINTS, ReputationMode.GATE])
async def test_a_source_that_fails_or_hangs_leaves_a_note_and_everybody_unknown(
    fault: str, mode: ReputationMode
) -> None:
    """A search and a feed end as if nobody had been asked, but for the note."""
    source, words = FAULTS[fault]
    stage = make_stage(mode, group_reputation=source, timing=Timing(poll_interval=0.01, reputation_deadline=0.05))
    stage.offer(SQUALL)
    stage.offer(MOORING)
    async with stage.pipeline() as pipeline:
        report = await pipeline.search(MOVIE)
        await pipeline.add_movie(MOVIE)
        feed = await pipeline.sync_feeds()
    assert order(report.table) == [SQUALL, MOORING]
    assert [grab.offer.title for grab in feed.grabs] == [SQUALL]
    for notes in (report.notes, feed.notes):
        assert len(notes) == 1
        assert words in notes[0]
    assert report.failures == ()
    verdict = find_verdict(report.table.accepted[0], "group reputation")
    assert (verdict.outcome, verdict.sentence) == (Outcome.UNKNOWN, report.notes[0])
    assert len(await stage.events(SearchCompleted)) == 1


class Boundless(SceneGroupReputation):
    """A stranger's kind of reputation, which thinks a lot of itself."""

    @property
    def signal(self) -> float:
        """More than anybody has."""
        return 1e9


class Trap(dict[Any, Any]):
    """A mapping that cannot be looked into."""

    def __contains__(self, key: object) -> bool:
        """Nobody knows."""
        raise ZeroDivisionError


def make_known(kind: type[SceneGroupReputation] = SceneGroupReputation, reasons: Any = ()) -> SceneGroupReputation:
    """A good reputation."""
    return kind(
        group=Group("SQUALL"), stratum=WEB, score=90, lower=80, upper=95, evidence_weight=30,
        evidence=EvidenceLevel.ESTABLISHED, reasons=reasons,
    )  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {(Group("SQUALL"), WEB): 0.9},
        {(Group("SQUALL"), WEB): make_known(Boundless)},
        {(Group("SQUALL"), WEB): make_known(reasons=(1, 2))},
        {(Group("SQUALL"), WEB): make_known(reasons="good")},
        {(Group("SQUALL"), WEB): evolve(make_known(), evidence="established")},  # type: ignore[arg-type]
        Trap(),
    ],
)
async def test_a_source_that_answers_nonsense_is_a_note(answer: Any) -> None:
    """A stranger's plugin cannot break a search."""

    class Nonsense(ScriptedReputation):
        async def find_reputations(self, groups: Any, at: Any) -> Any:
            return answer

    stage = make_stage(group_reputation=Nonsense())
    async with stage.pipeline() as pipeline:
        stage.offer(SQUALL)
        report = await pipeline.search(MOVIE)
    assert order(report.table) == [SQUALL]
    assert "please report this" in report.notes[0]


class Forgetful(InMemoryStorage):
    """A storage in which noted signals were damaged, or cannot be read at all."""

    signal: Any = None

    def begin(self) -> UnitOfWork:
        """A unit of work with that fault."""
        work = super().begin()

        async def find_signals(keys: Any) -> Any:
            if self.signal is None:
                raise ServiceUnavailableError("the signals are away", adapter="in-memory")
            return dict.fromkeys(keys, self.signal)

        work.observations.find_signals = find_signals  # type: ignore[method-assign]
        return work


@pytest.mark.parametrize("signal", [None, 1e9, float("nan"), "rubbish"])
async def test_signals_that_were_damaged_move_nothing(signal: Any) -> None:
    """What storage says of earlier signals ends no search, and never counts for more than points may."""
    storage = Forgetful()
    storage.signal = signal
    stage = make_stage(ReputationMode.POINTS, storage=storage, group_reputation=ScriptedReputation())
    async with stage.pipeline() as pipeline:
        stage.offer(SQUALL)
        report = await pipeline.search(MOVIE)
    assert order(report.table) == [SQUALL]
    assert any("the signals are away" in note for note in report.notes) is (signal is None)


async def test_all_groups_of_a_search_are_asked_for_in_one_question() -> None:
    """Each once, whatever the number of offers."""
    source = ScriptedReputation()
    stage = make_stage(group_reputation=source)
    async with stage.pipeline() as pipeline:
        await search(stage, pipeline, SQUALL, MOORING, SQUALL.replace("2024", "2024.PROPER"), BETTER, "nonsense")
    encode = Stratum(Medium.ENCODE, 1080)
    asked = {(Group("SQUALL"), WEB), (Group("MOORING"), WEB), (Group("DOCK"), encode)}
    assert source.questions == [asked]


# -- what is held ------------------------------------------------------------------------------------------------------


async def test_a_file_keeps_the_reputation_it_was_grabbed_with() -> None:
    """From the decision to the grab and to the file."""
    source = ScriptedReputation({(Group("MOORING"), WEB): rate("MOORING")})
    stage = make_stage(ReputationMode.POINTS, group_reputation=source)
    stage.offer(MOORING)
    async with stage.pipeline() as pipeline:
        await stage.acquire(pipeline)
        source.known = {(Group("MOORING"), WEB): rate("MOORING", 1, 5)}
        held = await stage.held()
    assert held is not None
    assert held.reputation_signal == pytest.approx(0.6)


async def test_no_later_opinion_of_releases_that_were_there_makes_one_an_upgrade() -> None:
    """Both were on offer when one was taken; that the other's makers are well thought of later grabs nothing.

    A release that comes out after that is judged by what is known by then.
    """
    source = ScriptedReputation({(Group("SQUALL"), WEB): rate("SQUALL", 52, 60)})
    stage = make_stage(ReputationMode.POINTS, group_reputation=source)
    stage.policy = evolve(stage.policy, profiles={"Test": evolve(PROFILE, cutoff_format_score=100)})
    stage.offer(MOORING)
    stage.offer(SQUALL)
    async with stage.pipeline() as pipeline:
        await stage.acquire(pipeline)
        held = await stage.held()
        assert held is not None
        assert held.offer is not None
        assert held.offer.title == SQUALL
        source.known = {(Group("MOORING"), WEB): rate("MOORING")}
        stage.clock.advance(86400)
        assert order((await pipeline.search(MOVIE)).table) == []
        again = MOORING.replace("2024", "2024.INTERNAL")
        assert order(await search(stage, pipeline, again)) == [again]


# -- outcomes ----------------------------------------------------------------------------------------------------------


async def outcomes(stage: Stage, pipeline: Pipeline) -> dict[str, LocalOutcome | None]:
    """What is known of the ends of grabs, by group."""
    await pipeline.refit_groups()
    async with stage.storage.begin() as work:
        return {str(one.group): one.outcome for one in await work.observations.list_all()}


async def test_what_was_kept_and_what_was_replaced_is_evidence() -> None:
    """A file counts as kept after thirty days, and not before; one that gave way within them as replaced."""
    stage = make_stage(group_reputation=ScriptedReputation())
    stage.offer(GOOD)
    async with stage.pipeline() as pipeline:
        await stage.acquire(pipeline)
        assert await outcomes(stage, pipeline) == {"TIDE": None}
        stage.clock.advance(86400)
        stage.offer(BETTER)
        feed = await pipeline.sync_feeds()
        stage.finish(feed.grabs[0])
        await pipeline.import_finished()
        assert await outcomes(stage, pipeline) == {"TIDE": LocalOutcome.REPLACED, "DOCK": None}
        stage.clock.advance(31 * 86400)
        assert await outcomes(stage, pipeline) == {"TIDE": LocalOutcome.REPLACED, "DOCK": LocalOutcome.KEPT}


async def test_what_failed_is_evidence_of_the_right_kind() -> None:
    """A download that failed is dead, one without a film is a fake, and one that somebody took away says nothing."""
    stage = make_stage(group_reputation=ScriptedReputation(), timing=Timing(poll_interval=0.01, vanish_grace=5))
    wave = GOOD.replace("TIDE", "WAVE")
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(MOVIE)
        for name, end in ((GOOD, "fail"), (BETTER, "fake"), (wave, "vanish")):
            stage.offer(name)
            (grab,) = (await pipeline.sync_feeds()).grabs
            if end == "fail":
                failed = DownloadItem(info_hash=grab.info_hash, title=name, status=DownloadStatus.FAILED)
                stage.client.set_item(failed)
            elif end == "fake":
                stage.finish(grab)
                stage.probe.script("film.mkv", UnreadableMediaError("'film.mkv' holds no picture"))
            else:
                stage.client.drop_item(grab.info_hash)
                await pipeline.import_finished()
                stage.clock.advance(60)
            await pipeline.import_finished()
        found = await outcomes(stage, pipeline)
    assert found == {"TIDE": LocalOutcome.DEAD, "DOCK": LocalOutcome.FAKE, "WAVE": None}


# -- when --------------------------------------------------------------------------------------------------------------


async def test_a_pipeline_that_runs_judges_anew_by_itself() -> None:
    """After the first evidence, and then once a day, as long as there is something new."""
    stage = make_stage(group_reputation=ScriptedReputation())
    stage.offer(GOOD)
    versions: set[Any] = set()
    async with stage.pipeline() as pipeline:
        await pipeline.add_movie(evolve(MOVIE, monitored=False))
        running = asyncio.ensure_future(pipeline.run())
        async with asyncio.timeout(20):
            while len(versions) < 2:
                await asyncio.sleep(0)
                async with stage.storage.begin() as work:
                    version = await work.group_tables.find_version()
                if version is not None and version not in versions:
                    versions.add(version)
                    stage.offer(BETTER)
                    stage.clock.advance(86400)
        running.cancel()
    assert {number for number, _ in versions} == {1, 2}


async def test_many_new_releases_are_worth_a_fit_at_once() -> None:
    """499 more within the day wait for the night; with the 500th they do not."""
    stage = make_stage(group_reputation=ScriptedReputation())
    async with stage.pipeline() as pipeline:
        await stage_observations(stage, 0, 1)
        assert await refitting.refit_when_due(pipeline.context) is not None
        stage.clock.advance(60)
        await stage_observations(stage, 1, refitting.ENOUGH_NEW)
        assert await refitting.refit_when_due(pipeline.context) is None
        await stage_observations(stage, refitting.ENOUGH_NEW, refitting.ENOUGH_NEW + 1)
        assert await refitting.refit_when_due(pipeline.context) is not None
        stage.clock.advance(2 * 86400)
        assert await refitting.refit_when_due(pipeline.context) is None, "nothing is new"


async def stage_observations(stage: Stage, first: int, end: int) -> None:
    """Let releases be seen now."""
    seen = [Observation(key=f"{number:040x}", seen_at=stage.clock.now()) for number in range(first, end)]
    async with stage.storage.begin() as work:
        await work.observations.record(seen)


@pytest.mark.parametrize("error", [ServiceUnavailableError("no"), ZeroDivisionError("oh")])
async def test_a_fit_that_fails_leaves_the_last_table_in_force(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and the pipeline goes on."""

    def fail(*_: Any, **__: Any) -> Any:
        raise error

    stage = make_stage(group_reputation=ScriptedReputation())
    async with stage.pipeline() as pipeline:
        await stage_observations(stage, 0, 1)
        await pipeline.refit_groups()
        stage.clock.advance(2 * 86400)
        await stage_observations(stage, 1, 2)
        monkeypatch.setattr(refitting, "fit", fail)
        assert await refitting.refit_when_due(pipeline.context) is None
        async with stage.storage.begin() as work:
            version = await work.group_tables.find_version()
    assert version == (1, REFERENCE_DATE)
    assert "the last table stays in force" in caplog.text


class Wayward(ManualClock):
    """A clock that may go back."""

    def put_right(self, moment: datetime) -> None:
        """Tell that moment from now on."""
        self._now = moment


async def test_a_clock_that_is_wrong_forgets_nothing_and_is_got_over() -> None:
    """Decades ahead for a while, nothing that was seen is lost; put right, groups are judged anew at once."""
    stage = make_stage(group_reputation=ScriptedReputation())
    stage.clock = clock = Wayward(REFERENCE_DATE)
    async with stage.pipeline() as pipeline:
        await stage_observations(stage, 0, 3)
        stage.clock.advance(timedelta(days=80 * 365).total_seconds())
        await pipeline.refit_groups()
        async with stage.storage.begin() as work:
            assert len(await work.observations.list_all()) == 3
        clock.put_right(REFERENCE_DATE + timedelta(hours=2))
        table = await refitting.refit_when_due(pipeline.context)
    assert table is not None
    assert table.at < REFERENCE_DATE + timedelta(days=1)
    assert table.coverage.seen == 3


async def test_what_nobody_has_seen_for_sixteen_years_is_forgotten() -> None:
    """Four times the memory of the model."""
    stage = make_stage(group_reputation=ScriptedReputation())
    async with stage.pipeline() as pipeline:
        await stage_observations(stage, 0, 1)
        stage.clock.advance(timedelta(days=16 * 365.25 + 1).total_seconds())
        await stage_observations(stage, 1, 2)
        await pipeline.refit_groups()
    async with stage.storage.begin() as work:
        assert [one.key for one in await work.observations.list_all()] == [f"{1:040x}"]
