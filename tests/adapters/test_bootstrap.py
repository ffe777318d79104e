"""Configuration to pipeline: what is accepted, and what a mistake is told as."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from radarr_adapters.bootstrap import (
    build_pipeline,
    find_mistakes,
    load_configuration,
    read_movies,
    read_policy,
    read_secrets,
)
from radarr_core import Movie, Release, Situation, Slot, decide
from radarr_core.domain.quality import get_quality
from radarr_core.errors import ConfigurationError, MissingExtraError, PluginError, UnknownAdapterError
from radarr_core.plugins import PortKind, RegisteredAdapter, Registry, build_registry
from tests.adapters import cli_plugin
from tests.adapters.cli_support import write_configuration

ENVIRON = {"SHELF_KEY": cli_plugin.KEY}


@pytest.fixture
def registry() -> Registry:
    """The adapters of the tests' plugin alone."""
    return build_registry([("tests", cli_plugin)])


@pytest.fixture
def table(tmp_path: Path) -> dict[str, Any]:
    """A sound configuration."""
    return dict(load_configuration(write_configuration(tmp_path)))


def test_builds_what_is_named(table: dict[str, Any], registry: Registry) -> None:
    """Each table becomes the adapter it names, under the name of the table."""
    table["notifiers"] = {"ear": {"adapter": "deaf", "token": "x" * 8}}
    context = build_pipeline(table, registry=registry, environ=ENVIRON).context
    assert [indexer.name for indexer in context.indexers] == ["shelf"]
    assert [notifier.name for notifier in context.notifiers] == ["ear"]
    assert context.download_client.name == "fetcher"
    assert context.library.recycle_folder == Path("/films/.recycle")


def test_the_only_adapter_of_a_port_needs_no_naming(table: dict[str, Any], registry: Registry) -> None:
    """Where there is one adapter there is no choice; where there are two, a person is asked."""
    del table["clock"], table["media_probe"]["adapter"]
    assert build_pipeline(table, registry=registry, environ=ENVIRON)
    table["notifiers"] = {"ear": {}}
    with pytest.raises(ConfigurationError, match=r"notifiers\.ear\.adapter: is missing; expected one of 'deaf', 'lac"):
        build_pipeline(table, registry=registry, environ=ENVIRON)


def test_a_plugin_beside_the_built_in_adapter_changes_nothing(table: dict[str, Any]) -> None:
    """Who leaves out the clock, the disk or the probe still gets the one that came with the library."""

    class Other(cli_plugin.ClockAdapter):
        name = "other"

        @classmethod
        def create(cls, settings: Any, context: Any) -> Any:
            raise AssertionError("nobody asked for it")

    other = RegisteredAdapter(kind=PortKind.CLOCK, adapter=Other, origin="stranger:all")
    del table["clock"]
    own = build_registry([("radarr-core:tests", cli_plugin)])
    assert build_pipeline(table, registry=Registry(adapters=(other, *own.adapters)), environ=ENVIRON)
    strangers = Registry(adapters=(other, *build_registry([("tests", cli_plugin)]).adapters, other))
    with pytest.raises(ConfigurationError, match=r"clock\.adapter: is missing; expected one of 'manual', 'other'$"):
        build_pipeline(table, registry=strangers, environ=ENVIRON)


def test_notifiers_of_the_caller_come_first(table: dict[str, Any], registry: Registry) -> None:
    """A program that listens itself is told before a webhook that may be slow."""
    table["notifiers"] = {"ear": {"adapter": "deaf", "token": "x" * 8}}
    mine = cli_plugin.DeafNotifier(cli_plugin.DeafSettings(token=None), "mine")  # type: ignore[arg-type]
    pipeline = build_pipeline(table, registry=registry, environ=ENVIRON, notifiers=[mine])
    assert [notifier.name for notifier in pipeline.context.notifiers] == ["mine", "ear"]


