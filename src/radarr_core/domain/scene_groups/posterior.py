"""What is known of a group after its evidence, and of each of its cells, also of those nobody saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import NamedTuple

from .filtering import Belief
from .parameters import Parameters
from .strata import Stratum


class Posterior(NamedTuple):
    """A skill as it is believed to be.

    Attributes:
        fresh_releases: how many fresh releases the whole evidence is worth.
        prior_mean: what would be expected without any.
        spread: the standard deviation of the skills it is compared with.
    """

    mean: float
    variance: float
    fresh_releases: float
    prior_mean: float
    spread: float


class GroupPosterior(NamedTuple):
    """What is known of a group as a whole.

    Attributes:
        precision: without the doubt about what flags foretell.
        evidence: each cell's precision x mean and precision, without the prior, at the reference date.
    """

    mean: float
    precision: float
    flag_doubt: float
    prior_mean: float
    evidence: Mapping[Stratum, Belief]

    def as_posterior(self, parameters: Parameters) -> Posterior:
        """The group as a whole, beside other groups."""
        gained = self.precision - 1 / parameters.between_groups
        return Posterior(
            self.mean,
            1 / self.precision + self.flag_doubt,
            max(0.0, parameters.noise * gained),
            self.prior_mean,
            parameters.between_groups**0.5,
        )

    def find_cell(self, stratum: Stratum, parameters: Parameters) -> Posterior:
        """One cell, beside other groups' cells; what a group does elsewhere says a little of what nobody saw."""
        evidence, between = self.evidence.get(stratum, Belief(0.0, 0.0)), parameters.between_cells
        share = 1 / (1 + evidence.variance * between)
        mean = share * between * evidence.mean + share * self.mean
        plain = share * between + share * share / self.precision
        gained = 1 / plain - 1 / parameters.cell_variance
        return Posterior(
            mean,
            plain + share * share * self.flag_doubt,
            max(0.0, parameters.noise * gained),
            self.prior_mean,
            parameters.cell_variance**0.5,
        )


def combine_cells(
    evidence: Mapping[Stratum, Belief], prior_mean: float, flag_rate: float, parameters: Parameters
) -> GroupPosterior:
    """The group behind its cells. A thousand releases of one kind say little of another kind.

    Args:
        evidence: each cell's precision x mean and precision, without the prior.
        prior_mean: what is expected of the group.
        flag_rate: its rate of internal releases; far from others' it is less sure what to expect.
        parameters: what all groups say.
    """
    between, prior = parameters.between_cells, 1 / parameters.between_groups
    ordered: Iterable[Belief] = [evidence[stratum] for stratum in sorted(evidence, key=lambda one: one.order)]
    precision = prior + fsum(one.variance / (1 + one.variance * between) for one in ordered)
    mean = (prior * prior_mean + fsum(one.mean / (1 + one.variance * between) for one in ordered)) / precision
    doubt = 0.0
    if parameters.flag_scatter:
        doubt = (prior / precision) ** 2 * (flag_rate - parameters.centre_flag_rate) ** 2 / parameters.flag_scatter
    return GroupPosterior(mean, precision, doubt, prior_mean, evidence)
