"""What every download client promises."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import random
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from attrs import frozen

from radarr_core.domain.downloads import (
    DownloadItem,
    DownloadStatus,
    MagnetPayload,
    TorrentFile,
    TorrentPayload,
)
from radarr_core.domain.identifiers import InfoHash
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    DownloadNotFoundError,
    RadarrCoreError,
    RejectedByClientError,
    ServiceUnavailableError,
    UnsupportedError,
)
from radarr_core.ports.download_client import DownloadClient
from radarr_core.testing.servers import make_torrent

PIECE = 1 << 18
PATIENCE = 45.0
"""Seconds within which a download of a few pieces must be finished."""


class Failure(StrEnum):
    """How a client can fail as a whole."""

    REFUSED = "refuses the connection"
    HANGS = "never answers"
    WRONG_PASSWORD = "refuses the password"  # noqa: S105 - no password
    NONSENSE = "answers with a web page"


ERROR_OF: dict[Failure, type[RadarrCoreError]] = {
    Failure.REFUSED: ServiceUnavailableError,
    Failure.HANGS: ServiceUnavailableError,
    Failure.WRONG_PASSWORD: AuthenticationError,
    Failure.NONSENSE: BadResponseError,
}


class Accident(StrEnum):
    """What can happen to one download."""

    VANISHES = "somebody else removes it from the client"
    FILES_GONE = "somebody deletes its files; the client may have been restarted since"
    ERROR = "the client reports an error"


@frozen(kw_only=True)
class Seedable:
    """A torrent that can be downloaded for real, and what is in it.

    Attributes:
        contents: bytes by path, relative to the folder the torrent is saved to.
    """

    torrent: TorrentPayload
    magnet: MagnetPayload
    contents: Mapping[str, bytes]


class DownloadClientHarness(ABC):
    """Brings up the client under test and what it needs; entered and left by ``async with``.

    Whatever the client downloads is seen by this process under the path the client tells. Its deadline is three
    seconds or less where it can hang, and nothing is in it at first.
    """

    failures: frozenset[Failure] = frozenset()
    """The failures this harness can bring about; none for a client within this process."""
    accidents: frozenset[Accident] = frozenset()
    """The accidents this harness can bring about."""
    has_strangers: bool = False
    """Whether the client can hold downloads of others; see `add_stranger`."""

    announce_url: str | None = None
    """The tracker that torrents and magnet links name; None where nobody looks for peers."""

    @property
    @abstractmethod
    def client(self) -> DownloadClient:
        """The client under test; after `reopen` and `fail` it may be another object."""

    @abstractmethod
    async def seed(self, seedable: Seedable) -> None:
        """See to it that a download of this, added already or later, comes to its end."""

    @abstractmethod
    async def reopen(self) -> None:
        """Close the client, and everything it speaks to that can be restarted, and open it anew."""

    async def fail(self, failure: Failure | None) -> None:
        """Fail from now on; None for not any more."""
        raise NotImplementedError

    async def harm(self, info_hash: InfoHash, accident: Accident) -> None:
        """Let the accident happen to a download that is finished."""
        raise NotImplementedError

    async def add_stranger(self, seedable: Seedable) -> None:
        """Let the client have a download that this library did not add."""
        raise NotImplementedError

    @abstractmethod
    async def __aenter__(self) -> Self: ...

    @abstractmethod
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def make_seedable(
    name: str, contents: Mapping[str, int] | int, *, announce_url: str | None = None, seed: int = 1
) -> Seedable:
    """A torrent of random bytes, the same ones for the same arguments.

    Args:
        name: of the file or folder.
        contents: bytes of the one file, or for each file in the folder its name and bytes.
        announce_url: the tracker's.
        seed: for other bytes under the same name.
    """
    dice = random.Random(f"{seed} {name}")
    sizes = {"": contents} if isinstance(contents, int) else dict(contents)
    parts = {inner: dice.randbytes(size) for inner, size in sizes.items()}
    data = b"".join(parts.values())
    pieces = b"".join(_sha1(data[at : at + PIECE]) for at in range(0, len(data), PIECE))
    listed = contents if isinstance(contents, int) else [((inner,), size) for inner, size in sizes.items()]
    more = {b"pieces": pieces, b"piece length": PIECE}
    # Without a tracker the info dictionary is all there is between the outer dictionary's key and its end.
    info = make_torrent(name, listed, more=more).removeprefix(b"d4:info").removesuffix(b"e")
    info_hash = InfoHash(_sha1(info).hex())
    paths = {f"{name}/{inner}" if inner else name: content for inner, content in parts.items()}
    return Seedable(
        torrent=TorrentPayload(
            raw=make_torrent(name, listed, tracker=announce_url, more=more),
            info_hash=info_hash,
            name=name,
            files=tuple(TorrentFile(path=path, size=len(content)) for path, content in paths.items()),
        ),
        magnet=MagnetPayload(
            uri=f"magnet:?xt=urn:btih:{info_hash}" + (f"&tr={announce_url}" if announce_url else ""),
            info_hash=info_hash,
        ),
        contents=paths,
    )


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data).digest()  # noqa: S324 - BEP 3


def _film(harness: DownloadClientHarness, *, seed: int = 1) -> Seedable:
    return make_seedable(f"Alpha.{2000 + seed}.1080p.mkv", 3 * PIECE + 5, announce_url=harness.announce_url)


async def _wait_for(harness: DownloadClientHarness, info_hash: InfoHash, *statuses: DownloadStatus) -> DownloadItem:
    """The download, once it has one of those statuses; every item on the way is a sound value."""
    item: DownloadItem | None = None
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        item = (await harness.client.find_downloads([info_hash])).get(info_hash)
        if item is not None and item.status in statuses:
            return item
        await asyncio.sleep(0.02)
    pytest.fail(f"after {PATIENCE:g} s the download is {item!r}, and not {' or '.join(statuses)}")


def _read(item: DownloadItem) -> dict[str, bytes]:
    """Everything at the download's path, by path relative to the folder above it."""
    assert item.output_path is not None
    top = Path(item.output_path)
    files: Iterable[Path] = (top,) if top.is_file() else (path for path in top.rglob("*") if path.is_file())
    return {path.relative_to(top.parent).as_posix(): path.read_bytes() for path in files}


