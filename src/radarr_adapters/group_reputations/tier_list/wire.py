"""Files of custom formats -> tiers. Names of groups stand in the files alone, here only those of lists."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from radarr_core.domain.custom_formats import CustomFormat
from radarr_core.domain.custom_formats.conditions import ReleaseGroupCondition
from radarr_core.errors import ConfigurationError, PolicyDataError

_LARGEST = 1_000_000
"""Bytes; the largest file of the guides has a tenth of it."""
_TIER = re.compile(r"(?P<family>.*\S)\s+tier\s*0*(?P<tier>\d{1,3})", re.IGNORECASE | re.DOTALL)
_LOW = re.compile(r"(?:.*\s)?LQ(?:\s+groups)?|bad dual groups", re.IGNORECASE | re.DOTALL)
_USUAL = ("HD Bluray", "UHD Bluray", "Remux", "WEB", "LQ", "Bad Dual Groups")
_DEEPEST = 3


@frozen
class Tier:
    """One list: a format that holds for the releases of the groups on it.

    Attributes:
        family: what is listed, as in `HD Bluray`.
        tier: 1 to 3, 1 is the best; None for a list of groups to keep away from.
    """

    family: str
    tier: int | None
    format: CustomFormat

    def __str__(self) -> str:
        return f"tier {self.tier} of {self.family}" if self.tier else f"the list {self.family}"


def read_tiers(path: Path, families: Sequence[str] = ()) -> tuple[Tier, ...]:
    """The lists in a folder's `*.json` files, or in one file.

    Args:
        path: the folder, or a file with one custom format or a list of them.
        families: the lists to go by, whatever their letters' case; none are the guides' for all languages.

    Raises:
        ConfigurationError: a file cannot be read or is no custom format, a list of that name is not there, or a tier
            lies below the third; the message names the file.
    """
    found = tuple(_read_lists(path))
    known = sorted({tier.family for _, tier in found})
    if not known:
        raise ConfigurationError(f"{str(path)!r} holds no list of groups: no custom format 'NAME Tier NN' or 'NAME LQ'")
    wanted = {name.casefold(): name for name in families or _USUAL}
    missing = [name for folded, name in wanted.items() if folded not in map(str.casefold, known)]
    if missing and (families or len(missing) == len(wanted)):
        there = ", ".join(map(repr, known))
        raise ConfigurationError(f"{str(path)!r} has no list {missing[0]!r}; there are {there}", key="families")
    chosen = [(file, tier) for file, tier in found if tier.family.casefold() in wanted]
    for file, tier in chosen:
        if tier.tier is not None and not 1 <= tier.tier <= _DEEPEST:
            raise ConfigurationError(f"{file!r}: {tier.format.name!r} is no tier from 1 to {_DEEPEST}")
    return tuple(tier for _, tier in chosen)


def _read_lists(path: Path) -> Iterator[tuple[str, Tier]]:
    names: dict[str, str] = {}
    for file, data in _read_files(path):
        try:
            custom_format = CustomFormat.from_trash(data, file=file)
        except PolicyDataError as error:
            raise ConfigurationError(f"{error}, so it is no custom format") from error
        tier = _recognise(custom_format)
        if tier is None:
            continue
        if custom_format.name in names:
            raise ConfigurationError(f"{file!r}: {custom_format.name!r} stands in {names[custom_format.name]!r} too")
        names[custom_format.name] = file
        yield file, tier


def _recognise(custom_format: CustomFormat) -> Tier | None:
    """The list a format is; None when it lists no groups, or says nothing of their work."""
    if not any(isinstance(each, ReleaseGroupCondition) for each in custom_format.conditions):
        return None
    name = custom_format.name.strip()
    if match := _TIER.fullmatch(name):
        return Tier(match["family"], int(match["tier"]), custom_format)
    return Tier(name, None, custom_format) if _LOW.fullmatch(name) else None


def _read_files(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every custom format with the name of its file, in the order of names."""
    try:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    except OSError as error:
        raise ConfigurationError(f"{str(path)!r} cannot be read: {error}", key="path") from error
    if not files:
        raise ConfigurationError(f"the folder {str(path)!r} holds no JSON file", key="path")
    for file in files:
        data = _read_json(file)
        for each in data if isinstance(data, list) else [data]:
            yield file.name, each


def _read_json(file: Path) -> Any:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise ConfigurationError(f"{str(file)!r} is no ordinary file", key="path")  # others may never end
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise ConfigurationError(
                f"{str(file)!r} has more than {_LARGEST:,} bytes, so it is no custom format", key="path"
            )
        return json.loads(content.decode("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"there is no file or folder {str(file)!r}", key="path") from None
    except OSError as error:
        raise ConfigurationError(f"{str(file)!r} cannot be read: {error}", key="path") from error
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{str(file)!r} is no JSON: {error}", key="path") from error
