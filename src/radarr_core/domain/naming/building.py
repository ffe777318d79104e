"""From a template and a film to a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard

from radarr_core.domain.movies import Movie
from radarr_core.domain.releases import MediaInfo, ParsedRelease

from .characters import clean_value, collapse, cut, cut_front, defuse_device_name, drop_unprintable
from .templates import NamingTemplate, Piece, TemplateKind, Token
from .values import SHORTENED, TITLES, Subject, find_value

# Stands for the dots of a shortened value until the name is built, so that they are not taken for dots at its end.
# No value holds it: control characters are cleaned away before it is put in.
_ELLIPSIS = "\x1a"
_DOTS = "..."
# Bytes for .mkv, or for a subtitle's .pt-br.forced.srt beside it.
_EXTENSION_ROOM = 20
_SHORTEST_TITLE = 16
_SHORTEST_LIMIT = 40


def build_file_name(
    template: NamingTemplate, *, movie: Movie, claim: ParsedRelease, proof: MediaInfo | None = None
) -> str:
    """A file's path below its movie's folder, without extension, with forward slashes.

    Never empty; every component is a safe name on any common file system and within the template's limit.

    Raises:
        ValueError: the template is one for folders.
    """
    return _build(template, TemplateKind.FILE, Subject(movie=movie, claim=claim, proof=proof))


def build_folder_name(template: NamingTemplate, *, movie: Movie) -> str:
    """A movie's folder below the library's, with forward slashes where the template makes several.

    Never empty; every component is a safe name on any common file system and within the template's limit.

    Raises:
        ValueError: the template is one for files.
    """
    return _build(template, TemplateKind.FOLDER, Subject(movie=movie))


def _build(template: NamingTemplate, kind: TemplateKind, subject: Subject) -> str:
    if template.kind is not kind:
        raise ValueError(f"{template.pattern!r} is a template for a {template.kind}, not for a {kind}")
    limit = template.max_bytes
    if limit is not None and kind is TemplateKind.FILE:
        # For every component: one without a value is left out, so any of them may come to be the last.
        limit -= _EXTENSION_ROOM
    built = [_build_component(piece, template, subject, limit) for piece in template.pieces]
    return "/".join(filter(None, built)) or _fallback(subject.movie)


def _fallback(movie: Movie) -> str:
    """For a title of which nothing may stand in a name."""
    name = _strip(cut(clean_value(movie.id), _SHORTEST_LIMIT), TemplateKind.FILE)
    return defuse_device_name(name) or f"Movie {movie.year}"


def _build_component(piece: Piece, template: NamingTemplate, subject: Subject, limit: int | None) -> str:
    """The component, its title shortened until it fits; what is too long without its title is cut at the end."""
    parts = [part if isinstance(part, str) else (part, _read_value(part, template, subject)) for part in piece]
    text = _join(parts, template.kind)
    if limit is None or _weigh(text) <= limit:
        return text
    title_limit = max((_weigh(part[1]) for part in parts if _is_title(part)), default=0)
    while title_limit > _SHORTEST_TITLE and _weigh(text) > limit:
        title_limit = max(title_limit - (_weigh(text) - limit), _SHORTEST_TITLE)
        text = _join([_shorten_title(part, title_limit) for part in parts], template.kind)
    return text if _weigh(text) <= limit else defuse_device_name(_strip(cut(text, limit), template.kind))


def _weigh(text: str) -> int:
    return len(text.encode())


_Part = str | tuple[Token, str]


def _join(parts: Iterable[_Part], kind: TemplateKind) -> str:
    texts = (part if isinstance(part, str) else _surround(*part) for part in parts)
    text = _strip(collapse("".join(texts)), kind)
    return defuse_device_name(text.replace(_ELLIPSIS, _DOTS))


def _surround(token: Token, value: str) -> str:
    return f"{token.before}{value}{token.after}" if value.strip() else ""


def _strip(text: str, kind: TemplateKind) -> str:
    return text.strip(" .") if kind is TemplateKind.FOLDER else text.strip().rstrip("-. _")


def _is_title(part: _Part) -> TypeGuard[tuple[Token, str]]:
    return not isinstance(part, str) and part[0].key in TITLES


def _shorten_title(part: _Part, limit: int) -> _Part:
    if not _is_title(part) or _weigh(part[1]) <= limit:
        return part
    return part[0], _keep_start(part[1].replace(_ELLIPSIS, ""), limit)


def _read_value(token: Token, template: NamingTemplate, subject: Subject) -> str:
    value = drop_unprintable(find_value(token.key, subject))
    if token.key in SHORTENED:
        value = _shorten(value, token.format)
    value = _clean(_style(value.strip(), token), template)
    return value if value.strip(_ELLIPSIS) else ""


def _clean(value: str, template: NamingTemplate) -> str:
    """Cleans what stands beside the marker of shortening, and keeps the marker."""
    return _ELLIPSIS.join(
        clean_value(part, replace=template.replace_illegal, colon=template.colon) for part in value.split(_ELLIPSIS)
    )


def _style(value: str, token: Token) -> str:
    letters = "".join(c for c in token.name if c.isalpha())
    if letters.islower():
        value = value.lower()
    elif letters.isupper():
        value = value.upper()
    return value.replace(" ", token.separator) if token.separator.strip(" ") else value


def _shorten(value: str, wanted: str) -> str:
    """By the number in a token's format: so many bytes from the start, or from the end when it is negative.

    The incumbent compares characters and cuts bytes; file systems count bytes, so bytes it is throughout.
    """
    try:
        limit = int(wanted)
    except ValueError:
        return value
    if not limit or _weigh(value) <= abs(limit):
        return value
    return _keep_start(value, limit) if limit > 0 else _keep_end(value, -limit)


def _keep_start(value: str, limit: int) -> str:
    kept = cut(value, limit - len(_DOTS)).rstrip(" .")
    return kept and kept + _ELLIPSIS


def _keep_end(value: str, limit: int) -> str:
    kept = cut_front(value, limit - len(_DOTS)).lstrip(" .")
    return kept and _ELLIPSIS + kept
