"""What the worker's thread does: a session, and the folder that remembers it."""

from __future__ import annotations

import fcntl
import logging
import os
import time
from pathlib import Path
from typing import IO

from radarr_core.domain.downloads import DownloadItem, MagnetPayload, Payload
from radarr_core.domain.identifiers import InfoHash
from radarr_core.errors import DownloadNotFoundError, RejectedByClientError, ServiceUnavailableError

from .binding import VERSION, Torrent, TorrentSession
from .plugin import LibtorrentSettings
from .wire import item_from_state

logger = logging.getLogger(__name__)
SUFFIX = ".resume"


class Engine:
    """Everything the embedded client does, synchronously, in the one thread that owns the session.

    The session opens with the first use, and takes up every download that was remembered.
    """

    def __init__(self, settings: LibtorrentSettings, name: str) -> None:
        self._settings = settings
        self._name = name
        self._folder = settings.folder.absolute()
        self._state = (settings.state_folder or self._folder / ".radarr-core").absolute()
        self._session: TorrentSession | None = None
        self._lock: IO[str] | None = None
        self._saved_at = time.monotonic()
        self._unsaved: dict[InfoHash, bytes] = {}

    def add(self, payload: Payload) -> InfoHash:
        """Remember a download, and start it."""
        session = self._open()
        torrent = self._read(payload)
        if torrent.info_hash != payload.info_hash:
            raise RejectedByClientError(
                f"it is the torrent {str(torrent.info_hash)!r}, and not {str(payload.info_hash)!r} as was said",
                adapter=self._name,
            )
        if session.has(torrent.info_hash):
            return torrent.info_hash
        # A folder of its own: two torrents may well hold files of one name.
        torrent.save_to(self._folder / str(torrent.info_hash))
        self._remember(torrent.info_hash, torrent.to_resume_data())
        try:
            session.add(torrent)
        except ValueError as error:
            self._forget(torrent.info_hash)
            raise RejectedByClientError(str(error), adapter=self._name) from error
        return torrent.info_hash

    def list_items(self) -> tuple[DownloadItem, ...]:
        """Every download."""
        states = self._open().list_states()
        return tuple(item_from_state(s, has_content=s.content is not None and s.content.exists()) for s in states)

    def remove(self, info_hash: InfoHash, *, delete_data: bool) -> None:
        """Forget a download."""
        if not self._open().remove(info_hash, delete_data=delete_data, timeout=self._settings.timeout / 2):
            raise DownloadNotFoundError(f"no download has the id {str(info_hash)!r}", adapter=self._name)
        self._forget(info_hash)
        if delete_data:
            _remove_empty_folder(self._folder / str(info_hash))

    def describe(self) -> str:
        """What this is, where it listens and where downloads land."""
        port = self._open().listen_port
        reach = f"peers connect to port {port}" if port else f"no peer can connect to {self._settings.listen!r}"
        return f"libtorrent {VERSION}; {reach}; downloads land in {str(self._folder)!r}"

    def tick(self) -> None:
        """Write down what changed; now and then ask for more, and let stopped downloads try again."""
        if self._session is None:
            return
        self._unsaved |= self._session.poll()
        self._save()
        if time.monotonic() - self._saved_at >= self._settings.save_interval:
            self._saved_at = time.monotonic()
            self._retry_faulty(self._session)
            self._session.request_resume_data()

    def close(self) -> None:
        """Write everything down and end the session."""
        session, self._session = self._session, None
        if session is not None:
            self._unsaved |= session.close(self._settings.timeout / 2)
            self._save()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _open(self) -> TorrentSession:
        if self._session is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._state.mkdir(parents=True, exist_ok=True)
            self._take_lock()
            self._session = TorrentSession(self._settings)
            self._restore(self._session)
        return self._session

    def _take_lock(self) -> None:
        """The system lets go of the lock when the process ends, however it ends."""
        lock = (self._state / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            raise ServiceUnavailableError(
                f"another process has the downloads of {str(self._state)!r} under way; stop it, or set a state_folder",
                adapter=self._name,
            ) from error
        self._lock = lock

    def _restore(self, session: TorrentSession) -> None:
        for path in sorted(self._state.glob(f"*{SUFFIX}")):
            try:
                session.add(Torrent.from_resume_data(path.read_bytes()))
            except (ValueError, OSError) as error:
                logger.warning("%s: the download remembered in %s is left out: %s", self._name, path, error)

    def _retry_faulty(self, session: TorrentSession) -> None:
        for info_hash in session.list_faulty():
            try:
                session.restart(Torrent.from_resume_data(self._path_of(info_hash).read_bytes()))
            except (ValueError, OSError) as error:
                logger.warning("%s: %s cannot be started again: %s", self._name, info_hash, error)

    def _read(self, payload: Payload) -> Torrent:
        try:
            if isinstance(payload, MagnetPayload):
                return Torrent.from_magnet(payload.uri)
            return Torrent.from_file(payload.raw)
        except ValueError as error:
            raise RejectedByClientError(str(error), adapter=self._name) from error

    def _remember(self, info_hash: InfoHash, resume_data: bytes) -> None:
        write_whole(self._path_of(info_hash), resume_data)

    def _save(self) -> None:
        """What cannot be written now stays for the next time: the same disk may be full of the download itself."""
        for info_hash, resume_data in list(self._unsaved.items()):
            try:
                self._remember(info_hash, resume_data)
            except OSError as error:
                logger.warning("%s: the progress of %s cannot be saved: %s", self._name, info_hash, error)
                return
            del self._unsaved[info_hash]

    def _forget(self, info_hash: InfoHash) -> None:
        self._unsaved.pop(info_hash, None)
        self._path_of(info_hash).unlink(missing_ok=True)

    def _path_of(self, info_hash: InfoHash) -> Path:
        return self._state / f"{info_hash}{SUFFIX}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that whatever happens either the old or the new content is there."""
    draft = path.with_suffix(".draft")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove_empty_folder(path: Path) -> None:
    """What others put there stays."""
    try:
        path.rmdir()
    except OSError as error:
        logger.info("the folder %s stays: %s", path, error)
