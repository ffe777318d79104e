"""What the embedded client does beyond the port: its disk, its thread, its restarts."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from examples.support.seeder import Seeder

from radarr_adapters.download_clients.libtorrent import binding, plugin
from radarr_adapters.download_clients.libtorrent.binding import PHASE_OF, Phase, Torrent, TorrentState, lt
from radarr_adapters.download_clients.libtorrent.client import ERROR_OF
from radarr_adapters.download_clients.libtorrent.engine import Engine, write_whole
from radarr_adapters.download_clients.libtorrent.plugin import LibtorrentAdapter, LibtorrentSettings
from radarr_adapters.download_clients.libtorrent.wire import PATIENCE, STATUS_OF, item_from_state
from radarr_adapters.download_clients.libtorrent.worker import Worker
from radarr_core.domain.downloads import DownloadStatus
from radarr_core.domain.identifiers import InfoHash
from radarr_core.errors import BugError, ConfigurationError, FileSystemError, ServiceUnavailableError
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.settings import read_settings
from radarr_core.testing.contracts.download_client import make_seedable
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.servers import Tracker
from tests.mounts import Mounts

REPOSITORY = Path(__file__).parents[2]
CHILD_ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{REPOSITORY / 'src'}:{REPOSITORY}"}


def run_child(code):
    """What a program prints that a Python of its own runs."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=CHILD_ENVIRONMENT
    )
    return done.stdout.strip()


def create(folder, **settings):
    """A client on loopback, quick to close."""
    given = {"folder": folder, "listen": "127.0.0.1:0", "enable_dht": False, "enable_utp": False, **settings}
    return LibtorrentAdapter.create(LibtorrentSettings(**given), AdapterContext(name="mine", clock=ManualClock()))


@pytest.fixture
def swarm(tmp_path):
    """A function that seeds a torrent, and the tracker's address as its attribute."""
    with Tracker() as tracker, Seeder() as seeder:

        def seed(name, contents):
            seedable = make_seedable(name, contents, announce_url=tracker.announce_url)
            for path, content in seedable.contents.items():
                target = tmp_path / "source" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            seeder.seed(seedable.torrent.raw, tmp_path / "source")
            return seedable

        seed.announce_url = tracker.announce_url
        yield seed


async def wait_for(client, info_hash, *statuses, seconds=30):
    """The item once it has one of the statuses."""
    end = time.monotonic() + seconds
    item = None
    while time.monotonic() < end:
        item = (await client.find_downloads([info_hash])).get(info_hash)
        if item is not None and item.status in statuses:
            return item
        await asyncio.sleep(0.02)
    pytest.fail(f"still {item!r} after {seconds} s")


async def finish(engine, info_hash):
    """Let an engine that runs in this thread finish a download."""
    end = time.monotonic() + 30
    while [item.status for item in engine.list_items()] != [DownloadStatus.COMPLETED]:
        assert time.monotonic() < end, engine.list_items()
        engine.tick()
        await asyncio.sleep(0.02)


def spoil(item):
    """Overwrite a finished file with nothing, of the same size."""
    Path(item.output_path).write_bytes(b"\0" * item.size)


def read(path):
    """The bytes of a file."""
    return Path(path).read_bytes()


def state(**values):
    """A torrent state; what is not given is what an unremarkable download has."""
    usual = {
        "info_hash": InfoHash("ab" * 20),
        "name": "Alpha.mkv",
        "phase": Phase.DOWNLOADING,
        "size": 1000,
        "progress": 0.5,
        "rate": 10,
        "uploaded": 0,
        "downloaded": 500,
        "peers": 1,
        "active_seconds": 5,
        "content": Path("/downloads/ab/Alpha.mkv"),
        "error": None,
    }
    return TorrentState(**usual | values)


