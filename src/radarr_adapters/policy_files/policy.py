"""From a configuration to the policy decisions are made by: every part of it, each alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from radarr_adapters.chosen_reputation import read_reputation
from radarr_core.domain.custom_formats import FormatSet
from radarr_core.domain.decisions import DecisionSettings, Policy
from radarr_core.domain.decisions.delays import DEFAULT_DELAY_PROFILE, DelayProfile, check_delay_profiles
from radarr_core.domain.decisions.restrictions import ReleaseProfile
from radarr_core.domain.quality import BUILT_IN_PROFILES, QualityProfile
from radarr_core.errors import ConfigurationError, PolicyDataError
from radarr_core.settings import read_settings

from .formats import NO_FOLDER, FormatFolder, read_format_folder
from .profiles import (
    ProfileFileSettings,
    ProfileSettings,
    ReadProfile,
    read_own_profile,
    read_profile_file,
)
from .sizes import read_definitions
from .tables import Table, read_list, read_table

POLICY_SECTIONS = ("profiles", "formats", "quality_sizes", "delay_profiles", "release_profiles", "decisions")


@frozen(kw_only=True)
class FormatSettings:
    """Where custom formats lie."""

    folder: Path


@frozen(kw_only=True)
class PolicyFiles:
    """A policy beside what it was made of.

    Attributes:
        profiles: every profile of the policy as it was read, by name.
        folder: where its formats came from.
    """

    policy: Policy
    profiles: Mapping[str, ReadProfile]
    folder: FormatFolder


def read_policy(configuration: Table) -> Policy:
    """The policy of a configuration: the built-in profiles, those of its own, and everything else it chooses.

    Raises:
        ConfigurationError: a profile contradicts itself, a file cannot be used, or a setting is of the wrong form.
    """
    return PolicyReader(configuration).read().policy


def read_policy_files(configuration: Table, *, formats: Path | None = None) -> PolicyFiles:
    """The same, with what the policy was made of.

    Args:
        configuration: tables as TOML gives them.
        formats: a folder to read custom formats from instead of the configuration's.

    Raises:
        ConfigurationError: as above.
        PolicyDataError: a file in that folder cannot be used.
    """
    return PolicyReader(configuration, formats).read()


def list_readings(configuration: Table) -> Iterator[Callable[[], object]]:
    """Reading each part of a policy alone, so that one mistake does not hide another; then all of them together."""
    reader = PolicyReader(configuration)
    yield partial(getattr, reader, "folder")
    for key in ("profiles", "delay_profiles", "release_profiles"):
        yield from reader.list_parts(key)
    yield from (reader.read_delay_profiles, reader.read_decisions, partial(read_definitions, configuration))
    yield reader.read


@frozen(slots=False)
class PolicyReader:
    """Reads the parts of a policy; the folder of formats is read once.

    Attributes:
        formats: a folder to read custom formats from instead of the configuration's.
        is_tolerant: whether formats that cannot be used are left out instead of being refused.
    """

    configuration: Table
    formats: Path | None = None
    is_tolerant: bool = field(default=False, kw_only=True)

    def read(self) -> PolicyFiles:
        """All parts together."""
        read = {name: ReadProfile.of_profile(profile) for name, profile in BUILT_IN_PROFILES.items()}
        own = {name: self.read_profile(name) for name in read_table(self.configuration, "profiles")}
        profiles = dict(BUILT_IN_PROFILES) | {name: self._build(name, each) for name, each in own.items()}
        policy = Policy(
            profiles=profiles,
            definitions=read_definitions(self.configuration),
            settings=self.read_decisions(),
            delay_profiles=self.read_delay_profiles(),
            release_profiles=tuple(map(self.read_release_profile, self._places("release_profiles"))),
            reputation=read_reputation(self.configuration)[0],
        )
        if self.folder.formats:
            policy = evolve(policy, formats=FormatSet(self.folder.formats))
        return PolicyFiles(policy=policy, profiles={**read, **own}, folder=self.folder)

    def list_parts(self, key: str) -> Iterator[Callable[[], object]]:
        """Reading each entry of a section alone; nothing where the section itself is wrong."""
        try:
            entries = self._places(key) if key != "profiles" else tuple(read_table(self.configuration, key))
        except ConfigurationError:
            return  # reading them together tells
        readers: Mapping[str, Callable[[Any], object]] = {
            "profiles": self._try_profile,
            "delay_profiles": self.read_delay_profile,
            "release_profiles": self.read_release_profile,
        }
        yield from (partial(readers[key], entry) for entry in entries)

    def _places(self, key: str) -> range:
        return range(len(read_list(self.configuration, key)))

    # -- formats and profiles ------------------------------------------------------------------------------------------

    @cached_property
    def folder(self) -> FormatFolder:
        """The formats to go by, none of them broken unless that is tolerated."""
        if self.formats is not None:
            return self._read_folder(self.formats)
        found = self._find_folder()
        try:
            return NO_FOLDER if found is None else self._read_folder(found)
        except PolicyDataError as error:
            raise ConfigurationError(str(error), key="formats.folder") from error

    def _read_folder(self, folder: Path) -> FormatFolder:
        read = read_format_folder(folder)
        return read if self.is_tolerant else read.check()

    def _find_folder(self) -> Path | None:
        if "formats" not in self.configuration:
            return None
        table = read_table(self.configuration, "formats")
        return read_settings(FormatSettings, table, where="formats", environ={}).folder

    def _try_profile(self, name: str) -> QualityProfile:
        return self._build(name, self.read_profile(name))

    def read_profile(self, name: str) -> ReadProfile:
        """The profile of a table, or of the file it names."""
        where = f"profiles.{name}"
        table = read_table(read_table(self.configuration, "profiles"), name, where)
        if "file" not in table:
            settings = read_settings(ProfileSettings, table, where=where, environ={})
            return read_own_profile(name, settings, self.folder, where=where)
        scores = read_settings(ProfileFileSettings, table, where=where, environ={})
        try:
            read = read_profile_file(scores.file, self.folder, scores)
        except PolicyDataError as error:
            raise ConfigurationError(str(error), key=f"{where}.file") from error
        return evolve(read, data=evolve(read.data, name=name))

    def _build(self, name: str, read: ReadProfile) -> QualityProfile:
        try:
            return read.build(self.folder)
        except PolicyDataError as error:
            if read.file is not None:
                raise ConfigurationError(str(error), key=f"profiles.{name}.file") from error
            key = f"profiles.{name}.{error.key}" if error.key else f"profiles.{name}"
            raise ConfigurationError(error.reason, key=key) from error

    # -- everything else -----------------------------------------------------------------------------------------------

    def read_decisions(self) -> DecisionSettings:
        """The settings of the rules."""
        table = read_table(self.configuration, "decisions")
        return read_settings(DecisionSettings, table, where="decisions", environ={})

    def read_delay_profiles(self) -> tuple[DelayProfile, ...]:
        """All delay profiles, which have to go together."""
        profiles = tuple(map(self.read_delay_profile, self._places("delay_profiles")))
        try:
            check_delay_profiles(profiles)
        except ValueError as error:
            raise ConfigurationError(str(error), key="delay_profiles") from error
        return profiles or (DEFAULT_DELAY_PROFILE,)

    def read_delay_profile(self, place: int) -> DelayProfile:
        """One delay profile; those for some movies come in the order they stand in unless they say otherwise."""
        table = read_list(self.configuration, "delay_profiles")[place]
        profile = read_settings(DelayProfile, table, where=f"delay_profiles[{place}]", environ={})
        return evolve(profile, order=place) if profile.tags and "order" not in table else profile

    def read_release_profile(self, place: int) -> ReleaseProfile:
        """One release profile; the indexer it is for has to be one of the configuration."""
        where = f"release_profiles[{place}]"
        table = read_list(self.configuration, "release_profiles")[place]
        profile = read_settings(ReleaseProfile, table, where=where, environ={})
        known = read_table(self.configuration, "indexers")
        if profile.indexer is not None and profile.indexer not in known:
            reason = f"no indexer is called {profile.indexer!r}; known are {', '.join(known) or 'none'}"
            raise ConfigurationError(reason, key=f"{where}.indexer")
        return profile
