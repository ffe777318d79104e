"""qBittorrent behind the port, through the library `qbittorrent-api`.

The library blocks, so one worker thread makes the calls, one after another; the event loop waits no longer than the
deadline. A server that drips its answer for ever holds the thread, and so the calls behind it, until it stops; they
end at their deadlines all the same.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import Any, TypeVar

import qbittorrentapi
from qbittorrentapi import exceptions

from radarr_core.domain.downloads import DownloadItem, MagnetPayload, Payload, TorrentPayload
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.releases import DownloadProtocol
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    BugError,
    DownloadNotFoundError,
    RadarrCoreError,
    RejectedByClientError,
    ServiceUnavailableError,
)
from radarr_core.plugins import AdapterContext
from radarr_core.ports.download_client import ClientCapabilities, DownloadClient

from .plugin import QBittorrentSettings
from .wire import item_from_torrent, map_path
from .worker import Worker

T = TypeVar("T")
logger = logging.getLogger(__name__)
_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}\Z")
_LONGEST_PAUSE = 0.5

ERROR_OF: tuple[tuple[type[Exception], type[RadarrCoreError], str], ...] = (
    (exceptions.LoginFailed, AuthenticationError, "refused the name or password; correct the settings"),
    (
        exceptions.Forbidden403Error,
        AuthenticationError,
        "refuses us; check name and password, and whether it banned us",
    ),
    (exceptions.Unauthorized401Error, AuthenticationError, "refuses us; its host header or login settings may say why"),
    (exceptions.UnsupportedMediaType415Error, RejectedByClientError, "does not take this for a torrent"),
    (exceptions.Conflict409Error, RejectedByClientError, "refused it"),
    (exceptions.HTTP5XXError, ServiceUnavailableError, "failed"),
    (exceptions.HTTPError, BadResponseError, "does not answer like a qBittorrent; check the url"),
    (exceptions.APIConnectionError, ServiceUnavailableError, "cannot be reached; check that it runs, and the url"),
    (exceptions.APIError, BadResponseError, "does not answer like a qBittorrent; check the url"),
)
"""The library's errors, the first that fits counts: what they become, and what a person is told."""


