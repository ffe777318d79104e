"""What people see, also in programs of others."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from radarr_adapters.driving.cli.answers import describe_acquired
from radarr_adapters.driving.cli.rendering import (
    draw_steps,
    render_decisions,
    render_history,
    render_library,
    render_outcome,
)
from radarr_adapters.driving.cli.text import escape, format_size, parse_size
from radarr_core.domain.decisions import Policy, Situation, decide
from radarr_core.domain.decisions.upgrade import Mislabelled
from radarr_core.domain.downloads import DownloadItem, DownloadStatus, Grab
from radarr_core.domain.events import MovieAdded, StoredEvent
from radarr_core.domain.identifiers import CorrelationId, InfoHash, MovieId, SlotName
from radarr_core.domain.movies import Movie, MovieFile, SlotKey
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.quality import get_quality
from radarr_core.domain.releases import DownloadProtocol, MediaInfo, Release, VideoStream
from radarr_core.services.progress import Acquired, Downloading, Grabbed, Imported, Progress
from tests.adapters.cli_support import check_answer

NOW = datetime(2025, 1, 1, 12, 0, tzinfo=UTC)
MOVIE = Movie(title="The Film", year=2019)
GIGABYTE = 1024**3


def offer(title: str, *, size: int | None = 8 * GIGABYTE, seeders: int | None = 12) -> Release:
    """An offer of a torrent."""
    return Release(
        indexer="shelf", guid=title, title=title, size=size, seeders=seeders, protocol=DownloadProtocol.TORRENT,
        download_url="http://shelf.example/secret-link",
    )  # fmt: skip


def draw(*renderables: object, width: int = 80, terminal: bool = False) -> str:
    """What is printed."""
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=terminal, color_system=None)
    for renderable in renderables:
        console.print(renderable)
    return file.getvalue()


def decided(*offers: Release) -> str:
    """The table of decisions about those offers."""
    return draw(render_decisions(decide(offers, wanted=MOVIE, policy=Policy(), situation=Situation(), now=NOW)))


def test_the_table_has_every_reason_of_every_offer() -> None:
    """Accepted offers come first and say what puts them before the next; the others have all their reasons."""
    out = decided(
        offer("The.Film.2019.HDCAM.x264-SEAT", seeders=0),
        offer("The.Film.2019.1080p.WEB-DL.H.264-FINE"),
        offer("The.Film.2019.1080p.BluRay.x264-GOOD"),
    )
    assert out.index("GOOD") < out.index("FINE") < out.index("SEAT")
    assert "before the next one by quality: Bluray-1080p over WEBDL-1080p" in out
    rejected = out.partition("SEAT")[2]
    assert "CAM is not allowed by the profile HD-1080p" in rejected
    assert "0 seeders, at least 1 needed" in rejected
    assert "secret-link" not in out


def test_sizes_decide_as_people_read_them() -> None:
    """When size puts one before the other, sizes are shown with their unit."""
    out = decided(
        offer("The.Film.2019.1080p.BluRay.x264-A", size=9 * GIGABYTE),
        offer("The.Film.2019.1080p.BluRay.x264-B", size=8 * GIGABYTE),
        offer("The.Film.2019.1080p.BluRay.x264-C", size=None),
    )
    assert "by size: 9.0 GB over 8.0 GB" in out
    assert "by size: 8.0 GB over unknown" in out
    assert "size unknown, 12 seeders" in out


def test_one_seeder_is_one_and_an_unknown_number_is_none() -> None:
    """Unknown is said as unknown, never as 0."""
    out = decided(offer("The.Film.2019.1080p.WEB-DL-A", seeders=1), offer("The.Film.2019.1080p.WEB-DL-B", seeders=None))
    assert "1 seeder," in out
    assert "seeders unknown" in out


def test_long_names_are_folded_and_never_cut() -> None:
    """At 80 columns a name of any length is there to the last letter."""
    name = f"The.Film.2019.1080p.BluRay.{'Very.Long.' * 20}x264-LAST"
    out = decided(offer(name))
    assert max(map(len, out.splitlines())) <= 80
    assert name in "".join(line[3:].strip() for line in out.splitlines())


def grab() -> Grab:
    """A grab that is under way."""
    release = offer("The.Film.2019.1080p.BluRay.x264-GOOD")
    return Grab(
        info_hash=InfoHash("a" * 40),
        target=SlotKey(movie_id=MovieId("the-film-2019")),
        claim=parse_release(release.title),
        offer=release,
        client="fetcher",
        grabbed_at=NOW,
        correlation_id=CorrelationId("c"),
    )


async def download() -> AsyncIterator[Progress]:
    """The steps of a download, at first of a size that is not known yet."""
    yield Grabbed(grab=grab())
    for progress, size in ((0.0, None), (0.25, 8 * GIGABYTE), (0.75, 8 * GIGABYTE)):
        item = DownloadItem(
            info_hash=InfoHash("a" * 40), title="x", status=DownloadStatus.DOWNLOADING, progress=progress, size=size
        )
        yield Downloading(grab=grab(), item=item)


def follow(*, terminal: bool) -> str:
    """What is drawn of a download."""
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=terminal, color_system=None)

    async def pass_on() -> list[Progress]:
        return [step async for step in draw_steps(download(), console)]

    assert len(asyncio.run(pass_on())) == 4
    return file.getvalue()


def test_a_terminal_shows_a_bar() -> None:
    """On a terminal the download is a bar with percent and bytes that fits the width."""
    out = follow(terminal=True)
    assert "75%" in out
    assert "6.0/8.0 GiB" in out


def test_elsewhere_there_are_lines_only() -> None:
    """A file or a journal gets one line a step and nothing that moves."""
    assert follow(terminal=False) == "downloading The.Film.2019.1080p.BluRay.x264-GOOD by fetcher\n"


def test_a_library_is_a_tree(tmp_path: Path) -> None:
    """Folders and files are shown with sizes; hidden ones are not, and links of folders are not followed."""
    film = tmp_path / "The Film [x] (2019)" / "The Film.mkv"
    film.parent.mkdir()
    film.write_bytes(b"x" * 2048)
    (tmp_path / ".recycle").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    out = draw(render_library(tmp_path), width=200)
    assert "The Film [x] (2019)" in out
    assert "The Film.mkv  2.0 KB" in out
    assert "recycle" not in out
    assert out.count("The Film.mkv") == 1


def test_a_file_that_proves_less_than_its_name_is_said() -> None:
    """A film that is in the library, but is less than was claimed, is told with both qualities, and as data."""
    under_way = grab()
    claim = under_way.claim
    media = MediaInfo(container="Matroska", video=VideoStream(codec="H.264", width=1280, height=720), duration=6000.0)
    held = MovieFile(
        movie_id=MOVIE.id, slot=SlotName("main"), path=Path("/films/F.mkv"), size=5, claim=claim, proof=media, added=NOW
    )
    less = Mislabelled(claimed=claim.quality, proved=get_quality("Bluray-720p"))
    outcomes = {
        SlotName("sound"): Imported(grab=under_way, file=held),
        SlotName("less"): Imported(grab=under_way, file=held, mislabelled=less),
    }
    acquired = Acquired(movie=MOVIE, outcomes=outcomes)
    shown = draw(render_outcome(acquired), width=120)
    assert shown.count("claimed Bluray-1080p, but its file proves Bluray-720p") == 1
    sound, told = describe_acquired(acquired)["slots"]
    assert sound["mislabelled"] is None
    assert (told["mislabelled"]["claimed"]["name"], told["mislabelled"]["proved"]["name"]) == (
        "Bluray-1080p", "Bluray-720p",
    )  # fmt: skip
    data = {**describe_acquired(acquired), "refused_grabs": [], "exit_code": 0}
    check_answer({"schema": "radarr-core/get", "version": 1, **data})


def test_history_has_one_line_an_event() -> None:
    """Events stand in their order with their moment and sentence."""
    event = MovieAdded(
        at=NOW, correlation_id=CorrelationId("c"), movie_id=MovieId("the-film-2019"), title="The [Film]", year=2019
    )
    assert "1  12:00:00  The [Film] (2019) is wanted" in draw(render_history([StoredEvent(sequence=1, event=event)]))


def test_nothing_steers_the_terminal() -> None:
    """Control characters, reading directions and halves of characters are spelled out; ordinary letters stay."""
    assert escape("a\x1b[2J\x07\n\u202e\x9b\u2028é漢") == "a\\x1b[2J\\x07\\n\\u202e\\x9b\\u2028é漢"
    assert escape(os.fsdecode(b"\xff")) == "\\udcff"


@pytest.mark.parametrize(
    ("text", "size"), [("0", 0), ("1500", 1500), ("4.2 GB", 4509715661), ("700MiB", 734003200), ("1 tb", 1024**4)]
)
def test_sizes_are_read_as_they_are_written(text: str, size: int) -> None:
    """Bytes alone, or a number with a unit of 1024 in any case."""
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "big", "-1", "4,2 GB", "1 PB", "1 XB", "nan"])
def test_what_is_no_size_is_refused(text: str) -> None:
    """The message shows the text and the accepted form."""
    with pytest.raises(ValueError, match=r"is no size; expected bytes or a number with a unit"):
        parse_size(text)


def test_sizes_are_written_for_people() -> None:
    """Whole bytes, then one decimal; unknown is a question mark."""
    assert [format_size(size) for size in (None, 0, 1023, 1024, 5 * GIGABYTE, 3 * 1024**5)] == [
        "?", "0 B", "1023 B", "1.0 KB", "5.0 GB", "3072.0 TB",
    ]  # fmt: skip
