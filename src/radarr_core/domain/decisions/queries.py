"""By which titles a film is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from radarr_core.domain.custom_formats import FormatSet
from radarr_core.domain.custom_formats.conditions.facts import LanguageCondition
from radarr_core.domain.custom_formats.matching import find_score
from radarr_core.domain.languages import ORIGINAL, Language
from radarr_core.domain.movies import Movie

from .policy import Policy


def find_query_titles(movie: Movie, policy: Policy) -> tuple[str, ...]:
    """The titles worth a request: the main one, the original one, and translations into languages that are wanted.

    A language is wanted when the profile of a slot asks for it, or gives a positive score to a format that does.
    Alternative titles are asked for only where neither original nor translated ones are known: then a person gave
    them, and they may be either. No title comes twice, however it is written.
    """
    wanted = {language for slot in movie.slots for language in _list_languages(policy, slot.profile)}
    if ORIGINAL in wanted and movie.original_language is not None:
        wanted.add(movie.original_language)
    titles = [movie.title, *([movie.original_title] if movie.original_title else [])]
    titles += [one.title for one in movie.translated_titles if one.language in wanted]
    if movie.original_title is None and not movie.translated_titles:
        titles += movie.other_titles
    found: dict[str, str] = {}
    for title in titles:
        found.setdefault(title.strip().casefold(), title)
    return tuple(title for key, title in found.items() if key)


def _list_languages(policy: Policy, name: str) -> Iterator[Language]:
    profile = policy.get_profile(name)
    yield profile.language
    for each in policy.formats if isinstance(policy.formats, FormatSet) else ():
        if find_score(each, profile.format_scores) > 0:
            for condition in each.conditions:
                if isinstance(condition, LanguageCondition) and not condition.negate and condition.value > 0:
                    yield condition.language
