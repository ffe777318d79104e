"""`python -m tests.corpus.differential FOLDER [--classes]`: where ours and guessit differ, and whether it is known why.

Every disagreement on the shared names belongs to a class of `guessit_differences.json`, which gives its reason in one
sentence. A class is told by a predicate of `differences`, or lists its names by digest, so that nothing of the corpus
is copied. A disagreement without a class fails, as does a class, or a digest, that stands for none any more.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import importlib.metadata
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import field, frozen

from radarr_core.domain.opinions import Comparison

from .differences import PREDICATES, Pair
from .records import find_folder

REVIEW_FILE = Path(__file__).with_name("guessit_differences.json")


@frozen
class DifferenceClass:
    """Disagreements on one field for one reason.

    Attributes:
        name: unique among the classes of its field.
        reason: one sentence, for whoever asks why this is so.
        is_ours_to_mend: guessit is right, and ours is not yet.
        names: digests of the names of the class; none where the predicate of the class's name tells it.
    """

    name: str
    reason: str
    is_ours_to_mend: bool = False
    names: frozenset[str] = field(default=frozenset(), converter=frozenset)

    def covers(self, pair: Pair) -> bool:
        """Whether the disagreement on this name is of this class."""
        return digest(pair.name) in self.names if self.names else PREDICATES[self.name](pair)


@frozen
class Review:
    """The classes of each field in their order (the first that fits counts), and the guessit they were made with."""

    guessit: str
    fields: dict[str, tuple[DifferenceClass, ...]]


@frozen
class Outcome:
    """What became of all disagreements: how many of each class, those without one, and what stands for none."""

    counts: Counter[tuple[str, str]]
    unexplained: tuple[str, ...]
    stale: tuple[str, ...]


def digest(name: str) -> str:
    """The first 12 hexadecimal digits of a name's SHA-1."""
    return hashlib.sha1(name.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:12]


def read_review(path: Path = REVIEW_FILE) -> Review:
    """The reviewed classes."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    fields = {name: tuple(DifferenceClass(**each) for each in classes) for name, classes in kept["fields"].items()}
    return Review(kept["guessit"], fields)


def judge(comparisons: Iterable[Comparison], review: Review) -> Outcome:
    """Puts every disagreement into its class."""
    counts: Counter[tuple[str, str]] = Counter()
    used: set[tuple[str, str, str]] = set()
    unexplained = []
    for comparison in comparisons:
        pair = _pair(comparison)
        for disagreement in comparison.disagreements:
            about = disagreement.field
            found = next((each for each in review.fields.get(about, ()) if each.covers(pair)), None)
            if found is None:
                readings = ", ".join(f"{parser} {value!s}" for parser, value in disagreement.readings.items())
                unexplained.append(f"{about}: {comparison.name!r} ({digest(comparison.name)}): {readings}")
                continue
            counts[about, found.name] += 1
            used.add((about, found.name, digest(comparison.name)))
    return Outcome(counts, tuple(unexplained), tuple(_find_stale(review, counts, used)))


def _pair(comparison: Comparison) -> Pair:
    ours, theirs = comparison.opinions
    return Pair(comparison.name, ours.claim, theirs.claim, theirs.refusal)


def _find_stale(review: Review, counts: Counter[tuple[str, str]], used: set[tuple[str, str, str]]) -> Iterator[str]:
    for about, classes in review.fields.items():
        for each in classes:
            if not counts[about, each.name]:
                yield f"{about}: class {each.name!r} stands for no disagreement any more"
            yield from (
                f"{about}: {mark} is of class {each.name!r} no more"
                for mark in sorted(each.names)
                if (about, each.name, mark) not in used
            )


async def compare(names: Iterable[str]) -> list[Comparison]:
    """Both opinions on every name."""
    # The adapters' libraries are needed only here; the judging is tested without them.
    from radarr_adapters.parsers.comparing.client import ComparingParser
    from radarr_adapters.parsers.guessit.client import Guessit
    from radarr_adapters.parsers.native.client import NativeParser

    parser = ComparingParser((NativeParser(), Guessit()))
    return [await parser.compare(name) for name in names]


def main(arguments: list[str] | None = None) -> int:
    """Prints the outcome; 1 when a disagreement is unexplained or an explanation stale, 2 without names."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.differential", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="the folder that holds release-names.txt")
    parser.add_argument("--classes", action="store_true", help="print every class with its count and its reason")
    options = parser.parse_args(arguments)
    folder = options.folder or find_folder()
    if folder is None or not (folder / "release-names.txt").is_file():
        _say("skipped: the shared names are not there; name their folder, or set RADARR_CORPUS to it")
        return 2 if options.folder or os.environ.get("CI") else 0
    names = (folder / "release-names.txt").read_text(encoding="utf-8").split("\n")
    review = read_review()
    outcome = judge(asyncio.run(compare([name for name in names if name.strip()])), review)
    _report(review, outcome, with_classes=options.classes)
    return int(bool(outcome.unexplained or outcome.stale))


def _report(review: Review, outcome: Outcome, *, with_classes: bool) -> None:
    for about, classes in review.fields.items():
        if with_classes:
            for each in classes:
                mend = " [ours to mend]" if each.is_ours_to_mend else ""
                _say(f"{about:18} {outcome.counts[about, each.name]:4}  {each.name}{mend}: {each.reason}")
        else:
            _say(f"{about:18} {sum(outcome.counts[about, each.name] for each in classes):4} in {len(classes)} classes")
    mend = sum(
        outcome.counts[about, each.name]
        for about, classes in review.fields.items()
        for each in classes
        if each.is_ours_to_mend
    )
    _say(f"{outcome.counts.total()} disagreements explained, {mend} of them ours to mend")
    for line in (*outcome.unexplained, *outcome.stale):
        _say(line)
    installed = importlib.metadata.version("guessit")
    if installed != review.guessit:
        _say(f"this is guessit {installed}; the classes were reviewed with {review.guessit}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
