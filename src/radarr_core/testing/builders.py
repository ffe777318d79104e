"""Cases for tests of rules and criteria, by plain facts.

A case is made by the engine itself, so that a rule sees in a test what it sees in a run.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Any

from attrs import define, evolve, field

from radarr_core.domain.decisions import Policy, RuleSet, Situation, decide
from radarr_core.domain.decisions.rules.base import Case, accepted
from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.languages import ENGLISH
from radarr_core.domain.movies import Movie, MovieFile, Slot, SlotKey
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.quality import build_profile
from radarr_core.domain.releases import DownloadProtocol, MediaInfo, Release, VideoStream

CASE_NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
"""The moment of every case that is given no other."""
CASE_NAME = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE"
"""What is offered unless another name is given."""
CASE_MOVIE = Movie(
    title="The Glass Harbor", year=2024, runtime_minutes=100, original_language=ENGLISH, slots=(Slot(profile="Case"),)
)
"""The movie that is wanted unless another is given; its slot's profile is `Case`, from 720p to Remux-1080p."""
CASE_PROFILE = build_profile(
    "Case",
    allowed=("WEB 720p", "Bluray-720p", "WEB 1080p", "Bluray-1080p", "Remux-1080p"),
    cutoff="Bluray-1080p",
    upgrade_allowed=True,
)
"""The profile `Case`."""


def build_offer(title: str = CASE_NAME, **facts: Any) -> Release:
    """A release as a healthy indexer offers it: a torrent of 5 GB, three days old, of twelve seeders.

    Args:
        title: its name.
        facts: fields of `Release` that are to be otherwise; None for what the indexer did not tell.
    """
    usual: dict[str, Any] = {
        "indexer": "harbor",
        "guid": title,
        "protocol": DownloadProtocol.TORRENT,
        "size": 5_000_000_000,
        "seeders": 12,
        "peers": 15,
        "download_url": "https://indexer.example/1.torrent",
        "published": CASE_NOW - timedelta(days=3),
    }
    return Release(title=title, **usual | facts)


def build_held(title: str, *, movie: Movie = CASE_MOVIE, height: int = 1080) -> MovieFile:
    """A file in the movie's first slot that was grabbed on that name.

    Args:
        title: a release name.
        movie: whose file it is.
        height: of the picture in pixels, as a probe found it.
    """
    return MovieFile(
        movie_id=movie.id,
        slot=movie.slots[0].name,
        path=PurePath("/movies/film.mkv"),
        size=5_000_000_000,
        claim=parse_release(title),
        proof=MediaInfo(
            container="Matroska",
            duration=6000.0,
            video=VideoStream(codec="AVC", width=height * 16 // 9, height=height),
        ),
        added=CASE_NOW - timedelta(days=30),
        offer=build_offer(title),
        info_hash=InfoHash("a" * 40),
    )


def build_case(
    offer: str | Release = CASE_NAME,
    *,
    movie: Movie = CASE_MOVIE,
    held: str | MovieFile | None = None,
    policy: Policy | None = None,
    situation: Situation | None = None,
    now: datetime = CASE_NOW,
    **facts: Any,
) -> Case:
    """The case of one offer for the first slot of a movie, or for none where it fits no movie.

    Args:
        offer: a release, or the name of one that is healthy otherwise.
        movie: the one that is wanted; its slot's profile has to be in the policy.
        held: the file the slot has, or the name of the release it was.
        policy: what people decided; by default one with the profile `Case`.
        situation: how things stand; by default nothing is held, queued or blocked.
        now: aware, UTC.
        facts: fields of `Release` that are to be otherwise; None for what the indexer did not tell.

    Raises:
        ValueError: the movie names a profile the policy does not have, or a moment has no time zone.
    """
    situation = situation or Situation()
    if held is not None:
        file = build_held(held, movie=movie) if isinstance(held, str) else held
        situation = evolve(situation, held={**situation.held, SlotKey(movie_id=file.movie_id, slot=file.slot): file})
    release = build_offer(offer, **facts) if isinstance(offer, str) else evolve(offer, **facts)
    policy = policy or Policy(profiles={CASE_PROFILE.name: CASE_PROFILE})
    return find_cases(release, movie=movie, policy=policy, situation=situation, now=now)[0]


def find_cases(
    offer: Release, *, movie: Movie, policy: Policy, situation: Situation, now: datetime
) -> tuple[Case, ...]:
    """Every case the engine makes of an offer: one for each slot of the movie, or a single one without a movie."""
    listener = _Listener()
    rules = RuleSet(rules=(listener,), criteria=())
    decide([offer], wanted=movie, policy=policy, situation=situation, rules=rules, now=now)
    return tuple(listener.cases)


@define(eq=False)
class _Listener:
    """A rule that keeps what it was asked."""

    cases: list[Case] = field(factory=list)
    name: str = "listener"

    def judge(self, case: Case) -> Verdict:
        self.cases.append(case)
        return accepted(self.name, "it was heard")


def change_offer(case: Case, **facts: Any) -> Case:
    """The same case, had the indexer told other facts of the offer than its name and ids; None for not told."""
    offer = evolve(case.offer, **facts)
    return evolve(case, offer=offer, facts=evolve(case.facts, offer=offer) if case.facts else None)
