"""`radarr-core schema`: the published JSON Schema of an output."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Annotated, Any

import typer

from radarr_adapters.driving.cli import options
from radarr_adapters.driving.cli.output import write_json

_FOLDER = files("radarr_adapters.driving.cli") / "schemas"


def list_schemas() -> tuple[str, ...]:
    """The names of all outputs that have a schema."""
    return tuple(sorted(entry.name.removesuffix(".json") for entry in _FOLDER.iterdir()))


def load_schema(name: str) -> dict[str, Any]:
    """The schema of that name.

    Raises:
        FileNotFoundError: there is none.
    """
    loaded: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return loaded


def schema(
    name: Annotated[str, typer.Argument(help=f"The output: one of {', '.join(list_schemas())}; event is of run.")],
    as_json: options.Json = False,
) -> None:
    """Print the JSON Schema that an output keeps to; with --json, inside an object like every other answer."""
    if name not in list_schemas():
        raise typer.BadParameter(f"there is no output {name!r}; known are {', '.join(list_schemas())}")
    found = load_schema(name)
    tagged = {"schema": "radarr-core/schema", "version": 1, "name": name, "json_schema": found}
    write_json(tagged if as_json else found)
