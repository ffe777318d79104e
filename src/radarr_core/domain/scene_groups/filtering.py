"""How a cell's skill is followed through time: a scalar filter, fading towards what is expected of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import NamedTuple

from attrs import frozen

from .day_sums import DaySum

DAYS_A_YEAR = 365.25


class Belief(NamedTuple):
    """A mean and a variance."""

    mean: float
    variance: float


@frozen
class Course:
    """How skill goes: around `prior.mean`, with `prior.variance`, like itself a year ago by exp(-1 / memory_years).

    Attributes:
        noise: the variance of one whole release around its group's skill.
    """

    prior: Belief
    noise: float
    memory_years: float

    def let_pass(self, belief: Belief, years: float) -> Belief:
        """The belief after that time without evidence: nearer to the prior, and less sure."""
        if years <= 0:
            return belief
        kept = exp(-years / self.memory_years)
        mean, variance = self.prior
        return Belief(mean + kept * (belief.mean - mean), kept * kept * belief.variance + (1 - kept * kept) * variance)

    def learn(self, belief: Belief, utility: float, weight: float) -> Belief:
        """The belief after evidence of that mean and that sum of coverage, all of one day."""
        gain = belief.variance / (belief.variance + self.noise / weight)
        return Belief(belief.mean + gain * (utility - belief.mean), (1 - gain) * belief.variance)

    def learn_late(self, belief: Belief, utility: float, weight: float, years: float) -> Belief:
        """The belief after evidence that is so many years older than it: as if found today, but blurred by drift.

        The next fit, which takes evidence in its order, says it exactly.
        """
        kept = exp(-years / self.memory_years)
        mean, variance = self.prior
        blurred = (self.noise / weight + (1 - kept * kept) * variance) / (kept * kept)
        gain = belief.variance / (belief.variance + blurred)
        return Belief(belief.mean + gain * (mean + (utility - mean) / kept - belief.mean), (1 - gain) * belief.variance)

    def follow(self, days: Mapping[int, DaySum]) -> tuple[Belief, int]:
        """The belief after all days' evidence, and the last of them."""
        belief, today = self.prior, 0
        for day in sorted(days):
            if today:
                belief = self.let_pass(belief, (day - today) / DAYS_A_YEAR)
            found = days[day]
            belief = self.learn(belief, found.mean, found.weight)
            today = day
        return belief, today

    def find_information(self, belief: Belief) -> Belief:
        """The evidence alone, without the prior: precision x mean, and precision, in the two fields."""
        precision = max(0.0, 1 / belief.variance - 1 / self.prior.variance)
        return Belief(belief.mean / belief.variance - self.prior.mean / self.prior.variance, precision)
