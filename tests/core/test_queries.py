"""By which titles a film is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.decisions import Policy
from radarr_core.domain.decisions.queries import find_query_titles
from radarr_core.domain.languages import ENGLISH, Language, find_language
from radarr_core.domain.movies import Movie, Slot, TranslatedTitle

from .builders import MOVIE, make_profile
from .formats import condition, make_format


def language(name: str) -> Language:
    """A language that is there."""
    found = find_language(name)
    assert found is not None
    return found


FILM = evolve(
    MOVIE,
    original_title="Glashavnen",
    original_language=language("Danish"),
    other_titles=("Harbor of Glass",),
    translated_titles=(
        TranslatedTitle(language=language("German"), title="Der gläserne Hafen"),
        TranslatedTitle(language=language("French"), title="Le Port de verre"),
        TranslatedTitle(language=language("Danish"), title="GLASHAVNEN"),
    ),
)


def ask(movie: Movie = FILM, *formats: CustomFormat, **profile: Any) -> tuple[str, ...]:
    """The titles under the test profile."""
    return find_query_titles(movie, Policy(profiles={"Test": make_profile(**profile)}, formats=FormatSet(formats)))


@pytest.mark.parametrize(
    ("wanted", "more"),
    [("Any", ()), ("English", ()), ("Original", ()), ("German", ("Der gläserne Hafen",))],
)
def test_titles_are_asked_for_in_the_language_of_the_profile(wanted: str, more: tuple[str, ...]) -> None:
    """Main and original title always, no title twice whatever its case, and no alternative ones of many a film."""
    assert ask(language=language(wanted)) == ("The Glass Harbor", "Glashavnen", *more)


def test_formats_that_are_rewarded_make_their_language_wanted() -> None:
    """A format with a positive score that asks for a language; none that is negated, scores nothing or less."""
    german = make_format(condition("language", value=4), name="German")
    scores = {"German": 10}
    assert ask(FILM, german, format_scores=scores) == ("The Glass Harbor", "Glashavnen", "Der gläserne Hafen")
    assert ask(FILM, german) == ("The Glass Harbor", "Glashavnen")
    assert ask(FILM, german, format_scores={"German": -10}) == ("The Glass Harbor", "Glashavnen")
    negated = make_format(condition("language", negate=True, value=4), name="German")
    assert ask(FILM, negated, format_scores=scores) == ("The Glass Harbor", "Glashavnen")
    original = make_format(condition("language", value=-2), name="German")
    assert ask(FILM, original, format_scores=scores) == ("The Glass Harbor", "Glashavnen")


def test_every_slot_has_a_say() -> None:
    """A second version in another language is looked for by that language's title, too."""
    movie = evolve(FILM, slots=(Slot(profile="Test"), Slot(name="french", profile="French")))
    profiles = {
        "Test": make_profile(language=ENGLISH),
        "French": evolve(make_profile(language=language("French")), name="French"),
    }
    assert find_query_titles(movie, Policy(profiles=profiles))[2:] == ("Le Port de verre",)


def test_titles_given_by_a_person_are_asked_for_where_no_others_are_known() -> None:
    """Nobody knows which of them is the original or a translation."""
    movie = evolve(MOVIE, other_titles=("Harbor of Glass", " ", "the glass harbor"))
    assert ask(movie) == ("The Glass Harbor", "Harbor of Glass")
