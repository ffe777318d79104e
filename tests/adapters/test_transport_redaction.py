"""Keys are taken out of whatever a person may come to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_adapters.transport.redaction import Redactor, redact
from radarr_core.settings import Secret


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://h/api?t=movie&apikey=abc&q=x", "http://h/api?t=movie&apikey=***&q=x"),
        ("http://h/rss?PassKey=abc", "http://h/rss?PassKey=***"),
        ("http://h/dl?torrent_pass=abc&authkey=def", "http://h/dl?torrent_pass=***&authkey=***"),
        ("http://h/?token=abc#top", "http://h/?token=***#top"),
        ("https://user:word@h/path", "https://***@h/path"),
        ("see 'http://h/?apikey=abc', please", "see 'http://h/?apikey=***', please"),
        ("link=http%3A%2F%2Fh%2F%3Fapikey%3Dabc", "link=http%3A%2F%2Fh%2F%3Fapikey%3D***"),
        ("http://t/0123456789abcdef0123456789abcdef/announce", "http://t/***/announce"),
        ("http://h/monkey=abc?turnkeys=2", "http://h/monkey=abc?turnkeys=2"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_keys_are_found_by_their_place(text, shown):
    """Query values under the names trackers use, passwords before a host, keys in a tracker's path."""
    assert redact(text) == shown


def test_known_secrets_are_found_anywhere():
    """As they are and as URLs spell them."""
    redactor = Redactor.of(Secret("a b/c+d"), None)
    assert redactor("x a b/c+d y a%20b%2Fc%2Bd z a+b%2Fc%2Bd") == "x *** y *** z ***"


def test_very_short_secrets_leave_words_alone():
    """A key of one letter would put holes into every message; its place still gives it away."""
    assert Redactor.of(Secret("a"))("a late film, apikey=a") == "a late film, apikey=***"


def test_the_redactor_itself_shows_nothing():
    """Its representation holds no secret."""
    assert "hush" not in repr(Redactor.of(Secret("hush-hush")))


@given(st.text(), st.text(alphabet=st.characters(codec="ascii", categories=["L", "N"]), min_size=4))
def test_whatever_surrounds_it_a_secret_is_gone(around, secret):
    """The property that matters, for any text; stars cannot be told from the mark."""
    assert secret not in Redactor.of(Secret(secret))(f"{around}{secret}{around}")
