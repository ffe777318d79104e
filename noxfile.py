"""The one way in: `nox -s lint`, `types`, `tests`, `docs`, `differential`, `bench` and `quickstart`."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import nox

nox.options.reuse_existing_virtualenvs = True
nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "types", "tests", "docs", "differential", "quickstart"]
nox.needs_version = ">=2024.4.15"

PROJECT = nox.project.load_toml("pyproject.toml")
OLDEST = (3, 11)


def require_python(session: nox.Session) -> None:
    """Say at once when the interpreter is too old, before anything is installed."""
    if sys.version_info < OLDEST:
        session.error(f"Python {'.'.join(map(str, OLDEST))} or newer is needed, this is {sys.version.split()[0]}")


def install(session: nox.Session, *groups: str, extras: str = "") -> None:
    """Install the project, editable, with extras and dependency groups; nothing is fetched when all is there."""
    require_python(session)
    wanted = nox.project.dependency_groups(PROJECT, *groups) if groups else ()
    session.install("-e", f".[{extras}]" if extras else ".", *wanted, silent=True)


@nox.session
def lint(session: nox.Session) -> None:
    """Formatting, lint and the architecture's import contracts."""
    install(session, "lint", extras="all")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("lint-imports")


@nox.session
def types(session: nox.Session) -> None:
    """Strict types throughout."""
    install(session, "types", "tests", extras="all")
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """Every test, with branch coverage, a process for each of two processors. Arguments go to pytest instead."""
    for program, package in (("qbittorrent-nox", "qbittorrent-nox"),):
        if shutil.which(program) is None:
            session.warn(f"{program} is not installed: its tests will skip (Debian: apt-get install {package})")
    install(session, "tests", extras="all,learned")
    session.run("coverage", "erase")
    # A file stays in one process: the examples of a page build on each other, and servers are started once a file. The
    # files of the fewest tests are not left for the end: they take the longest.
    whole = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    session.run("coverage", "run", "-m", "pytest", *(session.posargs or whole))
    session.run("coverage", "combine", silent=True)
    # Far fewer lines than ever: what a process measured was lost.
    session.run("coverage", "report", *(() if session.posargs else ("--fail-under=95",)))


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation, warnings as errors; its code blocks are run by `tests`."""
    install(session, "docs", extras="all,testing")
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html")


@nox.session
def bench(session: nox.Session) -> None:
    """Figures as ratios in one run; peers live in this session's environment and run in processes of their own."""
    install(session, "bench", extras="all")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def differential(session: nox.Session) -> None:
    """Where our reading of names and guessit's differ: each time for a reason that was reviewed."""
    reviewed = json.loads(Path("tests/corpus/guessit_differences.json").read_text(encoding="utf-8"))
    require_python(session)
    session.install("-e", ".[guessit]", f"guessit=={reviewed['guessit']}", silent=True)
    session.run("python", "-m", "tests.corpus.differential", *session.posargs)


@nox.session
def quickstart(session: nox.Session) -> None:
    """The main job, end to end, on this machine alone: examples/quickstart.py with its arguments."""
    install(session, "quickstart", extras="torznab,libtorrent,qbittorrent,sqlalchemy,mediainfo,webhook,cli")
    env = {"PYTHONPATH": str(Path.cwd() / "examples"), **({"FORCE_COLOR": "1"} if os.isatty(1) else {})}
    session.run("python", "examples/quickstart.py", *session.posargs, env=env)
