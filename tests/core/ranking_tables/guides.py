"""The guides' profiles through this library's own loader, and a family's table as one of them ranks it."""

from __future__ import annotations

from functools import cache
from typing import Any

from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.custom_formats.trash import (
    FormatGroup,
    QualitySizes,
    TrashProfile,
    build_profile_data,
    default_groups,
)
from radarr_core.domain.decisions import Decision, Policy, Situation, decide
from radarr_core.domain.decisions.profiles import profile_from_data
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.quality import DEFAULT_DEFINITIONS, MEGABYTE, QualityProfile
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag, Release
from tests.core.builders import NOW
from tests.core.formats import get_corpus, read_folder

from .tables import Film, Row, Table, read_table


@cache
def read_guides(folder: str) -> dict[str, Any]:
    """The JSON of one of the guides' folders, by the name of the file."""
    files = read_folder(get_corpus() / "trash-guides" / folder)
    return {file.removesuffix(".json"): data for file, data in files.items()}


@cache
def _formats() -> tuple[CustomFormat, ...]:
    return tuple(CustomFormat.from_trash(data) for data in read_guides("cf").values())


@cache
def _format_set() -> FormatSet:
    return FormatSet(_formats())


@cache
def _groups() -> tuple[FormatGroup, ...]:
    return tuple(FormatGroup.from_trash(data) for data in read_guides("cf-groups").values())


def load_profile(name: str, table: Table) -> QualityProfile:
    """A profile with the groups the guides suggest to it, and with what the table takes besides."""
    profile = TrashProfile.from_trash(read_guides("quality-profiles")[name])
    suggested = default_groups(profile, _groups())
    asked = [
        group
        for group in _groups()
        if group not in suggested
        and profile.trash_id in group.profiles.values()
        and any(each.name in table.formats for each in group.formats)
    ]
    chosen = [each.trash_id for group in (*suggested, *asked) for each in group.formats if each.name in table.formats]
    return profile_from_data(build_profile_data(profile, _formats(), groups=[*suggested, *asked], chosen=chosen))


@cache
def rank(family: str, name: str) -> tuple[Decision, ...]:
    """The family's table as a profile ranks it, best first."""
    table = read_table(family)
    profile = load_profile(name, table)
    sizes = QualitySizes.from_trash(read_guides("quality-size")[table.profiles[name]])
    policy = Policy(
        profiles={profile.name: profile},
        definitions={**DEFAULT_DEFINITIONS, **sizes.definitions()},
        formats=_format_set(),
    )
    offers = [_offer(row) for row in table.rows.values()]
    movie = _movie(table.film, profile.name)
    return decide(offers, wanted=movie, policy=policy, situation=Situation(), now=NOW).decisions


def _language(name: str) -> Language:
    found = find_language(name)
    assert found is not None, name
    return found


def _movie(film: Film, profile: str) -> Movie:
    return Movie(
        title=film.title,
        year=film.year,
        runtime_minutes=film.runtime,
        original_language=_language(film.language),
        slots=(Slot(profile=profile),),
    )


def _offer(row: Row) -> Release:
    flags = IndexerFlag.NONE
    for flag in row.flags:
        flags |= IndexerFlag[flag.upper()]
    return Release(
        indexer="harbor",
        guid=row.id,
        title=row.name,
        protocol=DownloadProtocol(row.protocol),
        size=row.mb * MEGABYTE,
        seeders=row.seeders,
        peers=row.peers,
        indexer_priority=row.priority,
        flags=flags,
        multi_languages=tuple(map(_language, row.multi)),
        download_url="https://indexer.example/1",
        published=NOW,
    )
