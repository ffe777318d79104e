"""Lists of groups, as the guides publish them, and what is wrong with some."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from radarr_adapters.group_reputations.tier_list.client import INTERVALS, TierList
from radarr_adapters.group_reputations.tier_list.plugin import TierListAdapter, TierListSettings
from radarr_adapters.group_reputations.tier_list.wire import read_tiers
from radarr_core.domain.scene_groups import EvidenceLevel, Group, HdrClass, Label, Medium, SceneGroupReputation, Stratum
from radarr_core.errors import ConfigurationError
from radarr_core.plugins import AdapterContext
from radarr_core.testing.fakes.clock import ManualClock
from tests.core.formats import condition, get_corpus

AT = datetime(2026, 1, 1, tzinfo=UTC)
REMUX, WEB = Stratum(Medium.REMUX, 1080), Stratum(Medium.WEB, 1080)
ENCODE, UHD = Stratum(Medium.ENCODE, 1080), Stratum(Medium.ENCODE, 2160, HdrClass.HDR)

IS_REMUX = condition("modifier", required=True)
IS_WEB = condition("source")


def list_of(*groups: str) -> list[dict[str, Any]]:
    """A condition for each group, as the guides write them."""
    return [condition("group", value=f"^({group})$") for group in groups]


def write_list(folder: Path, name: str, *conditions: dict[str, Any]) -> Path:
    """A custom format in a file of its own."""
    path = folder / f"{name.lower().replace(' ', '-')}.json"
    path.write_text(json.dumps({"trash_id": name, "name": name, "specifications": list(conditions)}))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Remux and web lists, groups to keep away from, a regional list, and formats that list nobody."""
    write_list(tmp_path, "Remux Tier 01", *list_of("TIDE"), IS_REMUX)
    write_list(tmp_path, "Remux Tier 02", *list_of("EBB", r"FOAM(\.x)?"), IS_REMUX)
    write_list(tmp_path, "WEB Tier 03", *list_of("TIDE", "GULL"), IS_WEB)
    write_list(tmp_path, "LQ", *list_of("SILT", "GULL"))
    write_list(tmp_path, "German Remux Tier 01", *list_of("EBBE"), IS_REMUX)
    write_list(tmp_path, "LQ (Release Title)", condition("title"))
    write_list(tmp_path, "My group", *list_of("TIDE"))
    return tmp_path


async def ask(source: TierList, *asked: tuple[str, Stratum]) -> dict[tuple[str, Stratum], SceneGroupReputation]:
    """What it says of each, by name and kind."""
    wanted: Collection[tuple[Group, Stratum]] = [(Group(name), stratum) for name, stratum in asked]
    found = await source.find_reputations(wanted, AT)
    assert all(isinstance(one, SceneGroupReputation) for one in found.values())
    return {
        (group.name, stratum): one for (group, stratum), one in found.items() if isinstance(one, SceneGroupReputation)
    }


async def test_a_tier_is_an_interval(folder: Path) -> None:
    """Each tier has its fixed interval, the score is its middle, and the reason names the list."""
    answers = await ask(TierList(read_tiers(folder)), ("tide", REMUX), ("EBB", REMUX), ("SILT", WEB), ("Gull", WEB))
    first = answers["tide", REMUX]
    assert (first.lower, first.score, first.upper, first.evidence) == (80.0, 87.5, 95.0, EvidenceLevel.LISTED)
    assert first.reasons == ("stands in tier 1 of Remux",)
    assert (first.label, answers["EBB", REMUX].label) == (Label.TRUSTED, Label.TRUSTED)
    assert answers["EBB", REMUX].lower == 65.0
    assert (answers["SILT", WEB].label, answers["SILT", WEB].upper) == (Label.POOR, 15.0)


async def test_a_tier_counts_for_the_kinds_its_list_is_about(folder: Path) -> None:
    """A list of remuxes says nothing of web releases; a list without such conditions is about everything."""
    source = TierList(read_tiers(folder))
    answers = await ask(source, ("TIDE", REMUX), ("TIDE", WEB), ("TIDE", ENCODE), ("SILT", REMUX), ("SILT", UHD))
    assert {key: answer.lower for key, answer in answers.items()} == {
        ("TIDE", REMUX): 80.0, ("TIDE", WEB): 52.0, ("SILT", REMUX): 1.0, ("SILT", UHD): 1.0,
    }  # fmt: skip


async def test_whoever_is_on_no_list_is_left_out(folder: Path) -> None:
    """Nobody is average because no list names them; not even when they are asked for twice."""
    source = TierList(read_tiers(folder))
    assert await ask(source, ("NOBODY", WEB)) == {}
    assert await ask(source, ("NOBODY", WEB), ("NOBODY", WEB)) == {}


async def test_the_worst_list_counts(folder: Path) -> None:
    """Where lists disagree on a group, the one that thinks least of it is the answer, and all are told."""
    answer = (await ask(TierList(read_tiers(folder)), ("GULL", WEB)))["GULL", WEB]
    assert (answer.lower, answer.upper) == INTERVALS[None]
    assert answer.reasons == ("stands on the list LQ", "stands in tier 3 of WEB")


