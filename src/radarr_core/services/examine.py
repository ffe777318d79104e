"""Try everything a pipeline stands on, changing nothing: what a person asks for when it does not work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

from attrs import frozen

from radarr_core.domain.plans import PlacementMode
from radarr_core.errors import (
    BugError,
    ConfigurationError,
    CrossDeviceError,
    PathMissingError,
    RadarrCoreError,
    ReadOnlyError,
    ServiceUnavailableError,
)
from radarr_core.ports.download_client import DownloadClient
from radarr_core.ports.file_system import FileEntry, FileSystem
from radarr_core.ports.indexer import Indexer
from radarr_core.ports.media_probe import MediaProbe
from radarr_core.ports.notifier import Notifier
from radarr_core.ports.storage import Storage

from .context import Context, Library

DEADLINE = 30.0
"""Seconds any one thing may take to answer; all are asked at once."""


@frozen(kw_only=True)
class Finding:
    """What was found out about one thing.

    Attributes:
        subject: what was looked at, for people.
        ok: None when it could not be found out.
        message: what it answered, or what is wrong and what to do.
        error: what is wrong; None unless `ok` is false.
    """

    subject: str
    ok: bool | None
    message: str
    error: RadarrCoreError | None = None


@frozen(kw_only=True)
class Parts:
    """What there is of a pipeline that could perhaps not be built as a whole; None for what is missing.

    Attributes:
        lacks_indexers: whether there would be indexers, had they been built.
    """

    storage: Storage | None = None
    download_client: DownloadClient | None = None
    media_probe: MediaProbe | None = None
    file_system: FileSystem | None = None
    indexers: tuple[Indexer, ...] = ()
    notifiers: tuple[Notifier, ...] = ()
    library: Library | None = None
    lacks_indexers: bool = False


Answer = tuple[bool | None, str]
Check = Callable[[], Awaitable[Answer]]


async def examine(context: Context | Parts, *, deadline: float = DEADLINE) -> tuple[Finding, ...]:
    """Try every adapter, the library's folder, and hard links into it; one that fails never hides another.

    Of parts, what is missing is passed over. The pipeline need not be open, and another one may be at work on the same
    storage meanwhile.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_try(subject, check, deadline)) for subject, check in _list_checks(context)]
    return tuple(task.result() for task in tasks)


def _list_checks(context: Context | Parts) -> Iterator[tuple[str, Check]]:
    client, probe = context.download_client, context.media_probe
    library, files = context.library, context.file_system
    if context.storage:
        yield "storage", _ask(context.storage.check)
    for indexer in context.indexers:
        yield f"indexer {indexer.name}", _ask(indexer.check)
    if not context.indexers and not (isinstance(context, Parts) and context.lacks_indexers):
        yield "indexers", _miss_indexers
    if client:
        yield f"download client {client.name}", _ask(client.check)
    if probe:
        yield f"media probe {probe.name}", _ask(probe.check)
    for notifier in context.notifiers:
        yield f"notifier {notifier.name}", _ask(notifier.check)
    if library and files:
        yield "library folder", partial(_check_library, library, files)
        if client:
            yield "hard links", partial(_check_hard_links, library, files, client)


async def _try(subject: str, check: Check, deadline: float) -> Finding:
    try:
        async with asyncio.timeout(deadline):
            ok, message = await check()
    except RadarrCoreError as error:
        return Finding(subject=subject, ok=False, message=str(error), error=error)
    except TimeoutError:
        return _fail(subject, ServiceUnavailableError(f"no answer within {deadline:g} s"))
    except Exception as error:  # noqa: BLE001 - a stranger's adapter may raise anything
        return _fail(subject, BugError(f"unexpected {type(error).__name__}: {error}; please report this"))
    return Finding(subject=subject, ok=ok, message=message)


def _fail(subject: str, error: RadarrCoreError) -> Finding:
    return Finding(subject=subject, ok=False, message=str(error), error=error)


def _ask(ask: Callable[[], Awaitable[str]]) -> Check:
    async def check() -> Answer:
        return True, await ask()

    return check


async def _miss_indexers() -> Answer:
    raise ConfigurationError("there is none, so nothing will ever be found", key="indexers")


async def _check_library(library: Library, file_system: FileSystem) -> Answer:
    """There and writable; trying a link within it is the one way to know that leaves nothing behind."""
    folder = library.folder
    files = [entry for entry in await file_system.list_files(folder) if not _is_below(entry, library.recycle_folder)]
    is_writable = await file_system.can_hard_link(folder, folder)
    if not is_writable and library.placement is PlacementMode.HARD_LINK:
        raise ReadOnlyError(f"{str(folder)!r} may not be written to, or its disk cannot hold hard links")
    found = f"{str(folder)!r} is there and holds {len(files)} file{'s' * (len(files) != 1)}"
    return (True, found) if is_writable else (None, f"{found}; whether it may be written to is not known")


def _is_below(entry: FileEntry, folder: Path) -> bool:
    return entry.path.is_relative_to(folder)


async def _check_hard_links(library: Library, file_system: FileSystem, client: DownloadClient) -> Answer:
    """From where downloads land into the library."""
    if library.placement is PlacementMode.COPY:
        return True, "not needed, since files are copied into the library"
    try:
        await file_system.list_files(library.folder)
    except PathMissingError:
        return None, "not tried: the library folder is missing"
    folder = await client.find_download_folder()
    if folder is None:
        return None, "not known: the download client does not tell where its downloads land"
    try:
        works = await file_system.can_hard_link(Path(folder), library.folder)
    except PathMissingError as error:
        return None, f"not known: {error}"
    if works:
        return True, f"{folder!r} and the library are on one file system"
    if library.placement is PlacementMode.HARD_LINK_OR_COPY:
        return True, f"none from {folder!r} into the library, so files will be copied"
    raise CrossDeviceError(
        f"none work from {folder!r} into the library {str(library.folder)!r}: put both on one file system, or let "
        "files be copied"
    )
