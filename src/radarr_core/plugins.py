"""How adapters and rules come in: hooks, discovery by entry points, and a registry by name.

A plugin is a module (or any object) with functions marked `hookimpl`; each returns adapter classes, or rules or
criteria. Built-in adapters come in by the same hooks as a stranger's.
"""

from __future__ import annotations

import difflib
import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, get_type_hints

import attrs
import pluggy
from attrs import Factory, frozen

from .errors import (
    AskPersonError,
    ConfigurationError,
    MissingExtraError,
    PluginError,
    RadarrCoreError,
    UnknownAdapterError,
)
from .ports.clock import Clock
from .ports.download_client import DownloadClient
from .ports.file_system import FileSystem
from .ports.group_reputation import GroupReputation
from .ports.indexer import Indexer
from .ports.media_probe import MediaProbe
from .ports.notifier import Notifier
from .ports.release_parser import ReleaseParser
from .ports.storage import Storage
from .rule_plugins import RegisteredRule, RuleKind, check_rule, put_in_force
from .settings import read_settings, show_value

if TYPE_CHECKING:
    from .domain.decisions.ranking import Criterion
    from .domain.decisions.rules.base import Rule
    from .domain.decisions.rulesets import RuleSet

PROJECT = "radarr_core"
ENTRY_POINT_GROUP = "radarr_core.plugins"
"""The entry points of a distribution that name plugins."""
DISTRIBUTION = "radarr-core"
"""The distribution whose adapters are the built-in ones."""
_HOOK_PREFIX = "radarr_register_"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function as an implementation of one of the hooks in `AdapterHooks` and `RuleHooks`."""

S = TypeVar("S")
P_co = TypeVar("P_co", covariant=True)
P = TypeVar("P")


class PortKind(StrEnum):
    """The roles an adapter can play."""

    INDEXER = "indexer"
    DOWNLOAD_CLIENT = "download_client"
    STORAGE = "storage"
    NOTIFIER = "notifier"
    MEDIA_PROBE = "media_probe"
    FILE_SYSTEM = "file_system"
    CLOCK = "clock"
    RELEASE_PARSER = "release_parser"
    GROUP_REPUTATION = "group_reputation"


def _no_other_parsers(name: str) -> ReleaseParser:
    raise UnknownAdapterError(f"no release_parser can be had here, {name!r} neither")


def _no_other_reputations(table: Mapping[str, Any], place: str) -> GroupReputation:
    raise UnknownAdapterError("no other source of reputations can be had here", key=place)


@frozen(kw_only=True)
class AdapterContext:
    """What an adapter is given beside its settings.

    Attributes:
        name: its configured name.
        clock: the clock to go by.
        create_parser: builds another release parser by name, for those that combine several.
        storage: the pipeline's own, for those that answer from what it remembers; the pipeline opens and closes it.
            None where there is none (yet).
        create_group_reputation: builds another source of reputations from its table of configuration, which stands at
            that place of the adapter's own; for those that combine several.
    """

    name: str
    clock: Clock
    create_parser: Callable[[str], ReleaseParser] = _no_other_parsers
    storage: Storage | None = None
    create_group_reputation: Callable[[Mapping[str, Any], str], GroupReputation] = _no_other_reputations


class Adapter(ABC, Generic[S, P_co]):
    """An adapter as a plugin offers it: its name, its settings class, and how it is built.

    The class is imported without the adapter's optional dependencies; `create` imports them.

    Attributes:
        name: what configurations call it, unique among adapters of its port.
        settings: an attrs class; see `radarr_core.settings`.
        extra: the extra of this distribution, or the requirement, that brings its dependencies; None for none.
        summary: one line about what it reaches.
    """

    name: ClassVar[str]
    settings: ClassVar[type[Any]]
    extra: ClassVar[str | None] = None
    summary: ClassVar[str] = ""

    @classmethod
    @abstractmethod
    def create(cls, settings: S, context: AdapterContext) -> P_co:
        """Build the adapter; no connection is made yet.

        Raises:
            ConfigurationError: the settings contradict each other.
        """


class AdapterHooks:
    """The hooks a plugin may implement: one a port, each returning adapter classes."""

    @hookspec
    def radarr_register_indexers(self) -> Iterable[type[Adapter[Any, Indexer]]]:
        """Adapters that offer releases."""
        raise NotImplementedError

    @hookspec
    def radarr_register_download_clients(self) -> Iterable[type[Adapter[Any, DownloadClient]]]:
        """Adapters that fetch releases."""
        raise NotImplementedError

    @hookspec
    def radarr_register_storages(self) -> Iterable[type[Adapter[Any, Storage]]]:
        """Adapters that remember."""
        raise NotImplementedError

    @hookspec
    def radarr_register_notifiers(self) -> Iterable[type[Adapter[Any, Notifier]]]:
        """Adapters that tell others."""
        raise NotImplementedError

    @hookspec
    def radarr_register_media_probes(self) -> Iterable[type[Adapter[Any, MediaProbe]]]:
        """Adapters that look into files."""
        raise NotImplementedError

    @hookspec
    def radarr_register_file_systems(self) -> Iterable[type[Adapter[Any, FileSystem]]]:
        """Adapters that reach disks."""
        raise NotImplementedError

    @hookspec
    def radarr_register_clocks(self) -> Iterable[type[Adapter[Any, Clock]]]:
        """Adapters that tell the time."""
        raise NotImplementedError

    @hookspec
    def radarr_register_release_parsers(self) -> Iterable[type[Adapter[Any, ReleaseParser]]]:
        """Adapters that read release names."""
        raise NotImplementedError

    @hookspec
    def radarr_register_group_reputations(self) -> Iterable[type[Adapter[Any, GroupReputation]]]:
        """Adapters that know the makers of releases."""
        raise NotImplementedError


class RuleHooks:
    """The hooks by which a plugin adds to the engine or replaces parts of it; nothing is in force until it is named."""

    @hookspec
    def radarr_register_rules(self) -> Iterable[Rule]:
        """Rules that judge offers."""
        raise NotImplementedError

    @hookspec
    def radarr_register_criteria(self) -> Iterable[Criterion]:
        """Criteria that rank offers."""
        raise NotImplementedError


RULE_HOOK_OF: Mapping[RuleKind, str] = {
    RuleKind.RULE: f"{_HOOK_PREFIX}rules",
    RuleKind.CRITERION: f"{_HOOK_PREFIX}criteria",
}
HOOK_OF: Mapping[PortKind, str] = {kind: f"{_HOOK_PREFIX}{kind}s" for kind in PortKind}
PORT_OF: Mapping[PortKind, type[Any]] = {
    PortKind.INDEXER: Indexer,
    PortKind.DOWNLOAD_CLIENT: DownloadClient,
    PortKind.STORAGE: Storage,
    PortKind.NOTIFIER: Notifier,
    PortKind.MEDIA_PROBE: MediaProbe,
    PortKind.FILE_SYSTEM: FileSystem,
    PortKind.CLOCK: Clock,
    PortKind.RELEASE_PARSER: ReleaseParser,
    PortKind.GROUP_REPUTATION: GroupReputation,
}
"""What an adapter of each kind has to be an instance of."""


@frozen(kw_only=True)
class RegisteredAdapter:
    """An adapter and the plugin it came from."""

    kind: PortKind
    adapter: type[Adapter[Any, Any]]
    origin: str

    @property
    def name(self) -> str:
        """What configurations call it."""
        return self.adapter.name

    @property
    def is_built_in(self) -> bool:
        """Whether it came with this library."""
        return self.origin.partition(":")[0] == DISTRIBUTION


@frozen(kw_only=True)
class PluginProblem:
    """A plugin that could not be used, and why; the others go on without it."""

    origin: str
    reason: str


@frozen(kw_only=True)
class Registry:
    """Every adapter, rule and criterion that is there, by name, and the plugins that had to be left out."""

    adapters: tuple[RegisteredAdapter, ...] = ()
    problems: tuple[PluginProblem, ...] = Factory(tuple)
    rules: tuple[RegisteredRule, ...] = ()

    def list_adapters(self, kind: PortKind) -> tuple[RegisteredAdapter, ...]:
        """The adapters of a port, by name."""
        return tuple(sorted((a for a in self.adapters if a.kind is kind), key=lambda a: a.name))

    def list_names(self, kind: PortKind) -> tuple[str, ...]:
        """The names of a port's adapters as messages show them, each once."""
        return tuple(dict.fromkeys(repr(adapter.name) for adapter in self.list_adapters(kind)))

    def get_adapter(self, kind: PortKind, name: str, *, where: str | None = None) -> RegisteredAdapter:
        """The adapter of that port and name.

        Raises:
            UnknownAdapterError: nobody registered it; the message lists the known ones and unusable plugins.
            PluginError: two plugins claim the name; both are named.
        """
        found = [a for a in self.list_adapters(kind) if a.name == name]
        if len(found) > 1:
            owners = " and ".join(a.origin for a in found)
            raise PluginError(f"two plugins register a {kind} called {name!r}: {owners}; remove one", key=where)
        if not found:
            known = ", ".join(self.list_names(kind)) or "none"
            raise UnknownAdapterError(f"no {kind} is called {name!r}; known are {known}{self._unusable}", key=where)
        return found[0]

    @property
    def _unusable(self) -> str:
        return "".join(f"; plugin {p.origin} was left out: {p.reason}" for p in self.problems)

    def build_rules(self, base: RuleSet | None = None, *, use: Iterable[str] = (), where: str = "use") -> RuleSet:
        """A rule set in which the plugins' rules and criteria of those names are in force.

        Args:
            base: the set to begin with; `DEFAULT_RULES` by default.
            use: names of registered rules and criteria. One of a name that is in the set takes that one's place;
                others come last.
            where: the dotted path of the list of names, for messages.

        Raises:
            ConfigurationError: nobody registers a name; the message lists the known ones and unusable plugins.
            PluginError: two plugins claim a name; both are named.
        """
        from .domain.decisions.rulesets import DEFAULT_RULES

        return put_in_force(base or DEFAULT_RULES, use, self.rules, where=where, unusable=self._unusable)

    def create(
        self,
        kind: PortKind,
        adapter: str,
        settings: Mapping[str, Any],
        context: AdapterContext,
        *,
        where: str,
        environ: Mapping[str, str],
    ) -> Any:
        """Build an adapter from its table of configuration.

        Raises:
            ConfigurationError: the adapter is unknown or a setting is wrong; the message names the key.
            MissingExtraError: its optional dependency is not installed.
            PluginError: the adapter raised something else, or built what does not fill the port.
        """
        registered = self.get_adapter(kind, adapter, where=f"{where}.adapter")
        try:
            typed = read_settings(registered.adapter.settings, settings, where=where, environ=environ)
            built = registered.adapter.create(typed, context)
        except ConfigurationError as error:
            if type(error) is not ConfigurationError or (error.key or "").startswith(where):
                raise
            # An adapter knows its own setting, but not where its table stands.
            key = f"{where}.{error.key}" if error.key else where
            raise ConfigurationError(error.reason, adapter=error.adapter, file=error.file, key=key) from error
        except AskPersonError:
            raise
        except ImportError as error:
            raise MissingExtraError(_explain_missing(registered, error), adapter=adapter) from error
        except (ValueError, TypeError) as error:
            raise ConfigurationError(str(error), adapter=adapter, key=where) from error
        except (Exception, SystemExit) as error:  # a stranger's adapter may raise anything
            raise PluginError(_explain_broken(registered, _describe(error)), adapter=adapter, key=where) from error
        if not isinstance(built, PORT_OF[kind]):
            fault = f"it is {type(built).__name__!r}, no {PORT_OF[kind].__name__}"
            raise PluginError(_explain_broken(registered, fault), adapter=adapter, key=where)
        return built


