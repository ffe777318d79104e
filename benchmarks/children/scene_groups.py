"""Judge the groups of a made-up world in a process of its own; print what it cost as JSON."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.measuring import read_memory
from radarr_core.domain.parsing import parse_release
from radarr_core.domain.releases import Release
from radarr_core.domain.scene_groups import (
    EvidenceSums,
    GroupTable,
    Observation,
    ObservationSet,
    StratumTables,
    Survey,
    fit,
    fit_groups,
    measure,
    observe_offer,
    rate,
    survey,
)
from radarr_core.errors import UnparsableReleaseError
from radarr_core.testing.scene_worlds import SceneWorld, WorldPlan


def make_world(releases: str, groups: str) -> SceneWorld:
    return SceneWorld(WorldPlan(releases=int(releases), groups=int(groups)))


def once(releases: str, groups: str) -> dict[str, float]:
    """Memory first, before names and claims are held that nobody needs for it."""
    world = make_world(releases, groups)
    parse_release("The.Glass.Harbor.2024.1080p.WEB-DL.H.264-TIDE")
    before = read_memory()
    observations = ObservationSet.of(world.observe())
    table = fit_groups(observations, at=world.at)
    memory = max(1, read_memory("VmHWM") - before)
    spent = []
    for _ in range(3):
        started = time.perf_counter()
        table = fit_groups(observations, at=world.at)
        spent.append(time.perf_counter() - started)
    return {"memory": memory, "table": median(spent), "update": time_update(world, observations, table), **read(world)}


def read(world: SceneWorld) -> dict[str, float]:
    """Parsing, and making observations of what was parsed."""
    made = list(world.walk())
    claims = []
    started = time.perf_counter()
    for release in made:
        try:
            claims.append(parse_release(release.name))
        except UnparsableReleaseError:
            claims.append(None)
    parse = time.perf_counter() - started
    offers = [
        Release(
            indexer="made", guid=one.observation.key, title=one.name, download_url="https://indexer.example/1",
            published=one.observation.added, size=one.observation.size, snatches=one.observation.snatches,
        )
        for one in made
    ]  # fmt: skip
    started = time.perf_counter()
    for one, offer, claim in zip(made, offers, claims, strict=True):
        if claim is not None:
            observe_offer(offer, claim, seen_at=world.at, movie=one.observation.movie)
    return {"parse": parse, "observe": time.perf_counter() - started}


def time_update(world: SceneWorld, observations: ObservationSet, table: GroupTable) -> float:
    """One release with its film's other releases, rated and taken in."""
    tables = StratumTables.of(survey(observations, at=world.at))
    by_film: dict[str | None, list[Observation]] = {}
    for observation in observations:
        by_film.setdefault(observation.movie, []).append(observation)
    spent = []
    for film in list(by_film.values())[:200]:
        started = time.perf_counter()
        pieces = rate(film, tables, at=world.at)
        if pieces:
            table = table.with_evidence(pieces[-1])
        spent.append(time.perf_counter() - started)
    return median(spent)


def large(releases: str, groups: str) -> dict[str, float]:
    world = make_world(releases, groups)
    observations = ObservationSet.of(world.observe())
    started = time.perf_counter()
    fit_groups(observations, at=world.at)
    return {"table": time.perf_counter() - started}


def halves(releases: str, groups: str, folder: str, python: str) -> dict[str, float]:
    """The halves are made where they are judged; what goes between processes are surveys, tables and sums."""
    world = make_world(releases, groups)
    started = time.perf_counter()
    whole = fit_groups(ObservationSet.of(world.observe()), at=world.at)
    one = time.perf_counter() - started
    started = time.perf_counter()
    run_halves("survey", releases, groups, folder, python)
    surveys: list[Survey] = [pickle.loads((Path(folder) / f"survey{half}").read_bytes()) for half in "01"]
    (Path(folder) / "tables").write_bytes(pickle.dumps(StratumTables.of(surveys[0] + surveys[1])))
    run_halves("sums", releases, groups, folder, python)
    sums: list[EvidenceSums] = [pickle.loads((Path(folder) / f"sums{half}").read_bytes()) for half in "01"]
    merged = fit(sums[0] + sums[1], at=world.at)
    two = time.perf_counter() - started
    gaps = [0.0]
    for group in world.groups:
        a, b = whole.find_posterior(group), merged.find_posterior(group)
        if (a is None) != (b is None):
            gaps.append(1.0)
        elif a is not None and b is not None:
            gaps += [abs(a.mean - b.mean), abs(a.variance - b.variance)]
    return {"difference": max(gaps), "cells": float(len(sums[0].cells | sums[1].cells)), "one": one, "two": two}


def run_halves(step: str, releases: str, groups: str, folder: str, python: str) -> None:
    running = [
        subprocess.Popen([python, "-m", __spec__.name, "half", step, half, releases, groups, folder]) for half in "01"
    ]
    codes = [process.wait() for process in running]
    if any(codes):
        raise RuntimeError(f"a half failed at its {step}")


def half(step: str, number: str, releases: str, groups: str, folder: str) -> dict[str, float]:
    world = make_world(releases, groups)
    mine = [one for one in world.observe() if int(one.movie or 0) % 2 == int(number)]
    found: Survey | EvidenceSums
    if step == "survey":
        found = survey(mine, at=world.at)
    else:
        tables: StratumTables = pickle.loads((Path(folder) / "tables").read_bytes())
        found = measure(mine, tables, at=world.at)
    (Path(folder) / f"{step}{number}").write_bytes(pickle.dumps(found))
    return {}


if __name__ == "__main__":
    work = {"once": once, "large": large, "halves": halves, "half": half}[sys.argv[1]]
    print(json.dumps(work(*sys.argv[2:])))
