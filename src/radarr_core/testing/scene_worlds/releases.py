"""A made-up world of films and releases, made one film at a time, and the hidden truth about its groups."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import exp
from random import Random

from attrs import frozen

from radarr_core.domain.quality import MEGABYTE
from radarr_core.domain.scene_groups import (
    CostClass,
    FixKind,
    Group,
    IndexerKind,
    Medium,
    Observation,
    Stratum,
    find_group,
)

from .families import WorldPlan
from .makers import STRATA, Maker, make_makers

REFERENCE_DATE = datetime(2025, 8, 1, tzinfo=UTC)
"""The date at which skills are the hidden truth."""

_DAYS = 730
_RELEASES_A_FILM = 14
_NO_NAMES = ("INTERNAL", "EXCLUSIVE", "UNKNOWN", "NoGroup", "", "1080p")
_USUAL_RATES = (45.0, 95.0, 130.0, 210.0, 190.0, 420.0)
_TAGS = (
    "1080p.WEB-DL.DDP5.1.H.264", "1080p.BluRay.x264.DTS", "2160p.WEB-DL.DV.HDR.DDP5.1.H.265",
    "2160p.UHD.BluRay.HDR.x265", "1080p.BluRay.REMUX.AVC.DTS-HD.MA.5.1", "2160p.UHD.BluRay.REMUX.HDR.HEVC.TrueHD.7.1",
)  # fmt: skip
_FIRST = ("Silent", "Broken", "Golden", "Last", "Hidden", "Crimson", "Paper", "Northern", "Second", "Glass")
_SECOND = ("Harbor", "Winter", "Letters", "Engine", "Orchard", "Signal", "River", "Kingdom", "Mirror", "Station")


@frozen
class MadeRelease:
    """A release of a made-up world: its name, and what was seen of it."""

    name: str
    observation: Observation


@frozen
class Choice:
    """A film somebody wants: of one kind of release, by these groups, equal in everything else."""

    stratum: Stratum
    groups: tuple[Group, ...]


@frozen(kw_only=True)
class _Film:
    number: int
    days_ago: float
    pull: float
    runtime: int
    seen_at: datetime


class SceneWorld:
    """A world of films, groups and releases whose truth is known. Nothing is kept: each walk through it makes it anew.

    Args:
        plan: what to make. The same plan always makes the same world.
    """

    def __init__(self, plan: WorldPlan) -> None:
        self.plan = plan
        self.at = REFERENCE_DATE
        self._makers = make_makers(plan, Random(f"makers {plan.seed} {plan.family}"))
        self._sizes = list(accumulate(maker.size for maker in self._makers))
        self._by_group = {Group(maker.name): maker for maker in self._makers}

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups, the largest first."""
        return tuple(self._by_group)

    def find_truth(self, group: Group, stratum: Stratum | None = None) -> float:
        """How good a group is at the reference date, in standard deviations of groups; hidden from whoever judges."""
        maker = self._by_group[group]
        if stratum is None:
            shares = _find_shares(maker)
            return maker.skill + sum(share * offset for share, offset in zip(shares, maker.offsets, strict=True))
        return maker.skill_at(STRATA.index(stratum), 0.0)

    def find_past_truth(self, group: Group) -> float:
        """How good it was two years before, on average over kinds of releases."""
        return self._by_group[group].skill_before

    def walk(self) -> Iterator[MadeRelease]:
        """Every release, one film after the other."""
        made = film = 0
        while made < self.plan.releases:
            for release in self._make_film(film):
                if made < self.plan.releases:
                    made += 1
                    yield release
            film += 1

    def observe(self) -> Iterator[Observation]:
        """What was seen of every release, one film after the other."""
        return (release.observation for release in self.walk())

    def choose(self, count: int) -> Iterator[Choice]:
        """Films somebody wants after the reference date, each offered by two to six groups."""
        random = Random(f"choices {self.plan.seed} {self.plan.family}")
        for _ in range(count):
            place, wanted = self._pick_stratum(random), random.randint(2, 6)
            makers: dict[str, Maker] = {}
            for _ in range(200):
                maker = self._pick(random)
                if len(makers) < wanted and random.random() < _find_shares(maker)[place]:
                    makers[maker.name] = maker
            if len(makers) > 1:
                yield Choice(STRATA[place], tuple(map(Group, makers)))

    def _pick(self, random: Random) -> Maker:
        return self._makers[bisect(self._sizes, random.random() * self._sizes[-1], 0, len(self._sizes) - 1)]

    @staticmethod
    def _pick_stratum(random: Random) -> int:
        return random.choices(range(len(STRATA)), (30, 25, 15, 10, 12, 8))[0]

    def _make_film(self, number: int) -> Iterator[MadeRelease]:
        random = Random(f"film {number} {self.plan.seed} {self.plan.family}")
        film = _Film(
            number=number,
            days_ago=random.uniform(2, _DAYS),
            pull=random.gauss(0, 1),
            runtime=random.randint(80, 150),
            seen_at=REFERENCE_DATE - timedelta(hours=random.uniform(1, 24)),
        )
        taken: set[tuple[str, int]] = set()
        for _ in range(1 + round(random.expovariate(1 / _RELEASES_A_FILM))):
            maker = self._pick(random)
            place = random.choices(range(len(STRATA)), _find_shares(maker))[0]
            if (maker.name, place) not in taken:
                taken.add((maker.name, place))
                yield from self._make_release(random, film, maker, place)

    def _make_release(self, random: Random, film: _Film, maker: Maker, place: int) -> Iterator[MadeRelease]:
        days_ago = max(1.0, film.days_ago - random.expovariate(1 / 15))
        skill = maker.skill_at(place, days_ago / 365.25)
        is_impostor = maker.skill > 0 and random.random() < 2 * self.plan.traits.impostors
        if is_impostor:
            skill = -1.5
        release = self._describe(random, film, maker, place, days_ago, skill, is_impostor=is_impostor, fix=None)
        yield release
        if random.random() < 0.02:
            days = max(0.5, days_ago - 2)
            yield self._describe(random, film, maker, place, days, skill, is_impostor=is_impostor, fix=FixKind.REPACK)
        if random.random() < min(0.5, 0.04 * exp(-0.8 * skill)):
            other = self._pick(random)
            if other is not maker:
                days = max(0.5, days_ago - random.uniform(1, 10))
                theirs = other.skill_at(place, days / 365.25)
                yield self._describe(random, film, other, place, days, theirs, is_impostor=False, fix=FixKind.PROPER)

    def _describe(
        self,
        random: Random,
        film: _Film,
        maker: Maker,
        place: int,
        days_ago: float,
        skill: float,
        *,
        is_impostor: bool,
        fix: FixKind | None,
    ) -> MadeRelease:
        plan, traits = self.plan, self.plan.traits
        is_free = random.random() < maker.free_rate
        is_namelike = random.random() < plan.namelike_rate
        text = random.choice(_NO_NAMES) if is_namelike else maker.name
        claim = find_group(text)
        stratum, mark = STRATA[place], f"{fix.value.upper()}." if fix else ""
        title = f"The.{random.choice(_FIRST)}.{random.choice(_SECOND)}.{film.number}"
        name = f"{title}.{1950 + film.number % 70}.{mark}{_TAGS[place]}-{text or 'x'}"
        pull = film.pull + traits.age_pull * (1 - exp(-days_ago / 120)) + traits.free_pull * is_free
        pull += traits.fame_pull * maker.fame + 0.5 * skill + random.gauss(0, 0.9)
        if is_impostor:
            pull += 1.0  # they take each other's
        return MadeRelease(
            name,
            Observation(
                key=f"{film.number}-{random.getrandbits(48):012x}",
                seen_at=film.seen_at,
                group=claim.group if claim else None,
                movie=str(film.number),
                stratum=stratum,
                added=REFERENCE_DATE - timedelta(days=days_ago + 1),
                size=_draw_size(random, place, skill, film.runtime, traits.mislabelled),
                runtime=film.runtime,
                snatches=int(exp(3 + pull)),
                seeders=int(exp(1 + pull / 2)),
                cost=CostClass.FREE if is_free else CostClass.FULL,
                indexer_kind=IndexerKind.PUBLIC if is_impostor else IndexerKind.PRIVATE,
                is_internal=random.random() < maker.internal_rate,
                is_exclusive=random.random() < maker.internal_rate / 3,
                fix=fix,
            ),
        )


def _find_shares(maker: Maker) -> Sequence[float]:
    """How a group's releases spread over kinds: seven in ten of its main one."""
    return [0.7 if place == maker.main else 0.06 for place in range(len(STRATA))]


def _draw_size(random: Random, place: int, skill: float, runtime: int, mislabelled: float) -> int:
    spread = 0.12 if STRATA[place].medium is Medium.REMUX else 0.35
    rate = _USUAL_RATES[place] * exp(random.gauss(0.12 * skill, spread))
    if mislabelled and random.random() < mislabelled:
        rate *= random.choice((0.2, 0.5, 3.0))
    return int(rate * runtime * MEGABYTE)
