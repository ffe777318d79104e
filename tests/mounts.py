"""Small disks for a test, mounted below its folder and always unmounted again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


class Mounts:
    """Mounts what a test asks for; skips the test where mounting is not permitted.

    With `RADARR_REQUIRE_SERVERS=1` it fails instead, when it runs as root on Linux, so that nobody takes a skip for a
    pass.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mounted: list[Path] = []

    def tmpfs(self, name: str, *, size: str) -> Path:
        """A disk in memory of that size, such as `8m`."""
        return self._mount(name, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")

    def bind(self, name: str, folder: Path) -> Path:
        """The same folder under another name, as another mount."""
        return self._mount(name, "--bind", str(folder))

    def make_read_only(self, mounted: Path) -> None:
        """Let nothing be written to it from now on."""
        self._run("mount", "-o", "remount,ro", str(mounted))

    def close(self) -> None:
        """Unmount everything, the last one first."""
        while self._mounted:
            subprocess.run(["umount", "-l", str(self._mounted.pop())], check=True, timeout=30)

    def _mount(self, name: str, *arguments: str) -> Path:
        place = self._folder / f"mount-{name}"
        if place in self._mounted:
            return place
        place.mkdir()
        self._run("mount", *arguments, str(place))
        self._mounted.append(place)
        return place

    def _run(self, *command: str) -> None:
        if sys.platform != "linux":
            pytest.skip("mounts are made on Linux only")
        if os.geteuid() != 0:
            pytest.skip("mounting a disk needs root")
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        if done.returncode:
            reason = f"{' '.join(command)} is not permitted: {done.stderr.strip()}"
            if os.environ.get("RADARR_REQUIRE_SERVERS") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
