"""Custom formats from a folder of JSON files, as the guides publish them and Radarr exports them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from radarr_core.domain.custom_formats import CustomFormat, read_formats
from radarr_core.errors import ConfigurationError, PolicyDataError

_LARGEST = 1_000_000
"""Bytes; the largest file of the guides has a tenth of it."""


def read_format_files(folder: Path, *, key: str) -> tuple[CustomFormat, ...]:
    """Every format in the folder's `*.json` files, by file name.

    Args:
        folder: where the files lie; folders below it are not looked into.
        key: the setting that names the folder, for messages.

    Raises:
        ConfigurationError: the folder is not there or holds no such file, or a file is no custom format; the message
            names it.
    """
    try:
        paths = sorted(folder.glob("*.json"))
        data = {path.name: _read(path) for path in paths}
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"the formats in {str(folder)!r} cannot be read: {error}", key=key) from error
    if not data:
        raise ConfigurationError(f"there is no folder {str(folder)!r} with JSON files", key=key)
    try:
        return read_formats(data)
    except PolicyDataError as error:
        raise ConfigurationError(str(error), key=key) from error


def _read(path: Path) -> Any:
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"{path.name!r} is larger than any custom format")
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name!r} is no JSON: {error}") from error
