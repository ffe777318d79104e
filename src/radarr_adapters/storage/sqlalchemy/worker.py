"""One thread that does one thing after the other, in the order asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """A thread of its own for a library that blocks; it starts with the first call.

    Whoever is cancelled while waiting leaves the work running; what is handed in after it waits its turn. So a
    transaction whose task went away is rolled back by handing in the rollback, without waiting for anything.
    """

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None

    def hand_in(self, do: Callable[[], T]) -> Future[T]:
        """Have something done, without waiting for it."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="radarr-storage")
        return self._thread.submit(do)

    async def call(self, do: Callable[[], T]) -> T:
        """Have something done, and wait for what comes of it."""
        return await asyncio.shield(asyncio.wrap_future(self.hand_in(do)))

    def stop(self) -> None:
        """End the thread when all that was handed in is done; another call starts a new one."""
        if self._thread is not None:
            self._thread.shutdown(wait=False)
            self._thread = None
