"""Many texts looked for at once: which patterns can match at all, from the literals each of them needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Candidates = Callable[[str], set[int]]
"""From a folded text to the numbers of the patterns that may match it."""


def build_prefilter(needed: Mapping[int, frozenset[str]]) -> Candidates | None:
    """A search for the texts each numbered pattern needs one of; None when the engine is not installed.

    The engine is the Rust crate `aho-corasick`, which reads a text once, however many texts are looked for.
    """
    try:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
    except ImportError:
        return None
    owners = _find_owners(needed)
    if not owners:
        return _find_nothing
    search = AhoCorasick(
        list(owners), matchkind=MatchKind.Standard, implementation=Implementation.DFA
    ).find_matches_as_indexes
    numbers: Sequence[tuple[int, ...]] = [tuple(found) for found in owners.values()]

    def find(text: str) -> set[int]:
        found: set[int] = set()
        for place in {each[0] for each in search(text, overlapping=True)}:
            found.update(numbers[place])
        return found

    return find


def _find_nothing(_: str) -> set[int]:
    return set()


def _find_owners(needed: Mapping[int, frozenset[str]]) -> dict[str, list[int]]:
    owners: dict[str, list[int]] = {}
    for number, texts in needed.items():
        # A text that holds another of the same pattern adds nothing.
        for text in texts:
            if not any(other != text and other in text for other in texts):
                owners.setdefault(text, []).append(number)
    return owners
