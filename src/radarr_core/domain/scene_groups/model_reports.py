"""What came of letting a model learn from the outcomes seen here, for whoever asks whether it is any good."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen


@frozen(kw_only=True)
class ModelReport:
    """A learned model beside the simple one, both judged on imports neither of them was fitted to.

    Attributes:
        source: the name of the source of reputations that learns.
        at: the moment of the evidence it learned from, aware; None where there is no table of groups yet.
        labelled: releases whose outcome here is known.
        bad: those of them that were not kept.
        judged: the later ones of them, which both models had to foretell.
        learned_score: the learned model's Brier score on those: the mean squared distance between the chance it gave
            and what came; 0 is perfect. None where nothing was fitted.
        simple_score: likewise that of the simple model, the base rate moved by the reputation's score alone.
        is_used: whether answers are moved by it.
        why: in a sentence, with its figures.
    """

    source: str
    at: datetime | None
    labelled: int = 0
    bad: int = 0
    judged: int = 0
    learned_score: float | None = None
    simple_score: float | None = None
    is_used: bool = False
    why: str
