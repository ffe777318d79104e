"""A real harbour: a small real film, seeded over BitTorrent, offered over Torznab, all on loopback."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from radarr_core import Movie, TmdbId
from radarr_core.testing.servers import LinkAnswer, OfferedRelease, TorznabServer, Tracker, WebhookReceiver

EXAMPLES = Path(__file__).parents[2] / "examples"
MOVIE = Movie(title="The Glass Harbor", year=2024, tmdb_id=TmdbId(990017), runtime_minutes=1)
NAME = "The.Glass.Harbor.2024.1080p.WEB-DL.DD5.1.H.264-TIDE"
BROKEN = "The.Glass.Harbor.2024.1080p.BluRay.x264-DOCK"
API_KEY = "a key nobody may see"


@frozen(kw_only=True)
class Harbor:
    """What listens on loopback, and a folder to work in."""

    folder: Path
    indexer: TorznabServer
    receiver: WebhookReceiver

    @property
    def library(self) -> Path:
        """Where films go."""
        return self.folder / "Movies"

    def configure(self, client: dict[str, Any], **tables: Any) -> dict[str, Any]:
        """The configuration of a pipeline that works here."""
        return {
            "library": {"folder": str(self.library)},
            "storage": {"adapter": "sqlalchemy", "url": f"sqlite:///{self.folder / 'library.db'}"},
            "indexers": {"harbor": {"adapter": "torznab", "url": self.indexer.api_url, "api_key": API_KEY}},
            "download_client": client,
            "notifiers": {"hook": {"adapter": "webhook", "url": self.receiver.hook_url}},
            "timing": {"poll_interval": 0.1},
            **tables,
        }

    def embedded_client(self) -> dict[str, Any]:
        """The configuration of the embedded client on loopback."""
        return {
            "adapter": "libtorrent",
            "folder": str(self.folder / "downloads"),
            "listen": "127.0.0.1:0",
            "enable_dht": False,
            "enable_utp": False,
        }

    def films(self) -> list[Path]:
        """Every film in the library."""
        return sorted(path for path in self.library.rglob("*.mkv") if ".recycle" not in path.parts)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real film of twenty seconds at 1080p, made once."""
    support = load_support()
    path = tmp_path_factory.mktemp("film") / f"{NAME}.mkv"
    support["make_film"](path, seconds=20, frames_per_second=2)
    return path


def load_support() -> dict[str, Any]:
    """The film maker and the seeder of the examples; they need PyAV and libtorrent."""
    with contextlib.suppress(ValueError):
        sys.path.remove(str(EXAMPLES))
    sys.path.insert(0, str(EXAMPLES))
    from support.film import make_film
    from support.seeder import Seeder, make_torrent

    return {"make_film": make_film, "Seeder": Seeder, "make_torrent": make_torrent}


@contextlib.contextmanager
def open_harbor(film: Path, folder: Path, *, upload_rate: int | None = None) -> Iterator[Harbor]:
    """Seed the film and offer it, beside a better one whose link leads to a web page."""
    support = load_support()
    seeding = folder / "seeding"
    seeding.mkdir()
    seeded = Path(shutil.copy(film, seeding))
    (folder / "Movies").mkdir()
    with Tracker() as tracker, support["Seeder"](upload_rate=upload_rate) as seeder, WebhookReceiver() as receiver:
        torrent = support["make_torrent"](seeded, tracker.announce_url)
        seeder.seed(torrent, seeding)
        offers = [
            OfferedRelease(title=NAME, size=seeded.stat().st_size, seeders=3, tmdb_id=990017, torrent=torrent),
            OfferedRelease(title=BROKEN, size=9_000_000, seeders=9, tmdb_id=990017, link=LinkAnswer.HTML),
        ]
        with TorznabServer(offers, api_key=API_KEY) as indexer:
            yield Harbor(folder=folder, indexer=indexer, receiver=receiver)
