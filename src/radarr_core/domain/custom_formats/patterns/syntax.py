"""Reading a pattern of the .NET flavour into a tree, as far as its meaning is the same for the `regex` package.

A pattern that is read here needs no compiling to be known as valid, tells which texts every match must contain, and
how much work a search can be at the most. What this grammar does not know is no mistake: such a pattern is left to
`regex`, and is run with a time-out on every text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from attrs import define, field, frozen


class NotUnderstoodError(Exception):
    """The pattern has something this grammar leaves to `regex`."""


class UnsupportedError(Exception):
    """The pattern has something `regex` would read otherwise than .NET; the message says what."""


@frozen
class Chars:
    """One character; `options` are the lower-case ASCII ones it may be, None when it may be anything."""

    options: frozenset[str] | None = None


@frozen
class Sequence:
    """Parts one behind the other."""

    parts: tuple[Node, ...]


@frozen
class Choice:
    """One of several."""

    options: tuple[Node, ...]


@frozen
class Repeat:
    """A part again and again; `most` is None where there is no limit."""

    part: Node
    least: int
    most: int | None


@frozen
class Look:
    """A look ahead or behind, which consumes nothing."""

    part: Node
    is_negative: bool


class Edge(StrEnum):
    """A place between two characters."""

    START = "^"
    END = "$"
    WORD = "b"
    NO_WORD = "B"


@frozen
class At:
    """A condition on a place."""

    edge: Edge


@frozen
class Again:
    """The text of an earlier group once more."""

    group: int


Node = Chars | Sequence | Choice | Repeat | Look | At | Again

_QUANTIFIER = re.compile(r"\{([0-9]{1,9})(?:(,)([0-9]{0,9}))?\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPELLED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_KINDS = frozenset("dDwWsS")
_DEEPEST = 60


def one_of(characters: str) -> Chars:
    """A character of these; only what is ASCII is remembered, since the case of the rest folds in many ways."""
    if not characters.isascii():
        return Chars()
    return Chars(frozenset(characters.lower()))


@define
class _Reader:
    text: str
    place: int = 0
    depth: int = 0
    groups: int = 0
    names: set[str] = field(factory=set)
    edits: list[tuple[int, int, str]] = field(factory=list)

    def peek(self, ahead: str) -> bool:
        return self.text.startswith(ahead, self.place)

    def take(self) -> str:
        if self.place >= len(self.text):
            raise NotUnderstoodError
        self.place += 1
        return self.text[self.place - 1]

    # -- structure -----------------------------------------------------------------------------------------------------

    def choice(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotUnderstoodError
        options = [self.sequence()]
        while self.peek("|"):
            self.place += 1
            options.append(self.sequence())
        self.depth -= 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            part = self.atom()
            if part is not None:
                parts.append(self.quantified(part))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def quantified(self, part: Node) -> Node:
        bounds = self.bounds()
        if bounds is None:
            return part
        if isinstance(part, At | Look):
            raise NotUnderstoodError
        if self.peek("?"):
            self.place += 1
        if self.place < len(self.text) and (self.text[self.place] in "*+?" or self.counted() is not None):
            raise NotUnderstoodError
        return Repeat(part, *bounds)

    def counted(self) -> re.Match[str] | None:
        return _QUANTIFIER.match(self.text, self.place)

    def bounds(self) -> tuple[int, int | None] | None:
        sign = self.text[self.place : self.place + 1]
        usual: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if sign in usual:
            self.place += 1
            return usual[sign]
        found = self.counted() if sign == "{" else None
        if found is None:
            return None
        self.place = found.end()
        least = int(found[1])
        most = least if found[2] is None else int(found[3]) if found[3] else None
        if most is not None and most < least:
            raise NotUnderstoodError
        return least, most

    # -- atoms ---------------------------------------------------------------------------------------------------------

    def atom(self) -> Node | None:
        start = self.place
        sign = self.take()
        if sign == "\\":
            return self.escape()
        if sign == "(":
            return self.group()
        if sign == "[":
            return self.char_class()
        if sign in "^$":
            return At(Edge(sign))
        if sign == ".":
            return Chars()
        if sign in "*+?":
            raise NotUnderstoodError
        if sign == "{":
            self.plain_brace(start)
        elif sign == "}":
            self.edits.append((start, start + 1, "\\}"))
        return one_of(sign)

    def plain_brace(self, start: int) -> None:
        """A brace that counts nothing is a character to .NET, but may be fuzzy matching to `regex`."""
        if _QUANTIFIER.match(self.text, start):
            raise NotUnderstoodError
        self.edits.append((start, start + 1, "\\{"))

    def escape(self) -> Node:
        sign = self.take()
        if sign in _KINDS:
            return Chars()
        if sign in "bB":
            return At(Edge(sign))
        if sign == "A":
            return At(Edge.START)
        if sign in "123456789":
            if self.text[self.place : self.place + 1].isdigit() or int(sign) > self.groups:
                raise NotUnderstoodError
            return Again(int(sign))
        return one_of(self.spelled(sign))

    def spelled(self, sign: str) -> str:
        if sign in _SPELLED:
            return _SPELLED[sign]
        digits = {"x": 2, "u": 4}.get(sign)
        if digits is not None:
            code = self.text[self.place : self.place + digits]
            if not re.fullmatch(rf"[0-9a-fA-F]{{{digits}}}", code):
                raise NotUnderstoodError
            self.place += digits
            return chr(int(code, 16))
        if sign.isalnum() or not sign.isascii():
            raise NotUnderstoodError
        return sign

    def group(self) -> Node | None:
        wrap = self.group_kind() if self.peek("?") else self.counted_group()
        if wrap is None:
            return None
        part = self.choice()
        if self.place >= len(self.text):
            raise NotUnderstoodError
        self.place += 1
        return wrap(part)

    def counted_group(self) -> Callable[[Node], Node]:
        self.groups += 1
        return lambda part: part

    def group_kind(self) -> Callable[[Node], Node] | None:
        self.place += 1
        for mark, is_negative in (("=", False), ("!", True), ("<=", False), ("<!", True)):
            if self.peek(mark):
                self.place += len(mark)
                return lambda part: Look(part, is_negative)
        if self.peek(":") or self.peek("i:") or self.peek("-i:"):
            self.place = self.text.index(":", self.place) + 1
            return lambda part: part
        if self.peek("i)") and self.place == 2:
            self.place += 2
            return None
        return self.named_group()

    def named_group(self) -> Callable[[Node], Node]:
        closing = {"<": ">", "'": "'"}.get(self.text[self.place : self.place + 1])
        found = _NAME.match(self.text, self.place + 1)
        # Two groups of one name are one group to .NET; numbering is then not ours to reckon with.
        if closing is None or found is None or not self.text.startswith(closing, found.end()) or found[0] in self.names:
            raise NotUnderstoodError
        self.names.add(found[0])
        self.edits.append((self.place, found.end() + 1, f"<{found[0]}>"))
        self.place = found.end() + 1
        return self.counted_group()

    # -- character classes ---------------------------------------------------------------------------------------------

    def char_class(self) -> Node:
        is_negative = self.peek("^")
        self.place += is_negative
        members: list[str] | None = []
        first = True
        while first or not self.peek("]"):
            first = False
            members = self.member(members)
        self.place += 1
        return Chars() if is_negative or members is None else one_of("".join(members))

    def member(self, members: list[str] | None) -> list[str] | None:
        low = self.class_char()
        if not self.peek("-") or self.text[self.place + 1 : self.place + 2] in ("]", ""):
            return None if low is None or members is None else [*members, low]
        self.place += 1
        high = self.class_char()
        if low is None or high is None or high < low:
            raise NotUnderstoodError
        # A wide range is as good as anything; a narrow one, as 0 to 2, is worth spelling out.
        if members is None or ord(high) - ord(low) > 9 or not high.isascii():
            return None
        return [*members, *map(chr, range(ord(low), ord(high) + 1))]

    def class_char(self) -> str | None:
        sign = self.take()
        if sign == "[" and self.text[self.place : self.place + 1] in (":", ".", "="):
            raise NotUnderstoodError
        if sign == "[" and self.text[self.place - 2] == "-":
            raise UnsupportedError("a set taken from a set, as in [a-z-[aeiou]], is not supported")
        if sign != "\\":
            return sign
        kind = self.take()
        if kind in _KINDS:
            return None
        return "\b" if kind == "b" else self.spelled(kind)


@frozen
class Reading:
    """A pattern that was read: its tree, and its text with .NET's own spellings put into those of `regex`."""

    tree: Node
    text: str


def read_pattern(text: str) -> Reading:
    """The tree of a pattern.

    Raises:
        NotUnderstoodError: it has something this grammar leaves to `regex`, or is no pattern at all.
        UnsupportedError: it has something that `regex` would read otherwise than .NET.
    """
    reader = _Reader(text)
    tree = reader.choice()
    if reader.place < len(text):
        raise NotUnderstoodError
    return Reading(tree, _spell(text, reader.edits))


def _spell(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with the edits made, which come in the order of their places."""
    pieces: list[str] = []
    place = 0
    for start, stop, spelling in edits:
        pieces += text[place:start], spelling
        place = stop
    return "".join((*pieces, text[place:]))