def _explain_broken(registered: RegisteredAdapter, fault: str) -> str:
    return f"plugin {registered.origin} could not build its {registered.kind} {registered.name!r}: {fault}"


def _explain_missing(registered: RegisteredAdapter, error: ImportError) -> str:
    extra = registered.adapter.extra
    remedy = (
        f"install it with: pip install 'radarr-core[{extra}]'" if extra else f"ask the makers of {registered.origin}"
    )
    return f"needs a package that is not installed ({error}); {remedy}"


def build_registry(plugins: Iterable[tuple[str, object]] | None = None) -> Registry:
    """A fresh registry of every plugin found by entry point, or of those handed in with their origins.

    A plugin that cannot be imported, has no hook or misspells one is left out and reported in `Registry.problems`; so
    is one with an adapter class without a name or settings that can be read, or a rule or criterion that is none. Two
    adapters of one port and name, and two rules of one name, stay listed, and asking for the name is an error that
    names both owners.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(AdapterHooks)
    manager.add_hookspecs(RuleHooks)
    problems: list[PluginProblem] = []
    adapters: list[RegisteredAdapter] = []
    rules: list[RegisteredRule] = []
    for origin, load in _candidates(plugins):
        try:
            plugin = load()
            _refuse_misspelt_hooks(manager, plugin, origin)
            manager.register(plugin, name=origin)
            manager.check_pending()
            brought = _read_adapters(manager, plugin, origin), _read_rules(manager, plugin, origin)
            adapters.extend(brought[0])
            rules.extend(brought[1])
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's module may raise anything while it is imported
            if manager.has_plugin(origin):
                manager.unregister(name=origin)
            problems.append(PluginProblem(origin=origin, reason=_describe(error)))
    return Registry(adapters=tuple(adapters), problems=tuple(problems), rules=tuple(rules))


def _describe(error: BaseException) -> str:
    return str(error) if isinstance(error, RadarrCoreError) else f"{type(error).__name__}: {error}"


def _candidates(plugins: Iterable[tuple[str, object]] | None) -> Iterable[tuple[str, Any]]:
    if plugins is not None:
        for origin, plugin in plugins:
            yield origin, lambda plugin=plugin: plugin
        return
    found = sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda entry: (_distribution(entry), entry.name))
    for entry in found:
        yield f"{_distribution(entry)}:{entry.name}", entry.load


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else "unknown"


def _refuse_misspelt_hooks(manager: pluggy.PluginManager, plugin: object, origin: str) -> None:
    """Pluggy never calls a misspelt hook, and says nothing; a person would look for it for hours."""
    known = set(_HOOKS)
    members = {name for name, member in inspect.getmembers(plugin, callable) if inspect.isroutine(member)}
    marked = {name for name in dir(plugin) if manager.parse_hookimpl_opts(plugin, name) is not None}
    for name in sorted((members | marked) - known):
        if name in marked or name.startswith(_HOOK_PREFIX) or _find_near(name, _NEARLY):
            near = _find_near(name)
            hint = f"; did you mean {near!r}?" if near else f"; the hooks are {', '.join(sorted(known))}"
            raise PluginError(f"plugin {origin} implements a hook {name!r} that does not exist{hint}")
    for name in sorted((members & known) - marked):
        raise PluginError(f"plugin {origin} defines {name!r}, but does not mark it with radarr_core.hookimpl")
    if not marked:
        raise PluginError(f"plugin {origin} implements no hook; the hooks are {', '.join(sorted(known))}")


_NEARLY = 0.9
"""How like a hook's name one must be to be taken for it, as `radar_register_clocks`; `register_clocks` is not."""


