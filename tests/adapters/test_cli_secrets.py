"""Keys never come out of the command line, whatever goes wrong."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.text import Veil, current_veil, printable
from radarr_core.settings import Secret
from tests.adapters.cli_plugin import KEY
from tests.adapters.cli_support import OFFERS, prepare, run, write_configuration


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plugin installed."""
    prepare(tmp_path, monkeypatch)
    return tmp_path


def indexer(**settings: str) -> str:
    """An indexer's section with a secret key and a fault."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    return "\n".join(['adapter = "shelf"', 'api_key = { env = "SHELF_KEY" }', f"offers = {json.dumps(OFFERS)}", *lines])


@pytest.mark.parametrize("mode", [(), ("--json",), ("--verbose",), ("--debug",), ("--json", "--debug")])
@pytest.mark.parametrize("fault", [{}, {"trouble": "leaky"}, {"fetch_trouble": "leaky"}, {"trouble": "broken"}])
@pytest.mark.parametrize("command", [("get", "The Film (2019)"), ("doctor",)])
def test_no_key_is_ever_printed(
    place: Path, command: tuple[str, ...], mode: tuple[str, ...], fault: dict[str, str]
) -> None:
    """Neither answers nor errors nor logs hold a key, also when an adapter forgot to hide it, or a link holds one."""
    write_configuration(place, indexers__shelf=indexer(**fault))
    ran = run(*command, *mode)
    assert ran.out
    assert KEY not in ran.out + ran.err
    assert "shelf.example/get" not in ran.out + ran.err


def test_a_secret_in_the_wrong_place_is_not_repeated(place: Path) -> None:
    """A key that stands where a table is expected may be a key: the message says the form, not the value."""
    write_configuration(place, extra=f'notifiers = "{KEY}"\n')
    ran = run("get", "The Film (2019)")
    assert ran.code == 2
    assert KEY not in ran.out + ran.err


def test_tracebacks_are_for_debugging(place: Path) -> None:
    """A mistake inside an adapter is one line unless --debug asks for more."""
    write_configuration(place, indexers__shelf=indexer(trouble="broken"))
    assert "Traceback" not in run("get", "The Film (2019)").err
    assert "Traceback" in run("get", "The Film (2019)", "--debug").err


def test_log_records_are_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    """Known secrets, key-like query values and terminal codes leave every record, of strangers' loggers too."""
    veil = Veil()
    veil.hide([Secret("opensesame")])
    before = current_veil.set(veil)
    with log_to_stderr(verbose=False, debug=False):
        logging.getLogger("stranger").warning("took %s at http://x/?apikey=%s \x1b[2J", "opensesame", "abc123")
        logging.getLogger("radarr_core.x").info("not asked for")
    current_veil.reset(before)
    err = capsys.readouterr().err
    assert "opensesame" not in err
    assert "abc123" not in err
    assert "\x1b" not in err
    assert "not asked for" not in err


def test_levels_are_put_back() -> None:
    """Logging is as before once a command has ended, so that a program around it keeps its own."""
    logger, root = logging.getLogger("radarr_core"), logging.getLogger()
    before = (logger.level, list(root.handlers))
    with log_to_stderr(verbose=True, debug=False):
        assert logger.level == logging.INFO
    assert (logger.level, list(root.handlers)) == before


def test_keys_of_one_run_are_forgotten(place: Path) -> None:
    """What one run hides does not show up as holes in the next one's answers."""
    write_configuration(place, indexers__shelf=indexer())
    run("get", "The Film (2019)")
    assert printable(KEY) == KEY
