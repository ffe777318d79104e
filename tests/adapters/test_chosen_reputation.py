"""The table `[group_reputation]`: what it brings into the pipeline, and every mistake by its key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from radarr_adapters.bootstrap import build_pipeline, find_mistakes, load_configuration, read_policy, read_secrets
from radarr_adapters.group_reputations.chain import plugin as chain
from radarr_adapters.group_reputations.evidence import plugin
from radarr_adapters.group_reputations.evidence.client import EvidenceReputation
from radarr_adapters.group_reputations.tier_list import plugin as tier_list
from radarr_core import Pipeline, ReputationMode, ReputationSettings
from radarr_core.errors import AskPersonError, ConfigurationError
from radarr_core.plugins import Registry, build_registry
from tests.adapters import cli_plugin
from tests.adapters.cli_support import write_configuration

SOURCES = (("chain", chain), ("tier_list", tier_list))
ENVIRON = {"SHELF_KEY": cli_plugin.KEY}
TIERS = """{
  "trash_id": "0123456789abcdef0123456789abcdef", "name": "WEB Tier", "includeCustomFormatWhenRenaming": false,
  "trash_scores": {"default": 20},
  "specifications": [{
    "name": "TIDE", "implementation": "ReleaseGroupSpecification", "negate": false, "required": false,
    "fields": {"value": "^(TIDE)$"}
  }]
}"""


@pytest.fixture
def registry() -> Registry:
    """The adapters of the tests' plugin, and evidence."""
    return build_registry([("tests", cli_plugin), ("radarr-core:evidence", plugin)])


@pytest.fixture
def table(tmp_path: Path) -> dict[str, Any]:
    """A sound configuration."""
    return dict(load_configuration(write_configuration(tmp_path)))


def build(table: dict[str, Any], registry: Registry, toml: str = "") -> Pipeline:
    """The pipeline of the configuration with that text besides."""
    return build_pipeline(table | tomllib.loads(toml), registry=registry, environ=ENVIRON)


def test_without_the_table_nobody_is_asked(table: dict[str, Any], registry: Registry) -> None:
    """Installing a source turns nothing on."""
    context = build(table, registry).context
    assert context.group_reputation is None
    assert not context.judges_groups


def test_evidence_answers_from_the_storage_of_the_pipeline(table: dict[str, Any], registry: Registry) -> None:
    """What the pipeline remembers is what the source knows; the only source there is needs no naming."""
    for toml in ("[group_reputation]", '[group_reputation]\nadapter = "evidence"'):
        context = build(table, registry, toml).context
        source = context.group_reputation
        assert isinstance(source, EvidenceReputation)
        assert vars(source)["_storage"] is context.storage
        assert context.policy.reputation == ReputationSettings()
        assert context.judges_groups


def test_mode_and_points_are_those_of_the_policy(table: dict[str, Any], registry: Registry) -> None:
    """They stand beside the adapter's own settings, and are not given to it."""
    toml = '[group_reputation]\nadapter = "evidence"\nmode = "points"\npoints = 20'
    assert build(table, registry, toml).context.policy.reputation == ReputationSettings(
        mode=ReputationMode.POINTS, points=20
    )
    assert read_policy(tomllib.loads(toml)).reputation.points == 20


def test_off_builds_no_source(table: dict[str, Any], registry: Registry) -> None:
    """Turning it off is one word, whatever else the table says."""
    toml = '[group_reputation]\nadapter = "long gone"\nmode = "off"'
    assert build(table, registry, toml).context.group_reputation is None


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("group_reputation = 3", "group_reputation: expected a table, not 3"),
        (
            '[group_reputation]\nmode = "loud"',
            "group_reputation.mode: expected one of 'off', 'tie-break', 'points', 'gate', not 'loud'",
        ),
        ("[group_reputation]\npoints = 101", "group_reputation.points: must be <= 100: 101"),
        ("[group_reputation]\npoints = -1", "group_reputation.points: must be >= 0: -1"),
        ("[group_reputation]\npoints = 1.5", "group_reputation.points: expected a whole number, not 1.5"),
        ("[group_reputation]\ncolour = 3", "group_reputation.colour: there is no such setting; known are none at all"),
        ('[group_reputation]\nadapter = "nope"', "group_reputation.adapter: no group_reputation is called 'nope'"),
        ("[group_reputation]\nadapter = 3", "group_reputation.adapter: expected the name of an adapter, not 3"),
    ],
)
def test_a_mistake_names_its_key_and_what_is_accepted(
    table: dict[str, Any], registry: Registry, toml: str, words: str
) -> None:
    """Raised alone, and found once among all mistakes; secrets of the rest are found all the same."""
    with pytest.raises(AskPersonError) as caught:
        build(table, registry, toml)
    assert words in str(caught.value)
    wrong = table | tomllib.loads(toml)
    assert [words in str(one) for one in find_mistakes(wrong, registry=registry, environ=ENVIRON)] == [True]
    assert cli_plugin.KEY in {one.reveal() for one in read_secrets(wrong, registry=registry, environ=ENVIRON)}


def test_a_mistake_of_the_adapter_itself_names_the_whole_key(table: dict[str, Any]) -> None:
    """The adapter knows its own setting alone, wherever its table stands; in a chain it is the source's."""
    nowhere = 'adapter = "tier_list"\npath = "nowhere"'
    chained = nowhere.replace("\n", ", ")
    for toml, key in (
        (f"[group_reputation]\n{nowhere}", "group_reputation.path"),
        (f'[group_reputation]\nadapter = "chain"\nsources = [{{ {chained} }}]', "group_reputation.sources[0].path"),
    ):
        with pytest.raises(ConfigurationError) as caught:
            build(table, build_registry([("tests", cli_plugin), *SOURCES]), toml)
        assert caught.value.key == key
        assert str(caught.value) == f"{key}: there is no file or folder 'nowhere'"


@pytest.mark.parametrize(
    ("mode", "increment", "expected"),
    [
        ("tie-break", 1, []),
        (
            "points",
            51,
            [
                "rejects scores under 0, and reputation takes up to 50 points; with a least score of -50",
                "scores 'WEB Tier' by release groups, and reputation adds up to 50 points",
            ],
        ),
        (
            "points",
            50,
            [
                "upgrades for a gain of 50, and reputation alone can bring 50 points",
                "rejects scores under 0",
                "scores 'WEB Tier' by release groups",
            ],
        ),
    ],
)
def test_what_points_may_do_unasked_is_said_when_the_pipeline_is_built(
    table: dict[str, Any], registry: Registry, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    mode: str, increment: int, expected: list[str],
) -> None:  # fmt: skip
    """An upgrade or a rejection by reputation alone, and an opinion that counts twice, each by the profile's name."""
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "tier.json").write_text(TIERS, "utf-8")
    table["formats"] = {"folder": str(tmp_path / "formats")}
    allowed = {"allowed": ["WEB 1080p"], "cutoff": "WEB 1080p", "upgrade_allowed": True}
    table["profiles"] = {"Mine": {**allowed, "min_upgrade_format_score": increment}}
    build(table, registry, f'[group_reputation]\nmode = "{mode}"')
    said = [message for message in caplog.messages if "profile 'Mine'" in message]
    assert len(said) == len(expected)
    for message, words in zip(said, expected, strict=True):
        assert words in message
