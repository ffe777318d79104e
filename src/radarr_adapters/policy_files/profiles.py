"""Quality profiles: tables of a configuration, files of the guides, and files of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from radarr_core.domain.custom_formats import score_of
from radarr_core.domain.custom_formats.trash import (
    FormatGroup,
    ProfileData,
    TrashProfile,
    build_profile_data,
    default_groups,
)
from radarr_core.domain.decisions.profiles import profile_from_data
from radarr_core.domain.languages import ORIGINAL, find_language
from radarr_core.domain.quality import ProfileItem, QualityProfile, build_items
from radarr_core.errors import ConfigurationError, PolicyDataError
from radarr_core.settings import read_settings

from .formats import NO_FOLDER, FormatFolder
from .reading import read_policy_data
from .tables import Table

_MOST = 2**31 - 1


def _check_score(instance: object, attribute: object, value: int) -> None:
    if not -_MOST <= value <= _MOST:
        name = getattr(attribute, "name", "score")
        raise ValueError(f"{name}: must be between {-_MOST} and {_MOST}")


def _check_scores(instance: object, attribute: object, value: Mapping[str, int]) -> None:
    for score in value.values():
        _check_score(instance, attribute, score)


def _at_least_one(instance: object, attribute: object, value: int) -> None:
    if not 1 <= value <= _MOST:
        raise ValueError(f"min_upgrade_format_score: must be at least 1, not {value!r}")


@frozen(kw_only=True)
class ScoreSettings:
    """What formats count in a profile, however it was written.

    Attributes:
        score_set: whose scores of the guides it goes by; the profile's own, else the default ones.
        format_scores: scores of one's own, by the name of the format; they go before the guides'.
        groups: whether the formats of the groups the guides suggest to it count too.
    """

    score_set: str | None = None
    format_scores: Mapping[str, int] = field(factory=dict, validator=_check_scores)
    groups: bool = True


@frozen(kw_only=True)
class ProfileFileSettings(ScoreSettings):
    """A profile that stands in a file of its own."""

    file: Path


@frozen(kw_only=True)
class ProfileSettings:
    """A profile as people write it; every format of the policy counts in it."""

    allowed: tuple[str, ...]
    cutoff: str
    upgrade_allowed: bool = False
    language: str = ORIGINAL.name
    score_set: str | None = None
    format_scores: Mapping[str, int] = field(factory=dict, validator=_check_scores)
    min_format_score: int = field(default=0, validator=_check_score)
    cutoff_format_score: int = field(default=0, validator=_check_score)
    min_upgrade_format_score: int = field(default=1, validator=_at_least_one)


@frozen(kw_only=True)
class _OwnFile(ProfileSettings):
    name: str | None = None


@frozen(kw_only=True)
class ReadProfile:
    """A profile as it was read, before it is known to make sense.

    Attributes:
        score_set: the guides' score set it goes by; None for the default one.
        file: where it stands; None for a table of the configuration and for the built-in ones.
        groups: the names of the groups of formats that were taken with it.
        least_key: what its file calls the least score.
    """

    data: ProfileData
    score_set: str | None = None
    file: Path | None = None
    groups: tuple[str, ...] = ()
    least_key: str = "min_format_score"

    @classmethod
    def of_profile(cls, profile: QualityProfile) -> ReadProfile:
        """One that is made already."""
        return cls(
            data=ProfileData(
                name=profile.name,
                items=profile.items,
                cutoff=profile.cutoff,
                upgrade_allowed=profile.upgrade_allowed,
                min_format_score=profile.min_format_score,
                cutoff_format_score=profile.cutoff_format_score,
                min_upgrade_format_score=profile.min_upgrade_format_score,
                format_scores=profile.format_scores,
                language=profile.language,
            )
        )

    def build(self, folder: FormatFolder) -> QualityProfile:
        """The profile to decide by.

        Raises:
            PolicyDataError: it scores a format that is not there, or contradicts itself.
        """
        data, known = self.data, {each.name for each in folder.formats}
        file = None if self.file is None else str(self.file)
        for name in data.format_scores:
            if name not in known:
                where = f"in {str(folder.folder)!r}" if folder.folder else "since there are no formats"
                raise PolicyDataError(f"there is no such format {where}", file=file, key=f"format_scores.{name}")
        reachable = sum(score for score in data.format_scores.values() if score > 0)
        if data.min_format_score > reachable:
            reason = f"{data.min_format_score} cannot be reached; all formats that count in favour make {reachable}"
            raise PolicyDataError(reason, file=file, key=self.least_key)
        try:
            return profile_from_data(data)
        except ValueError as error:
            raise PolicyDataError(str(error), file=file) from error


def read_profile_file(
    path: Path, folder: FormatFolder = NO_FOLDER, settings: ScoreSettings | None = None
) -> ReadProfile:
    """The profile of a file: one of the guides, or one of your own in the form of a `[profiles.NAME]` table.

    Args:
        path: JSON, or TOML where the name ends so.
        folder: the formats it may score.
        settings: what is said of its scores elsewhere.

    Raises:
        PolicyDataError: the file cannot be read, a key makes no sense, or it needs a format that is not there; it
            names file, key and reason.
    """
    data = read_policy_data(path)
    asked = settings or ScoreSettings()
    if not isinstance(data, Mapping):
        raise PolicyDataError(f"a profile is an object, not a {type(data).__name__}", file=str(path))
    if {"trash_id", "items", "formatItems"} & data.keys():
        return _read_trash(path, data, folder, asked)
    return _read_own_file(path, data, folder, asked)


def _read_trash(path: Path, data: Table, folder: FormatFolder, asked: ScoreSettings) -> ReadProfile:
    profile = TrashProfile.from_trash(data, file=str(path))
    score_set = asked.score_set or profile.score_set
    profile = evolve(profile, score_set=score_set)
    groups = default_groups(profile, folder.groups) if asked.groups else ()
    if profile.formats and folder.folder is None:
        reason = "needs its formats; say where they lie, by --formats or [formats] folder"
        raise PolicyDataError(reason, file=str(path), key="formatItems")
    _check_groups(path, groups, folder)
    try:
        made = build_profile_data(profile, folder.formats, groups=groups)
    except PolicyDataError as error:
        raise PolicyDataError(f"{error.reason} in {str(folder.folder)!r}", file=str(path), key=error.key) from error
    _check_score_set(asked.score_set, folder)
    return ReadProfile(
        data=evolve(made, format_scores={**made.format_scores, **asked.format_scores}),
        score_set=score_set,
        file=path,
        groups=tuple(group.name for group in groups),
        least_key="minFormatScore",
    )


def _check_groups(path: Path, groups: tuple[FormatGroup, ...], folder: FormatFolder) -> None:
    """A group that came only in part would leave out what keeps bad releases away, in silence."""
    known = {each.trash_id for each in folder.formats}
    for group in groups:
        missing = [
            each.name for each in group.formats if each.trash_id in group.chosen() and each.trash_id not in known
        ]
        if missing:
            reason = (
                f"the guides suggest the group {group.name!r}, which needs formats that are not in "
                f"{str(folder.folder)!r}: {', '.join(missing)}; add them, or say groups = false"
            )
            raise PolicyDataError(reason, file=str(path))


def _read_own_file(path: Path, data: Table, folder: FormatFolder, asked: ScoreSettings) -> ReadProfile:
    try:
        own = read_settings(_OwnFile, data, where="profile", environ={})
        merged = evolve(
            own,
            score_set=asked.score_set or own.score_set,
            format_scores={**own.format_scores, **asked.format_scores},
        )
        read = read_own_profile(own.name or path.stem, merged, folder, where="profile")
    except ConfigurationError as error:
        key = (error.key or "").removeprefix("profile").removeprefix(".") or None
        raise PolicyDataError(error.reason, file=str(path), key=key) from error
    return evolve(read, file=path)


def read_own_profile(name: str, settings: ProfileSettings, folder: FormatFolder, *, where: str) -> ReadProfile:
    """A profile as people write it.

    Raises:
        ConfigurationError: a quality, a language or a score set is not known; the key begins with `where`.
    """
    if not name.strip():
        raise ConfigurationError("a profile needs a name", key=where)
    items = _build_items(name, settings, where)
    language = find_language(settings.language)
    if language is None:
        raise ConfigurationError(f"no language is called {settings.language!r}", key=f"{where}.language")
    try:
        _check_score_set(settings.score_set, folder)
    except PolicyDataError as error:
        raise ConfigurationError(error.reason, key=f"{where}.score_set") from error
    suggested = {each.name: score_of(each, settings.score_set) for each in folder.formats}
    data = ProfileData(
        name=name,
        items=items,
        cutoff=settings.cutoff,
        upgrade_allowed=settings.upgrade_allowed,
        min_format_score=settings.min_format_score,
        cutoff_format_score=settings.cutoff_format_score,
        min_upgrade_format_score=settings.min_upgrade_format_score,
        format_scores={**suggested, **settings.format_scores},
        language=language,
    )
    return ReadProfile(data=data, score_set=settings.score_set)


def _build_items(name: str, settings: ProfileSettings, where: str) -> tuple[ProfileItem, ...]:
    try:
        items = build_items(name, settings.allowed)
    except ValueError as error:
        raise ConfigurationError(str(error), key=f"{where}.allowed") from error
    allowed = [item.label for item in items if item.allowed]
    if not allowed:
        raise ConfigurationError("no quality is allowed", key=f"{where}.allowed")
    if settings.cutoff not in allowed:
        reason = f"{settings.cutoff!r} is no allowed item; allowed are {', '.join(allowed)}"
        raise ConfigurationError(reason, key=f"{where}.cutoff")
    return items


def _check_score_set(name: str | None, folder: FormatFolder) -> None:
    """A misspelt set would count by the default scores, in silence."""
    if name is not None and folder.formats and name not in folder.score_sets:
        known = ", ".join(sorted(folder.score_sets)) or "none"
        raise PolicyDataError(f"no format has scores of the set {name!r}; known are {known}", key="score_set")