class TestWire:
    """A state of the library -> an item of the port."""

    def test_every_state_of_the_library_has_a_phase(self):
        """A state that is missing would raise in the middle of a listing."""
        assert set(PHASE_OF) == {int(value) for value in lt.torrent_status.states.values}

    def test_every_phase_has_a_status(self):
        """The table is complete."""
        assert set(STATUS_OF) == set(Phase)

    @pytest.mark.parametrize(
        ("phase", "status"),
        [
            (Phase.FETCHING_METADATA, DownloadStatus.QUEUED),
            (Phase.CHECKING, DownloadStatus.QUEUED),
            (Phase.DOWNLOADING, DownloadStatus.DOWNLOADING),
            (Phase.FLUSHING, DownloadStatus.DOWNLOADING),
            (Phase.FINISHED, DownloadStatus.COMPLETED),
        ],
    )
    def test_a_phase_becomes_a_status(self, phase, status):
        """Only what is finished and flushed is completed."""
        assert item_from_state(state(phase=phase), has_content=True).status is status

    def test_an_error_is_a_warning_with_its_words(self):
        """A full disk is no fault of the release."""
        item = item_from_state(state(phase=Phase.FINISHED, error="No space left on device"), has_content=True)
        assert item.status is DownloadStatus.WARNING
        assert "No space left on device" in item.message

    def test_files_that_are_gone_are_a_warning(self):
        """The library notices only when a peer asks for them; the import would fail before."""
        item = item_from_state(state(phase=Phase.FINISHED), has_content=False)
        assert item.status is DownloadStatus.WARNING
        assert "/downloads/ab/Alpha.mkv" in item.message

    @pytest.mark.parametrize("phase", [Phase.FETCHING_METADATA, Phase.DOWNLOADING])
    def test_nobody_to_fetch_from_is_a_warning_in_time(self, phase):
        """At first no peer is known to anybody, so only lasting loneliness counts."""
        lonely = state(phase=phase, peers=0, active_seconds=PATIENCE)
        assert item_from_state(lonely, has_content=True).status is DownloadStatus.WARNING
        early = state(phase=phase, peers=0, active_seconds=PATIENCE - 1)
        assert item_from_state(early, has_content=True).status is not DownloadStatus.WARNING

    def test_the_ratio_is_unknown_before_anything_came(self):
        """Nothing of nothing is no ratio of zero."""
        assert item_from_state(state(downloaded=0), has_content=True).seed_ratio is None
        assert item_from_state(state(downloaded=200, uploaded=50), has_content=True).seed_ratio == 0.25


class TestSettings:
    """The plugin and what may be configured."""

    def test_is_registered_by_its_hook(self):
        """Built-ins come in as a stranger's plugin does."""
        registry = build_registry([("ours", plugin)])
        assert [a.name for a in registry.list_adapters(PortKind.DOWNLOAD_CLIENT)] == ["libtorrent"]
        assert registry.problems == ()

    def test_the_plugin_imports_without_the_library(self):
        """A listing of plugins must not need every extra."""
        code = (
            "import sys; sys.modules['libtorrent'] = None\n"
            "import radarr_adapters.download_clients.libtorrent.plugin as p; print(p.LibtorrentAdapter.extra)"
        )
        assert run_child(code) == "libtorrent"

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ({"folder": "/d", "listen": "6881"}, "0.0.0.0:6881"),
            ({"folder": "/d", "listen": "0.0.0.0:99999"}, "0.0.0.0:6881"),
            ({"folder": "/d", "timeout": 0}, "timeout"),
            ({"folder": "/d", "upload_rate": 0}, "upload_rate"),
            ({}, "folder"),
        ],
    )
    def test_wrong_settings_are_named(self, data, told):
        """The message names the key or the accepted form."""
        with pytest.raises(ConfigurationError, match=r"clients\.mine") as caught:
            read_settings(LibtorrentSettings, data, where="clients.mine", environ={})
        assert told in str(caught.value)

    @pytest.mark.parametrize("listen", ["0.0.0.0:6881,[::]:6881", "127.0.0.1:0", "eth0:6881"])
    def test_addresses_the_library_takes_are_accepted(self, listen):
        """Several addresses, IPv6 and names of interfaces."""
        assert LibtorrentSettings(folder=Path("/d"), listen=listen).listen == listen


class ResizableMounts(Mounts):
    """Disks that can grow."""

    def resize(self, mounted, *, size):
        """Make room."""
        self._run("mount", "-o", f"remount,size={size}", str(mounted))


