"""How the download client suite brings up each client."""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path

import qbittorrentapi
from attrs import evolve
from examples.support.seeder import Seeder

from radarr_adapters.download_clients.libtorrent.plugin import LibtorrentAdapter, LibtorrentSettings
from radarr_adapters.download_clients.qbittorrent.plugin import QBittorrentAdapter, QBittorrentSettings
from radarr_core.domain.downloads import DownloadStatus
from radarr_core.domain.releases import DownloadProtocol
from radarr_core.plugins import AdapterContext
from radarr_core.ports.download_client import ClientCapabilities
from radarr_core.settings import Secret
from radarr_core.testing.contracts.download_client import (
    ERROR_OF,
    Accident,
    DownloadClientHarness,
    Failure,
    Seedable,
)
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.download_client import InMemoryDownloadClient
from radarr_core.testing.servers import Fault, Tracker
from radarr_core.testing.servers.qbittorrent import QBittorrentServer
from tests.servers.qbittorrent import PASSWORD, USERNAME, QBittorrentProcess


def _write(folder: Path, seedable: Seedable) -> None:
    for path, content in seedable.contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


class _Harness(DownloadClientHarness):
    """A temporary folder, and whatever else is to be left in the end."""

    def __init__(self):
        self._stack = ExitStack()

    @property
    def client(self):
        """The present one."""
        return self._client

    async def __aenter__(self):
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        try:
            await self.set_up()
        except BaseException:
            self._stack.close()
            raise
        return self

    async def __aexit__(self, kind, error, trace):
        await self._client.aclose()
        self._stack.close()


class _WithSwarm(_Harness):
    """A real seeder and a real tracker, for clients that download."""

    def start_swarm(self):
        """Nothing is seeded yet."""
        tracker = self._stack.enter_context(Tracker())
        self._seeder = self._stack.enter_context(Seeder())
        self.announce_url = tracker.announce_url

    async def seed(self, seedable):
        """Offer it; the tracker knows when this returns."""
        source = self.folder / "source" / str(seedable.torrent.info_hash)
        _write(source, seedable)
        await asyncio.to_thread(self._seeder.seed, seedable.torrent.raw, source)


class LibtorrentHarness(_WithSwarm):
    """The embedded client."""

    accidents = frozenset({Accident.FILES_GONE})

    async def set_up(self):
        """Open the client."""
        self.start_swarm()
        self._client = self._create()

    def _create(self):
        settings = LibtorrentSettings(
            folder=self.folder / "downloads", listen="127.0.0.1:0", enable_dht=False, enable_utp=False, timeout=20.0
        )
        return LibtorrentAdapter.create(settings, AdapterContext(name="embedded", clock=ManualClock()))

    async def reopen(self):
        """End the session and start another one."""
        await self._client.aclose()
        self._client = self._create()

    async def harm(self, info_hash, accident):
        """Delete the files."""
        item = (await self._client.find_downloads([info_hash]))[info_hash]
        await asyncio.to_thread(Path(item.output_path).unlink)


class _QBittorrentHarness(_WithSwarm):
    """What the real qBittorrent and the stand-in have in common."""

    has_strangers = True

    def create(self, url, *, username=USERNAME, password=PASSWORD, timeout=15.0):
        """A client; the password is right unless another one is named."""
        settings = QBittorrentSettings(url=url, username=username, password=Secret(password), timeout=timeout)
        return QBittorrentAdapter.create(settings, AdapterContext(name="my qbittorrent", clock=ManualClock()))

    async def _swap(self, client):
        await self._client.aclose()
        self._client = client


class QBittorrentHarness(_QBittorrentHarness):
    """A real qbittorrent-nox that asks for a password."""

    failures = frozenset({Failure.REFUSED, Failure.HANGS, Failure.WRONG_PASSWORD})
    accidents = frozenset({Accident.FILES_GONE, Accident.VANISHES})

    async def set_up(self):
        """Start the program."""
        self._process = QBittorrentProcess(self.folder)
        self._stack.callback(self._process.kill)
        self.start_swarm()
        await asyncio.to_thread(self._process.start)
        self._client = self.create(self._process.url)

    async def reopen(self):
        """End the program and start it again; killed, it forgets what was added in the last moments."""
        await self._client.aclose()
        await asyncio.to_thread(self._process.terminate)
        await asyncio.to_thread(self._process.start)
        self._client = self.create(self._process.url)

    async def fail(self, failure):
        """End it, freeze it, or come with another password."""
        if failure is None:
            self._process.thaw()
            await asyncio.to_thread(self._process.start)
            await self._swap(self.create(self._process.url))
        elif failure is Failure.REFUSED:
            await asyncio.to_thread(self._process.terminate)
        elif failure is Failure.HANGS:
            await self._swap(self.create(self._process.url, timeout=1.0))
            self._process.freeze()
        else:
            await self._swap(self.create(self._process.url, password="wrong"))

    async def harm(self, info_hash, accident):
        """Delete the files while it is down, or remove the torrent by another client."""
        if accident is Accident.VANISHES:
            await asyncio.to_thread(self._as_somebody_else, lambda api: api.torrents_delete(torrent_hashes=info_hash))
            return
        item = (await self._client.find_downloads([info_hash]))[info_hash]
        await asyncio.to_thread(self._process.terminate)
        await asyncio.to_thread(Path(item.output_path).unlink)
        await asyncio.to_thread(self._process.start)

    async def add_stranger(self, seedable):
        """Add it under another category."""
        raw = seedable.torrent.raw
        await asyncio.to_thread(
            self._as_somebody_else, lambda api: api.torrents_add(torrent_files=raw, category="somebody")
        )

    def _as_somebody_else(self, deed):
        with qbittorrentapi.Client(host=self._process.url, username=USERNAME, password=PASSWORD) as api:
            deed(api)
            api._trigger_session_initialization()


