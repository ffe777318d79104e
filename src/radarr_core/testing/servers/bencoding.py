"""Bencoding and torrents for tests, by the standard library alone; what they hold need not exist.

Formats: BEP 3 and BEP 52, https://www.bittorrent.org/beps/bep_0003.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_PIECE = 1 << 18


def encode(value: object) -> bytes:
    """A value in bencoding: integers, bytes, lists and dicts with keys of bytes."""
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, list):
        return b"l" + b"".join(encode(item) for item in value) + b"e"
    if isinstance(value, dict):
        return b"d" + b"".join(encode(key) + encode(value[key]) for key in sorted(value)) + b"e"
    raise TypeError(f"bencoding has no {type(value).__name__}")


def make_torrent(
    name: str,
    files: Iterable[tuple[tuple[str, ...], int]] | int = 1000,
    *,
    tracker: str | None = None,
    more: Mapping[bytes, object] | None = None,
) -> bytes:
    """A v1 torrent with made-up piece hashes: good to be read, not to be downloaded.

    Args:
        name: of the file or folder; any text, hostile ones too.
        files: one file's bytes, or for each file its path as parts and its bytes.
        tracker: where it is announced.
        more: entries of the info dictionary beside the usual ones, or in their place.
    """
    listed = files if isinstance(files, int) else [(list(parts), size) for parts, size in files]
    total = listed if isinstance(listed, int) else sum(size for _, size in listed)
    contents: dict[bytes, object] = (
        {b"length": listed}
        if isinstance(listed, int)
        else {b"files": [{b"length": size, b"path": [part.encode() for part in parts]} for parts, size in listed]}
    )
    info = {
        b"name": name.encode(),
        b"piece length": _PIECE,
        b"pieces": b"\x5a" * 20 * -(-total // _PIECE),
        **contents,
        **(more or {}),
    }
    return encode({b"info": info} | ({b"announce": tracker.encode()} if tracker else {}))
