"""What people see: tables, trees and a progress bar, for the command line and for examples.

Everything fits 80 columns, long names are folded and never cut, and texts from strangers lose what would steer a
terminal.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from pathlib import Path

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, DownloadColumn, Progress, TaskProgressColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from radarr_core.domain.decisions import Decision, DecisionTable, Difference, Outcome
from radarr_core.domain.decisions.upgrade import Mislabelled
from radarr_core.domain.decisions.verdicts import Figure
from radarr_core.domain.events import StoredEvent
from radarr_core.pipeline import Acquisition
from radarr_core.services.ask_indexers import IndexerFailure
from radarr_core.services.progress import (
    Acquired,
    AlreadyHeld,
    Decided,
    Downloading,
    Grabbed,
    GrabRefused,
    Imported,
    ImportStarted,
    ImportWaiting,
    SearchStarted,
    ServiceFailed,
    SlotOutcome,
)
from radarr_core.services.progress import Progress as Step

from .text import format_size, plain

MARKS = {
    Outcome.ACCEPTED: ("✓", "green"),
    Outcome.REJECTED: ("✗", "red"),
    Outcome.TEMPORARILY_REJECTED: ("…", "yellow"),
    Outcome.NOT_APPLICABLE: ("-", "dim"),
    Outcome.UNKNOWN: ("?", "yellow"),
}


def make_table(*headings: str) -> Table:
    """A table without a frame; the columns whose heading starts with ``>`` are set flush right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for heading in headings:
        table.add_column(heading.lstrip(">"), justify="right" if heading.startswith(">") else "left", overflow="fold")
    return table


def paragraph(text: object, style: str = "") -> Padding:
    """A text that is folded at the width of the terminal; other lines stay whole, so that a path can be copied."""
    return Padding(plain(text, style), 0)


def show(console: Console, renderable: RenderableType) -> None:
    """Print tables and paragraphs within the width, and lines whole."""
    console.print(renderable, soft_wrap=isinstance(renderable, Text | Group))


def render_decisions(decisions: DecisionTable) -> Table:
    """Every offer in its rank, with each reason against it, or with what puts it before the next."""
    table = make_table(">#", "release, and why")
    following: tuple[Decision | None, ...] = (*decisions.decisions[1:], None)
    for place, (decision, after) in enumerate(zip(decisions, following, strict=True), start=1):
        title = plain(decision.offer.title, "bold green" if decision.is_accepted else "bold")
        table.add_row(str(place), Group(title, plain(_describe_offer(decision), "dim"), *_remarks(decision, after)))
    return table


def _describe_offer(decision: Decision) -> str:
    offer, parsed = decision.offer, decision.parsed
    quality = parsed.quality.name if parsed else "no quality"
    size = "size unknown" if offer.size is None else format_size(offer.size)
    seeders = "seeders unknown" if offer.seeders is None else f"{offer.seeders} seeder{'s' * (offer.seeders != 1)}"
    return f"{quality}, {size}, {seeders}, from {offer.indexer}"


def _remarks(decision: Decision, after: Decision | None) -> list[Text]:
    """What stands against it; of an accepted one, what puts it before the next and what could not be judged."""
    lines = [_mark(verdict.outcome, verdict.sentence) for verdict in decision.rejections]
    if decision.is_accepted:
        unknown = (verdict for verdict in decision.verdicts if verdict.outcome is Outcome.UNKNOWN)
        lines = [_mark(Outcome.ACCEPTED, _place_before(decision, after))]
        lines += [_mark(verdict.outcome, verdict.sentence) for verdict in unknown]
    return lines


def _mark(outcome: Outcome, sentence: str) -> Text:
    sign, style = MARKS[outcome]
    return Text.assemble((f"{sign} ", style), plain(sentence))


def _place_before(decision: Decision, after: Decision | None) -> str:
    if after is None or not after.is_accepted:
        return "accepted"
    difference = decision.beats(after)
    return f"accepted; before the next one by {_explain(difference)}" if difference else "accepted; equal to the next"


def _explain(difference: Difference) -> str:
    winner, loser = (_format_figure(difference.criterion, f) for f in (difference.winner, difference.loser))
    return f"{difference.criterion}: {winner} over {loser}"


def _format_figure(criterion: str, figure: Figure) -> str:
    if figure is None:
        return "unknown"
    return format_size(figure) if criterion == "size" and isinstance(figure, int | float) else str(figure)


