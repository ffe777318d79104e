"""`radarr-core run`, and the program as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO

import pytest

from tests.adapters.cli_plugin import KEY
from tests.adapters.cli_support import PLUGIN, PROGRAM, check_answer, environment, install_plugin, write_configuration

BUILT_IN = {
    "sqlalchemy": "radarr_adapters.storage.sqlalchemy.plugin",
    "local": "radarr_adapters.file_systems.local.plugin",
    "system": "radarr_adapters.clocks.system.plugin",
}
DEADLINE = 60.0


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a library and downloads on this machine's disk."""
    (tmp_path / "Movies").mkdir()
    (tmp_path / "downloads").mkdir()
    return tmp_path


@pytest.fixture
def site(place: Path) -> Path:
    """Where the plugin is installed, and the built-in adapters unless they are installed anyway."""
    installed = {entry.value for entry in entry_points(group="radarr_core.plugins")}
    missing = {name: module for name, module in BUILT_IN.items() if module not in installed}
    return install_plugin(place, {"all": PLUGIN, **missing})


def configure(place: Path, *, looks: int = 2, extra: str = "") -> Path:
    """A configuration with a real database, real files and real time."""
    client = f'adapter = "fetcher"\nreal = true\nlooks = {looks}\nfolder = {json.dumps(str(place / "downloads"))}'
    return write_configuration(
        place,
        extra=extra,
        library=f"folder = {json.dumps(str(place / 'Movies'))}",
        storage=f'adapter = "sqlalchemy"\nurl = "sqlite:///{place / "library.db"}"',
        file_system='adapter = "local"',
        clock='adapter = "system"',
        download_client=client,
        timing="poll_interval = 0.05",
    )


@contextmanager
def start(site: Path, *args: str) -> Iterator[subprocess.Popen[str]]:
    """The program in a process of its own; it is ended when the block is left, and cannot outlive its deadline."""
    env = {**environment(site), "SHELF_KEY": KEY}
    process = subprocess.Popen(
        [*PROGRAM, *args], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    watchdog = threading.Timer(DEADLINE, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def read_until(stream: IO[str] | None, words: str) -> list[str]:
    """Lines up to the first that holds those words; fails when the stream ends before."""
    assert stream is not None
    lines: list[str] = []
    for line in stream:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError(f"{words!r} never came; there was {lines}")


MOVIE = '[[movies]]\ntitle = "The Film"\nyear = 2019\n'


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_keeps_the_library_until_told_to_stop(place: Path, site: Path, ending: signal.Signals) -> None:
    """Listed films are got, each event is an object of its own line, and a signal ends the program in peace."""
    configuration = configure(place, extra=MOVIE)
    with start(site, "run", "--config", str(configuration), "--json") as process:
        lines = read_until(process.stdout, "MovieFileImported")
        process.send_signal(ending)
        out, err = process.communicate()
    assert process.returncode == 0, err
    assert "Traceback" not in err
    events = [json.loads(line) for line in [*lines, *out.splitlines()]]
    for event in events:
        check_answer(event)
    assert [event["type"] for event in events] == [
        "MovieAdded", "SearchCompleted", "ReleaseGrabbed", "MovieFileImported",
    ]  # fmt: skip
    assert [event["sequence"] for event in events] == [1, 2, 3, 4]
    assert len({event["correlation_id"] for event in events[1:]}) == 1
    assert KEY not in "".join(lines)
    assert list((place / "Movies").rglob("*.mkv"))


def test_prints_lines_for_people(place: Path, site: Path) -> None:
    """Without --json each event is one line, whole also where nobody looks at a terminal."""
    with start(site, "run", "--config", str(configure(place, extra=MOVIE))) as process:
        lines = read_until(process.stdout, "imported The Film")
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    assert "The Film (2019) is wanted" in lines[0]
    assert len(lines) == 4


def test_refuses_a_second_program_on_the_same_library(place: Path, site: Path) -> None:
    """While one program keeps the library another one is refused with the reason, and the first goes on."""
    configuration = str(configure(place, extra=MOVIE))
    with start(site, "run", "--config", configuration) as first:
        read_until(first.stdout, "is wanted")
        with start(site, "get", "Other (2001)", "--config", configuration) as second:
            _, err = second.communicate()
        assert second.returncode == 2
        assert "Traceback" not in err
        assert len(err.splitlines()) == 1
        read_until(first.stdout, "imported The Film")


def test_gets_a_film_once(place: Path, site: Path) -> None:
    """A second process finds the film in the library that the first one got, and ends well."""
    configuration = str(configure(place))
    outcomes = []
    for _ in range(2):
        with start(site, "get", "The Film (2019)", "--config", configuration, "--json") as process:
            out, err = process.communicate()
        assert process.returncode == 0, err
        check_answer(json.loads(out))
        outcomes.append(json.loads(out)["slots"][0]["outcome"])
    assert outcomes == ["imported", "already held"]
    [film] = (place / "Movies").rglob("*.mkv")
    [download] = (place / "downloads").rglob("*.mkv")
    assert film.stat().st_ino == download.stat().st_ino


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_can_be_stopped_while_downloading(place: Path, site: Path, ending: signal.Signals, code: int) -> None:
    """A signal in the middle of a download ends the program with a word and no traceback."""
    configuration = str(configure(place, looks=10**9))
    with start(site, "get", "The Film (2019)", "--config", configuration) as process:
        read_until(process.stdout, "downloading The.Film")
        process.send_signal(ending)
        _, err = process.communicate()
    assert process.returncode == code
    assert "stopped" in err
    assert "Traceback" not in err


def test_doctor_looks_at_real_disks(place: Path, site: Path) -> None:
    """A real database tells its schema version, and a real file system proves that links work, leaving nothing."""
    with start(site, "doctor", "--config", str(configure(place)), "--json") as process:
        out, err = process.communicate()
    assert process.returncode == 0, out + err
    found = {finding["subject"]: finding["message"] for finding in json.loads(out)["findings"]}
    assert "schema version" in found["storage"]
    assert "one file system" in found["hard links"]
    assert list((place / "Movies").iterdir()) == []


def test_a_pipe_that_cannot_show_a_character_is_no_error(place: Path, site: Path) -> None:
    """Output in an encoding without the characters needed is spelled out instead of ending the program."""
    env = {**environment(site), "PYTHONIOENCODING": "ascii"}
    name = "Amélie.2001.1080p.BluRay.x264-GRP"
    done = subprocess.run(
        [*PROGRAM, "explain", name], env=env, cwd=place, capture_output=True, timeout=DEADLINE, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b"Am\\xe9lie" in done.stdout
