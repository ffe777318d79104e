"""Rules about quality and size."""

from __future__ import annotations

from attrs import frozen

from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.quality import MEGABYTE

from .base import NO_MOVIE, Case, accepted, megabytes, not_applicable, rejected, unknown


@frozen
class QualityAllowed:
    """The profile of the slot has to allow the quality."""

    name: str = "quality allowed"

    def judge(self, case: Case) -> Verdict:
        """Reject a quality the profile does not allow."""
        if case.wanted is None or case.parsed is None:
            return not_applicable(self.name, NO_MOVIE)
        profile, quality = case.wanted.profile, case.parsed.quality
        if not profile.is_allowed(quality):
            sentence = f"{quality} is not allowed by the profile {profile.name}"
            return rejected(self.name, sentence, quality=quality.name, profile=profile.name)
        return accepted(self.name, f"{profile.name} allows {quality}", quality=quality.name, profile=profile.name)


@frozen
class AcceptableSize:
    """The size per minute has to lie within the limits of the quality."""

    name: str = "acceptable size"

    def judge(self, case: Case) -> Verdict:
        """Reject a size outside the limits, which are inclusive; a size that was not told is unknown."""
        if case.wanted is None or case.parsed is None:
            return not_applicable(self.name, NO_MOVIE)
        definition = case.policy.definitions.get(case.parsed.quality)
        if definition is None:
            return not_applicable(self.name, f"{case.parsed.quality} has no size limits")
        if case.offer.size is None:
            return unknown(self.name, "the indexer did not tell the size")
        minutes = case.wanted.movie.runtime_minutes or case.policy.settings.assumed_runtime_minutes
        smallest = definition.minimum * minutes * MEGABYTE
        largest = definition.maximum * minutes * MEGABYTE if definition.maximum else None
        size = case.offer.size
        quality = definition.quality.name
        figures = {"size": size, "minimum": smallest, "maximum": largest, "minutes": minutes}
        if size < smallest:
            sentence = f"{megabytes(size)} is under the {megabytes(smallest)} that {minutes} min of {quality} need"
            return rejected(self.name, sentence, **figures)
        if largest is not None and size > largest:
            sentence = f"{megabytes(size)} is over the {megabytes(largest)} that {minutes} min of {quality} may have"
            return rejected(self.name, sentence, **figures)
        return accepted(self.name, f"{megabytes(size)} is within the limits", **figures)


@frozen
class EnoughSpace:
    """The disk has to hold the release and keep a reserve."""

    name: str = "free space"

    def judge(self, case: Case) -> Verdict:
        """Reject what would fill the disk; a size or a disk that cannot be read is unknown."""
        free, size = case.situation.free_space, case.offer.size
        reserve = case.policy.settings.minimum_free_space
        if free is None or size is None:
            return unknown(self.name, "the free space or the size is not known", free=free, size=size)
        if free - size < reserve:
            sentence = f"{megabytes(free)} are free, {megabytes(size)} and a reserve of {megabytes(reserve)} are needed"
            return rejected(self.name, sentence, free=free, size=size, reserve=reserve)
        return accepted(self.name, f"{megabytes(free)} are free", free=free, size=size, reserve=reserve)