async def test_only_lists_that_are_wanted_count(folder: Path) -> None:
    """Regional lists are for those who name them, and naming some leaves out the usual ones."""
    usual, named = TierList(read_tiers(folder)), TierList(read_tiers(folder, ["german remux"]))
    asked = ("EBBE", REMUX), ("TIDE", REMUX)
    assert {key[0] for key in await ask(usual, *asked)} == {"TIDE"}
    assert {key[0] for key in await ask(named, *asked)} == {"EBBE"}


async def test_one_file_of_many_formats_will_do(folder: Path, tmp_path: Path) -> None:
    """A single file, as programs export it, is a list of formats."""
    formats = [json.loads((folder / f"{name}.json").read_text()) for name in ("remux-tier-01", "lq")]
    (tmp_path / "exported.txt").write_text(json.dumps(formats))
    answers = await ask(TierList(read_tiers(tmp_path / "exported.txt")), ("TIDE", REMUX), ("SILT", WEB))
    assert len(answers) == 2


def spoil(folder: Path, trouble: str) -> Path:
    """A folder in which one thing is wrong."""
    match trouble:
        case "no JSON":
            (folder / "zz.json").write_text('{"name": ')
        case "nested":
            (folder / "zz.json").write_text("[" * 100_000)
        case "binary":
            (folder / "zz.json").write_bytes(b"\xff\xfe\x00")
        case "a number":
            (folder / "zz.json").write_text("7")
        case "wrong shape":
            (folder / "zz.json").write_text('{"name": "WEB Tier 01", "specifications": {}}')
        case "bad pattern":
            write_list(folder, "WEB Tier 01", condition("group", value="^(TIDE$"))
        case "twice":
            (folder / "zz.json").write_bytes((folder / "lq.json").read_bytes())
        case "too deep":
            write_list(folder, "WEB Tier 04", *list_of("TIDE"))
        case "huge":
            (folder / "zz.json").write_text(" " * 1_000_001)
        case "empty":
            (folder / "none").mkdir()
            return folder / "none"
        case "missing":
            return folder / "nowhere"
        case "nothing listed":
            (folder / "none").mkdir()
            write_list(folder / "none", "Atmos", condition("title"))
            return folder / "none"
        case "only others":
            (folder / "none").mkdir()
            write_list(folder / "none", "German Web Tier 01", *list_of("EBBE"))
            return folder / "none"
    return folder


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("no JSON", r"zz\.json' is no JSON"),
        ("nested", r"zz\.json' is no JSON"),
        ("binary", r"zz\.json' is no JSON"),
        ("a number", r"zz\.json: must be an object, not 7"),
        ("wrong shape", r"zz\.json: specifications: must be a list"),
        ("bad pattern", r"web-tier-01\.json: specifications\[0\]\.fields\.value: .*\^\(TIDE\$"),
        ("twice", r"'zz\.json': 'LQ' stands in 'lq\.json' too"),
        ("too deep", r"'web-tier-04\.json': 'WEB Tier 04' is no tier from 1 to 3"),
        ("huge", r"zz\.json' has more than 1,000,000 bytes"),
        ("empty", r"none' holds no JSON file"),
        ("missing", r"there is no file or folder '.*nowhere'"),
        ("nothing listed", r"none' holds no list of groups"),
        ("only others", r"has no list 'HD Bluray'; there are 'German Web'"),
    ],
)
def test_what_is_no_list_is_refused_by_name(folder: Path, trouble: str, said: str) -> None:
    """One file that cannot be meant, among good ones, is one error that says which file and what is wrong with it."""
    settings = TierListSettings(path=spoil(folder, trouble))
    with pytest.raises(ConfigurationError, match=said):
        TierListAdapter.create(settings, AdapterContext(name="lists", clock=ManualClock()))


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev"])
def test_what_may_never_end_is_not_read(name: str) -> None:
    """A device is no list; the key is named, and nothing hangs."""
    with pytest.raises(ConfigurationError, match=r"path: .*(is no ordinary file|holds no JSON file)"):
        read_tiers(Path(name))


def test_a_list_that_is_not_there_is_said(folder: Path) -> None:
    """A family that was named and is missing is an error that lists those that are there."""
    with pytest.raises(ConfigurationError, match="no list 'Rmeux'; there are 'German Remux', 'LQ', 'Remux', 'WEB'"):
        read_tiers(folder, ["Remux", "Rmeux"])


async def test_the_guides_lists_are_read() -> None:
    """The published lists are read as they are: 122 entries in tiers, and each of them answers for its own kind."""
    tiers = read_tiers(get_corpus() / "trash-guides" / "cf")
    entries = [
        each.name
        for tier in tiers if tier.tier
        for each in tier.format.conditions if each.implementation == "ReleaseGroupSpecification"
    ]  # fmt: skip
    assert len(entries) == 122
    source = TierList(tiers)
    strata = (REMUX, WEB, ENCODE, UHD)
    found = await source.find_reputations([(Group(name), stratum) for name in entries for stratum in strata], AT)
    assert {group.key for group, _ in found} == {Group(name).key for name in entries}
    assert {answer.label for answer in found.values()} <= {Label.TRUSTED, Label.GOOD, Label.POOR}
