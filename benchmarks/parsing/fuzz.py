"""A fuzz session: no text makes the parser raise, waver or stall.

    python benchmarks/parsing/fuzz.py FOLDER [--seconds 60] [--seed N]

Mutated release names, text of every Unicode plane, and every marker the parser knows repeated to the limit. A name's
worst CPU time may be at most 100 times the median name's, and 1,024 characters of any marker may take at most 2.5
times as long as 512.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from radarr_core.domain.parsing import parse_release, parse_release_path, read_name  # noqa: E402
from radarr_core.domain.parsing.containers import EXTENSIONS  # noqa: E402
from radarr_core.domain.parsing.lexicon import LEXICON  # noqa: E402
from radarr_core.errors import UnparsableReleaseError  # noqa: E402

LIMIT = 1024
MOST_OF_MEDIAN = 100
"""How many times the median name's time the slowest text may take."""
MOST_OF_HALF = 2.5
"""How many times as long a marker repeated to the limit may take as one repeated to half of it."""
PIECES = (
    "[", "]", "(", ")", "{", "}", ".", " ", "-", "_", "/", "\\", " / ", " AKA ", " - ", "2019", "1080p", "x264", "-GRP",
    "www.", ".com", "S01E01", "A.", "v2", "tt0000001", "tmdb-1", "[ABCD1234]", "\u0301", "İ", "ß", "字", "+", "'", "!",
    "*", "x" * 31, "1" * 31, "A.K.A.", "p0801.", "password yenc", "|", "\x00", "\ud83c", "Dr.", " (", ") ", "[x] ",
)  # fmt: skip
SAME = (
    "title", "titles", "year", "revision", "languages", "edition", "release_group", "release_hash", "hardcoded_subs",
    "imdb_id", "tmdb_id", "video_codec", "audio", "hdr", "bit_depth", "is_3d", "streaming_service", "marks", "kind",
    "subtitle_languages", "resolution", "cuts", "is_multi",
)  # fmt: skip


def mutate(name: str, chance: random.Random) -> str:
    """The name with a few cuts, copies and insertions."""
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(name))
        kind = chance.randrange(5)
        if kind == 0:
            name = name[:place] + chance.choice(PIECES) + name[place:]
        elif kind == 1:
            name = name[:place] + name[place + chance.randint(1, 8) :]
        elif kind == 2:
            name = name[:place] + chr(chance.randrange(0x110000)) + name[place:]
        elif kind == 3:
            name = name[:place] + name[max(0, place - 20) : place] * chance.randint(1, 8) + name[place:]
        else:
            name = name[:place] + chance.choice((str.upper, str.lower, str.swapcase))(name[place:])
    return name[: LIMIT - 4]


def check(text: str) -> str | None:
    """What is wrong with how a text is read; None when nothing is."""
    first = read_name(text)
    if first != read_name(text) or first.original is not text:
        return "it reads differently the second time"
    for parse in (parse_release, parse_release_path):
        try:
            parse(text)
        except UnparsableReleaseError:
            continue
    words = re.findall(r"[^\W_]+", text.lower())
    if len(text) + 4 <= LIMIT and (not words or words[-1] not in EXTENSIONS):
        suffixed = read_name(text + ".mkv")
        changed = [field for field in SAME if getattr(suffixed, field) != getattr(first, field)]
        if changed:
            return f"with .mkv behind it, {changed[0]} changes: {[getattr(f, changed[0]) for f in (first, suffixed)]}"
    return None


def least_time(work: Callable[[str], object], text: str, times: int = 5) -> float:
    """CPU seconds of one reading, the least of several: what a busy machine adds, it adds to some of them only."""
    least = float("inf")
    for _ in range(times):
        started = time.process_time_ns()
        work(text)
        least = min(least, time.process_time_ns() - started)
    return least / 1e9


def repeats() -> list[tuple[str, str]]:
    """Every marker, alone and with a separator, and its text repeated to the limit."""
    markers = sorted({*LEXICON, *PIECES})
    every = [*markers, *(f"{marker} " for marker in markers), *(f"{marker}-" for marker in markers)]
    # Whole markers only, an even number: half a marker at the end may be another one, and read on another way.
    return [(marker, marker * (LIMIT // len(marker) // 2 * 2)) for marker in every]


def check_times(names: list[str]) -> list[str]:
    """Every marker that takes too long, beside the median name or beside its own half.

    A first look takes the least of five. Whatever looks slow then is timed again and again, by turns with what it is
    compared with, and reported only when the least of hundreds of readings still says so.
    """
    median = statistics.median(least_time(read_name, name) for name in names)
    ordinary = min(names, key=lambda name: abs(least_time(read_name, name) - median))
    slow = []
    worst = (0.0, "")
    for marker, text in repeats():
        whole, half = least_time(read_name, text), least_time(read_name, text[: len(text) // 2])
        if whole > MOST_OF_MEDIAN * median:
            ratio = confirm(text, ordinary, MOST_OF_MEDIAN)
            if ratio > MOST_OF_MEDIAN:
                slow.append(f"{marker!r} repeated takes {ratio:.0f} times the median name")
        else:
            worst = max(worst, (whole, marker))
        if whole > MOST_OF_HALF * half:
            ratio = confirm(text, text[: len(text) // 2], MOST_OF_HALF)
            if ratio > MOST_OF_HALF:
                slow.append(f"{marker!r} repeated takes {ratio:.2f} times as long at twice the length")
    print(f"median name {median * 1e6:.0f} us; slowest repeat {worst[1]!r} {worst[0] / median:.0f} times that")
    return slow


def confirm(text: str, other: str, most: float) -> float:
    """How many times as long a text takes as another: up to 60 rounds of five by turns, until it is within bounds."""
    least = least_other = float("inf")
    for _ in range(60):
        least = min(least, least_time(read_name, text))
        least_other = min(least_other, least_time(read_name, other))
        if least <= most * least_other:
            break
    return least / least_other


def main() -> int:
    """Runs the session; 1 when something was wrong."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, help="the folder that holds release-names.txt")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    names = (options.folder / "release-names.txt").read_text(encoding="utf-8").splitlines()
    chance = random.Random(options.seed)
    wrong: list[str] = []
    count = 0
    until = time.monotonic() + options.seconds
    while time.monotonic() < until and len(wrong) < 20:
        text = mutate(chance.choice(names), chance)
        count += 1
        try:
            complaint = check(text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            complaint = f"it raises {error!r}"
        if complaint:
            wrong.append(f"{text!r}: {complaint}")
    wrong += check_times(names[:500])
    print(f"{count} texts, {len(wrong)} complaints")
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
