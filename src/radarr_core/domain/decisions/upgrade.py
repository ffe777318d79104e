"""What a slot holds, what it counts for, and whether an offer would be better."""

from __future__ import annotations

from enum import StrEnum

from attrs import evolve, field, frozen

from radarr_core.domain.decisions.policy import Policy, Propers
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.movies import Movie, MovieFile, Slot
from radarr_core.domain.quality import (
    UNKNOWN_QUALITY,
    Modifier,
    Quality,
    QualityProfile,
    Revision,
    Source,
    find_nearest_quality,
)
from radarr_core.domain.releases import MediaInfo, ParsedRelease, Release

from .facts import ReleaseFacts, facts_of_file
from .formats import FormatRun
from .reputation import DEFAULT_REPUTATION_SETTINGS, ReputationSettings


@frozen
class Worth:
    """What a release or file counts for in a profile: its quality, its revision, and its custom formats' score.

    `points` are those of the score that its makers' reputation adds; None where that takes no part.
    """

    quality: Quality
    revision: Revision
    score: int = 0
    points: int | None = None

    def rank(self, profile: QualityProfile) -> tuple[int, Revision, int]:
        """The place in the profile's order."""
        return profile.index(self.quality), self.revision, self.score

    def is_revision_of(self, other: Worth) -> bool:
        """Whether it is a later revision of the very same quality."""
        return self.quality == other.quality and self.revision > other.revision


class Obstacle(StrEnum):
    """Why one release is no upgrade of another."""

    BETTER_QUALITY = "better_quality"
    BETTER_REVISION = "better_revision"
    QUALITY_CUTOFF = "quality_cutoff"
    FORMAT_SCORE = "custom_format_score"
    FORMAT_CUTOFF = "custom_format_cutoff"
    SCORE_INCREMENT = "min_custom_format_score"
    UPGRADES_NOT_ALLOWED = "upgrades_not_allowed"


@frozen(kw_only=True)
class Objection:
    """Why an offer does not replace what is there: the reason, and a sentence about both."""

    obstacle: Obstacle
    sentence: str


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


# -- what something counts for -----------------------------------------------------------------------------------------


def find_worth(facts: ReleaseFacts, profile: QualityProfile, points: int | None = None) -> Worth:
    """What a release counts for by its claim, or by the quality its facts were given instead.

    Args:
        facts: what is known of it.
        profile: the slot's.
        points: what its makers' reputation adds to the score; None where that takes no part.
    """
    score = facts.matches.score(profile.format_scores) if profile.format_scores else 0
    return Worth(facts.quality or facts.claim.quality, facts.claim.revision, score + (points or 0), points)


_OF_ANY_RESOLUTION = frozenset({Source.CAM, Source.TELESYNC, Source.TELECINE, Source.WORKPRINT, Source.DVD})
_OF_NO_OTHER_RESOLUTION = frozenset({Modifier.REGIONAL, Modifier.SCREENER, Modifier.BRDISK, Modifier.RAWHD})


def proved_quality(claim: ParsedRelease, proof: MediaInfo) -> Quality:
    """The claimed quality with the resolution the file proves; the source cannot be proved and is believed."""
    claimed = claim.quality
    if not proof.resolution or not claimed.resolution or claimed.source in _OF_ANY_RESOLUTION:
        return claimed
    if claimed.modifier in _OF_NO_OTHER_RESOLUTION:
        return claimed
    for modifier in (claimed.modifier, Modifier.NONE):
        proved = find_nearest_quality(claimed.source, proof.resolution, modifier)
        if proved != UNKNOWN_QUALITY:
            return proved
    return claimed


def find_mislabel(claim: ParsedRelease, proof: MediaInfo, profile: QualityProfile) -> Mislabelled | None:
    """The difference, when the proof ranks below the claim in the profile; else None."""
    proved = proved_quality(claim, proof)
    if profile.index(proved) < profile.index(claim.quality) or (
        proved.resolution < claim.quality.resolution and profile.index(proved) == profile.index(claim.quality)
    ):
        return Mislabelled(claimed=claim.quality, proved=proved)
    return None


