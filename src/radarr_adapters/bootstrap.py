"""Configuration to pipeline: every adapter is found by name in the registry, and none is named here.

A configuration is a table as TOML gives it; see the how-to page "Configure". Each mistake is one
`ConfigurationError` that names the key and the accepted form.
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import attrs
from attrs import define, field, frozen

from radarr_adapters.chosen_movies import list_movie_readings
from radarr_adapters.chosen_movies import read_movies as read_movies
from radarr_adapters.chosen_reputation import SECTION as REPUTATION
from radarr_adapters.chosen_reputation import find_doubts, read_reputation
from radarr_adapters.chosen_rules import read_rules
from radarr_adapters.policy_files import list_readings
from radarr_adapters.policy_files import read_policy as read_policy
from radarr_adapters.policy_files.policy import POLICY_SECTIONS
from radarr_adapters.policy_files.tables import Table, read_table, refuse_what_is_no_table
from radarr_core.domain.custom_formats import FormatSet
from radarr_core.domain.naming import DEFAULT_FILE_TEMPLATE, DEFAULT_FOLDER_TEMPLATE, NamingTemplate, TemplateKind
from radarr_core.domain.plans import Governor, PlacementMode
from radarr_core.errors import AskPersonError, BugError, ConfigurationError
from radarr_core.pipeline import Pipeline
from radarr_core.plugins import AdapterContext, PortKind, Registry, build_registry
from radarr_core.ports.clock import Clock
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.ports.notifier import Notifier
from radarr_core.ports.storage import Storage
from radarr_core.services.context import Library, Timing
from radarr_core.services.examine import Parts
from radarr_core.settings import Secret, read_settings

_log = logging.getLogger(__name__)
T = TypeVar("T")

_SECTIONS = (
    "library", "storage", "download_client", "media_probe", "file_system", "clock", "indexers", "notifiers",
    *POLICY_SECTIONS, "rules", REPUTATION, "timing", "movies",
)  # fmt: skip
_SINGLE = {
    "storage": PortKind.STORAGE, "download_client": PortKind.DOWNLOAD_CLIENT, "media_probe": PortKind.MEDIA_PROBE,
    "file_system": PortKind.FILE_SYSTEM,
}  # fmt: skip
_MANY = {"indexers": PortKind.INDEXER, "notifiers": PortKind.NOTIFIER}


@frozen(kw_only=True)
class _LibrarySettings:
    folder: Path
    recycle_folder: Path | None = None
    placement: PlacementMode = PlacementMode.HARD_LINK
    file_name: str = DEFAULT_FILE_TEMPLATE.pattern
    folder_name: str = DEFAULT_FOLDER_TEMPLATE.pattern
    max_removals: int = 20


_LARGEST = 4_000_000
"""Bytes; no configuration is as large."""
_TEN_YEARS = 10 * 365.25 * 86400
"""Seconds; nobody means to wait longer, and clocks need not be able to."""


def load_configuration(path: str | Path) -> Table:
    """Read a TOML file.

    Raises:
        ConfigurationError: it is not there, cannot be read, or is no TOML; the message says where.
    """
    text = _read_text(path)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigurationError(f"the configuration file {str(path)!r} is nested too deeply") from error
    except ValueError as error:  # beside what is no TOML: a number of thousands of digits, a day that never was
        raise ConfigurationError(f"the configuration file {str(path)!r} is no TOML: {error}") from error


def _read_text(path: str | Path) -> str:
    try:
        return _read_bytes(Path(path)).decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        raise ConfigurationError(f"there is no configuration file {str(path)!r}") from None
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the configuration file {str(path)!r} cannot be read: {error}") from error


def _read_bytes(path: Path) -> bytes:
    """All of a file that may be a pipe, or a device that never ends."""
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST} bytes, as no configuration is")
    return content


def build_pipeline(
    configuration: Table,
    *,
    registry: Registry | None = None,
    environ: Mapping[str, str] | None = None,
    notifiers: Sequence[Notifier] = (),
) -> Pipeline:
    """A pipeline of the adapters a configuration names. No connection is made yet.

    Args:
        configuration: tables `library`, `storage`, `download_client`, `indexers.NAME` and, where wanted,
            `notifiers.NAME`, `media_probe`, `file_system`, `clock`, `rules`,
            `group_reputation`, `timing`, and those of a policy:
            `profiles.NAME`, `formats`, `quality_sizes`, `delay_profiles`, `release_profiles`, `decisions`.
        registry: the adapters to choose from; those of all installed plugins by default.
        environ: where secrets given as ``{env = "NAME"}`` are looked up; the process's environment by default.
        notifiers: told before those of the configuration.

    Raises:
        ConfigurationError: a key is unknown, missing or of the wrong form, or an adapter is unknown.
        MissingExtraError: an adapter's dependency is not installed.
    """
    return _make_builder(configuration, registry, environ).build(notifiers)


def find_mistakes(
    configuration: Table, *, registry: Registry | None = None, environ: Mapping[str, str] | None = None
) -> tuple[AskPersonError, ...]:
    """Everything that keeps `build_pipeline` and `read_movies` from working, where they stop at the first."""
    return build_parts(configuration, registry=registry, environ=environ)[1]


def build_parts(
    configuration: Table, *, registry: Registry | None = None, environ: Mapping[str, str] | None = None
) -> tuple[Parts, tuple[AskPersonError, ...]]:
    """Whatever can be built of a pipeline, each adapter alone, and everything that keeps the rest from it."""
    try:
        builder = _make_builder(configuration, registry, environ)
    except ConfigurationError as error:
        return Parts(), (error,)
    parts = builder.build_parts()
    return parts, tuple(builder.mistakes.values())


def read_secrets(
    configuration: Table, *, registry: Registry | None = None, environ: Mapping[str, str] | None = None
) -> tuple[Secret, ...]:
    """Every password and key of a configuration, so that they can be kept out of what people come to read.

    Never raises: parts of the configuration that are wrong are left out.
    """
    if not isinstance(configuration, Mapping):
        return ()
    return tuple(_make_builder(configuration, registry, environ).list_secrets())


def _make_builder(configuration: Table, registry: Registry | None, environ: Mapping[str, str] | None) -> _Builder:
    refuse_what_is_no_table(configuration)
    return _Builder(configuration, registry or build_registry(), os.environ if environ is None else environ)


class NoClock(Clock):
    """What an adapter is given where there is no clock (yet) that it could need."""

    def now(self) -> datetime:
        """Nobody knows."""
        raise BugError("an adapter asked for the time where there is no clock")

    async def sleep(self, seconds: float) -> None:
        """Nobody could say when it is over."""
        raise BugError("an adapter asked for the time where there is no clock")


@define
class _Builder:
    """Builds one pipeline; the clock comes first, since every other adapter is given it."""

    configuration: Table
    registry: Registry
    environ: Mapping[str, str]
    clock: Clock = field(factory=lambda: NoClock())
    storage: Storage | None = None
    mistakes: dict[str, AskPersonError] = field(factory=dict)  # by message: two parts may stumble over one profile

    def build(self, notifiers: Sequence[Notifier]) -> Pipeline:
        self._check_sections()
        library, policy, timing = self._read_library(), read_policy(self.configuration), self._read_timing()
        rules = read_rules(self.configuration, registry=self.registry)
        self.clock = self._create_clock()
        single = {section: self._create_single(section, kind) for section, kind in _SINGLE.items()}
        self.storage = single["storage"]
        for doubt in find_doubts(policy, tuple(policy.formats) if isinstance(policy.formats, FormatSet) else ()):
            _log.warning("%s", doubt)
        return Pipeline(
            library=library,
            policy=policy,
            rules=rules,
            timing=timing,
            clock=self.clock,
            **single,
            group_reputation=self._create_reputation(),
            indexers=self._create_many("indexers"),
            notifiers=(*notifiers, *self._create_many("notifiers")),
        )

    def build_parts(self) -> Parts:
        """What `build` does, in parts that can each fail alone; the failures are added to `mistakes`."""
        self._attempt(self._check_sections)
        library = self._attempt(self._read_library)
        for read in list_readings(self.configuration):
            self._attempt(read)
        self._attempt(partial(read_rules, self.configuration, registry=self.registry))
        self._attempt(self._read_timing)
        for read in list_movie_readings(self.configuration):
            self._attempt(read)
        self.clock = self._attempt(self._create_clock) or self.clock
        parts: dict[str, Any]
        parts = {name: self._attempt(partial(self._create_single, name, kind)) for name, kind in _SINGLE.items()}
        parts |= {section: self._attempt_many(section) for section in _MANY}
        self.storage = parts["storage"]
        if self.storage is not None:  # what is wrong with it is told already
            self._attempt(self._create_reputation)
        lacks_indexers = len(parts["indexers"]) < len(self._list_names("indexers"))
        return Parts(library=library, lacks_indexers=lacks_indexers, **parts)

    def _attempt_many(self, section: str) -> tuple[Any, ...]:
        self._attempt(partial(read_table, self.configuration, section))
        names = self._list_names(section)
        built = [self._attempt(partial(self._create_one_of, section, _MANY[section], name)) for name in names]
        return tuple(adapter for adapter in built if adapter is not None)

    def _attempt(self, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except AskPersonError as error:
            self.mistakes.setdefault(str(error), error)
        return None

    def list_secrets(self) -> Iterator[Secret]:
        """The secrets of every adapter's settings that can be read."""
        tables: list[tuple[str, PortKind, tuple[str, ...]]]
        tables = [(section, kind, (section,)) for section, kind in (*_SINGLE.items(), ("clock", PortKind.CLOCK))]
        tables += [(f"{s}.{name}", kind, (s, name)) for s, kind in _MANY.items() for name in self._list_names(s)]
        found: list[tuple[str, PortKind, Callable[[], Table]]]
        found = [(where, kind, partial(self._find_table, *place)) for where, kind, place in tables]
        found.append((REPUTATION, PortKind.GROUP_REPUTATION, lambda: read_reputation(self.configuration)[1] or {}))
        for where, kind, find in found:
            with suppress(Exception):  # whatever is wrong with it is said when it is built
                yield from self._list_secrets_of(kind, find(), where)

    def _list_secrets_of(self, kind: PortKind, table: Table, where: str) -> Iterator[Secret]:
        """Those of one adapter, and of those whose tables stand in its own."""
        adapter, settings = self._choose(kind, table, where)
        registered = self.registry.get_adapter(kind, adapter)
        typed = read_settings(registered.adapter.settings, settings, where=where, environ=self.environ)
        for value in attrs.asdict(typed, recurse=False).values():
            if isinstance(value, Secret):
                yield value
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, Mapping):
                    with suppress(Exception):
                        yield from self._list_secrets_of(kind, inner, where)

    def _check_sections(self) -> None:
        for key in self.configuration:
            if key not in _SECTIONS:
                raise ConfigurationError(f"there is no such section; known are {', '.join(_SECTIONS)}", key=key)

    def _read_timing(self) -> Timing:
        timing = read_settings(Timing, read_table(self.configuration, "timing"), where="timing", environ={})
        for name, value in attrs.asdict(timing).items():
            if isinstance(value, float) and value > _TEN_YEARS:
                raise ConfigurationError(f"expected at most ten years in seconds, not {value!r}", key=f"timing.{name}")
        return timing

    def _read_library(self) -> Library:
        if "library" not in self.configuration:
            raise ConfigurationError('is missing; expected a table with folder = "/path/to/movies"', key="library")
        settings = read_settings(
            _LibrarySettings, read_table(self.configuration, "library"), where="library", environ={}
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

    def _create_reputation(self) -> GroupReputation | None:
        """Who knows the makers of releases; None where nobody is to be asked."""
        _, table = read_reputation(self.configuration)
        if table is None:
            return None
        return self._create_source(REPUTATION, table)

    def _create_source(self, where: str, table: Table, place: str = "") -> GroupReputation:
        """A source of reputations from its table, which may stand at a place of another source's."""
        path = f"{where}.{place}" if place else where
        name = str(table.get("adapter", REPUTATION))
        source: GroupReputation = self._create(PortKind.GROUP_REPUTATION, table, path, default_name=name)
        return source

    def _create_clock(self) -> Clock:
        clock: Clock = self._create_single("clock", PortKind.CLOCK)
        return clock

    def _create_single(self, section: str, kind: PortKind) -> Any:
        table = self._find_table(section)
        return self._create(kind, table, section, default_name=str(table.get("adapter", section)))

    def _create_many(self, section: str) -> tuple[Any, ...]:
        tables = read_table(self.configuration, section)
        return tuple(self._create_one_of(section, _MANY[section], name) for name in tables)

    def _create_one_of(self, section: str, kind: PortKind, name: str) -> Any:
        return self._create(kind, self._find_table(section, name), f"{section}.{name}", default_name=name)

    def _find_table(self, section: str, name: str | None = None) -> Table:
        table = read_table(self.configuration, section)
        return table if name is None else read_table(table, name, f"{section}.{name}")

    def _list_names(self, section: str) -> tuple[str, ...]:
        tables = self.configuration.get(section, {})
        return tuple(tables) if isinstance(tables, Mapping) else ()

    def _create(self, kind: PortKind, table: Table, where: str, *, default_name: str) -> Any:
        adapter, settings = self._choose(kind, table, where)
        context = AdapterContext(
            name=default_name,
            clock=self.clock,
            storage=self.storage,
            create_group_reputation=partial(self._create_source, where),
        )
        return self.registry.create(kind, adapter, settings, context, where=where, environ=self.environ)

    def _choose(self, kind: PortKind, table: Table, where: str) -> tuple[str, Table]:
        """The name of the adapter a table is for, and the settings it is given."""
        adapter = table.get("adapter")
        if adapter is None:
            adapter = self._choose_only(kind, where)
        if not isinstance(adapter, str):
            raise ConfigurationError(f"expected the name of an adapter, not {adapter!r}", key=f"{where}.adapter")
        return adapter, {key: value for key, value in table.items() if key != "adapter"}

    def _choose_only(self, kind: PortKind, where: str) -> str:
        """The adapter of a port that has just one, or just one built in; otherwise a person has to choose."""
        known = self.registry.list_adapters(kind)
        built_in = [adapter for adapter in known if adapter.is_built_in]
        for choice in (known, built_in):  # a plugin that is installed beside changes nothing for who does not name it
            if len(choice) == 1:
                return choice[0].name
        names = ", ".join(self.registry.list_names(kind)) or "none, a plugin is missing"
        raise ConfigurationError(f"is missing; expected one of {names}", key=f"{where}.adapter")


def _read_template(pattern: str, kind: TemplateKind, key: str) -> NamingTemplate:
    try:
        template = NamingTemplate(pattern, kind=kind)
    except ValueError as error:
        raise ConfigurationError(str(error), key=key) from error
    if template.unknown_tokens:
        unknown = ", ".join(f"{{{name}}}" for name in template.unknown_tokens)
        raise ConfigurationError(f"there is no such token: {unknown}, in {pattern!r}", key=key)
    return template
