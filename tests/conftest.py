"""What concerns a session of tests as a whole."""

from __future__ import annotations

from tests.servers import running


def pytest_sessionfinish() -> None:
    """Stop what was started once for all tests."""
    running.close()
