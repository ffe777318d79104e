"""Between us and strangers' adapters: whatever they raise becomes an error of ours that names them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from radarr_core.errors import BugError, RadarrCoreError

T = TypeVar("T")


async def ask(adapter: str, answer: Awaitable[T]) -> T:
    """Wait for an adapter's answer.

    Raises:
        RadarrCoreError: what the adapter's port says.
        BugError: the adapter raised anything else.
    """
    try:
        return await answer
    except RadarrCoreError:
        raise
    except Exception as error:
        raise BugError(f"unexpected {type(error).__name__}: {error}; please report this", adapter=adapter) from error
