"""How long it takes to decide on a thousand offers by every rule and every custom format of the guides."""

from __future__ import annotations

import gc
from functools import partial

from attrs import evolve

from radarr_core.domain.custom_formats import CustomFormat, FormatSet
from radarr_core.domain.decisions import Policy, RunKind, Situation, decide
from radarr_core.domain.languages import ENGLISH
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.quality import build_profile
from radarr_core.domain.releases import Release

from .figures import Benchmark, Figure, Goal, Scale
from .formats import compile_with_re, find_work, search_all, spend_cpu
from .library import MOVIE, NOW, make_offer
from .measuring import take_turns
from .names import make_names

_OFFERS = 1000
_FEW = 100
_LABELS = ("HDTV-720p", "WEB 720p", "Bluray-720p", "HDTV-1080p", "WEB 1080p", "Bluray-1080p", "Remux-1080p")


def measure(scale: Scale) -> list[Figure]:
    """Against the naive loop first, then how the cost grows."""
    data, _, note = find_work(1)
    formats = tuple(map(CustomFormat.from_trash, data))
    names = make_names(scale.pick(_OFFERS, 20), title="The.Glass.Harbor", year=2024)
    offers = [make_offer(name) for name in names]
    policy, movie = make_policy(formats), evolve(MOVIE, original_language=ENGLISH, slots=(Slot(profile="Benchmark"),))
    _decide(offers, movie, policy)
    rounds = scale.pick(5, 1)
    ours, plain = take_turns(
        rounds,
        lambda: spend_cpu(lambda: _decide(offers, movie, policy)),
        lambda: spend_cpu(lambda: search_all(compile_with_re(list(formats)), names)),
    )
    parts = {"offers": len(offers), "formats": len(formats), "ours, s": ours, "naive re, s": plain}
    return [
        Figure(
            name="text to ranked table with every reason : naive re loop over the same names",
            value=ours / plain,
            goal=Goal(0.5, "x"),
            parts=parts,
            note=f"the loop only searches{note}",
        ),
        Figure(
            name=f"text to ranked table with every reason, {len(offers):,} offers of one film",
            value=ours,
            unit="s of CPU",
            goal=Goal(0.5, "s"),
        ),
        _measure_growth(scale, movie, policy),
    ]


def make_policy(formats: tuple[CustomFormat, ...]) -> Policy:
    scores = {each.name: each.trash_scores.get("default", 0) for each in formats}
    profile = build_profile(
        "Benchmark", allowed=_LABELS, cutoff="Bluray-1080p", upgrade_allowed=True, format_scores=scores
    )
    return Policy(profiles={profile.name: profile}, formats=FormatSet(formats))


def _decide(offers: list[Release], movie: Movie, policy: Policy) -> None:
    decide(offers, wanted=movie, policy=policy, situation=Situation(kind=RunKind.SEARCH), now=NOW)


def _measure_growth(scale: Scale, movie: Movie, policy: Policy) -> Figure:
    many = [make_offer(n) for n in make_names(scale.pick(100_000, 200), title="The.Glass.Harbor", year=2024)]
    lots = [many[start : start + _FEW] for start in range(0, min(len(many), 5000), _FEW)]

    def decide_lots() -> float:
        gc.collect()
        spent = [spend_cpu(partial(_decide, lot, movie, policy)) for lot in lots]
        return sum(spent) / sum(map(len, lots))

    # The whole takes a minute, in which a machine may become slower or faster: the lots are decided before and after.
    before = decide_lots()
    whole = spend_cpu(lambda: _decide(many, movie, policy)) / len(many)
    few = (before + decide_lots()) / 2
    return Figure(
        name=f"decide, one offer among {len(many):,} : one among {_FEW}",
        value=whole / few,
        goal=Goal(1.3, "x"),
        parts={"among many µs": whole * 1e6, "among few µs": few * 1e6},
        note="names parsed included, every decision kept",
    )


BENCHMARK = Benchmark(
    name="deciding",
    measure=measure,
    method=(
        "`decide` on 1,000 different offers of one film, names parsed on the way, by all rules and all custom formats "
        "of the guides, one thread, by the processor's clock; medians of five turns, beside a loop that searches each "
        "distinct pattern in each name with `re` and does nothing else. Then 100,000 offers at once, and lots of 100 "
        "before and after."
    ),
)