class QBittorrent(DownloadClient):
    """A qBittorrent, and of its torrents only those of our category."""

    def __init__(self, settings: QBittorrentSettings, context: AdapterContext) -> None:
        self._settings = settings
        self._name = context.name
        self._api = _Api(settings)
        self._is_closed = False
        self._worker = Worker(f"download client {context.name}")

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    @property
    def capabilities(self) -> ClientCapabilities:
        """Torrents and magnet links, remembered across restarts."""
        return ClientCapabilities(protocol=DownloadProtocol.TORRENT)

    async def add(self, payload: Payload) -> InfoHash:
        """Start a download, and wait until qBittorrent lists it: its answer alone does not mean that it will.

        Raises:
            RejectedByClientError: it takes it for no torrent or for another one, or has it under another category.
            ServiceUnavailableError: it took it, but did not list it before the deadline.
        """
        return await self._run(lambda: self._add(payload))

    async def list_downloads(self) -> tuple[DownloadItem, ...]:
        """All downloads of our category."""
        return await self._run(lambda: tuple(self._read(self._list_ours())))

    async def remove(self, info_hash: InfoHash, *, delete_data: bool) -> None:
        """Forget a download of our category, and wait until it is no longer listed."""
        await self._run(lambda: self._remove(info_hash, delete_data=delete_data))

    async def check(self) -> str:
        """Log in anew, and tell versions and category."""
        self._api.is_refused = False
        return await self._run(self._describe)

    async def find_download_folder(self) -> str | None:
        """The category's folder, or else the one for all downloads."""
        return await self._run(self._find_folder)

    async def aclose(self) -> None:
        """Let the connections go and the thread end; a call that still waits for an answer ends by itself."""
        if not self._is_closed:
            self._is_closed = True
            self._worker.submit(self._api.let_go)
            self._worker.stop()

    async def _run(self, job: Callable[[], T]) -> T:
        if self._is_closed:
            raise BugError("was closed; open a new one", adapter=self._name)
        deadline = self._settings.timeout
        future = asyncio.wrap_future(self._worker.submit(job))
        try:
            return await asyncio.wait_for(future, deadline)
        except TimeoutError as error:
            raise ServiceUnavailableError(
                f"{self._settings.url!r} did not answer within {deadline:g} s", adapter=self._name
            ) from error
        except exceptions.APIError as error:
            raise translate(error, self._settings.url, self._name) from error

    def _add(self, payload: Payload) -> InfoHash:
        self._ask_version()
        before = _names(self._list_ours())
        try:
            answer = self._api.torrents_add(
                urls=payload.uri if isinstance(payload, MagnetPayload) else None,
                torrent_files=payload.raw if isinstance(payload, TorrentPayload) else None,
                category=self._settings.category,
                is_stopped=False,
            )
        except exceptions.Conflict409Error:  # Web API 2.14 and later, where earlier ones say Fails.
            answer = "Fails."
        if answer == "Fails." and self._find_anywhere(payload.info_hash) is None:
            raise RejectedByClientError(
                f"{self._settings.url!r} refused the torrent {str(payload.info_hash)!r}; its log may say why",
                adapter=self._name,
            )
        self._await_listed(payload.info_hash, before)
        return payload.info_hash

    def _await_listed(self, info_hash: InfoHash, before: frozenset[str]) -> None:
        for _ in self._pauses():
            torrent = self._find_anywhere(info_hash)
            if torrent is not None:
                return self._check_category(torrent, info_hash)
        self._refuse_another(info_hash, before)
        raise ServiceUnavailableError(
            f"{self._settings.url!r} took the torrent {str(info_hash)!r}, but does not list it", adapter=self._name
        )

    def _refuse_another(self, info_hash: InfoHash, before: frozenset[str]) -> None:
        """Give back what it made of the payload, where that is another torrent than we would look for.

        Only a single newcomer of our category can be told to be that. Its data stays: somebody may have put it there.
        """
        new = _names(self._list_ours()) - before
        if len(new) == 1:
            (other,) = new
            self._api.torrents_delete(delete_files=False, torrent_hashes=other)
            raise RejectedByClientError(
                f"{self._settings.url!r} took {other!r} for the torrent {str(info_hash)!r}; it was removed again",
                adapter=self._name,
            )

    def _check_category(self, torrent: Mapping[str, Any], info_hash: InfoHash) -> None:
        """Somebody else's download is not ours to track, to import or to remove."""
        if torrent.get("category") != self._settings.category:
            raise RejectedByClientError(
                f"{self._settings.url!r} has the torrent {str(info_hash)!r} already, under the category "
                f"{torrent.get('category')!r}; move it to {self._settings.category!r} or remove it",
                adapter=self._name,
            )

    def _remove(self, info_hash: InfoHash, *, delete_data: bool) -> None:
        torrent = _find(self._list_ours(), info_hash)
        if torrent is None:
            raise DownloadNotFoundError(f"no download has the id {str(info_hash)!r}", adapter=self._name)
        self._api.torrents_delete(delete_files=delete_data, torrent_hashes=torrent.get("hash") or str(info_hash))
        for _ in self._pauses():
            if _find(self._list_ours(), info_hash) is None:
                return
        raise ServiceUnavailableError(f"still lists {str(info_hash)!r} after its removal", adapter=self._name)

    def _describe(self) -> str:
        api_version = self._ask_version()
        version = self._api.app_version()
        return (
            f"qBittorrent {version} (Web API {api_version}) at {self._settings.url}; "
            f"category {self._settings.category!r}"
        )

    def _find_folder(self) -> str | None:
        self._ask_version()
        categories: Any = self._api.torrents_categories()
        own = categories.get(self._settings.category) if isinstance(categories, Mapping) else None
        folder = own.get("savePath") if isinstance(own, Mapping) else None
        if (
            not isinstance(categories, Mapping)
            or not isinstance(own, Mapping | None)
            or not isinstance(folder, str | None)
        ):
            raise self._bad("categories with their folders", categories)
        return str(self._to_local(str(PurePath(self._api.app_default_save_path(), folder or ""))))

    def _ask_version(self) -> str:
        """Whatever answers at the url may be anything; a version is the shortest proof that it is a qBittorrent."""
        version = self._api.app_web_api_version().strip()
        if not _VERSION.match(version):
            raise BadResponseError(
                f"{self._settings.url!r} does not answer like a qBittorrent: {_shorten(version)!r}; check the url",
                adapter=self._name,
            )
        return version

    def _list_torrents(self, *, category: str | None = None) -> list[Any]:
        torrents: object = self._api.torrents_info(category=category)
        if not isinstance(torrents, list):
            raise self._bad("a list of torrents", torrents)
        return torrents

    def _bad(self, expected: str, answer: object) -> BadResponseError:
        return BadResponseError(
            f"{self._settings.url!r} answers with {_shorten(ascii(answer))} instead of {expected}", adapter=self._name
        )

    def _list_ours(self) -> list[Any]:
        return self._list_torrents(category=self._settings.category)

    def _find_anywhere(self, info_hash: InfoHash) -> Mapping[str, Any] | None:
        return _find(self._list_torrents(), info_hash)

    def _read(self, torrents: Iterable[Any]) -> Iterable[DownloadItem]:
        for torrent in torrents:
            try:
                yield item_from_torrent(torrent, self._to_local)
            except ValueError as error:
                logger.warning("%s: a torrent of its list cannot be read and is left out: %s", self._name, error)

    def _to_local(self, path: str) -> PurePath:
        remote, local = self._settings.remote_folder, self._settings.local_folder
        mapped = map_path(path, remote, local) if remote is not None and local is not None else None
        return PurePath(path) if mapped is None else mapped

    def _pauses(self) -> Iterable[None]:
        """Turns of asking again, ever slower, for half of the deadline."""
        end = time.monotonic() + self._settings.timeout / 2
        pause = 0.01
        while time.monotonic() < end:
            yield
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


