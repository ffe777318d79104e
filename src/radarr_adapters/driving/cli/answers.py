"""Values as the published JSON Schemas have them.

Written out field by field: what is added to a value inside the library must not slip into an interface that stays
stable, and the links of an offer, which carry keys, must never be in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import fields

from radarr_core.domain.decisions import Decision
from radarr_core.domain.decisions.upgrade import Mislabelled
from radarr_core.domain.events import StoredEvent
from radarr_core.domain.movies import Movie, MovieFile
from radarr_core.domain.quality import Quality
from radarr_core.domain.releases import NameFacts, ParsedRelease, Release
from radarr_core.serialise import to_data
from radarr_core.services.progress import Acquired, AlreadyHeld, Imported, ImportWaiting, ServiceFailed, SlotOutcome

_CLAIMED = tuple(item.name for item in fields(ParsedRelease) if item.name not in ("original", "spans"))


def describe_movie(movie: Movie) -> dict[str, Any]:
    """A film that is wanted."""
    return {
        "id": movie.id,
        "title": movie.title,
        "year": movie.year,
        "imdb_id": to_data(movie.imdb_id) if movie.imdb_id else None,
        "tmdb_id": to_data(movie.tmdb_id) if movie.tmdb_id else None,
        "runtime_minutes": movie.runtime_minutes,
    }


def describe_offer(offer: Release) -> dict[str, Any]:
    """A release as offered, without its links and without its guid, which often is one."""
    return {
        "title": offer.title,
        "indexer": offer.indexer,
        "protocol": offer.protocol.value if offer.protocol else None,
        "size": offer.size,
        "seeders": offer.seeders,
        "peers": offer.peers,
        "published": to_data(offer.published) if offer.published else None,
        "info_hash": str(offer.info_hash) if offer.info_hash else None,
    }


def describe_claim(claim: ParsedRelease | NameFacts) -> dict[str, Any]:
    """What a name says, every field; what it does not say is null, false or an empty list."""
    data = {name: to_data(getattr(claim, name)) for name in _CLAIMED}
    return {**data, "quality": describe_quality(claim.quality)}


def describe_quality(quality: Quality) -> dict[str, Any]:
    """A quality with the lines its name claims; 0 for no particular number."""
    return {"name": quality.name, "resolution": quality.resolution}


def describe_spans(claim: ParsedRelease | NameFacts) -> dict[str, list[list[int]]]:
    """From where to where in the name each field was read; half-open code-point offsets."""
    return {name: [[span.start, span.end] for span in spans] for name, spans in claim.spans.items()}


def describe_decision(decision: Decision) -> dict[str, Any]:
    """Everything that was found out about one offer for one slot."""
    return {
        "release": describe_offer(decision.offer),
        "accepted": decision.is_accepted,
        "movie_id": decision.movie.id if decision.movie else None,
        "slot": decision.slot.name if decision.slot else None,
        "quality": describe_quality(decision.parsed.quality) if decision.parsed else None,
        "refusal": decision.refusal,
        "verdicts": [
            {
                "rule": verdict.rule,
                "outcome": verdict.outcome.value,
                "sentence": verdict.sentence,
                "figures": dict(verdict.figures),
                "until": to_data(verdict.until) if verdict.until else None,
            }
            for verdict in decision.verdicts
        ],
        "ranking": [
            {"criterion": rank.criterion, "key": list(rank.key), "figure": rank.figure} for rank in decision.ranking
        ],
    }


def describe_acquired(acquired: Acquired) -> dict[str, Any]:
    """How the acquisition of a film ended, with every decision on the way."""
    return {
        "movie": describe_movie(acquired.movie),
        "correlation_id": acquired.correlation_id,
        "slots": [{"slot": slot, **_describe_outcome(outcome)} for slot, outcome in acquired.outcomes.items()],
        "decisions": [describe_decision(decision) for decision in acquired.table or ()],
        "indexer_failures": [{"indexer": f.indexer, "reason": f.reason} for f in acquired.failures],
    }


def _describe_outcome(outcome: SlotOutcome) -> dict[str, Any]:
    match outcome:
        case Imported(grab=grab, file=file, mislabelled=mislabelled):
            return _fill_outcome("imported", release=grab.offer.title, file=file, mislabelled=mislabelled)
        case AlreadyHeld(file=file):
            return _fill_outcome("already held", file=file)
        case ImportWaiting(grab=grab, reason=reason):
            return _fill_outcome("import waiting", release=grab.offer.title, reasons=(reason,))
        case ServiceFailed(reasons=reasons):
            return _fill_outcome("service failed", reasons=reasons)
    return _fill_outcome("nothing acceptable", reasons=outcome.reasons)


def _fill_outcome(
    name: str,
    *,
    release: str | None = None,
    file: MovieFile | None = None,
    mislabelled: Mislabelled | None = None,
    reasons: tuple[str, ...] = (),
) -> dict[str, Any]:
    held = (
        {"path": str(file.path), "size": file.size, "quality": describe_quality(file.claim.quality)} if file else None
    )
    less = (
        {"claimed": describe_quality(mislabelled.claimed), "proved": describe_quality(mislabelled.proved)}
        if mislabelled
        else None
    )
    return {"outcome": name, "release": release, "file": held, "mislabelled": less, "reasons": list(reasons)}


def describe_event(stored: StoredEvent) -> Mapping[str, Any]:
    """An event that happened, with its place in the order of all of them."""
    event = stored.event
    common = ("at", "correlation_id", "movie_id")
    details = {item.name: getattr(event, item.name) for item in fields(type(event)) if item.name not in common}
    return {
        "sequence": stored.sequence,
        "type": type(event).__name__,
        "at": to_data(event.at),
        "correlation_id": event.correlation_id,
        "movie_id": event.movie_id,
        "sentence": event.sentence,
        "details": {name: to_data(value) for name, value in details.items()},
    }
