"""What the qBittorrent adapter does beyond the port: states, versions, passwords, paths, deadlines."""

import asyncio
import inspect
import logging
import math
import time
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pytest
from examples.support.seeder import Seeder
from qbittorrentapi import TorrentState, exceptions

from radarr_adapters.download_clients.qbittorrent import client as client_module
from radarr_adapters.download_clients.qbittorrent import plugin
from radarr_adapters.download_clients.qbittorrent.client import ERROR_OF, translate
from radarr_adapters.download_clients.qbittorrent.plugin import QBittorrentAdapter, QBittorrentSettings
from radarr_adapters.download_clients.qbittorrent.wire import STATUS_OF, identity_of, item_from_torrent, map_path
from radarr_core.domain.downloads import DownloadStatus
from radarr_core.domain.identifiers import InfoHash
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    BugError,
    ConfigurationError,
    RadarrCoreError,
    RejectedByClientError,
    ServiceUnavailableError,
)
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.settings import Secret, read_settings
from radarr_core.testing.contracts.download_client import make_seedable
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.servers import Fault, Tracker, refused_url
from radarr_core.testing.servers.loopback import Reply, json_reply
from radarr_core.testing.servers.qbittorrent import QBittorrentServer
from tests.adapters.test_libtorrent import run_child
from tests.servers.qbittorrent import PASSWORD, USERNAME, QBittorrentProcess

FILM = make_seedable("Alpha.2001.mkv", 300_000)
HASH = FILM.torrent.info_hash


def create(url, **settings):
    """A client of that server; the stand-in's password unless told otherwise."""
    given = {"url": url, "username": "admin", "password": Secret("adminadmin"), "timeout": 10.0, **settings}
    return QBittorrentAdapter.create(QBittorrentSettings(**given), AdapterContext(name="mine", clock=ManualClock()))


@pytest.fixture
def server():
    """The stand-in, asking for a password."""
    with QBittorrentServer() as server:
        yield server


@pytest.fixture
async def client(server):
    """A client of the stand-in."""
    client = create(server.url)
    yield client
    await client.aclose()


def entry(**values):
    """An entry of the torrent list; what is not given is what a finished one has."""
    usual = {
        "hash": str(HASH),
        "infohash_v1": str(HASH),
        "infohash_v2": "",
        "name": "Alpha",
        "size": 1000,
        "progress": 1,
        "state": "stoppedUP",
        "dlspeed": 0,
        "ratio": 1.5,
        "save_path": "/downloads",
        "content_path": "/downloads/Alpha",
    }
    return usual | values


def item(**values):
    """The download such an entry becomes."""
    return item_from_torrent(entry(**values), PurePosixPath)


COMPLETED, DOWNLOADING, PAUSED, QUEUED, WARNING = (
    DownloadStatus.COMPLETED,
    DownloadStatus.DOWNLOADING,
    DownloadStatus.PAUSED,
    DownloadStatus.QUEUED,
    DownloadStatus.WARNING,
)
EXPECTED = {
    "allocating": DOWNLOADING,
    "checkingDL": QUEUED,
    "checkingResumeData": QUEUED,
    "checkingUP": QUEUED,
    "downloading": DOWNLOADING,
    "error": WARNING,
    "forcedDL": DOWNLOADING,
    "forcedMetaDL": QUEUED,
    "forcedUP": COMPLETED,
    "metaDL": QUEUED,
    "missingFiles": WARNING,
    "moving": DOWNLOADING,
    "pausedDL": PAUSED,
    "pausedUP": COMPLETED,
    "queuedDL": QUEUED,
    "queuedUP": COMPLETED,
    "stalledDL": WARNING,
    "stalledUP": COMPLETED,
    "stoppedDL": PAUSED,
    "stoppedUP": COMPLETED,
    "uploading": COMPLETED,
}


