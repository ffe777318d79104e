"""Patterns that can match no name, and patterns that match every one: what can be proved from the tree alone."""

from __future__ import annotations

from .cost import shortest
from .literals import exact_texts
from .syntax import At, Choice, Edge, Look, Node, Repeat, Sequence


def never_matches(node: Node) -> bool:
    """Whether no name, which is one line of text, can match."""
    match node:
        case Sequence(parts):
            return any(map(never_matches, parts)) or _contradicts(parts)
        case Choice(options):
            return all(map(never_matches, options))
        case Repeat(part, least):
            return least > 0 and never_matches(part)
        case Look(part, is_negative):
            return always_matches(part) if is_negative else never_matches(part)
        case _:
            return False


def _contradicts(parts: tuple[Node, ...]) -> bool:
    """Whether something must stand before the beginning or behind the end, or a word ends inside a word."""
    before, behind = 0, shortest(Sequence(parts))
    for place, part in enumerate(parts):
        own = shortest(part)
        behind -= own
        if _needs(part, Edge.START) and before > 0:
            return True
        if _needs(part, Edge.END) and behind > 0:
            return True
        if (
            part == At(Edge.WORD)
            and _is_word(parts[max(place - 1, 0) : place], -1)
            and _is_word(parts[place + 1 : place + 2], 0)
        ):
            return True
        before += own
    return False


def _needs(node: Node, edge: Edge) -> bool:
    """Whether every match of the node is at that edge, as far as can be seen."""
    match node:
        case At(found):
            return found is edge
        case Choice(options):
            return all(_needs(option, edge) for option in options)
        case Sequence(parts) if parts:
            return _needs(parts[0] if edge is Edge.START else parts[-1], edge)
        case _:
            return False


def _is_word(parts: tuple[Node, ...], end: int) -> bool:
    """Whether the part begins (0) or ends (-1) with a letter, a digit or a low line, whatever it matches."""
    texts = exact_texts(parts[0]) if parts else None
    return bool(texts) and all(text and (text[end].isalnum() or text[end] == "_") for text in texts or ())


def always_matches(node: Node) -> bool:
    """Whether the node can match nothing at all, anywhere."""
    match node:
        case Sequence(parts):
            return all(map(always_matches, parts))
        case Choice(options):
            return any(map(always_matches, options))
        case Repeat(part, least):
            return not least or always_matches(part)
        case Look(part, is_negative):
            return never_matches(part) if is_negative else always_matches(part)
        case _:
            return False
