"""From one installation to another: evidence that is handed on, counts, is told apart, and is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from radarr_core.domain.scene_groups import EvidenceSummary, fit, measure_all
from radarr_core.errors import SharedEvidenceError
from radarr_core.services.context import Context
from radarr_core.services.refit_groups import refit_groups
from radarr_core.services.share_evidence import (
    forget_evidence,
    list_shared_evidence,
    summarise_evidence,
    take_in_evidence,
)
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.scene_worlds import REFERENCE_DATE
from tests.adapters.cli_support import prepare, run_json
from tests.adapters.groups_support import GOOD, LATER, make_installation, observe
from tests.journeys.world import World


def score(config: Path, group: str) -> dict[str, Any]:
    """What the table of an installation says of all of a group's work."""
    answer: dict[str, Any] = run_json("groups", "--why", group, "--config", str(config)).data["answers"][0]
    return answer


def test_evidence_travels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one counted makes the other surer; `--why` tells whose it is; once forgotten all is as it was."""
    prepare(tmp_path, monkeypatch)
    anna = make_installation(tmp_path / "anna", seed=1, releases=900)
    ben = make_installation(tmp_path / "ben", seed=2, releases=3_000)
    file = tmp_path / "from-ben.json"
    before = run_json("groups", "refit", "--config", str(anna)).data["groups"]
    alone = score(anna, GOOD)

    run_json("groups", "export", str(file), "--by", "Ben in the lighthouse", "--config", str(ben))
    run_json("groups", "import", str(file), "--as", "Ben", "--config", str(anna))
    assert score(anna, GOOD) == alone, "it counts from the next fit on"
    run_json("groups", "refit", "--config", str(anna))

    together = score(anna, GOOD)
    assert together["evidence_weight"] > 1.5 * alone["evidence_weight"]
    assert together["upper"] - together["lower"] < alone["upper"] - alone["lower"]
    whose = run_json("groups", "--why", GOOD, "--config", str(anna)).data["evidence_of"]
    assert [(one["name"], one["made_by"]) for one in whose] == [
        ("this installation", None), ("Ben", "Ben in the lighthouse"),
    ]  # fmt: skip
    assert all(one["releases"] > 5 for one in whose)

    handed_on = run_json("groups", "export", str(tmp_path / "a.json"), "--by", "Anna", "--config", str(anna)).data
    assert handed_on["releases"] < 1_000, "what others counted is not handed on as one's own"

    run_json("groups", "forget", "Ben", "--config", str(anna))
    assert run_json("groups", "refit", "--config", str(anna)).data["groups"] == before


def make_context() -> Context:
    """An installation in memory, in the middle of 2025."""
    return World(clock=ManualClock(LATER)).context()


async def see(context: Context, seed: int, releases: int = 900) -> None:
    """Let it see a world."""
    async with context.storage.begin() as work:
        await work.observations.record(observe(seed, releases))


def summarise(seed: int, *, made_at: datetime = REFERENCE_DATE, releases: int = 900) -> EvidenceSummary:
    """What somebody counted of a world."""
    sums = measure_all(observe(seed, releases), at=REFERENCE_DATE)
    return EvidenceSummary(made_by="Ben", made_at=made_at, sums=sums)


async def test_a_newer_summary_takes_the_place_of_the_older() -> None:
    """Somebody's newer file has the older one's releases in it again, so only the newer one counts."""
    context = make_context()
    older, newer = summarise(2), summarise(2, made_at=LATER, releases=1_200)
    assert (await take_in_evidence(context, older)).replaced is None
    replaced = (await take_in_evidence(context, newer)).replaced
    assert replaced is not None
    assert replaced.summary == older
    (kept,) = await list_shared_evidence(context)
    assert (kept.name, kept.summary) == ("Ben", newer)
    with pytest.raises(SharedEvidenceError, match="'Ben' has newer evidence here"):
        await take_in_evidence(context, older)
    await take_in_evidence(context, older, "another Ben")
    assert [one.name for one in await list_shared_evidence(context)] == ["Ben", "another Ben"]


async def test_evidence_of_the_future_is_refused() -> None:
    """A clock that is a day ahead is forgiven, more is not; nothing is kept of it."""
    context = make_context()
    with pytest.raises(SharedEvidenceError, match="yet to come"):
        await take_in_evidence(context, summarise(2, made_at=LATER + timedelta(days=2)))
    assert await list_shared_evidence(context) == ()


async def test_a_fit_of_shared_evidence_is_that_of_the_sums() -> None:
    """What is published is the fit of one's own sums and everybody's, in whatever order they came."""
    context = make_context()
    await see(context, 1)
    for seed, name in ((3, "Zoe"), (2, "Ben")):
        await take_in_evidence(context, summarise(seed), name)
    own = measure_all(observe(1, 900), at=LATER)
    expected = fit(own + summarise(2).sums + summarise(3).sums, at=LATER)
    found = await refit_groups(context)
    assert [str(one) for one in found.rank()] == [str(one) for one in expected.rank()]
    async with context.storage.begin() as work:
        published = await work.group_tables.find_table()
    assert published is not None
    assert published.rank() == found.rank()
    assert await summarise_evidence(context, "Anna") == EvidenceSummary(made_by="Anna", made_at=LATER, sums=own)


async def test_others_alone_can_be_enough_to_judge() -> None:
    """Who has just begun has no table; with somebody's evidence there is one, and it is gone when that is forgotten."""
    context = make_context()
    assert (await refit_groups(context)).parameters is None
    await take_in_evidence(context, summarise(2))
    assert (await refit_groups(context)).parameters is not None
    await forget_evidence(context, "Ben")
    assert (await refit_groups(context)).parameters is None
