"""What is known of a release once its movie is: the languages it is spoken in, and the custom formats it fits."""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from radarr_core.domain.custom_formats.subject import FormatSubject, blot_out_title
from radarr_core.domain.languages import UNKNOWN_LANGUAGE, Language
from radarr_core.domain.movies import Movie, MovieFile
from radarr_core.domain.parsing.release_languages import aggregate_languages
from radarr_core.domain.quality import Quality
from radarr_core.domain.releases import ParsedRelease, Release
from radarr_core.domain.titles import normalize_title

from .formats import FormatMatches, FormatRun


@frozen(kw_only=True, slots=False)
class ReleaseFacts:
    """A claim beside its offer and its movie, and what follows from the three. Worked out when first asked for.

    Attributes:
        claim: what the name says.
        offer: the release as it was offered, where that is known.
        movie: the movie it fits, if any.
        quality: the quality to go by, where that is another than the claimed one.
    """

    claim: ParsedRelease
    offer: Release | None
    movie: Movie | None
    formats: FormatRun
    quality: Quality | None = None

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """What it is spoken in; empty when nobody knows."""
        return find_languages(self.claim, self.offer, self.movie)

    @cached_property
    def matches(self) -> FormatMatches:
        """The custom formats it fits."""
        claim, offer, movie = self.claim, self.offer, self.movie
        return self.formats.match(
            FormatSubject(
                release_title=blot_out_title(claim),
                edition=claim.edition,
                release_group=claim.release_group,
                quality=self.quality or claim.quality,
                languages=self.languages or None,
                original_language=movie.original_language if movie else None,
                size=offer.size if offer else None,
                flags=offer.flags if offer else None,
                year=claim.year or (movie.year if movie else None),
            )
        )


def facts_of_file(held: MovieFile, movie: Movie, formats: FormatRun, quality: Quality | None = None) -> ReleaseFacts:
    """The facts of a held file: those of the claim and offer it was grabbed on, so that the same name counts alike."""
    return ReleaseFacts(claim=held.claim, offer=held.offer, movie=movie, formats=formats, quality=quality)


def find_languages(claim: ParsedRelease, offer: Release | None, movie: Movie | None) -> tuple[Language, ...]:
    """What a release is spoken in: its indexer's word or its name's, put right by what is known of the movie.

    Without a movie nothing is put right. Empty means that nobody knows.
    """
    from_indexer = offer.languages if offer else ()
    multi_languages = offer.multi_languages if offer else ()
    if movie is None:
        return from_indexer or claim.languages
    if not (from_indexer or claim.languages or multi_languages):
        return () if movie.original_language is None else (movie.original_language,)
    masked = blot_out_title(claim)
    if not from_indexer and not _may_hold(masked, movie.title):
        # Nothing behind the title could be a word of it, so the claim stands as it is.
        from_indexer = claim.languages or (UNKNOWN_LANGUAGE,)
    found = aggregate_languages(
        claim.languages,
        original_language=movie.original_language or UNKNOWN_LANGUAGE,
        movie_title=movie.title,
        name=claim.original,
        tokens=masked,
        multi_languages=multi_languages,
        from_indexer=from_indexer,
    )
    return tuple(language for language in found if language != UNKNOWN_LANGUAGE)


def _may_hold(text: str, title: str) -> bool:
    return normalize_title(title) in normalize_title(text)
