"""Rules about quality, language, custom formats and size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from radarr_core.domain.decisions.verdicts import Verdict
from radarr_core.domain.languages import ANY, ORIGINAL
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
class LanguageWanted:
    """The profile may ask for a language."""

    name: str = "language"

    def judge(self, case: Case) -> Verdict:
        """Reject a release that is not spoken in it; others beside it do no harm."""
        if case.wanted is None or case.facts is None:
            return not_applicable(self.name, NO_MOVIE)
        wanted = case.wanted.profile.language
        if wanted == ANY:
            return accepted(self.name, "any language will do", wanted=wanted.name)
        if wanted == ORIGINAL:
            original = case.wanted.movie.original_language
            if original is None:
                return unknown(self.name, "the movie's original language is not known", wanted=wanted.name)
            wanted = original
        found = case.facts.languages
        if not found:
            return unknown(self.name, "the name tells no language", wanted=wanted.name)
        names = ", ".join(language.name for language in found)
        if wanted not in found:
            return rejected(self.name, f"{wanted} is wanted, this is {names}", wanted=wanted.name, found=names)
        return accepted(self.name, f"it is {names}", wanted=wanted.name, found=names)


@frozen
class FormatScore:
    """What the custom formats are worth together has to reach the profile's least score."""

    name: str = "custom format score"

    def judge(self, case: Case) -> Verdict:
        """Reject a lower score, with what each format adds to it or takes from it."""
        if case.wanted is None or case.facts is None or case.worth is None:
            return not_applicable(self.name, NO_MOVIE)
        profile, matches, score = case.wanted.profile, case.facts.matches, case.worth.score
        least, names = profile.min_format_score, ", ".join(matches.names)
        open_scores = [profile.format_scores.get(match.name, 0) for match in matches.undecided]
        lowest = score + sum(points for points in open_scores if points < 0)
        highest = score + sum(points for points in open_scores if points > 0)
        formats = _list_points(matches.names, profile.format_scores)
        makers = f"group reputation {case.worth.points:+d}" if case.worth.points else ""
        parts = ", ".join(filter(None, (formats, makers))) or "no format that counts"
        slow = f"; {', '.join(matches.offenders)} took too long" if matches.offenders else ""
        if lowest < least <= highest:
            doubts = ", ".join(match.name for match in matches.undecided)
            sentence = f"a score of {score}, the least is {least}, and of {doubts} nobody can tell{slow}"
            return unknown(self.name, sentence, score=score, minimum=least, undecided=doubts)
        if score < least:
            sentence = f"a score of {score} is under the least, {least} ({parts}){slow}"
            return rejected(self.name, sentence, score=score, minimum=least, formats=names)
        return accepted(self.name, f"a score of {score} ({parts}){slow}", score=score, minimum=least)


def _list_points(names: Iterable[str], scores: Mapping[str, int]) -> str:
    """What each of the formats adds or takes; those that do neither are left out."""
    return ", ".join(f"{name} {points:+d}" for name in names if (points := scores.get(name, 0)))


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
        size, minutes = case.offer.size, case.wanted.minutes
        smallest = round(definition.minimum * minutes * MEGABYTE)
        largest = round(definition.maximum * minutes * MEGABYTE) if definition.maximum else None
        quality = definition.quality.name
        if size < smallest:
            sentence = f"{megabytes(size)} is under the {megabytes(smallest)} that {minutes} min of {quality} need"
            return rejected(self.name, sentence, size=size, minimum=smallest, maximum=largest, minutes=minutes)
        if largest is not None and size > largest:
            sentence = f"{megabytes(size)} is over the {megabytes(largest)} that {minutes} min of {quality} may have"
            return rejected(self.name, sentence, size=size, minimum=smallest, maximum=largest, minutes=minutes)
        sentence = f"{megabytes(size)} is within the limits"
        return accepted(self.name, sentence, size=size, minimum=smallest, maximum=largest, minutes=minutes)


@frozen
class MaximumSize:
    """No release may be larger than people can store."""

    name: str = "maximum size"

    def judge(self, case: Case) -> Verdict:
        """Reject what is over the limit that holds for every quality."""
        size, largest = case.offer.size, case.policy.settings.maximum_size
        if not largest:
            return not_applicable(self.name, "no maximum size is set")
        if size is None:
            return unknown(self.name, "the indexer did not tell the size", maximum=largest)
        if size > largest:
            sentence = f"{megabytes(size)} is over the {megabytes(largest)} that any release may have"
            return rejected(self.name, sentence, size=size, maximum=largest)
        return accepted(self.name, f"{megabytes(size)} is within the maximum", size=size, maximum=largest)


@frozen
class EnoughSpace:
    """The disk has to hold the release and keep a reserve."""

    name: str = "free space"

    def judge(self, case: Case) -> Verdict:
        """Reject what would fill the disk; a size or a disk that cannot be read is unknown."""
        if case.policy.settings.skip_free_space_check:
            return not_applicable(self.name, "the free space is not looked at")
        free, size = case.situation.find_space(case.wanted.slot if case.wanted else None), case.offer.size
        reserve = case.policy.settings.minimum_free_space
        if free is None or size is None:
            return unknown(self.name, _name_missing(free, size), free=free, size=size)
        if free <= size or free - size < reserve:
            sentence = f"{megabytes(free)} are free, {megabytes(size)} and a reserve of {megabytes(reserve)} are needed"
            return rejected(self.name, sentence, free=free, size=size, reserve=reserve)
        return accepted(self.name, f"{megabytes(free)} are free", free=free, size=size, reserve=reserve)


def _name_missing(free: int | None, size: int | None) -> str:
    """Which of the two is not known: the one is for the disk to tell, the other for the indexer."""
    if free is None and size is None:
        return "neither the free space nor the size is known"
    return f"the {'free space' if free is None else 'size'} is not known"
