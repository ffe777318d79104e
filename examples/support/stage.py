"""The stage the quickstart plays on: a film that is seeded, an indexer that offers it among others, a receiver.

Everything is real and on loopback: BitTorrent with a tracker, Torznab over HTTP, a webhook over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from radarr_core import Movie, TmdbId
from radarr_core.testing.servers import LinkAnswer, OfferedRelease, TorznabServer, Tracker, WebhookReceiver

from .film import make_film
from .seeder import Seeder, make_torrent

API_KEY = "quickstart"
MEGABYTE = 1024 * 1024
MOVIE = Movie(title="The Glass Harbor", year=2024, tmdb_id=TmdbId(990017), runtime_minutes=1)
GOOD = "The.Glass.Harbor.2024.1080p.WEB-DL.DD5.1.H.264-TIDE"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What is on the stage."""

    indexer_url: str
    api_key: str
    webhook_url: str
    seeded_file: Path
    receiver: WebhookReceiver

    def count_told(self) -> int:
        """How many events the webhook receiver was told of."""
        return len(self.receiver.received)


@contextmanager
def open_stage(folder: Path, *, upload_rate: int | None = 6 * MEGABYTE) -> Iterator[Stage]:
    """Make the film, seed it, and open the indexer and the receiver; all of it stops with the block.

    Args:
        folder: where the seeded film lies.
        upload_rate: bytes a second, so that the download takes long enough to be seen.
    """
    film = folder / "seeding" / f"{GOOD}.mkv"
    size = make_film(film)
    with Tracker() as tracker, Seeder(upload_rate=upload_rate) as seeder, WebhookReceiver() as receiver:
        torrent = make_torrent(film, tracker.announce_url)
        seeder.seed(torrent, film.parent)
        with TorznabServer(list_offers(torrent, size), api_key=API_KEY) as indexer:
            yield Stage(
                indexer_url=indexer.api_url,
                api_key=API_KEY,
                webhook_url=receiver.hook_url,
                seeded_file=film,
                receiver=receiver,
            )


def list_offers(torrent: bytes, size: int) -> list[OfferedRelease]:
    """Eight releases of two films: one that is good, and seven with something the matter."""
    return [
        _offer(GOOD, size=size, seeders=12, torrent=torrent),
        # Better in name, but larger than a minute of that quality may be.
        _offer("The.Glass.Harbor.2024.PROPER.1080p.WEB-DL.DD5.1.H.264-WAVE", size=300 * MEGABYTE, seeders=40),
        # Another film of the same name.
        _offer("The.Glass.Harbor.1998.1080p.BluRay.x264-OLDER", size=80 * MEGABYTE, seeders=25),
        # Filmed off a screen.
        _offer("The.Glass.Harbor.2024.HDCAM.x264-SEAT12", size=40 * MEGABYTE, seeders=90),
        # A sample, not the film.
        _offer("The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE.SAMPLE", size=4 * MEGABYTE, seeders=12),
        # A name that tries to leave its folder and hides its end.
        _offer("../../../The.Glass.Harbor.2024.1080p.WEB-DL.\u202e462.H-TRAP", size=20 * MEGABYTE, seeders=66),
        # Nobody has it.
        _offer("The.Glass.Harbor.2024.1080p.WEB-DL.DD5.1.H.264-GONE", size=22 * MEGABYTE, seeders=0),
        # The best of all by its name, but its link leads to a web page.
        _offer("The.Glass.Harbor.2024.1080p.BluRay.x264-DOCK", size=90 * MEGABYTE, seeders=31, link=LinkAnswer.HTML),
    ]


def _offer(
    title: str, *, size: int, seeders: int, torrent: bytes | None = None, link: LinkAnswer = LinkAnswer.TORRENT
) -> OfferedRelease:
    return OfferedRelease(
        title=title,
        size=size,
        seeders=seeders,
        peers=seeders,
        tmdb_id=MOVIE.tmdb_id.value if MOVIE.tmdb_id else None,
        published=datetime(2024, 11, 2, 18, 0, tzinfo=UTC),
        torrent=torrent,
        link=link,
    )
