"""Judging many offers in batches: the same table as in one go, and what takes too long does so once a run."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_core import Movie, Policy, Release, Situation, Slot, decide
from radarr_core.domain.custom_formats import CustomFormat, FormatSet, FormatSubject, Quarantine
from radarr_core.domain.decisions import MovieIndex, RunKind
from radarr_core.domain.decisions.formats import FormatMatches
from radarr_core.services import judge_offers as judging
from radarr_core.services.context import Context
from radarr_core.services.judge_offers import judge_offers

from .world import MOVIE, PROFILE, World, make_release

BOMB = r"(a|a)+$"
FUSE = f"The.Glass.Harbor.2024.1080p.WEB-DL.{'a' * 40}!-TIDE"


def make_bomb() -> FormatSet:
    """A format whose one pattern never ends on `FUSE`."""
    condition = {
        "name": "bomb",
        "implementation": "ReleaseTitleSpecification",
        "negate": False,
        "required": True,
        "fields": {"value": BOMB},
    }
    return FormatSet((CustomFormat.from_trash({"name": "Bomb", "specifications": [condition]}),))


@frozen
class Counting:
    """A set of formats that counts how often a search took too long."""

    formats: FormatSet
    timeouts: list[str]

    def match(self, subject: FormatSubject, quarantine: Quarantine) -> FormatMatches:
        """Match, and note every pattern that was put into quarantine by it."""
        before = set(quarantine.offenders)
        found = self.formats.match(subject, quarantine)
        self.timeouts.extend(set(quarantine.offenders) - before)
        return found


def make_context(**policy: Any) -> Context:
    """A context whose policy has the test profile and whatever is given."""
    return evolve(World().context(), policy=Policy(profiles={PROFILE.name: PROFILE}, **policy))


async def test_a_pattern_that_takes_too_long_does_so_once_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches share their quarantine: over four of them the bad pattern costs its time-out once."""
    monkeypatch.setattr(judging, "BATCH", 5)
    timeouts: list[str] = []
    context = make_context(formats=Counting(make_bomb(), timeouts))
    offers = [make_release(FUSE, guid=str(number)) for number in range(20)]
    table = await judge_offers(context, offers, MOVIE, Situation())
    assert timeouts == [BOMB]
    assert [decision.undecided_formats for decision in table] == [("Bomb",)] * 20
    await judge_offers(context, offers[:1], MOVIE, Situation())
    assert timeouts == [BOMB, BOMB], "the next run tries it again"


TITLES = (
    "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE",
    "The.Glass.Harbor.2024.1080p.BluRay.x264-DOCK",
    "The.Glass.Harbor.2024.720p.WEB-DL.H.264-TIDE",
    "The.Glass.Harbor.2024.PROPER.1080p.WEB-DL.H.264-TIDE",
    "Another.Film.1999.1080p.BluRay.x264-DOCK",
    "Quay.Lights.2019.1080p.WEB-DL.H.264-TIDE",
    "nonsense",
)
OTHER = Movie(title="Quay Lights", year=2019, slots=(Slot(profile="Test"), Slot(name="second", profile="Test")))
offers = st.builds(
    make_release,
    st.sampled_from(TITLES),
    guid=st.integers(0, 999).map(str),
    seeders=st.sampled_from([None, 0, 1, 12, 400]),
    size=st.sampled_from([None, 1, 4_000_000_000, 9_000_000_000]),
    indexer_priority=st.integers(1, 3),
)


@given(offers=st.lists(offers, max_size=25, unique_by=lambda offer: offer.guid), size=st.integers(1, 7))
@settings(max_examples=60, deadline=None)
def test_batches_give_the_table_that_one_decision_gives(offers: list[Release], size: int) -> None:
    """However the offers are cut up, their decisions and the order of the table are the same."""
    context, index, situation = make_context(), MovieIndex.of((MOVIE, OTHER)), Situation(kind=RunKind.FEED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "BATCH", size)
        in_batches = asyncio.run(judge_offers(context, offers, index, situation))
    in_one = decide(offers, wanted=index, policy=context.policy, situation=situation, now=context.clock.now())
    assert in_batches == in_one
