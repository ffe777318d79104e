"""XML from strangers: cleaned of what many feeds get wrong, read without ever expanding an entity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_BUILT_IN = {"amp", "lt", "gt", "quot", "apos"}
_NAMED = {name.encode(): b"&#%d;" % point for name, point in name2codepoint.items() if name not in _BUILT_IN}
_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_BAD_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class BadXmlError(ValueError):
    """The bytes are no XML, or XML that would do harm."""


def read_xml(body: bytes) -> Element:
    """The root of a document.

    HTML's entities and control characters, neither of which XML has, are put right. A document that declares
    entities of its own is refused.

    Raises:
        BadXmlError: it cannot or may not be read.
    """
    try:
        root: Element = fromstring(_clean(body))
    except DefusedXmlException as error:
        raise BadXmlError(f"it declares entities, as attacks do ({type(error).__name__})") from error
    except (ParseError, LookupError, ValueError) as error:
        raise BadXmlError(f"it is no well-formed XML: {error}") from error
    return root


def _clean(body: bytes) -> bytes:
    if body.startswith(_UTF16_MARKS):
        return body
    body = _NAMED_ENTITY.sub(lambda match: _NAMED.get(match[1], match[0]), body)
    return _BAD_REFERENCE.sub(b"", body.translate(None, _CONTROLS)).lstrip()


def local_name(element: Element) -> str:
    """An element's name without its namespace, in lower case. Comments never get here: the parser drops them."""
    return element.tag.rpartition("}")[2].lower()


def children(element: Element, name: str) -> Iterator[Element]:
    """The direct children of that name, whatever their namespace."""
    return (child for child in element if local_name(child) == name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """The element itself and everything below it of that name, whatever their namespace."""
    return (child for child in element.iter() if local_name(child) == name)


def find_text(element: Element, name: str) -> str | None:
    """The first non-blank text among the children of that name, without blanks around it."""
    texts = ((child.text or "").strip() for child in children(element, name))
    return next((text for text in texts if text), None)


def parse_count(text: str | None) -> int | None:
    """A whole number from 0 up, of at most 18 digits; None for everything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None
