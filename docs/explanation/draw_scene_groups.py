"""Draws the picture of "How groups are judged": `python docs/explanation/draw_scene_groups.py`."""

from pathlib import Path

from radarr_adapters.driving.cli.plotting import draw_scores
from radarr_core import ObservationSet, fit_groups
from radarr_core.testing.scene_worlds import SceneWorld, WorldPlan

PICTURE = Path(__file__).with_name("scene-groups.svg")


def draw(path: Path = PICTURE) -> None:
    """The table of the page's example."""
    world = SceneWorld(WorldPlan(seed=4, groups=60, releases=3_000))
    table = fit_groups(ObservationSet.of(world.observe()), at=world.at)
    draw_scores(table.rank(), path, title=f"release groups, all their work, {table.at:%Y-%m-%d}")


if __name__ == "__main__":
    draw()
