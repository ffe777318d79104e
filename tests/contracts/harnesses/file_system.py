"""File systems by name."""

from pathlib import Path

from radarr_adapters.file_systems.local.client import LocalFileSystem
from radarr_core.ports.file_system import FileSystem
from radarr_core.testing.contracts.file_system import FileSystemHarness
from radarr_core.testing.fakes.file_system import Device, InMemoryFileSystem
from tests.mounts import Mounts


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


class LocalHarness(FileSystemHarness):
    """Real disks: the one of the temporary folder, and small ones in memory that are mounted for a test."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.mounts = Mounts(folder)
        self.root.mkdir()

    @property
    def root(self) -> Path:
        """A folder of the temporary one."""
        return self.folder / "data"

    def create(self) -> FileSystem:
        """One that knows which library is not mounted."""
        return LocalFileSystem(roots=(self.folder / "gone",))

    def write(self, path: Path, content: bytes) -> Path:
        """Put a file there from outside."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def read(self, path: Path) -> bytes | None:
        """Look at a file from outside."""
        return path.read_bytes() if path.is_file() else None

    def list_paths(self, folder: Path) -> list[Path]:
        """Look at a folder from outside."""
        return sorted(path for path in folder.rglob("*") if not path.is_dir())

    def other_disk(self) -> Path:
        """A disk in memory."""
        return self.mounts.tmpfs("other", size="8m")

    def small_disk(self) -> Path:
        """A disk in memory that holds 400 KiB."""
        return self.mounts.tmpfs("small", size="400k")

    def read_only_disk(self, name: str, content: bytes) -> Path:
        """A disk in memory that was made read-only once the file lay on it."""
        disk = self.mounts.tmpfs("fixed", size="1m")
        (disk / name).write_bytes(content)
        self.mounts.make_read_only(disk)
        return disk

    def missing_disk(self) -> Path:
        """A root that is not there."""
        return self.folder / "gone"

    def close(self) -> None:
        """Unmount everything."""
        self.mounts.close()


HARNESSES: dict[str, type[FileSystemHarness]] = {"in-memory": InMemoryHarness, "local": LocalHarness}
