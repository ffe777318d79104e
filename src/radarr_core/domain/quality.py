"""Qualities, revisions, size definitions and quality profiles.

The table of qualities, their numbers and their default size limits are those of Radarr, so that profiles and
custom formats made for it mean the same here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum, StrEnum
from functools import cached_property

from attrs import evolve, field, frozen

from .languages import ANY, ORIGINAL, Language

MEGABYTE = 1024 * 1024
"""Bytes in the binary megabyte that size limits are given in."""


class Source(IntEnum):
    """Where the picture was taken from; the order is that of the field."""

    UNKNOWN = 0
    CAM = 1
    TELESYNC = 2
    TELECINE = 3
    WORKPRINT = 4
    DVD = 5
    TV = 6
    WEBDL = 7
    WEBRIP = 8
    BLURAY = 9


class Modifier(IntEnum):
    """What sets a quality apart from others of its source and resolution."""

    NONE = 0
    REGIONAL = 1
    SCREENER = 2
    RAWHD = 3
    BRDISK = 4
    REMUX = 5


class DetectedFrom(StrEnum):
    """How a part of a quality came to be known."""

    NAME = "name"
    EXTENSION = "extension"
    UNKNOWN = "unknown"


@frozen
class Quality:
    """One of the thirty qualities; equal when the number is equal.

    `source`, `resolution` (lines; 0 where the quality is of no particular one) and `modifier` do not take part in
    equality, so a telesync that says 1080p is still TELESYNC.
    """

    id: int
    name: str = field(eq=False)
    source: Source = field(eq=False)
    resolution: int = field(eq=False)
    modifier: Modifier = field(eq=False, default=Modifier.NONE)

    def at(self, resolution: int) -> Quality:
        """This quality with the resolution a name claims."""
        return self if resolution == self.resolution else evolve(self, resolution=resolution)

    def __str__(self) -> str:
        return self.name


# weight order, worst first: id, name, source, resolution, modifier, default group, min/preferred/max in MB a minute
_ROWS: tuple[tuple[int, str, Source, int, Modifier, str | None, int, int | None, int | None], ...] = (
    (0, "Unknown", Source.UNKNOWN, 0, Modifier.NONE, None, 0, 95, 100),
    (24, "WORKPRINT", Source.WORKPRINT, 0, Modifier.NONE, None, 0, 95, 100),
    (25, "CAM", Source.CAM, 0, Modifier.NONE, None, 0, 95, 100),
    (26, "TELESYNC", Source.TELESYNC, 0, Modifier.NONE, None, 0, 95, 100),
    (27, "TELECINE", Source.TELECINE, 0, Modifier.NONE, None, 0, 95, 100),
    (29, "REGIONAL", Source.DVD, 480, Modifier.REGIONAL, None, 0, 95, 100),
    (28, "DVDSCR", Source.DVD, 480, Modifier.SCREENER, None, 0, 95, 100),
    (1, "SDTV", Source.TV, 480, Modifier.NONE, None, 0, 95, 100),
    (2, "DVD", Source.DVD, 0, Modifier.NONE, None, 0, 95, 100),
    (23, "DVD-R", Source.DVD, 480, Modifier.REMUX, None, 0, 95, 100),
    (8, "WEBDL-480p", Source.WEBDL, 480, Modifier.NONE, "WEB 480p", 0, 95, 100),
    (12, "WEBRip-480p", Source.WEBRIP, 480, Modifier.NONE, "WEB 480p", 0, 95, 100),
    (20, "Bluray-480p", Source.BLURAY, 480, Modifier.NONE, None, 0, 95, 100),
    (21, "Bluray-576p", Source.BLURAY, 576, Modifier.NONE, None, 0, 95, 100),
    (4, "HDTV-720p", Source.TV, 720, Modifier.NONE, None, 0, 95, 100),
    (5, "WEBDL-720p", Source.WEBDL, 720, Modifier.NONE, "WEB 720p", 0, 95, 100),
    (14, "WEBRip-720p", Source.WEBRIP, 720, Modifier.NONE, "WEB 720p", 0, 95, 100),
    (6, "Bluray-720p", Source.BLURAY, 720, Modifier.NONE, None, 0, 95, 100),
    (9, "HDTV-1080p", Source.TV, 1080, Modifier.NONE, None, 0, 95, 100),
    (3, "WEBDL-1080p", Source.WEBDL, 1080, Modifier.NONE, "WEB 1080p", 0, 95, 100),
    (15, "WEBRip-1080p", Source.WEBRIP, 1080, Modifier.NONE, "WEB 1080p", 0, 95, 100),
    (7, "Bluray-1080p", Source.BLURAY, 1080, Modifier.NONE, None, 0, None, None),
    (30, "Remux-1080p", Source.BLURAY, 1080, Modifier.REMUX, None, 0, None, None),
    (16, "HDTV-2160p", Source.TV, 2160, Modifier.NONE, None, 0, None, None),
    (18, "WEBDL-2160p", Source.WEBDL, 2160, Modifier.NONE, "WEB 2160p", 0, None, None),
    (17, "WEBRip-2160p", Source.WEBRIP, 2160, Modifier.NONE, "WEB 2160p", 0, None, None),
    (19, "Bluray-2160p", Source.BLURAY, 2160, Modifier.NONE, None, 0, None, None),
    (31, "Remux-2160p", Source.BLURAY, 2160, Modifier.REMUX, None, 0, None, None),
    (22, "BR-DISK", Source.BLURAY, 1080, Modifier.BRDISK, None, 0, None, None),
    (10, "Raw-HD", Source.TV, 1080, Modifier.RAWHD, None, 0, None, None),
)

QUALITIES: tuple[Quality, ...] = tuple(Quality(*row[:5]) for row in _ROWS)
"""All qualities, worst first."""

QUALITY_BY_NAME: Mapping[str, Quality] = {quality.name: quality for quality in QUALITIES}
_BY_PARTS = {(q.source, q.resolution, q.modifier): q for q in QUALITIES}
UNKNOWN_QUALITY = QUALITY_BY_NAME["Unknown"]


def get_quality(name: str) -> Quality:
    """The quality of that exact name.

    Raises:
        ValueError: there is none; the message lists the names.
    """
    try:
        return QUALITY_BY_NAME[name]
    except KeyError:
        raise ValueError(f"no quality is called {name!r}; the names are {', '.join(QUALITY_BY_NAME)}") from None


def find_nearest_quality(source: Source, resolution: int, modifier: Modifier = Modifier.NONE) -> Quality:
    """The quality these three parts name together, or the nearest one; Unknown when nothing is near.

    Exact match, else the quality of that source and modifier at any resolution, else at that resolution and
    modifier the next better source.
    """
    exact = _BY_PARTS.get((source, resolution, modifier))
    if exact is not None:
        return exact
    anywhere = _BY_PARTS.get((source, 0, modifier))
    if anywhere is not None and anywhere != UNKNOWN_QUALITY:
        return anywhere.at(resolution)
    at_resolution = sorted(
        (q for q in QUALITIES if q.modifier is modifier and q.resolution == resolution), key=lambda q: q.source
    )
    return next((q for q in at_resolution if q.source >= source), UNKNOWN_QUALITY)


@frozen(order=True)
class Revision:
    """How often a release was put right: `real` counts REAL tags, `version` is 2 for a PROPER or REPACK.

    Ordered by `real`, then `version`; whether it was a repack takes no part.
    """

    real: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)
    is_repack: bool = field(default=False, kw_only=True, eq=False, order=False)

    @real.validator
    @version.validator
    def _check(self, attribute: object, value: int) -> None:
        if value < 0:
            raise ValueError(f"a revision is never negative: {value!r}")


FIRST_REVISION = Revision()


@frozen(kw_only=True)
class QualityDefinition:
    """Size limits of one quality in megabytes (2**20 bytes) per minute of runtime; None means no limit.

    Raises:
        ValueError: a limit is negative, above 2000, or they are out of order.
    """

    quality: Quality
    minimum: float = 0
    preferred: float | None = None
    maximum: float | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse limits that contradict each other."""
        high = 2000 if self.maximum is None else self.maximum
        middle = high if self.preferred is None else self.preferred
        if not 0 <= self.minimum <= middle <= high <= 2000:
            raise ValueError(
                f"size limits of {self.quality} must be 0 <= minimum <= preferred <= maximum <= 2000 MB/min, not "
                f"{self.minimum!r}, {self.preferred!r}, {self.maximum!r}"
            )


