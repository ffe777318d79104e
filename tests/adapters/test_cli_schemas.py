"""The published JSON Schemas: they are printed, and they stay compatible."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from radarr_adapters.driving.cli.commands.schema import list_schemas, load_schema
from tests.adapters.cli_support import run, run_json

FROZEN = Path(__file__).parent / "cli_schemas"
FREE = {"description", "title", "examples"}


def find_break(old: Any, new: Any, where: str = "") -> str | None:
    """Where a schema stopped meeting what was promised: fields may be added, none removed or changed."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return None if old == new else f"{where}: {old!r} became {new!r}"
    for key, value in old.items():
        if key in FREE:
            continue
        place = f"{where}/{key}"
        if key not in new:
            return f"{place} is gone"
        if key == "required":
            gone = set(value) - set(new[key])
            found = f"{place}: {gone} may be missing now" if gone else None
        elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
            pairs = zip(value, new[key], strict=False)
            changed = len(value) != len(new[key])
            found = f"{place} changed" if changed else next(filter(None, (find_break(*p, place) for p in pairs)), None)
        else:
            found = find_break(value, new[key], place)
        if found:
            return found
    return None if set(new) - FREE - set(old) <= _addable(where) else f"{where}: a new condition {set(new) - set(old)}"


def _addable(where: str) -> set[str]:
    """Fields and definitions may be added, conditions on a field may not."""
    return _ANYTHING if where.endswith(("/properties", "/$defs")) else set()


class _Anything(set[str]):
    def __ge__(self, other: object) -> bool:
        return True


_ANYTHING = _Anything()


@pytest.mark.parametrize("name", sorted(path.stem for path in FROZEN.glob("*.json")))
def test_schemas_stay_compatible(name: str) -> None:
    """What a schema once promised it promises for ever; only fields may join."""
    frozen = json.loads((FROZEN / f"{name}.json").read_text())
    assert find_break(frozen, load_schema(name)) is None


def test_every_schema_is_frozen() -> None:
    """A schema that is published has its frozen copy."""
    assert set(list_schemas()) == {path.stem for path in FROZEN.glob("*.json")}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("properties", "slots"), None),
        (("$defs", "offer", "properties", "size", "type"), "string"),
        (("$defs", "slot", "properties", "outcome", "enum"), ["imported"]),
        (("required",), []),
        (("properties", "decisions", "maxItems"), 3),
    ],
)
def test_a_break_is_noticed(path: tuple[str, ...], value: Any) -> None:
    """A field that is removed, of another type, narrower, no longer promised or under a new condition is a break."""
    schema = load_schema("get")
    changed = deepcopy(schema)
    part = changed
    for key in path[:-1]:
        part = part[key]
    if value is None:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    assert find_break(schema, changed)


def test_a_new_field_is_no_break() -> None:
    """Fields may be added, and may be promised at once."""
    schema = load_schema("get")
    changed = deepcopy(schema)
    changed["properties"]["mood"] = {"type": "string"}
    changed["required"].append("mood")
    assert find_break(schema, changed) is None


@pytest.mark.parametrize("name", list_schemas())
def test_schemas_are_printed(name: str) -> None:
    """Each schema is printed as it is, and with --json inside an object of its own; each is a sound schema."""
    printed = run("schema", name)
    assert printed.code == 0
    jsonschema.Draft202012Validator.check_schema(printed.data)
    assert printed.data["properties"]["schema"]["const"] == f"radarr-core/{name}"
    assert run_json("schema", name).data["json_schema"] == printed.data


def test_an_unknown_schema_is_refused_with_the_known_ones() -> None:
    """Asking for a schema that does not exist lists those that do."""
    ran = run("schema", "nope")
    assert ran.code == 2
    assert "explain" in ran.err


def test_shared_parts_are_the_same_everywhere() -> None:
    """What two outputs call by one name is one thing."""
    seen: dict[str, Any] = {}
    for name in list_schemas():
        for part, definition in load_schema(name).get("$defs", {}).items():
            assert seen.setdefault(part, definition) == definition
