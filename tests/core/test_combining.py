"""What several sources say together of one film, and which videos are samples."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from radarr_core.domain.combining import (
    Confidence,
    QualityWord,
    choose_release_group,
    combine_languages,
    combine_quality,
    word_from_name,
)
from radarr_core.domain.languages import ENGLISH, LANGUAGE_BY_NAME, UNKNOWN_LANGUAGE
from radarr_core.domain.parsing import read_name
from radarr_core.domain.quality import Modifier, Revision, Source
from radarr_core.domain.videos import SampleVerdict, judge_sample

FRENCH, GERMAN = LANGUAGE_BY_NAME["french"], LANGUAGE_BY_NAME["german"]


def test_the_surest_word_of_each_part_counts() -> None:
    """A folder that says Blu-ray beats an extension that suggests something else; streams beat both."""
    words = [
        word_from_name(read_name("A.Film.2020.mkv")),
        word_from_name(read_name("A.Film.2020.PROPER.1080p.BluRay.REMUX.AVC-G")),
        QualityWord(resolution=2160, resolution_confidence=Confidence.MEDIA_INFO),
    ]
    found = combine_quality(words)
    assert (found.quality.name, found.revision) == ("Remux-2160p", Revision(version=2))
    assert (found.source_confidence, found.resolution_confidence) == (Confidence.TAG, Confidence.MEDIA_INFO)


def test_the_greatest_modifier_wins_and_the_first_of_equally_sure_sources() -> None:
    """Of two names that are as sure, the first one told is believed."""
    words = [
        QualityWord(source=Source.TV, resolution=1080, modifier=Modifier.NONE),
        QualityWord(source=Source.BLURAY, resolution=720, modifier=Modifier.RAWHD),
    ]
    assert combine_quality(words).quality.name == "Raw-HD"


def test_how_sure_one_is_of_not_knowing_is_kept() -> None:
    """A part that no source names is as sure as the last word on it, so that a guess is not taken for a name."""
    guess = QualityWord(source_confidence=Confidence.FALLBACK, resolution_confidence=Confidence.FALLBACK)
    found = combine_quality([guess])
    assert (found.source_confidence, found.resolution_confidence) == (Confidence.FALLBACK, Confidence.FALLBACK)
    named = QualityWord(source=Source.TV, source_confidence=Confidence.FALLBACK, resolution=720)
    assert combine_quality([guess, named]).quality.name == "HDTV-720p"


def test_languages_are_those_of_the_last_source_that_says_any() -> None:
    """Unknown is no word; without any, the film's own language is taken."""
    assert combine_languages([(FRENCH,), (), (UNKNOWN_LANGUAGE,)], ENGLISH) == (FRENCH,)
    assert combine_languages([(FRENCH,), (GERMAN, FRENCH)], ENGLISH) == (GERMAN, FRENCH)
    assert combine_languages([], ENGLISH) == (ENGLISH,)


def test_the_group_is_that_of_the_download() -> None:
    """Then the folder's, then the file's."""
    assert choose_release_group(download="A", folder="B", file="C") == "A"
    assert choose_release_group(download=None, folder="B", file="C") == "B"
    assert choose_release_group(download=None, folder=None, file="C") == "C"


@pytest.mark.parametrize(
    ("name", "duration", "runtime", "verdict"),
    [
        ("a.mkv", 599.0, 90, SampleVerdict.SAMPLE),
        ("a.mkv", 600.0, 90, SampleVerdict.NOT_SAMPLE),
        ("a.mkv", 299.0, 30, SampleVerdict.SAMPLE),
        ("a.mkv", 90.0, 10, SampleVerdict.NOT_SAMPLE),
        ("a.mkv", 14.0, 3, SampleVerdict.SAMPLE),
        ("a.mkv", 0.0, 90, SampleVerdict.SAMPLE),
        ("a.mkv", None, 90, SampleVerdict.INDETERMINATE),
        ("a.ISO", None, 90, SampleVerdict.NOT_SAMPLE),
        ("a.m2ts", 1.0, 90, SampleVerdict.NOT_SAMPLE),
    ],
)
def test_a_sample_is_too_short_for_its_film(
    name: str, duration: float | None, runtime: int, verdict: SampleVerdict
) -> None:
    """The limit grows with the film; of disk images the length says nothing."""
    assert judge_sample(PurePath(name), duration, runtime) is verdict