DEFAULT_DEFINITIONS: Mapping[Quality, QualityDefinition] = {
    quality: QualityDefinition(quality=quality, minimum=row[6], preferred=row[7], maximum=row[8])
    for quality, row in zip(QUALITIES, _ROWS, strict=True)
}


@frozen(kw_only=True)
class ProfileItem:
    """One step of a profile: a single quality, or a named group of qualities that rank the same.

    Raises:
        ValueError: a group has no name or fewer than two qualities, or a single quality carries a name.
    """

    qualities: tuple[Quality, ...]
    name: str | None = None
    allowed: bool = True

    def __attrs_post_init__(self) -> None:
        """Refuse items that are neither a quality nor a group."""
        if not self.qualities:
            raise ValueError("a profile item needs at least one quality")
        if len(self.qualities) > 1 and not (self.name or "").strip():
            raise ValueError(f"a group of qualities needs a name: {', '.join(map(str, self.qualities))}")
        if len(self.qualities) == 1 and self.name is not None:
            raise ValueError(f"a single quality carries no name of its own: {self.name!r}")

    @property
    def label(self) -> str:
        """The group's name, or the single quality's."""
        return self.name or self.qualities[0].name


@frozen(kw_only=True, slots=False)
class QualityProfile:
    """What is wanted: which qualities are allowed, in which order, where upgrading stops, and what formats are worth.

    Attributes:
        name: what people and configurations call it.
        items: worst first; each of the thirty qualities stands in exactly one of them.
        cutoff: the label of the item at which quality upgrades stop; it must be allowed.
        upgrade_allowed: whether a file in the library may be replaced by something better.
        min_format_score: a release whose custom formats score less is refused.
        cutoff_format_score: the score at which upgrades for the sake of custom formats stop.
        min_upgrade_format_score: the smallest gain in score that is worth an upgrade, at least 1.
        format_scores: what each custom format is worth, by its name; one that is not listed counts 0.
        language: the language a release must be spoken in; `Original` is the movie's own, `Any` asks for none.

    Raises:
        ValueError: nothing is allowed, a quality stands twice or nowhere, the cutoff is no allowed item, or a score
            can never be reached. The message names the profile and the item.
    """

    name: str
    items: tuple[ProfileItem, ...]
    cutoff: str
    upgrade_allowed: bool = False
    min_format_score: int = 0
    cutoff_format_score: int = 0
    min_upgrade_format_score: int = 1
    format_scores: Mapping[str, int] = field(factory=dict)
    language: Language = ANY

    def __attrs_post_init__(self) -> None:
        """Refuse profiles that could never accept, or never stop upgrading."""
        if not self.name.strip():
            raise ValueError("a quality profile needs a name")
        self._check_items()
        self._check_cutoff()
        self._check_scores()

    def _check_items(self) -> None:
        seen: set[Quality] = set()
        labels: set[str] = set()
        for item in self.items:
            if item.label in labels:
                raise ValueError(f"profile {self.name!r}: the item {item.label!r} stands twice")
            labels.add(item.label)
            for quality in item.qualities:
                if quality in seen:
                    raise ValueError(f"profile {self.name!r}: {quality} stands twice")
                seen.add(quality)

    def _check_cutoff(self) -> None:
        allowed = [item.label for item in self.items if item.allowed]
        if not allowed:
            raise ValueError(f"profile {self.name!r}: no quality is allowed")
        if self.cutoff not in allowed:
            raise ValueError(
                f"profile {self.name!r}: the cutoff {self.cutoff!r} {self._describe_bad_cutoff()}; "
                f"allowed are {', '.join(allowed)}"
            )
        missing = [quality.name for quality in QUALITIES if quality not in self._positions]
        if missing:
            raise ValueError(
                f"profile {self.name!r}: every quality needs a place, allowed or not; {', '.join(missing)} have none"
            )

    def _describe_bad_cutoff(self) -> str:
        for item in self.items:
            if item.name and self.cutoff in [quality.name for quality in item.qualities]:
                return f"is only a member of the group {item.name!r}; no allowed item"
        return "is no allowed item"

    def _check_scores(self) -> None:
        if self.min_upgrade_format_score < 1:
            raise ValueError(
                f"profile {self.name!r}: min_upgrade_format_score is at least 1, not {self.min_upgrade_format_score!r}"
            )
        reachable = sum(score for score in self.format_scores.values() if score > 0)
        if reachable < self.min_format_score:
            raise ValueError(
                f"profile {self.name!r}: min_format_score {self.min_format_score} cannot be reached; "
                f"all formats that count in favour make {reachable} together"
            )

    @cached_property
    def _positions(self) -> dict[Quality, tuple[int, int]]:
        return {
            quality: (place, inside)
            for place, item in enumerate(self.items)
            for inside, quality in enumerate(item.qualities)
        }

    def index(self, quality: Quality) -> int:
        """The place of the quality's item, 0 for the worst; members of a group share it."""
        return self._positions[quality][0]

    def position(self, quality: Quality) -> tuple[int, int]:
        """The place of the quality's item, and the quality's place inside it: the order in which a group is written."""
        return self._positions[quality]

    def is_allowed(self, quality: Quality) -> bool:
        """Whether the quality's item is allowed."""
        return self.items[self.index(quality)].allowed

    @cached_property
    def cutoff_index(self) -> int:
        """The place at which quality upgrades stop: the cutoff, or the first allowed item without upgrades."""
        if self.upgrade_allowed:
            return next(place for place, item in enumerate(self.items) if item.label == self.cutoff)
        return next(place for place, item in enumerate(self.items) if item.allowed)

    @cached_property
    def last_allowed_index(self) -> int:
        """The place of the best item that is allowed."""
        return max(place for place, item in enumerate(self.items) if item.allowed)

    @property
    def format_cutoff(self) -> int:
        """The score at which custom formats stop mattering: the cutoff score, or the least one without upgrades."""
        return self.cutoff_format_score if self.upgrade_allowed else self.min_format_score