class TestWire:
    """An entry of the list -> an item of the port."""

    @pytest.mark.parametrize(("state", "status"), EXPECTED.items())
    def test_a_state_becomes_a_status(self, state, status):
        """Also `moving` is not finished, and a restart's re-check with progress 0 is no failure."""
        found = item(state=state)
        assert found.status is status
        assert bool(found.message) is (status is WARNING)

    def test_every_state_is_mapped_and_tested(self):
        """The library knows the states of 4.x and 5.x; a new one must be thought about."""
        assert set(STATUS_OF) == set(EXPECTED)
        assert {state.value for state in TorrentState} - {"unknown"} <= set(STATUS_OF)

    @pytest.mark.parametrize("state", ["unknown", "brandNewUP"])
    def test_an_unknown_state_is_downloading_with_a_message(self, state):
        """A newer qBittorrent must not make a download fail or be imported too soon."""
        found = item(state=state)
        assert found.status is DOWNLOADING
        assert state in found.message

    def test_no_path_of_its_own_is_a_warning(self):
        """Importing the folder of all downloads would import strangers' films."""
        found = item(content_path="/downloads/", save_path="/downloads")
        assert found.status is WARNING
        assert "/downloads" in found.message

    def test_an_old_qbittorrent_does_not_tell_the_path(self):
        """Before Web API 2.6.1 there is none; guessing would import the wrong thing."""
        old = entry()
        del old["content_path"]
        found = item_from_torrent(old, PurePosixPath)
        assert (found.status, found.output_path) == (WARNING, None)

    def test_what_a_magnet_link_does_not_know_yet(self):
        """No size, no path: None, not zero and not the folder of all downloads."""
        found = item(state="metaDL", size=-1, content_path="", progress=0, ratio=-1)
        assert (found.size, found.output_path, found.seed_ratio) == (None, None, None)

    def test_identity_is_the_hash_indexers_speak_of(self):
        """A hybrid torrent's `hash` is its shortened v2 hash; a v2 torrent has no v1 hash."""
        assert identity_of(entry(hash="b" * 40)) == HASH
        assert identity_of(entry(infohash_v1="", infohash_v2="c" * 64, hash="c" * 40)) == InfoHash("c" * 64)
        old = {"hash": str(HASH).upper()}
        assert identity_of(old) == HASH

    @pytest.mark.parametrize("broken", [{"size": "big"}, {"infohash_v1": "?"}, {"size": None}, {"ratio": "x"}])
    def test_a_broken_entry_is_a_value_error(self, broken):
        """Whatever is wrong with it."""
        with pytest.raises(ValueError):  # noqa: PT011 - each of them is another sentence
            item(**broken)

    @pytest.mark.parametrize("figure", [math.inf, -math.inf, math.nan, 10**400, -(10**400)], ids=str)
    @pytest.mark.parametrize(
        ("key", "field", "unknown"),
        [
            ("size", "size", None),
            ("dlspeed", "rate", None),
            ("ratio", "seed_ratio", None),
            ("progress", "progress", 0.0),
        ],
    )
    def test_figures_beyond_all_bounds_are_unknown(self, key, field, unknown, figure):
        """JSON's `1e999` and `Infinity` are none of the download's faults: it stays in the list."""
        assert getattr(item(**{key: figure}), field) == unknown

    @pytest.mark.parametrize(
        "broken", [None, 5, [], "x", {}, entry(content_path=5), entry(content_path=[1]), entry(hash=5, infohash_v1=5)]
    )
    def test_what_is_no_entry_is_a_value_error(self, broken):
        """So that it can be left out."""
        with pytest.raises(ValueError):  # noqa: PT011 - each of them is another sentence
            item_from_torrent(broken, PurePosixPath)

    @pytest.mark.parametrize(
        ("path", "remote", "expected"),
        [
            ("/data/films/Alpha", "/data", "/mnt/nas/films/Alpha"),
            ("/data", "/data/", "/mnt/nas"),
            ("/database/Alpha", "/data", None),
            (r"D:\dl\films\Alpha", "d:\\dl", "/mnt/nas/films/Alpha"),
            (r"\\nas\share\Alpha", r"\\nas\share", "/mnt/nas/Alpha"),
        ],
    )
    def test_paths_are_mapped_by_whole_parts(self, path, remote, expected):
        """Unix and Windows spellings; a folder whose name only begins alike is another folder."""
        mapped = map_path(path, remote, PurePosixPath("/mnt/nas"))
        assert mapped == (PurePosixPath(expected) if expected else None)


