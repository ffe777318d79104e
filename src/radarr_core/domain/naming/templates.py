"""Patterns with tokens in braces, read and checked once."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from .characters import ColonMode
from .values import KNOWN_TOKENS

_TOKEN = re.compile(
    r"""
    (?:(?P<curly>\{(?:imdb|imdbid|tmdb|tmdbid|edition)-)|(?P<square>\[(?:imdb|imdbid|tmdb|tmdbid)-))?
    \{
    (?P<prefix>[-{ ._\[(]*)
    (?P<name>[A-Za-z0-9]+(?:(?P<separator>[- ._]+)[A-Za-z0-9]+)?)
    (?::(?P<format>[A-Za-z0-9 ,|+-]*[A-Za-z0-9,|+]))?
    (?P<suffix>[-} ._)\]]*)
    \}
    (?(square)(?P<closing>\]))
    """,
    re.VERBOSE,
)
_NOT_ALNUM = re.compile(r"[^a-z0-9]")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')
_SEPARATOR = "[- ._]"
_TITLE = re.compile(
    rf"\{{Movie{_SEPARATOR}(?:Clean)?(?:Title|TitleThe|OriginalTitle)(?::[A-Za-z0-9 ,|+-]+)?\}}", re.IGNORECASE
)
_ORIGINAL = re.compile(rf"\{{Original{_SEPARATOR}(?:Title|Filename)\}}", re.IGNORECASE)
_SMALLEST_LIMIT = 64


class TemplateKind(StrEnum):
    """What a template names."""

    FILE = "file"
    FOLDER = "folder"


@frozen(kw_only=True)
class Token:
    """A token of a pattern, taken apart.

    Attributes:
        name: as it is written.
        key: the name in lower-case letters and digits, by which its value is found.
        before: written before the value, when there is one; `after` likewise.
        separator: what joins the two words of the name.
        format: what follows the colon.
    """

    name: str
    key: str
    before: str = ""
    after: str = ""
    separator: str = " "
    format: str = ""


Piece = tuple[str | Token, ...]
"""One component of a path: literal texts and tokens in order."""


def _read_token(found: re.Match[str]) -> Token:
    return Token(
        name=found["name"],
        key=_NOT_ALNUM.sub("", found["name"].lower()),
        before=(found["curly"] or found["square"] or "") + found["prefix"],
        after=found["suffix"] + (found["closing"] or ""),
        separator=found["separator"] or " ",
        format=found["format"] or "",
    )


def _read_piece(text: str) -> Piece:
    parts: list[str | Token] = []
    place = 0
    for found in _TOKEN.finditer(text):
        if found.start() > place:
            parts.append(text[place : found.start()])
        parts.append(_read_token(found))
        place = found.end()
    return (*parts, text[place:]) if place < len(text) else tuple(parts)


@frozen(slots=False)
class NamingTemplate:
    """A pattern for file or folder names, such as `{Movie Title} ({Release Year})`.

    A slash or backslash in the pattern makes folders. The tokens and what surrounds them are those people know from
    Radarr.

    Attributes:
        pattern: text with tokens in braces.
        kind: whether files or folders are named by it.
        replace_illegal: whether characters no file system takes are replaced by similar ones; else they are deleted.
        colon: what becomes of colons, when characters are replaced.
        max_bytes: the longest a single component gets, by shortening the title; None for no limit. A file's name
            leaves 20 of them to an extension.

    Raises:
        ValueError: the pattern could give names that cannot be used, or that say too little; the message shows the
            pattern and what is wrong with it.
    """

    pattern: str
    kind: TemplateKind = field(default=TemplateKind.FILE, converter=TemplateKind, kw_only=True)
    replace_illegal: bool = field(default=True, kw_only=True)
    colon: ColonMode = field(default=ColonMode.SMART, converter=ColonMode, kw_only=True)
    max_bytes: int | None = field(default=255, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a pattern at once, not when the first film has arrived."""
        fault = self._find_fault()
        if fault:
            raise ValueError(f"the {self.kind} template {self.pattern!r} cannot be used: {fault}")

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The components of the pattern, empty ones left out."""
        return tuple(_read_piece(part) for part in re.split(r"[/\\]", self.pattern) if part)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Every token in order."""
        return tuple(part for piece in self.pieces for part in piece if isinstance(part, Token))

    @property
    def unknown_tokens(self) -> tuple[str, ...]:
        """The names of tokens nobody knows; they give no text, so a person should be told."""
        return tuple(token.name for token in self.tokens if token.key not in KNOWN_TOKENS)

    def _find_fault(self) -> str | None:
        if not self.pattern.strip():
            return "it is empty"
        if self.max_bytes is not None and self.max_bytes < _SMALLEST_LIMIT:
            return f"a limit of {self.max_bytes!r} bytes leaves no room for a title; {_SMALLEST_LIMIT} is the least"
        return self._find_fault_of_text() or (
            self._find_fault_of_folder() if self.kind is TemplateKind.FOLDER else self._find_fault_of_file()
        )

    def _find_fault_of_text(self) -> str | None:
        for piece in self.pieces:
            literal = "".join(part for part in piece if isinstance(part, str))
            bad = _FORBIDDEN.search(literal)
            if bad:
                return f"{bad[0]!r} may not stand in a name"
            if len(piece) == 1 and literal.strip() in (".", ".."):
                return f"{literal!r} leads to another folder"
            if len(literal.encode()) > (self.max_bytes or 255) // 2:
                return f"its plain text of {len(literal)} characters leaves no room for a title"
        return None

    def _find_fault_of_file(self) -> str | None:
        if _ORIGINAL.search(self.pattern):
            return None
        if not _TITLE.search(self.pattern):
            return "it needs a movie title, such as {Movie Title}, without anything else in its braces"
        if not any(token.key == "releaseyear" for token in self.tokens):
            return "it needs {Release Year}, so that films of one title stay apart"
        return None

    def _find_fault_of_folder(self) -> str | None:
        if not _TITLE.search(self.pattern):
            return "it needs a movie title, such as {Movie Title}, without anything else in its braces"
        wrong = [token.name for token in self.tokens if KNOWN_TOKENS.get(token.key) == "file"]
        if wrong:
            return f"{{{wrong[0]}}} tells of a file, and a movie's folder outlives its files"
        return None


DEFAULT_FILE_TEMPLATE = NamingTemplate("{Movie Title} ({Release Year}) {Quality Full}")
DEFAULT_FOLDER_TEMPLATE = NamingTemplate("{Movie Title} ({Release Year})", kind=TemplateKind.FOLDER)
