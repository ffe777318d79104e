"""Numbers and sizes as feeds and web pages write them."""

from __future__ import annotations

import re
import struct

_UNITS = {"k": 1024, "m": 1024**2, "g": 1024**3, "t": 1024**4}
_FEED_SIZE = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d{1,3})?)[-_. ]?([kmgt])i?b(?![\w/])", re.IGNORECASE)
_SIZE = re.compile(r"\s*([\d.,]+)\s*([kmgt]?)i?b?\s*\Z", re.IGNORECASE)


def read_feed_size(text: str) -> int:
    """Bytes of the first size in a text of a feed; 0 when it holds none. Units are binary, whatever they are called.

    A speed (`100 Kb/s`, `100 Kbps`) is none.
    """
    bare = text.strip()
    if bare.isascii() and bare.isdigit():
        return int(bare)
    match = _FEED_SIZE.search(text)
    if match is None:
        return 0
    return round(float(match.group(1).replace(",", "")) * _UNITS[match.group(2).lower()])


def read_size(text: str) -> int:
    """Bytes of a size on a web page, whose thousands may be parted by commas or dots; 0 when it is none."""
    match = _SIZE.match(text)
    if match is None:
        return 0
    number = match.group(1).replace(",", ".")
    head, dot, tail = number.rpartition(".")
    if dot and len(tail) == 3 and "." in head + dot and number.count(".") > 1:
        head, tail = head + tail, "0"
    digits = (head.replace(".", "") or "0") + dot + tail
    # The field reads these in single precision; sizes that are compared with theirs have to agree to the byte.
    (number_read,) = struct.unpack("f", struct.pack("f", min(float(digits), 3e38)))
    return int(number_read * _UNITS.get(match.group(2).lower(), 1))


def read_loose_integer(text: str) -> int:
    """The whole number in a text of a web page, its separators left out; 0 when there is none."""
    digits = re.sub(r"[^\d]", "", text) if text.isascii() else ""
    return int(digits) if digits else 0
