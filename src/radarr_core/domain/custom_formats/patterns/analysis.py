"""What is known of a pattern before it is run: that it is valid, what it needs, and how long it may take."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from radarr_core.errors import MissingExtraError

from .cost import Bound, find_bound
from .limits import check_limits
from .literals import Texts, exact_texts, needed_besides, needed_texts
from .possibility import always_matches, never_matches
from .syntax import (
    At,
    Chars,
    Choice,
    Edge,
    Node,
    NotUnderstoodError,
    Reading,
    Repeat,
    Sequence,
    UnsupportedError,
    read_pattern,
)

if TYPE_CHECKING:
    import regex

AFFORDABLE = 1_000_000
"""Steps that need no time-out: some hundredths of a second at the very most."""
_LONGEST = 1_000_001
"""Every search looks at each character once at least, so no longer text is affordable."""


@frozen(slots=False)
class Pattern:
    """A pattern with what could be found out about it; made once for each text by `check_pattern`."""

    text: str
    reading: Reading | None = field(repr=False, eq=False)

    @property
    def tree(self) -> Node | None:
        """The pattern's parts; None when this library does not understand it, only `regex` does."""
        return None if self.reading is None else self.reading.tree

    @cached_property
    def needed(self) -> Texts | None:
        """Folded texts of which every match contains at least one; None when that cannot be proved."""
        return None if self.tree is None else needed_texts(self.tree)

    @cached_property
    def needed_too(self) -> Texts | None:
        """Other folded texts of which every match contains at least one as well; None when it asks for one thing."""
        return None if self.tree is None or self.needed is None else needed_besides(self.tree, self.needed)

    @cached_property
    def whole_texts(self) -> Texts | None:
        """The folded texts that match, where the pattern is nothing but a list of them from edge to edge."""
        tree = self.tree
        if not isinstance(tree, Sequence) or len(tree.parts) < 2:
            return None
        if tree.parts[0] != At(Edge.START) or tree.parts[-1] != At(Edge.END):
            return None
        inner = Sequence(tree.parts[1:-1])
        return exact_texts(inner) if _is_plain(inner) else None

    @cached_property
    def bound(self) -> Bound | None:
        """The work of a search as a polynomial of the text's length; None when none could be proved."""
        return None if self.tree is None else find_bound(self.tree)

    @cached_property
    def affordable_length(self) -> int:
        """The most characters that a search is proved to be through with soon; -1 when that is not proved of any."""
        bound = self.bound
        return -1 if bound is None else bisect_right(range(_LONGEST), float(AFFORDABLE), key=bound.at) - 1

    @cached_property
    def never_matches(self) -> bool:
        """Whether it is proved that no name can match."""
        return self.tree is not None and never_matches(self.tree)

    @cached_property
    def always_matches(self) -> bool:
        """Whether it is proved that every name matches."""
        return self.tree is not None and always_matches(self.tree)

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The pattern as `regex` runs it.

        Raises:
            MissingExtraError: `regex` is not installed.
        """
        return compile_text(self.reading.text if self.reading else self.text)


def _is_plain(node: Node) -> bool:
    """Whether a node has neither edges nor looks around, which lists of texts leave out."""
    match node:
        case Chars():
            return True
        case Sequence(parts):
            return all(map(_is_plain, parts))
        case Choice(options):
            return all(map(_is_plain, options))
        case Repeat(part):
            return _is_plain(part)
        case _:
            return False


def compile_text(text: str) -> regex.Pattern[str]:
    """Compile for searching without regard to case.

    Raises:
        MissingExtraError: `regex` is not installed.
        ValueError: it is no pattern; the message says why.
    """
    try:
        import regex
    except ImportError as error:
        raise MissingExtraError("custom formats need the package regex: pip install 'radarr-core[formats]'") from error
    try:
        return regex.compile(text, regex.IGNORECASE | regex.VERSION0)
    except (regex.error, RecursionError, OverflowError, ValueError, MemoryError) as error:
        raise ValueError(str(error) or type(error).__name__) from error


@lru_cache(maxsize=16_384)
def check_pattern(text: str) -> Pattern:
    """The pattern of that text, known to be valid.

    Raises:
        ValueError: it is blank, no pattern, or larger than any can be meant to be; the message says why.
        MissingExtraError: it must be compiled to be known as valid, and `regex` is not installed.
    """
    if not text.strip():
        raise ValueError("a pattern may not be blank")
    check_limits(text)
    try:
        return Pattern(text, read_pattern(text))
    except UnsupportedError as error:
        raise ValueError(str(error)) from None
    except NotUnderstoodError:
        compile_text(text)
        return Pattern(text, None)
