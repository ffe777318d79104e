"""Running a pipeline from a program: signals end it, and everything is let go of first."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import typer

from radarr_core.pipeline import storage_open
from radarr_core.services.context import Context

from .configuration import load_setup

T = TypeVar("T")


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; SIGINT and SIGTERM cancel it cleanly, and the program then ends with 128 + the signal."""
    try:
        return asyncio.run(_cancel_on_sigterm(work))
    except KeyboardInterrupt:
        raise _stop(signal.SIGINT) from None


def run_on_storage(config: Path | None, work: Callable[[Context], Awaitable[T]]) -> T:
    """Do something with a configuration's storage; a pipeline may be at work on it meanwhile."""
    context = load_setup(config).build_pipeline().context

    async def run() -> T:
        async with storage_open(context):
            return await work(context)

    return run_to_end(run())


def _stop(received: signal.Signals) -> typer.Exit:
    typer.echo("radarr-core: stopped; what was begun is gone on with next time", err=True)
    return typer.Exit(128 + received)


async def _cancel_on_sigterm(work: Coroutine[Any, Any, T]) -> T:
    task = asyncio.create_task(work)
    terminated = False

    def terminate() -> None:
        nonlocal terminated
        terminated = True
        task.cancel()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminate)
    try:
        return await task
    except asyncio.CancelledError:
        if terminated:
            raise _stop(signal.SIGTERM) from None
        raise
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)


async def run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until SIGINT or SIGTERM asks for the end, which is a good one; a second signal does not wait."""
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)
    signals = (signal.SIGINT, signal.SIGTERM)
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        task.cancel()
        for each in signals:
            loop.remove_signal_handler(each)

    for each in signals:
        loop.add_signal_handler(each, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not stopped:
            raise
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
