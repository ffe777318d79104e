"""Size limits: the guides' file, and limits of one's own for single qualities."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, frozen

from radarr_core.domain.custom_formats.trash import QualitySizes
from radarr_core.domain.quality import DEFAULT_DEFINITIONS, Quality, QualityDefinition, get_quality
from radarr_core.errors import ConfigurationError, PolicyDataError
from radarr_core.settings import read_settings

from .reading import read_policy_data
from .tables import Table, read_table

Definitions = Mapping[Quality, QualityDefinition]


@frozen(kw_only=True)
class SizeSettings:
    """Where size limits come from; `limits` is read by itself."""

    file: Path | None = None


@frozen(kw_only=True)
class LimitSettings:
    """Megabytes (2**20 bytes) a minute; what is left out stays as it is, and 0 is no limit for the upper two."""

    minimum: float | None = None
    preferred: float | None = None
    maximum: float | None = None


def read_size_file(path: Path) -> dict[Quality, QualityDefinition]:
    """The limits of a file of the guides, by quality.

    Raises:
        PolicyDataError: the file cannot be read or a row makes no sense; it names file, key and reason.
    """
    return QualitySizes.from_trash(read_policy_data(path), file=str(path)).definitions()


def read_definitions(configuration: Table) -> Definitions:
    """The size limits of the section `quality_sizes`: the usual ones, then the file's, then single ones.

    Raises:
        ConfigurationError: a key, a quality or a limit makes no sense.
    """
    table = read_table(configuration, "quality_sizes")
    if not table:
        return DEFAULT_DEFINITIONS
    plain = {key: value for key, value in table.items() if key != "limits"}
    settings = read_settings(SizeSettings, plain, where="quality_sizes", environ={})
    definitions = dict(DEFAULT_DEFINITIONS)
    if settings.file is not None:
        try:
            definitions |= read_size_file(settings.file)
        except PolicyDataError as error:
            raise ConfigurationError(str(error), key="quality_sizes.file") from error
    for name, limits in read_table(table, "limits", "quality_sizes.limits").items():
        changed = _read_limits(name, limits, definitions)
        definitions[changed.quality] = changed
    return definitions


def _read_limits(name: str, limits: Table, definitions: Definitions) -> QualityDefinition:
    where = f"quality_sizes.limits.{name}"
    given = read_settings(LimitSettings, limits, where=where, environ={})
    try:
        before = definitions[get_quality(name)]
        return evolve(
            before,
            minimum=before.minimum if given.minimum is None else given.minimum,
            preferred=before.preferred if given.preferred is None else given.preferred or None,
            maximum=before.maximum if given.maximum is None else given.maximum or None,
        )
    except ValueError as error:
        raise ConfigurationError(str(error), key=where) from error
