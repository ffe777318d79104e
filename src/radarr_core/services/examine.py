"""Try everything a pipeline stands on, changing nothing: what a person asks for when it does not work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
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

from .context import Context

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


Answer = tuple[bool | None, str]
Check = Callable[[], Awaitable[Answer]]


async def examine(context: Context, *, deadline: float = DEADLINE) -> tuple[Finding, ...]:
    """Try every adapter, the library's folder, and hard links into it; one that fails never hides another.

    The pipeline need not be open, and another one may be at work on the same storage meanwhile.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_try(subject, check, deadline)) for subject, check in _list_checks(context)]
    return tuple(task.result() for task in tasks)


def _list_checks(context: Context) -> list[tuple[str, Check]]:
    client, probe = context.download_client, context.media_probe
    return [
        ("storage", _ask(context.storage.check)),
        *((f"indexer {indexer.name}", _ask(indexer.check)) for indexer in context.indexers),
        *([] if context.indexers else [("indexers", _miss_indexers)]),
        (f"download client {client.name}", _ask(client.check)),
        (f"media probe {probe.name}", _ask(probe.check)),
        *((f"notifier {notifier.name}", _ask(notifier.check)) for notifier in context.notifiers),
        ("library folder", lambda: _check_library(context)),
        ("hard links", lambda: _check_hard_links(context)),
    ]


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


async def _check_library(context: Context) -> Answer:
    """There and writable; trying a link within it is the one way to know that leaves nothing behind."""
    folder = context.library.folder
    files = await context.file_system.list_files(folder)
    is_writable = await context.file_system.can_hard_link(folder, folder)
    if not is_writable and context.library.placement is PlacementMode.HARD_LINK:
        raise ReadOnlyError(f"{str(folder)!r} may not be written to, or its disk cannot hold hard links")
    found = f"{str(folder)!r} is there and holds {len(files)} files"
    return (True, found) if is_writable else (None, f"{found}; whether it may be written to is not known")


async def _check_hard_links(context: Context) -> Answer:
    """From where downloads land into the library."""
    library = context.library
    if library.placement is PlacementMode.COPY:
        return True, "not needed, since files are copied into the library"
    folder = await context.download_client.find_download_folder()
    if folder is None:
        return None, "not known: the download client does not tell where its downloads land"
    try:
        works = await context.file_system.can_hard_link(Path(folder), library.folder)
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
