"""Observations and tables of groups to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite

from attrs import Attribute, field, frozen
from attrs.validators import ge, le

from radarr_core.domain.scene_groups import (
    Coverage,
    Group,
    GroupAliases,
    GroupTable,
    IndexerKind,
    ModelSettings,
    Observation,
    Parameters,
    Stratum,
    Tally,
)
from radarr_core.domain.scene_groups.filtering import Belief
from radarr_core.domain.scene_groups.group_table import CellState, Maker

from .wire import Row, to_body, to_key, to_moment

READER_VERSION = 1
"""Of what reads group and kind from a name. What is seen again is read again, so old readings fade by themselves."""
CODE_VERSION = 1
"""Of the model and of the form in which its table is written."""
_LARGEST_COUNT = 2**31 - 1
"""What a column of whole numbers holds; the body has the figure itself."""


def row_from_observation(observation: Observation, first_seen: str | None = None, signal: float | None = None) -> Row:
    """A row of `release_observations`.

    Args:
        observation: what was seen.
        first_seen: the text of an earlier moment at which it was seen, if there is one.
        signal: what its makers were held for then.
    """
    seen = to_moment(observation.seen_at)
    return {
        "key": to_key(observation.key),
        "group_key": to_key(observation.group.key) if observation.group else None,
        "movie_id": to_key(observation.movie) if observation.movie is not None else None,
        "stratum": str(observation.stratum) if observation.stratum else None,
        "first_seen": seen if first_seen is None else first_seen,
        "last_seen": seen,
        "signal": signal,
        "reader_version": READER_VERSION,
        "body": to_body(observation),
    }


def _check_length(instance: object, attribute: Attribute[tuple[int, ...]], value: tuple[int, ...]) -> None:
    wanted = len(Coverage._fields if attribute.name == "coverage" else Tally._fields)
    if len(value) != wanted:
        raise ValueError(f"{attribute.name} has {len(value)} figures, not {wanted}")


def _check_finite(instance: object, attribute: Attribute[float], value: float) -> None:
    if not isfinite(value):
        raise ValueError(f"{attribute.name} is {value!r}")


def _check_variance(instance: object, attribute: Attribute[float], value: float) -> None:
    if not isfinite(value) or value <= 0:
        raise ValueError(f"{attribute.name} is {value!r}")


@frozen(kw_only=True)
class ModelFacts:
    """A table without its groups, in a form that JSON can hold."""

    at: datetime
    parameters: Parameters | None
    why_none: str
    coverage: tuple[int, ...] = field(validator=_check_length)
    settings: ModelSettings
    aliases: Mapping[str, str]

    def __attrs_post_init__(self) -> None:
        """Refuse aliases that lead in a circle."""
        GroupAliases(self.aliases)


@frozen(kw_only=True)
class CellFacts:
    """What is believed of one cell."""

    stratum: Stratum
    mean: float = field(validator=_check_finite)
    variance: float = field(validator=_check_variance)
    day: int = field(validator=[ge(1), le(date.max.toordinal())])
    pieces: int = field(validator=ge(1))
    tally: tuple[int, ...] = field(validator=_check_length)


@frozen(kw_only=True)
class MakerFacts:
    """Who stands behind a name."""

    kind: IndexerKind | None
    flag_rate: float = field(validator=_check_finite)
    cells: tuple[CellFacts, ...]


@frozen(kw_only=True)
class GroupFacts:
    """Everything about one group."""

    key: str
    spellings: tuple[str, ...] | None
    makers: tuple[MakerFacts, ...] | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a group without a maker for all its work, and a name that names none."""
        if self.makers is not None and not any(maker.kind is None for maker in self.makers):
            raise ValueError(f"{self.key!r} has no maker for all its work")
        for name in (self.key, *(self.spellings or ())[:1]):
            Group(name)


def row_from_model(number: int, table: GroupTable) -> Row:
    """A row of `reputation_models`."""
    facts = ModelFacts(
        at=table.at, parameters=table.parameters, why_none=table.why_none, coverage=tuple(table.coverage),
        settings=table.settings, aliases=dict(table.aliases.names),
    )  # fmt: skip
    return {
        "number": number,
        "at": to_moment(table.at),
        "releases_seen": min(table.coverage.seen, _LARGEST_COUNT),
        "releases_usable": min(table.coverage.usable, _LARGEST_COUNT),
        "code_version": CODE_VERSION,
        "body": to_body(facts),
    }


def rows_from_groups(number: int, table: GroupTable) -> Iterator[Row]:
    """The rows of `group_reputations`, one for each group."""
    for key in sorted({*table.makers, *table.spellings}):
        makers = table.makers.get(key)
        facts = GroupFacts(
            key=key,
            spellings=table.spellings.get(key),
            makers=None if makers is None else tuple(_describe(kind, maker) for kind, maker in makers.items()),
        )
        yield {"model": number, "group_key": to_key(key), "body": to_body(facts)}


def _describe(kind: IndexerKind | None, maker: Maker) -> MakerFacts:
    cells = tuple(
        CellFacts(
            stratum=stratum, mean=cell.belief.mean, variance=cell.belief.variance, day=cell.day, pieces=cell.pieces,
            tally=tuple(cell.tally),
        )
        for stratum, cell in maker.cells.items()
    )  # fmt: skip
    return MakerFacts(kind=kind, flag_rate=maker.flag_rate, cells=cells)


def build_table(model: ModelFacts, groups: Iterable[GroupFacts]) -> GroupTable:
    """The table that was written down."""
    found = tuple(groups)
    return GroupTable(
        at=model.at,
        parameters=model.parameters,
        why_none=model.why_none,
        makers={one.key: {m.kind: _build_maker(m) for m in one.makers} for one in found if one.makers is not None},
        spellings={one.key: one.spellings for one in found if one.spellings is not None},
        coverage=Coverage(*model.coverage),
        settings=model.settings,
        aliases=GroupAliases(model.aliases),
    )


def _build_maker(facts: MakerFacts) -> Maker:
    return Maker(
        flag_rate=facts.flag_rate,
        cells={
            cell.stratum: CellState(
                belief=Belief(cell.mean, cell.variance), day=cell.day, pieces=cell.pieces, tally=Tally(*cell.tally)
            )
            for cell in facts.cells
        },
    )
