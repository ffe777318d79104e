"""`radarr-core doctor`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from radarr_adapters.bootstrap import build_pipeline, load_configuration
from radarr_core.plugins import build_registry
from radarr_core.services.examine import examine as examine_all
from tests.adapters import cli_plugin
from tests.adapters.cli_support import prepare, run, run_json, write_configuration


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plugin installed."""
    prepare(tmp_path, monkeypatch)
    return tmp_path


def examine(place: Path, **changes: str) -> dict[str, dict[str, object]]:
    """What doctor finds, by subject."""
    write_configuration(place, **changes)
    return {str(finding["subject"]): finding for finding in run_json("doctor").data["findings"]}


def test_tries_everything(place: Path) -> None:
    """Storage, indexers, client, probe, notifiers, library and hard links are each looked at."""
    write_configuration(place, notifiers__ear='adapter = "deaf"\ntoken = "not-told"')
    ran = run_json("doctor")
    assert (ran.code, ran.data["healthy"]) == (0, True)
    assert [finding["subject"] for finding in ran.data["findings"]] == [
        "storage", "indexer shelf", "download client fetcher", "media probe scripted", "notifier ear",
        "library folder", "hard links",
    ]  # fmt: skip
    out = run("doctor").out
    assert "4 offers on the shelf" in out
    assert max(len(line.rstrip()) for line in out.splitlines()) <= 80


def test_lists_every_failure(place: Path) -> None:
    """One failure never hides another, and what a person must set right decides the exit code."""
    write_configuration(
        place,
        indexers__shelf='adapter = "shelf"\ntrouble = "away"',
        indexers__locked='adapter = "shelf"\ntrouble = "wrong key"',
        download_client='adapter = "fetcher"\ntrouble = "broken"',
        library='folder = "/missing"',
        file_system='adapter = "in-memory"',
    )
    ran = run_json("doctor")
    failed = {f["subject"]: f["error"] for f in ran.data["findings"] if f["ok"] is False}
    assert failed == {
        "indexer shelf": "ServiceUnavailableError",
        "indexer locked": "AuthenticationError",
        "download client fetcher": "BugError",
        "library folder": "PathMissingError",
    }
    assert (ran.code, ran.data["healthy"]) == (2, False)
    assert run("doctor").code == 2


async def test_nobody_is_waited_for_twice(place: Path) -> None:
    """Services that hang cost one deadline together, and the others' answers are there all the same."""
    hanging = 'adapter = "shelf"\ntrouble = "hangs"'
    path = write_configuration(place, indexers__shelf=hanging, indexers__other=hanging)
    started = time.monotonic()
    findings = await examine_all(build_pipeline(load_configuration(path)).context, deadline=0.5)
    assert time.monotonic() - started < 0.9
    failed = {finding.subject: str(finding.error) for finding in findings if finding.ok is False}
    assert failed == dict.fromkeys(("indexer shelf", "indexer other"), "no answer within 0.5 s")
    assert sum(finding.ok is True for finding in findings) == 5


def test_a_service_that_is_away_ends_with_three(place: Path) -> None:
    """What may pass by itself is told apart from what a person must set right."""
    write_configuration(place, indexers__shelf='adapter = "shelf"\ntrouble = "away"')
    assert run("doctor").code == 3


def test_says_when_hard_links_cannot_work(place: Path) -> None:
    """Downloads on another disk than the library are found out before the first import, with what to do."""
    found = examine(place, download_client='adapter = "fetcher"\nfolder = "/films/elsewhere"')["hard links"]
    assert (found["ok"], found["error"]) == (False, "CrossDeviceError")
    assert "one file system" in str(found["message"])


@pytest.mark.parametrize(("placement", "words"), [("copy", "not needed"), ("hard-link-or-copy", "will be copied")])
def test_copying_needs_no_hard_links(place: Path, placement: str, words: str) -> None:
    """Where copying is allowed, another disk is no failure, and is said all the same."""
    found = examine(
        place,
        download_client='adapter = "fetcher"\nfolder = "/films/elsewhere"',
        library=f'folder = "/films"\nplacement = "{placement}"',
    )["hard links"]
    assert found["ok"] is True
    assert words in str(found["message"])