class _Api(qbittorrentapi.Client):
    """The library's client, except that it never earns us a ban.

    qBittorrent locks an address out for an hour after five wrong passwords, also for people; so a password it
    refused is not sent again, and none is sent when there is none.
    """

    def __init__(self, settings: QBittorrentSettings) -> None:
        self.is_refused = False
        self._has_password = settings.password is not None
        super().__init__(
            host=settings.url,
            username=settings.username,
            password=settings.password.reveal() if settings.password else "",
            VERIFY_WEBUI_CERTIFICATE=settings.verify_certificate,
            FORCE_SCHEME_FROM_HOST=True,
            # It tries everything twice.
            REQUESTS_ARGS={"timeout": settings.timeout * 0.45},
            HTTPADAPTER_ARGS={"max_retries": 0},
            SIMPLE_RESPONSES=True,
        )

    def let_go(self) -> None:
        """Close its connections."""
        self._trigger_session_initialization()

    def auth_log_in(self, username: str | None = None, password: str | None = None, **kwargs: Any) -> None:
        if not self._has_password:
            raise exceptions.LoginFailed("it asks for a name and password, and there are none in the settings")
        if self.is_refused:
            raise exceptions.LoginFailed("the password was refused before and is not sent again")
        try:
            super().auth_log_in(username, password, **kwargs)
        except (exceptions.LoginFailed, exceptions.Forbidden403Error):
            self.is_refused = True
            raise


def translate(error: Exception, url: str, adapter: str) -> RadarrCoreError:
    """The library's error as one of ours."""
    for kind, ours, advice in ERROR_OF:
        if isinstance(error, kind):
            details = _explain(error) if kind is exceptions.APIConnectionError else _shorten(str(error))
            details = f" ({details})" if details else ""
            return ours(f"{url!r} {advice}{details}", adapter=adapter)
    raise error


_REASONS: Mapping[str, str] = {
    "SSLError": "this machine does not trust its certificate; see verify_certificate",
    "ConnectTimeout": "it does not answer in time",
    "ReadTimeout": "it does not answer in time",
    "TooManyRedirects": "it redirects without end",
    "InvalidURL": "the url is none",
}


def _explain(error: Exception) -> str:
    """Why there was no connection, in a few words: the library's are a nest of representations."""
    return next((_REASONS[kind.__name__] for kind in type(error.__context__).mro() if kind.__name__ in _REASONS), "")


def _names(torrents: Iterable[Any]) -> frozenset[str]:
    """What qBittorrent itself calls each of them."""
    names = (torrent.get("hash") for torrent in torrents if isinstance(torrent, Mapping))
    return frozenset(name for name in names if isinstance(name, str))


def _find(torrents: Iterable[Any], info_hash: InfoHash) -> Mapping[str, Any] | None:
    for torrent in torrents:
        if not isinstance(torrent, Mapping):
            continue
        hashes = (torrent.get("infohash_v1"), torrent.get("infohash_v2"), torrent.get("hash"))
        if str(info_hash) in hashes:
            return torrent
    return None


def _shorten(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}..."