MISTAKES = [
    ('[library]\nfolder = ""', "library.folder: expected a path in quotes"),
    ("[library]", "library.folder: is missing; expected a path in quotes"),
    ('library = "/films"', "library: expected a table"),
    ('[library]\nfolder = "/films"\nplacement = "move"', "library.placement: expected one of 'hard-link', 'copy'"),
    ('[library]\nfolder = "/films"\nfile_name = "{Nope}"', "library.file_name: "),
    ('[library]\nfolder = "/films"\ncolour = 3', "library.colour: there is no such setting; known are folder"),
    ('[storage]\nadapter = "nope"', "storage.adapter: no storage is called 'nope'; known are 'in-memory'"),
    ("[storage]\nadapter = 3", "storage.adapter: expected the name of an adapter, not 3"),
    ('[indexers]\nshelf = "http://somewhere"', "indexers.shelf: expected a table"),
    ('[indexers.shelf]\nadapter = "shelf"\noffers = "one"', "indexers.shelf.offers: expected a list, each item a text"),
    (
        '[indexers.shelf]\nadapter = "shelf"\napi_key = { env = "UNSET" }',
        "indexers.shelf.api_key: the environment variable 'UNSET' is not set",
    ),
    ('[indexers.shelf]\nadapter = "shelf"\napi_key = 3', "indexers.shelf.api_key: expected a text, {env = "),
    (
        '[indexers.shelf]\nadapter = "shelf"\napi_key = { file = "/no/such/file" }',
        "indexers.shelf.api_key: the file '/no/such/file' cannot be read",
    ),
    ('[notifiers.ear]\nadapter = "deaf"', "notifiers.ear.token: is missing; expected a text, {env = "),
    (
        '[profiles.Mine]\nallowed = ["VHS"]\ncutoff = "VHS"',
        "profiles.Mine.allowed: profile 'Mine': no such quality: VHS",
    ),
    ('[profiles.Mine]\nallowed = ["CAM"]', "profiles.Mine.cutoff: is missing; expected a text"),
    (
        '[library]\nfolder = "/films"\nfile_name = "{Movie Title} ({Release Year}) {Qualty Full}"',
        "library.file_name: there is no such token: {Qualty Full}",
    ),
    (
        '[library]\nfolder = "/films"\nfolder_name = "{Movie Title} ({Release Year}) {Bogus}"',
        "library.folder_name: there is no such token: {Bogus}",
    ),
    ('[library]\nfolder = "~nosuchuser-anywhere/x"', "library.folder: expected a path, not '~nosuchuser-anywhere/x'"),
    ("[timing]\npoll_interval = inf", "timing.poll_interval: expected a number that is finite, not inf"),
    ("[timing]\npoll_interval = 0", "timing.poll_interval: must be > 0: 0.0"),
    (
        "[timing]\nfeed_interval = 1e12",
        "timing.feed_interval: expected at most ten years in seconds, not 1000000000000.0",
    ),
    ("[decisions]\nsample_size = -1", "decisions.sample_size: is never negative: -1"),
    ('[decisions]\nsample_size = "70 MB"', "decisions.sample_size: expected a whole number, not '70 MB'"),
    ("[timing]\npoll_interval = true", "timing.poll_interval: expected a number, not True"),
    ("[shoes]\nsize = 43", "shoes: there is no such section; known are library"),
]


@pytest.mark.parametrize(("toml", "words"), MISTAKES)
def test_a_mistake_names_its_key_and_what_is_accepted(
    table: dict[str, Any], registry: Registry, toml: str, words: str
) -> None:
    """Every mistake is one error with the dotted key first, raised alone and found among all mistakes."""
    wrong = table | tomllib.loads(toml)
    with pytest.raises(ConfigurationError) as caught:
        build_pipeline(wrong, registry=registry, environ=ENVIRON)
    assert str(caught.value).startswith(words)
    assert caught.value.key == words.partition(":")[0]
    assert [str(mistake) for mistake in find_mistakes(wrong, registry=registry, environ=ENVIRON)] == [str(caught.value)]


def test_an_extra_that_is_not_installed_is_named(table: dict[str, Any], registry: Registry) -> None:
    """An adapter whose library is missing says what to install."""
    table["notifiers"] = {"ear": {"adapter": "lacking"}}
    with pytest.raises(MissingExtraError, match="pip install"):
        build_pipeline(table, registry=registry, environ=ENVIRON)


def test_a_name_that_two_plugins_claim_is_refused(table: dict[str, Any]) -> None:
    """Both owners are named, so that a person can remove one."""
    twice = build_registry([("first", cli_plugin)])
    registry = Registry(adapters=(*twice.adapters, *build_registry([("second", cli_plugin)]).adapters))
    with pytest.raises(PluginError, match="first and second"):
        build_pipeline(table, registry=registry, environ=ENVIRON)


def test_all_mistakes_are_found_at_once(table: dict[str, Any], registry: Registry) -> None:
    """A person puts everything right in one go; a sound configuration has none."""
    assert find_mistakes(table, registry=registry, environ=ENVIRON) == ()
    table |= {"shoes": {}, "library": {}, "storage": {"adapter": "nope"}, "movies": 3, "notifiers": 4}
    found = find_mistakes(table, registry=registry, environ={})
    assert [getattr(mistake, "key", None) for mistake in found] == [
        "shoes", "library.folder", "movies", "storage.adapter", "indexers.shelf.api_key", "notifiers",
    ]  # fmt: skip
    assert isinstance(found[3], UnknownAdapterError)


