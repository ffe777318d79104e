"""What every moment in the domain has to be: aware of its time zone."""

from __future__ import annotations

from typing import Any


def check_aware(instance: object, attribute: object, value: Any) -> None:
    """Refuse a moment without a time zone, for use as a validator; None, where it is allowed, is no moment.

    Raises:
        ValueError: the moment could be any hour of the day.
    """
    if value is not None and value.tzinfo is None:
        raise ValueError(f"a moment without a time zone is ambiguous: {value!r}")
