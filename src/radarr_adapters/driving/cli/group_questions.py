"""What is asked of a pipeline's storage about release groups: the table, and everything known of one group."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from attrs import frozen

from radarr_core.domain.quality import QUALITIES
from radarr_core.domain.scene_groups import (
    DEFAULT_ALIASES,
    EvidenceLevel,
    EvidenceSums,
    Group,
    GroupTable,
    HdrClass,
    Reputation,
    SceneGroupReputation,
    SharedEvidence,
    Stratum,
    UnknownReputation,
    find_stratum,
)
from radarr_core.services.ask_reputations import ask_reputations
from radarr_core.services.context import Context
from radarr_core.services.refit_groups import BEGINNING, refit_groups
from radarr_core.services.share_evidence import count_own_evidence, list_shared_evidence

OWN = "this installation"
PATIENCE = 120.0
"""Seconds to wait for a source of reputations; one that learns is given more time here than in a search."""


def list_strata() -> tuple[Stratum, ...]:
    """Every kind of release whose makers are compared, for 2160p also by its light."""
    plain_ones = {stratum for quality in QUALITIES if (stratum := find_stratum(quality)) is not None}
    lit = {Stratum(one.medium, one.resolution, hdr) for one in plain_ones if one.resolution >= 2160 for hdr in HdrClass}
    return tuple(sorted(plain_ones | lit, key=lambda stratum: stratum.order))


def read_stratum(text: str) -> Stratum:
    """The kind of release that text names, as in `web 1080p` or `remux 2160p DV`.

    Raises:
        ValueError: it names none; the message lists them.
    """
    by_name = {str(stratum).casefold(): stratum for stratum in list_strata()}
    wanted = " ".join(text.casefold().split())
    found = by_name.get(wanted)
    if found is None:
        raise ValueError(f"{text!r} is no kind of release; known are {', '.join(map(str, by_name.values()))}")
    return found


@frozen(kw_only=True)
class Contribution:
    """How much of what is known of a group somebody counted.

    Attributes:
        name: what it is called here.
        made_by: in their own words; None for this installation.
        films: counted once for each kind of release.
        newest: the day of the newest release.
    """

    name: str
    made_by: str | None
    taken_at: datetime | None
    releases: int
    films: int
    newest: date


def find_contributions(
    group: str, own: EvidenceSums, shared: Iterable[SharedEvidence], stratum: Stratum | None
) -> tuple[Contribution, ...]:
    """Whose evidence there is of a group, by its folded name: one's own first, then others' by name."""
    found = [_sum_up(OWN, None, own, group, stratum)]
    found += [_sum_up(one.name, one, one.summary.sums, group, stratum) for one in shared]
    return tuple(one for one in found if one is not None)


def _sum_up(
    name: str, shared: SharedEvidence | None, sums: EvidenceSums, group: str, stratum: Stratum | None
) -> Contribution | None:
    cells = [
        cell for key, cell in sums.cells.items() if key.group == group and (stratum is None or key.stratum == stratum)
    ]
    if not cells:
        return None
    return Contribution(
        name=name,
        made_by=shared.summary.made_by if shared else None,
        taken_at=shared.taken_at if shared else None,
        releases=sum(cell.tally.releases for cell in cells),
        films=sum(cell.total.pieces for cell in cells),
        newest=date.fromordinal(max(max(cell.days) for cell in cells)),
    )


@frozen(kw_only=True)
class Why:
    """Everything that is known of one group.

    Attributes:
        answers: for all its work first, then by kind; at least one.
        contributions: whose evidence that is.
        source: the name of the source that decisions go by; None where there is none.
        said: what that source says, by kind; empty where it says nothing.
    """

    group: Group
    answers: tuple[Reputation, ...]
    contributions: tuple[Contribution, ...]
    source: str | None = None
    said: tuple[Reputation, ...] = ()


@frozen(kw_only=True)
class Standing:
    """What the last fit found, and how that stands to what was seen since and to decisions.

    Attributes:
        table: None before the first fit.
        waiting: releases that were seen for the first time after it.
        source: the name of the source that decisions go by; None where there is none.
    """

    table: GroupTable | None
    waiting: int
    source: str | None


async def find_standing(context: Context) -> Standing:
    """The table in force, and what is to be said beside it."""
    source = context.group_reputation if context.judges_groups else None
    async with context.storage.begin() as work:
        table = await work.group_tables.find_table()
        waiting = await work.observations.count_since(table.at if table else BEGINNING)
    return Standing(table=table, waiting=waiting, source=source.name if source else None)


async def refit(context: Context) -> Standing:
    """Judge all groups anew; the table that is in force then."""
    await refit_groups(context)
    return await find_standing(context)


async def explain_group(context: Context, group: Group, stratum: Stratum | None) -> Why:
    """Everything that is known of a group: by the table, whose evidence it is, and what decisions go by."""
    table = (await find_standing(context)).table
    aliases = table.aliases if table else DEFAULT_ALIASES
    return Why(
        group=group,
        answers=_list_answers(table, group, stratum),
        contributions=find_contributions(
            aliases.resolve(group.key),
            await count_own_evidence(context),
            await list_shared_evidence(context),
            stratum,
        ),
        source=context.group_reputation.name if context.group_reputation else None,
        said=await _ask_source(context, group, stratum),
    )


def _list_answers(table: GroupTable | None, group: Group, stratum: Stratum | None) -> tuple[Reputation, ...]:
    if table is None:
        return (UnknownReputation(group=group, stratum=stratum, why="nothing was fitted yet"),)
    if stratum is not None:
        return (table.find_reputation(group, stratum),)
    makers = table.makers.get(table.aliases.resolve(group.key), {})
    kinds = sorted({cell for maker in makers.values() for cell in maker.cells}, key=lambda cell: cell.order)
    by_maker = [table.find_reputation(group, indexer_kind=kind) for kind in makers if kind is not None]
    return (table.find_reputation(group), *by_maker, *(table.find_reputation(group, kind) for kind in kinds))


async def _ask_source(context: Context, group: Group, stratum: Stratum | None) -> tuple[Reputation, ...]:
    """What the source says that decisions go by; of kinds that were not asked for, only what moves a decision."""
    source = context.group_reputation
    if source is None:
        return ()
    asked = [(group, one) for one in ((stratum,) if stratum else list_strata())]
    found = await ask_reputations(source, asked, context.clock.now(), deadline=PATIENCE)
    known = [answer for one in asked if isinstance(answer := found.get(one), SceneGroupReputation)]
    return tuple(one for one in known if stratum is not None or one.evidence is not EvidenceLevel.INSUFFICIENT)
