"""How good a group's work tends to be, and how sure that is: observations -> evidence -> reputations."""

from __future__ import annotations

from radarr_core.domain.releases import IndexerKind

from .contests import Coverage
from .day_sums import CellKey, CellSums, DaySum, EvidenceSums, measure, measure_all, rate
from .fitting import fit, fit_groups
from .group_table import GroupTable
from .identity import DEFAULT_ALIASES, Group, GroupAliases, GroupClaim, find_group
from .model_reports import ModelReport
from .observation_sets import Intake, ObservationSet, merge_sightings, take_in
from .observations import FixKind, LocalOutcome, Observation
from .offers import observe_offer
from .parameters import Parameters
from .reputation import EvidenceLevel, Label, Reputation, SceneGroupReputation, UnknownReputation
from .settings import ModelSettings, RatingSettings, Weights
from .strata import CostClass, HdrClass, Medium, Stratum, find_stratum
from .stratum_tables import StratumTables
from .summaries import EvidenceSummary, SharedEvidence, add_shared
from .summary_data import summary_from_data, summary_to_data, sums_from_data, sums_to_data
from .surveys import Survey, survey
from .utilities import Evidence, Tally

__all__ = [  # noqa: RUF022 - plain order, as sorted() gives it
    "CellKey",
    "CellSums",
    "CostClass",
    "Coverage",
    "DEFAULT_ALIASES",
    "DaySum",
    "Evidence",
    "EvidenceLevel",
    "EvidenceSummary",
    "EvidenceSums",
    "FixKind",
    "Group",
    "GroupAliases",
    "GroupClaim",
    "GroupTable",
    "HdrClass",
    "IndexerKind",
    "Intake",
    "Label",
    "LocalOutcome",
    "Medium",
    "ModelReport",
    "ModelSettings",
    "Observation",
    "ObservationSet",
    "Parameters",
    "RatingSettings",
    "Reputation",
    "SceneGroupReputation",
    "SharedEvidence",
    "Stratum",
    "StratumTables",
    "Survey",
    "Tally",
    "UnknownReputation",
    "Weights",
    "add_shared",
    "find_group",
    "find_stratum",
    "fit",
    "fit_groups",
    "measure",
    "measure_all",
    "merge_sightings",
    "observe_offer",
    "rate",
    "summary_from_data",
    "summary_to_data",
    "sums_from_data",
    "sums_to_data",
    "survey",
    "take_in",
]
