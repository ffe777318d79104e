"""A stand-in for the Web API of qBittorrent 5: it lists what it was given, and downloads nothing.

Shaped from the published API, never from its source:
https://github.com/qbittorrent/qBittorrent/wiki/WebUI-API-(qBittorrent-5.0)
From Web API 2.14 (qBittorrent 5.2) on, adding answers with JSON and a login without text, as its change log says.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .loopback import LoopbackServer, RecordedRequest, Reply, json_reply

Form = Mapping[str, str]
Entry = dict[str, Any]
_PREFIX = "/api/v2/"
_OK = Reply(b"Ok.", content_type="text/plain")
_EMPTY = Reply(content_type="text/plain")
_FORBIDDEN = Reply(b"Forbidden", 403, "text/plain")
_NOT_FOUND = Reply(b"Not Found", 404, "text/plain")
_MOST_FAILURES = 5


class QBittorrentServer(LoopbackServer):
    """Answers like a qBittorrent 5 whose torrents are driven by the test.

    Attributes:
        logins: how many times a name and password were tried.

    Args:
        version: of the application.
        api_version: of the Web API; 2.11 goes with 5.0 and 5.1, 2.15 with 5.2.
        username: what a login must say.
        password: what a login must say; None to ask nobody.
        save_path: where finished files are said to be.
    """

    def __init__(
        self,
        *,
        version: str = "v5.0.4",
        api_version: str = "2.11.2",
        username: str = "admin",
        password: str | None = "adminadmin",  # noqa: S107 - of a server on loopback that holds nothing
        save_path: str = "/downloads",
    ) -> None:
        super().__init__()
        self.version = version
        self.api_version = api_version
        self.username = username
        self.password = password
        self.save_path = save_path
        self.logins = 0
        self._failures = 0
        self._session: str | None = None
        self._torrents: dict[str, Entry] = {}
        self._categories: dict[str, dict[str, str]] = {}
        self._lock = threading.RLock()

    def list_torrents(self) -> list[Entry]:
        """The entries of its list, as copies."""
        with self._lock:
            return [dict(entry) for entry in self._torrents.values()]

    def set_torrent(self, info_hash: str, **values: Any) -> None:
        """Change fields of an entry, as in `set_torrent(h, state="stoppedUP", progress=1)`.

        Raises:
            KeyError: it has no such torrent.
        """
        with self._lock:
            self._torrents[info_hash.lower()].update(values)

    def drop_torrent(self, info_hash: str) -> None:
        """Forget a torrent, as a person at the Web UI would make it do."""
        with self._lock:
            del self._torrents[info_hash.lower()]

    def add_category(self, name: str, save_path: str = "") -> None:
        """Make a category known."""
        with self._lock:
            self._categories[name] = {"name": name, "savePath": save_path}

    def end_session(self) -> None:
        """Forget who is logged in, as a restart does."""
        self._session = None

    def answer(self, request: RecordedRequest) -> Reply:
        """Answer a call of the Web API."""
        call = request.path.removeprefix(_PREFIX)
        form, files = read_form(request)
        with self._lock:
            if call == "auth/login":
                return self._log_in(form)
            if self.password is not None and f"={self._session}" not in request.headers.get("cookie", ""):
                return _FORBIDDEN
            if call == "torrents/add":
                return self._add(form, files)
            answer = self._calls().get(call)
            return answer({**request.query, **form}) if answer else _NOT_FOUND

    def _calls(self) -> Mapping[str, Callable[[Form], Reply]]:
        return {
            "app/version": lambda _: _text(self.version),
            "app/webapiVersion": lambda _: _text(self.api_version),
            "app/defaultSavePath": lambda _: _text(self.save_path),
            "app/preferences": lambda _: json_reply({"save_path": self.save_path, "dht": False}),
            "torrents/info": self._list,
            "torrents/delete": self._delete,
            "torrents/start": lambda form: self._set_states(form, "stalled"),
            "torrents/stop": lambda form: self._set_states(form, "stopped"),
            "torrents/categories": lambda _: json_reply(self._categories),
            "torrents/createCategory": self._create_category,
            "torrents/setCategory": self._set_category,
        }

    @property
    def _is_5_2(self) -> bool:
        major, minor = self.api_version.split(".")[:2]
        return (int(major), int(minor)) >= (2, 14)

    def _log_in(self, form: Form) -> Reply:
        self.logins += 1
        if self._failures >= _MOST_FAILURES:
            reason = b"Your IP address has been banned after too many failed authentication attempts."
            return Reply(reason, 403, "text/plain")
        if self.password is not None and (form.get("username"), form.get("password")) != (self.username, self.password):
            self._failures += 1
            return Reply(b"", 401, "text/plain") if self._is_5_2 else Reply(b"Fails.", 200, "text/plain")
        self._failures = 0
        self._session = hashlib.sha256(str(self.logins).encode()).hexdigest()
        cookie = f"QBT_SID_{urlsplit(self.url).port}" if self._is_5_2 else "SID"
        headers = {"Set-Cookie": f"{cookie}={self._session}; HttpOnly; path=/"}
        if self._is_5_2:
            return Reply(b"", 204, "text/plain", headers)
        return Reply(b"Ok.", 200, "text/plain", headers)

    def _add(self, form: Form, files: list[bytes]) -> Reply:
        entries = [entry_from_magnet(uri) for uri in form.get("urls", "").split() if uri.startswith("magnet:")]
        for raw in files:
            try:
                entries.append(entry_from_torrent(raw))
            except ValueError:
                return Reply(b"Error: '' is not a valid torrent file.", 415, "text/plain")
        new = [entry for entry in entries if entry["hash"] not in self._torrents]
        category = form.get("category", "")
        if category:
            self._categories.setdefault(category, {"name": category, "savePath": ""})
        for entry in new:
            entry["category"], entry["save_path"] = category, self.save_path
            entry["content_path"] = f"{self.save_path}/{entry['name']}" if entry["size"] > 0 else ""
            if form.get("stopped", "").lower() == "true":
                entry["state"] = "stoppedDL"
            self._torrents[entry["hash"]] = entry
        return self._answer_to_add(new)

    def _answer_to_add(self, new: list[Entry]) -> Reply:
        if not self._is_5_2:
            return _OK if new else Reply(b"Fails.", 200, "text/plain")
        counts = {"success_count": len(new), "pending_count": 0, "failure_count": 0 if new else 1}
        return json_reply({**counts, "added_torrent_ids": [entry["hash"] for entry in new]}, 200 if new else 409)

    def _list(self, form: Form) -> Reply:
        entries = list(self._torrents.values())
        if "category" in form:
            entries = [entry for entry in entries if entry["category"] == form["category"]]
        if "hashes" in form:
            entries = [entry for entry in entries if entry["hash"] in _hashes(form)]
        return json_reply(entries)

    def _delete(self, form: Form) -> Reply:
        for info_hash in _hashes(form):
            entry = self._torrents.pop(info_hash, None)
            if entry is not None and entry["content_path"] and form.get("deleteFiles", "").lower() == "true":
                _delete_path(Path(entry["content_path"]))
        return _EMPTY

    def _set_states(self, form: Form, state: str) -> Reply:
        for info_hash in _hashes(form):
            if info_hash in self._torrents:
                entry = self._torrents[info_hash]
                entry["state"] = state + ("UP" if entry["progress"] == 1 else "DL")
        return _EMPTY

    def _create_category(self, form: Form) -> Reply:
        name = form.get("category", "")
        if not name or name in self._categories:
            return Reply(b"Unable to create category", 409, "text/plain")
        self.add_category(name, form.get("savePath", ""))
        return _EMPTY

    def _set_category(self, form: Form) -> Reply:
        if form.get("category", "") not in {"", *self._categories}:
            return Reply(b"Incorrect category name", 409, "text/plain")
        for info_hash in _hashes(form):
            if info_hash in self._torrents:
                self._torrents[info_hash]["category"] = form.get("category", "")
        return _EMPTY


def read_form(request: RecordedRequest) -> tuple[dict[str, str], list[bytes]]:
    """The fields of a request's body and the contents of its files, from either form of forms."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True)), []
    if not kind.startswith("multipart/form-data"):
        return {}, []
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    fields: dict[str, str] = {}
    files: list[bytes] = []
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if part.get_filename() is not None:
            files.append(content)
        else:
            fields[str(part.get_param("name", header="content-disposition"))] = content.decode()
    return fields, files