class TestSettings:
    """The plugin and what may be configured."""

    def test_is_registered_by_its_hook(self):
        """Built-ins come in as a stranger's plugin does."""
        registry = build_registry([("ours", plugin)])
        assert [a.name for a in registry.list_adapters(PortKind.DOWNLOAD_CLIENT)] == ["qbittorrent"]

    def test_the_plugin_imports_without_the_library(self):
        """A listing of plugins must not need every extra."""
        code = (
            "import sys; sys.modules['qbittorrentapi'] = None\n"
            "import radarr_adapters.download_clients.qbittorrent.plugin as p; print(p.QBittorrentAdapter.extra)"
        )
        assert run_child(code) == "qbittorrent"

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ({"url": "localhost:8080"}, "http://localhost:8080"),
            ({"category": "/films"}, "category"),
            ({"category": " "}, "category"),
            ({"username": "admin"}, "password go together"),
            ({"remote_folder": "/data"}, "local_folder go together"),
            ({"timeout": -1}, "timeout"),
        ],
    )
    def test_wrong_settings_are_named(self, data, told):
        """The message names the key or the accepted form."""
        with pytest.raises(ConfigurationError, match=r"clients\.mine") as caught:
            read_settings(QBittorrentSettings, data, where="clients.mine", environ={})
        assert told in str(caught.value)

    def test_a_password_in_the_url_is_refused_and_not_shown(self):
        """Addresses appear in messages and logs."""
        with pytest.raises(ConfigurationError) as caught:
            read_settings(QBittorrentSettings, {"url": "http://me:hunter2@nas:8080"}, where="c", environ={})
        assert "hunter2" not in str(caught.value)


class TestErrors:
    """The library's errors as ours."""

    def test_the_table_is_complete(self):
        """Every error the library can raise for a call of ours has its place."""
        raised = [
            kind
            for _, kind in inspect.getmembers(exceptions, inspect.isclass)
            if issubclass(kind, exceptions.APIError) and kind.__module__ == exceptions.__name__
        ]
        assert len(raised) > 15
        for kind in raised:
            assert isinstance(translate(kind("text"), "http://nas", "mine"), RadarrCoreError), kind

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (exceptions.LoginFailed, AuthenticationError),
            (exceptions.Forbidden403Error, AuthenticationError),
            (exceptions.Unauthorized401Error, AuthenticationError),
            (exceptions.UnsupportedMediaType415Error, RejectedByClientError),
            (exceptions.Conflict409Error, RejectedByClientError),
            (exceptions.InternalServerError500Error, ServiceUnavailableError),
            (exceptions.NotFound404Error, BadResponseError),
            (exceptions.APIConnectionError, ServiceUnavailableError),
            (exceptions.APIError, BadResponseError),
        ],
    )
    def test_an_error_says_what_to_do(self, kind, expected):
        """By its type, its adapter and its words."""
        found = translate(kind("x" * 5000), "http://nas", "mine")
        assert type(found) is expected
        assert found.adapter == "mine"
        assert "'http://nas'" in str(found)
        assert len(str(found)) < 500

    def test_no_row_of_the_table_hides_another(self):
        """A class above its subclass would make the subclass's row dead."""
        kinds = [kind for kind, _, _ in ERROR_OF]
        for place, kind in enumerate(kinds):
            assert not any(issubclass(kind, earlier) for earlier in kinds[:place]), kind


