"""Rules about the name itself."""

from __future__ import annotations

import re
import unicodedata

from attrs import frozen

from radarr_core.domain.decisions.restrictions import Found
from radarr_core.domain.decisions.verdicts import Verdict

from .base import NO_MOVIE, UNREAD, Case, accepted, not_applicable, rejected, unknown

# Characters that turn the reading direction or cannot be seen: a name that needs them hides something.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LEADS_ELSEWHERE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:[/\\]")


@frozen
class Readable:
    """The name has to be that of a movie."""

    name: str = "readable name"

    def judge(self, case: Case) -> Verdict:
        """Reject what the parser refused, with the parser's reason."""
        if case.parsed is None:
            return rejected(self.name, f"the name is not read as a movie: {case.refusal}", reason=case.refusal)
        return accepted(self.name, f"read as {case.parsed.title!r} ({case.parsed.year or 'no year'})")


@frozen
class HarmlessName:
    """A name may not hold path parts, control characters or characters that hide what it says."""

    name: str = "harmless name"

    def judge(self, case: Case) -> Verdict:
        """Reject a name that was made to deceive a person, a terminal or a file system."""
        title = case.offer.title
        if _LEADS_ELSEWHERE.search(title):
            return rejected(self.name, "the name holds a path that leads out of its folder", name=title)
        if not (title.isascii() and title.isprintable()):
            for character in title:
                if character in _BIDI or unicodedata.category(character) == "Cc":
                    return rejected(self.name, f"the name holds the hidden character U+{ord(character):04X}")
        return accepted(self.name, "nothing hidden in the name")


@frozen
class NotASample:
    """A name that says sample, of a size that is one."""

    name: str = "not a sample"

    def judge(self, case: Case) -> Verdict:
        """Reject a name with the word when the size is small or was not told."""
        if "sample" not in case.offer.title.lower():
            return accepted(self.name, "the name does not say sample")
        if case.wanted and "sample" in case.wanted.movie.title.lower():
            return not_applicable(self.name, "the movie's own title holds the word")
        size, limit = case.offer.size, case.policy.settings.sample_size
        if size is None or size < limit:
            return rejected(self.name, "the name says sample, and the size fits one", size=size, limit=limit)
        return accepted(self.name, "the name says sample, but the size is that of a film", size=size, limit=limit)


_RAW_NAMES = (
    re.compile(r"dis[ck][-_. ]\d+[-_. ](?:(?:480|720|1080|2160)[ip][-_. ])?blu-?ray", re.IGNORECASE),
    re.compile(r"[-_. ]full[-_. ]blu-?ray", re.IGNORECASE),
    re.compile(r"\d?x?M?DVD-?[R59](?=[ ._]|\Z)", re.IGNORECASE),
)
_RAW_CONTAINERS = {"vob": "DVD", "iso": "DVD", "m2ts": "Blu-ray"}


@frozen
class RawDisk:
    """The image of a disk is no film that can be played."""

    name: str = "raw disk"

    def judge(self, case: Case) -> Verdict:
        """Reject a name that is that of a disk, and a container that only disks have."""
        for pattern in _RAW_NAMES:
            found = pattern.search(case.offer.title)
            if found:
                return rejected(self.name, f"the name is that of a disk: {found[0].strip()!r}", found=found[0])
        container = (case.offer.container or "").strip().lower()
        if container in _RAW_CONTAINERS:
            disk = _RAW_CONTAINERS[container]
            return rejected(self.name, f"the indexer states {container}, so it is a raw {disk}", container=container)
        return accepted(self.name, "not that of a disk")


@frozen
class HardcodedSubs:
    """Subtitles that are burnt into the picture cannot be switched off."""

    name: str = "hardcoded subs"

    def judge(self, case: Case) -> Verdict:
        """Reject them, unless they are allowed or the mark is on the list of those that are."""
        if case.parsed is None:
            return not_applicable(self.name, UNREAD)
        found, settings = case.parsed.hardcoded_subs, case.policy.settings
        if not found:
            return accepted(self.name, "no burnt-in subtitles")
        if settings.allow_hardcoded_subs:
            return accepted(self.name, f"burnt-in subtitles are allowed: {found}", subs=found)
        if any(mark.lower() in found.lower() for mark in settings.whitelisted_hardcoded_subs):
            return accepted(self.name, f"burnt-in subtitles of this kind are allowed: {found}", subs=found)
        return rejected(self.name, f"subtitles are burnt into the picture: {found}", subs=found)


@frozen
class ReleaseRestrictions:
    """The terms of the release profiles."""

    name: str = "release restrictions"

    def judge(self, case: Case) -> Verdict:
        """Reject a name that lacks every required term of a profile, or has an ignored one."""
        if case.wanted is None:
            return not_applicable(self.name, NO_MOVIE)
        title, tags = case.offer.title, case.wanted.movie.tags
        profiles = [one for one in case.policy.release_profiles if one.applies_to(tags, case.offer.indexer)]
        quarantine = case.wanted.formats.quarantine
        required = [(one.find_required(title, quarantine), ", ".join(one.required)) for one in profiles]
        ignored = [item for one in profiles for item in one.find_ignored(title, quarantine).items()]
        missing = next((terms for found, terms in required if found is Found.NO), None)
        if missing is not None:
            return rejected(self.name, f"the name must contain one of: {missing}", missing=missing)
        present = ", ".join(dict.fromkeys(term for term, found in ignored if found is Found.YES))
        if present:
            return rejected(self.name, f"the name must not contain: {present}", found=present)
        slow = [terms for found, terms in required if found is Found.UNKNOWN] + [term for term, _ in ignored]
        if slow:
            return unknown(self.name, f"looking for these took too long: {', '.join(slow)}", slow=", ".join(slow))
        return accepted(self.name, "no term stands against it" if profiles else "no release profile applies")
