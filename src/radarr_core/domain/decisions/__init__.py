"""Is this offer wanted, which is best, and why: pure functions over values."""

from .comparing import PolicyChange, PolicyComparison, compare_policies
from .delays import DEFAULT_DELAY_PROFILE, DelayProfile
from .engine import Offer, decide, read_offer
from .matching import Match, MatchKind, MovieIndex
from .policy import DecisionSettings, Policy, Propers
from .profiles import profile_from_data
from .reputation import ReputationMode, ReputationSettings
from .restrictions import ReleaseProfile
from .rulesets import DEFAULT_RULES, RuleSet
from .situation import HistoryEntry, HistoryEvent, PendingReason, PendingRelease, RunKind, Situation
from .verdicts import Decision, DecisionTable, Difference, Outcome, Rank, Verdict

__all__ = [
    "DEFAULT_DELAY_PROFILE",
    "DEFAULT_RULES",
    "Decision",
    "DecisionSettings",
    "DecisionTable",
    "DelayProfile",
    "Difference",
    "HistoryEntry",
    "HistoryEvent",
    "Match",
    "MatchKind",
    "MovieIndex",
    "Offer",
    "Outcome",
    "PendingReason",
    "PendingRelease",
    "Policy",
    "PolicyChange",
    "PolicyComparison",
    "Propers",
    "Rank",
    "ReleaseProfile",
    "ReputationMode",
    "ReputationSettings",
    "RuleSet",
    "RunKind",
    "Situation",
    "Verdict",
    "compare_policies",
    "decide",
    "profile_from_data",
    "read_offer",
]
