"""Configuration to pipeline: every adapter is found by name in the registry, and none is named here.

A configuration is a table as TOML gives it; see the how-to page "Configure". Each mistake is one
`ConfigurationError` that names the key and the accepted form.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from radarr_core.domain.decisions import DecisionSettings, Policy
from radarr_core.domain.identifiers import ImdbId, TmdbId
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.naming import DEFAULT_FILE_TEMPLATE, DEFAULT_FOLDER_TEMPLATE, NamingTemplate, TemplateKind
from radarr_core.domain.plans import Governor, PlacementMode
from radarr_core.domain.quality import BUILT_IN_PROFILES, QualityProfile, build_profile
from radarr_core.errors import BugError, ConfigurationError
from radarr_core.pipeline import Pipeline
from radarr_core.plugins import AdapterContext, PortKind, Registry, build_registry
from radarr_core.ports.clock import Clock
from radarr_core.services.context import Library, Timing
from radarr_core.settings import read_settings

Table = Mapping[str, Any]

_SECTIONS = (
    "library", "storage", "download_client", "media_probe", "file_system", "clock", "indexers", "notifiers",
    "profiles", "decisions", "timing", "movies",
)  # fmt: skip


@frozen(kw_only=True)
class _LibrarySettings:
    folder: Path
    recycle_folder: Path | None = None
    placement: PlacementMode = PlacementMode.HARD_LINK
    file_name: str = DEFAULT_FILE_TEMPLATE.pattern
    folder_name: str = DEFAULT_FOLDER_TEMPLATE.pattern
    max_removals: int = 20


@frozen(kw_only=True)
class _ProfileSettings:
    allowed: tuple[str, ...]
    cutoff: str
    upgrade_allowed: bool = False


@frozen(kw_only=True)
class _MovieSettings:
    title: str
    year: int
    imdb_id: str | None = None
    tmdb_id: int | None = None
    runtime_minutes: int | None = None
    profile: str = "HD-1080p"
    other_titles: tuple[str, ...] = ()


def load_configuration(path: Path) -> Table:
    """Read a TOML file.

    Raises:
        ConfigurationError: it is not there, cannot be read, or is no TOML; the message says where.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"there is no configuration file {str(path)!r}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"the configuration file {str(path)!r} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"the configuration file {str(path)!r} is no TOML: {error}") from error


def build_pipeline(
    configuration: Table, *, registry: Registry | None = None, environ: Mapping[str, str] | None = None
) -> Pipeline:
    """A pipeline of the adapters a configuration names. No connection is made yet.

    Args:
        configuration: tables `library`, `storage`, `download_client`, `indexers.NAME` and, where wanted,
            `notifiers.NAME`, `media_probe`, `file_system`, `clock`, `profiles.NAME`, `decisions`, `timing`.
        registry: the adapters to choose from; those of all installed plugins by default.
        environ: where secrets given as ``{env = "NAME"}`` are looked up; the process's environment by default.

    Raises:
        ConfigurationError: a key is unknown, missing or of the wrong form, or an adapter is unknown.
        MissingExtraError: an adapter's dependency is not installed.
    """
    builder = _Builder(configuration, registry or build_registry(), os.environ if environ is None else environ)
    return builder.build()


def read_movies(configuration: Table) -> tuple[Movie, ...]:
    """The films a configuration lists in ``[[movies]]``.

    Raises:
        ConfigurationError: an entry is not that of a film.
    """
    entries = configuration.get("movies", [])
    if not isinstance(entries, list):
        raise ConfigurationError("expected a list of tables, [[movies]]", key="movies")
    return tuple(_read_movie(entry, f"movies[{place}]") for place, entry in enumerate(entries))


def _read_movie(entry: Table, where: str) -> Movie:
    settings = read_settings(_MovieSettings, entry, where=where, environ={})
    try:
        return Movie(
            title=settings.title,
            year=settings.year,
            imdb_id=ImdbId(settings.imdb_id) if settings.imdb_id else None,
            tmdb_id=TmdbId(settings.tmdb_id) if settings.tmdb_id else None,
            runtime_minutes=settings.runtime_minutes,
            other_titles=settings.other_titles,
            slots=(Slot(profile=settings.profile),),
        )
    except ValueError as error:
        raise ConfigurationError(str(error), key=where) from error


