"""The whole job over real protocols, real servers and real files."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from radarr_adapters.bootstrap import build_pipeline
from radarr_core import Imported, ServiceFailed
from radarr_core.domain.events import MovieFileImported
from radarr_core.errors import StorageInUseError
from radarr_core.services.progress import Downloading
from radarr_core.testing.servers import Fault, TorznabServer
from tests.servers.postgresql import create_database
from tests.servers.qbittorrent import PASSWORD, USERNAME, QBittorrentProcess

from .harbor import API_KEY, BROKEN, MOVIE, NAME, Harbor, open_harbor

ROOT = Path(__file__).parents[2]


@pytest.fixture
def qbittorrent(tmp_path: Path) -> Iterator[QBittorrentProcess]:
    """A real qBittorrent of its own."""
    process = QBittorrentProcess(tmp_path / "qbittorrent")
    process.start()
    yield process
    process.kill()


def reach(process: QBittorrentProcess, password: str = PASSWORD) -> dict[str, Any]:
    """The configuration that reaches it."""
    return {"adapter": "qbittorrent", "url": process.url, "username": USERNAME, "password": password}


async def test_the_main_job_with_a_real_qbittorrent(harbor: Harbor, qbittorrent: QBittorrentProcess) -> None:
    """A real client downloads from a real seeder, and its file is linked into the library and stays with it."""
    async with build_pipeline(harbor.configure(reach(qbittorrent))) as pipeline:
        acquired = await pipeline.acquire(MOVIE)
        history = await pipeline.history(MOVIE.id)
    assert isinstance(acquired.outcome, Imported)
    (film,) = harbor.films()
    assert film.samefile(qbittorrent.downloads / f"{NAME}.mkv")
    assert film.name == "The Glass Harbor (2024) WEBDL-1080p.mkv"
    told = [hook.json["event"]["type"] for hook in harbor.receiver.received]
    assert told == [type(stored.event).__name__ for stored in history]
    assert [type(stored.event) for stored in history].count(MovieFileImported) == 1
    assert API_KEY not in str([stored.event for stored in history])


async def test_a_wrong_password_at_qbittorrent_ends_with_that_word(
    harbor: Harbor, qbittorrent: QBittorrentProcess
) -> None:
    """The answer names the client and the trouble, never the password."""
    async with build_pipeline(harbor.configure(reach(qbittorrent, "wrong hush"))) as pipeline:
        acquired = await pipeline.acquire(MOVIE)
    assert isinstance(acquired.outcome, ServiceFailed)
    (reason,) = acquired.outcome.reasons
    assert "qbittorrent" in reason
    assert "hush" not in reason


async def test_qbittorrent_that_is_restarted_during_a_download_costs_nothing(
    film: Path, tmp_path: Path, qbittorrent: QBittorrentProcess
) -> None:
    """Killed and started again in the middle, it goes on, and so do we: one import."""
    with open_harbor(film, tmp_path, upload_rate=1024 * 1024) as harbor:
        async with build_pipeline(harbor.configure(reach(qbittorrent))) as pipeline:
            acquisition = pipeline.acquire(MOVIE)
            has_restarted = False
            async for progress in acquisition:
                if isinstance(progress, Downloading) and not has_restarted:
                    has_restarted = True
                    await asyncio.to_thread(qbittorrent.kill)
                    await asyncio.to_thread(qbittorrent.start)
            acquired = await acquisition
            history = await pipeline.history(MOVIE.id)
    assert has_restarted
    assert isinstance(acquired.outcome, Imported)
    assert [type(stored.event) for stored in history].count(MovieFileImported) == 1


async def test_the_main_job_with_the_embedded_client(harbor: Harbor) -> None:
    """Nothing is needed but this process: the torrent arrives by libtorrent."""
    async with build_pipeline(harbor.configure(harbor.embedded_client())) as pipeline:
        acquired = await pipeline.acquire(MOVIE)
    assert isinstance(acquired.outcome, Imported)
    assert len(harbor.films()) == 1
    assert acquired.table is not None
    assert [decision.offer.title for decision in acquired.table] == [BROKEN, NAME]


async def test_the_main_job_on_postgresql(harbor: Harbor) -> None:
    """The same job with the library's memory in PostgreSQL, by changing the address alone."""
    storage = {"adapter": "sqlalchemy", "url": create_database()}
    configuration = harbor.configure(harbor.embedded_client(), storage=storage)
    async with build_pipeline(configuration) as pipeline:
        assert isinstance((await pipeline.acquire(MOVIE)).outcome, Imported)
        with pytest.raises(StorageInUseError):
            async with build_pipeline(configuration):
                pytest.fail("a second pipeline was let in")
    async with build_pipeline(configuration) as pipeline:
        assert len(await pipeline.files()) == 1


CHILD = """
import asyncio, json, sys
from radarr_adapters.bootstrap import build_pipeline
from radarr_core import Movie, TmdbId
from radarr_core.services.progress import Downloading

async def main():
    async with build_pipeline(json.loads(sys.argv[1])) as pipeline:
        movie = Movie(title="The Glass Harbor", year=2024, tmdb_id=TmdbId(990017), runtime_minutes=1)
        async for progress in pipeline.acquire(movie):
            if isinstance(progress, Downloading):
                print("downloading", flush=True)

asyncio.run(main())
"""


def start_child(configuration: dict[str, Any]) -> subprocess.Popen[bytes]:
    """A pipeline in a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(CHILD), json.dumps(configuration)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


async def test_a_pipeline_killed_between_grab_and_import_imports_exactly_once(film: Path, tmp_path: Path) -> None:
    """SIGKILL while the film is downloading: the next process goes on where it was, without a second search."""
    with open_harbor(film, tmp_path, upload_rate=512 * 1024) as harbor:
        configuration = harbor.configure(harbor.embedded_client())
        child = start_child(configuration)
        try:
            assert child.stdout is not None
            assert await asyncio.to_thread(child.stdout.readline) == b"downloading\n"
            os.kill(child.pid, signal.SIGKILL)
        finally:
            child.kill()
            child.communicate()
        searches = len(harbor.indexer.searches)
        async with build_pipeline(configuration) as pipeline:
            acquired = await pipeline.acquire(MOVIE)
            history = await pipeline.history(MOVIE.id)
        assert isinstance(acquired.outcome, Imported)
        assert len(harbor.indexer.searches) == searches
        assert [type(stored.event) for stored in history].count(MovieFileImported) == 1
        assert len(harbor.films()) == 1


async def test_an_indexer_with_a_fault_does_not_spoil_the_others(harbor: Harbor, film: Path) -> None:
    """A second indexer that answers HTML with status 200 is named; the film arrives all the same."""
    with TorznabServer() as broken:
        broken.fault = Fault.HTML
        indexers = {
            "harbor": {"adapter": "torznab", "url": harbor.indexer.api_url, "api_key": API_KEY},
            "broken": {"adapter": "torznab", "url": broken.api_url},
        }
        async with build_pipeline(harbor.configure(harbor.embedded_client(), indexers=indexers)) as pipeline:
            acquired = await pipeline.acquire(MOVIE)
    assert isinstance(acquired.outcome, Imported)
    (failure,) = acquired.failures
    assert failure.indexer == "broken"