def test_a_mistake_in_a_profile_hides_none_in_the_rest_of_the_policy(table: dict[str, Any], registry: Registry) -> None:
    """Each section is read alone before they are read together."""
    table |= {
        "profiles": {"X": {"allowed": ["Nope"], "cutoff": "Nope"}},
        "delay_profiles": [{}, {}],
        "decisions": {"propers": "never"},
        "quality_sizes": {"limits": {"CAM": {"minimum": "1"}}},
    }
    found = [getattr(mistake, "key", None) for mistake in find_mistakes(table, registry=registry, environ=ENVIRON)]
    assert found == [
        "profiles.X.allowed", "delay_profiles", "decisions.propers", "quality_sizes.limits.CAM.minimum",
    ]  # fmt: skip


def test_secrets_are_found_also_in_a_wrong_configuration(table: dict[str, Any], registry: Registry) -> None:
    """The keys that can be read are known before anything is printed, whatever else is wrong."""
    table |= {"library": 3, "storage": {"adapter": "nope"}, "notifiers": {"ear": {"adapter": "deaf", "token": "psst"}}}
    secrets = read_secrets(table, registry=registry, environ=ENVIRON)
    assert {secret.reveal() for secret in secrets} == {cli_plugin.KEY, "psst"}
    assert cli_plugin.KEY not in repr(secrets)
    assert read_secrets({"indexers": "x", "notifiers": {"ear": 3}}, registry=registry, environ={}) == ()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('title = "The Film"', "movies[0].year: is missing; expected a whole number"),
        ('title = "The Film"\nyear = "2019"', "movies[0].year: expected a whole number, not '2019'"),
        ('title = " "\nyear = 2019', "movies[0]: a movie needs a title"),
        ('title = "The Film"\nyear = 2019\nimdb_id = "x"', "movies[0]: no IMDb id: 'x'"),
        ('title = "The Film"\nyear = 2019\nprofile = "Nope"', "movies[0].profile: no quality profile is called 'Nope'"),
    ],
)
def test_a_film_that_makes_no_sense_is_refused(entry: str, words: str) -> None:
    """An entry of the list of films is told by its place, key and accepted form."""
    with pytest.raises(ConfigurationError) as caught:
        read_movies(tomllib.loads(f"[[movies]]\n{entry}"))
    assert str(caught.value).startswith(words)


def test_a_film_is_listed_once() -> None:
    """Two entries of one title and year are a mistake, which names both."""
    film, other = {"title": "The Film", "year": 2019}, {"title": "The Film", "year": 2020}
    assert len(read_movies({"movies": [film, other]})) == 2
    with pytest.raises(ConfigurationError, match=r"movies\[2\]: .* is listed already, as movies\[0\]"):
        read_movies({"movies": [film, other, film | {"title": "the film", "tmdb_id": 5}]})


def test_the_mistakes_of_every_film_are_found(table: dict[str, Any], registry: Registry) -> None:
    """One film's mistake hides no other's."""
    table["movies"] = [{"title": "A", "year": "x"}, {"title": "B", "year": 2019}, {"title": "C", "yeer": 3}, 5]
    found = find_mistakes(table, registry=registry, environ=ENVIRON)
    assert [getattr(mistake, "key", None) for mistake in found] == ["movies[0].year", "movies[2].yeer", "movies[3]"]


@pytest.mark.parametrize("nonsense", [None, 5, [], "text"])
def test_what_is_no_table_is_no_configuration(nonsense: Any, registry: Registry) -> None:
    """A program that hands in something else is told so, by every function."""
    words = "a configuration is a table"
    with pytest.raises(ConfigurationError, match=words):
        build_pipeline(nonsense, registry=registry, environ=ENVIRON)
    for read in (read_movies, read_policy):
        with pytest.raises(ConfigurationError, match=words):
            read(nonsense)
    (mistake,) = find_mistakes(nonsense, registry=registry, environ=ENVIRON)
    assert words in str(mistake)
    assert read_secrets(nonsense, registry=registry, environ=ENVIRON) == ()