class TestDisk:
    """Full, forbidden, in use, or holding rubbish."""

    @pytest.fixture
    def mounts(self, tmp_path):
        """Small disks."""
        mounts = ResizableMounts(tmp_path)
        yield mounts
        mounts.close()

    @pytest.mark.parametrize("size", ["2m", "2900k"])
    async def test_a_full_disk_is_a_warning_until_there_is_room(self, mounts, swarm, size):
        """It is never called completed with bytes missing, and goes on by itself once a person has made room."""
        disk = mounts.tmpfs("full", size=size)
        film = swarm("Alpha.mkv", 3_000_000)
        client = create(disk, save_interval=1.0)
        try:
            info_hash = await client.add(film.torrent)
            item = await wait_for(client, info_hash, DownloadStatus.WARNING, DownloadStatus.COMPLETED)
            assert item.status is DownloadStatus.WARNING
            assert "No space left" in item.message
            mounts.resize(disk, size="30m")
            done = await wait_for(client, info_hash, DownloadStatus.COMPLETED)
            assert read(done.output_path) == film.contents["Alpha.mkv"]
        finally:
            await client.aclose()

    @pytest.fixture
    def engine(self, tmp_path):
        """What the thread does, without the thread."""
        settings = LibtorrentSettings(
            folder=tmp_path / "d", listen="127.0.0.1:0", enable_dht=False, enable_utp=False, timeout=20.0
        )
        engine = Engine(settings, "mine")
        yield engine
        engine.close()

    async def test_not_completed_before_it_is_flushed(self, tmp_path, swarm, monkeypatch):
        """The library is finished once all pieces were checked in memory; the last may still fail to be written."""
        monkeypatch.setattr(binding, "FLUSH_PATIENCE", 0.01)
        monkeypatch.setattr(binding.TorrentSession, "_flush", lambda self, handle, info_hash: None)
        film = swarm("Alpha.mkv", 300_000)
        client = create(tmp_path / "d")
        try:
            info_hash = await client.add(film.torrent)
            end = time.monotonic() + 20
            while (item := (await client.find_downloads([info_hash]))[info_hash]).progress < 1:
                assert time.monotonic() < end, item
                await asyncio.sleep(0.02)
            for _ in range(5):
                (item,) = await client.list_downloads()
                assert item.status is not DownloadStatus.COMPLETED
        finally:
            await client.aclose()

    async def test_after_a_disk_error_nothing_is_taken_for_granted(self, tmp_path, swarm, engine, monkeypatch):
        """What the library believes to have is checked on the disk before the download can be completed again."""
        film = swarm("Alpha.mkv", 300_000)
        info_hash = engine.add(film.torrent)
        await finish(engine, info_hash)
        engine._session._wait_until(lambda: engine._session._awaited <= 0, 10)
        engine.tick()
        (item,) = engine.list_items()
        spoil(item)
        monkeypatch.setattr(engine._session, "list_faulty", lambda: [info_hash])
        engine._retry_faulty(engine._session)
        (item,) = engine.list_items()
        assert item.status is not DownloadStatus.COMPLETED
        await finish(engine, info_hash)
        assert read(item.output_path) == film.contents["Alpha.mkv"]

    async def test_after_a_disk_error_no_progress_is_saved(self, swarm, engine):
        """It may speak of pieces that could not be written; what was saved before is right."""
        film = swarm("Alpha.mkv", 300_000)
        info_hash = engine.add(film.torrent)
        await finish(engine, info_hash)
        session = engine._session
        session._wait_until(lambda: session._awaited <= 0, 10)
        session.poll()
        session._faults[info_hash] = "No space left on device"
        session._request(session._find(info_hash))
        session._wait_until(lambda: session._awaited <= 0, 10)
        assert session._awaited == 0
        assert session.poll() == {}

    async def test_what_cannot_be_saved_now_is_saved_later(self, swarm, engine, monkeypatch, caplog):
        """The disk may be full of the download itself."""
        film = swarm("Alpha.mkv", 300_000)
        info_hash = engine.add(film.torrent)

        def refuse(path, content):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr("radarr_adapters.download_clients.libtorrent.engine.write_whole", refuse)
            await finish(engine, info_hash)
            engine._session._wait_until(lambda: engine._session._awaited <= 0, 10)
            engine.tick()
        assert "cannot be saved" in caplog.text
        before = engine._path_of(info_hash).read_bytes()
        engine.tick()
        assert engine._path_of(info_hash).read_bytes() != before
        assert engine._unsaved == {}

    async def test_a_folder_in_the_way_is_a_warning(self, tmp_path, swarm):
        """Whatever keeps a file from being written is shown in the system's words."""
        film = swarm("Alpha.mkv", 300_000)
        (tmp_path / "d" / str(film.torrent.info_hash) / "Alpha.mkv").mkdir(parents=True)
        client = create(tmp_path / "d")
        try:
            item = await wait_for(client, await client.add(film.torrent), DownloadStatus.WARNING)
            assert "Is a directory" in item.message
        finally:
            await client.aclose()

    async def test_a_folder_that_cannot_be_made(self, tmp_path):
        """It is the person's disk, not a bug, and the message names the path."""
        (tmp_path / "file").write_text("")
        client = create(tmp_path / "file" / "downloads")
        try:
            with pytest.raises(FileSystemError, match="file") as caught:
                await client.check()
            assert caught.value.adapter == "mine"
        finally:
            await client.aclose()

    def test_errors_of_the_system_are_mapped(self):
        """Full and forbidden are told apart."""
        assert {kind.__name__ for kind in ERROR_OF.values()} == {"DiskFullError", "ReadOnlyError"}

    async def test_another_process_is_refused(self, tmp_path):
        """Two sessions would write to one file; the second is told so, and takes over once the first is closed."""
        first, second = create(tmp_path), create(tmp_path)
        await first.check()
        with pytest.raises(ServiceUnavailableError, match="state_folder"):
            await second.check()
        await first.aclose()
        assert "libtorrent" in await second.check()
        await second.aclose()

    async def test_rubbish_among_the_resume_data(self, tmp_path, caplog):
        """One broken file is named and left out, the other downloads go on."""
        client = create(tmp_path)
        film = make_seedable("Alpha.mkv", 300_000)
        await client.add(film.torrent)
        await client.aclose()
        (tmp_path / ".radarr-core" / f"{'0' * 40}.resume").write_bytes(b"\0 rubbish")
        client = create(tmp_path)
        with caplog.at_level(logging.WARNING):
            (item,) = await client.list_downloads()
        await client.aclose()
        assert item.info_hash == film.torrent.info_hash
        assert f"{'0' * 40}.resume" in caplog.text

    def test_a_file_is_written_whole_or_not_at_all(self, tmp_path, monkeypatch):
        """A kill in the middle leaves the old content, and no draft is taken for a file."""
        path = tmp_path / "a.resume"
        write_whole(path, b"old")

        def fail(_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space"):
            write_whole(path, b"new and longer")
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]

    async def test_two_files_of_one_name_do_not_meet(self, tmp_path, swarm):
        """Each download has its own folder, so neither spoils the other."""
        films = [
            make_seedable("Alpha.mkv", 300_000, announce_url=swarm.announce_url, seed=2),
            swarm("Alpha.mkv", 300_000),
        ]
        client = create(tmp_path / "d")
        try:
            for film in films:
                await client.add(film.torrent)
            done = await wait_for(client, films[1].torrent.info_hash, DownloadStatus.COMPLETED)
            assert read(done.output_path) == films[1].contents["Alpha.mkv"]
        finally:
            await client.aclose()

    async def test_a_removal_with_data_leaves_nothing(self, tmp_path, swarm):
        """Neither the folder that was made for it, nor what was remembered."""
        film = swarm("Alpha.mkv", 300_000)
        client = create(tmp_path / "d")
        try:
            info_hash = await client.add(film.torrent)
            await wait_for(client, info_hash, DownloadStatus.COMPLETED)
            await client.remove(info_hash, delete_data=True)
        finally:
            await client.aclose()
        assert {path.name for path in (tmp_path / "d").rglob("*")} == {".radarr-core", "lock"}

    async def test_what_others_put_there_survives_a_removal(self, tmp_path, swarm):
        """Only the torrent's own files are deleted."""
        film = swarm("Alpha.mkv", 300_000)
        client = create(tmp_path / "d")
        try:
            info_hash = await client.add(film.torrent)
            done = await wait_for(client, info_hash, DownloadStatus.COMPLETED)
            theirs = Path(done.output_path).with_name("notes.txt")
            theirs.write_text("mine")
            await client.remove(info_hash, delete_data=True)
            assert [path.name for path in theirs.parent.iterdir()] == ["notes.txt"]
        finally:
            await client.aclose()


