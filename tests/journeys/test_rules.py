"""From a plugin and a line of configuration to what is grabbed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from attrs import evolve

from radarr_adapters.bootstrap import build_pipeline
from radarr_core import (
    DecisionTable,
    Imported,
    Movie,
    Pipeline,
    RunKind,
    Situation,
    build_profile,
    compare_policies,
)
from radarr_core.plugins import build_registry
from tests.adapters import cli_plugin, cli_rules_plugin
from tests.adapters.cli_support import write_configuration

FILM = Movie(title="The Film", year=2019, runtime_minutes=100)
ORIGIN = "taste:rules"
GOOD, FINE = "The.Film.2019.1080p.BluRay.x264-GOOD", "The.Film.2019.1080p.WEB-DL.H.264-FINE"


@pytest.fixture(autouse=True)
def disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk of its own, and the key of the indexer."""
    monkeypatch.setattr(cli_plugin, "DISK", cli_plugin.make_disk())


def make_pipeline(folder: Path, rules: str) -> Pipeline:
    """A pipeline by a configuration with those lines in `[rules]`, where both plugins are installed."""
    path = write_configuration(folder, extra=f"[rules]\n{rules}\n" if rules else "")
    registry = build_registry([("shelves:all", cli_plugin), (ORIGIN, cli_rules_plugin)])
    assert registry.problems == ()
    environ = {"SHELF_KEY": cli_plugin.KEY}
    return build_pipeline(tomllib.loads(path.read_text()), registry=registry, environ=environ)


async def acquire(folder: Path, rules: str) -> tuple[str | None, DecisionTable]:
    """The release that ends in the library, and how all were decided before."""
    async with make_pipeline(folder, rules) as pipeline:
        await pipeline.add_movie(FILM)
        table = (await pipeline.search(FILM, kind=RunKind.SEARCH)).table
        outcome = (await pipeline.acquire(FILM)).outcomes["main"]
    return outcome.file.claim.original if isinstance(outcome, Imported) else None, table


async def test_a_plugin_that_nobody_names_changes_nothing(tmp_path: Path) -> None:
    """The best offer of the library's own rules is grabbed."""
    grabbed, table = await acquire(tmp_path, "")
    assert grabbed == GOOD
    assert {verdict.rule for decision in table for verdict in decision.verdicts}.isdisjoint({"no good", "broken"})


async def test_a_rule_that_is_named_changes_what_is_grabbed_and_says_why(tmp_path: Path) -> None:
    """The second best is taken, and the plugin's sentence stands in the table."""
    grabbed, table = await acquire(tmp_path, 'use = ["no good"]')
    assert grabbed == FINE
    (refused,) = (decision for decision in table if decision.offer.title == GOOD)
    assert refused.reasons == ("nothing of GOOD is wanted",)


async def test_a_rule_of_a_built_in_name_takes_its_place(tmp_path: Path) -> None:
    """The plugin's word replaces the built-in one's, in its place."""
    _, table = await acquire(tmp_path, 'use = ["quality allowed"]')
    words = {v.sentence for decision in table for v in decision.verdicts if v.rule == "quality allowed"}
    assert words == {"anything goes"}
    assert len({len(decision.verdicts) for decision in table}) == 1


async def test_the_order_of_criteria_changes_what_is_grabbed(tmp_path: Path) -> None:
    """By sheer number of seeders the WEB-DL goes first."""
    grabbed, table = await acquire(tmp_path, 'rank_by = ["seeders", "indexer priority", "size"]')
    assert grabbed == GOOD, "12 and 30 seeders are alike, so the size decides"
    grabbed, table = await acquire(tmp_path, 'rank_by = ["revision"]')
    assert [rank.criterion for rank in table.decisions[0].ranking] == ["revision"]


async def test_a_criterion_of_a_plugin_ranks(tmp_path: Path) -> None:
    """It counts where `rank_by` puts it, and `beats` names it."""
    _, table = await acquire(tmp_path, 'use = ["few seeders"]\nrank_by = ["few seeders", "quality"]')
    first, second = table.accepted
    difference = first.beats(second)
    assert difference is not None
    assert (difference.criterion, difference.winner, difference.loser) == ("few seeders", 12, 30)


async def test_a_broken_rule_accepts_nothing_and_names_its_plugin(tmp_path: Path) -> None:
    """Nothing is grabbed, and a person can read whom to ask."""
    grabbed, table = await acquire(tmp_path, 'use = ["broken"]')
    assert grabbed is None
    for decision in table:
        assert any(f"the rule 'broken' of {ORIGIN} failed: ZeroDivisionError" in reason for reason in decision.reasons)


async def test_what_a_search_found_tells_what_another_profile_would_have_taken(tmp_path: Path) -> None:
    """The same offers under the policy in force and under one that is thought of: what changes, and why."""
    async with make_pipeline(tmp_path, "") as pipeline:
        table = (await pipeline.search(FILM, kind=RunKind.SEARCH)).table
        old, now = pipeline.context.policy, pipeline.context.clock.now()
    strict = build_profile(FILM.slots[0].profile, allowed=("WEB 1080p",), cutoff="WEB 1080p", upgrade_allowed=True)
    new = evolve(old, profiles={**old.profiles, strict.name: strict})
    offers = [decision.offer for decision in table]
    assert not compare_policies(offers, old, old, wanted=FILM, situation=Situation(), now=now).changes
    changes = compare_policies(offers, old, new, wanted=FILM, situation=Situation(), now=now).changes
    lost = next(change for change in changes if change.after.offer.title == GOOD)
    assert (lost.before.is_accepted, lost.after.is_accepted) == (True, False)
    assert "quality allowed" in {verdict.rule for verdict in lost.after.rejections}
