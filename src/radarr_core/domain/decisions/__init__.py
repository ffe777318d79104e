"""Is this offer wanted, which is best, and why: pure functions over values."""

from .engine import DEFAULT_RULES, Offer, RuleSet, decide, read_offer
from .matching import Match, MovieIndex
from .policy import DecisionSettings, Policy
from .situation import RunKind, Situation
from .verdicts import Decision, DecisionTable, Difference, Outcome, Rank, Verdict

__all__ = [
    "DEFAULT_RULES",
    "Decision",
    "DecisionSettings",
    "DecisionTable",
    "Difference",
    "Match",
    "MovieIndex",
    "Offer",
    "Outcome",
    "Policy",
    "Rank",
    "RuleSet",
    "RunKind",
    "Situation",
    "Verdict",
    "decide",
    "read_offer",
]
