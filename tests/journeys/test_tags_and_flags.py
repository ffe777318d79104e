"""Tags, flags and languages from the configuration and from a feed's wire to a decision."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from attrs import evolve

from radarr_adapters.bootstrap import read_movies
from radarr_adapters.indexers.torznab.plugin import TorznabAdapter, TorznabSettings
from radarr_core import DecisionTable, Movie, Outcome, Pipeline, Policy, RunKind
from radarr_core.domain.decisions import DecisionSettings, DelayProfile, ReleaseProfile
from radarr_core.domain.languages import ENGLISH, find_language
from radarr_core.errors import ConfigurationError
from radarr_core.plugins import AdapterContext
from radarr_core.settings import read_settings
from radarr_core.testing.servers import OfferedRelease, TorznabServer

from .test_pipeline import Stage
from .test_situation import find_verdict
from .world import GOOD, PROFILE

MULTI = "The.Glass.Harbor.2024.MULTi.1080p.WEB-DL.H.264-TIDE"
FREE = (("downloadvolumefactor", "0"), ("uploadvolumefactor", "1"))


def read_movie(**facts: Any) -> Movie:
    """The film as a configuration has it."""
    profiles = {"Test": {"allowed": ["WEB 1080p", "Bluray-1080p"], "cutoff": "Bluray-1080p"}}
    entry = {"title": "The Glass Harbor", "year": 2024, "profile": "Test", **facts}
    return read_movies({"movies": [entry], "profiles": profiles})[0]


@asynccontextmanager
async def open_pipeline(
    server: TorznabServer, policy: Policy | None = None, **settings: Any
) -> AsyncIterator[Pipeline]:
    """A pipeline over that server, with an indexer of those settings."""
    stage = Stage()
    typed = read_settings(TorznabSettings, {"url": server.url, **settings}, where="indexers.mine", environ={})
    stage.indexer = TorznabAdapter.create(typed, AdapterContext(name="mine", clock=stage.clock))  # type: ignore[assignment]
    stage.policy = policy or Policy(profiles={"Test": PROFILE})
    async with stage.pipeline() as pipeline:
        yield pipeline


async def look(
    movie: Movie, offer: OfferedRelease, policy: Policy | None = None, kind: RunKind = RunKind.SEARCH, **settings: Any
) -> DecisionTable:
    """What a real run decides about one offer of an indexer of those settings."""
    with TorznabServer([offer]) as server:
        async with open_pipeline(server, policy, **settings) as pipeline:
            await pipeline.add_movie(movie)
            if kind is RunKind.FEED:
                return (await pipeline.sync_feeds()).table
            return (await pipeline.search(movie, kind=kind)).table


def make_offer(title: str = GOOD, **facts: Any) -> OfferedRelease:
    """A healthy offer."""
    return OfferedRelease(title=title, **{"seeders": 10, "size": 4_000_000_000, "torrent": b"x"} | facts)


async def test_the_tags_of_a_film_choose_its_indexers_and_profiles() -> None:
    """From the configuration: an indexer for other films is not asked, and tagged profiles apply where they should."""
    kids, other = read_movie(tags=["kids"]), read_movie(tags=["drama"])
    assert len(await look(other, make_offer(), tags=["kids"])) == 0
    (decision,) = await look(kids, make_offer(), tags=["kids"])
    assert decision.offer.indexer_tags == {"kids"}
    assert find_verdict(decision, "indexer tags").outcome is Outcome.ACCEPTED
    (decision,) = await look(other, make_offer(), kind=RunKind.FEED, tags=["kids"])
    assert find_verdict(decision, "indexer tags").outcome is Outcome.REJECTED
    policy = Policy(
        profiles={"Test": PROFILE},
        delay_profiles=(DelayProfile(enable_torrent=False, order=1, tags=frozenset({"kids"})),),
        release_profiles=(ReleaseProfile(required=("REMUX",), tags=frozenset({"kids"})),),
    )
    for movie, outcome in ((kids, Outcome.REJECTED), (other, Outcome.ACCEPTED)):
        (decision,) = await look(movie, make_offer(), policy)
        assert find_verdict(decision, "protocol").outcome is outcome
    (decision,) = await look(kids, make_offer(), policy)
    assert find_verdict(decision, "release restrictions").outcome is Outcome.REJECTED


async def test_required_flags_are_read_from_the_configuration_and_found_in_the_feed() -> None:
    """Freeleech alone is taken where people ask for it, and preferred where they do."""
    for attributes, outcome in ((FREE, Outcome.ACCEPTED), ((), Outcome.REJECTED)):
        (decision,) = await look(
            read_movie(), make_offer(attributes=attributes), required_flags=["freeleech", "internal"]
        )
        assert find_verdict(decision, "required flags").outcome is outcome
    policy = Policy(profiles={"Test": PROFILE}, settings=DecisionSettings(prefer_indexer_flags=True))
    (decision,) = await look(read_movie(), make_offer(attributes=FREE), policy)
    assert next(rank for rank in decision.ranking if rank.criterion == "indexer flags").key == (2.0,)


async def test_what_multi_stands_for_is_configured_for_each_indexer() -> None:
    """A name that says MULTI has the languages that the indexer is known to mean by it."""
    french = find_language("French")
    assert french is not None
    policy = Policy(profiles={"Test": evolve(PROFILE, language=french)})
    movie = evolve(read_movie(), original_language=ENGLISH)
    for settings, outcome in (({"multi_languages": ["French"]}, Outcome.ACCEPTED), ({}, Outcome.REJECTED)):
        (decision,) = await look(movie, make_offer(MULTI), policy, **settings)
        assert find_verdict(decision, "language").outcome is outcome


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"required_flags": ["free"]}, r"indexers\.mine\.required_flags\[0\]: expected one of 'freeleech'"),
        ({"multi_languages": ["Klingon"]}, r"indexers\.mine\.multi_languages: no language is called 'Klingon'"),
        ({"tags": "kids"}, r"indexers\.mine\.tags: expected a list"),
    ],
)
def test_a_mistake_in_them_is_told_with_its_key(settings: dict[str, Any], message: str) -> None:
    """What is accepted stands in the message."""
    with pytest.raises(ConfigurationError, match=message):
        read_settings(TorznabSettings, {"url": "http://h", **settings}, where="indexers.mine", environ={})
