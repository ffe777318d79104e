"""What people decided beforehand: profiles, size limits and settings."""

from __future__ import annotations

from collections.abc import Mapping

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


def _not_negative(instance: object, attribute: object, value: int) -> None:
    if value < 0:
        raise ValueError(f"{getattr(attribute, 'name', 'a setting')} is never negative: {value!r}")


@frozen(kw_only=True)
class DecisionSettings:
    """Settings of the rules.

    Attributes:
        minimum_free_space: bytes that must stay free on the library's disk after a download (Radarr: 100 MB).
        assumed_runtime_minutes: the runtime that size limits reckon with when a movie's is unknown (Radarr: 110).
        sample_size: bytes under which a name that says "sample" is believed (Radarr: 70 MB).
        mislabel_budget: how many mislabelled files a slot may replace by a true release before a person is asked.
    """

    minimum_free_space: int = field(default=100 * MEGABYTE, validator=_not_negative)
    assumed_runtime_minutes: int = field(default=110, validator=_not_negative)
    sample_size: int = field(default=70 * MEGABYTE, validator=_not_negative)
    mislabel_budget: int = field(default=3, validator=_not_negative)


@frozen(kw_only=True)
class Policy:
    """Everything `decide` judges by that people chose.

    Attributes:
        profiles: quality profiles by name, as slots refer to them.
        definitions: size limits by quality.

    Raises:
        ValueError: a profile is filed under another name than its own.
    """

    profiles: Mapping[str, QualityProfile] = field(factory=lambda: BUILT_IN_PROFILES)
    definitions: Mapping[Quality, QualityDefinition] = field(factory=lambda: DEFAULT_DEFINITIONS)
    settings: DecisionSettings = field(factory=DecisionSettings)

    def __attrs_post_init__(self) -> None:
        """Refuse profiles that could not be found by their name."""
        for name, profile in self.profiles.items():
            if name != profile.name:
                raise ValueError(f"the profile {profile.name!r} is filed under {name!r}")

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