class TestPasswords:
    """qBittorrent bans an address, people included, after five wrong passwords."""

    async def test_a_refused_password_is_sent_once(self, server):
        """However often the pipeline polls; a check by a person tries again."""
        client = create(server.url, password=Secret("wrong"))
        for _ in range(8):
            with pytest.raises(AuthenticationError):
                await client.list_downloads()
        assert server.logins == 1
        with pytest.raises(AuthenticationError):
            await client.check()
        assert server.logins == 2
        await client.aclose()

    async def test_no_password_is_sent_when_there_is_none(self, server, monkeypatch):
        """Neither an empty one, nor one the library finds in the environment."""
        monkeypatch.setenv("QBITTORRENTAPI_USERNAME", "admin")
        monkeypatch.setenv("QBITTORRENTAPI_PASSWORD", "adminadmin")
        client = create(server.url, username="", password=None)
        with pytest.raises(AuthenticationError, match="password"):
            await client.list_downloads()
        assert server.logins == 0
        await client.aclose()

    async def test_a_ban_is_told_in_its_own_words(self, server):
        """A person has to wait or lift it."""
        for _ in range(5):
            stranger = create(server.url, password=Secret("wrong"))
            with pytest.raises(AuthenticationError):
                await stranger.check()
            await stranger.aclose()
        client = create(server.url)
        with pytest.raises(AuthenticationError, match="banned"):
            await client.check()
        await client.aclose()

    async def test_works_without_a_password_where_nobody_asks(self):
        """QBittorrent may trust this machine."""
        with QBittorrentServer(password=None) as server:
            client = create(server.url, username="", password=None)
            assert await client.list_downloads() == ()
            assert server.logins == 0
            await client.aclose()

    @pytest.mark.parametrize("api_version", ["2.11.2", "2.15.1"])
    async def test_an_expired_session_is_renewed(self, api_version):
        """A restart of qBittorrent costs one more login, and nobody notices."""
        with QBittorrentServer(api_version=api_version) as server:
            client = create(server.url)
            await client.list_downloads()
            server.end_session()
            assert await client.list_downloads() == ()
            assert server.logins == 2
            await client.aclose()

    async def test_the_password_is_never_shown(self, server, caplog):
        """Not in logs at any level, in errors, nor in what the client looks like."""
        with caplog.at_level(logging.DEBUG):
            client = create(server.url, password=Secret("hunter2"))
            with pytest.raises(AuthenticationError) as caught:
                await client.check()
            await client.aclose()
        shown = (
            caplog.text
            + str(caught.value)
            + repr(client)
            + repr(QBittorrentSettings(username="a", password=Secret("hunter2")))
        )
        assert "hunter2" not in shown


def _with_categories(answer):
    """The stand-in's calls, with that answer to what its categories are."""
    calls = QBittorrentServer._calls
    return lambda self: {**calls(self), "torrents/categories": lambda _: Reply(answer, content_type="application/json")}


