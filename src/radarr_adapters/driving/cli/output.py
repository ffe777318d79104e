"""How a command answers: with what people read, or with one JSON object."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import typer
from attrs import field, frozen
from rich.console import Console, RenderableType

from radarr_core.errors import AskPersonError, FaultyInputError, RadarrCoreError, RetryLaterError

from .rendering import show
from .text import current_veil, plain, veil_data

PROGRAM = "radarr-core"


class ExitCode(IntEnum):
    """What the program ends with; part of its interface."""

    DONE = 0
    NOTHING_ACCEPTABLE = 1
    CONFIGURATION = 2
    SERVICE_FAILED = 3


def find_exit_code(error: BaseException) -> ExitCode:
    """What a person has to set right is one thing, what failed on its own another."""
    if isinstance(error, AskPersonError | typer.TyperException):
        return ExitCode.CONFIGURATION
    return ExitCode.SERVICE_FAILED


def write_json(data: Mapping[str, Any], *, indent: int | None = 2) -> None:
    """Print one JSON object. It is pure ASCII, so that no terminal and no encoding stands in its way."""
    sys.stdout.write(json.dumps(veil_data(data), indent=indent) + "\n")
    sys.stdout.flush()


@frozen
class Output:
    """Where a command's answer goes.

    Attributes:
        as_json: one JSON object instead of what people read.
        console: standard output for people; colours, tables and bars come to a terminal alone.
    """

    as_json: bool = False
    console: Console = field(factory=lambda: Console(highlight=False, emoji=False))

    def answer(self, data: Mapping[str, Any], *renderables: RenderableType) -> None:
        """Print the answer in the form that was asked for."""
        if self.as_json:
            write_json(data)
            return
        for renderable in renderables:
            show(self.console, renderable)


def report_error(error: Exception, *, as_json: bool, debug: bool) -> ExitCode:
    """Say what went wrong, in one line or one object, and answer with the exit code."""
    code = find_exit_code(error)
    errors = Console(stderr=True, highlight=False, emoji=False)
    if debug:
        sys.stderr.write(current_veil.get()("".join(traceback.format_exception(error))))
    if as_json:
        write_json(describe_error(error, code))
    else:
        errors.print(plain(f"{PROGRAM}: {_explain(error)}", style="red"), soft_wrap=True)
    return code


def describe_error(error: Exception, code: ExitCode) -> dict[str, Any]:
    """An error as the published schema has it."""
    return {
        "schema": f"{PROGRAM}/error",
        "version": 1,
        "kind": type(error).__name__,
        "message": _explain(error),
        "exit_code": int(code),
        "adapter": error.adapter if isinstance(error, RadarrCoreError) else None,
        "file": error.file if isinstance(error, FaultyInputError) else None,
        "key": error.key if isinstance(error, FaultyInputError) else None,
        "retry_after": error.retry_after if isinstance(error, RetryLaterError) else None,
    }


def _explain(error: Exception) -> str:
    if isinstance(error, typer.TyperException):
        return error.format_message()
    if isinstance(error, RadarrCoreError):
        return str(error)
    return f"unexpected {type(error).__name__}: {error}; this is a bug, --debug shows where"
