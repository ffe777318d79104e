"""One JSON or TOML file of a policy, read with errors that name it."""

from __future__ import annotations

import json
import os
import stat
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from radarr_core.errors import PolicyDataError

_LARGEST = 1_000_000
"""Bytes; the largest file of the guides has a tenth of it."""

_MARK = b"\xef\xbb\xbf"


def read_policy_data(path: Path) -> Any:
    """What a file says: TOML where its name ends so, JSON otherwise.

    Raises:
        PolicyDataError: it is not there, is no file, cannot be read, is larger than 1 MB, is no UTF-8 or no JSON, or an
            object has one key twice. The message names the file.
    """
    text = _read_text(path)
    if path.suffix.lower() == ".toml":
        return _parse(path, "TOML", tomllib.loads, text)
    return _parse(path, "JSON", _load_json, text)


def _read_text(path: Path) -> str:
    try:
        content = _read_bytes(path)
    except FileNotFoundError:
        raise PolicyDataError("there is no such file", file=str(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PolicyDataError(f"cannot be read: {reason}", file=str(path)) from error
    if content.startswith(_MARK):
        raise PolicyDataError("begins with a byte order mark; save it as UTF-8 without one", file=str(path))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PolicyDataError(f"is no UTF-8 text: byte {error.start} is {error.reason}", file=str(path)) from error


def _read_bytes(path: Path) -> bytes:
    """The whole of a file that is one: a device or a pipe might never end."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise ValueError("it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("it is no ordinary file")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST} bytes, as no file of a policy is")
    return content


def _parse(path: Path, kind: str, parse: Callable[[str], Any], text: str) -> Any:
    try:
        return parse(text)
    except PolicyDataError as error:
        raise PolicyDataError(error.reason, file=os.fspath(path), key=error.key) from None
    except RecursionError:
        raise PolicyDataError("is nested too deeply", file=str(path)) from None
    except ValueError as error:  # beside what is neither: a number of thousands of digits
        raise PolicyDataError(f"is no {kind}: {error}", file=str(path)) from error


def _load_json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_make_object, parse_constant=_refuse_constant)


def _make_object(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    """An object; a key that stands twice would otherwise hide what stood first."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise PolicyDataError("stands twice in one object", key=key)
        made[key] = value
    return made


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
