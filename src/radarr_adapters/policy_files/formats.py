"""Custom formats from a folder of JSON files, as the guides publish them and Radarr exports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from attrs import field, frozen

from radarr_core.domain.custom_formats import CustomFormat
from radarr_core.domain.custom_formats.formats import check_unique
from radarr_core.domain.custom_formats.trash import Conflicts, FormatGroup
from radarr_core.errors import PolicyDataError

from .reading import read_policy_data

T = TypeVar("T")


@frozen(kw_only=True)
class FormatFolder:
    """The formats of a folder, and what the guides keep beside it.

    Attributes:
        folder: where they were read from; None for no formats at all.
        groups: those of the folder `cf-groups` beside it, where there is one.
        conflicts: those of the file `conflicts.json` beside it, where there is one.
        problems: the files that cannot be used. The others are there all the same.
    """

    folder: Path | None = None
    formats: tuple[CustomFormat, ...] = ()
    groups: tuple[FormatGroup, ...] = ()
    conflicts: Conflicts | None = None
    problems: tuple[PolicyDataError, ...] = field(default=(), eq=False)

    def check(self) -> FormatFolder:
        """The folder itself.

        Raises:
            PolicyDataError: the first of the problems.
        """
        if self.problems:
            raise self.problems[0]
        return self

    @property
    def score_sets(self) -> frozenset[str]:
        """The names of all score sets the formats know."""
        return frozenset(name for each in self.formats for name in each.trash_scores)


NO_FOLDER = FormatFolder()


def read_format_folder(folder: Path) -> FormatFolder:
    """Every format in the folder's `*.json` files, by file name; folders below it are not looked into.

    Raises:
        PolicyDataError: the folder is not there, or holds no such file. What is wrong with single files is kept in
            `problems`.
    """
    problems: list[PolicyDataError] = []
    paths = _list_files(folder)
    if not paths:
        raise PolicyDataError("there is no such folder with JSON files", file=str(folder))
    formats = _read_each(paths, CustomFormat.from_trash, problems)
    try:
        check_unique(tuple(formats.values()), tuple(formats))
    except PolicyDataError as error:
        problems.append(error)
    groups = _read_each(_list_files(folder.parent / "cf-groups"), FormatGroup.from_trash, problems)
    conflicts = _read_each(_find_file(folder.parent / "conflicts.json"), Conflicts.from_trash, problems)
    return FormatFolder(
        folder=folder,
        formats=tuple(formats.values()),
        groups=tuple(groups.values()),
        conflicts=next(iter(conflicts.values()), None),
        problems=tuple(problems),
    )


def _list_files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.json"))
    except (OSError, ValueError) as error:
        raise PolicyDataError(f"cannot be read: {error}", file=str(folder)) from error


def _find_file(path: Path) -> list[Path]:
    return [path] if path.is_file() else []


def _read_each(paths: Iterable[Path], read: Callable[..., T], problems: list[PolicyDataError]) -> Mapping[str, T]:
    """The values of the files that can be used, by path."""
    values: dict[str, T] = {}
    for path in paths:
        try:
            data: Any = read_policy_data(path)
            values[str(path)] = read(data, file=str(path))
        except PolicyDataError as error:
            problems.append(error)
    return values