def test_unknown_is_said_as_unknown(place: Path) -> None:
    """A download folder that is not there (yet) leaves hard links unknown, which is no failure."""
    found = examine(place, download_client='adapter = "fetcher"\nfolder = "/somewhere/else"')["hard links"]
    assert (found["ok"], found["error"]) == (None, None)
    assert "not known" in str(found["message"])
    assert run("doctor").code == 0


def test_a_library_that_may_not_be_written_to_fails(place: Path) -> None:
    """A read-only library is a failure of its own."""
    found = examine(place, library='folder = "/films/read-only"')["library folder"]
    assert (found["ok"], found["error"]) == (False, "ReadOnlyError")


def test_a_pipeline_without_indexers_fails(place: Path) -> None:
    """Without an indexer nothing will ever be found."""
    assert examine(place, indexers__shelf="")["indexers"]["error"] == "ConfigurationError"


def test_lists_every_mistake_of_the_configuration(place: Path) -> None:
    """All wrong settings are listed at once, each with its key, and nothing is tried."""
    write_configuration(
        place,
        extra='[[movies]]\ntitle = "The Film"\nyear = 2019\nprofile = "Nope"\n',
        indexers__shelf='adapter = "shelf"\noffers = 3',
        download_client='adapter = "unheard"',
        library="folder = 3",
    )
    ran = run_json("doctor")
    assert ran.code == 2
    messages = [finding["message"].partition(":")[0] for finding in ran.data["findings"]]
    assert messages == ["library.folder", "movies[0].profile", "download_client.adapter", "indexers.shelf.offers"]
    assert {finding["subject"] for finding in ran.data["findings"]} == {"configuration"}


@pytest.mark.parametrize("section", ["indexers__shelf", "storage", "media_probe", "file_system", "download_client"])
def test_an_adapter_that_cannot_be_built_hides_no_other(
    place: Path, monkeypatch: pytest.MonkeyPatch, section: str
) -> None:
    """A stranger's adapter that breaks is one failing line, and everything else is tried all the same."""
    name = section.partition("__")[0].removesuffix("s")
    adapter = next(a for a in build_registry().adapters if a.origin.startswith("shelves") and a.kind.value == name)

    def create(settings: object, context: object) -> object:
        raise RuntimeError("a stranger's mistake")

    monkeypatch.setattr(adapter.adapter, "create", create)
    write_configuration(place, notifiers__ear='adapter = "deaf"\ntoken = "not-told"')
    ran = run_json("doctor")
    assert ran.code == 2
    (failed,) = [finding for finding in ran.data["findings"] if finding["ok"] is False]
    assert failed["error"] == "PluginError"
    assert "plugin shelves:all could not build" in failed["message"]
    assert "notifier ear" in {finding["subject"] for finding in ran.data["findings"]}


def test_hard_links_into_a_library_that_is_missing_are_not_tried(place: Path) -> None:
    """The missing folder is one failure; where downloads land is not blamed for it."""
    found = examine(place, library='folder = "/missing"')
    assert found["library folder"]["error"] == "PathMissingError"
    assert (found["hard links"]["ok"], found["hard links"]["message"]) == (
        None, "not tried: the library folder is missing",
    )  # fmt: skip


def test_replaced_files_are_not_counted_as_films(place: Path) -> None:
    """What lies in the recycle folder is in the library no more."""
    cli_plugin.DISK.write(Path("/films/A (2019)/A.mkv"), b"film")
    cli_plugin.DISK.write(Path("/films/.recycle/B.mkv"), b"film")
    assert "holds 1 file" in str(examine(place)["library folder"]["message"])
    assert "holds 1 files" not in str(examine(place)["library folder"]["message"])
