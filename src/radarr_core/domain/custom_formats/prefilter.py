"""Many texts looked for at once: which patterns can match at all, from the literals each of them needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

Candidates = Callable[[str], Collection[int]]
"""From a folded text to the numbers of the patterns that may match it."""

_NONE: Mapping[int, frozenset[str]] = {}


def build_prefilter(
    needed: Mapping[int, frozenset[str]], needed_too: Mapping[int, frozenset[str]] = _NONE
) -> Candidates | None:
    """A search for the texts that patterns need; None when the engine is not installed.

    The engine is the Rust crate `aho-corasick`, which reads a text once, however many texts are looked for.

    Args:
        needed: for each pattern by number, texts of which it needs one.
        needed_too: for some of these patterns, other texts of which they need one as well.
    """
    try:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
    except ImportError:
        return None
    owners = _find_owners({**needed, **{~number: texts for number, texts in needed_too.items()}})
    if not owners:
        return _find_nothing
    search = AhoCorasick(
        list(owners), matchkind=MatchKind.Standard, implementation=Implementation.DFA
    ).find_matches_as_indexes
    numbers: Sequence[tuple[int, ...]] = [tuple(found) for found in owners.values()]
    demanding = frozenset(needed_too)

    def find(text: str) -> Collection[int]:
        found: set[int] = set()
        for place in {each[0] for each in search(text, overlapping=True)}:
            found.update(numbers[place])
        # What a pattern needs as well stands under the complement of its number, which is below zero.
        found -= {number for number in found & demanding if ~number not in found}
        return [number for number in found if number >= 0]

    return find


def _find_nothing(_: str) -> Collection[int]:
    return ()


def _find_owners(needed: Mapping[int, frozenset[str]]) -> dict[str, list[int]]:
    owners: dict[str, list[int]] = {}
    for number, texts in needed.items():
        for text in texts:
            owners.setdefault(text, []).append(number)
    return owners
