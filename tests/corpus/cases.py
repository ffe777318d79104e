"""Cases of decision rules as values of the library: what a case leaves unsaid plays no part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import PurePath
from typing import Any

from attrs import evolve, frozen

from radarr_core.domain.custom_formats import FormatMatch, FormatSubject, Quarantine
from radarr_core.domain.decisions import DelayProfile, Policy, Situation
from radarr_core.domain.decisions.facts import ReleaseFacts
from radarr_core.domain.decisions.formats import FormatRun
from radarr_core.domain.decisions.rules.base import Case, Rule, Wanted
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.movies import Movie, MovieFile, Slot, SlotKey
from radarr_core.domain.quality import (
    MEGABYTE,
    QUALITY_BY_NAME,
    ProfileItem,
    QualityProfile,
    Revision,
    complete_items,
)
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag, MediaInfo, ParsedRelease, Release, VideoStream

from .records import Record

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MOVIE = Movie(title="A Film", year=2020, runtime_minutes=100, slots=(Slot(profile="Case"),))
KEY = SlotKey(movie_id=MOVIE.id)
_FILLER = {"(any format)": 10**6}
"""Cases state a least score without all the formats by which it could be reached."""


@frozen
class StatedMatches:
    """The formats a case states, or the bare score it states."""

    names: tuple[str, ...]
    stated: int | None
    matching: tuple[FormatMatch, ...] = ()
    undecided: tuple[FormatMatch, ...] = ()
    offenders: tuple[str, ...] = ()

    def score(self, scores: Mapping[str, int]) -> int:
        """The stated score, else that of the names."""
        return sum(scores.get(name, 0) for name in self.names) if self.stated is None else self.stated


class StatedLanguages(ReleaseFacts):
    """The languages a case states, which are those that others were put right to."""

    def __init__(self, languages: Iterable[Language | None]) -> None:
        super().__init__(claim=make_claim(), offer=None, movie=None, formats=FormatRun())
        self.__dict__["languages"] = tuple(language for language in languages if language is not None)


@frozen
class StatedFormats:
    """Reads the formats that `make_claim` wrote into the edition."""

    def match(self, subject: FormatSubject, quarantine: Quarantine) -> StatedMatches:
        """What the case states."""
        words = tuple((subject.edition or "").split("|"))
        if words[0].startswith("="):
            return StatedMatches((), int(words[0][1:]))
        return StatedMatches(tuple(word for word in words if word), None)


def make_profile(record: Record | None) -> QualityProfile:
    """The profile of a case; qualities it leaves out are not allowed."""
    record = record or {}
    items = tuple(_make_item(item) for item in record.get("items") or list(QUALITY_BY_NAME))
    allowed = [item.label for item in items if item.allowed]
    cutoff = _cutoff_name(record.get("cutoff"))
    return QualityProfile(
        name="Case",
        items=complete_items(items),
        cutoff=next((item.label for item in items if cutoff in _names(item) and item.allowed), allowed[0]),
        upgrade_allowed=record.get("upgrade_allowed", True),
        min_format_score=record.get("min_format_score") or 0,
        cutoff_format_score=record.get("cutoff_format_score") or 0,
        # A gain has to be a gain: the library knows no increment below 1.
        min_upgrade_format_score=max(1, record.get("min_upgrade_format_score") or 1),
        format_scores={name: score or 0 for name, score in (record.get("format_scores") or {}).items()} | _FILLER,
    )


def _cutoff_name(stated: str | list[str] | Record | None) -> str | None:
    """A group is stated by its members, as among the items; any of them will do."""
    if isinstance(stated, dict):
        stated = stated.get("group") or stated.get("quality")
    return stated[0] if isinstance(stated, list) else stated


def _names(item: ProfileItem) -> list[str]:
    return [item.label, *(quality.name for quality in item.qualities)]


def _make_item(item: str | Record) -> ProfileItem:
    if isinstance(item, str):
        return ProfileItem(qualities=(QUALITY_BY_NAME[item],))
    names = item.get("group") or item.get("qualities") or [item["quality"]]
    qualities = tuple(QUALITY_BY_NAME[name] for name in names)
    name = " + ".join(names) if len(names) > 1 else None
    return ProfileItem(qualities=qualities, name=name, allowed=item.get("allowed", True))


def make_revision(record: Record) -> Revision:
    """The revision a case states."""
    version, real = record.get("version"), record.get("real")
    return Revision(
        version=1 if version is None else version, real=real or 0, is_repack=record.get("is_repack") or False
    )


def make_claim(record: Record | None = None, *, title: str | None = None) -> ParsedRelease:
    """What a name says, as the case states it."""
    record = record or {}
    stated = record.get("format_score")
    formats = (
        f"={stated}" if stated is not None and not record.get("formats") else "|".join(record.get("formats") or ())
    )
    languages = [found for name in record.get("languages") or () if (found := find_language(name)) is not None]
    return ParsedRelease(
        original=title or record.get("title") or "A.Film.2020",
        title=MOVIE.title,
        year=MOVIE.year,
        quality=QUALITY_BY_NAME[record.get("quality") or "Unknown"],
        revision=make_revision(record),
        release_group=record.get("release_group") or None,
        edition=formats or None,
        languages=tuple(languages),
    )


_FLAGS = {name.replace("_", ""): flag for name, flag in IndexerFlag.__members__.items()}


def make_flags(names: Iterable[str] | None) -> IndexerFlag:
    """The flags of those names, however they are spelt; obsolete ones count for nothing."""
    found = IndexerFlag.NONE
    for name in names or ():
        found |= _FLAGS.get(name.upper().removeprefix("G_").replace("_", ""), IndexerFlag.NONE)
    return found


def make_hash(text: str) -> InfoHash:
    """An info-hash for any text that a case has in the place of one."""
    return InfoHash(sha1(text.lower().encode(), usedforsecurity=False).hexdigest())


def make_offer(record: Record | None = None, **facts: Any) -> Release:
    """A release as offered, as the case states it; a size of 0 is one that is not known."""
    record = record or {}
    protocol = record.get("protocol")
    settings: dict[str, Any] = {
        "indexer": str(record.get("indexer_id", "indexer")),
        "guid": "offer",
        "title": record.get("title") or "A.Film.2020",
        "protocol": DownloadProtocol(protocol) if protocol in list(DownloadProtocol) else None,
        "size": record.get("size_bytes") or round((record.get("size_mb") or 0) * MEGABYTE) or None,
        "download_url": "https://indexer.example/1",
        "seeders": record.get("seeders"),
        "peers": record.get("peers"),
        "indexer_priority": record.get("indexer_priority") or 25,
        "container": record.get("container"),
        "published": find_moment(record),
        "info_hash": make_hash(record["info_hash"]) if record.get("info_hash") else None,
    }
    return Release(**settings | facts)


def find_moment(record: Record) -> datetime | None:
    """When it was, by the age a case states; None when it states none."""
    for unit in ("minutes", "hours", "days"):
        age = record.get(f"age_{unit}")
        if age is not None:
            return NOW - timedelta(**{unit: age})
    return None


def make_file(record: Record) -> MovieFile:
    """A held file whose streams say nothing against its name."""
    return MovieFile(
        movie_id=MOVIE.id,
        slot=KEY.slot,
        path=PurePath("/movies/a.mkv"),
        size=1,
        claim=make_claim(record, title="A.File"),
        proof=MediaInfo(container="", video=VideoStream(codec="", width=0, height=0)),
        added=NOW - timedelta(days=record.get("added_days_ago") or 0),
    )


def judge(
    rule: Rule,
    *,
    offer: Release | None = None,
    claim: ParsedRelease | None = None,
    movie: Movie = MOVIE,
    profile: QualityProfile | None = None,
    policy: Policy | None = None,
    delay_profile: DelayProfile | None = None,
    **situation: Any,
) -> bool:
    """Whether that one rule has nothing against a case, for good or for now."""
    case = make_case(
        offer or make_offer(), claim or make_claim(), movie=movie, profile=profile, policy=policy,
        delay_profile=delay_profile, **situation,
    )  # fmt: skip
    return not rule.judge(case).is_rejection


def make_case(
    offer: Release,
    claim: ParsedRelease,
    *,
    movie: Movie = MOVIE,
    profile: QualityProfile | None = None,
    policy: Policy | None = None,
    delay_profile: DelayProfile | None = None,
    **situation: Any,
) -> Case:
    """A case of one offer for the one slot."""
    profile = profile or make_profile(None)
    policy = evolve(policy or Policy(), profiles={profile.name: profile}, formats=StatedFormats())
    if delay_profile is not None:
        policy = evolve(policy, delay_profiles=(delay_profile,))
    there = Situation(**situation)
    formats = FormatRun(policy.formats)
    wanted = Wanted(movie=movie, slot=movie.slots[0], profile=profile, policy=policy, situation=there, formats=formats)
    return Case(
        offer=offer,
        parsed=claim,
        refusal=None,
        match=None,
        wanted=wanted,
        facts=ReleaseFacts(claim=claim, offer=offer, movie=movie, formats=formats),
        policy=policy,
        situation=there,
        now=NOW,
    )
