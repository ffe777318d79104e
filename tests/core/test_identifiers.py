"""Identities fold their spellings."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_core.domain.identifiers import ImdbId, InfoHash, TmdbId

HASHES = st.binary(min_size=20, max_size=20)


@given(HASHES)
def test_info_hash_folds_case_and_base32(digest: bytes) -> None:
    """The same twenty bytes are one identity in every spelling the field uses."""
    spellings = {
        InfoHash(digest.hex()),
        InfoHash(digest.hex().upper()),
        InfoHash(base64.b32encode(digest).decode()),
        InfoHash(base64.b32encode(digest).decode().lower()),
    }
    assert spellings == {InfoHash(digest.hex())}
    assert str(InfoHash(digest.hex().upper())) == digest.hex()


@pytest.mark.parametrize("text", ["", "abc", "g" * 40, "0" * 41, "1" * 32, "0" * 39])
def test_info_hash_refuses_anything_else(text: str) -> None:
    """What is no info-hash cannot become one."""
    with pytest.raises(ValueError, match="no info-hash"):
        InfoHash(text)


@given(st.integers(1, 99_999_999))
def test_imdb_id_folds_its_spellings(number: int) -> None:
    """With or without tt, in any case and with any leading zeros, an IMDb id is one identity."""
    expected = ImdbId(number)
    assert ImdbId(f"tt{number:07d}") == ImdbId(f"TT{number}") == ImdbId(str(number)) == expected
    assert expected.number == number
    assert str(expected).startswith("tt")


@pytest.mark.parametrize("value", ["", "tt", "tt0", 0, "0000000", "ttabc", "tt12345678901", "-5", "٣"])
def test_imdb_id_refuses_unknown(value: object) -> None:
    """Zero and nonsense are no ids: unknown is None, never a value."""
    with pytest.raises(ValueError, match="no IMDb id"):
        ImdbId(value)


@pytest.mark.parametrize("value", [0, -1, "", "abc", True, "1.5", 10**13])
def test_tmdb_id_refuses_unknown(value: object) -> None:
    """Zero and nonsense are no ids."""
    with pytest.raises(ValueError, match="no TMDb id"):
        TmdbId(value)
