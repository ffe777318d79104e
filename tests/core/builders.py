"""Short ways to the values the decision tests speak of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Any

from radarr_core.domain.downloads import Grab
from radarr_core.domain.identifiers import CorrelationId, InfoHash
from radarr_core.domain.languages import ENGLISH
from radarr_core.domain.movies import Movie, MovieFile, Slot, SlotKey
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.quality import QualityProfile, build_profile
from radarr_core.domain.releases import DownloadProtocol, MediaInfo, Release, VideoStream

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MOVIE = Movie(
    title="The Glass Harbor",
    year=2024,
    runtime_minutes=100,
    original_language=ENGLISH,
    slots=(Slot(profile="Test"),),
)
KEY = SlotKey(movie_id=MOVIE.id)
GOOD = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE"
BETTER = "The.Glass.Harbor.2024.1080p.BluRay.x264-DOCK"
PROPER = "The.Glass.Harbor.2024.PROPER.1080p.WEB-DL.H.264-TIDE"


def make_profile(**changes: Any) -> QualityProfile:
    """HDTV-720p up to Remux-1080p, upgrading to Bluray-1080p."""
    settings: dict[str, Any] = {
        "allowed": ("HDTV-720p", "WEB 720p", "Bluray-720p", "HDTV-1080p", "WEB 1080p", "Bluray-1080p", "Remux-1080p"),
        "cutoff": "Bluray-1080p",
        "upgrade_allowed": True,
    }
    return build_profile("Test", **settings | changes)


def make_offer(title: str = GOOD, **changes: Any) -> Release:
    """A healthy torrent of 5 GB."""
    settings: dict[str, Any] = {
        "indexer": "harbor",
        "guid": title,
        "title": title,
        "protocol": DownloadProtocol.TORRENT,
        "size": 5_000_000_000,
        "seeders": 12,
        "peers": 15,
        "download_url": "https://indexer.example/1.torrent",
        "published": NOW - timedelta(days=3),
    }
    return Release(**settings | changes)


def make_proof(height: int = 1080, width: int | None = None) -> MediaInfo:
    """What a probe would say of a sound file."""
    return MediaInfo(
        container="Matroska",
        duration=6000.0,
        video=VideoStream(codec="AVC", width=width or height * 16 // 9, height=height),
    )


def make_file(title: str = GOOD, height: int = 1080) -> MovieFile:
    """A file in the movie's slot, grabbed on that name and proving that height."""
    return MovieFile(
        movie_id=MOVIE.id,
        slot=KEY.slot,
        path=PurePath("/movies/a.mkv"),
        size=5_000_000_000,
        claim=parse_release(title),
        proof=make_proof(height),
        added=NOW,
        offer=make_offer(title),
        info_hash=InfoHash("a" * 40),
    )


def make_grab(title: str = GOOD, **changes: Any) -> Grab:
    """A grab for the movie's slot that is under way."""
    settings: dict[str, Any] = {
        "info_hash": InfoHash("b" * 40),
        "target": KEY,
        "claim": parse_release(title),
        "offer": make_offer(title),
        "client": "client",
        "grabbed_at": NOW,
        "correlation_id": CorrelationId("c"),
    }
    return Grab(**settings | changes)
