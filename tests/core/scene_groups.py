"""Observations and evidence for tests about groups, and what the shared corpus says of groups."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from radarr_core.domain.quality import MEGABYTE
from radarr_core.domain.scene_groups import (
    Evidence,
    EvidenceSums,
    Group,
    Medium,
    Observation,
    Stratum,
    Tally,
)
from radarr_core.domain.scene_groups.day_sums import sum_evidence

from .formats import get_corpus

AT = datetime(2025, 8, 1, tzinfo=UTC)
WEB = Stratum(Medium.WEB, 1080)
ENCODE = Stratum(Medium.ENCODE, 1080)
REMUX = Stratum(Medium.REMUX, 1080)


def observe(key: object, group: str | None = "TIDE", **facts: Any) -> Observation:
    """An observation of an ordinary release."""
    usual: dict[str, Any] = {
        "seen_at": AT - timedelta(days=1),
        "movie": "film",
        "stratum": WEB,
        "added": AT - timedelta(days=100),
        "size": 100 * 40 * MEGABYTE,
        "runtime": 100,
        "snatches": 10,
    }
    return Observation(key=str(key), group=Group(group) if group else None, **usual | facts)


def piece(group: str, utility: float, *, days_ago: int = 0, stratum: Stratum = WEB, **facts: Any) -> Evidence:
    """Evidence of one whole release."""
    usual: dict[str, Any] = {"kind": None, "coverage": 1.0, "tally": Tally(releases=1)}
    return Evidence(
        group=group, utility=utility, day=AT.toordinal() - days_ago, stratum=stratum, **usual | facts
    )  # fmt: skip


def sums_of(pieces: Iterable[Evidence]) -> EvidenceSums:
    """The sums of some pieces."""
    return EvidenceSums(cells=sum_evidence(pieces))


def read_names(*files: str) -> set[str]:
    """The names of groups that custom formats of the guides list, case-folded; of `^(A|B)$` both."""
    names: set[str] = set()
    for file in files:
        data = json.loads((get_corpus() / "trash-guides" / "cf" / f"{file}.json").read_text("utf-8"))
        for one in data["specifications"]:
            value = str(one["fields"].get("value", ""))
            if one["implementation"] == "ReleaseGroupSpecification" and value.startswith("^(") and value.endswith(")$"):
                names |= {name.replace("\\", "").casefold() for name in value[2:-2].split("|")}
    return names