class TestAnswers:
    """What may come back instead of what was asked for."""

    async def test_a_broken_entry_does_not_spoil_the_list(self, server, client, caplog):
        """It is named in the log, and the others are listed."""
        await client.add(FILM.torrent)
        other = make_seedable("Beta.2002.mkv", 1000)
        await client.add(other.torrent)
        server.set_torrent(str(HASH), size="a lot")
        assert [found.title for found in await client.list_downloads()] == ["Beta.2002.mkv"]
        assert "left out" in caplog.text

    @pytest.mark.parametrize(
        "answer",
        [
            b"[]", b"null", b"5", b'{"radarr-core": 5}', b'{"radarr-core": {"savePath": 5}}',
            b'{"radarr-core": {"savePath": ["x"]}}', b"[" * 100_000, b"9" * 5000,
        ],
        ids=lambda answer: repr(answer[:40]),
    )  # fmt: skip
    async def test_categories_of_another_shape(self, client, monkeypatch, answer):
        """They are not guessed at; a folder might be the wrong one."""
        monkeypatch.setattr(QBittorrentServer, "_calls", _with_categories(answer))
        with pytest.raises(BadResponseError):
            await client.find_download_folder()

    async def test_a_version_without_end(self, server, client):
        """Python refuses to read thousands of digits."""
        await client.check()  # logs in
        server.api_version = "2." + "9" * 5000
        with pytest.raises(BadResponseError, match="does not answer like a qBittorrent"):
            await client.check()

    async def test_another_torrent_than_was_meant_is_given_back(self, server, monkeypatch):
        """Nobody would watch it, and it would be fetched to its end."""
        other = make_seedable("Beta.2002.mkv", 1000).torrent
        client = create(server.url, timeout=1.0)
        add = QBittorrentServer._add
        monkeypatch.setattr(QBittorrentServer, "_add", lambda self, form, files: add(self, form, [other.raw]))
        with pytest.raises(RejectedByClientError, match=str(other.info_hash)):
            await client.add(FILM.torrent)
        assert server.list_torrents() == []
        await client.aclose()

    async def test_a_list_of_another_shape(self, client, monkeypatch):
        """JSON alone is not the protocol."""
        monkeypatch.setattr(QBittorrentServer, "_list", lambda self, form: json_reply({"torrents": []}))
        with pytest.raises(BadResponseError, match="list of torrents"):
            await client.list_downloads()

    @pytest.mark.parametrize(
        ("fault", "expected"),
        [
            (Fault.HTML, BadResponseError),
            (Fault.SERVER_ERROR, ServiceUnavailableError),
            (Fault.DROPPED, ServiceUnavailableError),
        ],
    )
    async def test_faults_have_their_types(self, server, fault, expected):
        """In every method."""
        client = create(server.url, timeout=3.0)
        server.fault = fault
        for call in (
            client.list_downloads,
            client.check,
            client.find_download_folder,
            lambda: client.add(FILM.torrent),
            lambda: client.remove(HASH, delete_data=False),
        ):
            with pytest.raises(expected):
                await call()
        await client.aclose()

    @pytest.mark.parametrize("fault", [Fault.HANG, Fault.DRIP])
    async def test_a_slow_server_costs_no_more_than_the_deadline(self, server, fault):
        """Also one that sends a byte now and then, for ever."""
        client = create(server.url, timeout=0.6)
        server.fault = fault
        started = time.monotonic()
        with pytest.raises(ServiceUnavailableError):
            await client.list_downloads()
        assert time.monotonic() - started < 3
        server.fault = Fault.REFUSED
        await client.aclose()

    def test_a_server_that_never_ends_keeps_no_program_from_ending(self, server):
        """The answer it waits for is of no use to anybody any more."""
        server.fault = Fault.DRIP
        code = (
            "import asyncio\n"
            "from radarr_adapters.download_clients.qbittorrent.plugin import *\n"
            "from radarr_core.plugins import AdapterContext\n"
            f"settings = QBittorrentSettings(url={server.url!r}, timeout=0.5)\n"
            "client = QBittorrentAdapter.create(settings, AdapterContext(name='mine', clock=None))\n"
            "try: asyncio.run(client.list_downloads())\n"
            "except Exception as error: print(type(error).__name__)\n"
        )
        assert run_child(code) == "ServiceUnavailableError"

    async def test_nobody_is_there(self):
        """The message names the address."""
        url = refused_url()
        client = create(url)
        with pytest.raises(ServiceUnavailableError, match=url) as caught:
            await client.check()
        assert "Error" not in str(caught.value)
        assert len(str(caught.value)) < 150
        await client.aclose()

    async def test_a_torrent_that_was_taken_but_never_appears(self, client, monkeypatch):
        """QBittorrent says Ok. to what it then cannot add; waiting for it ends half-way to the deadline."""
        monkeypatch.setattr(QBittorrentServer, "_add", lambda self, form, files: Reply(b"Ok."))
        waits: list[float] = []
        hurried = SimpleNamespace(monotonic=lambda: sum(waits), sleep=waits.append)
        monkeypatch.setattr(client_module, "time", hurried)
        client = create(client._settings.url, timeout=20.0)
        with pytest.raises(ServiceUnavailableError, match="does not list it"):
            await client.add(FILM.torrent)
        assert 10 <= sum(waits) < 11
        await client.aclose()

    async def test_a_refusal_without_a_reason(self, client, monkeypatch):
        """Fails. for a torrent it does not have either."""
        monkeypatch.setattr(QBittorrentServer, "_add", lambda self, form, files: Reply(b"Fails."))
        with pytest.raises(RejectedByClientError, match="refused"):
            await client.add(FILM.torrent)

    async def test_a_stopped_download_is_paused(self, server, client):
        """Web API 2.11 says stopped where earlier ones say paused."""
        await client.add(FILM.torrent)
        server.set_torrent(str(HASH), state="stoppedDL")
        (found,) = await client.list_downloads()
        assert found.status is PAUSED

    async def test_a_closed_client_says_so(self, client):
        """Using it afterwards is a defect of the caller."""
        await client.aclose()
        with pytest.raises(BugError, match="closed"):
            await client.list_downloads()

    async def test_check_names_both_versions(self, client):
        """They decide what it can do."""
        assert await client.check() == (
            f"qBittorrent v5.0.4 (Web API 2.11.2) at {client._settings.url}; category 'radarr-core'"
        )


