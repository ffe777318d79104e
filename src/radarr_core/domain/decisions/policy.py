"""What people decided beforehand: profiles, formats, limits, delays, restrictions and settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from attrs import field, frozen

from radarr_core.domain.quality import (
    BUILT_IN_PROFILES,
    DEFAULT_DEFINITIONS,
    MEGABYTE,
    Quality,
    QualityDefinition,
    QualityProfile,
)
from radarr_core.errors import UnknownProfileError

from .delays import DEFAULT_DELAY_PROFILE, LONGEST_WAIT, DelayProfile, check_delay_profiles, find_delay_profile
from .formats import NO_FORMATS, FormatMatcher
from .reputation import DEFAULT_REPUTATION_SETTINGS, ReputationSettings
from .restrictions import ReleaseProfile


def _not_negative(instance: object, attribute: object, value: int) -> None:
    if value < 0:
        raise ValueError(f"{getattr(attribute, 'name', 'a setting')} is never negative: {value!r}")


def _not_too_long(instance: object, attribute: object, value: int) -> None:
    if value > LONGEST_WAIT:
        raise ValueError(f"{getattr(attribute, 'name', 'a wait')} is {LONGEST_WAIT} minutes at the most, ten years")


def _trimmed(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in (value.strip() for value in values) if text)


class Propers(StrEnum):
    """What a PROPER, REPACK or REAL is worth beside the release it puts right."""

    PREFER_AND_UPGRADE = "prefer_and_upgrade"
    DO_NOT_UPGRADE = "do_not_upgrade"
    DO_NOT_PREFER = "do_not_prefer"


@frozen(kw_only=True)
class DecisionSettings:
    """Settings of the rules.

    Attributes:
        minimum_free_space: bytes that must stay free on the library's disk after a download (Radarr: 100 MB).
        skip_free_space_check: whether the room on the disk is not looked at.
        assumed_runtime_minutes: the runtime that sizes are reckoned with when a movie's is unknown (Radarr: 110).
        sample_size: bytes under which a name that says "sample" is believed (Radarr: 70 MB).
        mislabel_budget: how many mislabelled files a slot may replace by a true release before a person is asked.
        retention_days: how long usenet keeps a release; 0 for no limit.
        minimum_age_minutes: how old a usenet release must be, so that it has spread; 0 for no limit.
        maximum_size: bytes no release may exceed; 0 for no limit.
        availability_delay_days: days to wait beyond a film's minimum availability; negative to begin before it.
        propers: what a later revision is worth.
        prefer_indexer_flags: whether freeleech and the like count in the ranking.
        allow_hardcoded_subs: whether subtitles burnt into the picture are accepted.
        whitelisted_hardcoded_subs: marks of such subtitles that are accepted all the same.
        completed_download_handling: whether finished downloads are imported, so that the history can be relied on.
    """

    minimum_free_space: int = field(default=100 * MEGABYTE, validator=_not_negative)
    skip_free_space_check: bool = False
    assumed_runtime_minutes: int = field(default=110, validator=_not_negative)
    sample_size: int = field(default=70 * MEGABYTE, validator=_not_negative)
    mislabel_budget: int = field(default=3, validator=_not_negative)
    retention_days: int = field(default=0, validator=_not_negative)
    minimum_age_minutes: int = field(default=0, validator=[_not_negative, _not_too_long])
    maximum_size: int = field(default=0, validator=_not_negative)
    availability_delay_days: int = 0
    propers: Propers = Propers.PREFER_AND_UPGRADE
    prefer_indexer_flags: bool = False
    allow_hardcoded_subs: bool = False
    whitelisted_hardcoded_subs: tuple[str, ...] = field(default=(), converter=_trimmed)
    completed_download_handling: bool = True


@frozen(kw_only=True)
class Policy:
    """Everything `decide` judges by that people chose.

    Attributes:
        profiles: quality profiles by name, as slots refer to them.
        definitions: size limits by quality.
        formats: the custom formats, as one set that finds those that match.
        delay_profiles: how long to wait for something better, by the tags of a movie.
        release_profiles: terms a name must or must not contain.
        reputation: what is made of the reputation of those who made a release, where somebody knows it.

    Raises:
        ValueError: a profile is filed under another name than its own, or two delay profiles claim the same movies.
    """

    profiles: Mapping[str, QualityProfile] = field(factory=lambda: BUILT_IN_PROFILES)
    definitions: Mapping[Quality, QualityDefinition] = field(factory=lambda: DEFAULT_DEFINITIONS)
    settings: DecisionSettings = field(factory=DecisionSettings)
    formats: FormatMatcher = field(default=NO_FORMATS, repr=False)
    delay_profiles: tuple[DelayProfile, ...] = (DEFAULT_DELAY_PROFILE,)
    release_profiles: tuple[ReleaseProfile, ...] = ()
    reputation: ReputationSettings = DEFAULT_REPUTATION_SETTINGS

    def __attrs_post_init__(self) -> None:
        """Refuse profiles that could not be found, or not told apart."""
        for name, profile in self.profiles.items():
            if name != profile.name:
                raise ValueError(f"the profile {profile.name!r} is filed under {name!r}")
        check_delay_profiles(self.delay_profiles)

    def get_profile(self, name: str) -> QualityProfile:
        """The profile of that name.

        Raises:
            UnknownProfileError: there is none; the message lists the names.
        """
        try:
            return self.profiles[name]
        except KeyError:
            known = ", ".join(sorted(self.profiles))
            raise UnknownProfileError(f"no quality profile is called {name!r}; known are {known}") from None

    def find_delay_profile(self, tags: frozenset[str]) -> DelayProfile:
        """The delay profile for a movie of those tags."""
        return find_delay_profile(self.delay_profiles, tags)