def find_standing(
    held: MovieFile,
    movie: Movie,
    profile: QualityProfile,
    formats: FormatRun,
    *,
    mislabels: int,
    budget: int,
    reputation: ReputationSettings = DEFAULT_REPUTATION_SETTINGS,
) -> Standing:
    """What the held file counts for under the profile in force now, its makers by their reputation when it was grabbed.

    A mislabelled file counts for its proof, so that a true release may replace it, but only while the slot's budget
    lasts; after that it counts for its claim, and a person has to decide. Grabs therefore end.
    """
    points = reputation.find_points(held.reputation_signal)
    claimed = find_worth(facts_of_file(held, movie, formats), profile, points)
    mislabelled = find_mislabel(held.claim, held.proof, profile)
    quality = proved_quality(held.claim, held.proof)
    if quality == claimed.quality and quality.resolution == claimed.quality.resolution:
        return Standing(worth=claimed, claim=held.claim)
    proved = find_worth(facts_of_file(held, movie, formats, quality), profile, points)
    if mislabelled and mislabels <= budget:
        return Standing(worth=proved, mislabelled=mislabelled, claim=held.claim)
    best = max((claimed, proved), key=lambda worth: worth.rank(profile))
    return Standing(worth=best, mislabelled=mislabelled, claim=held.claim)


# -- whether something is better ---------------------------------------------------------------------------------------


def on_equal_terms(one: Worth, other: Worth) -> tuple[Worth, Worth]:
    """Both with their makers' points, or both without: what is not known of one counts for neither."""
    if (one.points is None) == (other.points is None):
        return one, other
    return _without_points(one), _without_points(other)


def _without_points(worth: Worth) -> Worth:
    return worth if worth.points is None else evolve(worth, score=worth.score - worth.points, points=None)


def is_cutoff_met(current: Worth, new: Worth | None, profile: QualityProfile) -> bool:
    """Whether nothing better than the current one is looked for: neither in quality, nor in revision, nor in score."""
    if new is not None and new.is_revision_of(current):
        return False
    return profile.index(current.quality) >= profile.cutoff_index and current.score >= profile.format_cutoff


def find_obstacle(current: Worth, new: Worth, profile: QualityProfile, propers: Propers) -> Obstacle | None:
    """Why the new one is no upgrade of the current one; None when it is one.

    Quality counts before revision, revision before the score of custom formats. Each of them ends at its own cutoff.
    """
    mine, theirs = profile.index(new.quality), profile.index(current.quality)
    if mine > theirs and theirs < profile.cutoff_index:
        return None
    if mine < theirs:
        return Obstacle.BETTER_QUALITY
    counts_revision = propers is not Propers.DO_NOT_PREFER
    if counts_revision and new.revision > current.revision:
        return None
    if not profile.upgrade_allowed:
        return Obstacle.UPGRADES_NOT_ALLOWED
    if counts_revision and new.revision < current.revision:
        return Obstacle.BETTER_REVISION
    if mine > theirs:
        return Obstacle.QUALITY_CUTOFF
    return _find_obstacle_in_score(current, new, profile)


def _find_obstacle_in_score(current: Worth, new: Worth, profile: QualityProfile) -> Obstacle | None:
    if new.score <= current.score:
        return Obstacle.FORMAT_SCORE
    if current.score >= profile.cutoff_format_score:
        return Obstacle.FORMAT_CUTOFF
    if new.score < current.score + profile.min_upgrade_format_score:
        return Obstacle.SCORE_INCREMENT
    return None


def is_upgrade_allowed(current: Worth, new: Worth, profile: QualityProfile) -> bool:
    """Whether the profile lets an upgrade happen; what is no upgrade at all is for other rules to refuse."""
    if profile.upgrade_allowed or new.is_revision_of(current):
        return True
    current, new = on_equal_terms(current, new)
    mine, theirs = new.rank(profile), current.rank(profile)
    return not (mine[:2] > theirs[:2] or mine[2] > theirs[2])


def find_objection(
    current: Worth, new: Worth, profile: QualityProfile, propers: Propers, *, place: str = "held"
) -> Objection | None:
    """Why the new one does not replace the current one; None when it does.

    Args:
        current: what is there, or under way, as `place` says.
        new: what is offered.
        profile: the slot's.
        propers: what later revisions are worth.
        place: the word for where the current one is.
    """
    current, new = on_equal_terms(current, new)
    if is_cutoff_met(current, new, profile):
        obstacle: Obstacle | None = Obstacle.QUALITY_CUTOFF
    else:
        obstacle = find_obstacle(current, new, profile, propers)
    if obstacle is None:
        return None
    why = _describe(obstacle, current, new, profile)
    return Objection(obstacle=obstacle, sentence=f"{current.quality} is {place} already, {why}")


