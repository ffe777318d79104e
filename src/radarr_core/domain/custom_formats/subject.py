"""What custom formats look at: a release's name and facts, without its movie."""

from __future__ import annotations

from attrs import frozen

from radarr_core.domain.languages import Language
from radarr_core.domain.quality import UNKNOWN_QUALITY, Quality
from radarr_core.domain.releases import IndexerFlag, NameFacts, ParsedRelease

_FILLER = "q"


@frozen(kw_only=True)
class FormatSubject:
    """A release or a file, as the conditions of custom formats see it.

    Attributes:
        release_title: the name. For a release, its movie title is blotted out, so that no format finds its words in a
            title (see `of_claim`).
        file_name: the name of the file itself, where there is one; release title conditions look at both.
        edition, release_group: None when there is none; a pattern then finds nothing.
        quality: with the resolution the name claims.
        languages: None when nobody knows; the language conditions are then unknown.
        original_language: the movie's own, which `Original` stands for; None when the movie is not known.
        size: bytes; None when unknown.
        flags: what the indexer says of the release; None when unknown.
        year: None when unknown.
    """

    release_title: str
    file_name: str | None = None
    edition: str | None = None
    release_group: str | None = None
    quality: Quality = UNKNOWN_QUALITY
    languages: tuple[Language, ...] | None = None
    original_language: Language | None = None
    size: int | None = None
    flags: IndexerFlag | None = IndexerFlag.NONE
    year: int | None = None

    @classmethod
    def of_claim(
        cls,
        claim: ParsedRelease | NameFacts,
        *,
        languages: tuple[Language, ...] | None = None,
        original_language: Language | None = None,
        size: int | None = None,
        flags: IndexerFlag | None = IndexerFlag.NONE,
    ) -> FormatSubject:
        """The subject that a parsed release name is.

        The movie's title is filled with one letter, and a file's extension left out; what remains keeps its place,
        so spans are offsets into the name itself.

        Args:
            claim: what the name was read as.
            languages: those of the release once movie and indexer are known; the name's own when not given.
            original_language: the movie's own, where the movie is known.
            size: bytes, where the offer says.
            flags: the offer's.
        """
        return cls(
            release_title=blot_out_title(claim),
            edition=claim.edition,
            release_group=claim.release_group,
            quality=claim.quality,
            languages=claim.languages if languages is None else languages,
            original_language=original_language,
            size=size,
            flags=flags,
            year=claim.year,
        )


def blot_out_title(claim: ParsedRelease | NameFacts) -> str:
    """The release name with a filler in place of the movie's title, without the extension of a file."""
    name = claim.original
    for container in claim.spans.get("container", ()):
        if container.end == len(name):
            name = name[: container.start].removesuffix(".")
    for title in claim.spans.get("title", ()):
        name = name[: title.start] + _FILLER * (title.end - title.start) + name[title.end :]
    return name
