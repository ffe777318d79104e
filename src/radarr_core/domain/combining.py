"""What several sources say together of one film: the names around a file, its streams, and what was grabbed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from attrs import frozen

from .languages import UNKNOWN_LANGUAGE, Language
from .quality import FIRST_REVISION, DetectedFrom, Modifier, Quality, Revision, Source, find_nearest_quality
from .releases import NameFacts


class Confidence(IntEnum):
    """How sure a source is of what it says."""

    FALLBACK = 0
    DEFAULT = 1
    TAG = 2
    MEDIA_INFO = 3


@frozen(kw_only=True)
class QualityWord:
    """What one source says of a quality. What it leaves out it has no say in."""

    source: Source = Source.UNKNOWN
    source_confidence: Confidence = Confidence.DEFAULT
    resolution: int = 0
    resolution_confidence: Confidence = Confidence.DEFAULT
    modifier: Modifier = Modifier.NONE
    modifier_confidence: Confidence = Confidence.DEFAULT
    revision: Revision | None = None
    revision_confidence: Confidence = Confidence.DEFAULT


@frozen(kw_only=True)
class CombinedQuality:
    """What all sources say together, and how sure the one was that was believed in the end."""

    quality: Quality
    revision: Revision
    source_confidence: Confidence
    resolution_confidence: Confidence
    revision_confidence: Confidence


def word_from_name(facts: NameFacts) -> QualityWord:
    """What a name says of the quality: sure where a word of it says so, a guess where it was concluded."""
    by_source = Confidence.TAG if facts.source_from is DetectedFrom.NAME else Confidence.FALLBACK
    by_resolution = Confidence.TAG if facts.resolution_from is DetectedFrom.NAME else Confidence.FALLBACK
    is_revised = "revision" in facts.spans or facts.revision != FIRST_REVISION
    return QualityWord(
        source=facts.quality.source,
        source_confidence=by_source,
        resolution=facts.quality.resolution,
        resolution_confidence=by_resolution,
        modifier=facts.quality.modifier,
        modifier_confidence=by_source,
        revision=facts.revision,
        revision_confidence=Confidence.TAG if is_revised else Confidence.FALLBACK,
    )


def combine_quality(words: Iterable[QualityWord]) -> CombinedQuality:
    """The quality that sources name together: of each part, the surest word, and the first of equally sure ones.

    Args:
        words: file name, folder name, download title, streams, and the name at the time of the grab, in this order.
    """
    source, by_source = Source.UNKNOWN, Confidence.DEFAULT
    resolution, by_resolution = 0, Confidence.DEFAULT
    modifier, by_modifier = Modifier.NONE, Confidence.DEFAULT
    revision, by_revision = FIRST_REVISION, Confidence.DEFAULT
    for word in words:
        # What nobody has told yet gives way to whatever comes, if only to how sure one is of not knowing it.
        if not source or (word.source and word.source_confidence > by_source):
            source, by_source = word.source, word.source_confidence
        if not resolution or (word.resolution and word.resolution_confidence > by_resolution):
            resolution, by_resolution = word.resolution, word.resolution_confidence
        if word.modifier and (word.modifier > modifier or word.modifier_confidence > by_modifier):
            modifier, by_modifier = word.modifier, word.modifier_confidence
        if word.revision is not None and (word.revision_confidence, word.revision) > (by_revision, revision):
            revision, by_revision = word.revision, word.revision_confidence
    return CombinedQuality(
        quality=find_nearest_quality(source, resolution, modifier),
        revision=revision,
        source_confidence=by_source,
        resolution_confidence=by_resolution,
        revision_confidence=by_revision,
    )


def combine_languages(words: Iterable[tuple[Language, ...]], original: Language) -> tuple[Language, ...]:
    """The languages that sources name together: the last word that says anything, else the movie's original language.

    Args:
        words: those of file name, folder name, download title and streams, in this order; the streams thus win.
        original: the movie's own.
    """
    found: tuple[Language, ...] = (original,)
    for languages in words:
        if any(language != UNKNOWN_LANGUAGE for language in languages):
            found = languages
    return found


def choose_release_group(*, download: str | None, folder: str | None, file: str | None) -> str | None:
    """The group of a file: that of the download's title, else of the folder's name, else of its own."""
    return download or folder or file
