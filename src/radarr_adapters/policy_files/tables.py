"""Tables and lists of tables in a configuration, told from what is neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from radarr_core.errors import ConfigurationError
from radarr_core.settings import show_value

Table = Mapping[str, Any]


def refuse_what_is_no_table(configuration: object) -> None:
    """Refuse a configuration that is none.

    Raises:
        ConfigurationError: it is no table.
    """
    if not isinstance(configuration, Mapping):
        raise ConfigurationError(f"a configuration is a table, as TOML gives it, not {show_value(configuration)}")


def read_table(configuration: Table, key: str, path: str | None = None) -> Table:
    """The table of a key; an empty one where it is left out.

    Raises:
        ConfigurationError: it is no table; the message names it by its path.
    """
    refuse_what_is_no_table(configuration)
    table = configuration.get(key, {})
    if not isinstance(table, Mapping):
        raise ConfigurationError(f"expected a table, not {type(table).__name__}", key=path or key)
    return table


def read_list(configuration: Table, key: str) -> Sequence[Table]:
    """The tables of a key that may stand many times, as in ``[[movies]]``.

    Raises:
        ConfigurationError: it is no list.
    """
    refuse_what_is_no_table(configuration)
    entries = configuration.get(key, [])
    if not isinstance(entries, list):
        raise ConfigurationError(f"expected a list of tables, [[{key}]]", key=key)
    return entries
