"""The adapter `local` of the port FileSystem."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.file_system import FileSystem


@frozen(kw_only=True)
class LocalSettings:
    """Where this machine's disks are.

    Attributes:
        roots: folders that are there whenever their disk is, such as the library's. Below a root that is missing
            nothing is made, so a library that is not mounted is an error and not a new folder on the system's disk.
    """

    roots: tuple[Path, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse what would mean another folder after a change of directory."""
        for root in self.roots:
            if not root.is_absolute():
                raise ValueError(f"a root is an absolute path, not {str(root)!r}")


class LocalAdapter(Adapter[LocalSettings, FileSystem]):
    """The disks of this machine."""

    name = "local"
    settings = LocalSettings
    summary = "the disks of this machine"

    @classmethod
    def create(cls, settings: LocalSettings, context: AdapterContext) -> FileSystem:
        """Build the file system; no disk is touched yet."""
        from .client import LocalFileSystem

        return LocalFileSystem(roots=settings.roots, name=context.name)


@hookimpl
def radarr_register_file_systems() -> Iterable[type[Adapter[Any, FileSystem]]]:
    """The disks of this machine."""
    return [LocalAdapter]