def _describe(obstacle: Obstacle, current: Worth, new: Worth, profile: QualityProfile) -> str:
    if obstacle is Obstacle.BETTER_QUALITY:
        return f"which ranks higher than {new.quality}"
    if obstacle is Obstacle.BETTER_REVISION:
        return f"in revision {current.revision.version}, and this is revision {new.revision.version}"
    if obstacle is Obstacle.QUALITY_CUTOFF:
        if profile.upgrade_allowed:
            return f"which meets the cutoff {profile.cutoff}"
        return f"and the profile {profile.name} does not upgrade"
    if obstacle is Obstacle.UPGRADES_NOT_ALLOWED:
        return f"and the profile {profile.name} does not upgrade"
    if obstacle is Obstacle.FORMAT_CUTOFF:
        return f"with a score of {current.score}, which meets the cutoff score {profile.cutoff_format_score}"
    if obstacle is Obstacle.SCORE_INCREMENT:
        return (
            f"with a score of {current.score}; {new.score} is no gain of {profile.min_upgrade_format_score}, "
            f"the least that {profile.name} upgrades for"
        )
    return f"and {new.quality} is no better (score {new.score}, held {current.score})"


def find_import_obstacle(current: Worth, new: Worth, profile: QualityProfile, propers: Propers) -> Obstacle | None:
    """Why a file that is there already is better than one that arrived; None when the new one may take its place.

    Once something was fetched, being as good is good enough: neither cutoffs nor upgrades are asked about.
    """
    mine, theirs = profile.index(new.quality), profile.index(current.quality)
    if mine != theirs:
        return Obstacle.BETTER_QUALITY if mine < theirs else None
    if propers is not Propers.DO_NOT_PREFER and new.revision < current.revision:
        return Obstacle.BETTER_REVISION
    return Obstacle.FORMAT_SCORE if new.score < current.score else None


# -- what services ask -------------------------------------------------------------------------------------------------


def find_sameness(held: MovieFile, offer: Release, info_hash: InfoHash | None = None) -> str | None:
    """Why an offer is the very release that is held, under whatever name; None when it is another.

    Two known info-hashes decide. Without them the same indexer's same guid does, or the same name.
    """
    ours = held.info_hash or (held.offer.info_hash if held.offer else None)
    theirs = info_hash or offer.info_hash
    if ours is not None and theirs is not None:
        return "it is the very torrent that is held" if ours == theirs else None
    if held.offer is not None and (held.offer.indexer, held.offer.guid) == (offer.indexer, offer.guid):
        return "it is the very offer that is held"
    return "it has the name of the release that is held" if _fold(held.claim.original) == _fold(offer.title) else None


def _fold(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def find_objection_to(
    policy: Policy,
    movie: Movie,
    slot: Slot,
    held: MovieFile,
    *,
    claim: ParsedRelease,
    offer: Release,
    mislabels: int,
    info_hash: InfoHash | None = None,
    reputation_signal: float | None = None,
) -> str | None:
    """Why a claim is no improvement on what the slot holds; None when it is one."""
    same = find_sameness(held, offer, info_hash)
    if same:
        return same
    profile = policy.get_profile(slot.profile)
    formats, budget, reputation = FormatRun(policy.formats), policy.settings.mislabel_budget, policy.reputation
    standing = find_standing(
        held, movie, profile, formats, mislabels=mislabels, budget=budget, reputation=reputation
    )  # fmt: skip
    facts = ReleaseFacts(claim=claim, offer=offer, movie=movie, formats=formats)
    new = find_worth(facts, profile, reputation.find_points(reputation_signal))
    objection = find_objection(standing.worth, new, profile, policy.settings.propers)
    if objection:
        return objection.sentence
    if not is_upgrade_allowed(standing.worth, new, profile):
        return f"{standing.worth.quality} is held already, and the profile {profile.name} does not upgrade"
    return None
