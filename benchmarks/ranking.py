"""Our reading, deciding and ranking beside rank-torrent-name, which parses and ranks too, on the same names."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from attrs import evolve

from radarr_core.domain.custom_formats import CustomFormat
from radarr_core.domain.decisions import Policy, RunKind, Situation, decide
from radarr_core.domain.languages import ENGLISH
from radarr_core.domain.movies import Slot
from radarr_core.domain.releases import Release

from .deciding import make_policy
from .figures import Benchmark, Figure, Scale
from .formats import find_work, spend_cpu
from .library import MOVIE, NOW, make_offer
from .measuring import run_child, take_turns
from .names import make_names

_PEER = "rank-torrent-name"


def measure(scale: Scale) -> list[Figure]:
    """Every rule of ours against it, with no custom format and with all of them."""
    name = f"{_PEER} : ours, names to ranked table"
    if find_spec("RTN") is None:
        return [Figure(name=name, value=None, note=f"{_PEER} is not installed")]
    names = make_names(scale.pick(1000, 20), title="The.Glass.Harbor", year=2024)
    file = scale.folder / "names.txt"
    file.write_text("\n".join(names), "utf-8")
    offers = [make_offer(each) for each in names]
    data, _, note = find_work(1)
    policies = Policy(), make_policy(tuple(map(CustomFormat.from_trash, data)))
    told: dict[str, Any] = {}

    def ask_peer() -> float:
        told.update(run_child("benchmarks.children.rank_torrent_name", str(file), MOVIE.title))
        return float(told["seconds"])

    for policy in policies:
        _decide(offers, policy)
    plain, with_formats, theirs = take_turns(
        scale.pick(5, 1),
        *(lambda policy=policy: _decide(offers, policy) for policy in policies),
        ask_peer,  # type: ignore[misc]
    )
    parts = {"names": len(names), "theirs s": theirs}
    version = f"{_PEER} {told['version']}"
    return [
        Figure(name=f"{name}, every rule", value=theirs / plain, parts=parts | {"ours s": plain}, note=version),
        Figure(
            name=f"{name}, every rule and {len(data)} custom formats",
            value=theirs / with_formats,
            parts=parts | {"ours s": with_formats},
            note=f"{version}, which knows no custom formats{note}",
        ),
    ]


def _decide(offers: list[Release], policy: Policy) -> float:
    profile = next(iter(policy.profiles))
    movie = evolve(MOVIE, original_language=ENGLISH, slots=(Slot(profile=profile),))
    situation = Situation(kind=RunKind.SEARCH)
    return spend_cpu(lambda: decide(offers, wanted=movie, policy=policy, situation=situation, now=NOW))


BENCHMARK = Benchmark(
    name="ranking",
    measure=measure,
    method=(
        "The same 1,000 different release names of one film: ours from text to the ranked table with all verdicts, "
        "theirs `RTN.rank` with the film's title for each name and `sort_torrents` over all, default settings, nothing "
        "left out as trash; after one pass to warm up, by the processor's clock, in turns, medians of five."
    ),
)