def entry_from_torrent(raw: bytes) -> Entry:
    """The list entry of a .torrent (BitTorrent v1) that was just added.

    Raises:
        ValueError: it is none.
    """
    try:
        torrent, _ = _decode(raw, 0)
        start = raw.index(b"4:info") + len(b"4:info")
        _, end = _decode(raw, start)
        info = torrent[b"info"]
        size = info[b"length"] if b"length" in info else sum(file[b"length"] for file in info[b"files"])
        return _entry(hashlib.sha1(raw[start:end]).hexdigest(), info[b"name"].decode(), size)  # noqa: S324 - BEP 3
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no torrent: {error!r}") from error


def entry_from_magnet(uri: str) -> Entry:
    """The list entry of a magnet link that was just added."""
    query = dict(parse_qsl(urlsplit(uri).query))
    info_hash = query["xt"].removeprefix("urn:btih:").lower()
    return {**_entry(info_hash, query.get("dn", info_hash), -1), "state": "metaDL"}


def _entry(info_hash: str, name: str, size: int) -> Entry:
    return {
        "hash": info_hash,
        "infohash_v1": info_hash,
        "infohash_v2": "",
        "name": name,
        "size": size,
        "total_size": size,
        "amount_left": max(size, 0),
        "progress": 0,
        "state": "stalledDL",
        "dlspeed": 0,
        "eta": 8640000,
        "ratio": 0,
        "ratio_limit": -2,
        "seeding_time": 0,
        "seeding_time_limit": -2,
        "inactive_seeding_time_limit": -2,
    }


def _decode(raw: bytes, at: int) -> tuple[Any, int]:
    """A bencoded value (BEP 3) and where it ends."""
    kind = raw[at : at + 1]
    if kind == b"i":
        end = raw.index(b"e", at)
        return int(raw[at + 1 : end]), end + 1
    if kind in (b"l", b"d"):
        items: list[Any] = []
        at += 1
        while raw[at : at + 1] != b"e":
            item, at = _decode(raw, at)
            items.append(item)
        return (items if kind == b"l" else dict(zip(items[::2], items[1::2], strict=True))), at + 1
    colon = raw.index(b":", at)
    end = colon + 1 + int(raw[at:colon])
    return raw[colon + 1 : end], end


def _hashes(form: Form) -> list[str]:
    return form.get("hashes", "").lower().split("|")


def _text(text: str) -> Reply:
    return Reply(text.encode(), content_type="text/plain")


def _delete_path(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
