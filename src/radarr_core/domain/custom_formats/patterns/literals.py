"""Texts of which every match of a pattern must contain at least one.

Only ASCII counts, in lower case. The few other characters that are equal to an ASCII letter when case plays no part
are put into that letter by `fold`, so a name that spells `k` with a Kelvin sign is not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, product

from .syntax import Again, At, Chars, Choice, Look, Node, Repeat, Sequence

_LIKE_ASCII = {0x130: "i", 0x17F: "s", 0x212A: "k"}
_MOST_EXACT = 640
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
        texts = frozenset(map("".join, product(texts, each)))
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
    """Texts of which every match contains one, none of them in another; None when nothing useful can be proved."""
    return _drop_longer(_shorten(_needed(node)))


def needed_besides(node: Node, needed: Texts) -> Texts | None:
    """Texts of which every match contains one too, where a pattern asks for several things at once; else None.

    Args:
        node: the pattern.
        needed: what `needed_texts` says of it.
    """
    # A long pattern asks for the same again and again, and to compare two lists is the work of their product.
    lists = dict.fromkeys(texts for each in _list_needed(node) if (texts := _shorten(each)) is not None)
    best_first = sorted(lists, key=_worth, reverse=True)
    return _drop_longer(next((each for each in best_first if not _is_implied(each, needed)), None))


def _is_implied(texts: Texts, needed: Texts) -> bool:
    """Whether whatever has one of the needed texts has one of these as well."""
    return all(any(text in each for text in texts) for each in needed)


def _shorten(texts: Texts | None) -> Texts | None:
    if texts is None or _worth(texts)[0] < _SHORTEST:
        return None
    return frozenset(text[:_LONGEST] for text in texts)  # more of a text would tell hardly more, and costs the search


def _drop_longer(texts: Texts | None) -> Texts | None:
    """The texts without those that hold another of them, which add nothing."""
    if texts is None:
        return None
    kept: list[str] = []
    for _, same in groupby(sorted(texts, key=len), key=len):
        kept += [text for text in same if not any(map(text.__contains__, kept))]
    return frozenset(kept)


def _worth(texts: Texts) -> tuple[int, int]:
    return min(map(len, texts), default=0), -len(texts)


def _needed(node: Node) -> Texts | None:
    return max((each for each in _list_needed(node) if _worth(each)[0]), key=_worth, default=None)


def _list_needed(node: Node) -> Iterator[Texts]:
    """Lists of texts; of each of them every match contains one."""
    texts = exact_texts(node)
    if texts is not None and _worth(texts)[0]:
        yield texts
        return
    match node:
        case Sequence(parts):
            yield from _list_of_sequence(parts)
        case Choice(options):
            united = _unite([_needed(option) for option in options], _MOST_NEEDED)
            if united is not None:
                yield united
        case Repeat(part, least, _) if least:
            yield from _list_needed(part)
        case Look(part, is_negative) if not is_negative:
            yield from _list_needed(part)
        case _:
            return


def _list_of_sequence(parts: tuple[Node, ...]) -> Iterator[Texts]:
    """Each run of parts whose texts can be listed, and what each other part needs by itself."""
    run = _NOTHING
    for part in parts:
        texts = exact_texts(part)
        if texts is not None and len(run) * len(texts) <= _MOST_EXACT:
            run = _join([run, texts]) or _NOTHING
        else:
            yield run
            run = _NOTHING if texts is None else texts
        if not isinstance(part, Chars | At):
            yield from _list_needed(part)
    yield run
