"""Runs the code of README and documentation: each page is a test file, each block of it a test.

A block of Python is run, as a doctest where it starts with `>>>`; TOML and JSON are read. The blocks of a page share
one namespace and an empty working folder. A block that starts with a comment naming a file is that file: it is
written into the folder, where later blocks can import it, and a file of tests is run by pytest on its own.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

# A noisy machine is no defect: nothing is judged by the clock. Under CI, Hypothesis loads a profile of its own.
if settings.get_current_profile_name() != "ci":
    settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("here")

FILE_NAME = re.compile(r"# (?P<name>\w+\.(?:py|toml))\n")
NESTED_PYTEST_SECONDS = 120


class BlockParser(PythonCodeBlockParser):
    """Blocks of Python, those that are files included."""

    def __init__(self) -> None:
        super().__init__(doctest_optionflags=doctest.ELLIPSIS)
        self.codeblock_parser = CodeBlockParser("python", run_python)


def write_file(example: Example) -> Path | None:
    """Write a block that names its file; None for any other block."""
    found = FILE_NAME.match(example.parsed)
    if found is None:
        return None
    path = Path(found["name"])
    path.write_text(example.parsed, "utf-8")
    return path


def run_python(example: Example) -> None:
    """Run a block, or write it down and try it where it is a file."""
    path = write_file(example)
    if path is None:
        PythonEvaluator()(example)
    elif path.name.startswith("test_"):
        run_tests(path)


def run_tests(path: Path) -> None:
    """Run a page's file of tests as a reader would, by pytest in the page's folder."""
    here = os.pathsep.join((".", *(entry for entry in sys.path if entry)))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error"]
    # pytest-asyncio warns where this is not said; a page whose tests are not asynchronous need not know of it.
    command += ["-o", "asyncio_default_fixture_loop_scope=function", path.name]
    done = subprocess.run(  # noqa: S603 - our own page, by our own interpreter
        command,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": here},
        timeout=NESTED_PYTEST_SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def read_toml(example: Example) -> None:
    """Refuse a block that is no TOML."""
    tomllib.loads(example.parsed)
    write_file(example)


def read_json(example: Example) -> None:
    """Refuse a block that is no JSON."""
    json.loads(example.parsed)


def open_folder(namespace: dict[str, Any]) -> None:
    """Work in an empty folder from which modules can be imported."""
    folder = tempfile.TemporaryDirectory(prefix="radarr-core-docs-")
    namespace["__name__"] = "__page__"
    namespace["_page"] = folder, Path.cwd(), set(sys.modules)
    os.chdir(folder.name)
    sys.path.insert(0, folder.name)


def close_folder(namespace: dict[str, Any]) -> None:
    """Leave no trace of the page: neither its files nor the modules that were imported from them."""
    folder, before, modules = namespace["_page"]
    os.chdir(before)
    sys.path.remove(folder.name)
    for name in set(sys.modules) - modules:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(folder.name):
            del sys.modules[name]
    folder.cleanup()


documentation = Sybil(
    parsers=[BlockParser(), CodeBlockParser("toml", read_toml), CodeBlockParser("json", read_json)],
    patterns=["README.md", "CONTRIBUTING.md", "changes/*.md", "docs/*.md", "docs/*/*.md"],
    excludes=["docs/_build/*"],
    setup=open_folder,
    teardown=close_folder,
)
pytest_collect_file = documentation.pytest()
