"""A whole pipeline's surroundings in memory, and ways to kill it at any moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any, Self

from attrs import define, evolve, field

from radarr_core import Governor, Library, Movie, PlacementMode, Policy, Release, Slot, SlotKey, build_profile
from radarr_core.domain.downloads import DownloadItem, DownloadStatus, Grab, GrabState
from radarr_core.domain.events import Event
from radarr_core.domain.identifiers import CorrelationId, InfoHash
from radarr_core.domain.movies import MovieFile
from radarr_core.domain.naming import DEFAULT_FILE_TEMPLATE, NamingTemplate
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import DownloadProtocol, MediaInfo, VideoStream
from radarr_core.services.context import Context
from radarr_core.services.import_download import ImportResult, import_download
from radarr_core.services.recover import recover
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.file_system import Device, InMemoryFileSystem
from radarr_core.testing.fakes.media_probe import ScriptedProbe
from radarr_core.testing.fakes.storage import InMemoryStorage

MOVIE = Movie(title="The Glass Harbor", year=2024, runtime_minutes=100, slots=(Slot(profile="Test"),))
KEY = SlotKey(movie_id=MOVIE.id)
GOOD = "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE"
BETTER = "The.Glass.Harbor.2024.1080p.BluRay.x264-DOCK"
LIBRARY = Path("/data/movies")
DOWNLOADS = Path("/data/downloads")
PROFILE = build_profile(
    "Test", allowed=("WEB 720p", "WEB 1080p", "Bluray-1080p", "Remux-1080p"), cutoff="Remux-1080p", upgrade_allowed=True
)


def make_proof(height: int = 1080, seconds: float | None = 6000.0) -> MediaInfo:
    """What a probe would say of a sound film."""
    video = VideoStream(codec="H.264", width=height * 16 // 9, height=height)
    return MediaInfo(container="Matroska", duration=seconds, video=video)


def make_hash(name: str) -> InfoHash:
    """An info-hash of its own for every name."""
    return InfoHash(name.encode().hex()[-40:].rjust(40, "0"))


def make_release(name: str, **changes: Any) -> Release:
    """A healthy torrent."""
    settings: dict[str, Any] = {
        "indexer": "harbor",
        "guid": name,
        "title": name,
        "protocol": DownloadProtocol.TORRENT,
        "size": 4_000_000_000,
        "seeders": 12,
        "download_url": "https://indexer.example/1",
    }
    return Release(**settings | changes)


class Killed(BaseException):
    """The process is gone: no handler of the program runs any more."""


@define
class KillSwitch:
    """Kills at the nth moment at which a process could die; never without a number."""

    at: int | None = None
    moments: int = 0

    def tick(self) -> None:
        """One more moment."""
        self.moments += 1
        if self.moments == self.at:
            raise Killed


class Mortal:
    """A port whose every call is two moments: one before it and one after it."""

    def __init__(self, port: Any, switch: KillSwitch) -> None:
        self._port = port
        self._switch = switch

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            self._switch.tick()
            answer = await method(*arguments, **named)
            self._switch.tick()
            return answer

        return call


class MortalStorage:
    """A storage whose units of work can die before they begin, before they commit, and right after."""

    def __init__(self, storage: InMemoryStorage, switch: KillSwitch) -> None:
        self._storage = storage
        self._switch = switch

    def begin(self) -> Any:
        """A unit of work that can die."""
        return _MortalWork(self._storage.begin(), self._switch)


class _MortalWork:
    def __init__(self, work: Any, switch: KillSwitch) -> None:
        self._work = work
        self._switch = switch

    async def __aenter__(self) -> Self:
        self._switch.tick()
        self._entered = await self._work.__aenter__()
        return self._entered

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            try:
                self._switch.tick()
            except Killed as death:
                await self._work.__aexit__(Killed, death, None)
                raise
        await self._work.__aexit__(kind, error, trace)
        if kind is None:
            self._switch.tick()


@define
class World:
    """Storage, disks and probe in memory, with a grab whose download is finished."""

    files: InMemoryFileSystem = field(factory=lambda: InMemoryFileSystem({"/data": Device()}))
    storage: InMemoryStorage = field(factory=InMemoryStorage)
    probe: ScriptedProbe = field(factory=lambda: ScriptedProbe(otherwise=make_proof()))
    clock: ManualClock = field(factory=ManualClock)
    placement: PlacementMode = PlacementMode.HARD_LINK
    governor: Governor = field(factory=Governor)
    movie: Movie = MOVIE
    file_template: NamingTemplate = DEFAULT_FILE_TEMPLATE

    def __attrs_post_init__(self) -> None:
        """An empty library still has its folder."""
        self.files.write(LIBRARY / ".keep", b"")

    def context(self, switch: KillSwitch | None = None) -> Context:
        """What a service is given; with a switch, in a world where processes die."""
        context = Context(
            storage=self.storage,
            download_client=None,  # type: ignore[arg-type] - imports do not speak to it
            media_probe=self.probe,
            file_system=self.files,
            clock=self.clock,
            indexers=(),
            library=Library(
                folder=LIBRARY,
                placement=self.placement,
                governor=self.governor,
                file_template=self.file_template,
            ),
            policy=Policy(profiles={"Test": PROFILE}),
        )
        if switch is None:
            return context
        return evolve(
            context,
            storage=MortalStorage(self.storage, switch),
            file_system=Mortal(self.files, switch),
            media_probe=Mortal(self.probe, switch),
        )

    async def finish_download(
        self, name: str, content: bytes = b"film" * 100, file: str = "film.mkv"
    ) -> tuple[Grab, DownloadItem]:
        """A release was grabbed for the movie, and its download is there."""
        path = DOWNLOADS / name / file
        self.files.write(path, content)
        grab = Grab(
            info_hash=make_hash(name),
            target=SlotKey(movie_id=self.movie.id),
            claim=parse_release(name),
            offer=make_release(name),
            client="client",
            grabbed_at=self.clock.now(),
            correlation_id=CorrelationId("search"),
            state=GrabState.DOWNLOADING,
        )
        async with self.storage.begin() as work:
            await work.movies.save(self.movie)
            await work.grabs.save(grab)
        item = DownloadItem(
            info_hash=grab.info_hash, title=name, status=DownloadStatus.COMPLETED, progress=1.0,
            output_path=DOWNLOADS / name,
        )  # fmt: skip
        return grab, item

    async def run(self, name: str = GOOD, **download: Any) -> ImportResult:
        """Download a release and import it."""
        grab, item = await self.finish_download(name, **download)
        return await import_download(self.context(), grab, item)

    async def run_again(self, grab: Grab, item: DownloadItem) -> None:
        """What the next process does: pick up what was left, then import what is still to be imported."""
        context = self.context()
        await recover(context)
        async with self.storage.begin() as work:
            stored = await work.grabs.find(grab.info_hash, grab.target)
        if stored is not None and stored.is_active:
            await import_download(context, stored, item)

    async def events(self, kind: Callable[..., Event] | None = None) -> list[Any]:
        """What happened, or what happened of one kind."""
        async with self.storage.begin() as work:
            stored = await work.events.list_of(self.movie.id)
        return [one.event for one in stored if kind is None or isinstance(one.event, kind)]  # type: ignore[arg-type]

    async def held(self) -> MovieFile | None:
        """The slot's file as storage knows it."""
        async with self.storage.begin() as work:
            return await work.files.find(KEY)

    def library(self) -> list[PurePath]:
        """Every file of the library, replaced ones and the folder's own mark aside."""
        found = [path.relative_to(LIBRARY) for path in self.files.list_paths() if path.is_relative_to(LIBRARY)]
        return [path for path in found if path.parts[0] not in (".recycle", ".keep")]

    def retired(self) -> list[PurePath]:
        """What was moved out of the library."""
        folder = LIBRARY / ".recycle"
        return [path.relative_to(folder) for path in self.files.list_paths() if path.is_relative_to(folder)]
