"""What every moment in the domain has to be: aware of its time zone."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC
from typing import Any


def check_aware(instance: object, attribute: object, value: Any) -> None:
    """Refuse a moment without a time zone, for use as a validator; None, where it is allowed, is no moment.

    Raises:
        ValueError: the moment could be any hour of the day, or lies in UTC before the first year or behind the last.
    """
    if value is None:
        return
    if value.utcoffset() is None:
        raise ValueError(f"a moment without a time zone is ambiguous: {value!r}")
    if value.year in (MINYEAR, MAXYEAR):
        try:
            value.astimezone(UTC)
        except OverflowError:
            raise ValueError(f"a moment that cannot be told in UTC: {value!r}") from None
