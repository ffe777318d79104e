"""How things stand at the moment of deciding: values that a service gathered beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from radarr_core.domain.downloads import BlockedRelease, Grab
from radarr_core.domain.movies import MovieFile, SlotKey


class RunKind(StrEnum):
    """What set the decision off; some rules look only at some kinds."""

    FEED = "feed"
    SEARCH = "search"
    INTERACTIVE = "interactive"


@frozen(kw_only=True)
class Situation:
    """Held files, what is under way, what is blocked, and the room that is left.

    Attributes:
        kind: what set the run off.
        held: the file of each slot that has one.
        queue: grabs that may still end in the library.
        blocked: releases that are not to be taken again.
        free_space: bytes free on the library's disk; None when that could not be found out.
        mislabelled: how often each slot already had a file that proved less than its name claimed.
    """

    kind: RunKind = RunKind.SEARCH
    held: Mapping[SlotKey, MovieFile] = field(factory=dict)
    queue: tuple[Grab, ...] = ()
    blocked: tuple[BlockedRelease, ...] = ()
    free_space: int | None = None
    mislabelled: Mapping[SlotKey, int] = field(factory=dict)
