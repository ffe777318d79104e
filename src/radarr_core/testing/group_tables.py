"""Tables of release groups for tests: one that knows nothing, one that was fitted, and one with namesakes."""

from __future__ import annotations

from functools import cache

from attrs import evolve

from radarr_core.domain.scene_groups import Group, GroupAliases, GroupTable, IndexerKind, Stratum, fit_groups

from .scene_worlds import REFERENCE_DATE, SceneWorld, WorldPlan

NAMED_SKILLS = {"HARBOR": 2.5, "SQUALL": -2.5}
"""Groups of the fitted table whose hidden skill is given, in standard deviations."""
_PLAN = WorldPlan(groups=40, releases=1500, named=NAMED_SKILLS)


@cache
def make_tables() -> tuple[GroupTable, GroupTable, GroupTable]:
    """A table of too few releases, one of a small made-up world, and the same where a name is used by two."""
    fitted = make_fitted_table()
    nothing = fit_groups(list(SceneWorld(_PLAN).observe())[:20], at=REFERENCE_DATE)
    return nothing, fitted, _with_namesakes(fitted)


@cache
def make_fitted_table() -> GroupTable:
    """What is found of a small made-up world."""
    return fit_groups(SceneWorld(_PLAN).observe(), at=REFERENCE_DATE)


def _with_namesakes(table: GroupTable) -> GroupTable:
    key, makers = next(iter(table.makers.items()))
    (maker,) = makers.values()
    twins = {None: maker, IndexerKind.PUBLIC: maker, IndexerKind.PRIVATE: evolve(maker, flag_rate=0.5)}
    return evolve(
        table, makers={**table.makers, key: twins}, aliases=GroupAliases({"SQUALL2": "SQUALL"}),
        spellings={**table.spellings, key: (key, "É other name")},
    )  # fmt: skip


@cache
def list_known() -> tuple[tuple[Group, Stratum], ...]:
    """Groups of which the fitted table knows something, each with a kind of release, the best first."""
    table = make_fitted_table()
    return tuple(
        (one.group, stratum)
        for one in table.rank()
        for stratum in sorted(table.makers[one.group.key][None].cells, key=lambda stratum: stratum.order)[:1]
    )