def complete_items(items: Iterable[ProfileItem]) -> tuple[ProfileItem, ...]:
    """Items with every quality they leave out put in front, not allowed: worse than all that are named."""
    given = tuple(items)
    held = {quality for item in given for quality in item.qualities}
    missing = (ProfileItem(qualities=(quality,), allowed=False) for quality in QUALITIES if quality not in held)
    return (*missing, *given)


def _default_items(allowed: frozenset[str]) -> Iterator[ProfileItem]:
    grouped: dict[str, list[Quality]] = {}
    for quality, row in zip(QUALITIES, _ROWS, strict=True):
        grouped.setdefault(row[5] or quality.name, []).append(quality)
    for label, members in grouped.items():
        if len(members) > 1 and any(member.name in allowed for member in members):
            # Who names one of them tells them apart, so they are no group here.
            yield from (ProfileItem(qualities=(member,), allowed=member.name in allowed) for member in members)
        else:
            yield ProfileItem(
                qualities=tuple(members), name=label if len(members) > 1 else None, allowed=label in allowed
            )


def build_items(name: str, allowed: Iterable[str]) -> tuple[ProfileItem, ...]:
    """The items of a profile over all qualities in their default order; see `build_profile`.

    Raises:
        ValueError: a label is unknown; the message names the profile and lists the labels.
    """
    wanted = frozenset(allowed)
    items = tuple(_default_items(wanted))
    unknown = wanted - {item.label for item in items}
    if unknown:
        raise ValueError(
            f"profile {name!r}: no such quality: {', '.join(sorted(unknown))}; known are "
            f"{', '.join(item.label for item in items)}"
        )
    return items