_CHILD = """
import asyncio, sys
from pathlib import Path
from radarr_core.domain.downloads import TorrentFile, TorrentPayload
from radarr_core.domain.identifiers import InfoHash
from tests.adapters.test_libtorrent import create, wait_for

async def main():
    raw = Path(sys.argv[2]).read_bytes()
    payload = TorrentPayload(
        raw=raw, info_hash=InfoHash(sys.argv[3]), name="Alpha.mkv", files=(TorrentFile(path="Alpha.mkv", size=1),)
    )
    client = create(Path(sys.argv[1]))
    await client.add(payload)
    if sys.argv[4] == "finish":
        await wait_for(client, payload.info_hash, "completed")
    print("ready", flush=True)
    if sys.argv[4] != "exit":
        await asyncio.sleep(60)

asyncio.run(main())
"""


class TestProcess:
    """Kills, restarts and the thread."""

    async def _run_child(self, tmp_path, film, *, how):
        """Run the client in a process of its own until it says that it is ready."""
        (tmp_path / "a.torrent").write_bytes(film.torrent.raw)
        arguments = [str(tmp_path / "d"), str(tmp_path / "a.torrent"), str(film.torrent.info_hash), how]
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _CHILD,
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            env=CHILD_ENVIRONMENT,
            cwd=REPOSITORY,
        )
        assert await asyncio.wait_for(child.stdout.readline(), 60) == b"ready\n"
        if how != "exit":
            child.send_signal(signal.SIGKILL)
        return await asyncio.wait_for(child.wait(), 30)

    @pytest.mark.parametrize("how", ["add", "finish"])
    async def test_a_killed_process_loses_no_download(self, tmp_path, swarm, how):
        """A download is remembered before `add` answers; killed then, or when all is there, it ends well."""
        film = swarm("Alpha.mkv", 3_000_000)
        assert await self._run_child(tmp_path, film, how=how) == -signal.SIGKILL
        client = create(tmp_path / "d")
        try:
            assert [item.info_hash for item in await client.list_downloads()] == [film.torrent.info_hash]
            done = await wait_for(client, film.torrent.info_hash, DownloadStatus.COMPLETED)
            assert read(done.output_path) == film.contents["Alpha.mkv"]
        finally:
            await client.aclose()

    async def test_a_program_that_forgets_to_close_ends_all_the_same(self, tmp_path, swarm):
        """The thread keeps no process alive, and what was under way is written down."""
        film = swarm("Alpha.mkv", 300_000)
        assert await self._run_child(tmp_path, film, how="exit") == 0

    async def test_what_was_downloaded_is_not_downloaded_again(self, tmp_path, swarm):
        """Resume data tells what is there: after a restart nothing is fetched and nothing checked."""
        film = swarm("Alpha.mkv", 3_000_000)
        client = create(tmp_path / "d")
        await wait_for(client, await client.add(film.torrent), DownloadStatus.COMPLETED)
        await client.aclose()
        saved = lt.read_resume_data(read(tmp_path / "d" / ".radarr-core" / f"{film.torrent.info_hash}.resume"))
        assert saved.have_pieces[:12] == [True] * 12  # the list is padded to whole bytes
        client = create(tmp_path / "d")
        item = await wait_for(client, film.torrent.info_hash, DownloadStatus.COMPLETED)
        await client.aclose()
        assert item.progress == 1

    async def test_progress_is_saved_on_the_way(self, tmp_path):
        """Periodically, so that a kill costs no more than that."""
        with Tracker() as tracker, Seeder(upload_rate=1_500_000) as seeder:
            film = make_seedable("Alpha.mkv", 12_000_000, announce_url=tracker.announce_url)
            (tmp_path / "Alpha.mkv").write_bytes(film.contents["Alpha.mkv"])
            seeder.seed(film.torrent.raw, tmp_path)
            client = create(tmp_path / "d", save_interval=0.2)
            info_hash = await client.add(film.torrent)
            resume = tmp_path / "d" / ".radarr-core" / f"{info_hash}.resume"
            try:
                end = time.monotonic() + 20
                while not any(lt.read_resume_data(read(resume)).have_pieces):
                    assert time.monotonic() < end, "nothing was saved"
                    await asyncio.sleep(0.05)
                (item,) = await client.list_downloads()
                assert item.status is DownloadStatus.DOWNLOADING
            finally:
                await client.aclose()

    async def test_one_thread_does_everything(self, tmp_path, monkeypatch):
        """The library's objects are touched by the worker alone, whatever is called and however often."""
        seen = set()
        original = Torrent.from_file.__func__
        monkeypatch.setattr(
            Torrent,
            "from_file",
            classmethod(lambda cls, raw: (seen.add(threading.current_thread().name), original(cls, raw))[1]),
        )
        client = create(tmp_path)
        films = [make_seedable(f"Alpha{n}.mkv", 1000) for n in range(5)]
        await asyncio.gather(*(client.add(film.torrent) for film in films))
        await client.aclose()
        assert seen == {"download client mine"}

    async def test_closing_with_utp_ends_in_time_and_stalls_nobody(self, tmp_path):
        """The library takes its time to end a session; the event loop goes on meanwhile."""
        client = create(tmp_path, enable_utp=True, timeout=20.0)
        await client.add(make_seedable("Alpha.mkv", 300_000).torrent)
        worst = 0.0
        closing = asyncio.create_task(client.aclose())
        while not closing.done():
            before = time.monotonic()
            await asyncio.sleep(0.005)
            worst = max(worst, time.monotonic() - before)
        await closing
        assert worst < 1.0

    async def test_a_busy_thread_costs_no_more_than_the_deadline(self, tmp_path):
        """A caller hears in time that there is no answer, and the next one is served."""
        client = create(tmp_path, timeout=0.3)
        await client.check()
        release = threading.Event()
        client._worker.submit(lambda: release.wait(20))
        with pytest.raises(ServiceUnavailableError, match=r"0\.3 s"):
            await client.list_downloads()
        release.set()
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                assert await client.list_downloads() == ()
                break
            except ServiceUnavailableError:
                continue
        await client.aclose()

    async def test_a_closed_client_says_so(self, tmp_path):
        """Using it afterwards is a defect of the caller."""
        client = create(tmp_path)
        await client.aclose()
        with pytest.raises(BugError, match="closed"):
            await client.list_downloads()


