"""One thread for a library that blocks."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """Runs jobs one after another in a thread of its own, which starts with the first.

    It is a daemon: a job that waits for a server which never ends its answer keeps no program from ending, as the
    threads of the standard library's pool would.
    """

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[tuple[Callable[[], object], Future[object]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Have a job done; its outcome or error is the future's."""
        future: Future[T] = Future()
        if self._thread.ident is None:
            self._thread.start()
        self._jobs.put((job, future))  # type: ignore[arg-type]
        return future

    def stop(self) -> None:
        """Let the thread end once it has done what is queued; nothing is waited for."""
        self._jobs.put(None)

    def _run(self) -> None:
        while (entry := self._jobs.get()) is not None:
            job, future = entry
            if not future.set_running_or_notify_cancel():
                continue
            try:
                outcome = job()
            except BaseException as error:  # noqa: BLE001 - whoever waits for the outcome hears of it
                future.set_exception(error)
            else:
                future.set_result(outcome)
            del entry, job, future