_HOOKS = sorted((*HOOK_OF.values(), *RULE_HOOK_OF.values()))


def _find_near(name: str, cutoff: float = 0.6) -> str | None:
    return next(iter(difflib.get_close_matches(name, _HOOKS, n=1, cutoff=cutoff)), None)


def _read_adapters(manager: pluggy.PluginManager, plugin: object, origin: str) -> list[RegisteredAdapter]:
    brought = ((kind, _call(manager, hook, plugin)) for kind, hook in HOOK_OF.items())
    return [_check(kind, adapter, origin) for kind, adapters in brought for adapter in adapters]


def _read_rules(manager: pluggy.PluginManager, plugin: object, origin: str) -> list[RegisteredRule]:
    brought = ((kind, _call(manager, hook, plugin)) for kind, hook in RULE_HOOK_OF.items())
    return [check_rule(kind, rule, origin) for kind, rules in brought for rule in rules]


def _call(manager: pluggy.PluginManager, hook: str, plugin: object) -> list[Any]:
    """What that plugin alone answers to a hook."""
    others = [other for other in manager.get_plugins() if other is not plugin]
    return [each for batch in manager.subset_hook_caller(hook, others)() for each in batch]


def _check(kind: PortKind, adapter: Any, origin: str) -> RegisteredAdapter:
    if not (isinstance(adapter, type) and issubclass(adapter, Adapter)):
        raise PluginError(f"plugin {origin} registers {adapter!r} as a {kind}; expected a subclass of Adapter")
    if inspect.isabstract(adapter):
        missing = ", ".join(sorted(cast("Any", adapter).__abstractmethods__))
        raise PluginError(f"plugin {origin}: {adapter.__name__} leaves out {missing}")
    for attribute in ("name", "settings"):
        if not getattr(adapter, attribute, None):
            raise PluginError(f"plugin {origin}: {adapter.__name__} has no {attribute!r}")
    texts: dict[str, Any]
    texts = {"name": adapter.name, "extra": adapter.extra or "none", "summary": adapter.summary or "-"}
    for attribute, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise PluginError(f"plugin {origin}: the {attribute} of {adapter.__name__} is {show_value(text)}, no text")
    _check_settings(adapter, origin)
    return RegisteredAdapter(kind=kind, adapter=adapter, origin=origin)


def _check_settings(adapter: type[Adapter[Any, Any]], origin: str) -> None:
    kind: Any = adapter.settings
    if not (isinstance(kind, type) and attrs.has(kind)):
        raise PluginError(f"plugin {origin}: the settings of {adapter.__name__} are {show_value(kind)}, no attrs class")
    try:
        get_type_hints(kind)
    except Exception as error:
        fault = f"the settings of {adapter.__name__} have types that cannot be told: {_describe(error)}"
        raise PluginError(f"plugin {origin}: {fault}") from error