class TestWorker:
    """The thread on its own."""

    def test_a_program_that_ends_without_stop_still_does_the_last_job(self):
        """Else what was downloaded since the last saving would be downloaded again."""
        code = (
            "from radarr_adapters.download_clients.libtorrent.worker import Worker\n"
            "w = Worker('w', tick=lambda: None, interval=60, last=lambda: print('last'), patience=5)\n"
            "w.submit(lambda: None).result(5)"
        )
        assert run_child(code) == "last"

    def test_a_tick_that_fails_does_not_end_the_thread(self, caplog):
        """The next job is done all the same."""
        ticked = threading.Event()

        def tick():
            ticked.set()
            raise RuntimeError("no")

        worker = Worker("w", tick=tick, interval=0.01, last=lambda: None, patience=5)
        assert worker.submit(lambda: 1).result(5) == 1
        assert ticked.wait(5)
        assert worker.submit(lambda: 2).result(5) == 2
        assert worker.stop(5)
        assert "between two jobs" in caplog.text

    def test_errors_are_the_callers(self):
        """Whoever submitted a job hears of its error."""
        worker = Worker("w", tick=lambda: None, interval=1, last=lambda: None, patience=5)
        with pytest.raises(ZeroDivisionError):
            worker.submit(lambda: 1 // 0).result(5)
        assert worker.stop(5)

    def test_stop_does_what_is_queued_and_then_the_last_job(self):
        """Nothing submitted is lost, and the last job is done once."""
        done = []
        worker = Worker("w", tick=lambda: None, interval=1, last=lambda: done.append("last"), patience=5)
        for n in range(3):
            worker.submit(lambda n=n: done.append(n))
        assert worker.stop(5)
        assert worker.stop(5)
        assert done == [0, 1, 2, "last"]

    def test_stop_gives_up_in_time(self):
        """A job that hangs does not hang the caller."""
        release = threading.Event()
        worker = Worker("w", tick=lambda: None, interval=1, last=lambda: None, patience=5)
        worker.submit(lambda: release.wait(20))
        assert not worker.stop(0.05)
        release.set()
        assert worker.stop(5)
