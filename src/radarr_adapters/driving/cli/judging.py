"""What commands judge by: a profile by its name or its file, with the formats it scores."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from radarr_adapters.bootstrap import load_configuration, read_movies
from radarr_adapters.chosen_rules import read_rules
from radarr_adapters.policy_files import (
    FormatFolder,
    PolicyFiles,
    ReadProfile,
    read_format_folder,
    read_policy_files,
    read_profile_file,
)
from radarr_core.domain.custom_formats import FormatSet
from radarr_core.domain.decisions import DEFAULT_RULES, Policy, ReputationMode, RuleSet
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.quality import BUILT_IN_PROFILES
from radarr_core.errors import ConfigurationError

from .configuration import blaming, find_configuration
from .films import find_listed
from .text import expand_user

USUAL_PROFILE = Slot().profile


@frozen(kw_only=True)
class Judge:
    """A policy and the one profile of it that is asked for.

    Attributes:
        read: the profile as it was read.
        folder: where the formats came from.
        configuration: the file the policy came from; None for the built-in one.
        movies: the films that file lists.
        rules: the rules and criteria it chooses.
        asks_reputations: whether decisions go by a source that knows the makers of releases.
    """

    policy: Policy
    read: ReadProfile
    folder: FormatFolder
    configuration: Path | None = None
    movies: tuple[Movie, ...] = ()
    rules: RuleSet = DEFAULT_RULES
    asks_reputations: bool = False

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.read.data.name

    @property
    def source(self) -> str:
        """Where the profile stands, for people."""
        if self.read.file is None and self.policy.profiles[self.name] == BUILT_IN_PROFILES.get(self.name):
            return "built in"
        return str(self.read.file or self.configuration)


def choose_judge(config: Path | None, profile: str | None, formats: Path | None, film: Movie | None = None) -> Judge:
    """The profile of that name or in that file, in the policy of the configuration.

    Without a name it is the one the configuration gives the film, else the usual one.

    Raises:
        ConfigurationError: the configuration or the name of the profile is wrong.
        PolicyDataError: a file of the profile or of a format cannot be used.
    """
    path = find_configuration(config)
    table = load_configuration(path) if path else {}
    with blaming(path):
        files = read_policy_files(table, formats=formats)
        movies = read_movies(table, files.policy)
        rest: dict[str, Any] = {"configuration": path, "movies": movies, "rules": read_rules(table)}
        has_source = "group_reputation" in table and files.policy.reputation.mode is not ReputationMode.OFF
        rest["asks_reputations"] = has_source
    listed = find_listed(movies, film) if film is not None else None
    wanted = profile or (listed.slots[0].profile if listed is not None else USUAL_PROFILE)
    if wanted in files.profiles:
        return Judge(policy=files.policy, read=files.profiles[wanted], folder=files.folder, **rest)
    if not is_file_name(wanted):
        known = ", ".join(sorted(files.profiles))
        raise ConfigurationError(f"no quality profile is called {wanted!r}; known are {known}", key="--profile")
    return evolve(_judge_by_file(files, expand_user(wanted)), **rest)


def is_file_name(text: str) -> bool:
    """Whether a file is meant rather than the name of a profile."""
    if text.endswith((".json", ".toml")) or "/" in text:
        return True
    return os.path.exists(text)  # noqa: PTH110 - unlike a path's own, it answers for names no file can have


def _judge_by_file(files: PolicyFiles, file: Path) -> Judge:
    folder = find_formats_for(file, files.folder).check()
    read = read_profile_file(file, folder)
    profile = read.build(folder)
    policy = evolve(files.policy, profiles={**files.policy.profiles, profile.name: profile})
    if folder.formats:
        policy = evolve(policy, formats=FormatSet(folder.formats))
    return Judge(policy=policy, read=read, folder=folder)


def find_formats_for(file: Path, given: FormatFolder) -> FormatFolder:
    """The formats that were given, else those of a folder `cf` beside the file's folder, as the guides lay it out."""
    beside = file.absolute().parent.parent / "cf"
    if given.folder is None and beside.is_dir() and any(beside.glob("*.json")):
        return read_format_folder(beside)
    return given
