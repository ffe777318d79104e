"""Rules about the name itself."""

from __future__ import annotations

import re
import unicodedata

from attrs import frozen

from radarr_core.domain.decisions.verdicts import Verdict

from .base import Case, accepted, not_applicable, rejected

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
