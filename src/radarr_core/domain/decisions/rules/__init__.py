"""The rules an offer has to pass, one small rule or family a file, and the words a rule is written with."""

from .base import Case, Rule, accepted, not_applicable, rejected, rejected_until, unknown

__all__ = ["Case", "Rule", "accepted", "not_applicable", "rejected", "rejected_until", "unknown"]