def read_policy(configuration: Table) -> Policy:
    """The policy of a configuration: the built-in profiles, those of its own, and its decision settings.

    Raises:
        ConfigurationError: a profile contradicts itself, or a setting is of the wrong form.
    """
    profiles: dict[str, QualityProfile] = dict(BUILT_IN_PROFILES)
    for name, table in _read_table(configuration, "profiles").items():
        where = f"profiles.{name}"
        settings = read_settings(_ProfileSettings, table, where=where, environ={})
        try:
            profiles[name] = build_profile(
                name, allowed=settings.allowed, cutoff=settings.cutoff, upgrade_allowed=settings.upgrade_allowed
            )
        except ValueError as error:
            raise ConfigurationError(str(error), key=where) from error
    decisions = read_settings(DecisionSettings, _read_table(configuration, "decisions"), where="decisions", environ={})
    return Policy(profiles=profiles, settings=decisions)


def _read_table(configuration: Table, key: str) -> Table:
    table = configuration.get(key, {})
    if not isinstance(table, Mapping):
        raise ConfigurationError(f"expected a table, not {table!r}", key=key)
    return table


class _ClockToCome(Clock):
    """What the clock's own adapter is given for a clock: there is none yet."""

    def now(self) -> datetime:
        raise BugError("a clock's adapter asked for the clock it is")

    async def sleep(self, seconds: float) -> None:
        raise BugError("a clock's adapter asked for the clock it is")


@define
class _Builder:
    """Builds one pipeline; the clock comes first, since every other adapter is given it."""

    configuration: Table
    registry: Registry
    environ: Mapping[str, str]
    clock: Clock = field(factory=lambda: _ClockToCome())

    def build(self) -> Pipeline:
        for key in self.configuration:
            if key not in _SECTIONS:
                raise ConfigurationError(f"there is no such section; known are {', '.join(_SECTIONS)}", key=key)
        library = self._read_library()
        policy = read_policy(self.configuration)
        timing = read_settings(Timing, _read_table(self.configuration, "timing"), where="timing", environ={})
        self.clock = self._create_single("clock", PortKind.CLOCK)
        return Pipeline(
            library=library,
            policy=policy,
            timing=timing,
            clock=self.clock,
            storage=self._create_single("storage", PortKind.STORAGE),
            download_client=self._create_single("download_client", PortKind.DOWNLOAD_CLIENT),
            media_probe=self._create_single("media_probe", PortKind.MEDIA_PROBE),
            file_system=self._create_single("file_system", PortKind.FILE_SYSTEM),
            indexers=self._create_many("indexers", PortKind.INDEXER),
            notifiers=self._create_many("notifiers", PortKind.NOTIFIER),
        )

    def _read_library(self) -> Library:
        if "library" not in self.configuration:
            raise ConfigurationError('is missing; expected a table with folder = "/path/to/movies"', key="library")
        settings = read_settings(
            _LibrarySettings, _read_table(self.configuration, "library"), where="library", environ={}
        )
        folder = settings.folder
        return Library(
            folder=folder,
            recycle_folder=settings.recycle_folder or folder / ".recycle",
            placement=settings.placement,
            governor=Governor(max_removals=settings.max_removals),
            file_template=_read_template(settings.file_name, TemplateKind.FILE, "library.file_name"),
            folder_template=_read_template(settings.folder_name, TemplateKind.FOLDER, "library.folder_name"),
        )

    def _create_single(self, section: str, kind: PortKind) -> Any:
        table = _read_table(self.configuration, section)
        return self._create(kind, table, section, default_name=str(table.get("adapter", section)))

    def _create_many(self, section: str, kind: PortKind) -> tuple[Any, ...]:
        tables = _read_table(self.configuration, section)
        return tuple(
            self._create(kind, _read_table(tables, name), f"{section}.{name}", default_name=name) for name in tables
        )

    def _create(self, kind: PortKind, table: Table, where: str, *, default_name: str) -> Any:
        adapter = table.get("adapter")
        if adapter is None:
            adapter = self._choose_only(kind, where)
        if not isinstance(adapter, str):
            raise ConfigurationError(f"expected the name of an adapter, not {adapter!r}", key=f"{where}.adapter")
        settings = {key: value for key, value in table.items() if key != "adapter"}
        context = AdapterContext(name=default_name, clock=self.clock)
        return self.registry.create(kind, adapter, settings, context, where=where, environ=self.environ)

    def _choose_only(self, kind: PortKind, where: str) -> str:
        """The adapter of a port that has just one; otherwise a person has to choose."""
        known = self.registry.list_adapters(kind)
        if len(known) == 1:
            return known[0].name
        names = ", ".join(repr(adapter.name) for adapter in known) or "none, a plugin is missing"
        raise ConfigurationError(f"is missing; expected one of {names}", key=f"{where}.adapter")


def _read_template(pattern: str, kind: TemplateKind, key: str) -> NamingTemplate:
    try:
        return NamingTemplate(pattern, kind=kind)
    except ValueError as error:
        raise ConfigurationError(str(error), key=key) from error
