"""Where log lines go: to standard error, without keys, and without tracebacks unless they are asked for."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.logging import RichHandler

from .text import Veil, current_veil, escape

_OURS = ("radarr_core", "radarr_adapters")


class KeepSecrets(logging.Filter):
    """Takes keys out of every record, and, unless debugging, puts an error's words in the traceback's place."""

    def __init__(self, veil: Veil, *, tracebacks: bool) -> None:
        super().__init__()
        self._veil = veil
        self._tracebacks = tracebacks

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it always passes."""
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            message = f"{message}: {type(error).__name__}: {error}"
            if self._tracebacks:
                record.exc_text = self._veil(logging.Formatter().formatException(record.exc_info))
            else:
                record.exc_info, record.exc_text = None, None
        record.msg, record.args = escape(self._veil(message)), ()
        return True


@contextmanager
def log_to_stderr(*, verbose: bool, debug: bool) -> Iterator[None]:
    """While the block runs, warnings of any library are shown, and more of our own when asked for."""
    handler = _make_handler()
    handler.addFilter(KeepSecrets(current_veil.get(), tracebacks=debug))
    root = logging.getLogger()
    before = {name: logging.getLogger(name).level for name in _OURS}
    root.addHandler(handler)
    for name in _OURS:
        logging.getLogger(name).setLevel(_find_level(verbose=verbose, debug=debug))
    try:
        yield
    finally:
        root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _find_level(*, verbose: bool, debug: bool) -> int:
    if debug:
        return logging.DEBUG
    return logging.INFO if verbose else logging.WARNING


def _make_handler() -> logging.Handler:
    """Columns and colours for a terminal; for a file or a journal, which have their own width, whole lines."""
    console = Console(stderr=True)
    if console.is_terminal:
        return RichHandler(console=console, show_path=False, markup=False, rich_tracebacks=False)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler
