"""The adapters' optional dependencies stay optional."""

import subprocess
import sys

import pytest

_PRELUDE = """
import sys
for name in ("httpx", "tenacity", "defusedxml", "bencode2"):
    sys.modules[name] = None
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in an interpreter in which none of them can be imported."""
    return subprocess.run(
        [sys.executable, "-c", _PRELUDE + code], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("kind", "module", "name"),
    [
        ("INDEXER", "radarr_adapters.indexers.torznab.plugin", "torznab"),
        ("NOTIFIER", "radarr_adapters.notifiers.webhook.plugin", "webhook"),
    ],
)
def test_a_missing_extra_is_named(kind, module, name):
    """The plugin registers without its dependencies; building the adapter says what to install."""
    done = run(f"""
import importlib
from radarr_core.errors import MissingExtraError
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.testing.fakes.clock import ManualClock
registry = build_registry([("here", importlib.import_module("{module}"))])
assert not registry.problems, registry.problems
try:
    context = AdapterContext(name="mine", clock=ManualClock())
    registry.create(PortKind.{kind}, "{name}", {{"url": "http://h"}}, context, where="x", environ={{}})
except MissingExtraError as error:
    print(error)
""")
    assert f"radarr-core[{name}]" in done.stdout, done.stderr
