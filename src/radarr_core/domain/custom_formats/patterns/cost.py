"""How much work a backtracking search can be at the most, as a polynomial of the text's length.

A bound, not an estimate: the number of ways a part can match multiplies with what stands behind it. Where no
polynomial bounds it (a repetition of something that itself matches in several ways) there is no bound.
"""

from __future__ import annotations

from itertools import zip_longest

from attrs import frozen

from .syntax import At, Chars, Choice, Edge, Look, Node, Repeat, Sequence

_HIGHEST = 8


class UnboundedError(Exception):
    """No polynomial worth speaking of bounds the work."""


@frozen
class Bound:
    """A polynomial of a text's length; `factors[2]` goes with its square."""

    factors: tuple[float, ...]

    def __add__(self, other: Bound) -> Bound:
        return Bound(tuple([a + b for a, b in zip_longest(self.factors, other.factors, fillvalue=0.0)]))

    def __mul__(self, other: Bound) -> Bound:
        factors = [0.0] * (len(self.factors) + len(other.factors) - 1)
        if len(factors) > _HIGHEST:
            raise UnboundedError
        for mine, a in enumerate(self.factors):
            for theirs, b in enumerate(other.factors):
                # Nothing of what is beyond all floats is nothing: what is no number would pass for affordable.
                factors[mine + theirs] += a * b if a and b else 0.0
        return Bound(tuple(factors))

    def at(self, length: int) -> float:
        """The bound for a text of that many characters."""
        total = 0.0
        for factor in reversed(self.factors):
            total = total * (length + 1) + factor
        return total


_NONE = Bound((0.0,))
_ONE = Bound((1.0,))
_LENGTH = Bound((0.0, 1.0))


def find_bound(tree: Node) -> Bound | None:
    """The bound on the steps of one search through a text, every starting place tried; None when there is none."""
    try:
        _, work = _measure(tree)
        return work + _LENGTH if _is_anchored(tree) else work * _LENGTH
    except UnboundedError:
        return None


def _is_anchored(node: Node) -> bool:
    match node:
        case At(edge):
            return edge is Edge.START
        case Sequence(parts):
            return bool(parts) and _is_anchored(parts[0])
        case Choice(options):
            return all(map(_is_anchored, options))
        case _:
            return False


def _measure(node: Node) -> tuple[Bound, Bound]:
    """In how many ways a node can match from one place, and the steps to try them all."""
    match node:
        case Sequence(parts):
            return _measure_sequence(parts)
        case Choice(options):
            measured = [_measure(option) for option in options]
            return sum((ways for ways, _ in measured), _NONE), sum((work for _, work in measured), _ONE)
        case Repeat():
            return _measure_repeat(node)
        case Look(part):
            # What a look around found is kept or dropped whole. `regex` looks behind by going backwards.
            return _ONE, _measure(part)[1] + _ONE
        case Chars() | At():
            return _ONE, _ONE
        case _:
            return _ONE, _LENGTH


def _measure_sequence(parts: tuple[Node, ...]) -> tuple[Bound, Bound]:
    ways, work = _ONE, _NONE
    for part in parts:
        part_ways, part_work = _measure(part)
        work = work + ways * part_work
        ways = ways * part_ways
    return ways, work + _ONE


def _measure_repeat(node: Repeat) -> tuple[Bound, Bound]:
    ways, work = _measure(node.part)
    if node.most is not None and node.most <= 8:
        return _measure_counted(ways, work, node.most)
    if ways != _ONE or not shortest(node.part):
        raise UnboundedError
    return _LENGTH, work * _LENGTH


def _measure_counted(ways: Bound, work: Bound, most: int) -> tuple[Bound, Bound]:
    all_ways, all_work, so_far = _ONE, _ONE, _ONE
    for _ in range(most):
        all_work = all_work + so_far * work
        so_far = so_far * ways
        all_ways = all_ways + so_far
    return all_ways, all_work


def shortest(node: Node) -> int:
    """The fewest characters the node consumes."""
    match node:
        case Chars():
            return 1
        case Sequence(parts):
            return sum(map(shortest, parts))
        case Choice(options):
            return min(map(shortest, options))
        case Repeat(part, least):
            return shortest(part) * least
        case _:
            return 0
