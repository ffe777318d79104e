"""One thread that owns something no other thread may touch."""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from radarr_core.errors import BugError

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Worker:
    """Runs jobs one after another in a thread of its own, and a tick whenever there was none for a while.

    The thread starts with the first job. A program that ends without `stop` runs the last job all the same.

    Args:
        name: of the thread.
        tick: called between jobs.
        interval: seconds between two ticks, at most.
        last: called once, as the thread's last deed.
        patience: seconds to wait for the last job when the program ends.
    """

    def __init__(
        self, name: str, *, tick: Callable[[], object], interval: float, last: Callable[[], object], patience: float
    ) -> None:
        self._tick = tick
        self._interval = interval
        self._last = last
        self._patience = patience
        self._jobs: queue.Queue[tuple[Callable[[], object], Future[object]] | None] = queue.Queue()
        # A daemon, since a thread nobody stopped would keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._lock = threading.Lock()
        self._is_stopped = False

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Have a job done; its outcome or error is the future's.

        Raises:
            BugError: the worker was stopped.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._is_stopped:
                raise BugError(f"{self._thread.name} is closed; open a new one")
            if self._thread.ident is None:
                self._thread.start()
                atexit.register(self.stop, self._patience)
            self._jobs.put((job, future))  # type: ignore[arg-type]
        return future

    def stop(self, patience: float) -> bool:
        """Do what is queued, then the last job; true when all that ended within that many seconds."""
        with self._lock:
            has_started = self._thread.ident is not None
            if has_started and not self._is_stopped:
                self._jobs.put(None)
                atexit.unregister(self.stop)
            self._is_stopped = True
        if has_started:
            self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            try:
                entry = self._jobs.get(timeout=self._interval)
            except queue.Empty:
                self._guard(self._tick)
                continue
            if entry is None:
                self._guard(self._last)
                return
            _do(*entry)
            self._guard(self._tick)

    def _guard(self, job: Callable[[], object]) -> None:
        try:
            job()
        except Exception:  # the thread must live on
            logger.exception("%s met an error between two jobs", self._thread.name)


def _do(job: Callable[[], object], future: Future[object]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        outcome = job()
    except BaseException as error:  # noqa: BLE001 - whoever waits for the outcome hears of it
        future.set_exception(error)
    else:
        future.set_result(outcome)
