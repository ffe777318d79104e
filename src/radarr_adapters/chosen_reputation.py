"""The table `[group_reputation]` of a configuration: who knows the makers of releases, and what is made of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from radarr_core.domain.custom_formats import CustomFormat
from radarr_core.domain.custom_formats.lint import find_reputation_problems
from radarr_core.domain.decisions import Policy, ReputationMode, ReputationSettings
from radarr_core.errors import ConfigurationError
from radarr_core.settings import read_settings, show_value

SECTION = "group_reputation"
_OWN = tuple(item.name for item in attrs.fields(ReputationSettings))


def read_reputation(configuration: Mapping[str, Any]) -> tuple[ReputationSettings, Mapping[str, Any] | None]:
    """What reputations may do, and the table of the source that knows them; None where nobody is asked.

    Without the table, and with `mode = "off"`, there is no source.

    Raises:
        ConfigurationError: a setting is of the wrong form; the message names the key and the accepted form.
    """
    if SECTION not in configuration:
        return ReputationSettings(), None
    table = configuration[SECTION]
    if not isinstance(table, Mapping):
        raise ConfigurationError(f"expected a table, not {show_value(table)}", key=SECTION)
    own = {key: value for key, value in table.items() if key in _OWN}
    settings = read_settings(ReputationSettings, own, where=SECTION, environ={})
    if settings.mode is ReputationMode.OFF:
        return settings, None
    return settings, {key: value for key, value in table.items() if key not in _OWN}


def find_doubts(policy: Policy, formats: tuple[CustomFormat, ...]) -> Iterator[str]:
    """What people may not have meant by points, in sentences: for each profile that is in force."""
    settings = policy.reputation
    if settings.mode is ReputationMode.POINTS:
        for profile in policy.profiles.values():
            for problem in find_reputation_problems(profile, formats, settings.points):
                yield problem.sentence
