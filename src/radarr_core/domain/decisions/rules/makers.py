"""The rule about those who made a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from radarr_core.domain.decisions.reputation import ReputationMode
from radarr_core.domain.decisions.verdicts import Figure, Verdict

from .base import UNREAD, Case, accepted, not_applicable, rejected, unknown

if TYPE_CHECKING:
    from radarr_core.domain.scene_groups import Reputation, SceneGroupReputation


@frozen
class GroupReputation:
    """Those who made it may be known for poor work; what is known of them is told in any case."""

    name: str = "group reputation"

    def judge(self, case: Case) -> Verdict:
        """Where reputation is a gate, reject makers whose work is poor beyond doubt; unknown ones never."""
        mode = case.policy.reputation.mode
        if mode is ReputationMode.OFF:
            return not_applicable(self.name, "reputations are not looked at")
        if case.parsed is None:
            return not_applicable(self.name, UNREAD)
        if case.reputation is None:
            note = case.situation.reputation_note
            return unknown(self.name, note) if note else not_applicable(self.name, "nobody was asked about its makers")
        known = _read_known(case.reputation)
        if known is None:
            return unknown(self.name, f"{case.reputation}: no effect")
        figures = _list_figures(known, case)
        if mode is ReputationMode.GATE and _is_poor(known):
            sentence = f"{known.group} is known for poor work: {known}"
            return rejected(self.name, sentence, **figures)
        return accepted(self.name, f"{known}: {_tell_effect(case)}", **figures)


def _read_known(reputation: Reputation) -> SceneGroupReputation | None:
    from radarr_core.domain.scene_groups import SceneGroupReputation

    return reputation if isinstance(reputation, SceneGroupReputation) else None


def _is_poor(reputation: SceneGroupReputation) -> bool:
    from radarr_core.domain.scene_groups import EvidenceLevel, Label

    is_sure = reputation.evidence is EvidenceLevel.ESTABLISHED and not reputation.is_doubtful
    return is_sure and reputation.label is Label.POOR


def _list_figures(reputation: SceneGroupReputation, case: Case) -> dict[str, Figure]:
    return {
        "group": reputation.group.name,
        "kind": str(reputation.stratum) if reputation.stratum else None,
        "score": round(reputation.score, 1),
        "lower": round(reputation.lower, 1),
        "upper": round(reputation.upper, 1),
        "label": reputation.label.value,
        "evidence": reputation.evidence.value,
        "fresh_releases": round(reputation.evidence_weight, 1),
        "source": reputation.source,
        "signal": None if case.signal is None else round(case.signal, 3),
        "points": case.policy.reputation.find_points(case.signal),
    }


def _tell_effect(case: Case) -> str:
    settings, signal = case.policy.reputation, case.signal or 0.0
    if settings.mode is ReputationMode.POINTS:
        points = settings.find_points(signal)
        is_older = case.reputation is not None and case.reputation.signal != signal
        then = ", by what was known when the release was first seen" if is_older else ""
        return f"{points:+d} points{then}" if points else f"no effect{then}"
    if settings.mode is ReputationMode.TIE_BREAK and round(signal, 1):
        return f"it breaks ties by {signal:+.1f}"
    if settings.mode is ReputationMode.GATE and case.reputation is not None:
        return _tell_why_open(case.reputation)
    return "no effect"


def _tell_why_open(reputation: Reputation) -> str:
    """What keeps the gate open for makers who are called poor."""
    from radarr_core.domain.scene_groups import Label

    known = _read_known(reputation)
    if known is None or known.label is not Label.POOR:
        return "no effect"
    if known.is_doubtful:
        return "no effect, since the name is doubtful"
    return f"no effect, since that is {known.evidence}, and the gate needs established evidence"


def describe_reputation(reputation: Reputation) -> str:
    """A reputation in a few characters: `86 (65-96), trusted`, or `unknown`."""
    known = _read_known(reputation)
    if known is None:
        return "unknown"
    return f"{known.score:.0f} ({known.lower:.0f}-{known.upper:.0f}), {known.label}"
