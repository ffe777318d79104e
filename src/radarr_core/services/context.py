"""What every use case is given: the ports, the library, and what people decided."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from attrs import Factory, field, frozen
from attrs.validators import ge, gt

from radarr_core.domain.decisions import DEFAULT_RULES, Policy, ReputationMode, RuleSet
from radarr_core.domain.downloads import Grab
from radarr_core.domain.identifiers import CorrelationId, MovieId
from radarr_core.domain.naming import DEFAULT_FILE_TEMPLATE, DEFAULT_FOLDER_TEMPLATE, NamingTemplate
from radarr_core.domain.plans import Governor, PlacementMode
from radarr_core.ports.clock import Clock
from radarr_core.ports.download_client import DownloadClient
from radarr_core.ports.file_system import FileSystem
from radarr_core.ports.group_reputation import GroupReputation
from radarr_core.ports.indexer import Indexer
from radarr_core.ports.media_probe import MediaProbe
from radarr_core.ports.notifier import Notifier
from radarr_core.ports.storage import Storage


@frozen(kw_only=True)
class Library:
    """Where films live and how they get there.

    Attributes:
        folder: the root folder; it must exist, so that a disk that is not mounted is never mistaken for an empty one.
        recycle_folder: where replaced files go, on the same file system; a hidden folder of the library by default.
        placement: hard link only, unless copying is asked for or allowed.
    """

    folder: Path
    folder_template: NamingTemplate = DEFAULT_FOLDER_TEMPLATE
    file_template: NamingTemplate = DEFAULT_FILE_TEMPLATE
    placement: PlacementMode = PlacementMode.HARD_LINK
    recycle_folder: Path = field()
    governor: Governor = field(factory=Governor)

    @recycle_folder.default
    def _hidden_folder(self) -> Path:
        return self.folder / ".recycle"


@frozen(kw_only=True)
class Timing:
    """Waits and deadlines in seconds.

    Attributes:
        search_deadline: how long one indexer may take over a search, retries included.
        poll_interval: between two looks at a running download.
        vanish_grace: how long a download may be missing from its client before it counts as gone.
        feed_interval: between two looks at the indexers' feeds.
        retry_interval: until an import that waits for a person is tried again.
        notify_attempts: how often a notifier is tried for one event.
        reputation_deadline: how long a search waits for the reputations of release groups; then it goes on without.
    """

    search_deadline: float = field(default=60.0, validator=gt(0))
    poll_interval: float = field(default=0.5, validator=gt(0))
    vanish_grace: float = field(default=60.0, validator=ge(0))
    feed_interval: float = field(default=900.0, validator=gt(0))
    retry_interval: float = field(default=300.0, validator=gt(0))
    notify_attempts: int = field(default=3, validator=ge(1))
    reputation_deadline: float = field(default=5.0, validator=gt(0))


@frozen(kw_only=True)
class Context:
    """The ports a pipeline was composed of, and what it goes by.

    Attributes:
        group_reputation: who knows the makers of releases; None where nobody is to be asked.
        began: when the program began: aware, UTC. What fails just after that may only not be up yet.
    """

    storage: Storage
    download_client: DownloadClient
    media_probe: MediaProbe
    file_system: FileSystem
    clock: Clock
    indexers: tuple[Indexer, ...]
    notifiers: tuple[Notifier, ...] = ()
    group_reputation: GroupReputation | None = None
    library: Library
    policy: Policy = field(factory=Policy)
    rules: RuleSet = DEFAULT_RULES
    timing: Timing = field(factory=Timing)
    began: datetime = Factory(lambda self: self.clock.now(), takes_self=True)

    @property
    def judges_groups(self) -> bool:
        """Whether the makers of releases are looked at; if not, nothing is kept about them and nobody is asked."""
        return self.group_reputation is not None and self.policy.reputation.mode is not ReputationMode.OFF


class EventFacts(TypedDict):
    """What every event about a grab holds."""

    at: datetime
    correlation_id: CorrelationId
    movie_id: MovieId


def facts_of(context: Context, grab: Grab) -> EventFacts:
    """When, which search, and which movie: the beginning of an event about a grab."""
    return {
        "at": context.clock.now(),
        "correlation_id": grab.correlation_id,
        "movie_id": grab.target.movie_id,
    }


def new_correlation_id() -> CorrelationId:
    """An id for everything one search leads to."""
    return CorrelationId(uuid.uuid4().hex[:16])
