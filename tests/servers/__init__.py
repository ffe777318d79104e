"""Servers for tests, real ones and stand-ins."""

from contextlib import ExitStack

running = ExitStack()
"""What was started once for all tests, and is stopped when the session of tests ends (`tests/conftest.py`).

Not when the process ends: a worker of pytest-xdist is killed when it takes more than ten seconds for that, and
coverage, which is the last to be asked, would never write down what it measured.
"""