class QBittorrent5Harness(_QBittorrentHarness):
    """The stand-in, which is told when a download is finished."""

    failures = frozenset(Failure)
    accidents = frozenset(Accident)
    api_version = "2.11.2"

    async def set_up(self):
        """Start the stand-in."""
        downloads = self.folder / "downloads"
        downloads.mkdir()
        self._server = self._stack.enter_context(
            QBittorrentServer(password=PASSWORD, save_path=str(downloads), api_version=self.api_version)
        )
        self._client = self.create(self._server.url)
        self._seedable = {}
        self._task = asyncio.create_task(self._download())

    async def __aexit__(self, kind, error, trace):
        self._task.cancel()
        await super().__aexit__(kind, error, trace)

    async def seed(self, seedable):
        """From now on the stand-in finishes it."""
        self._seedable[str(seedable.torrent.info_hash)] = seedable

    async def _download(self):
        while True:
            for entry in self._server.list_torrents():
                seedable = self._seedable.get(entry["hash"])
                if seedable is not None and entry["state"] in ("metaDL", "stalledDL"):
                    self._finish(entry["hash"], seedable)
            await asyncio.sleep(0.01)

    def _finish(self, info_hash, seedable):
        _write(Path(self._server.save_path), seedable)
        name, size = seedable.torrent.name, seedable.torrent.size
        path = f"{self._server.save_path}/{name}"
        self._server.set_torrent(
            info_hash, state="stoppedUP", progress=1, name=name, size=size, content_path=path, ratio=1.5
        )

    async def reopen(self):
        """Forget who is logged in, as a restart does."""
        self._server.end_session()
        await self._swap(self.create(self._server.url))

    async def fail(self, failure):
        """Let the stand-in misbehave, or come with another password."""
        faults = {Failure.REFUSED: Fault.REFUSED, Failure.HANGS: Fault.HANG, Failure.NONSENSE: Fault.HTML}
        self._server.fault = faults.get(failure)
        if failure is Failure.WRONG_PASSWORD:
            await self._swap(self.create(self._server.url, password="wrong"))
        elif failure is Failure.HANGS:
            await self._swap(self.create(self._server.url, timeout=0.5))
        elif failure is None:
            await self._swap(self.create(self._server.url))

    async def harm(self, info_hash, accident):
        """Change or drop the entry."""
        if accident is Accident.VANISHES:
            self._server.drop_torrent(str(info_hash))
        else:
            state = {Accident.FILES_GONE: "missingFiles", Accident.ERROR: "error"}[accident]
            self._server.set_torrent(str(info_hash), state=state)

    async def add_stranger(self, seedable):
        """Add it as a person would, and move it to another category."""
        await self._client.add(seedable.torrent)
        self._server.set_torrent(str(seedable.torrent.info_hash), category="somebody")


class QBittorrent52Harness(QBittorrent5Harness):
    """The stand-in as qBittorrent 5.2 answers: JSON and statuses where texts were."""

    api_version = "2.15.1"


class InMemoryHarness(_Harness):
    """The fake."""

    failures = frozenset(Failure)
    accidents = frozenset(Accident)
    capabilities = ClientCapabilities(protocol=DownloadProtocol.TORRENT, survives_restart=False)

    async def set_up(self):
        """Nothing to start."""
        self._client = InMemoryDownloadClient(self.folder, capabilities=self.capabilities)
        self._seedable = {}

    async def seed(self, seedable):
        """Finish it now, or as soon as it is added."""
        client, info_hash, add = self._client, seedable.torrent.info_hash, self._client.add

        async def add_and_finish(payload):
            added = await add(payload)
            if added == info_hash:
                client.finish(info_hash, seedable.contents)
            return added

        client.add = add_and_finish
        if info_hash in await client.find_downloads([info_hash]):
            client.finish(info_hash, seedable.contents)

    async def reopen(self):
        """It does not survive that."""
        self._client = InMemoryDownloadClient(self.folder)

    async def fail(self, failure):
        """Raise what the failure is."""
        self._client.failure = ERROR_OF[failure](str(failure), adapter="memory") if failure else None

    async def harm(self, info_hash, accident):
        """Change or drop the item."""
        if accident is Accident.VANISHES:
            self._client.drop_item(info_hash)
        else:
            item = (await self._client.find_downloads([info_hash]))[info_hash]
            self._client.set_item(evolve(item, status=DownloadStatus.WARNING, message=str(accident)))


class MagnetlessHarness(InMemoryHarness):
    """The fake with as little declared as a client may declare."""

    capabilities = ClientCapabilities(protocol=DownloadProtocol.TORRENT, magnets=False, survives_restart=False)


HARNESSES: dict[str, type[DownloadClientHarness]] = {
    "libtorrent": LibtorrentHarness,
    "qbittorrent": QBittorrentHarness,
    "qbittorrent 5 (stand-in)": QBittorrent5Harness,
    "qbittorrent 5.2 (stand-in)": QBittorrent52Harness,
    "InMemoryDownloadClient": InMemoryHarness,
    "InMemoryDownloadClient without magnet links": MagnetlessHarness,
}
