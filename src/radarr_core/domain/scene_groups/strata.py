"""What is compared with what: releases of one medium and resolution, of one age, on equal terms."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from attrs import field, frozen

from radarr_core.domain.quality import Modifier, Quality, Source
from radarr_core.domain.releases import HdrFormat


class Medium(StrEnum):
    """What a release was made from, and how far it was worked on."""

    DISC = "disc"
    REMUX = "remux"
    ENCODE = "encode"
    WEB = "web"
    CAPTURE = "capture"


class HdrClass(StrEnum):
    """The range of the picture's light."""

    SDR = "SDR"
    HDR = "HDR"
    DOLBY_VISION = "DV"


class CostClass(StrEnum):
    """What taking a release costs on its tracker; what nobody said is a class of its own."""

    FREE = "free"
    REDUCED = "reduced"
    FULL = "full"
    UNKNOWN = "unknown"


RESOLUTIONS = (480, 576, 720, 1080, 2160, 4320)


def _check_resolution(instance: object, attribute: object, value: Any) -> None:
    if value not in RESOLUTIONS:
        raise ValueError(f"a stratum's resolution is one of {', '.join(map(str, RESOLUTIONS))}, not {value!r}")


@frozen(cache_hash=True)
class Stratum:
    """Releases that can be compared: one medium, one resolution, and for 2160p one class of light, where it is known.

    Attributes:
        resolution: lines.
        hdr: None where nobody said, and always below 2160p, where it makes no difference here.

    Raises:
        ValueError: the resolution is none of the field's.
    """

    medium: Medium
    resolution: int = field(validator=_check_resolution)
    hdr: HdrClass | None = None

    def __attrs_post_init__(self) -> None:
        """Two spellings of one stratum are equal: below 2160p the class of light is dropped."""
        if self.resolution < 2160 and self.hdr is not None:
            object.__setattr__(self, "hdr", None)

    @property
    def order(self) -> tuple[str, int, str]:
        """Something to sort by."""
        return self.medium.value, self.resolution, self.hdr.value if self.hdr else ""

    def __str__(self) -> str:
        light = f" {self.hdr.value}" if self.hdr else ""
        return f"{self.medium.value} {self.resolution}p{light}"


_MEDIA = {
    Source.WEBDL: Medium.WEB,
    Source.WEBRIP: Medium.WEB,
    Source.TV: Medium.CAPTURE,
    Source.BLURAY: Medium.ENCODE,
    Source.DVD: Medium.ENCODE,
}
_LIGHTS = {HdrFormat.DOLBY_VISION: HdrClass.DOLBY_VISION, HdrFormat.SDR: HdrClass.SDR}


def find_stratum(quality: Quality, hdr: tuple[HdrFormat, ...] = ()) -> Stratum | None:
    """The stratum a release of that quality belongs to; None where source or resolution are not known or of no kind.

    Recordings of a cinema's screen, screeners and regional discs are of no kind: nobody compares their makers.
    """
    if quality.modifier in (Modifier.SCREENER, Modifier.REGIONAL) or quality.resolution not in RESOLUTIONS:
        return None
    medium = _MEDIA.get(quality.source)
    if quality.modifier is Modifier.BRDISK:
        medium = Medium.DISC
    elif quality.modifier is Modifier.REMUX:
        medium = Medium.REMUX
    if medium is None:
        return None
    return Stratum(medium, quality.resolution, _find_light(hdr))


def _find_light(formats: tuple[HdrFormat, ...]) -> HdrClass | None:
    found = {_LIGHTS.get(one, HdrClass.HDR) for one in formats}
    return next((one for one in (HdrClass.DOLBY_VISION, HdrClass.HDR, HdrClass.SDR) if one in found), None)


_AGE_LIMITS = (3, 14, 60, 180, 730)
AGE_BANDS = len(_AGE_LIMITS) + 1


def age_band(days: int) -> int:
    """The band of an age in days: under 3, 14, 60, 180 and 730 days, and older; 0 is the youngest."""
    for band, limit in enumerate(_AGE_LIMITS):
        if days < limit:
            return band
    return AGE_BANDS - 1


_FLOORS = {
    (Medium.CAPTURE, 720): 17.1, (Medium.CAPTURE, 1080): 33.8, (Medium.CAPTURE, 2160): 85.0,
    (Medium.WEB, 720): 12.5, (Medium.WEB, 1080): 12.5, (Medium.WEB, 2160): 34.5,
    (Medium.ENCODE, 720): 25.7, (Medium.ENCODE, 1080): 50.8, (Medium.ENCODE, 2160): 102.0,
    (Medium.REMUX, 1080): 102.0, (Medium.REMUX, 2160): 187.4,
    (Medium.DISC, 1080): 102.0, (Medium.DISC, 2160): 187.4,
}  # fmt: skip


def find_size_floor(stratum: Stratum) -> float | None:
    """The least size that can hold a decent picture, in megabytes (2**20 bytes) a minute; None where nobody knows.

    The minimum of the quality's definition in the TRaSH guides' table for films; a full disc is held to a remux's.
    """
    return _FLOORS.get((stratum.medium, stratum.resolution))


def is_untouched(stratum: Stratum) -> bool:
    """Whether the picture is as it was bought, so that more bytes say nothing of the maker."""
    return stratum.medium in (Medium.REMUX, Medium.DISC)
