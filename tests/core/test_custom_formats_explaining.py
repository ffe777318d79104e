"""Why a format matches: the words that were found, with their place, or the fact a condition went by."""

from __future__ import annotations

from typing import Any

import pytest

from radarr_core.domain.custom_formats import CustomFormat, FormatSet, FormatSubject
from radarr_core.domain.custom_formats.explaining import ConditionExplanation, FormatExplanation, explain_formats
from radarr_core.domain.languages import find_language
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.quality import get_quality
from radarr_core.domain.releases import IndexerFlag, Span

from .formats import condition, make_format, title

NAME = "The.Film.1995.Extended.1080p.WEB-DL.ATMOS.H.264-TIDE"
CLAIM = parse_release(NAME)


def explain(*formats: CustomFormat, subject: FormatSubject | None = None, **options: Any) -> list[FormatExplanation]:
    """Every format that matches the name, or may."""
    judged = FormatSet(formats).match(subject or FormatSubject.of_claim(CLAIM, size=2 * 1024**3))
    return list(explain_formats(judged, claim=CLAIM, **options))


def explain_one(kind: str, *, subject: FormatSubject | None = None, **changes: Any) -> ConditionExplanation:
    """The one condition of a format that matches or may."""
    ((explained,),) = [each.conditions for each in explain(make_format(condition(kind, **changes)), subject=subject)]
    return explained


@pytest.mark.parametrize(
    ("kind", "place", "text", "start"),
    [
        ("title", "release_title", "ATMOS", NAME.index("ATMOS")),
        ("edition", "edition", "Extended", NAME.index("Extended")),
        ("group", "release_group", "TIDE", NAME.index("TIDE")),
    ],
)
def test_what_a_pattern_found_has_its_place_in_the_name(kind: str, place: str, text: str, start: int) -> None:
    """Also what was found in a group or an edition, which are texts of their own."""
    found = explain_one(kind)
    assert (found.holds, found.place, found.text) == (True, place, text)
    assert found.name_span == Span(start, start + len(text))
    assert NAME[start : start + len(text)] == text
    assert repr(text) in found.fact


def test_a_group_that_is_not_in_the_name_has_no_place_there() -> None:
    """A place that cannot be told is None, and none is made up."""
    subject = FormatSubject(release_title=NAME, release_group="OTHER")
    found = explain_one("group", subject=subject, value="other")
    assert (found.text, found.span, found.name_span) == ("OTHER", Span(0, 5), None)


SAID = FormatSubject(
    release_title="x",
    quality=get_quality("Remux-1080p"),
    languages=(find_language("German"), find_language("English")),  # type: ignore[arg-type]
    original_language=find_language("English"),
    flags=IndexerFlag.INTERNAL | IndexerFlag.FREELEECH,
    size=2 * 1024**3,
    year=1995,
)
UNSAID = FormatSubject(release_title="x", flags=None)


@pytest.mark.parametrize(
    ("kind", "negate", "fact", "unsaid"),
    [
        ("source", True, "source BLURAY", "source UNKNOWN"),
        ("resolution", False, "resolution 1080", None),
        ("modifier", False, "modifier REMUX", None),
        ("language", False, "languages German, English (original English)", "languages unknown"),
        ("flag", False, "flags freeleech, internal", "flags unknown"),
        ("size", False, "size 2.00 GB", "size unknown"),
        ("year", False, "year 1995", "year unknown"),
    ],
)
def test_a_condition_on_a_fact_tells_the_fact(kind: str, negate: bool, fact: str, unsaid: str | None) -> None:
    """What is not known is called unknown, and the answer is unknown with it."""
    assert explain_one(kind, subject=SAID, negate=negate).fact == fact
    assert explain_one(kind, subject=SAID, negate=negate).holds is True
    if unsaid is not None:
        found = explain_one(kind, subject=UNSAID, negate=negate)
        assert (found.fact, found.holds) == (unsaid, True if kind == "source" else None)


@pytest.mark.parametrize(
    ("kind", "fact"),
    [("title", "not found in the name"), ("group", "there is no release group"), ("edition", "there is no edition")],
)
def test_what_was_not_found_says_where_it_was_looked_for(kind: str, fact: str) -> None:
    """A negated condition holds because there was nothing."""
    found = explain_one(kind, subject=UNSAID, negate=True)
    assert (found.holds, found.fact, found.span) == (True, fact, None)


def test_a_pattern_that_took_too_long_is_named() -> None:
    """Its condition is unknown, and so is the format; both come after those that match."""
    bomb = make_format(title("(a|aa)+$"), name="A bomb")
    calm = make_format(title("aaa"), name="Calm")
    first, second = explain(bomb, calm, subject=FormatSubject(release_title="a" * 40 + "!"), scores={"A bomb": 7})
    assert (first.name, first.matches) == ("Calm", True)
    assert (second.name, second.matches, second.score) == ("A bomb", None, 7)
    assert second.conditions[0].fact == "the pattern '(a|aa)+$' took too long"


@pytest.mark.parametrize(
    ("scores", "score_set", "expected"),
    [
        ({"Made Up": 70}, "special", (70, "special")),
        ({"Made Up": 7}, None, (7, "default")),
        ({"Made Up": 7}, "other", (7, "default")),
        ({"Made Up": 8}, "special", (8, None)),
        ({}, "special", (0, None)),
    ],
)
def test_a_score_tells_the_set_it_comes_from(
    scores: dict[str, int], score_set: str | None, expected: tuple[int, str | None]
) -> None:
    """A score that the profile chose itself comes from none."""
    made = make_format(title("atmos"), trash_scores={"default": 7, "special": 70})
    (found,) = explain(made, scores=scores, score_set=score_set)
    assert (found.score, found.score_set) == expected


def test_explaining_changes_no_answer() -> None:
    """Every condition is told with the answer it had, those that do not hold included."""
    made = make_format(title("atmos"), title("nothing"), condition("source"))
    (found,) = explain(made)
    assert [each.holds for each in found.conditions] == [True, False, True]
    assert found.conditions[1].fact == "not found in the name"
