"""How long to wait for something better, and by which protocol to fetch."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from radarr_core.domain.releases import DownloadProtocol

LAST = 2**31 - 1
"""The order of the profile that applies where no other does."""

LONGEST_WAIT = 5_260_000
"""Minutes, about ten years: nobody waits longer, and the calendar ends somewhere."""


def _in_bounds(instance: object, attribute: object, value: int) -> None:
    if value < 0:
        raise ValueError(f"{getattr(attribute, 'name', 'a delay')} is never negative: {value!r}")
    if value > LONGEST_WAIT:
        raise ValueError(f"{getattr(attribute, 'name', 'a delay')} is {LONGEST_WAIT} minutes at the most, ten years")


@frozen(kw_only=True)
class DelayProfile:
    """How offers for the movies of some tags are waited with. A profile may switch both protocols off.

    Attributes:
        usenet_delay: minutes from the moment of publication; `torrent_delay` likewise.
        bypass_if_highest_quality: not to wait once the best quality the profile allows is offered.
        bypass_if_above_format_score: not to wait once a release scores `minimum_format_score`.
        order: the lower one applies where two would.
        tags: the movies it is for; empty for all.
    """

    enable_usenet: bool = True
    enable_torrent: bool = True
    preferred_protocol: DownloadProtocol = DownloadProtocol.USENET
    usenet_delay: int = field(default=0, validator=_in_bounds)
    torrent_delay: int = field(default=0, validator=_in_bounds)
    bypass_if_highest_quality: bool = False
    bypass_if_above_format_score: bool = False
    minimum_format_score: int = 0
    order: int = LAST
    tags: frozenset[str] = frozenset()

    def is_enabled(self, protocol: DownloadProtocol) -> bool:
        """Whether offers of that protocol are taken at all."""
        return self.enable_torrent if protocol is DownloadProtocol.TORRENT else self.enable_usenet

    def find_delay(self, protocol: DownloadProtocol | None) -> int:
        """Minutes to wait with offers of that protocol; one that was not told waits as usenet does."""
        return self.torrent_delay if protocol is DownloadProtocol.TORRENT else self.usenet_delay


DEFAULT_DELAY_PROFILE = DelayProfile(bypass_if_highest_quality=True)
"""Waits for nothing."""


def check_delay_profiles(profiles: Iterable[DelayProfile]) -> None:
    """Refuse profiles of which two claim the same tag, or more than one claims every movie.

    Raises:
        ValueError: so they do.
    """
    claimed: set[str] = set()
    for_all = 0
    for profile in profiles:
        twice = claimed & profile.tags
        if twice:
            raise ValueError(f"the tag {min(twice)!r} stands in two delay profiles")
        claimed |= profile.tags
        for_all += not profile.tags
    if for_all > 1:
        raise ValueError("two delay profiles without tags: only one can be the default")


def find_delay_profile(profiles: Iterable[DelayProfile], tags: frozenset[str]) -> DelayProfile:
    """The profile for a movie of those tags: the lowest order of those that share one or have none."""
    fitting = [profile for profile in profiles if not profile.tags or profile.tags & tags]
    return min(fitting, key=lambda profile: profile.order, default=DEFAULT_DELAY_PROFILE)