class TestFolders:
    """Where downloads land, as this machine sees it."""

    @pytest.mark.parametrize(
        ("of_category", "expected"),
        [(None, "/downloads"), ("", "/downloads"), ("films", "/downloads/films"), ("/fast/films", "/fast/films")],
    )
    async def test_the_category_decides(self, server, client, of_category, expected):
        """Its own folder replaces the one for all, or lies below it."""
        if of_category is not None:
            server.add_category("radarr-core", of_category)
        assert await client.find_download_folder() == expected

    async def test_paths_are_told_as_this_machine_sees_them(self, server):
        """The usual case of a qBittorrent in a container."""
        client = create(server.url, remote_folder="/downloads", local_folder=Path("/mnt/nas"))
        await client.add(FILM.torrent)
        server.set_torrent(str(HASH), state="stalledUP", progress=1)
        (found,) = await client.list_downloads()
        assert found.output_path == PurePosixPath("/mnt/nas/Alpha.2001.mkv")
        assert await client.find_download_folder() == "/mnt/nas"
        await client.aclose()


class TestReal:
    """Against qbittorrent-nox itself, where the contract suite does not reach."""

    async def test_a_file_on_the_move_is_not_finished(self, tmp_path):
        """With a folder for unfinished files, completed means that the file has its final place."""
        process = QBittorrentProcess(tmp_path, has_temp_path=True)
        with Tracker() as tracker, Seeder() as seeder:
            film = make_seedable("Alpha.mkv", 3_000_000, announce_url=tracker.announce_url)
            source = tmp_path / "source"
            source.mkdir()
            (source / "Alpha.mkv").write_bytes(film.contents["Alpha.mkv"])
            seeder.seed(film.torrent.raw, source)
            process.start()
            client = create(process.url, username=USERNAME, password=Secret(PASSWORD))
            try:
                await client.add(film.torrent)
                end = time.monotonic() + 40
                found = None
                while found is None or found.status is not COMPLETED:
                    assert time.monotonic() < end, found
                    (found,) = await client.list_downloads()
                assert found.output_path == process.downloads / "Alpha.mkv"
                assert (process.downloads / "Alpha.mkv").read_bytes() == film.contents["Alpha.mkv"]
            finally:
                await client.aclose()
                await asyncio.to_thread(process.kill)

    async def test_polling_with_a_wrong_password_earns_no_ban(self, tmp_path):
        """A person can still log in afterwards from the same address."""
        process = QBittorrentProcess(tmp_path)
        process.start()
        try:
            wrong = create(process.url, username=USERNAME, password=Secret("wrong"))
            for _ in range(8):
                with pytest.raises(AuthenticationError):
                    await wrong.list_downloads()
            await wrong.aclose()
            right = create(process.url, username=USERNAME, password=Secret(PASSWORD))
            assert "qBittorrent v4." in await right.check()
            assert await right.find_download_folder() == str(process.downloads)
            await right.aclose()
        finally:
            await asyncio.to_thread(process.kill)
