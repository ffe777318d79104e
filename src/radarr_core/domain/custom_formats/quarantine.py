"""What is known of patterns that took too long, kept for one run."""

from __future__ import annotations

from attrs import define, field


@define
class Quarantine:
    """The patterns that took too long in one run; hand the same one to every search of the run.

    Attributes:
        time_limit: seconds of processor time one search may take.
        offenders: the patterns that took longer, with the text on which they did.
    """

    time_limit: float = 0.05
    offenders: dict[str, str] = field(factory=dict)
