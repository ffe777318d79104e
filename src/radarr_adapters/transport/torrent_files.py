"""Torrents and magnet links as values.

Formats: BEP 3 (v1), BEP 52 (v2), BEP 9 (magnet), https://www.bittorrent.org/beps/bep_0000.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from bencode2 import bdecode, bencode

from radarr_core.domain.downloads import MagnetPayload, TorrentFile, TorrentPayload, find_danger
from radarr_core.domain.identifiers import InfoHash

_Dictionary = Mapping[bytes, Any]
MAX_FILES = 20_000
"""Files a torrent may have, padding files and folders counted with them; films have a handful."""
MAX_DEPTH = 64
"""Folders a file of a torrent may lie below."""


def read_torrent(raw: bytes) -> TorrentPayload:
    """A torrent from its bytes.

    The info-hash is over the info dictionary exactly as it stands there: bencoding that is not canonical is
    refused, so writing the dictionary again gives the very same bytes. A hybrid goes by its v1 hash.

    Raises:
        ValueError: the bytes are no torrent, a file name in it is dangerous, or it has more than `MAX_FILES` files.
    """
    root = _require(bdecode(raw), dict, "a torrent")
    info = _require(root.get(b"info"), dict, "the info dictionary")
    name = _part(info.get(b"name.utf-8") or info.get(b"name"), "the name")
    return TorrentPayload(raw=raw, info_hash=_info_hash(info), name=name, files=tuple(_files(info, name)))


def parse_magnet(uri: str) -> MagnetPayload:
    """A magnet link and the torrent it names: `urn:btih:` in hexadecimal or base32, else `urn:btmh:` (v2).

    Raises:
        ValueError: it names no torrent. The link itself is not shown: it may hold a tracker's key.
    """
    scheme, _, query = uri.partition("?")
    if scheme.lower() != "magnet:":
        raise ValueError("the link is no magnet link")
    topics = [
        value.strip().lower() for key, value in parse_qsl(query) if key.lower() == "xt" or key[:3].lower() == "xt."
    ]
    # A multihash of v2 begins with 12 20: SHA-256, 32 bytes.
    first, second = (_named(topics, prefix) for prefix in ("urn:btih:", "urn:btmh:1220"))
    info_hash = first or second
    if info_hash is None:
        raise ValueError("the magnet link names no torrent (xt=urn:btih: is missing)")
    return MagnetPayload(uri=uri, info_hash=info_hash)


def _named(topics: list[str], prefix: str) -> InfoHash | None:
    """The one info-hash of that version; of several, a client would take one of its own choice."""
    found = {InfoHash(topic.removeprefix(prefix)) for topic in topics if topic.startswith(prefix)}
    if len(found) > 1:
        shown = ", ".join(sorted(repr(str(info_hash)) for info_hash in found))
        raise ValueError(f"the magnet link names several torrents: {shown}")
    return found.pop() if found else None


def _info_hash(info: _Dictionary) -> InfoHash:
    exact = bencode(info)
    if b"pieces" in info:
        return InfoHash(hashlib.sha1(exact, usedforsecurity=False).hexdigest())
    if info.get(b"meta version") == 2:
        return InfoHash(hashlib.sha256(exact).hexdigest())
    raise ValueError("it has neither the pieces of v1 nor the version mark of v2")


def _files(info: _Dictionary, name: str) -> Iterator[TorrentFile]:
    """The files, each below the torrent's own folder; padding files (BEP 47) are no files."""
    if b"files" in info:
        entries = _require(info[b"files"], list, "the list of files")
        _check_count(len(entries))
        for entry in entries:
            file = _require(entry, dict, "a file")
            if b"p" not in _require(file.get(b"attr", b""), bytes, "a file's attributes"):
                yield _file([name, *_path(file)], file)
    elif b"length" in info:
        yield _file([name], info)
    else:
        yield from _tree(_require(info.get(b"file tree"), dict, "the list of files"), name)


def _tree(tree: _Dictionary, name: str) -> Iterator[TorrentFile]:
    """The files of a v2 torrent; one file alone at the top bears the torrent's name and has no folder."""
    found = list(_walk(tree, ()))
    is_single = len(found) == 1 and len(found[0][0]) == 1
    for parts, file in found:
        yield _file(list(parts) if is_single else [name, *parts], file)


def _walk(tree: _Dictionary, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], _Dictionary]]:
    """Every file of the tree, in its order, with the parts of its path."""
    waiting, seen = [(above, key, node) for key, node in reversed(list(tree.items()))], len(tree)
    while waiting:
        _check_count(seen // 2)  # a file of the tree is two nodes: its name, and what is known of it
        above, key, below = waiting.pop()
        node = _require(below, dict, "a folder of the file tree")
        if key == b"":
            yield above, node
        else:
            here = (*above, _part(key, "a file name"))
            _check_depth(len(here))
            waiting += [(here, inner, value) for inner, value in reversed(list(node.items()))]
            seen += len(node)


def _path(file: _Dictionary) -> list[str]:
    parts = _require(file.get(b"path.utf-8") or file.get(b"path") or None, list, "a file's path")
    _check_depth(len(parts))
    return [_part(part, "a file name") for part in parts]


def _check_count(count: int) -> None:
    if count > MAX_FILES:
        raise ValueError(f"it has more than {MAX_FILES} files")


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError(f"a file in it lies below more than {MAX_DEPTH} folders")


def _file(parts: list[str], entry: _Dictionary) -> TorrentFile:
    return TorrentFile(path="/".join(parts), size=_require(entry.get(b"length"), int, "a file's length"))


def _require(value: Any, kind: type, what: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{what} is missing or malformed")  # noqa: TRY004 - the data is wrong, not our call
    return value


def _part(value: Any, what: str) -> str:
    """One name. A separator inside would pass for a folder once the parts are joined."""
    text = str(_require(value, bytes, what).decode("utf-8", "replace"))
    danger = "it holds a path separator" if "/" in text or "\\" in text else find_danger(text)
    if danger:
        raise ValueError(f"{what} {text!r} is refused: {danger}")
    return text
