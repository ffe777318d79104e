"""The film the examples and tests are made of is a real one."""

import av
import pytest
from examples.support.film import make_film


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A short, small film in French."""
    path = tmp_path_factory.mktemp("film") / "made on the way" / "small.mkv"
    make_film(path, seconds=3, width=320, height=180, frames_per_second=10, language="fre")
    return path


def test_picture_and_sound_are_what_was_asked_for(small):
    """Probes must find H.264 and AC-3 with size, rate, channels, language and duration."""
    with av.open(str(small)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.codec.name, picture.width, picture.height) == ("h264", 320, 180)
        assert picture.average_rate == 10
        assert (sound.codec.name, sound.channels, sound.sample_rate) == ("ac3", 6, 48_000)
        assert {stream.metadata["language"] for stream in (picture, sound)} == {"fre"}
        assert film.format.name.startswith("matroska")
        assert film.duration / av.time_base == pytest.approx(3, abs=0.1)


def test_every_frame_can_be_decoded(small):
    """It is a film, not a header."""
    with av.open(str(small)) as film:
        assert sum(1 for _ in film.decode(video=0)) == 30


def test_picture_and_sound_are_interleaved(small):
    """A film cut short still has both, as a real one would."""
    with av.open(str(small)) as film:
        kinds = [packet.stream.type for packet in film.demux()]
    assert {"video", "audio"} == set(kinds[:10])


def test_the_same_arguments_give_the_same_bytes(small, tmp_path):
    """So its torrent has the same hash every time; another seed is another film."""
    arguments = {"seconds": 3, "width": 320, "height": 180, "language": "fre"}
    again, other = tmp_path / "again.mkv", tmp_path / "other.mkv"
    assert make_film(again, **arguments) == small.stat().st_size
    make_film(other, seed=2, **arguments)
    assert again.read_bytes() == small.read_bytes()
    assert other.read_bytes() != small.read_bytes()


def test_a_full_minute_is_of_a_believable_size(tmp_path):
    """The shipped rules on size and samples apply to the quickstart's film as they are."""
    size = make_film(tmp_path / "film.mkv")
    assert 8_000_000 < size < 25_000_000
    with av.open(str(tmp_path / "film.mkv")) as film:
        assert film.duration / av.time_base == pytest.approx(60, abs=0.5)
        assert film.streams.video[0].height == 1080
