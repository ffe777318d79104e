"""What a slot holds, what it counts for, and whether an offer would be better."""

from __future__ import annotations

from attrs import field, frozen

from radarr_core.domain.decisions.policy import Policy
from radarr_core.domain.movies import MovieFile, Slot
from radarr_core.domain.quality import Modifier, Quality, QualityProfile, Revision, Source, find_nearest_quality
from radarr_core.domain.releases import MediaInfo, ParsedRelease


@frozen
class Worth:
    """What a release or file counts for in a profile: its quality, then its revision."""

    quality: Quality
    revision: Revision

    def rank(self, profile: QualityProfile) -> tuple[int, Revision]:
        """The place in the profile's order."""
        return profile.index(self.quality), self.revision


@frozen(kw_only=True)
class Mislabelled:
    """A file that proves to be less than the name it was grabbed on claimed."""

    claimed: Quality
    proved: Quality


@frozen(kw_only=True)
class Standing:
    """What a held file counts for: the greater of claim and proof, or the proof alone when it was mislabelled."""

    worth: Worth
    mislabelled: Mislabelled | None = None
    claim: ParsedRelease = field(repr=False)


def claimed_worth(claim: ParsedRelease) -> Worth:
    """What a name claims to be worth."""
    return Worth(claim.quality, claim.revision)


def proved_quality(claim: ParsedRelease, proof: MediaInfo) -> Quality:
    """The claimed quality with the resolution the file proves; the source cannot be proved and is believed."""
    claimed = claim.quality
    if not proof.resolution or not claimed.resolution or claimed.source in _OF_ANY_RESOLUTION:
        return claimed
    if claimed.modifier in (Modifier.REGIONAL, Modifier.SCREENER, Modifier.BRDISK, Modifier.RAWHD):
        return claimed
    proved = find_nearest_quality(claimed.source, proof.resolution, claimed.modifier)
    return claimed if proved.source is Source.UNKNOWN else proved


_OF_ANY_RESOLUTION = frozenset({Source.CAM, Source.TELESYNC, Source.TELECINE, Source.WORKPRINT, Source.DVD})


def find_mislabel(claim: ParsedRelease, proof: MediaInfo, profile: QualityProfile) -> Mislabelled | None:
    """The difference, when the proof ranks below the claim in the profile; else None."""
    proved = proved_quality(claim, proof)
    if profile.index(proved) < profile.index(claim.quality) or (
        proved.resolution < claim.quality.resolution and profile.index(proved) == profile.index(claim.quality)
    ):
        return Mislabelled(claimed=claim.quality, proved=proved)
    return None


def find_standing(held: MovieFile, profile: QualityProfile, *, mislabels: int, budget: int) -> Standing:
    """What the held file counts for under the profile in force now.

    A mislabelled file counts for its proof, so that a true release may replace it, but only while the slot's budget
    lasts; after that it counts for its claim, and a person has to decide. Grabs therefore end.
    """
    claimed = claimed_worth(held.claim)
    mislabelled = find_mislabel(held.claim, held.proof, profile)
    proved = Worth(proved_quality(held.claim, held.proof), held.claim.revision)
    if mislabelled and mislabels <= budget:
        return Standing(worth=proved, mislabelled=mislabelled, claim=held.claim)
    best = max((claimed, proved), key=lambda worth: worth.rank(profile))
    return Standing(worth=best, mislabelled=mislabelled, claim=held.claim)


def find_objection_to(policy: Policy, slot: Slot, held: MovieFile, claim: ParsedRelease, mislabels: int) -> str | None:
    """Why a claim is no improvement on what the slot holds; None when it is one."""
    profile = policy.get_profile(slot.profile)
    standing = find_standing(held, profile, mislabels=mislabels, budget=policy.settings.mislabel_budget)
    return find_objection(standing.worth, claimed_worth(claim), profile)


def find_objection(current: Worth, new: Worth, profile: QualityProfile) -> str | None:
    """Why the new one does not replace the current one; None when it does.

    A better quality is taken until the cutoff, where the profile upgrades at all; a better revision of the very same
    quality always.
    """
    mine, theirs = new.rank(profile), current.rank(profile)
    if new.quality == current.quality and new.revision > current.revision:
        return None
    if mine[0] < theirs[0]:
        return f"{current.quality} is held already, which ranks higher than {new.quality}"
    if mine[0] == theirs[0]:
        return f"{current.quality} is held already, and {new.quality} is no better"
    if not profile.upgrade_allowed:
        return f"{current.quality} is held already, and the profile {profile.name} does not upgrade"
    if theirs[0] >= profile.cutoff_index:
        return f"{current.quality} is held already, which meets the cutoff {profile.cutoff}"
    return None
