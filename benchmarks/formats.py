"""How long it takes to match every custom format of the guides with a thousand release names."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from radarr_core.domain.custom_formats import CustomFormat, FormatSet, FormatSubject, Quarantine
from radarr_core.domain.custom_formats.conditions import TextCondition
from radarr_core.domain.custom_formats.patterns import check_pattern
from radarr_core.domain.parsing import read_name

from .figures import Benchmark, Figure, Goal, Scale
from .measuring import take_turns
from .names import make_names

_SHARE = 0.5


def measure(scale: Scale) -> list[Figure]:
    """Our set and the naive loops in turns, by the processor's clock."""
    data, names, note = find_work(scale.pick(1000, 10))
    formats = list(map(CustomFormat.from_trash, data))
    subjects = [_read_subject(name) for name in names]
    check_pattern.cache_clear()
    loading = spend_cpu(lambda: FormatSet(map(CustomFormat.from_trash, data)).match(subjects[0]))
    check_pattern.cache_clear()
    ours = FormatSet(formats)
    first = spend_cpu(lambda: _match(ours, subjects))
    rounds = scale.pick(5, 1)
    fast, plain, slow = take_turns(
        rounds,
        lambda: spend_cpu(lambda: _match(ours, subjects)),
        lambda: spend_cpu(lambda: search_all(compile_with_re(formats), names)),
        lambda: spend_cpu(lambda: search_all(_compile_regex(formats), names[:: scale.pick(10, 1)])),
    )
    slow *= len(names) / len(names[:: scale.pick(10, 1)])
    parts = {"names": len(names), "formats": len(formats), "ours, s": fast}
    return [
        Figure(
            name="every format, every reason : naive re loop",
            value=fast / plain,
            goal=Goal(_SHARE, "x"),
            parts=parts | {"naive re, s": plain, "patterns": len(compile_with_re(formats))},
            note=f"the loop only searches, and leaves out the patterns re cannot compile{note}",
        ),
        Figure(
            name="every format, every reason : naive regex loop",
            value=fast / slow,
            parts=parts | {"naive regex, s": slow, "patterns": len(_compile_regex(formats))},
            note="every tenth name, times ten",
        ),
        Figure(name="the first time through, patterns compiled on the way", value=first, unit="s of CPU"),
        Figure(name="every format read, checked and prepared", value=loading, unit="s of CPU"),
    ]


def spend_cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _match(formats: FormatSet, subjects: list[FormatSubject]) -> int:
    quarantine = Quarantine()
    return sum(len(formats.match(subject, quarantine).matching) for subject in subjects)


def search_all(patterns: list[Any], names: list[str]) -> int:
    return sum(pattern.search(name) is not None for name in names for pattern in patterns)


_COMPILED: dict[str, list[Any]] = {}


def compile_with_re(formats: list[CustomFormat]) -> list[Any]:
    if "re" not in _COMPILED:
        _COMPILED["re"] = []
        for text in _list_patterns(formats):
            try:
                _COMPILED["re"].append(re.compile(text, re.IGNORECASE))
            except re.error:
                continue
    return _COMPILED["re"]


def _compile_regex(formats: list[CustomFormat]) -> list[Any]:
    import regex

    if "regex" not in _COMPILED:
        _COMPILED["regex"] = [regex.compile(text, regex.IGNORECASE) for text in _list_patterns(formats)]
    return _COMPILED["regex"]


def _list_patterns(formats: list[CustomFormat]) -> list[str]:
    return list({each.pattern: None for one in formats for each in one.conditions if isinstance(each, TextCondition)})


def _read_subject(name: str) -> FormatSubject:
    facts = read_name(name)
    return FormatSubject(
        release_title=name,
        edition=facts.edition,
        release_group=facts.release_group,
        quality=facts.quality,
        languages=facts.languages,
        year=facts.year,
    )


def find_corpus() -> Path:
    """Where the shared corpus is, or would be: the folder RADARR_CORPUS names, or the one beside the repository."""
    named = os.environ.get("RADARR_CORPUS")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "corpus"


def find_work(count: int) -> tuple[list[dict[str, Any]], list[str], str]:
    """The guides' formats and real names where the shared corpus is, else as many made-up ones, and a note."""
    folder = find_corpus()
    paths = sorted((folder / "trash-guides" / "cf").glob("*.json"))
    if paths:
        names = (folder / "release-names.txt").read_text("utf-8").splitlines()
        return [json.loads(path.read_text("utf-8")) for path in paths], names[:count], ""
    return [_make_up(number) for number in range(242)], make_names(count), "; made-up formats and names"


def _make_up(number: int) -> dict[str, Any]:
    """A format of five conditions on words that names have, and on words they do not."""
    words = ("WEB[ ._-]?DL", "Blu[ ._-]?Ray", "TrueHD", f"GRP{number}", f"x{number}[45]")
    conditions = [
        {
            "name": word,
            "implementation": "ReleaseTitleSpecification",
            "negate": False,
            "required": False,
            "fields": {"value": rf"\b({word})\b(?!-{number})"},
        }
        for word in words
    ]
    return {"name": f"Made up {number}", "specifications": conditions}


BENCHMARK = Benchmark(
    name="formats",
    measure=measure,
    method=(
        "A thousand release names of the shared corpus, read beforehand, against all custom formats of the guides, "
        "one thread, by the processor's clock; medians of five turns each. Ours answers every condition of every "
        "format that matches, with the text that was found; the naive loops search each distinct pattern in each "
        "name, compiled beforehand, and do nothing else."
    ),
)
