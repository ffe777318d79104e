"""What the quickstart shows at its end: the proof, for people or as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console

from radarr_adapters.driving.cli.rendering import render_history, render_library, render_outcome, show_progress
from radarr_core import Acquired, Acquisition, Decision, Imported
from radarr_core.domain.events import MovieFileImported, StoredEvent
from radarr_core.serialise import to_data


async def watch(acquisition: Acquisition, *, quiet: bool) -> Acquired:
    """Follow a film to its end, showing the decision table and a progress bar on the way unless told to be quiet."""
    return await acquisition if quiet else await show_progress(acquisition)


def finish(
    acquired: Acquired, history: tuple[StoredEvent, ...], library: Path, *, told: int | None, as_json: bool
) -> None:
    """Print the outcome, the library's tree, the proof and the history; or the same as data."""
    facts = describe(acquired, history, library, told)
    if as_json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False, emoji=False)
    console.print(render_outcome(acquired), "", render_library(library), "", soft_wrap=True)
    for proof in facts["proofs"]:
        same = "one inode" if proof["one_inode"] else "two files"
        console.print(f"{same}: {proof['inode']}, {proof['links']} names", style="bold", markup=False)
        console.print(
            f"  library  {proof['library_file']}\n  seeding  {proof['seeding_file']}", markup=False, soft_wrap=True
        )
        console.print(f"  claimed  {proof['claimed']}, proved {proof['proved']}\n", markup=False)
    console.print(render_history(history))
    if told is not None:
        console.print(f"\nthe webhook receiver was told of {told} events", markup=False)
    console.print(f"\neverything lies in {library.parent}", markup=False, soft_wrap=True)


def describe(acquired: Acquired, history: tuple[StoredEvent, ...], library: Path, told: int | None) -> dict[str, Any]:
    """Everything there is to show, as plain data. Download links are left out: they carry keys."""
    return {
        "schema": "radarr-core/quickstart",
        "version": 1,
        "movie": str(acquired.movie),
        "outcome": type(acquired.outcome).__name__,
        "decisions": [_describe_decision(decision) for decision in acquired.table or ()],
        "library": [str(path.relative_to(library)) for path in sorted(library.rglob("*.*")) if path.is_file()],
        "proofs": [_prove(stored.event) | _describe_media(acquired) for stored in _imports(history)],
        "told": told,
        "history": [_describe_event(stored) for stored in history],
    }


def _describe_decision(decision: Decision) -> dict[str, Any]:
    return {
        "release": decision.offer.title,
        "accepted": decision.is_accepted,
        "reasons": list(decision.reasons),
        "verdicts": to_data(decision.verdicts),
        "ranking": to_data(decision.ranking),
    }


def _describe_event(stored: StoredEvent) -> dict[str, Any]:
    return {
        "sequence": stored.sequence,
        "type": type(stored.event).__name__,
        "sentence": stored.event.sentence,
        "at": to_data(stored.event.at),
        "correlation_id": stored.event.correlation_id,
    }


def _imports(history: tuple[StoredEvent, ...]) -> list[StoredEvent]:
    return [stored for stored in history if isinstance(stored.event, MovieFileImported)]


def _prove(event: Any) -> dict[str, Any]:
    """Ask the disk whether the library's file and the one the client seeds are one."""
    ours, theirs = Path(event.path).stat(), Path(event.source).stat()
    return {
        "library_file": str(event.path),
        "seeding_file": str(event.source),
        "inode": ours.st_ino,
        "one_inode": (ours.st_ino, ours.st_dev) == (theirs.st_ino, theirs.st_dev),
        "links": ours.st_nlink,
    }


def _describe_media(acquired: Acquired) -> dict[str, Any]:
    if not isinstance(acquired.outcome, Imported):
        return {"claimed": None, "proved": None}
    file = acquired.outcome.file
    video = file.proof.video
    proved = f"{video.width}x{video.height} {video.codec}, {file.proof.duration:.0f} s"
    return {"claimed": file.claim.quality.name, "proved": proved}
