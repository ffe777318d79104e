"""What it costs to judge groups: time beside parsing, memory, growth, two processes, one more release."""

from __future__ import annotations

import sys

from benchmarks.figures import MEGABYTE, Figure, Goal, Scale
from benchmarks.measuring import run_child

_CHILD = "benchmarks.children.scene_groups"


def measure_costs(scale: Scale) -> list[Figure]:
    """Each in a process of its own."""
    releases, groups = scale.pick(41_525, 600), scale.pick(2_065, 40)
    told = run_child(_CHILD, "once", str(releases), str(groups))
    many = run_child(_CHILD, "large", str(releases * 10), str(groups))
    halves = run_child(_CHILD, "halves", str(releases), str(groups), str(scale.folder), sys.executable)
    seconds = {"parsing s": told["parse"], "table s": told["table"], "observing s": told["observe"]}
    size = f"{releases:,} releases of {groups:,} groups"
    return [
        Figure(
            name=f"groups: observations to table : parsing the same names, {size}",
            value=told["table"] / told["parse"],
            goal=Goal(1, "x"),
            parts=seconds,
        ),
        Figure(
            name="groups: names to table : parsing alone",
            value=(told["parse"] + told["observe"] + told["table"]) / told["parse"],
            parts=seconds,
        ),
        Figure(
            name=f"groups: memory for {size}, beyond the import's own",
            value=told["memory"] / MEGABYTE,
            unit="MB",
            goal=Goal(150, "MB"),
        ),
        Figure(
            name="groups: time for ten times as many releases",
            value=many["table"] / told["table"],
            goal=Goal(10, "x"),
            parts={"table s": told["table"], "ten times as many s": many["table"]},
        ),
        Figure(
            name="groups: two processes on halves by film, against one: largest difference + 1e-16",
            value=halves["difference"] + 1e-16,
            unit="",
            goal=Goal(1e-9, ""),
            parts={"cells": halves["cells"], "one process s": halves["one"], "two processes s": halves["two"]},
        ),
        Figure(
            name="groups: one more observation, rated beside its rivals and taken in",
            value=told["update"] * 1000,
            unit="ms",
            goal=Goal(1, "ms"),
        ),
    ]
