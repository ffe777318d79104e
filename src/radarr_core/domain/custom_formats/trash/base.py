"""What all values of the guides share: what else stood beside them is kept, and written back in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from radarr_core.domain.custom_formats.reading import Fields, in_order


@frozen(kw_only=True)
class Kept:
    """A value that was read from JSON.

    Attributes:
        extras: what this library does not use, kept to be written back.
        keys: the order of the keys as they were read.
    """

    extras: Mapping[str, Any] = field(factory=dict, hash=False, repr=False)
    keys: tuple[str, ...] = field(default=(), eq=False, repr=False)

    def write(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data with what was kept, in the order it was read; None stands for a key that is absent."""
        present = {key: value for key, value in data.items() if value is not None}
        return in_order(present | dict(self.extras), self.keys)


def kept(given: Fields, *used: str) -> dict[str, Any]:
    """The arguments that keep what is not used."""
    return {"extras": given.rest(used), "keys": tuple(given.data)}