def test_reading_secrets_never_fails(table: dict[str, Any]) -> None:
    """Whatever a stranger's settings do, the keys of the others are known before anything is printed."""

    @attrs.frozen(kw_only=True)
    class Explosive:
        token: Any = attrs.field(default=None, validator=lambda *_: {}["gone"])

    class Mine(cli_plugin.DeafAdapter):
        name, settings = "mine", Explosive

    adapters = build_registry([("tests", cli_plugin)]).adapters
    mine = RegisteredAdapter(kind=PortKind.NOTIFIER, adapter=Mine, origin="mine")
    table["notifiers"] = {"ear": {"adapter": "mine"}}
    secrets = read_secrets(table, registry=Registry(adapters=(mine, *adapters)), environ=ENVIRON)
    assert [secret.reveal() for secret in secrets] == [cli_plugin.KEY]


def test_films_may_name_profiles_of_the_configuration() -> None:
    """A film's profile is a built-in one or one of the configuration's own."""
    table = tomllib.loads(
        '[profiles.Mine]\nallowed = ["CAM"]\ncutoff = "CAM"\n[[movies]]\ntitle = "F"\nyear = 2019\nprofile = "Mine"'
    )
    assert read_movies(table)[0].slots[0].profile == "Mine"
    assert read_policy(table).get_profile("Mine").is_allowed(get_quality("CAM"))


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Missing, not TOML, not text: each is one error that names the file."""
    path = tmp_path / "radarr.toml"
    with pytest.raises(ConfigurationError, match="there is no configuration file"):
        load_configuration(path)
    path.write_text("[library\n")
    with pytest.raises(ConfigurationError, match=r"is no TOML: .*line 1"):
        load_configuration(path)
    path.write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_configuration(path)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_configuration("\0")
    path.write_text("x = " + "[" * 100_000)
    with pytest.raises(ConfigurationError, match="nested too deeply"):
        load_configuration(path)
    path.write_text("x = " + "1" * 5000)
    with pytest.raises(ConfigurationError, match="is no TOML"):
        load_configuration(str(path))


def write_format(folder: Path, name: str, score: int, pattern: str) -> None:
    """A custom format of one condition, as the guides publish them."""
    condition = {
        "name": name,
        "implementation": "ReleaseTitleSpecification",
        "negate": False,
        "required": True,
        "fields": {"value": pattern},
    }
    data = {
        "trash_id": f"{len(name):032x}",
        "trash_scores": {"default": score, "mine": score * 2},
        "name": name,
        "includeCustomFormatWhenRenaming": False,
        "specifications": [condition],
    }
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(data))


@pytest.mark.parametrize(("score_set", "score"), [("", 10), ('score_set = "mine"', 20)])
def test_formats_from_a_folder_count_in_profiles_of_ones_own(tmp_path: Path, score_set: str, score: int) -> None:
    """The guides' files decide which of two equal releases comes first."""
    write_format(tmp_path / "cf", "Tide", 10, "-TIDE$")
    policy = read_policy(
        tomllib.loads(
            f'[formats]\nfolder = "{tmp_path / "cf"}"\n'
            f'[profiles.Mine]\nallowed = ["WEB 1080p"]\ncutoff = "WEB 1080p"\n{score_set}'
        )
    )
    movie = Movie(title="The Glass Harbor", year=2024, slots=(Slot(profile="Mine"),))
    names = ["The.Glass.Harbor.2024.1080p.WEB-DL.H.264-WAVE", "The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE"]
    offers = [Release(indexer="a", guid=name, title=name, magnet_url="magnet:?xt=x") for name in names]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    first, second = decide(offers, wanted=movie, policy=policy, situation=Situation(), now=now)
    assert first.parsed is not None
    assert first.parsed.release_group == "TIDE"
    difference = first.beats(second)
    assert difference is not None
    assert (difference.criterion, difference.winner, difference.loser) == ("custom format score", score, 0)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(None, "no such folder"), ("{", "is no JSON"), ("[]", "odd.json"), ('{"name": "x"}', "odd.json")],
)
def test_formats_that_cannot_be_read_name_the_file(tmp_path: Path, content: str | None, complaint: str) -> None:
    """A broken file of formats is one clear mistake in the configuration."""
    if content is not None:
        (tmp_path / "odd.json").write_text(content)
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        read_policy({"formats": {"folder": str(tmp_path)}})
    assert caught.value.key == "formats.folder"


@pytest.mark.parametrize("path", ["/dev/zero", "large.toml"])
def test_a_file_without_an_end_is_no_configuration(tmp_path: Path, path: str) -> None:
    """A device that never ends would take all of the memory."""
    (tmp_path / "large.toml").write_text("# " + "x" * 5_000_000)
    with pytest.raises(ConfigurationError, match=r"cannot be read: it is larger than"):
        load_configuration(tmp_path / path)
