"""File systems by name."""

from pathlib import Path

from radarr_core.ports.file_system import FileSystem
from radarr_core.testing.contracts.file_system import FileSystemHarness
from radarr_core.testing.fakes.file_system import Device, InMemoryFileSystem


class InMemoryHarness(FileSystemHarness):
    """Disks in memory."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        mounts = {
            "/": Device(),
            "/other": Device(),
            "/small": Device(capacity=400_000),
            "/fixed": Device(),
            "/gone": Device(mounted=False),
        }
        self.system = InMemoryFileSystem({Path(mount): device for mount, device in mounts.items()})

    @property
    def root(self) -> Path:
        """A folder on the endless disk."""
        return Path("/data")

    def create(self) -> FileSystem:
        """The one with all the disks."""
        return self.system

    def write(self, path: Path, content: bytes) -> Path:
        """Put a file there from outside."""
        return self.system.write(path, content)

    def read(self, path: Path) -> bytes | None:
        """Look at a file from outside."""
        return self.system.read(path)

    def list_paths(self, folder: Path) -> list[Path]:
        """Look at a folder from outside."""
        return [path for path in self.system.list_paths() if folder in path.parents]

    def other_disk(self) -> Path:
        """A second endless disk."""
        return Path("/other")

    def small_disk(self) -> Path:
        """A disk of 400,000 bytes."""
        return Path("/small")

    def read_only_disk(self, name: str, content: bytes) -> Path:
        """A disk that was made read-only once the file lay on it."""
        self.system.write(Path("/fixed") / name, content)
        self.system.devices[Path("/fixed")].read_only = True
        return Path("/fixed")

    def missing_disk(self) -> Path:
        """A disk that is not mounted."""
        return Path("/gone")


HARNESSES: dict[str, type[FileSystemHarness]] = {"in-memory": InMemoryHarness}