def build_profile(
    name: str,
    *,
    allowed: tuple[str, ...],
    cutoff: str,
    upgrade_allowed: bool = False,
    min_format_score: int = 0,
    cutoff_format_score: int = 0,
    min_upgrade_format_score: int = 1,
    format_scores: Mapping[str, int] | None = None,
    language: Language = ORIGINAL,
) -> QualityProfile:
    """A profile over all qualities in their default order, WEB pairs grouped (`WEB 1080p`).

    Args:
        name: the profile's name.
        allowed: labels of the allowed items: quality names, or `WEB 480p`, `WEB 720p`, `WEB 1080p`, `WEB 2160p` for
            WEB-DL and WEBRip as equals. Naming one of the two alone splits the group.
        cutoff: the label at which upgrades stop.
        upgrade_allowed: whether a file may be replaced by something better.
        min_format_score: the least score of custom formats that is accepted.
        cutoff_format_score: the score at which upgrades for custom formats stop.
        min_upgrade_format_score: the smallest gain in score that is worth an upgrade.
        format_scores: scores of custom formats by name.
        language: the language wanted; the movie's own by default.

    Raises:
        ValueError: a label is unknown, or the profile contradicts itself.
    """
    return QualityProfile(
        name=name,
        items=build_items(name, allowed),
        cutoff=cutoff,
        upgrade_allowed=upgrade_allowed,
        min_format_score=min_format_score,
        cutoff_format_score=cutoff_format_score,
        min_upgrade_format_score=min_upgrade_format_score,
        format_scores=format_scores or {},
        language=language,
    )


_SD = (
    "WORKPRINT", "CAM", "TELESYNC", "TELECINE", "DVDSCR", "REGIONAL", "SDTV", "DVD", "WEB 480p", "Bluray-480p",
    "Bluray-576p",
)  # fmt: skip
_HD_720 = ("HDTV-720p", "WEB 720p", "Bluray-720p")
_HD_1080 = ("HDTV-1080p", "WEB 1080p", "Bluray-1080p", "Remux-1080p")
_UHD = ("HDTV-2160p", "WEB 2160p", "Bluray-2160p", "Remux-2160p")

BUILT_IN_PROFILES: Mapping[str, QualityProfile] = {
    profile.name: profile
    for profile in (
        build_profile("Any", allowed=(*_SD, "DVD-R", *_HD_720, *_HD_1080, *_UHD, "BR-DISK"), cutoff="Bluray-480p"),
        build_profile("SD", allowed=_SD, cutoff="Bluray-480p"),
        build_profile("HD-720p", allowed=_HD_720, cutoff="Bluray-720p"),
        build_profile("HD-1080p", allowed=_HD_1080, cutoff="Bluray-1080p"),
        build_profile("Ultra-HD", allowed=_UHD, cutoff="Remux-2160p"),
        build_profile("HD - 720p/1080p", allowed=(*_HD_720, *_HD_1080), cutoff="Bluray-720p"),
    )
}
"""The profiles a new library starts with; none of them upgrades until told to."""
