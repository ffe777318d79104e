"""Rules about what the slot holds or is about to hold."""

from __future__ import annotations

from attrs import frozen

from radarr_core.domain.decisions.upgrade import claimed_worth, find_objection, find_standing
from radarr_core.domain.decisions.verdicts import Verdict

from .base import NO_MOVIE, Case, accepted, not_applicable, rejected


@frozen
class BetterThanHeld:
    """The offer has to be better than the slot's file: claim against the greater of its claim and proof."""

    name: str = "better than held"

    def judge(self, case: Case) -> Verdict:
        """Reject what does not improve on the file, or comes after the cutoff."""
        if case.wanted is None or case.parsed is None:
            return not_applicable(self.name, NO_MOVIE)
        held = case.situation.held.get(case.wanted.key)
        if held is None:
            return accepted(self.name, "the slot is empty")
        standing = find_standing(
            held,
            case.wanted.profile,
            mislabels=case.situation.mislabelled.get(case.wanted.key, 0),
            budget=case.policy.settings.mislabel_budget,
        )
        objection = find_objection(standing.worth, claimed_worth(case.parsed), case.wanted.profile)
        figures = {"held": standing.worth.quality.name, "offered": case.parsed.quality.name}
        if objection:
            return rejected(self.name, objection, **figures)
        return accepted(self.name, f"better than the {standing.worth.quality} that is held", **figures)


@frozen
class BetterThanQueued:
    """The offer has to be better than what is on its way for the same slot."""

    name: str = "better than queued"

    def judge(self, case: Case) -> Verdict:
        """Reject an offer while something as good is under way."""
        if case.wanted is None or case.parsed is None:
            return not_applicable(self.name, NO_MOVIE)
        for grab in case.situation.queue:
            if grab.is_active and grab.target == case.wanted.key:
                figures = {"queued": grab.claim.quality.name, "offered": case.parsed.quality.name}
                sentence = f"{grab.offer.title} is already {grab.state}; one download a slot at a time"
                return rejected(self.name, sentence, **figures)
        return accepted(self.name, "nothing is under way for the slot")
