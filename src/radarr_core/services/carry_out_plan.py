"""Build the plan of an import, carry it out, and take it back. Every effect can be found done already."""

from __future__ import annotations

import itertools
import logging
from datetime import datetime
from pathlib import Path, PurePath

from radarr_core.domain.downloads import Grab
from radarr_core.domain.movies import MovieFile
from radarr_core.domain.naming.characters import cut
from radarr_core.domain.plans import (
    Effect,
    PlaceFile,
    PlacementMode,
    Plan,
    RenameFile,
    RetireFile,
)
from radarr_core.errors import CrossDeviceError, PathMissingError, RadarrCoreError, TargetExistsError
from radarr_core.ports.file_system import FileEntry, FileSystem

from .context import Library

_log = logging.getLogger(__name__)

_LONGEST_NAME = 240
"""Bytes; disks take 255, and some of them add marks of their own."""


def plan_import(
    *,
    plan_id: str,
    grab: Grab,
    source: FileEntry,
    target: PurePath,
    held: MovieFile | None,
    library: Library,
    now: datetime,
) -> Plan:
    """What has to happen to files so that the slot holds the new one.

    The new file always comes first. When it takes the very name of the old one, it waits beside it under another
    name until the old one has gone.
    """
    taken = held is not None and held.path == target
    first = target.with_name(_fit(f".{grab.info_hash.value[:12]}-{target.name}")) if taken else target
    effects: list[Effect] = [
        PlaceFile(source=source.path, target=first, size=source.size, mode=library.placement),
    ]
    if held is not None:
        # The moment it was added tells it from every other file of that name, today and at a later try.
        bin_name = _fit(f"{held.added:%Y%m%dT%H%M%S%f}-{held.path.name}")
        effects.append(RetireFile(path=held.path, retired_to=library.recycle_folder / bin_name, size=held.size))
    if taken:
        effects.append(RenameFile(path=first, target=target, size=source.size))
    reason = f"import {grab.offer.title}" + (f" in place of {held.path.name}" if held else "")
    return Plan(
        id=plan_id,
        reason=reason,
        target=grab.target,
        correlation_id=grab.correlation_id,
        made_at=now,
        effects=tuple(effects),
    )


def _fit(name: str) -> str:
    """A name cut to what every disk takes, its extension kept."""
    suffix = PurePath(name).suffix
    return cut(name.removesuffix(suffix), _LONGEST_NAME - len(suffix.encode("utf-8", "surrogateescape"))) + suffix


async def carry_out(files: FileSystem, plan: Plan, done: list[Effect], *, resuming: bool = False) -> None:
    """Make every effect of the plan so, in order, noting each in `done`; what is so already is passed over.

    Args:
        files: the disks.
        plan: what to do.
        done: filled as the work goes on, so that it can be taken back after an error; see `take_back`.
        resuming: an earlier process may have come any way into this plan.

    Raises:
        RadarrCoreError: an effect failed; those in `done` stand.
    """
    if resuming and await _is_renamed(files, plan):
        done.extend(plan.effects)
        return
    for effect in plan.effects:
        if isinstance(effect, PlaceFile):
            await _place(files, effect, done, resuming=resuming)
            continue
        if isinstance(effect, RetireFile):
            await _retire(files, effect)
        else:
            await _rename(files, effect)
        done.append(effect)


async def _is_renamed(files: FileSystem, plan: Plan) -> bool:
    """Whether the last step of a plan that ends in a rename was made: its old name is gone, the old file aside.

    Looking at the first steps alone would take the new file, which has the old one's name by now, for the old one.
    """
    last = plan.effects[-1]
    if not isinstance(last, RenameFile) or await files.find_file(Path(last.path)) is not None:
        return False
    aside = [await files.find_file(Path(effect.retired_to)) for effect in plan.removals]
    return None not in aside and await files.find_file(Path(last.target)) is not None


async def _place(files: FileSystem, effect: PlaceFile, done: list[Effect], *, resuming: bool) -> None:
    """Only a name of our own making is noted in `done`, and it is noted before it is looked at."""
    source, target = Path(effect.source), Path(effect.target)
    if resuming and await _is_placed_already(files, effect):
        done.append(effect)
        return
    try:
        await _link_or_copy(files, source, target, effect.mode)
    except TargetExistsError as error:
        if await files.is_same_file(source, target):
            return
        message = f"{str(target)!r} is there already and is another file; move it away or name it else"
        raise TargetExistsError(message) from error
    done.append(effect)
    placed = await files.find_file(target)
    if placed is None or placed.size != effect.size:
        size = placed.size if placed else None
        raise PathMissingError(f"{str(target)!r} should have {effect.size} bytes after the import, but has {size!r}")


async def _is_placed_already(files: FileSystem, effect: PlaceFile) -> bool:
    """Whether an earlier process came that far; its source may be gone by now."""
    present = await files.find_file(Path(effect.target))
    # A copy has its name only once it is complete, so a size that fits is proof enough of our own earlier work.
    return present is not None and present.size == effect.size


async def _link_or_copy(files: FileSystem, source: Path, target: Path, mode: PlacementMode) -> None:
    if mode is PlacementMode.COPY:
        await files.copy(source, target)
        return
    try:
        await files.hard_link(source, target)
    except CrossDeviceError as error:
        if mode is PlacementMode.HARD_LINK:
            raise CrossDeviceError(
                f"{error}; put downloads and library on one file system, or set placement to 'hard-link-or-copy'"
            ) from error
        await files.copy(source, target)


async def _retire(files: FileSystem, effect: RetireFile) -> None:
    path, bin_path = Path(effect.path), Path(effect.retired_to)
    if await files.find_file(path) is None or await files.find_file(bin_path) is not None:
        # Gone already: by an earlier try, or by a person. Either way there is nothing left to keep safe.
        return
    await files.move(path, bin_path)


async def _rename(files: FileSystem, effect: RenameFile) -> None:
    if await files.find_file(Path(effect.path)) is None and await files.find_file(Path(effect.target)) is not None:
        return
    await files.move(Path(effect.path), Path(effect.target))


async def take_back(files: FileSystem, done: list[Effect], recycle_folder: Path) -> None:
    """Undo those effects, last one first: the old file is back where it was.

    The new file's name is moved out of the library, never deleted; its source is untouched.
    """
    for effect in reversed(done):
        try:
            await _take_back_one(files, effect, recycle_folder)
        except RadarrCoreError:
            _log.exception("could not take back %r", effect)


async def _take_back_one(files: FileSystem, effect: Effect, recycle_folder: Path) -> None:
    if isinstance(effect, PlaceFile):
        await files.move(Path(effect.target), await _find_free_name(files, recycle_folder, effect.target.name))
        return
    moved = Path(effect.retired_to if isinstance(effect, RetireFile) else effect.target)
    was = Path(effect.path)
    if await files.find_file(was) is None and await files.find_file(moved) is not None:
        await files.move(moved, was)


async def _find_free_name(files: FileSystem, folder: Path, name: str) -> Path:
    for number in itertools.count():
        path = folder / _fit(f"undone-{number}-{name}")
        if await files.find_file(path) is None:
            return path
    raise AssertionError("unreachable: counting never ends")
