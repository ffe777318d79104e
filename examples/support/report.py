"""What the quickstart shows: progress while it runs, and the proof at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console

from radarr_core import Acquired, Imported
from radarr_core.domain.events import StoredEvent
from radarr_core.serialise import to_data


def describe(acquired: Acquired, history: tuple[StoredEvent, ...], library: Path) -> dict[str, Any]:
    """Everything there is to show, as plain data. Links are left out: they carry keys."""
    return {
        "schema": "radarr-core/quickstart",
        "version": 1,
        "movie": str(acquired.movie),
        "decisions": [_describe_decision(decision) for decision in acquired.table or ()],
        "outcome": type(acquired.outcome).__name__,
        "library": sorted(str(path.relative_to(library)) for path in library.rglob("*") if path.is_file()),
        "proof": _prove(acquired),
        "history": [
            {
                "sequence": stored.sequence,
                "at": to_data(stored.event.at),
                "type": type(stored.event).__name__,
                "sentence": stored.event.sentence,
                "correlation_id": stored.event.correlation_id,
            }
            for stored in history
        ],
    }


def _describe_decision(decision: Any) -> dict[str, Any]:
    return {
        "release": decision.offer.title,
        "accepted": decision.is_accepted,
        "reasons": list(decision.reasons),
        "verdicts": to_data(decision.verdicts),
        "ranking": to_data(decision.ranking),
    }


def _prove(acquired: Acquired) -> dict[str, Any] | None:
    """The library's file and the client's file, and whether they are one on the disk."""
    if not isinstance(acquired.outcome, Imported):
        return None
    held = acquired.outcome.file
    imported, source = Path(held.path), find_source(acquired)
    return {
        "library_file": str(imported),
        "seeding_file": str(source),
        "inode": imported.stat().st_ino,
        "one_inode": imported.stat().st_ino == source.stat().st_ino,
        "links": imported.stat().st_nlink,
        "claimed": held.claim.quality.name,
        "proved": {"width": held.proof.video.width, "height": held.proof.video.height, "seconds": held.proof.duration},
    }
