"""Movie automation as a library: search, decide and say why, fetch, import, remember.

Everything in `__all__` is public and documented. Names resolve on first use (PEP 562), so importing this package
costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .domain.custom_formats import CustomFormat as CustomFormat
    from .domain.custom_formats import FormatSet as FormatSet
    from .domain.custom_formats.lint import lint_profile as lint_profile
    from .domain.decisions import DEFAULT_RULES as DEFAULT_RULES
    from .domain.decisions import Decision as Decision
    from .domain.decisions import DecisionSettings as DecisionSettings
    from .domain.decisions import DecisionTable as DecisionTable
    from .domain.decisions import DelayProfile as DelayProfile
    from .domain.decisions import Difference as Difference
    from .domain.decisions import Match as Match
    from .domain.decisions import MovieIndex as MovieIndex
    from .domain.decisions import Offer as Offer
    from .domain.decisions import Outcome as Outcome
    from .domain.decisions import PendingReason as PendingReason
    from .domain.decisions import PendingRelease as PendingRelease
    from .domain.decisions import Policy as Policy
    from .domain.decisions import PolicyComparison as PolicyComparison
    from .domain.decisions import Propers as Propers
    from .domain.decisions import Rank as Rank
    from .domain.decisions import ReleaseProfile as ReleaseProfile
    from .domain.decisions import ReputationMode as ReputationMode
    from .domain.decisions import ReputationSettings as ReputationSettings
    from .domain.decisions import RuleSet as RuleSet
    from .domain.decisions import RunKind as RunKind
    from .domain.decisions import Situation as Situation
    from .domain.decisions import Verdict as Verdict
    from .domain.decisions import compare_policies as compare_policies
    from .domain.decisions import decide as decide
    from .domain.decisions import profile_from_data as profile_from_data
    from .domain.decisions import read_offer as read_offer
    from .domain.decisions.ranking import Criterion as Criterion
    from .domain.decisions.rules.base import Case as Case
    from .domain.decisions.rules.base import Rule as Rule
    from .domain.downloads import DownloadItem as DownloadItem
    from .domain.downloads import DownloadStatus as DownloadStatus
    from .domain.downloads import Grab as Grab
    from .domain.downloads import GrabState as GrabState
    from .domain.identifiers import ImdbId as ImdbId
    from .domain.identifiers import InfoHash as InfoHash
    from .domain.identifiers import TmdbId as TmdbId
    from .domain.languages import Language as Language
    from .domain.movies import Movie as Movie
    from .domain.movies import MovieFile as MovieFile
    from .domain.movies import Slot as Slot
    from .domain.movies import SlotKey as SlotKey
    from .domain.naming import NamingTemplate as NamingTemplate
    from .domain.naming import build_file_name as build_file_name
    from .domain.naming import build_folder_name as build_folder_name
    from .domain.parsing import parse_release as parse_release
    from .domain.parsing import parse_release_path as parse_release_path
    from .domain.parsing import read_name as read_name
    from .domain.plans import Governor as Governor
    from .domain.plans import PlacementMode as PlacementMode
    from .domain.plans import Plan as Plan
    from .domain.quality import Quality as Quality
    from .domain.quality import QualityProfile as QualityProfile
    from .domain.quality import Revision as Revision
    from .domain.quality import build_profile as build_profile
    from .domain.releases import DownloadProtocol as DownloadProtocol
    from .domain.releases import IndexerFlag as IndexerFlag
    from .domain.releases import IndexerKind as IndexerKind
    from .domain.releases import MediaInfo as MediaInfo
    from .domain.releases import NameFacts as NameFacts
    from .domain.releases import NameKind as NameKind
    from .domain.releases import ParsedRelease as ParsedRelease
    from .domain.releases import Release as Release
    from .domain.scene_groups import Group as Group
    from .domain.scene_groups import GroupTable as GroupTable
    from .domain.scene_groups import Observation as Observation
    from .domain.scene_groups import ObservationSet as ObservationSet
    from .domain.scene_groups import SceneGroupReputation as SceneGroupReputation
    from .domain.scene_groups import Stratum as Stratum
    from .domain.scene_groups import UnknownReputation as UnknownReputation
    from .domain.scene_groups import fit_groups as fit_groups
    from .domain.scene_groups import observe_offer as observe_offer
    from .domain.titles import clean_title as clean_title
    from .errors import AskPersonError as AskPersonError
    from .errors import BugError as BugError
    from .errors import ConfigurationError as ConfigurationError
    from .errors import GiveUpError as GiveUpError
    from .errors import NotAMovieError as NotAMovieError
    from .errors import RadarrCoreError as RadarrCoreError
    from .errors import RetryLaterError as RetryLaterError
    from .errors import UnparsableReleaseError as UnparsableReleaseError
    from .pipeline import Acquisition as Acquisition
    from .pipeline import Pipeline as Pipeline
    from .plugins import Adapter as Adapter
    from .plugins import AdapterContext as AdapterContext
    from .plugins import Registry as Registry
    from .plugins import build_registry as build_registry
    from .plugins import hookimpl as hookimpl
    from .services.context import Library as Library
    from .services.context import Timing as Timing
    from .services.progress import Acquired as Acquired
    from .services.progress import AlreadyHeld as AlreadyHeld
    from .services.progress import Imported as Imported
    from .services.progress import ImportWaiting as ImportWaiting
    from .services.progress import NothingAcceptable as NothingAcceptable
    from .services.progress import Progress as Progress
    from .services.progress import ServiceFailed as ServiceFailed
    from .settings import Secret as Secret

_ROOMS = {
    ".domain.custom_formats": (
        "CustomFormat",
        "FormatSet",
    ),
    ".domain.custom_formats.lint": ("lint_profile",),
    ".domain.decisions": (
        "DEFAULT_RULES",
        "Decision",
        "DecisionSettings",
        "DecisionTable",
        "DelayProfile",
        "Difference",
        "Match",
        "MovieIndex",
        "Offer",
        "Outcome",
        "PendingReason",
        "PendingRelease",
        "Policy",
        "PolicyComparison",
        "Propers",
        "Rank",
        "ReleaseProfile",
        "ReputationMode",
        "ReputationSettings",
        "RuleSet",
        "RunKind",
        "Situation",
        "Verdict",
        "compare_policies",
        "decide",
        "profile_from_data",
        "read_offer",
    ),
    ".domain.decisions.ranking": ("Criterion",),
    ".domain.decisions.rules.base": (
        "Case",
        "Rule",
    ),
    ".domain.downloads": (
        "DownloadItem",
        "DownloadStatus",
        "Grab",
        "GrabState",
    ),
    ".domain.identifiers": (
        "ImdbId",
        "InfoHash",
        "TmdbId",
    ),
    ".domain.languages": ("Language",),
    ".domain.movies": (
        "Movie",
        "MovieFile",
        "Slot",
        "SlotKey",
    ),
    ".domain.naming": (
        "NamingTemplate",
        "build_file_name",
        "build_folder_name",
    ),
    ".domain.parsing": (
        "parse_release",
        "parse_release_path",
        "read_name",
    ),
    ".domain.plans": (
        "Governor",
        "PlacementMode",
        "Plan",
    ),
    ".domain.quality": (
        "Quality",
        "QualityProfile",
        "Revision",
        "build_profile",
    ),
    ".domain.releases": (
        "DownloadProtocol",
        "IndexerFlag",
        "IndexerKind",
        "MediaInfo",
        "NameFacts",
        "NameKind",
        "ParsedRelease",
        "Release",
    ),
    ".domain.scene_groups": (
        "Group",
        "GroupTable",
        "Observation",
        "ObservationSet",
        "SceneGroupReputation",
        "Stratum",
        "UnknownReputation",
        "fit_groups",
        "observe_offer",
    ),
    ".domain.titles": ("clean_title",),
    ".errors": (
        "AskPersonError",
        "BugError",
        "ConfigurationError",
        "GiveUpError",
        "NotAMovieError",
        "RadarrCoreError",
        "RetryLaterError",
        "UnparsableReleaseError",
    ),
    ".pipeline": (
        "Acquisition",
        "Pipeline",
    ),
    ".plugins": (
        "Adapter",
        "AdapterContext",
        "Registry",
        "build_registry",
        "hookimpl",
    ),
    ".services.context": (
        "Library",
        "Timing",
    ),
    ".services.progress": (
        "Acquired",
        "AlreadyHeld",
        "ImportWaiting",
        "Imported",
        "NothingAcceptable",
        "Progress",
        "ServiceFailed",
    ),
    ".settings": ("Secret",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [  # noqa: RUF022 - plain order, as sorted() gives it
    "Acquired",
    "Acquisition",
    "Adapter",
    "AdapterContext",
    "AlreadyHeld",
    "AskPersonError",
    "BugError",
    "Case",
    "ConfigurationError",
    "Criterion",
    "CustomFormat",
    "DEFAULT_RULES",
    "Decision",
    "DecisionSettings",
    "DecisionTable",
    "DelayProfile",
    "Difference",
    "DownloadItem",
    "DownloadProtocol",
    "DownloadStatus",
    "FormatSet",
    "GiveUpError",
    "Governor",
    "Grab",
    "GrabState",
    "Group",
    "GroupTable",
    "ImdbId",
    "ImportWaiting",
    "Imported",
    "IndexerFlag",
    "IndexerKind",
    "InfoHash",
    "Language",
    "Library",
    "Match",
    "MediaInfo",
    "Movie",
    "MovieFile",
    "MovieIndex",
    "NameFacts",
    "NameKind",
    "NamingTemplate",
    "NotAMovieError",
    "NothingAcceptable",
    "Observation",
    "ObservationSet",
    "Offer",
    "Outcome",
    "ParsedRelease",
    "PendingReason",
    "PendingRelease",
    "Pipeline",
    "PlacementMode",
    "Plan",
    "Policy",
    "PolicyComparison",
    "Progress",
    "Propers",
    "Quality",
    "QualityProfile",
    "RadarrCoreError",
    "Rank",
    "Registry",
    "Release",
    "ReleaseProfile",
    "ReputationMode",
    "ReputationSettings",
    "RetryLaterError",
    "Revision",
    "Rule",
    "RuleSet",
    "RunKind",
    "SceneGroupReputation",
    "Secret",
    "ServiceFailed",
    "Situation",
    "Slot",
    "SlotKey",
    "Stratum",
    "Timing",
    "TmdbId",
    "UnknownReputation",
    "UnparsableReleaseError",
    "Verdict",
    "build_file_name",
    "build_folder_name",
    "build_profile",
    "build_registry",
    "clean_title",
    "compare_policies",
    "decide",
    "fit_groups",
    "hookimpl",
    "lint_profile",
    "observe_offer",
    "parse_release",
    "parse_release_path",
    "profile_from_data",
    "read_name",
    "read_offer",
]


def __getattr__(name: str) -> Any:
    try:
        room = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(room, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
