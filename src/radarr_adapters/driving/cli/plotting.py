"""Scores of groups with their intervals, as a picture."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from radarr_adapters.driving.cli.text import printable
from radarr_core.domain.scene_groups import Label, SceneGroupReputation
from radarr_core.errors import MissingExtraError

MOST_SHOWN = 40
"""Groups in one picture; more could not be read."""

# Okabe and Ito's colours, which people who see few colours can tell apart.
_COLOURS: Mapping[Label, str] = {
    Label.TRUSTED: "#009E73", Label.GOOD: "#56B4E9", Label.ORDINARY: "#666666", Label.WEAK: "#E69F00",
    Label.POOR: "#D55E00",
}  # fmt: skip


def draw_scores(reputations: Sequence[SceneGroupReputation], path: Path, *, title: str) -> int:
    """Draw each group's score with its 90 % interval, the best on top, and answer how many there are.

    Args:
        reputations: in the order of the table; of many the first and the last ones are drawn.
        path: where the picture is written, over what is there; its ending says of which kind it is, as in `.svg`.
        title: what stands above it.

    Raises:
        MissingExtraError: matplotlib is not installed.
        BadParameter: there is nothing to draw, or no picture can be written there.
    """
    if not reputations:
        raise typer.BadParameter("there is no group with enough evidence to draw", param_hint="--plot")
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        said = (
            f"drawing needs a package that is not installed ({error}); install it with: pip install 'radarr-core[plot]'"
        )
        raise MissingExtraError(said) from error
    if not path.suffix:
        # Something would be written, but beside what was asked for.
        said = f"the ending of {str(path)!r} says no kind of picture; name one that does, as in scores.svg"
        raise typer.BadParameter(said, param_hint="--plot")
    shown = _choose(reputations)
    # Ids that are the same each time, texts as texts: the same table gives the same file, and a small one.
    with rc_context({"svg.hashsalt": "radarr-core", "svg.fonttype": "none"}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters that its font does not have
        figure = Figure(figsize=(7.5, 1.4 + 0.24 * len(shown)), layout="constrained")
        _draw(figure, shown, title)
        try:
            figure.savefig(path, metadata={"Date": None} if path.suffix.lower() == ".svg" else None)
        except (OSError, ValueError, RuntimeError) as error:  # the last where a program is missing, as LaTeX for .pgf
            raise typer.BadParameter(
                f"no picture can be written to {str(path)!r}: {error}", param_hint="--plot"
            ) from error
    return len(shown)


def _choose(reputations: Sequence[SceneGroupReputation]) -> Sequence[SceneGroupReputation]:
    if len(reputations) <= MOST_SHOWN:
        return reputations
    half = MOST_SHOWN // 2
    return [*reputations[:half], *reputations[-half:]]


def _draw(figure: object, shown: Sequence[SceneGroupReputation], title: str) -> None:
    axes = figure.subplots()  # type: ignore[attr-defined]
    axes.axvline(50, color="#999999", linewidth=1, linestyle=":")
    for place, reputation in enumerate(shown):
        axes.plot([reputation.lower, reputation.upper], [place, place], color=_COLOURS[reputation.label], linewidth=2)
        axes.plot(reputation.score, place, "o", color=_COLOURS[reputation.label], markersize=5)
    names = [_describe(reputation) for reputation in shown]
    axes.set_yticks(range(len(shown)), labels=names, fontsize=8, parse_math=False)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xlabel("score with its 90 % interval; 50 is the typical group")
    axes.set_title(title, fontsize=10, parse_math=False)
    for label, colour in _COLOURS.items():
        if any(reputation.label is label for reputation in shown):
            axes.plot([], [], "o-", color=colour, label=label.value)
    axes.legend(loc="lower right", fontsize=8)


def _describe(reputation: SceneGroupReputation) -> str:
    kind = f" ({reputation.indexer_kind})" if reputation.indexer_kind else ""
    return f"{printable(reputation.group)}{kind}"
