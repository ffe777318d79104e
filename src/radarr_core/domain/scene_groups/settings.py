"""What can be set about judging groups; the weights are judgement, not measurement."""

from __future__ import annotations

from math import isfinite

from attrs import frozen


@frozen(kw_only=True)
class Weights:
    """What each part of a release's utility weighs.

    Attributes:
        head_to_head: more wanted than its rivals for the same film.
        needed_no_fix: nobody had to put it right.
        adequate_size: enough bytes for its kind.
        local_outcome: what became of it here, where it was grabbed.
    """

    head_to_head: float = 0.45
    needed_no_fix: float = 0.275
    adequate_size: float = 0.275
    local_outcome: float = 0.5

    def __attrs_post_init__(self) -> None:
        """Refuse weights that are none."""
        values = (self.head_to_head, self.needed_no_fix, self.adequate_size, self.local_outcome)
        if not all(isfinite(value) and 0 <= value <= 1 for value in values) or not any(values):
            raise ValueError(f"weights lie between 0 and 1, and one of them above 0: {values!r}")


DEFAULT_WEIGHTS = Weights()


@frozen(kw_only=True)
class RatingSettings:
    """How one release is rated.

    Attributes:
        cut: a part counts for no more than so many standard deviations, either way.
        least_coverage: a release of which less is known (sum of the weights present) is not used.
        maturity_days: so long nobody can know whether a release had to be put right.
    """

    weights: Weights = DEFAULT_WEIGHTS
    cut: float = 3.0
    least_coverage: float = 0.4
    maturity_days: int = 30

    def __attrs_post_init__(self) -> None:
        """Refuse settings under which nothing could be rated."""
        if not (isfinite(self.cut) and self.cut > 0 and 0 < self.least_coverage <= 1 and self.maturity_days >= 0):
            raise ValueError(
                f"cut is above 0, least_coverage from 0 to 1, maturity_days not negative: "
                f"{self.cut!r}, {self.least_coverage!r}, {self.maturity_days!r}"
            )


DEFAULT_RATING_SETTINGS = RatingSettings()


@frozen(kw_only=True)
class ModelSettings:
    """How groups are judged by their releases.

    Attributes:
        memory_years: how slowly a group changes: it is like itself one year before by exp(-1 / memory_years).
        least_releases: with fewer usable ones there is no model.
        least_groups: with fewer groups of five releases there is no model.
    """

    memory_years: float = 4.0
    least_releases: int = 200
    least_groups: int = 10

    def __attrs_post_init__(self) -> None:
        """Refuse a memory that is none."""
        if not (isfinite(self.memory_years) and self.memory_years > 0):
            raise ValueError(f"memory_years is above 0, not {self.memory_years!r}")
        if self.least_releases < 1 or self.least_groups < 3:
            raise ValueError(
                f"a model needs a release and three groups at least: {self.least_releases!r}, {self.least_groups!r}"
            )


DEFAULT_MODEL_SETTINGS = ModelSettings()
