"""Typed settings: one attrs class an adapter, read from configuration with errors that name the key."""

from __future__ import annotations

import math
import re
import types
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from .errors import ConfigurationError

S = TypeVar("S")


class Secret:
    """A password or key: never shown, only revealed where it is used.

    In configuration it is a text, ``{env = "NAME"}`` or ``{file = "path"}``.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('***')"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> Any:
        raise TypeError("a secret is not pickled")


def read_settings(kind: type[S], data: Mapping[str, Any], *, where: str, environ: Mapping[str, str]) -> S:
    """Settings of that class from a table of configuration.

    Args:
        kind: an attrs class; fields without a default are required.
        data: the table, as TOML or JSON gives it. Nothing is coerced: a number in quotes is a text.
        where: the dotted path of the table, for messages.
        environ: where ``{env = "NAME"}`` is looked up.

    Raises:
        ConfigurationError: a key is unknown, missing or of the wrong form; `key` is its dotted path and the message
            names the accepted form.
    """
    if not isinstance(data, Mapping):
        raise ConfigurationError(f"expected a table of settings, not {show_value(data)}", key=where)
    fields = {item.name: item for item in attrs.fields(kind) if item.init}  # type: ignore[arg-type]
    hints = get_type_hints(kind)
    for key in data:
        if key not in fields:
            known = ", ".join(fields) or "none at all"
            raise ConfigurationError(f"there is no such setting; known are {known}", key=f"{where}.{key}")
    values: dict[str, Any] = {}
    for name, item in fields.items():
        path = f"{where}.{name}"
        if name in data:
            values[name] = _read(data[name], hints[name], path, environ)
        elif item.default is attrs.NOTHING:
            raise ConfigurationError(f"is missing; expected {describe_form(hints[name])}", key=path)
    try:
        return kind(**values)
    except (ValueError, TypeError) as error:
        raise _blame(error, fields, where) from error


_NAMED = re.compile(r"(?:'(?P<quoted>\w+)' |(?P<plain>\w+):? )(?P<rest>.+)", re.DOTALL)


def _blame(error: Exception, fields: Mapping[str, Any], where: str) -> ConfigurationError:
    """The error with the key of the one setting it begins with, as those of attrs' validators do."""
    message = str(error.args[0] if error.args else error)
    match = _NAMED.match(message)
    name = match and (match["quoted"] or match["plain"])
    if match and name in fields:
        return ConfigurationError(match["rest"], key=f"{where}.{name}")
    return ConfigurationError(message, key=where)


_LONGEST_SHOWN = 200


def show_value(value: object) -> str:
    """A value as a message shows it: shortened when it is long, and of its kind alone when it cannot be shown."""
    try:
        shown = repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, a list of thousands of levels
        return f"this {type(value).__name__}"
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."


_PLAIN = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", Path: "a path in quotes"}
_HOW_TO_WRITE_ONE = 'a text, {env = "NAME"} or {file = "path"}'


def describe_form(hint: Any) -> str:
    """What a person may write for a setting of that type."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Secret:
        return _HOW_TO_WRITE_ONE
    if origin in (Union, types.UnionType):
        return " or ".join(describe_form(kind) for kind in inner if kind is not type(None))
    if origin in (tuple, frozenset):
        return f"a list, each item {describe_form(inner[0])}"
    if origin is Mapping:
        return "a table" if inner[1] is Any else f"a table, each value {describe_form(inner[1])}"
    if origin is Literal:
        return "one of " + ", ".join(repr(value) for value in inner)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "one of " + ", ".join(repr(member.value) for member in hint)
    return _PLAIN.get(hint, getattr(hint, "__name__", str(hint)))


def _read(value: Any, hint: Any, path: str, environ: Mapping[str, str]) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Secret:
        return _read_secret(value, path, environ)
    if hint is Any:
        return value  # of whatever the adapter will have built from it, which reads it
    if origin in (Union, types.UnionType):
        return _read_optional(value, hint, path, environ)
    if origin in (tuple, frozenset) and isinstance(value, list):
        return origin(_read(item, inner[0], f"{path}[{place}]", environ) for place, item in enumerate(value))
    if origin is Mapping and isinstance(value, Mapping):
        return {name: _read(item, inner[1], f"{path}.{name}", environ) for name, item in value.items()}
    if origin is Literal and value in list(inner):
        return value
    if isinstance(hint, type) and issubclass(hint, Enum) and value in [member.value for member in hint]:
        return hint(value)
    if hint is Path and isinstance(value, str) and value:
        return _read_path(value, path)
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return _read_number(value, path)
    if hint in (str, int, bool) and type(value) is hint:
        return value
    raise ConfigurationError(f"expected {describe_form(hint)}, not {show_value(value)}", key=path)


def _read_path(value: str, path: str) -> Path:
    if "\0" in value:
        raise ConfigurationError(f"expected a path, not {show_value(value)}: no path has a null character", key=path)
    try:
        return Path(value).expanduser()
    except RuntimeError as error:  # nobody of that name has a home
        raise ConfigurationError(f"expected a path, not {show_value(value)}: {error}", key=path) from error


def _read_number(value: float, path: str) -> float:
    """Neither infinity nor what is none, which TOML can write, makes sense for any setting."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ConfigurationError(f"expected a number that is finite, not {show_value(value)}", key=path)
    return number


def _read_optional(value: Any, hint: Any, path: str, environ: Mapping[str, str]) -> Any:
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    for kind in kinds:
        try:
            return _read(value, kind, path, environ)
        except ConfigurationError:
            if len(kinds) == 1 or kind is Secret:
                raise  # its error says more
    raise ConfigurationError(f"expected {describe_form(hint)}, not {show_value(value)}", key=path)


def _read_secret(value: Any, path: str, environ: Mapping[str, str]) -> Secret:
    """Never puts the value into a message: what was meant as a secret may be one."""
    if isinstance(value, str) and value:
        return Secret(value)
    if isinstance(value, Mapping) and set(value) == {"env"} and isinstance(value["env"], str):
        text = _look_up(environ, value["env"])
        if not text:
            raise ConfigurationError(f"the environment variable {value['env']!r} is not set", key=path)
        return Secret(text)
    if isinstance(value, Mapping) and set(value) == {"file"} and isinstance(value["file"], str):
        try:
            text = Path(value["file"]).expanduser().read_text("utf-8").strip()
        except (OSError, ValueError, RuntimeError) as error:  # no such file; no text or name; nobody's home
            raise ConfigurationError(f"the file {value['file']!r} cannot be read: {error}", key=path) from error
        if not text:
            raise ConfigurationError(f"the file {value['file']!r} is empty", key=path)
        return Secret(text)
    raise ConfigurationError(f"expected {_HOW_TO_WRITE_ONE}", key=path)


def _look_up(environ: Mapping[str, str], name: str) -> str:
    try:
        return environ.get(name, "")
    except ValueError:  # a name that no variable can have
        return ""
