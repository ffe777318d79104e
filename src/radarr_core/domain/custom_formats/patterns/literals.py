"""Texts of which every match of a pattern must contain at least one.

Only ASCII counts, in lower case. The few other characters that are equal to an ASCII letter when case plays no part
are put into that letter by `fold`, so a name that spells `k` with a Kelvin sign is not lost.
"""

from __future__ import annotations

from itertools import product

from .syntax import Again, At, Chars, Choice, Look, Node, Repeat, Sequence

_LIKE_ASCII = {0x130: "i", 0x17F: "s", 0x212A: "k"}
_MOST_EXACT = 64
_MOST_NEEDED = 400
_SHORTEST = 2
_LONGEST = 64

Texts = frozenset[str]
_NOTHING: Texts = frozenset(("",))


def fold(text: str) -> str:
    """The text as literals are looked for in it: in lower case, and as long as before."""
    if text.isascii():
        return text.lower()
    return "".join([c.lower() if c.isascii() else _LIKE_ASCII.get(ord(c), c) for c in text])


def exact_texts(node: Node) -> Texts | None:
    """Every text the node can match, folded; None when they are too many to list."""
    match node:
        case Chars(options):
            return options
        case Sequence(parts):
            return _join([exact_texts(part) for part in parts])
        case Choice(options):
            return _unite([exact_texts(option) for option in options], _MOST_EXACT)
        case Repeat(part, least, most):
            return _repeated(exact_texts(part), least, most)
        case Again():
            return None
        case _:
            return _NOTHING


def _join(lists: list[Texts | None]) -> Texts | None:
    texts = _NOTHING
    for each in lists:
        if each is None or len(texts) * len(each) > _MOST_EXACT:
            return None
        texts = frozenset("".join(pair) for pair in product(texts, each))
    return texts


def _unite(lists: list[Texts | None], most: int) -> Texts | None:
    if any(each is None for each in lists):
        return None
    texts = frozenset[str]().union(*(each for each in lists if each is not None))
    return texts if len(texts) <= most else None


def _repeated(texts: Texts | None, least: int, most: int | None) -> Texts | None:
    if texts is None or most is None or most > 4:
        return None
    return _unite([_join([texts] * count) for count in range(least, most + 1)], _MOST_EXACT)


def needed_texts(node: Node) -> Texts | None:
    """Texts of which every match contains one; None when nothing useful can be proved."""
    best = _needed(node)
    if best is None or _worth(best)[0] < _SHORTEST:
        return None
    return frozenset(text[:_LONGEST] for text in best)  # more of a text would tell hardly more, and costs the search


def _worth(texts: Texts) -> tuple[int, int]:
    return min(map(len, texts), default=0), -len(texts)


def _needed(node: Node) -> Texts | None:
    texts = exact_texts(node)
    if texts is not None and _worth(texts)[0]:
        return texts
    match node:
        case Sequence(parts):
            return _needed_of_sequence(parts)
        case Choice(options):
            return _unite([_needed(option) for option in options], _MOST_NEEDED)
        case Repeat(part, least, _):
            return _needed(part) if least else None
        case Look(part, is_negative):
            return None if is_negative else _needed(part)
        case _:
            return None


def _needed_of_sequence(parts: tuple[Node, ...]) -> Texts | None:
    """The best of: each run of parts whose texts can be listed, and each other part by itself."""
    found: list[Texts] = []
    run = _NOTHING
    for part in parts:
        texts = exact_texts(part)
        if texts is not None and len(run) * len(texts) <= _MOST_EXACT:
            run = _join([run, texts]) or _NOTHING
        else:
            found.append(run)
            run = _NOTHING if texts is None else texts
        if not isinstance(part, Chars | At):
            alone = _needed(part)
            if alone is not None:
                found.append(alone)
    found.append(run)
    return max((each for each in found if _worth(each)[0]), key=_worth, default=None)
