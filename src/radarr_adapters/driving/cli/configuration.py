"""Finding the configuration, and hiding its keys before anything else is done with it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen

from radarr_adapters.bootstrap import build_pipeline, load_configuration, read_movies, read_policy, read_secrets
from radarr_adapters.chosen_rules import read_rules
from radarr_core.domain.decisions import Policy, RuleSet
from radarr_core.domain.movies import Movie
from radarr_core.errors import ConfigurationError
from radarr_core.pipeline import Pipeline
from radarr_core.plugins import Registry, build_registry
from radarr_core.ports.notifier import Notifier

from .text import current_veil, expand_user

VARIABLE = "RADARR_CORE_CONFIG"


@frozen(kw_only=True)
class Setup:
    """A configuration that was read, and the adapters there are for it."""

    path: Path
    table: Mapping[str, Any]
    registry: Registry

    def read_policy(self) -> Policy:
        """Profiles and settings to decide by."""
        with blaming(self.path):
            return read_policy(self.table)

    def read_rules(self) -> RuleSet:
        """The rules and criteria in force."""
        return read_rules(self.table, registry=self.registry)

    def read_movies(self, policy: Policy | None = None) -> tuple[Movie, ...]:
        """The films it lists; their profiles are looked up in its policy, where that was read before."""
        with blaming(self.path):
            return read_movies(self.table, policy)

    def build_pipeline(self, *notifiers: Notifier) -> Pipeline:
        """The pipeline it describes; those notifiers are told first."""
        with blaming(self.path):
            return build_pipeline(self.table, registry=self.registry, notifiers=notifiers)


@contextmanager
def blaming(path: Path | None) -> Iterator[None]:
    """Say in every complaint about a setting which file it stands in."""
    try:
        yield
    except ConfigurationError as error:
        if path is None or error.key is None or error.file is not None:
            raise
        raise type(error)(error.reason, adapter=error.adapter, key=error.key, file=str(path)) from error


def find_configuration(given: Path | None) -> Path | None:
    """The file to go by: the one given, the environment's, or the first that is there; None without any."""
    if given is not None:
        return given
    if named := os.environ.get(VARIABLE):
        return expand_user(named)
    return next((path for path in _usual_places() if path.is_file()), None)


def load_setup(given: Path | None, registry: Registry | None = None) -> Setup:
    """Read the configuration, and hide its keys from now on. What is registered is looked up unless it is handed in.

    Raises:
        ConfigurationError: there is none, or it cannot be read.
    """
    path = find_configuration(given)
    if path is None:
        places = " and ".join(repr(str(place)) for place in _usual_places())
        raise ConfigurationError(f"there is no configuration; looked for {places}; name one by --config or ${VARIABLE}")
    table, registry = load_configuration(path), registry or build_registry()
    current_veil.get().hide(read_secrets(table, registry=registry))
    return Setup(path=path, table=table, registry=registry)


def require_profile(policy: Policy, name: str, *, option: str = "--profile") -> str:
    """The name of a profile that is there.

    Raises:
        ConfigurationError: it is not; the message lists the names.
    """
    try:
        return policy.get_profile(name).name
    except ValueError as error:
        raise ConfigurationError(str(error), key=option) from error


def _usual_places() -> Sequence[Path]:
    return Path("radarr.toml"), expand_user("~/.config/radarr-core/radarr.toml")
