"""The adapter `mediainfo` of the port MediaProbe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.media_probe import MediaProbe


@frozen(kw_only=True)
class MediaInfoSettings:
    """How long a file may take.

    Attributes:
        deadline_seconds: for one file, waiting for its turn included.
    """

    deadline_seconds: float = 60.0

    def __attrs_post_init__(self) -> None:
        """Refuse a deadline nobody could meet."""
        if not 0 < self.deadline_seconds < float("inf"):
            raise ValueError(f"deadline_seconds is a number above 0, not {self.deadline_seconds!r}")


class MediaInfoAdapter(Adapter[MediaInfoSettings, MediaProbe]):
    """Looks into files with libmediainfo."""

    name = "mediainfo"
    settings = MediaInfoSettings
    extra = "mediainfo"
    summary = "libmediainfo, which comes with the pymediainfo wheel"

    @classmethod
    def create(cls, settings: MediaInfoSettings, context: AdapterContext) -> MediaProbe:
        """Build the probe; the library is loaded when the first file is looked at."""
        from .client import MediaInfoProbe

        return MediaInfoProbe(name=context.name, deadline_seconds=settings.deadline_seconds)


@hookimpl
def radarr_register_media_probes() -> Iterable[type[Adapter[Any, MediaProbe]]]:
    """The probe by libmediainfo."""
    return [MediaInfoAdapter]
