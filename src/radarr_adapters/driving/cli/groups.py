"""What is known of release groups, as tables for people and as the published JSON Schemas have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from radarr_adapters.group_reputations.evidence.plugin import EvidenceAdapter
from radarr_core.domain.scene_groups import (
    GroupTable,
    Label,
    Reputation,
    SceneGroupReputation,
    Stratum,
)
from radarr_core.domain.scene_groups.reasons import count_things

from .group_questions import Standing, Why
from .rendering import make_table, paragraph
from .text import plain

_STYLES: Mapping[Label, str] = {
    Label.TRUSTED: "green", Label.GOOD: "green", Label.WEAK: "yellow", Label.POOR: "red", Label.UNKNOWN: "dim",
    Label.INSUFFICIENT: "dim",
}  # fmt: skip


def describe_reputation(reputation: Reputation) -> dict[str, Any]:
    """A reputation as the schemas have it; figures are null where nothing is known."""
    known = reputation if isinstance(reputation, SceneGroupReputation) else None
    return {
        "group": reputation.group.name if reputation.group else None,
        "stratum": str(reputation.stratum) if reputation.stratum else None,
        "indexers": known.indexer_kind.value if known and known.indexer_kind else None,
        "score": known.score if known else None,
        "lower": known.lower if known else None,
        "upper": known.upper if known else None,
        "evidence": known.evidence.value if known else None,
        "evidence_weight": known.evidence_weight if known else None,
        "label": reputation.label.value,
        "is_doubtful": known.is_doubtful if known else False,
        "source": known.source if known else None,
        "reasons": list(reputation.reasons),
    }


def describe_table(standing: Standing, stratum: Stratum | None) -> dict[str, Any]:
    """The published table as the schema has it, the best first; groups without enough evidence are not ranked."""
    table = standing.table
    return {
        "schema": "radarr-core/groups",
        "version": 1,
        "stratum": str(stratum) if stratum else None,
        "fitted_at": table.at.isoformat() if table else None,
        "why_none": _explain_none(table),
        "releases": {name: getattr(table.coverage, name) if table else 0 for name in ("seen", "named", "usable")},
        "waiting": standing.waiting,
        "source": standing.source,
        "groups": [describe_reputation(one) for one in (table.rank(stratum) if table else ())],
    }


def _explain_none(table: GroupTable | None) -> str | None:
    if table is None:
        return "nothing was fitted yet; 'radarr-core groups refit' does it"
    return table.why_none or None


def render_table(standing: Standing, stratum: Stratum | None) -> Iterator[RenderableType]:
    """The table within 80 columns, and below it what it was made from, what it lacks, and what decisions go by."""
    table, why = standing.table, _explain_none(standing.table)
    if table is None or why:
        yield paragraph(f"no group can be judged: {why}", "yellow")
    if table is not None:
        yield from _render_ranked(table, stratum, why)
    if standing.waiting:
        waiting = count_things(standing.waiting, "release") + (" is" if standing.waiting == 1 else " are")
        yield paragraph(f"{waiting} not in it yet; 'radarr-core groups refit' takes them in", "yellow")
    yield paragraph(_tell_source(standing.source), "dim")


def _tell_source(source: str | None) -> str:
    if source is None:
        return "no decision goes by it: the configuration turns reputations of groups off"
    if source == EvidenceAdapter.name:
        return "decisions go by it"
    return f"decisions go by {source!r}; --why GROUP shows what that says of a group"


def _render_ranked(table: GroupTable, stratum: Stratum | None, why: str | None) -> Iterator[RenderableType]:
    ranked = table.rank(stratum)
    if ranked:
        yield _tabulate(ranked)
    elif not why:
        yield paragraph(f"no group has enough evidence{f' at {stratum}' if stratum else ''}", "yellow")
    seen, named, usable, _ = table.coverage
    yield paragraph(
        f"{len(ranked)} groups{f' at {stratum}' if stratum else ''}, fitted {table.at:%Y-%m-%d %H:%M} UTC from "
        f"{usable:,} releases of {seen:,} seen, {named:,} of them with a group", "dim",
    )  # fmt: skip


def _tabulate(ranked: Sequence[SceneGroupReputation]) -> Table:
    shown = make_table(">#", "group", ">score", "90 % interval", "evidence", ">worth", "label")
    for place, one in enumerate(ranked, start=1):
        name = Text.assemble(plain(one.group.name, "bold"), *([f" ({one.indexer_kind})"] if one.indexer_kind else []))
        label = Text(one.label.value + (", doubtful name" if one.is_doubtful else ""), style=_STYLES.get(one.label, ""))
        interval = f"{one.lower:3.0f} - {one.upper:3.0f}"
        shown.add_row(
            str(place), name, f"{one.score:.0f}", interval, one.evidence.value, f"{one.evidence_weight:,.1f}", label
        )
    return shown


def describe_why(why: Why) -> dict[str, Any]:
    """The reasons as the schema has them."""
    return {
        "schema": "radarr-core/groups-why",
        "version": 1,
        "group": why.group.name,
        "answers": [describe_reputation(one) for one in why.answers],
        "evidence_of": [
            {
                "name": one.name,
                "made_by": one.made_by,
                "taken_at": one.taken_at.isoformat() if one.taken_at else None,
                "releases": one.releases,
                "films": one.films,
                "newest": one.newest.isoformat(),
            }
            for one in why.contributions
        ],
        "source": why.source,
        "decided_by": [describe_reputation(one) for one in why.said],
    }


def render_why(why: Why) -> Iterator[RenderableType]:
    """Figures and sentences, then whose evidence it is, then what decisions go by."""
    for answer in why.answers:
        yield _head(answer)
        yield from (_item(reason) for reason in answer.reasons)
    if why.contributions:
        yield Text("whose evidence")
    for one in why.contributions:
        maker = f", made by {one.made_by}" if one.made_by and one.made_by != one.name else ""
        day = f", taken in {one.taken_at:%Y-%m-%d}" if one.taken_at else ""
        yield _item(f"{one.name}: {one.releases:,} releases, the newest of {one.newest}{maker}{day}")
    if why.source is not None and why.said:
        yield Text(f"decisions go by {why.source}")
        yield from _render_said(why)


def _render_said(why: Why) -> Iterator[RenderableType]:
    """What the source says: kinds of which it says the same on one line; its reasons where they are not told above."""
    told = {reason for answer in why.answers for reason in answer.reasons}
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for answer in why.said:
        figures = _tell_figures(answer)
        reasons = tuple(reason for reason in answer.reasons if reason not in told)
        alike.setdefault((figures.plain, reasons), []).append(str(answer.stratum))
    for (words, reasons), kinds in alike.items():
        yield _item(f"{words}: {', '.join(kinds)}")
        yield from (_item(reason, indent=4) for reason in reasons)


def _item(text: str, indent: int = 2) -> Padding:
    return Padding(plain(text), (0, 0, 0, indent))


def _head(answer: Reputation) -> Text:
    kind = str(answer.stratum) if answer.stratum else "all its work"
    name = answer.group.name if answer.group else "no group"
    return Text.assemble(plain(name, "bold"), f", {kind}: ", _tell_figures(answer))


def _tell_figures(answer: Reputation) -> Text:
    label = (answer.label.value, _STYLES.get(answer.label, ""))
    if not isinstance(answer, SceneGroupReputation):
        return Text.assemble(label)
    figures = f"{answer.score:.0f} ({answer.lower:.0f} - {answer.upper:.0f}), "
    level = "" if answer.evidence.value == answer.label.value else f", {answer.evidence}"
    return Text.assemble(figures, label, level)
