"""From a line of configuration over real protocols and a real database to what is known of release groups."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from attrs import evolve

from radarr_adapters.bootstrap import build_pipeline
from radarr_core import DecisionTable, Movie, Pipeline, RunKind, Slot
from radarr_core.testing.scene_worlds import REFERENCE_DATE, MadeRelease, SceneWorld, WorldPlan
from radarr_core.testing.servers import OfferedRelease, TorznabServer
from tests.adapters.cli_support import prepare, write_configuration
from tests.journeys.test_situation import find_verdict

FILM = Movie(title="The Glass Harbor", year=2024, runtime_minutes=100, slots=(Slot(profile="Any"),))
GOOD = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-MOORING"
OTHER = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-QUAYSIDE"
STRANGER = "SQUALL"
"""A group of the world; on the public indexer its work is offered under the name of a good one."""
WORLD = SceneWorld(WorldPlan(groups=24, releases=1_500, named={"MOORING": 3.0, "QUAYSIDE": 0.0, STRANGER: -3.0}))
LISTED = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-LANTERN"
"""Of makers that nobody saw, but who stand on a list."""
TIER = {
    "name": "WEB Tier 01",
    "specifications": [
        {
            "name": "LANTERN", "implementation": "ReleaseGroupSpecification", "negate": False, "required": False,
            "fields": {"value": "^(LANTERN)$"},
        }
    ],
}  # fmt: skip
EVIDENCE = 'adapter = "evidence"'
FEED = 100
_TITLE = re.compile(r"The\.\w+\.\w+\.(\d+)\.(\d{4})\.")


def list_films() -> Iterator[Movie]:
    """The films of the world, none of which is to be grabbed."""
    for number in dict.fromkeys(made.observation.movie or "" for made in WORLD.walk()):
        slots = (Slot(profile="Any"),)
        yield Movie(
            title=f"Quay Tale {number}", year=1950 + int(number) % 70, runtime_minutes=100, monitored=False, slots=slots
        )


def offer(made: MadeRelease) -> OfferedRelease:
    """A release of the world as a feed has it."""
    seen = made.observation
    title = _TITLE.sub(r"Quay.Tale.\1.\2.", made.name)
    grabs = (("grabs", str(seen.snatches)),)
    return offer_name(title, guid=seen.key, size=seen.size, published=seen.added, attributes=grabs)


def offer_name(title: str, **facts: object) -> OfferedRelease:
    """A healthy offer."""
    usual = {"size": 4_000_000_000, "seeders": 12, "published": REFERENCE_DATE, "url": "/nothing"}
    return OfferedRelease(title=title, **usual | facts)  # type: ignore[arg-type]


def offer_all(*, public: bool) -> list[OfferedRelease]:
    """What the private indexer has of the world, and the public one: the strangers' work, under another name."""
    made = [one for one in WORLD.walk() if one.name.endswith(f"-{STRANGER}") is public]
    return [offer(evolve(one, name=one.name.replace(STRANGER, "MOORING"))) for one in made]


@pytest.fixture
def servers() -> Iterator[list[TorznabServer]]:
    """A private indexer and a public one."""
    with ExitStack() as stack:
        yield [stack.enter_context(TorznabServer(offer_all(public=public))) for public in (False, True)]


def write(folder: Path, servers: Sequence[TorznabServer], source: str = EVIDENCE) -> Path:
    """A configuration of both indexers and a database, in which makers break ties by what that source says."""
    indexers = {
        f"indexers.{kind}": f'adapter = "torznab"\nurl = "{server.url}"\nkind = "{kind}"'
        for kind, server in zip(("private", "public"), servers, strict=True)
    }
    return write_configuration(
        folder,
        storage=f'adapter = "sqlalchemy"\nurl = "sqlite:///{folder / "films.db"}"',
        clock=f'adapter = "manual"\nstart = "{REFERENCE_DATE.isoformat()}"',
        group_reputation=source,
        **{"indexers.shelf": ""} | indexers,
    )


def make_pipeline(path: Path) -> Pipeline:
    """The pipeline that the configuration describes."""
    return build_pipeline(tomllib.loads(path.read_text()))


async def see_world(path: Path, servers: Sequence[TorznabServer]) -> None:
    """Let the feeds be read as they go on, a hundred offers at a time, and all groups be judged by what they had."""
    feeds = [list(server.offers) for server in servers]
    async with make_pipeline(path) as pipeline:
        for film in list_films():
            await pipeline.add_movie(film)
        for start in range(0, max(map(len, feeds)), FEED):
            for server, feed in zip(servers, feeds, strict=True):
                server.offers = feed[start : start + FEED]
            await pipeline.sync_feeds()
        await pipeline.refit_groups()


async def search(path: Path, servers: Sequence[TorznabServer], names: Iterable[Sequence[str]]) -> DecisionTable:
    """What is decided of those names, for each indexer its own."""
    for server, own in zip(servers, names, strict=True):
        server.offers = [offer_name(name) for name in own]
    async with make_pipeline(path) as pipeline:
        return (await pipeline.search(FILM, kind=RunKind.SEARCH)).table


async def test_what_feeds_show_is_judged_and_breaks_ties(
    tmp_path: Path, servers: list[TorznabServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two makers of one name are told apart: the same name is preferred from one indexer and not from the other.

    Every other source that a configuration can name is asked in the same way.
    """
    prepare(tmp_path, monkeypatch)
    path = write(tmp_path, servers)
    await see_world(path, servers)

    table = await search(path, servers, [[OTHER, GOOD], [GOOD.replace("H.264", "x264")]])
    ranked = [(one.offer.title.rpartition("-")[2], one.offer.indexer) for one in table.accepted]
    assert ranked == [("MOORING", "private"), ("QUAYSIDE", "private"), ("MOORING", "public")]
    scores = [find_verdict(one, "group reputation").figures["score"] for one in table.accepted]
    assert scores[0] > 60 > 40 > scores[2]

    pytest.importorskip("sklearn", reason="the learned model needs the extra 'learned'")
    (tmp_path / "tiers.json").write_text(json.dumps(TIER), "utf-8")
    tiers, evidence = (f'adapter = "tier_list", path = "{tmp_path / "tiers.json"}", families = ["WEB"]', EVIDENCE)
    for source, good, listed in (
        (tiers.replace(", ", "\n"), "no source knows it", "stands in tier 1 of WEB"),
        (f'adapter = "chain"\nsources = [{{ {evidence} }}, {{ {tiers} }}]', "fresh ones", "stands in tier 1 of WEB"),
        (f'adapter = "blend"\ntiers = {{ {tiers} }}\nevidence = {{ {evidence} }}', "fresh ones", "by the list"),
        (f'adapter = "learned"\nsource = {{ {evidence} }}', "model of outcomes here is not used", "never seen"),
    ):
        table = await search(write(tmp_path, servers, source), servers, [[GOOD, LISTED], []])
        words = {one.offer.title: find_verdict(one, "group reputation").sentence for one in table}
        assert (good in words[GOOD], listed in words[LISTED]) == (True, True), words
