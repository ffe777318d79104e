"""Settings: the error names the key and the accepted form, and secrets stay secret."""

import os
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import pytest
from attrs import field, frozen
from attrs.validators import gt

from radarr_core.errors import ConfigurationError
from radarr_core.settings import Secret, read_settings


class Mode(Enum):
    """Two ways."""

    LINK = "link"
    COPY = "copy"


@frozen(kw_only=True)
class Example:
    """One setting of every kind."""

    url: str
    count: int = field(default=3, validator=gt(0))
    rate: float = 1.0
    is_on: bool = False
    folder: Path | None = None
    names: tuple[str, ...] = ()
    mode: Mode = Mode.LINK
    level: Literal["low", "high"] = "low"
    key: Secret | None = None


def read(data: Any, environ: dict[str, str] | None = None) -> Example:
    """Read an example from below the key `here`."""
    return read_settings(Example, data, where="here", environ=environ or {})


def test_every_kind_of_setting_is_read() -> None:
    """Each accepted form gives a typed value."""
    table = {
        "url": "http://x",
        "count": 5,
        "rate": 2,
        "is_on": True,
        "folder": "/data",
        "names": ["a", "b"],
        "mode": "copy",
        "level": "high",
        "key": "hush",
    }
    expected = Example(
        url="http://x", count=5, rate=2.0, is_on=True, folder=Path("/data"), names=("a", "b"), mode=Mode.COPY,
        level="high", key=Secret("hush"),
    )  # fmt: skip
    assert read(table) == expected


@pytest.mark.parametrize(
    ("table", "key", "form"),
    [
        ({}, "here.url", "a text"),
        ({"url": 5}, "here.url", "a text, not 5"),
        ({"url": "x", "count": "5"}, "here.count", "a whole number, not '5'"),
        ({"url": "x", "count": True}, "here.count", "a whole number"),
        ({"url": "x", "count": 0}, "here.count", "must be > 0: 0"),
        ({"url": "x", "folder": "~nosuchuser-anywhere/x"}, "here.folder", "a path, not '~nosuchuser-anywhere/x'"),
        ({"url": "x", "folder": "a\0b"}, "here.folder", "null character"),
        ({"url": "x", "rate": 10**400}, "here.rate", "a number that is finite"),
        ({"url": "x", "rate": float("inf")}, "here.rate", "a number that is finite, not inf"),
        ({"url": "x", "rate": float("nan")}, "here.rate", "a number that is finite, not nan"),
        ({"url": 10**6000}, "here.url", "a text, not this int"),
        ({"url": ["x" * 9999]}, "here.url", "xxx..."),
        ({"url": "x", "rate": "fast"}, "here.rate", "a number"),
        ({"url": "x", "is_on": 1}, "here.is_on", "true or false"),
        ({"url": "x", "folder": 7}, "here.folder", "a path in quotes"),
        ({"url": "x", "names": "a"}, "here.names", "a list, each item a text"),
        ({"url": "x", "names": ["a", 5]}, "here.names[1]", "a text"),
        ({"url": "x", "mode": "move"}, "here.mode", "one of 'link', 'copy'"),
        ({"url": "x", "mode": ["link"]}, "here.mode", "one of 'link', 'copy'"),
        ({"url": "x", "level": "medium"}, "here.level", "one of 'low', 'high'"),
        ({"url": "x", "key": 5}, "here.key", '{env = "NAME"}'),
        ({"url": "x", "key": ""}, "here.key", '{env = "NAME"}'),
        ({"url": "x", "ur": "y"}, "here.ur", "known are url"),
        ("nonsense", "here", "a table"),
    ],
)
def test_a_mistake_names_the_key_and_the_accepted_form(table: Any, key: str, form: str) -> None:
    """Whoever reads the message knows what to write where."""
    with pytest.raises(ConfigurationError) as caught:
        read(table)
    assert caught.value.key == key
    assert form in str(caught.value)


def test_a_secret_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    """Passwords need not stand in the configuration."""
    (tmp_path / "key").write_text("from file\n")
    assert read({"url": "x", "key": {"env": "KEY"}}, {"KEY": "from env"}).key == Secret("from env")
    assert read({"url": "x", "key": {"file": str(tmp_path / "key")}}).key == Secret("from file")


@pytest.mark.parametrize(
    "source",
    [
        {"env": "NOT_SET"}, {"env": "\ud800"}, {"file": "/not/there"}, {"file": "\0"},
        {"file": "~nosuchuser-anywhere/x"},
        {"env": 5}, {"other": "x"},
    ],
)  # fmt: skip
def test_a_secret_that_is_missing_is_an_error(source: Any) -> None:
    """A key that should be there, but is not, is said by name."""
    with pytest.raises(ConfigurationError) as caught:
        read_settings(Example, {"url": "x", "key": source}, where="here", environ=os.environ)
    assert caught.value.key == "here.key"


def test_a_secret_never_shows() -> None:
    """Neither printing, formatting nor an error gives a secret away."""
    example = read({"url": "x", "key": "hush"})
    assert "hush" not in repr(example) + str(example) + f"{example.key} {example.key!r}"
    assert example.key is not None
    assert example.key.reveal() == "hush"
    with pytest.raises(ConfigurationError) as caught:
        read({"url": "x", "key": ["hush"]})
    assert "hush" not in str(caught.value)
