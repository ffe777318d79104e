"""The languages of a release once its movie and its indexer are known."""

from __future__ import annotations

import re
from collections.abc import Iterable

from radarr_core.domain.languages import ORIGINAL, UNKNOWN_LANGUAGE, Language
from radarr_core.domain.titles import normalize_title

from .reader import read_text

_MULTI = re.compile(r"[ ._]multi[ ._]", re.IGNORECASE)


def aggregate_languages(
    claimed: Iterable[Language],
    *,
    original_language: Language,
    movie_title: str,
    name: str,
    tokens: str | None = None,
    multi_languages: Iterable[Language] = (),
    from_indexer: Iterable[Language] = (),
) -> tuple[Language, ...]:
    """What a release is spoken in: the claim of its name, put right by what is known besides.

    Words of the movie's own title are no languages; MULTI stands for what the indexer says it stands for; no
    language at all, and `Original`, mean the movie's original one.

    Args:
        claimed: the languages the name tells of.
        original_language: the movie's.
        movie_title: the movie's title.
        name: the release name.
        tokens: what of the name lies behind its title, where it is known; the whole name otherwise.
        multi_languages: what MULTI stands for at this indexer; empty when it did not say.
        from_indexer: the languages the indexer itself gave; where there are some, the name's are not asked.
    """
    languages = list(from_indexer)
    if not languages:
        languages = _without_title(list(claimed), movie_title, name if tokens is None else tokens)
    said = [language for language in languages if language != UNKNOWN_LANGUAGE]
    multi = list(multi_languages)
    if multi and _MULTI.search(name):
        said += [language for language in multi if language not in said]
    if not said:
        return (original_language,)
    if ORIGINAL in said:
        rest = [language for language in said if language != ORIGINAL]
        said = [*rest, original_language if original_language not in rest else UNKNOWN_LANGUAGE]
    return tuple(dict.fromkeys(said))


def _without_title(languages: list[Language], movie_title: str, text: str) -> list[Language]:
    """Without the languages that are only words of the movie's own title."""
    of_title = read_text(f"x 2000 {movie_title}").facts["languages"]
    wanted = normalize_title(movie_title)
    if not of_title or not wanted:
        return languages
    words = re.findall(r"[^\W_]+", text)
    title = wanted.split()
    for place in range(len(words) - len(title) + 1):
        if [word.lower() for word in words[place : place + len(title)]] == title:
            rest = " ".join(words[:place] + words[place + len(title) :])
            remaining = read_text(f"x 2000 {rest}").facts["languages"]
            return [language for language in languages if language not in of_title or language in remaining]
    return languages
