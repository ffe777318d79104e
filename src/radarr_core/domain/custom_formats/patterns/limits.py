"""How large a pattern may be: what is beyond is refused before anything is made of it.

To compile a pattern takes memory and time for every part, and for each time a part has to come again, and neither can
be limited once it has begun: a short text such as `a{999999999}` would take the whole machine.
"""

from __future__ import annotations

import re

LONGEST_PATTERN = 50_000
"""Characters; the longest pattern of the guides has a hundredth of it."""
MOST_PARTS = 100_000
"""Parts once repetitions are written out; no name is as long as what asks for more."""

_TOKEN = re.compile(
    r"(?P<comment>\(\?\#[^)]*\))|(?P<open>\()|(?P<close>\))|\{0*(?P<count>[0-9]+)(?:,[0-9]*)?\}|(?P<space>\s)"
    r"|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*+(?P<end>\]?))|\\.|.",
    re.DOTALL,
)


def check_limits(text: str) -> None:
    """Refuse a pattern that nobody can have meant, for its length or for what it repeats.

    Raises:
        ValueError: it is too long, or asks for too many repetitions.
    """
    if len(text) > LONGEST_PATTERN:
        raise ValueError(
            f"it has {len(text)} characters, and {LONGEST_PATTERN} are the most; share it out among several conditions"
        )
    if count_parts(text) > MOST_PARTS:
        raise ValueError(
            f"what it repeats makes more than {MOST_PARTS} parts, which no name has; ask for fewer repetitions"
        )


def count_parts(text: str) -> int:
    """The parts of a pattern when what must come several times is written as often; too many are not counted on."""
    groups, last = [0], 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            groups.append(0)
            last = 0
        elif kind == "close" and len(groups) > 1:
            last = groups.pop()
            groups[-1] += last
        elif kind == "count":
            more = last * (_read_count(token["count"]) - 1)
            last += max(more, 0)
            groups[-1] += max(more, 0)
        elif token["class"] and not token["end"]:
            break  # it has no end, so it is no pattern either
        elif kind not in ("comment", "space"):  # spaces may stand between a part and its count
            last = 1
            groups[-1] += 1
        if groups[-1] > MOST_PARTS:
            break
    return sum(groups)


def _read_count(digits: str) -> int:
    return int(digits) if len(digits) < 8 else 10**8
