"""The stand-in for qBittorrent 5 behaves as the published Web API says."""

import pytest
from qbittorrentapi import Client, Conflict409Error, Forbidden403Error, LoginFailed, NotFound404Error

from radarr_core.testing.contracts.download_client import make_seedable
from radarr_core.testing.servers import make_torrent
from radarr_core.testing.servers.qbittorrent import QBittorrentServer, entry_from_torrent

FILM = make_seedable("Alpha.2001.mkv", 300_000)
HASH = str(FILM.torrent.info_hash)


@pytest.fixture
def server():
    """Web API 2.11, as qBittorrent 5.0 has it."""
    with QBittorrentServer() as server:
        yield server


@pytest.fixture
def api(server):
    """A foreign client, logged in."""
    api = Client(host=server.url, username="admin", password="adminadmin", FORCE_SCHEME_FROM_HOST=True)
    yield api
    api._trigger_session_initialization()


def test_binary_torrents_arrive_unchanged(api, server):
    """Piece hashes hold every byte there is, line ends too, and a form must not bend them."""
    for seed in range(20):
        film = make_seedable("Alpha.mkv", 2_000_000, seed=seed)
        assert api.torrents_add(torrent_files=film.torrent.raw) == "Ok."
    assert len(server.list_torrents()) == 20
    expected = {str(make_seedable("Alpha.mkv", 2_000_000, seed=seed).torrent.info_hash) for seed in range(20)}
    assert {entry["hash"] for entry in server.list_torrents()} == expected


def test_a_life_of_a_torrent(api, server):
    """Added, stopped, started, finished, stopped and deleted, with the states of Web API 2.11."""
    api.torrents_add(torrent_files=FILM.torrent.raw, category="films")
    assert [(t.state, t.category, t.size) for t in api.torrents_info()] == [("stalledDL", "films", 300_000)]
    api.torrents_stop(torrent_hashes=HASH)
    assert api.torrents_info()[0].state == "stoppedDL"
    api.torrents_start(torrent_hashes=HASH)
    assert api.torrents_info()[0].state == "stalledDL"
    server.set_torrent(HASH, state="uploading", progress=1)
    api.torrents_stop(torrent_hashes=HASH)
    assert api.torrents_info()[0].state == "stoppedUP"
    api.torrents_start(torrent_hashes=HASH)
    assert api.torrents_info()[0].state == "stalledUP"
    api.torrents_delete(torrent_hashes=HASH)
    assert api.torrents_info() == []


def test_lists_by_category_and_hash(api):
    """Both filters, and none."""
    api.torrents_add(torrent_files=FILM.torrent.raw, category="films")
    api.torrents_add(torrent_files=make_torrent("Beta.mkv"), category="other", is_stopped=True)
    assert [t.name for t in api.torrents_info(category="films")] == ["Alpha.2001.mkv"]
    assert [t.name for t in api.torrents_info(torrent_hashes=HASH)] == ["Alpha.2001.mkv"]
    assert {t.state for t in api.torrents_info()} == {"stalledDL", "stoppedDL"}


def test_categories(api):
    """Made by hand or by adding, changed per torrent, refused when unknown or taken."""
    api.torrents_create_category("films", save_path="/films")
    with pytest.raises(Conflict409Error):
        api.torrents_create_category("films")
    api.torrents_add(torrent_files=FILM.torrent.raw, category="new")
    assert {name: c["savePath"] for name, c in api.torrents_categories().items()} == {"films": "/films", "new": ""}
    api.torrents_set_category(category="films", torrent_hashes=HASH)
    assert api.torrents_info()[0].category == "films"
    with pytest.raises(Conflict409Error):
        api.torrents_set_category(category="nobody", torrent_hashes=HASH)


def test_a_duplicate_fails(api):
    """Up to Web API 2.13 with status 200 and a text."""
    api.torrents_add(torrent_files=FILM.torrent.raw)
    assert api.torrents_add(torrent_files=FILM.torrent.raw) == "Fails."
    assert api.torrents_add(urls=FILM.magnet.uri) == "Fails."


def test_web_api_2_14_answers_with_json():
    """Adding tells the ids, a duplicate is a conflict, a wrong password has status 401."""
    with QBittorrentServer(api_version="2.15.1") as server:
        api = Client(host=server.url, username="admin", password="adminadmin", FORCE_SCHEME_FROM_HOST=True)
        assert api.torrents_add(torrent_files=FILM.torrent.raw)["added_torrent_ids"] == [HASH]
        with pytest.raises(Conflict409Error):
            api.torrents_add(torrent_files=FILM.torrent.raw)
        with pytest.raises(LoginFailed):
            api.auth_log_in("admin", "wrong")
        api._trigger_session_initialization()


def test_a_ban_follows_five_wrong_passwords(server):
    """From then on also the right one is refused."""
    api = Client(host=server.url, username="admin", password="wrong", FORCE_SCHEME_FROM_HOST=True)
    for _ in range(5):
        with pytest.raises(LoginFailed):
            api.auth_log_in()
    with pytest.raises(Forbidden403Error, match="banned"):
        api.auth_log_in("admin", "adminadmin")
    api._trigger_session_initialization()


def test_what_there_is_not_is_not_found(api):
    """Names of qBittorrent 4 are gone."""
    with pytest.raises(NotFound404Error):
        api._post(_name="torrents", _method="pause", data={"hashes": HASH})


@pytest.mark.parametrize("raw", [b"", b"<html>", b"d4:infoi1ee", b"d4:info", b"le", b"d3:fooi1ee"])
def test_what_is_no_torrent_is_a_value_error(raw):
    """Whatever is wrong with it."""
    with pytest.raises(ValueError, match="no torrent"):
        entry_from_torrent(raw)
