"""The swarm of the examples and tests."""

import time

import libtorrent as lt
import pytest
from examples.support.seeder import Seeder, make_magnet, make_torrent, read_info_hash

from radarr_core.testing.servers import Tracker, refused_url


@pytest.fixture
def film(tmp_path):
    """Two megabytes."""
    path = tmp_path / "Film.mkv"
    path.write_bytes(bytes(range(256)) * 8192)
    return path


def test_a_torrent_of_a_file(film):
    """Name, size and tracker are in it, and its hash depends on neither tracker nor time."""
    raw = make_torrent(film, "http://127.0.0.1:1/announce")
    params = lt.load_torrent_buffer(raw)
    assert (params.ti.name(), params.ti.total_size()) == ("Film.mkv", film.stat().st_size)
    assert params.trackers == ["http://127.0.0.1:1/announce"]
    assert read_info_hash(raw) == read_info_hash(make_torrent(film))
    assert read_info_hash(raw) != read_info_hash(make_torrent(film, private=True))


def test_a_torrent_of_a_folder(tmp_path):
    """Every file below it."""
    for name in ("film.mkv", "film.nfo"):
        (tmp_path / "Film").mkdir(exist_ok=True)
        (tmp_path / "Film" / name).write_bytes(b"x" * 1000)
    layout = lt.load_torrent_buffer(make_torrent(tmp_path / "Film")).ti.layout()
    assert sorted(layout.file_path(n) for n in range(layout.num_files())) == ["Film/film.mkv", "Film/film.nfo"]


def test_a_magnet_link_names_hash_and_tracker(film):
    """What a client needs to find the rest."""
    raw = make_torrent(film, "http://127.0.0.1:1/announce")
    params = lt.parse_magnet_uri(make_magnet(raw))
    assert str(params.info_hashes.v1) == read_info_hash(raw)
    assert params.trackers == ["http://127.0.0.1:1/announce"]


def test_the_tracker_knows_the_seeder_when_it_returns(film):
    """Else a client that asks first waits minutes for the next announce; offering it again changes nothing."""
    with Tracker() as tracker, Seeder() as seeder:
        raw = make_torrent(film, tracker.announce_url)
        seeder.seed(raw, film.parent)
        seeder.seed(raw, film.parent)
        assert tracker.list_peers(read_info_hash(raw)) == [("127.0.0.1", seeder.port)]


def test_a_tracker_that_is_down_is_named(film):
    """A test that waits for a download that cannot come tells nobody why."""
    url = f"{refused_url()}/announce"
    with Seeder() as seeder, pytest.raises(TimeoutError, match=url):
        seeder.seed(make_torrent(film, url), film.parent, timeout=2)


def test_outside_its_block_it_says_so(film):
    """The session lives as long as the block."""
    with pytest.raises(RuntimeError, match="with statement"):
        Seeder().seed(make_torrent(film), film.parent)


@pytest.mark.parametrize(("rate", "least"), [(None, 0.0), (1_000_000, 1.0)])
def test_the_upload_rate_is_kept(film, tmp_path, rate, least):
    """A limit makes a progress bar worth looking at; without one it is over at once."""
    with Seeder(upload_rate=rate) as seeder:
        raw = make_torrent(film)
        seeder.seed(raw, film.parent)
        leecher = lt.session({"listen_interfaces": "127.0.0.1:0", "enable_dht": False, "enable_outgoing_utp": False})
        params = lt.load_torrent_buffer(raw)
        params.save_path = str(tmp_path / "there")
        handle = leecher.add_torrent(params)
        started = time.monotonic()
        seeder.meet(raw, leecher.listen_port())
        while not handle.status().is_seeding:
            assert time.monotonic() - started < 30
            time.sleep(0.02)
        assert time.monotonic() - started > least
    assert (tmp_path / "there" / "Film.mkv").read_bytes() == film.read_bytes()