def render_verdicts(decision: Decision) -> Table:
    """Every rule's word on one offer."""
    table = make_table("rule", "", "verdict")
    for verdict in decision.verdicts:
        sign, style = MARKS[verdict.outcome]
        table.add_row(plain(verdict.rule), Text(sign, style=style), plain(verdict.sentence))
    return table


def render_failures(failures: Iterable[IndexerFailure]) -> list[Text]:
    """One line for each indexer that could not be asked."""
    return [Text.assemble(("! ", "yellow"), plain(f"not asked: {failure.reason}")) for failure in failures]


def render_outcome(acquired: Acquired) -> Group:
    """How the acquisition of a film ended, slot by slot."""
    several = len(acquired.outcomes) > 1
    return Group(
        *(_render_slot(f"{slot}: " if several else "", outcome) for slot, outcome in acquired.outcomes.items())
    )


def _render_slot(prefix: str, outcome: SlotOutcome) -> Text:
    match outcome:
        case Imported(file=file, mislabelled=mislabelled):
            held = plain(f"{prefix}in the library: {file.path} ({format_size(file.size)})", "green")
            return Text("\n").join((held, _render_mislabel(mislabelled))) if mislabelled else held
        case AlreadyHeld(file=file):
            return plain(f"{prefix}nothing better than what is held: {file.path}", "green")
        case ImportWaiting(reason=reason):
            return plain(f"{prefix}downloaded, but the import waits for you: {reason}", "yellow")
        case ServiceFailed(reasons=reasons):
            return plain(f"{prefix}a service failed: {'; '.join(reasons)}", "red")
    return plain(f"{prefix}nothing acceptable was found", "yellow")


def _render_mislabel(found: Mislabelled) -> Text:
    return plain(f"claimed {found.claimed.name}, but its file proves {found.proved.name}", "yellow")


def render_history(events: Iterable[StoredEvent]) -> Table:
    """What happened, in order."""
    table = make_table(">#", "at (UTC)", "what happened")
    for stored in events:
        table.add_row(str(stored.sequence), f"{stored.event.at:%H:%M:%S}", plain(stored.event.sentence))
    return table


def render_library(folder: Path) -> Tree:
    """The folders and files of a library as they lie on the disk; hidden ones are left out."""
    tree = Tree(plain(folder, "bold"))
    _grow(tree, folder)
    return tree


def _grow(tree: Tree, folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            _grow(tree.add(plain(path.name, "bold")), path)
        else:
            tree.add(Text.assemble(plain(path.name), (f"  {format_size(path.lstat().st_size)}", "dim")))


async def show_progress(acquisition: Acquisition, console: Console | None = None) -> Acquired:
    """Show what happens until the film is there or cannot be had, and answer with the outcome."""
    async for _ in draw_steps(acquisition, console):
        pass
    return await acquisition


async def draw_steps(steps: AsyncIterable[Step], console: Console | None = None) -> AsyncIterator[Step]:
    """Draw each step and pass it on. The bar is drawn on a terminal alone; elsewhere there are lines only."""
    shown = console or Console(highlight=False, emoji=False)
    bar = Progress(
        BarColumn(), TaskProgressColumn(), DownloadColumn(binary_units=True), TransferSpeedColumn(),
        console=shown, disable=not shown.is_terminal, transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("download", total=None, visible=False)
        async for step in steps:
            if isinstance(step, Downloading):
                done = round((step.item.size or 0) * step.item.progress)
                bar.update(task, total=step.item.size, completed=done, visible=True)
            else:
                bar.update(task, visible=False)
                for renderable in render_step(step):
                    show(shown, renderable)
            yield step


def render_step(step: Step) -> Iterable[RenderableType]:
    """What people are told of one step of an acquisition; nothing of a download's progress, which a bar is for."""
    match step:
        case SearchStarted(movie=movie, indexers=indexers):
            return [plain(f"searching {movie} at {', '.join(indexers) or 'no indexer'}")]
        case Decided(report=report):
            return [
                render_decisions(report.table) if len(report.table) else plain("no release was offered"),
                *render_failures(report.failures),
                Text(),
            ]
        case GrabRefused(release=release, reason=reason):
            return [Text.assemble(("✗ ", "red"), plain(f"could not have {release}: {reason}"))]
        case Grabbed(grab=grab):
            return [plain(f"downloading {grab.offer.title} by {grab.client}")]
        case ImportStarted():
            return [plain("downloaded, importing")]
    return []
