"""The tables as values: what stands in the files, with what they leave out filled in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

FAMILIES = ("hd", "uhd", "remux", "anime", "german", "french")
TOKEN = re.compile(r"[\w+]+")


@frozen(kw_only=True)
class Film:
    """What is wanted; the runtime in minutes."""

    title: str
    year: int
    runtime: int
    language: str


@frozen(kw_only=True)
class Row:
    """One release: its name and what a person reads in it, and the terms it is offered on."""

    id: str
    name: str
    quality: str
    languages: tuple[str, ...]
    mb: int
    seeders: int
    peers: int
    priority: int
    protocol: str
    group: str | None = None
    flags: tuple[str, ...] = ()
    multi: tuple[str, ...] = ()

    @property
    def terms(self) -> dict[str, object]:
        """What the offer says beside the name."""
        keys = ("mb", "seeders", "peers", "priority", "protocol", "flags", "multi")
        return {key: getattr(self, key) for key in keys}


@frozen(kw_only=True)
class Pair:
    """One release that goes before another, and why."""

    better: str
    worse: str
    by: str
    rule: str
    profiles: frozenset[str]
    margin: int | None = None
    fact: str | None = None


@frozen(kw_only=True)
class Refusal:
    """Releases that a rule of some profiles refuses."""

    because: str
    ids: frozenset[str]
    why: str
    profiles: frozenset[str]


@frozen(kw_only=True)
class Table:
    """One family: its releases, and what its profiles make of them; `profiles` gives the table of sizes of each."""

    family: str
    film: Film
    profiles: Mapping[str, str]
    formats: tuple[str, ...]
    rows: Mapping[str, Row]
    pairs: tuple[Pair, ...]
    refusals: tuple[Refusal, ...]


@cache
def read_table(family: str) -> Table:
    """The table of that family.

    Raises:
        ValueError: two releases share an id, or something unknown is spoken of.
    """
    data = tomllib.loads((Path(__file__).parent / f"{family}.toml").read_text("utf-8"))
    film = Film(**data["film"])
    usual = {"languages": [film.language]} | data["usual"]
    rows = [Row(**_frozen(usual | row)) for row in data["releases"]]
    by_id = {row.id: row for row in rows}
    if len(by_id) != len(rows):
        raise ValueError(f"{family}: an id stands twice")
    profiles = {name: each["sizes"] for name, each in data["profiles"].items()}
    names = _Names(profiles=frozenset(profiles), sets=data.get("sets", {}))
    return Table(
        family=data["family"],
        film=film,
        profiles=profiles,
        formats=tuple(data["formats"]),
        rows=by_id,
        pairs=tuple(_read_pair(pair, by_id, names) for pair in data["pairs"]),
        refusals=tuple(_read_refusal(refusal, by_id, names) for refusal in data["refusals"]),
    )


@frozen(kw_only=True)
class _Names:
    profiles: frozenset[str]
    sets: Mapping[str, list[str]]

    def expand(self, given: Iterable[str] | None) -> frozenset[str]:
        if given is None:
            return self.profiles
        found: set[str] = set()
        for name in given:
            if name not in self.profiles and name not in self.sets:
                raise ValueError(f"{name!r} is neither a profile of the family nor a set of them")
            found |= {name} if name in self.profiles else self.expand(self.sets[name])
        return frozenset(found)


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _read_pair(data: dict[str, Any], rows: Mapping[str, Row], names: _Names) -> Pair:
    for side in ("better", "worse"):
        if data[side] not in rows:
            raise ValueError(f"no release has the id {data[side]!r}")
    profiles = names.expand(data.pop("in", None))
    return Pair(profiles=profiles, **data)


def _read_refusal(data: dict[str, Any], rows: Mapping[str, Row], names: _Names) -> Refusal:
    if "unless" in data:
        ids = frozenset(row.id for row in rows.values() if row.quality not in data["unless"])
    else:
        ids = frozenset(data["ids"])
    if not ids <= set(rows):
        raise ValueError(f"no releases have the ids {sorted(ids - set(rows))}")
    return Refusal(because=data["because"], ids=ids, why=data["why"], profiles=names.expand(data.get("in")))


def differing_tokens(one: str, other: str) -> tuple[list[str], list[str]]:
    """What is left of two names once the tokens they begin and end with alike are gone."""
    mine, theirs = TOKEN.findall(one), TOKEN.findall(other)
    while mine and theirs and mine[0] == theirs[0]:
        mine, theirs = mine[1:], theirs[1:]
    while mine and theirs and mine[-1] == theirs[-1]:
        mine, theirs = mine[:-1], theirs[:-1]
    return mine, theirs