def _link_elsewhere(item: DownloadItem) -> tuple[Path, Path]:
    """The finished file, and the hard link an import would make of it."""
    assert item.output_path is not None
    original = Path(item.output_path)
    link = original.with_name("imported.mkv")
    os.link(original, link)
    return original, link


def _is_there(path: Path) -> bool:
    return path.exists()


class DownloadClientContract:
    """Subclass it and give it a fixture `harness` that is an entered `DownloadClientHarness`."""

    async def _finish(self, harness: DownloadClientHarness, seedable: Seedable) -> DownloadItem:
        await harness.seed(seedable)
        info_hash = await harness.client.add(seedable.torrent)
        return await _wait_for(harness, info_hash, DownloadStatus.COMPLETED)

    async def test_has_a_name_and_constant_capabilities(self, harness: DownloadClientHarness) -> None:
        """Services read them once, also while the client is down."""
        if Failure.REFUSED in harness.failures:
            await harness.fail(Failure.REFUSED)
        assert harness.client.name.strip()
        assert harness.client.capabilities == harness.client.capabilities

    async def test_nothing_at_first(self, harness: DownloadClientHarness) -> None:
        """No downloads are an empty tuple, never an error."""
        assert await harness.client.list_downloads() == ()
        assert await harness.client.find_downloads([InfoHash("0" * 40)]) == {}

    async def test_an_added_torrent_is_listed_at_once(self, harness: DownloadClientHarness) -> None:
        """`add` answers once the client knows the download, so that nobody takes it for vanished."""
        film = _film(harness)
        info_hash = await harness.client.add(film.torrent)
        assert info_hash == film.torrent.info_hash
        (item,) = await harness.client.list_downloads()
        assert item.info_hash == info_hash
        assert item.title == film.torrent.name
        assert item.status not in (DownloadStatus.COMPLETED, DownloadStatus.FAILED)

    async def test_an_added_magnet_link_is_listed_at_once(self, harness: DownloadClientHarness) -> None:
        """Declared, a magnet link is a download whose size may not be known yet; undeclared, it is an error."""
        film = _film(harness)
        if not harness.client.capabilities.magnets:
            with pytest.raises(UnsupportedError):
                await harness.client.add(film.magnet)
            return
        assert await harness.client.add(film.magnet) == film.torrent.info_hash
        (item,) = await harness.client.list_downloads()
        assert item.info_hash == film.torrent.info_hash
        assert item.size is None or item.size == film.torrent.size

    async def test_adding_again_changes_nothing(self, harness: DownloadClientHarness) -> None:
        """A grab that is repeated after a crash finds its first download, by torrent or by magnet link."""
        film = _film(harness)
        first = await harness.client.add(film.torrent)
        assert await harness.client.add(film.torrent) == first
        if harness.client.capabilities.magnets:
            assert await harness.client.add(film.magnet) == first
        assert len(await harness.client.list_downloads()) == 1

    async def test_two_torrents_of_one_name(self, harness: DownloadClientHarness) -> None:
        """Torrents are told apart by their hash, never by their name."""
        films = [make_seedable("Alpha.2001.mkv", PIECE, announce_url=harness.announce_url, seed=s) for s in (1, 2)]
        added = {await harness.client.add(film.torrent) for film in films}
        assert {item.info_hash for item in await harness.client.list_downloads()} == added
        assert len(added) == 2

    async def test_what_is_no_torrent_is_refused(self, harness: DownloadClientHarness) -> None:
        """The caller goes on with the next release, and nothing is left behind."""
        film = _film(harness)
        rubbish = TorrentPayload(
            raw=b"<html>", info_hash=film.torrent.info_hash, name="rubbish", files=film.torrent.files
        )
        with pytest.raises(RejectedByClientError) as caught:
            await harness.client.add(rubbish)
        assert caught.value.adapter == harness.client.name
        assert await harness.client.list_downloads() == ()

    async def test_finds_by_id_alone(self, harness: DownloadClientHarness) -> None:
        """Ids the client does not know are left out, and others' downloads do not come along."""
        films = [_film(harness, seed=seed) for seed in (1, 2)]
        for film in films:
            await harness.client.add(film.torrent)
        wanted = films[0].torrent.info_hash
        found = await harness.client.find_downloads([wanted, InfoHash("0" * 40)])
        assert list(found) == [wanted]
        assert found[wanted].info_hash == wanted

    async def test_a_finished_file_is_where_it_says(self, harness: DownloadClientHarness) -> None:
        """The path of a one-file torrent is the file, whole and unchanged."""
        film = _film(harness)
        item = await self._finish(harness, film)
        assert _read(item) == film.contents
        assert (item.progress, item.size) == (1.0, film.torrent.size)

    async def test_a_finished_folder_is_where_it_says(self, harness: DownloadClientHarness) -> None:
        """The path of a torrent of several files is their folder."""
        files = {"alpha.mkv": 2 * PIECE, "alpha.nfo": 700}
        film = make_seedable("Alpha.2001-GRP", files, announce_url=harness.announce_url)
        item = await self._finish(harness, film)
        assert _read(item) == film.contents

    async def test_a_magnet_link_finishes_too(self, harness: DownloadClientHarness) -> None:
        """Also when all that is known at first is the hash."""
        if not harness.client.capabilities.magnets:
            pytest.skip("magnet links are not declared")
        film = _film(harness)
        await harness.seed(film)
        await harness.client.add(film.magnet)
        item = await _wait_for(harness, film.torrent.info_hash, DownloadStatus.COMPLETED)
        assert _read(item) == film.contents
        assert item.title == film.torrent.name

    @pytest.mark.parametrize("delete_data", [False, True])
    async def test_removing_a_finished_download(self, harness: DownloadClientHarness, delete_data: bool) -> None:
        """Its data goes only when told to, and a hard link made elsewhere stays in either case."""
        item = await self._finish(harness, _film(harness))
        original, link = _link_elsewhere(item)
        await harness.client.remove(item.info_hash, delete_data=delete_data)
        assert await harness.client.list_downloads() == ()
        assert _is_there(original) is not delete_data
        assert _is_there(link)

    async def test_removing_an_unfinished_download(self, harness: DownloadClientHarness) -> None:
        """A download that has only begun can be removed with its data."""
        film = _film(harness)
        for payload in (film.torrent, film.magnet) if harness.client.capabilities.magnets else (film.torrent,):
            await harness.client.add(payload)
            await harness.client.remove(film.torrent.info_hash, delete_data=True)
            assert await harness.client.list_downloads() == ()

    async def test_a_removed_download_can_be_added_again(self, harness: DownloadClientHarness) -> None:
        """Nothing of the first time stands in the way."""
        film = _film(harness)
        item = await self._finish(harness, film)
        await harness.client.remove(item.info_hash, delete_data=True)
        again = await self._finish(harness, film)
        assert _read(again) == film.contents

    async def test_removing_what_is_not_there(self, harness: DownloadClientHarness) -> None:
        """An unknown id, and a second removal, are errors of their own."""
        film = _film(harness)
        await harness.client.add(film.torrent)
        await harness.client.remove(film.torrent.info_hash, delete_data=True)
        for info_hash in (film.torrent.info_hash, InfoHash("0" * 40)):
            with pytest.raises(DownloadNotFoundError) as caught:
                await harness.client.remove(info_hash, delete_data=False)
            assert str(info_hash) in str(caught.value)

    async def test_downloads_survive_a_restart(self, harness: DownloadClientHarness) -> None:
        """Declared, what was finished is still finished, and what was under way goes on."""
        if not harness.client.capabilities.survives_restart:
            pytest.skip("surviving a restart is not declared")
        finished = await self._finish(harness, _film(harness))
        other = _film(harness, seed=2)
        await harness.client.add(other.torrent)
        await harness.reopen()
        assert {item.info_hash for item in await harness.client.list_downloads()} == {
            finished.info_hash,
            other.torrent.info_hash,
        }
        again = await _wait_for(harness, finished.info_hash, DownloadStatus.COMPLETED)
        assert again.output_path == finished.output_path
        await harness.seed(other)
        item = await _wait_for(harness, other.torrent.info_hash, DownloadStatus.COMPLETED)
        assert _read(item) == other.contents

    async def test_others_downloads_are_left_alone(self, harness: DownloadClientHarness) -> None:
        """What this library did not add is neither listed, nor taken over, nor removed."""
        if not harness.has_strangers:
            pytest.skip("nobody else can use this client")
        film = _film(harness)
        await harness.add_stranger(film)
        assert await harness.client.list_downloads() == ()
        with pytest.raises(DownloadNotFoundError):
            await harness.client.remove(film.torrent.info_hash, delete_data=True)
        with pytest.raises(RejectedByClientError):
            await harness.client.add(film.torrent)

    @pytest.mark.parametrize("accident", [Accident.FILES_GONE, Accident.ERROR])
    async def test_a_download_in_trouble_says_so(self, harness: DownloadClientHarness, accident: Accident) -> None:
        """It is no longer completed, and has a message for a person."""
        if accident not in harness.accidents:
            pytest.skip(f"this cannot be made to happen here: {accident}")
        done = await self._finish(harness, _film(harness))
        await harness.harm(done.info_hash, accident)
        item = await _wait_for(harness, done.info_hash, DownloadStatus.WARNING, DownloadStatus.FAILED)
        assert item.message

    async def test_a_download_that_vanished_is_not_listed(self, harness: DownloadClientHarness) -> None:
        """A person may remove downloads at the client."""
        if Accident.VANISHES not in harness.accidents:
            pytest.skip(f"this cannot be made to happen here: {Accident.VANISHES}")
        done = await self._finish(harness, _film(harness))
        await harness.harm(done.info_hash, Accident.VANISHES)
        assert await harness.client.list_downloads() == ()
        with pytest.raises(DownloadNotFoundError):
            await harness.client.remove(done.info_hash, delete_data=True)

    @pytest.mark.parametrize("failure", Failure)
    async def test_failures_have_their_types(self, harness: DownloadClientHarness, failure: Failure) -> None:
        """Each says by its type what to do and names the adapter, in time, and is over when the client is back."""
        if failure not in harness.failures:
            pytest.skip(f"this client cannot be made to do that: {failure}")
        film = _film(harness)
        await harness.client.add(film.torrent)
        await harness.fail(failure)
        for call in (
            lambda: harness.client.list_downloads(),
            lambda: harness.client.add(film.torrent),
            lambda: harness.client.remove(film.torrent.info_hash, delete_data=False),
            lambda: harness.client.check(),
        ):
            with pytest.raises(ERROR_OF[failure]) as caught:
                await asyncio.wait_for(call(), timeout=10)
            assert caught.value.adapter == harness.client.name
        await harness.fail(None)
        item = await _wait_for(harness, film.torrent.info_hash, *DownloadStatus)
        assert item.info_hash == film.torrent.info_hash

    async def test_a_cancelled_call_leaves_the_client_in_order(self, harness: DownloadClientHarness) -> None:
        """Cancelling at any await is allowed everywhere; the download is there whole or not at all."""
        film = _film(harness)
        call = asyncio.create_task(harness.client.add(film.torrent))
        await asyncio.sleep(0)
        call.cancel()
        with contextlib.suppress(asyncio.CancelledError):  # it may have been done in one step
            await call
        assert await harness.client.add(film.torrent) == film.torrent.info_hash
        assert len(await harness.client.list_downloads()) == 1

    async def test_several_calls_at_once(self, harness: DownloadClientHarness) -> None:
        """Services do not take turns."""
        films = [_film(harness, seed=seed) for seed in range(5)]
        await asyncio.gather(*(harness.client.add(film.torrent) for film in films))
        answers = await asyncio.gather(*(harness.client.list_downloads() for _ in range(5)))
        assert {len(items) for items in answers} == {5}

    async def test_check_says_what_it_found(self, harness: DownloadClientHarness) -> None:
        """One line for a person."""
        line = await harness.client.check()
        assert line.strip()
        assert "\n" not in line

    async def test_the_download_folder_is_above_its_downloads(self, harness: DownloadClientHarness) -> None:
        """It is used to find out whether hard links into the library work."""
        folder = await harness.client.find_download_folder()
        item = await self._finish(harness, _film(harness))
        assert folder is None or Path(item.output_path or "").is_relative_to(folder)

    async def test_closing_twice_does_no_harm(self, harness: DownloadClientHarness) -> None:
        """`aclose` may be called again, and ends in time."""
        await harness.client.list_downloads()
        for _ in range(2):
            await asyncio.wait_for(harness.client.aclose(), timeout=10)
